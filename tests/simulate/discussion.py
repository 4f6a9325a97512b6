"""A discussion with all that the play does to the list and the floor, its record, and an account of it."""

import json
from typing import Any, Final

from companion.core import commands as c
from companion.core.ids import SYSTEM
from companion.core.procedure import RequestKind, Rule, Ruling
from companion.record import as_json
from companion.record.model_documents import Notes
from companion.simulate.account import Account, Asked, Happened, Limited, Presided, Recognised, Spoke
from tests.core.scenario import Scenario, requested
from tests.record.floor import DISCUSSION, OF_ANA, OF_BEN, OF_CLEO, OF_ZOE, PEOPLE, ask, record_of

GUEST: Final = c.Guest(name="Greta Guest", organisation="Passers by")
_DETAILS: Final = ("partner", "rule", "automatic", "moved", "seconds", "names", "status", "carried_from")


def discussed(programme: c.PrepareSession = DISCUSSION) -> Scenario:
    """Play the discussion."""
    room = Scenario(programme)
    room.later(60).by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    _asked(room)
    _ordered(room)
    room.later(2).give(OF_ANA)
    answered = room.session.floor.intervention
    order = ask(room, "gul", kind=RequestKind.POINT_OF_ORDER)
    room.give(order)
    room.by("moderator", c.RuleOnOrder(request=order, ruling=Ruling.NOTED))
    room.later(5).end()
    room.later(5).extend(30)
    _absent(room)
    _presided(room)
    room.later(2).by("officer", c.HoldRequest(request=OF_CLEO))
    room.by("officer", c.SetLimit(seconds=60, kind=RequestKind.QUESTION))
    room.undo("moderator", which=1)
    room.later(2).by("ben", c.HandInStatement(request=OF_BEN, text="Written of rivers."))
    room.later(2).give(ask(room, "ana", kind=RequestKind.RIGHT_OF_REPLY, reply_to=answered))
    room.later(20).give(OF_CLEO)
    room.later(61).by(SYSTEM, c.CloseList())
    room.later(5).by("moderator", c.CloseSession())
    return room


def _asked(room: Scenario) -> None:
    """Four ask, one who was not reached elsewhere is carried over, and a guest who is typed in is recognised."""
    ask(room, "ana", OF_ANA, topic="on rivers")
    ask(room, "ben", OF_BEN)
    ask(room, "cleo", OF_CLEO, topic="Hidden matters")
    ask(room, "zoe", OF_ZOE)
    late = next(each for each in PEOPLE if each.id == "late")
    nothing = {"topic": None, "on_behalf_of": None, "language": None}
    found = c.NotReached(request="r.99", person=late, kind=RequestKind.STATEMENT, **nothing)
    room.later(1).by("officer", c.CarryOver(source="panel-0", found=(found,)))
    guest = requested(room.later(1).by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, guest=GUEST)))
    room.later(1).by("secretary", c.LinkPerson(source=room.request(guest).person, person="gul"))


def _ordered(room: Scenario) -> None:
    """Put the list in order, exchange places, and set and share times."""
    room.later(2).by("officer", c.MoveRequest(request=OF_BEN))
    room.later(2).by("officer", c.SetRule(rule=Rule.ALTERNATE_ATTENDANCE))
    room.later(2).by("officer", c.ArrangeList())
    room.later(1).by("ben", c.ExchangePlaces(request=OF_BEN, partner=OF_ZOE))
    room.later(1).by("zoe", c.ExchangePlaces(request=OF_ZOE, partner=OF_BEN))
    room.by("officer", c.SetLimit(seconds=90, kind=RequestKind.STATEMENT))
    room.by("officer", c.SetLimit(seconds=300, person="ana", reason="an interpreter"))
    room.by("moderator", c.ShareTime())
    room.by("moderator", c.ShareTime(seconds=75))
    room.by("moderator", c.ShareTime(seconds=None))


def _absent(room: Scenario) -> None:
    """Call one in vain before and after giving the floor, and another by mistake."""
    late = room.session.requests_of["late"][0]
    room.later(2).by("officer", c.MarkAbsent(request=late))
    room.later(2).give(late)
    room.by("moderator", c.MarkAbsent(request=late))
    room.later(2).give(OF_ZOE)
    room.undo()


def _presided(room: Scenario) -> None:
    """Hand the place over, speak from it, and take it back."""
    room.later(5).by("moderator", c.Preside(person="alternate"))
    own = requested(room.later(5).by("alternate", c.RequestFloor(kind=RequestKind.MODERATOR)))
    room.by("alternate", c.GiveFloor(request=own, expect=None))
    room.later(5).by("alternate", c.Preside(person="moderator"))


def told(room: Scenario) -> dict[str, Any]:
    """Return the record of what was played, as the secretariat has it."""
    value: dict[str, Any] = json.loads(as_json.write(record_of(room, Notes.ALL)))
    return value


def account_of(record: dict[str, Any]) -> Account:
    """Return an account that says what a record says in which everybody is named; of Cleo it knows what the record hides."""
    made = Account(announcements=len(record["announcements"]))
    made.spoke = [_spoke(each) for each in record["interventions"]]
    made.requests = {each["id"]: _asked_for(each) for each in record["requests"]}
    made.requests[OF_CLEO].topic = "Hidden matters"
    made.rulings = {each["request"]: each["ruling"] for each in record["rulings"] if each["ruling"]}
    made.happened = [_happened(each) for each in record["list_events"] if each["type"] != "list.closed"]
    made.limits = [
        Limited(seconds=each["seconds"], kind=each["kind"], shared=each["shared"])
        for each in record["limits"]
        if each["at"] >= record["session"]["started_at"]
    ]
    made.presided = [
        Presided(before=each["before"]["ref"], before_role=each["by"], person=each["who"]["ref"], role=each["role"])
        for each in record["presiding"]
    ]
    guest = next(each for each in record["requests"] if each["by"] == "list_officer" and not each["carried_from"])
    made.recognised = [
        Recognised(
            request=guest["id"],
            guest_name=GUEST.name,
            guest_organisation=GUEST.organisation,
            name=guest["who"]["name"],
            organisation=guest["who"]["organisation"],
        )
    ]
    return made


def _spoke(each: dict[str, Any]) -> Spoke:
    same = ("request", "kind", "rule", "placed_by", "suggested", "reply_to", "extended_seconds", "void_reason")
    return Spoke(
        intervention=each["id"],
        person=each["who"]["ref"],
        by=each["given_by"],
        allotted_seconds=each["allotted_seconds"] - each["extended_seconds"],
        pauses=len(each["pauses"]),
        ended=each["ended_at"] is not None,
        **{name: each[name] for name in same},
    )


def _asked_for(each: dict[str, Any]) -> Asked:
    same = (
        "kind",
        "by",
        "topic",
        "on_behalf_of",
        "reply_to",
        "text",
        "carried_from",
        "placed_by",
        "absences",
        "status",
    )
    return Asked(person=each["who"]["ref"], **{name: each[name] for name in same})


def _happened(each: dict[str, Any]) -> Happened:
    details = {name: each[name] for name in _DETAILS if each[name] is not None}
    return Happened(type=each["type"], by=each["by"], request=each["request"], undone=each["undone"], details=details)
