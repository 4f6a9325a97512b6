"""A panel with everything that a transcript has to tell: notes, recommendations and polls beside the floor, in six scripts."""

from dataclasses import replace
from typing import Final

from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core import speaking_order
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import (
    AttributionMode,
    BallotKind,
    NoteAttribution,
    NoteKind,
    PollUnit,
    Preset,
    Reasons,
    RecommendationStatus,
    RequestKind,
    Results,
    RoomAnswers,
    Ruling,
)
from companion.record import building
from companion.record.model import Record
from companion.record.model_documents import Notes
from tests.core.scenario import PROGRAMME, Scenario
from tests.record.panel import entries_of

PEOPLE: Final = (
    Person(id="moderator", name="Mona Moderator", role=Role.MODERATOR),
    Person(id="officer", name="Olga Officer", role=Role.LIST_OFFICER),
    Person(id="technician", name="Tom Technician", role=Role.TECHNICAL_MODERATOR),
    Person(id="rapporteur", name="Rita Rapporteuse", role=Role.RAPPORTEUR, platform_name="rita-laptop"),
    Person(id="secretary", name="Sara Secretary", role=Role.SECRETARIAT),
    Person(
        id="pia",
        name="Pía Panelista",
        role=Role.PANELLIST,
        organisation="University A",
        delegation="uni-a",
        group="civil_society",
        language="es",
    ),
    Person(
        id="ana",
        name="Анна Иванова",
        latin_name="Anna Ivanova",
        organisation="State A",
        delegation="state-a",
        group="states",
        language="ru",
    ),
    Person(
        id="ben",
        name="بدر الدين",
        latin_name="Badr al-Din",
        organisation="State B",
        delegation="state-b",
        group="states",
        language="ar",
        attendance=Attendance.REMOTE,
    ),
    Person(
        id="fang", name="王芳", latin_name="Wang Fang", organisation="State C", delegation="state-c", group="states"
    ),
    Person(id="zoe", name="Zoé Élan", organisation="State A", delegation="state-a", group="states", language="fr"),
    Person(
        id="cleo",
        name="Cleo Hidden",
        organisation="Threatened NGO",
        delegation="ngo-t",
        group="civil_society",
        unpublished=True,
    ),
)
WHOLE: Final = replace(PROGRAMME, people=PEOPLE, panellists=("pia",))

NAMES_OF_PEOPLE: Final = (
    "Mona",
    "Olga",
    "Rita",
    "rita-laptop",
    "Sara Secretary",
    "Иванова",
    "Ivanova",
    "بدر",
    "Badr",
    "王芳",
    "Wang Fang",
    "Zoé",
    "Élan",
    "Zoe",
)
PANELLISTS_NAME: Final = "Panelista"
NEVER: Final = ("Cleo", "Hidden", "Threatened", "ngo-t")
"""Of who asked not to be published, and whom she speaks for."""

DELEGATIONS: Final = ("State A", "State B", "State C", "University A", "state-a", "state-b", "state-c", "uni-a")
REASONS: Final = ("reason of State B", "reason of Wang")
NOT_RELEASED: Final = ("for rapporteurs alone", "taken away again")
NOT_PUBLIC: Final = ("Only drafted",)
HOSTILE: Final = '=cmd|"/c calc"!A1\n# <script>alert(1)</script> | [x](http://evil.example)'


def with_modes(mode: AttributionMode, panellists: AttributionMode | None = None) -> c.PrepareSession:
    """Return the programme with these modes of attribution."""
    return replace(WHOLE, attribution_mode=mode, attribution_mode_panellists=panellists or mode)


def played(programme: c.PrepareSession = WHOLE) -> Scenario:
    """Play the panel."""
    room = Scenario(programme)
    room.later(60).by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    room.later(5).next()
    room.by("moderator", c.Announce(text="Welcome, says Mona Moderator"))
    _note(room, "note-pia-person", NoteKind.KEY_POINT, "Remedy first.", NoteAttribution.PERSON, under=True)
    _note(room, "note-general", NoteKind.PROCEDURAL, "Interpretation began late.", NoteAttribution.NONE)
    room.later(100).end()
    room.later(5).begin("discussion")
    _discussion(room)
    _recommendations(room)
    _poll_of_delegations(room)
    _poll_of_people(room)
    _polls_not_public(room)
    room.later(5).begin("replies")
    room.later(5).next()
    room.later(30).by("moderator", c.CloseSession())
    room.later(5).by("secretary", c.FinaliseSession())
    return room


def record_of(room: Scenario, notes: Notes = Notes.RELEASED) -> Record:
    """Return the record of what was played."""
    return building.build(entries_of(room.recorded), notes)


def _note(  # noqa: PLR0913 (all that a note is)
    room: Scenario,
    id_: str,
    kind: NoteKind,
    text: str,
    level: NoteAttribution,
    *,
    under: bool = False,
    group: str | None = None,
    released: bool = True,
) -> None:
    intervention = room.session.floor.intervention if under else None
    added = c.AddNote(note=id_, kind=kind, text=text, attribution=level, intervention=intervention, group=group)
    room.later(1).by("rapporteur", added)
    if released:
        room.later(1).by("rapporteur", c.ReleaseNote(note=id_, released=True))


def _discussion(room: Scenario) -> None:
    """Ana, Ben, Wang Fang and Cleo speak; a note of each level, some with names in them."""
    for who in ("ana", "ben", "fang", "cleo"):
        room.later(1).ask(who)
    room.later(5).next()
    text = "Анна Иванова and بدر الدين agreed; ANNA IVANOVA added that «王芳说» so."
    _note(room, "note-ana-organisation", NoteKind.CHALLENGE, text, NoteAttribution.ORGANISATION, under=True)
    _note(room, "note-ana-none", NoteKind.GAP, "Data is missing.", NoteAttribution.NONE, under=True)
    room.by("rapporteur", c.WriteNote(note="note-ana-none", text="Data are missing.", expect=1))
    order = room.later(5).ask("fang", RequestKind.POINT_OF_ORDER)
    room.give(order)
    room.later(5).by("moderator", c.RuleOnOrder(request=order, ruling=Ruling.NOTED))
    room.end()
    room.later(20).next()
    _note(room, "note-ben-person", NoteKind.QUOTATION, "«نعم»", NoteAttribution.PERSON, under=True)
    _note(
        room,
        "note-private",
        NoteKind.TREND,
        "for rapporteurs alone",
        NoteAttribution.PERSON,
        under=True,
        released=False,
    )
    _note(room, "note-removed", NoteKind.TREND, "taken away again", NoteAttribution.NONE)
    room.by("rapporteur", c.RemoveNote(note="note-removed"))
    room.later(5).next()
    room.later(2).undo()
    room.later(10).next()
    _note(room, "note-fang-group", NoteKind.LESSON_LEARNED, HOSTILE, NoteAttribution.GROUP, under=True)
    room.by("rapporteur", c.MarkNote(note="note-fang-group", kind=NoteKind.GOOD_PRACTICE, group="states"))
    room.by("rapporteur", c.MoveNote(note="note-general"))
    room.later(10).next()
    _note(room, "note-protection", NoteKind.QUESTION, "Who protects us?", NoteAttribution.PERSON, under=True)
    _renumbered(room)
    room.later(10).end()
    room.by("secretary", c.CorrectPerson(person="zoe", name="Zoe Elan"))
    room.by("secretary", c.CorrectPerson(person="ana", organisation="State A."))
    room.by("secretary", c.CorrectPerson(person="ana", organisation="State A"))


def _renumbered(room: Scenario) -> None:
    """Make the ranks of notes short again, in the same order."""
    standing = tuple(note for _, note in room.session.note_places)
    event = e.NotesRenumbered(ranks=speaking_order.renumbered(standing))
    recorded = e.Recorded(seq=room.session.seq + 1, at=room.now, by="rapporteur", command="a-move", event=event)
    room.recorded.append(recorded)
    room.session = rules.evolve(room.session, recorded)


def _recommendations(room: Scenario) -> None:
    """One made from a note, revised twice and discussed; one brought from elsewhere."""
    proposed = c.ProposeRecommendation(
        recommendation="rec-calendar",
        symbol="R1",
        title="Calendar",
        text="States should agree on a calendar.",
        addressees=("states", "OHCHR"),
        group="civil_society",
        note="note-ana-organisation",
    )
    room.later(5).by("rapporteur", proposed)
    status = c.SetRecommendationStatus(
        recommendation="rec-calendar", status=RecommendationStatus.UNDER_DISCUSSION, expect=1
    )
    room.later(5).by("moderator", status)
    room.later(5).by("moderator", replace(status, status=RecommendationStatus.WITHDRAWN))
    room.undo()
    revised = c.ReviseRecommendation(
        recommendation="rec-calendar", text="All States are encouraged to agree on a public calendar.", expect=1
    )
    room.later(5).by("rapporteur", revised)
    room.later(5).by("rapporteur", replace(revised, title="Public calendar", expect=2))
    source = c.Source(session="panel-0", recommendation="rec-brought", version=4)
    brought = c.Brought(
        symbol="R0",
        title="",
        text="Cooperate.",
        addressees=(),
        group=None,
        status=RecommendationStatus.BROAD_SUPPORT,
    )
    room.later(5).by("rapporteur", c.BringRecommendation(source=source, brought=brought))


def _poll_of_delegations(room: Scenario) -> None:
    """State A supports, changed from no; State B cannot, with a reason; Cleo's delegation too; University A is silent."""
    terms = c.DraftPoll(
        poll="poll-calendar",
        recommendation="rec-calendar",
        preset=Preset.SUPPORT_SCALE,
        ballot=BallotKind.RECORDED,
        unit=PollUnit.DELEGATION,
        results=Results.AFTER_CLOSE,
        reasons=Reasons.OPTIONAL,
    )
    room.later(5).by("rapporteur", terms)
    room.later(5).by("moderator", c.OpenPoll(poll="poll-calendar", expect=3))
    room.later(1).by("ana", c.AnswerPoll(poll="poll-calendar", option="cannot_support"))
    room.later(1).by("zoe", c.AnswerPoll(poll="poll-calendar", option="support"))
    room.by("ben", c.AnswerPoll(poll="poll-calendar", option="cannot_support", reason="reason of State B"))
    room.by("fang", c.AnswerPoll(poll="poll-calendar", option="support"))
    room.by("cleo", c.AnswerPoll(poll="poll-calendar", option="support", reason="Cleo Hidden wants it"))
    room.later(5).by("moderator", c.ClosePoll(poll="poll-calendar", expect="poll-calendar"))
    room.by("moderator", c.PublishPoll(poll="poll-calendar", expect="poll-calendar"))
    room.by("rapporteur", c.SetOutcome(poll="poll-calendar", text="Goes into the report."))
    room.by(
        "moderator",
        c.SetRecommendationStatus(recommendation="rec-calendar", status=RecommendationStatus.BROAD_SUPPORT, expect=3),
    )


def _poll_of_people(room: Scenario) -> None:
    """Remote people by the app, the room by hands."""
    opened = c.OpenPoll(
        poll="poll-noon",
        question="Shall the list close at noon?",
        preset=Preset.YES_NO_ABSTAIN,
        ballot=BallotKind.RECORDED,
        unit=PollUnit.PERSON,
        results=Results.LIVE,
        reasons=Reasons.OPTIONAL,
        room=RoomAnswers.BY_HANDS,
    )
    room.later(5).by("moderator", opened)
    room.by("ben", c.AnswerPoll(poll="poll-noon", option="yes", reason="reason of Wang"))
    room.by("moderator", c.CountRoom(poll="poll-noon", counts={"yes": 3, "no": 1}, present=9))
    room.later(5).by("moderator", c.ClosePoll(poll="poll-noon", expect="poll-noon"))


def _polls_not_public(room: Scenario) -> None:
    """One that waits to be published, and a draft."""
    options = (c.GivenOption(label="Now"), c.GivenOption(label="+later"))
    opened = c.OpenPoll(
        poll="poll-lunch",
        question="When?",
        options=options,
        ballot=BallotKind.RECORDED,
        unit=PollUnit.PERSON,
        results=Results.WHEN_PUBLISHED,
    )
    room.later(5).by("moderator", opened)
    room.by("ana", c.AnswerPoll(poll="poll-lunch", option="option_2"))
    room.by("moderator", c.ClosePoll(poll="poll-lunch", expect="poll-lunch"))
    draft = c.DraftPoll(
        poll="poll-draft",
        question="Only drafted",
        options=options,
        ballot=BallotKind.RECORDED,
        unit=PollUnit.PERSON,
        results=Results.LIVE,
    )
    room.by("rapporteur", draft)
