"""Events in the journal: what is written is what is read, in one form only."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Final, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.codec.events import EVENT_NAMES, EVENTS, UnknownEvent, read_event, read_recorded, write_event
from companion.core import events as e
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import (
    AttributionMode,
    BallotKind,
    NoteAttribution,
    NoteKind,
    PollUnit,
    Reasons,
    RecommendationStatus,
    Results,
    RoomAnswers,
)
from tests.codec.strategies import instances

every_event = pytest.mark.parametrize("name", EVENTS)


def test_every_event_has_a_name_and_no_two_the_same() -> None:
    assert set(EVENTS.values()) == set(get_args(e.Event))
    assert {EVENT_NAMES[event]: event for event in EVENTS.values()} == dict(EVENTS)


@every_event
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_what_is_read_is_what_was_written_in_one_form_only_sorted_and_compact_and_without_fractions(
    name: str, data: st.DataObject
) -> None:
    event = data.draw(instances(EVENTS[name]))
    written, body = write_event(event)
    assert written == name
    assert read_event(name, body) == event
    value = json.loads(body, parse_float=lambda number: pytest.fail(f"a fraction: {number}"))
    assert body == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert write_event(read_event(name, body)) == (name, body)
    assert set(value) == set(type(event).__dataclass_fields__)


PERSON: Final = Person(
    id="ana", name="Ana Ñ", role=Role.PANELLIST, attendance=Attendance.REMOTE, accessibility_needs=("x",)
)
# Bodies as a released version wrote them: added to, never edited.
GOLDEN: Final = (
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
        '{"note":"n.13","text":"Put right","version":2}',
        e.NoteWritten(note="n.13", text="Put right", version=2),
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
            '{"ballot":"recorded","options":[{"id":"yes","label":"Yes"},{"id":"no","label":"No"}],"poll":"poll.15",'
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
    ("poll.closed", '{"poll":"poll.15"}', e.PollClosed(poll="poll.15")),
    ("poll.published", '{"poll":"poll.15"}', e.PollPublished(poll="poll.15")),
    (
        "poll.outcome_set",
        '{"poll":"poll.15","text":"Broad support"}',
        e.PollOutcomeSet(poll="poll.15", text="Broad support"),
    ),
    (
        "person.entered",
        (
            '{"person":{"accessibility_needs":["x"],"attendance":"remote","delegation":null,"group":null,"guest":false,'
            '"id":"ana","language":null,"latin_name":"","name":"Ana Ñ","organisation":"","platform_name":"",'
            '"recording_consent":true,"region":null,"role":"panellist","unpublished":false}}'
        ),
        e.PersonEntered(person=PERSON),
    ),
)


@pytest.mark.parametrize(("name", "body", "event"), GOLDEN, ids=[name for name, _, _ in GOLDEN])
def test_a_body_stands_written_like_this(name: str, body: str, event: e.Event) -> None:
    assert write_event(event) == (name, body)
    assert read_event(name, body) == event


def test_the_body_of_an_earlier_version_is_read_with_what_came_since_left_out() -> None:
    body = (
        '{"person":{"accessibility_needs":["x"],"attendance":"remote","group":null,"guest":false,"id":"ana",'
        '"language":null,"latin_name":"","name":"Ana Ñ","organisation":"","platform_name":"",'
        '"recording_consent":true,"region":null,"role":"panellist","unpublished":false}}'
    )
    assert read_event("person.entered", body) == e.PersonEntered(person=PERSON)


def test_every_event_of_notes_recommendations_and_polls_stands_there() -> None:
    about = ("note.", "notes.", "recommendation.", "poll.")
    assert {name for name in EVENTS if name.startswith(about)} == {name for name, _, _ in GOLDEN} - {"person.entered"}


def test_a_time_is_written_in_utc_with_three_decimals_wherever_it_was_said() -> None:
    geneva = datetime(2022, 10, 18, 10, 45, 5, 120_000, tzinfo=timezone(timedelta(hours=2)))
    simple: dict[str, object] = {name: [] for name in e.SessionScheduled.__dataclass_fields__}
    plain = {"default_seconds": None, "warning_seconds": 30, "time_zone": "UTC"}
    words = dict.fromkeys(("session", "workshop", "number", "title", "short_title", "room"), "x")
    modes = dict.fromkeys(("attribution_mode", "attribution_mode_panellists"), AttributionMode.ATTRIBUTED)
    times = {"starts_at": geneva, "ends_at": geneva.astimezone(UTC)}
    event = msgspec.convert({**simple, **plain, **words, **modes, **times}, e.SessionScheduled)
    _, body = write_event(event)
    assert body.count('"2022-10-18T08:45:05.120Z"') == 2
    assert read_event("session.scheduled", body) == event


def test_a_field_that_a_later_version_added_is_passed_over() -> None:
    assert read_event("request.held", '{"by":"a later version","request":"r.5"}') == e.RequestHeld(request="r.5")


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", '{"request":5}', '{"request":null}', '{"request":"r.5"'])
def test_a_body_that_is_none_of_this_event_is_an_error(body: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_event("request.held", body)


def test_an_event_of_another_version_is_named() -> None:
    with pytest.raises(UnknownEvent, match=r"note\.imagined"):
        read_event("note.imagined", "{}")


def test_an_entry_of_the_journal_becomes_what_the_core_takes() -> None:
    recorded = read_recorded(
        seq=7,
        at="2022-10-18T08:45:05.120Z",
        actor="ana",
        command="command-1",
        name="request.held",
        body='{"request":"r.5"}',
    )
    at = datetime(2022, 10, 18, 8, 45, 5, 120_000, tzinfo=UTC)
    assert recorded == e.Recorded(seq=7, at=at, by="ana", command="command-1", event=e.RequestHeld(request="r.5"))
