"""A panel that was held, with everything in it that a record has to tell, as the entries of its journal."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from companion.clock import format_time
from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core import speaking_order
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import AttributionMode, RequestKind, RequestList, Ruling, Showing, WaitingAtSegment
from companion.live.entries import sealed
from companion.record import building
from companion.record.model import Record
from companion.store import journal
from companion.store.journal import Entry
from tests.core.scenario import PROGRAMME, Scenario, requested

PEOPLE: Final = (
    Person(id="moderator", name="Mona Moderator", role=Role.MODERATOR),
    Person(id="officer", name="Olga Officer", role=Role.LIST_OFFICER),
    Person(id="technician", name="Tom Technician", role=Role.TECHNICAL_MODERATOR),
    Person(id="secretary", name="Sara Secretary", role=Role.SECRETARIAT),
    Person(
        id="pia",
        name="Pia Panellist",
        role=Role.PANELLIST,
        organisation="University A",
        group="civil_society",
        language="en",
    ),
    Person(
        id="ana", name="Ана Иванова", latin_name="Ana Ivanova", organisation="State A", group="states", language="ru"
    ),
    Person(
        id="ben",
        name="بدر",
        latin_name="Badr",
        organisation="State B",
        group="states",
        language="ar",
        attendance=Attendance.REMOTE,
        accessibility_needs=("wheelchair",),
    ),
    Person(id="cleo", name="Cleo Hidden", organisation="Threatened NGO", group="civil_society", unpublished=True),
    Person(id="dan", name="Dan <b>Bold</b> | [x](http://evil.example)", organisation="=HYPERLINK(1)"),
)
SECRETS: Final = ("wheelchair", "interpreter beside her", "Cleo", "Hidden", "Threatened")
PANEL: Final = replace(PROGRAMME, people=PEOPLE, panellists=("pia",), group_seconds=(("states", 120),))


def with_modes(mode: AttributionMode, panellists: AttributionMode | None = None) -> c.PrepareSession:
    """Return the panel's programme with these modes of attribution."""
    return replace(PANEL, attribution_mode=mode, attribution_mode_panellists=panellists or mode)


def held(programme: c.PrepareSession = PANEL) -> Scenario:
    """Play the panel."""
    room = Scenario(programme)
    room.later(60).by("moderator", c.StartSession())
    room.by("moderator", c.ShowOnDisplay(what=Showing.JOIN))
    room.by("moderator", c.Announce(text="Welcome\neverybody"))
    room.by("officer", c.OpenList())
    _presentation(room)
    room.later(5).begin("discussion")
    _requests(room)
    _renumbered(room)
    _discussion(room)
    _corrections(room)
    room.later(10).begin("replies", WaitingAtSegment.NOT_REACHED)
    room.next()
    room.later(40).by("moderator", c.SuspendSession())
    room.later(300).by("moderator", c.ResumeSession())
    room.resume()
    room.later(20).by("moderator", c.CloseSession())
    room.later(30).by("moderator", c.ReopenSession())
    room.later(5).by("moderator", c.CloseSession())
    room.later(600).by("secretary", c.FinaliseSession())
    return room


def _presentation(room: Scenario) -> None:
    room.later(2).next()
    room.later(100).pause()
    room.later(10).resume()
    room.extend(30)
    room.later(50).end()


def _requests(room: Scenario) -> None:
    """Ana, Ben, Cleo and Dan ask; Dan's second one is withdrawn, Ben's is moved to the end, set aside and released."""
    room.by("ana", c.RequestFloor(kind=RequestKind.STATEMENT, topic="Remedy & redress", on_behalf_of="Group of States"))
    ben = requested(room.later(1).by("ben", c.RequestFloor(kind=RequestKind.STATEMENT)))
    cleo = requested(
        room.later(1).by(
            "cleo", c.RequestFloor(kind=RequestKind.QUESTION, topic="Hidden matters", on_behalf_of="Hidden")
        )
    )
    dan = room.later(1).ask("dan")
    room.by("ben", c.ChangeRequest(request=ben, language="ar"))
    room.by("ben", c.MarkReady(request=ben, ready=True))
    room.by("officer", c.MoveRequest(request=ben))
    room.by("officer", c.HoldRequest(request=ben))
    room.by("officer", c.ReleaseRequest(request=ben))
    room.by("officer", c.HoldRequest(request=cleo))
    room.undo("officer")
    room.by("dan", c.WithdrawRequest(request=dan))
    guest = c.Guest(name="Greta Guest", organisation="Passers-by")
    room.by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, guest=guest))
    room.by("officer", c.SetLimit(seconds=90))
    room.by("officer", c.SetLimit(seconds=240, person="cleo", reason="interpreter beside her"))


def _renumbered(room: Scenario) -> None:
    """Make the ranks short again, as it happens after a hundred moves into the same gap."""
    waiting = tuple(request for _, request in room.session.places(RequestList.SPEAKERS))
    event = e.RequestsRenumbered(ranks=speaking_order.renumbered(waiting))
    recorded = e.Recorded(seq=room.session.seq + 1, at=room.now, by="officer", command="a-move", event=event)
    room.recorded.append(recorded)
    room.session = rules.evolve(room.session, recorded)


def _discussion(room: Scenario) -> None:
    """Ana speaks, is interrupted by Dan; Cleo is called by mistake, then speaks; Ben and the guest are not reached."""
    room.later(3).next()
    order = room.later(30).ask("dan", RequestKind.POINT_OF_ORDER)
    room.give(order)
    room.later(15).by("moderator", c.RuleOnOrder(request=order, ruling=Ruling.NOT_SUSTAINED))
    room.end()
    room.later(20).next()
    room.later(2).undo()
    room.later(10).next()
    room.later(45).end()


def _corrections(room: Scenario) -> None:
    room.by("secretary", c.CorrectPerson(person="ana", name="Анна Иванова", accessibility_needs=("wheelchair",)))
    room.by("secretary", c.CorrectPerson(person="cleo", name="Cleo Hidden-Away"))
    room.by("technician", c.MarkAttendance(person="ben", attendance=Attendance.IN_ROOM))
    room.by("secretary", c.ChangeSettings(warning_seconds=20))


def entries_of(recorded: Iterable[e.Recorded], session: str = "panel-1") -> list[Entry]:
    """Return what was recorded as a journal has it; the salts are numbers."""
    chain, entries = journal.first_link(session), []
    for each in recorded:
        entry = sealed(session, chain, each, at=format_time(each.at), salt=f"{each.seq:032x}")
        entries.append(entry)
        chain = entry.chain
    return entries


def record_of(room: Scenario) -> Record:
    """Return the record of what was played."""
    return building.build(entries_of(room.recorded))
