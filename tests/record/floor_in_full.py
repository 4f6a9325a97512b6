"""A discussion in which everything happens that can happen to a list of speakers and to the floor."""

from dataclasses import replace
from typing import Final

from companion.core import commands as c
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import (
    AlarmAction,
    AlarmSince,
    EarlierShare,
    QuotaBy,
    RequestKind,
    Rule,
    WhenAbsent,
)
from tests.core.scenario import PROGRAMME, Scenario

PEOPLE: Final = (
    Person(id="moderator", name="Mona Moderator", role=Role.MODERATOR),
    Person(id="alternate", name="Aldo Alternate", role=Role.MODERATOR),
    Person(id="officer", name="Olga Officer", role=Role.LIST_OFFICER),
    Person(id="technician", name="Tom Technician", role=Role.TECHNICAL_MODERATOR),
    Person(id="secretary", name="Sara Secretary", role=Role.SECRETARIAT),
    Person(
        id="ana",
        name="Ана Иванова",
        latin_name="Ana Ivanova",
        organisation="State A",
        delegation="state-a",
        group="states",
        region="north",
        language="ru",
        gender="woman",
    ),
    Person(
        id="ben",
        name="بدر",
        latin_name="Badr",
        organisation="State B",
        delegation="state-b",
        group="states",
        region="south",
        language="ar",
        attendance=Attendance.REMOTE,
    ),
    Person(id="cleo", name="Cleo Hidden", organisation="Threatened NGO", group="civil_society", unpublished=True),
    Person(id="dan", name="Dan <b>Bold</b>", organisation="State D", delegation="state-d", group="states"),
    Person(id="eve", name="Ève", organisation="An NGO", group="civil_society", language="fr", gender="woman"),
    Person(id="fay", name="Fay", organisation="Another NGO", group="civil_society"),
)
PANEL: Final = replace(
    PROGRAMME,
    people=PEOPLE,
    reply_seconds=(300, 180),
    rule=Rule.JOINT_FIRST,
    when_absent=WhenAbsent.LOST,
)
_CLOSES: Final = c.SettingAlarm(action=AlarmAction.CLOSE_LIST, after_seconds=3600)
_ANNOUNCES: Final = c.SettingAlarm(
    action=AlarmAction.ANNOUNCE, after_seconds=5400, since=AlarmSince.SEGMENT, text="Half an hour is left"
)
_PRESET: Final = c.FoundPreset(
    limits=c.SettingLimits(
        default_seconds=150, groups={"states": 120}, kinds={"joint_statement": 240}, replies=(240, 120)
    ),
    rule=Rule.JOINT_FIRST_ROUND_ROBIN_GROUP,
    when_absent=WhenAbsent.END_OF_CATEGORY,
    one_request_each=True,
    alarms=(_CLOSES, _ANNOUNCES),
)
_EARLIER: Final = (
    EarlierShare(what="group", id="states", same_day=True, requests=4, interventions=3, seconds=500),
    EarlierShare(what="gender", id="woman", same_day=False, requests=2, interventions=2, seconds=210),
)


def played() -> Scenario:
    """Play the discussion."""
    room = Scenario(PANEL)
    room.later(60).by("moderator", c.StartSession(earlier=_EARLIER))
    room.later(5).begin("discussion")
    room.by("secretary", c.ChangeSettings(preset="hrc_panel", found=_PRESET))
    room.by("officer", c.OpenList())
    _requests(room)
    _order(room)
    _time(room)
    _absence(room)
    _people(room)
    _replies(room)
    room.later(30).by("moderator", c.CloseSession())
    room.later(60).by("secretary", c.CorrectRecord(seq=1, text="The room was XXI."))
    room.later(5).by("secretary", c.FinaliseSession())
    return room


def _requests(room: Scenario) -> None:
    """Dan, Ana, Ben, Cleo and a guest ask, Eve is carried over, and Fay speaks for others."""
    room.later(1).by("dan", c.RequestFloor(kind=RequestKind.STATEMENT, request="of-dan-1", topic="Remedies"))
    statement = "Mr. President,\nwe thank the panel."
    room.later(1).by("ana", c.RequestFloor(kind=RequestKind.STATEMENT, request="of-ana-1", text=statement))
    room.later(1).by("ben", c.RequestFloor(kind=RequestKind.QUESTION, request="of-ben-1"))
    room.later(1).by("cleo", c.RequestFloor(kind=RequestKind.STATEMENT, request="of-cleo-1"))
    guest = c.Guest(name="Greta Guest", organisation="Passers-by", group="civil_society")
    room.later(1).by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, guest=guest, request="of-guest-1"))
    eve = c.NotReached(
        request="r.40",
        person=room.session.people["eve"],
        kind=RequestKind.STATEMENT,
        topic="What was left",
        on_behalf_of=None,
        language="fr",
    )
    room.later(1).by("officer", c.CarryOver(source="panel-0", found=(eve,)))
    joint = c.RequestFloor(kind=RequestKind.JOINT_STATEMENT, person="fay", on_behalf_of="Six NGOs", request="of-fay-1")
    room.later(1).by("officer", joint)


def _order(room: Scenario) -> None:
    """Arrange the list by one rule and have it keep itself in order by another; two exchange places."""
    room.later(5).by("officer", c.ArrangeList())
    shares = c.RuleParameters(by=QuotaBy.GROUP, shares={"civil_society": 1, "states": 2})
    room.later(5).by("officer", c.SetRule(rule=Rule.QUOTA, params=shares, automatic=True))
    room.later(1).by("dan", c.ExchangePlaces(request="of-dan-1", partner="of-ben-1"))
    room.later(1).by("dan", c.ExchangePlaces(request="of-dan-1", partner="of-ana-1"))
    room.later(1).by("ana", c.ExchangePlaces(request="of-ana-1", partner="of-dan-1"))
    room.by("officer", c.ChangeRequest(request="of-ben-1", language="en", text="In short: why?"))
    room.by("officer", c.SetRule(rule=Rule.ALPHABETICAL_FROM_LETTER, params=c.RuleParameters(letter="p")))
    room.undo("officer")


def _time(room: Scenario) -> None:
    """Civil society has common time, first and second replies have limits, what is left is shared."""
    room.later(5).by("officer", c.SetLimit(seconds=400, category="civil_society", bank=True))
    room.by("officer", c.SetLimit(seconds=90, ordinal=2))
    room.by("officer", c.SetLimit(seconds=300, person="cleo", reason="interpreter beside her"))
    room.by("moderator", c.ShareTime())
    room.later(10).by("moderator", c.ShareTime(seconds=110))


def _absence(room: Scenario) -> None:
    """Fay speaks; the guest is called and not there, is called again and struck; Dan hands his statement in."""
    room.later(5).give("of-fay-1")
    room.later(100).end()
    room.later(2).give("of-guest-1")
    room.later(4).by("moderator", c.MarkAbsent(request="of-guest-1"))
    room.later(2).next()
    room.later(80).end()
    room.later(1).by("officer", c.MarkAbsent(request="of-guest-1"))
    room.later(1).by("dan", c.HandInStatement(request="of-dan-1", text="As delivered: nothing."))


def _people(room: Scenario) -> None:
    """Recognise the guest, hand the place of the moderator over; somebody leaves, somebody is a panellist now."""
    guest = room.request("of-guest-1").person
    room.later(5).by("secretary", c.LinkPerson(source=guest, person="fay"))
    room.by("technician", c.MarkAttendance(person="ben", present=False))
    room.by("secretary", c.CorrectPerson(person="ben", gender="man"))
    room.by("secretary", c.ChangeRole(person="eve", role=Role.PANELLIST))
    room.by("moderator", c.Preside(person="alternate"))


def _replies(room: Scenario) -> None:
    """Whoever is left speaks; State D replies to one of them, twice."""
    answered = None
    while room.waiting():
        room.later(3).next()
        answered = room.session.floor.intervention
        room.later(60)
    room.end()
    room.by("technician", c.MarkAttendance(person="ben", present=True))
    for _ in range(2):
        room.by("dan", c.RequestFloor(kind=RequestKind.RIGHT_OF_REPLY, reply_to=answered))
        room.later(3).next()
        room.later(45).end()
