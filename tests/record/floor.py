"""A discussion with everything in it that can happen to a list of speakers, and who may be told from the record and who not."""

from dataclasses import replace
from typing import Final

from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import SYSTEM
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import (
    AttributionMode,
    BallotKind,
    EarlierShare,
    NoteAttribution,
    NoteKind,
    PollUnit,
    QuotaBy,
    RequestKind,
    Results,
    Rule,
)
from companion.record import building
from companion.record.model import Record
from companion.record.model_documents import Notes
from tests.core.scenario import PROGRAMME, Scenario, requested
from tests.record.panel import entries_of

PEOPLE: Final = (
    Person(id="moderator", name="Mona Moderator", role=Role.MODERATOR),
    Person(id="alternate", name="Alma Alternate", role=Role.MODERATOR, organisation="Bureau"),
    Person(id="officer", name="Olga Officer", role=Role.LIST_OFFICER),
    Person(id="rapporteur", name="Rita Rapporteuse", role=Role.RAPPORTEUR),
    Person(id="secretary", name="Sara Secretary", role=Role.SECRETARIAT),
    Person(id="pia", name="Pía Panelista", role=Role.PANELLIST, organisation="University A", group="civil_society"),
    Person(
        id="ana",
        name="Анна Иванова",
        latin_name="Anna Ivanova",
        organisation="State A",
        group="states",
        region="Region East",
        language="ru",
        gender="woman",
    ),
    Person(
        id="ben",
        name="بدر الدين",
        latin_name="Badr al-Din",
        organisation="State B",
        group="states",
        region="Region South",
        language="ar",
        gender="man",
        attendance=Attendance.REMOTE,
    ),
    Person(id="gul", name="Gül Yılmaz", organisation="State G", group="states", region="Region East", language="tr"),
    Person(id="zoe", name="Zoé Élan", organisation="NGO Z", group="civil_society", language="fr"),
    Person(
        id="cleo",
        name="Cleo Hidden",
        organisation="Threatened NGO",
        group="civil_society",
        region="Forbidden region",
        language="ti",
        unpublished=True,
    ),
    Person(id="late", name="Lata Latecomer", organisation="State L", group="states"),
)
DISCUSSION: Final = replace(
    PROGRAMME,
    people=PEOPLE,
    panellists=("pia",),
    segments=PROGRAMME.segments[1:],
    reply_seconds=(180, 120),
    rule=Rule.ROUND_ROBIN_GROUP,
)
EARLIER: Final = (
    EarlierShare(what="group", id="states", same_day=True, requests=4, interventions=3, seconds=365, told=True),
    EarlierShare(what="group", id="states", same_day=False, requests=2, interventions=2, seconds=240, told=True),
    EarlierShare(what="group", id="civil_society", same_day=False, requests=1, interventions=0, seconds=0, told=True),
    EarlierShare(what="region", id="Untold region", same_day=True, requests=9, interventions=9, seconds=900),
    EarlierShare(what="gender", id="untold gender", same_day=True, requests=9, interventions=9, seconds=900),
)

# Identifiers of clients: they hold the time to the millisecond.
OF_ANA, OF_BEN, OF_CLEO, OF_ZOE = "01HAAA00000000", "01HBBB00000000", "01HCCC00000000", "01HZZZ00000000"

NAMES: Final = (
    "Mona",
    "Alma",
    "Olga",
    "Rita",
    "Sara Secretary",
    "Иванова",
    "Ivanova",
    "بدر",
    "Badr",
    "Gül",
    "Yılmaz",
    "Zoé",
    "Élan",
    "Lata",
    "Greta Guest",
    "State Guest",
)
PANELLIST: Final = ("Panelista", "Pía")
NEVER: Final = (
    "Cleo",
    "Hidden",
    "Threatened",
    "Forbidden",
    '"ti"',
    ",ti,",
    "hand over her script",
    "for the interpreters alone",
    "OF_NOBODY",
    "loop for Ben",
    "her answer",
    "woman",
    "untold",
)
"""Of who asked not to be published, whatever they said; and what is kept from the reader in every mode.

That are texts of statements that were delivered, or not handed in after all, needs, answers, and figures of too few.
"""

NOT_RELEASED: Final = ("not for all",)
AFFILIATIONS: Final = ("State A", "State B", "State G", "State L", "NGO Z", "Passers by", "Bureau", "written of rivers")
ELSEWHERE: Final = "panel-0"
"""The session in which somebody asked who was not reached there."""

IDENTIFIERS: Final = (OF_ANA, OF_BEN, OF_CLEO, OF_ZOE)
"""Where nobody is to be recognised: what holds the time of a request to the millisecond."""

RULES: Final = (
    "round_robin_group",
    '"quota"',
    ",quota,",
    "alphabetical_from_letter",
    "Groups take turns",
    "By shares",
    "In alphabetical order",
)
"""Where somebody is not to be recognised: rules that look at who somebody is."""


def with_modes(mode: AttributionMode, panellists: AttributionMode | None = None) -> c.PrepareSession:
    """Return the programme with these modes of attribution."""
    return replace(DISCUSSION, attribution_mode=mode, attribution_mode_panellists=panellists or mode)


def discussed(programme: c.PrepareSession = DISCUSSION) -> Scenario:
    """Play the discussion."""
    room = Scenario(programme)
    room.later(60).by("moderator", c.StartSession(earlier=EARLIER))
    room.by("officer", c.OpenList())
    _asked(room)
    _heard(room)
    _rules(room)
    _handed_in(room)
    _called_in_vain(room)
    _times(room)
    _recognised(room)
    _corrected(room)
    room.later(61.5).by(SYSTEM, c.CloseList())
    room.by("officer", c.SetLimit(seconds=300, person="ben", reason="loop for Ben"))
    room.by("secretary", c.CorrectRecord(seq=room.session.seq, text="It was a loop for Ben."))
    room.later(5).by("moderator", c.CloseSession())
    return room


def record_of(room: Scenario, notes: Notes = Notes.RELEASED) -> Record:
    """Return the record of what was played."""
    return building.build(entries_of(room.recorded), notes)


def ask(room: Scenario, who: str, request: str | None = None, **said: object) -> str:
    """Return the request that `who` makes, a second later than the last thing that happened."""
    command = c.RequestFloor(**{"kind": RequestKind.STATEMENT, "request": request, **said})  # type: ignore[arg-type]
    return requested(room.later(1.25).by(who, command))


def _asked(room: Scenario) -> None:
    """Ana, Ben, Cleo and Zoé ask; those who were not reached elsewhere are taken over; places are exchanged."""
    ask(room, "ana", OF_ANA, topic="on rivers", text="written of rivers, for the interpreters alone")
    ask(room, "ben", OF_BEN)
    ask(room, "cleo", OF_CLEO, topic="Hidden matters", text="hand over her script")
    ask(room, "zoe", OF_ZOE)
    late = c.NotReached(
        request="r.99",
        person=next(each for each in PEOPLE if each.id == "late"),
        kind=RequestKind.QUESTION,
        topic=None,
        on_behalf_of=None,
        language=None,
    )
    room.later(1).by("secretary", c.CarryOver(source="panel-0", found=(late,)))
    room.later(1).by("ben", c.ExchangePlaces(request=OF_BEN, partner=OF_ZOE))
    room.later(1).by("zoe", c.ExchangePlaces(request=OF_ZOE, partner=OF_BEN))
    room.later(1).by("officer", c.ExchangePlaces(request=OF_BEN, partner=OF_CLEO))
    room.undo("officer")


def _heard(room: Scenario) -> None:
    """Ana speaks by the rule and is replied to; Zoé is given the floor though the rule would have had somebody else."""
    room.later(5).give(OF_ANA)
    room.later(30.5).pause()
    room.later(10).resume()
    room.later(30).extend(60)
    ask(room, "pia", kind=RequestKind.PANELLIST_REPLY, reply_to=room.session.floor.intervention, topic="on rivers")
    room.later(30).end()
    room.later(5).give(OF_BEN)
    room.later(45).end()
    room.later(5).by("moderator", c.Preside(person="alternate"))
    room.later(5).by("alternate", c.Preside(person="moderator"))
    room.undo("alternate")
    own = c.RequestFloor(kind=RequestKind.MODERATOR)
    mine = requested(room.later(5).by("alternate", own))
    room.by("alternate", c.GiveFloor(request=mine, expect=None))
    room.later(20).end()


def _rules(room: Scenario) -> None:
    """Order the list by one rule after the other, by hand and by itself."""
    quota = c.RuleParameters(by=QuotaBy.GROUP, shares={"states": 2, "civil_society": 1})
    room.later(2).by("officer", c.SetRule(rule=Rule.QUOTA, params=quota))
    room.later(2).by("officer", c.MoveRequest(request=OF_CLEO, after=None))
    room.later(2).by("officer", c.ArrangeList())
    letter = c.RuleParameters(letter="s")
    room.later(2).by("officer", c.SetRule(rule=Rule.ALPHABETICAL_FROM_LETTER, params=letter, automatic=True))
    ask(room, "ana")
    room.later(2).by("officer", c.SetRule(rule=Rule.FIRST_COME))


def _handed_in(room: Scenario) -> None:
    """Zoé and Cleo hand their statements in; that Ana did was an error."""
    room.later(2).by("zoe", c.HandInStatement(request=OF_ZOE, text="Zoé Élan has written of rivers.\n=1+1"))
    room.later(2).by("officer", c.HandInStatement(request=OF_CLEO))
    mine = room.session.requests_of["ana"][-1]
    room.later(2).by("officer", c.HandInStatement(request=mine, text="OF_NOBODY"))
    room.undo("officer")


def _called_in_vain(room: Scenario) -> None:
    """Lata is called and not there, is given the floor and not there either, and is struck."""
    late = room.session.requests_of["late"][0]
    room.later(2).by("officer", c.MarkAbsent(request=late))
    room.later(2).give(late)
    room.later(3).by("moderator", c.MarkAbsent(request=late))


def _times(room: Scenario) -> None:
    """Speaking times of replies, of a group together, and of what is left of the time."""
    room.later(2).by("officer", c.SetLimit(seconds=100, ordinal=2))
    room.by("officer", c.SetLimit(seconds=1200, category="states", bank=True))
    room.later(2).by("moderator", c.ShareTime())
    room.later(2).by("moderator", c.ShareTime(seconds=75))
    room.later(2).by("moderator", c.ShareTime(seconds=None))
    reply = ask(room, "ben", kind=RequestKind.RIGHT_OF_REPLY, reply_to=room.session.ended[0])
    room.later(2).give(reply)
    room.later(40.5).end()


def _recognised(room: Scenario) -> None:
    """Let a guest whom the officer typed in speak, who turns out to be Gül; another is the panellist."""
    for person, guest in (
        ("gul", c.Guest(name="Greta Guest", organisation="Passers by")),
        ("pia", c.Guest(name="Panelista Guest", organisation="Passers by")),
    ):
        room.later(1).by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, guest=guest))
        typed = next(each for each in room.session.people.values() if each.name == guest.name)
        room.give(room.session.requests_of[typed.id][0])
        room.later(20).end()
        room.later(1).by("secretary", c.LinkPerson(source=typed.id, person=person))
    room.later(1).by("moderator", c.Announce(text="Thank you, Greta Guest and Panelista Guest"))


def _corrected(room: Scenario) -> None:
    """Put right what stands in the record, and what does not stand in it."""
    given = {each.event.request: each.seq for each in room.recorded if isinstance(each.event, e.FloorGiven)}
    room.later(5).by("secretary", c.CorrectRecord(seq=given[OF_ANA], text="Анна Иванова said 1998, not 1989."))
    correction = room.session.seq
    room.by("secretary", c.CorrectRecord(seq=given[OF_BEN] + 1, text="He ended earlier."))
    room.by("secretary", c.CorrectRecord(seq=correction, text="1988."))
    room.by("secretary", c.CorrectRecord(seq=1, text="The room was XXI."))
    exchanged = next(each.seq for each in room.recorded if isinstance(each.event, e.PlacesExchanged))
    room.by("secretary", c.CorrectRecord(seq=exchanged, text="They agreed by letter."))
    for note, released, text in (("note-open", True, "Read by all."), ("note-private", False, "not for all")):
        room.by("rapporteur", c.AddNote(note=note, kind=NoteKind.GAP, text=text, attribution=NoteAttribution.NONE))
        added = room.session.seq
        if released:
            room.by("rapporteur", c.ReleaseNote(note=note, released=True))
        room.by("secretary", c.CorrectRecord(seq=added, text=f"More of it: {text}"))
    poll = room.poll(ballot=BallotKind.RECORDED, unit=PollUnit.PERSON, results=Results.AFTER_CLOSE)
    room.answer("ben", poll, "support")
    room.by("secretary", c.CorrectRecord(seq=room.session.seq, text="This is her answer."))
    room.close(poll)
