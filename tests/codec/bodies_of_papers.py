"""How events of notes, recommendations and polls stand in the journal."""

from typing import Final

from companion.core import events as e
from companion.core.edits import Edit
from companion.core.procedure import (
    BallotKind,
    NoteAttribution,
    NoteKind,
    PollUnit,
    Reasons,
    RecommendationStatus,
    Results,
    RoomAnswers,
)

WRITTEN: Final[tuple[tuple[str, str, e.Event], ...]] = (
    (
        "note.added",
        (
            '{"attribution":"organisation","group":"states","intervention":"i.12","kind":"key_point","note":"n.13",'
            '"rank":"00000D","text":"Ñ <b>发</b>\\nline"}'
        ),
        e.NoteAdded(
            note="n.13",
            kind=NoteKind.KEY_POINT,
            text="Ñ <b>发</b>\nline",
            rank="00000D",
            intervention="i.12",
            group="states",
            attribution=NoteAttribution.ORGANISATION,
        ),
    ),
    (
        "note.written",
        '{"note":"n.13","text":"Put right","update":"AQEBAg==","version":2}',
        e.NoteWritten(note="n.13", text="Put right", version=2, update="AQEBAg=="),
    ),
    (
        "note.typed",
        '{"edit":{"at":3,"came":" rightly","gone":1},"note":"n.13","update":"AQEBAg==","version":3}',
        e.NoteTyped(note="n.13", update="AQEBAg==", edit=Edit(at=3, gone=1, came=" rightly"), version=3),
    ),
    (
        "note.marked",
        '{"attribution":"none","group":null,"intervention":null,"kind":"gap","note":"n.13"}',
        e.NoteMarked(note="n.13", kind=NoteKind.GAP, attribution=NoteAttribution.NONE, intervention=None, group=None),
    ),
    ("note.moved", '{"note":"n.13","rank":"V"}', e.NoteMoved(note="n.13", rank="V")),
    (
        "notes.renumbered",
        '{"ranks":[["n.13","000001"],["note-two","000002"]]}',
        e.NotesRenumbered(ranks=(("n.13", "000001"), ("note-two", "000002"))),
    ),
    ("note.removed", '{"note":"n.13"}', e.NoteRemoved(note="n.13")),
    ("note.released", '{"note":"n.13","released":true}', e.NoteReleased(note="n.13", released=True)),
    (
        "recommendation.proposed",
        (
            '{"addressees":["States"],"brought_from":"panel-0","group":"states","note":"n.13","recommendation":"rec.14",'
            '"status":"proposed","symbol":"R1.1","text":"Should agree","title":"A calendar","version":3}'
        ),
        e.RecommendationProposed(
            recommendation="rec.14",
            symbol="R1.1",
            title="A calendar",
            text="Should agree",
            version=3,
            addressees=("States",),
            group="states",
            note="n.13",
            status=RecommendationStatus.PROPOSED,
            brought_from="panel-0",
        ),
    ),
    (
        "recommendation.revised",
        '{"addressees":[],"recommendation":"rec.14","text":"Should soon agree","title":"","version":4}',
        e.RecommendationRevised(recommendation="rec.14", version=4, title="", text="Should soon agree", addressees=()),
    ),
    (
        "recommendation.status_changed",
        '{"recommendation":"rec.14","status":"agreed_ad_referendum"}',
        e.RecommendationStatusChanged(recommendation="rec.14", status=RecommendationStatus.AGREED_AD_REFERENDUM),
    ),
    (
        "poll.drafted",
        (
            '{"again":"poll.9","ballot":"recorded","options":[{"id":"yes","label":"Yes"},{"id":"no","label":"No"}],"poll":"poll.15",'
            '"question":"Shall we?","reasons":"required_for_cannot_support","recommendation":null,"results":"after_close",'
            '"room":"by_hands","unit":"delegation"}'
        ),
        e.PollDrafted(
            poll="poll.15",
            recommendation=None,
            question="Shall we?",
            options=(e.Option(id="yes", label="Yes"), e.Option(id="no", label="No")),
            ballot=BallotKind.RECORDED,
            unit=PollUnit.DELEGATION,
            results=Results.AFTER_CLOSE,
            reasons=Reasons.REQUIRED_FOR_CANNOT_SUPPORT,
            room=RoomAnswers.BY_HANDS,
            again="poll.9",
        ),
    ),
    (
        "poll.opened",
        '{"eligible":[["ana","state-a"],["ben","state-a"]],"poll":"poll.15","version":3}',
        e.PollOpened(poll="poll.15", version=3, eligible=(("ana", "state-a"), ("ben", "state-a"))),
    ),
    (
        "poll.answered",
        '{"option":"no","person":"ana","poll":"poll.15","reason":"Because","voter":"state-a"}',
        e.PollAnswered(poll="poll.15", voter="state-a", person="ana", option="no", reason="Because"),
    ),
    (
        "poll.room_counted",
        '{"counts":[["yes",7],["no",0]],"poll":"poll.15","present":9}',
        e.RoomCounted(poll="poll.15", counts=(("yes", 7), ("no", 0)), present=9),
    ),
    (
        "poll.closed",
        '{"counts":[["yes",7],["no",0]],"poll":"poll.16"}',
        e.PollClosed(poll="poll.16", counts=(("yes", 7), ("no", 0))),
    ),
    ("poll.published", '{"poll":"poll.15"}', e.PollPublished(poll="poll.15")),
    (
        "poll.outcome_set",
        '{"poll":"poll.15","text":"Broad support"}',
        e.PollOutcomeSet(poll="poll.15", text="Broad support"),
    ),
)
