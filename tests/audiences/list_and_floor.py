"""Random taps of those who ask for the floor, keep the list and give the floor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from companion.core import commands as c
from companion.core.ids import UNSET
from companion.core.people import Attendance
from companion.core.procedure import QuotaBy, RequestKind, RequestList, RequestStatus, Rule, Ruling

if TYPE_CHECKING:
    from tests.audiences.walk import Walk


def group(walk: Walk) -> str:
    """Return a stakeholder group, now and then one that nobody knows."""
    return walk.any_of(each.id for each in walk.session.programme.groups)


def segment(walk: Walk) -> str:
    return walk.random.choice(walk.session.programme.segments).id


def _intervention(walk: Walk) -> str | None:
    return walk.maybe(walk.any_of(walk.session.interventions))


def _limit(walk: Walk) -> c.Command:
    seconds = walk.maybe(walk.random.randrange(1, 600))
    match walk.random.randrange(7):
        case 0 | 6:
            return c.SetLimit(seconds=seconds, person=walk.any_of(walk.session.people), reason=walk.text("REASON"))
        case 1:
            return c.SetLimit(seconds=seconds, category=group(walk))
        case 2:
            return c.SetLimit(seconds=seconds, kind=walk.random.choice([*RequestKind]))
        case 3:
            return c.SetLimit(seconds=seconds, ordinal=walk.random.choice([1, 2]))
        case 4:
            return c.SetLimit(seconds=seconds, category=group(walk), bank=True)
        case _:
            return c.SetLimit(seconds=seconds)


def _rule(walk: Walk) -> c.Command:
    rule = walk.random.choice([*Rule])
    automatic = rule is not Rule.MANUAL and walk.random.random() < 0.5
    match rule:
        case Rule.QUOTA:
            shares = {
                QuotaBy.GROUP: {each.id: walk.random.randrange(1, 5) for each in walk.session.programme.groups},
                QuotaBy.ATTENDANCE: {each.value: walk.random.randrange(1, 5) for each in Attendance},
                QuotaBy.REGION: {"Somewhere": 2, "Elsewhere": 1},
            }
            by = walk.random.choice([*QuotaBy])
            params = c.RuleParameters(by=by, shares=shares[by])
        case Rule.ALPHABETICAL_FROM_LETTER:
            params = c.RuleParameters(letter=walk.random.choice("alz"))
        case _:
            return c.SetRule(rule=rule, automatic=automatic)
    return c.SetRule(rule=rule, params=params, automatic=automatic)


def _share_time(walk: Walk) -> c.Command:
    return walk.random.choice([c.ShareTime(), c.ShareTime(), c.ShareTime(seconds=45), c.ShareTime(seconds=None)])


def _carry_over(walk: Walk) -> c.Command:
    """Bring two of: somebody who is here already, somebody who is not, a guest whose id may be another's here."""
    known = walk.random.choice(sorted(each.id for each in walk.session.people.values() if not each.guest))
    typed_in = replace(walk.stranger(), id="g.5")
    people = walk.random.sample((walk.session.people[known], walk.stranger(), typed_in), 2)
    found = tuple(
        c.NotReached(
            request=walk.text("request"),
            person=each,
            kind=walk.random.choice([RequestKind.STATEMENT, RequestKind.QUESTION, RequestKind.RIGHT_OF_REPLY]),
            topic=walk.text("TOPIC"),
            on_behalf_of=None,
            language=walk.maybe("fr"),
        )
        for each in people
    )
    return c.CarryOver(source="panel-0", found=found)


def _request(walk: Walk) -> c.Command:
    for_whom: dict[str, Any] = {}
    match walk.random.randrange(8):
        case 0:
            for_whom["guest"] = c.Guest(name=walk.text("NAME"), group=walk.maybe(group(walk)))
        case 1 | 2:
            for_whom["person"] = walk.any_of(walk.session.people)
        case 3:
            for_whom = {"person": walk.any_of(walk.session.people), "segment": segment(walk)}
        case _:
            pass
    kind = RequestKind.STATEMENT if walk.maybe(1) else walk.random.choice([*RequestKind])
    said: dict[str, Any] = {
        "topic": walk.text("TOPIC"),
        "language": walk.maybe("ar"),
        "text": walk.maybe(walk.text("STATEMENT")),
    }
    return c.RequestFloor(kind=kind, reply_to=_intervention(walk), **said, **for_whom)


def _change(walk: Walk) -> c.Command:
    said: dict[str, Any] = {
        "topic": walk.text("TOPIC"),
        "kind": walk.random.choice([*RequestKind]),
        "text": walk.maybe(walk.text("STATEMENT")),
        "reply_to": _intervention(walk),
    }
    name = walk.random.choice([*said])
    return c.ChangeRequest(request=walk.request(), **{name: said[name]})


def _move(walk: Walk) -> c.Command:
    after = walk.random.choice([UNSET, None, walk.request()])
    return c.MoveRequest(request=walk.request(), after=after)


def _exchange(walk: Walk) -> c.Command:
    """Offer places, take an offer back, or agree to one."""
    waiting = [each for each in walk.session.requests.values() if each.status is RequestStatus.WAITING]
    offered = sorted((each.exchange_with, each.id) for each in waiting if each.exchange_with is not None)
    if offered and walk.random.random() < 0.5:
        request, partner = walk.random.choice(offered)
        agreed = c.ExchangePlaces(request=request, partner=partner)
        return walk.random.choice([agreed, c.ExchangePlaces(request=partner, partner=None)])
    return c.ExchangePlaces(request=walk.request(), partner=walk.request())


def _absent(walk: Walk) -> c.Command:
    speaking = walk.session.speaking
    return c.MarkAbsent(request=speaking.request if speaking and walk.random.random() < 0.5 else walk.request())


def _written(walk: Walk) -> c.Command:
    return c.HandInStatement(request=walk.request(), text=walk.random.choice([UNSET, None, walk.text("STATEMENT")]))


def _ruling(walk: Walk) -> c.Command:
    orders = [each.id for each in walk.session.requests.values() if each.list is RequestList.ORDER]
    return c.RuleOnOrder(request=walk.any_of(orders), ruling=walk.random.choice([*Ruling]))


MAKERS: Final[dict[type[c.Command], Callable[[Walk], c.Command]]] = {
    c.OpenList: lambda _: c.OpenList(),
    c.CloseList: lambda _: c.CloseList(),
    c.SetRule: _rule,
    c.ArrangeList: lambda _: c.ArrangeList(),
    c.SetLimit: _limit,
    c.ShareTime: _share_time,
    c.CarryOver: _carry_over,
    c.RequestFloor: _request,
    c.ChangeRequest: _change,
    c.WithdrawRequest: lambda w: c.WithdrawRequest(request=w.request()),
    c.MarkReady: lambda w: c.MarkReady(request=w.request(), ready=w.random.choice([True, False])),
    c.MoveRequest: _move,
    c.ExchangePlaces: _exchange,
    c.HoldRequest: lambda w: c.HoldRequest(request=w.request()),
    c.ReleaseRequest: lambda w: c.ReleaseRequest(request=w.request()),
    c.MarkAbsent: _absent,
    c.HandInStatement: _written,
    c.GiveFloor: lambda w: c.GiveFloor(request=w.request(), expect=w.seen()),
    c.NextSpeaker: lambda w: c.NextSpeaker(expect=w.seen()),
    c.PauseFloor: lambda w: c.PauseFloor(expect=w.seen()),
    c.ResumeFloor: lambda w: c.ResumeFloor(expect=w.seen()),
    c.ExtendFloor: lambda w: c.ExtendFloor(seconds=60, expect=w.seen()),
    c.EndFloor: lambda w: c.EndFloor(expect=w.seen()),
    c.RuleOnOrder: _ruling,
}
OFTEN: Final = (
    *(c.RequestFloor,) * 10,
    *(c.NextSpeaker,) * 3,
    *(c.ExchangePlaces,) * 3,
    *(c.SetLimit,) * 3,
    *(c.GiveFloor, c.MoveRequest, c.ArrangeList, c.MarkReady),
)
