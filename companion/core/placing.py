"""Where a request stands on its list: moved, exchanged, put back after its person was called and not there."""

from bisect import bisect_left

from companion.core import events as e
from companion.core import speaking_order
from companion.core.ids import RequestId, Unset
from companion.core.procedure import RequestStatus, WhenAbsent
from companion.core.proceedings import FloorRequest
from companion.core.refusals import Refusal, Refused
from companion.core.state import Places, Session


def move(session: Session, request: FloorRequest, after: RequestId | Unset | None, *, anywhere: bool) -> list[e.Event]:
    """Return the move of a waiting request behind `after`: None is the first place, unset the last.

    Raises `Refused`: not_allowed for a place further ahead unless it may be put `anywhere`.
    """
    if not anywhere:
        _only_backwards(session, request, after)
    if after == request.id:
        raise Refused(Refusal.BAD_MESSAGE)
    if isinstance(after, Unset):
        return [e.RequestMoved(request=request.id, rank=speaking_order.at_the_end(session.seq + 1))]
    others = _without(session.places(request.list), request)
    before = 0 if after is None else _place_of(others, _neighbour(session, request, after)) + 1
    if before == len(others):
        return [e.RequestMoved(request=request.id, rank=speaking_order.at_the_end(session.seq + 1))]
    return _place(session, request, others, before)


def _only_backwards(session: Session, request: FloorRequest, after: RequestId | Unset | None) -> None:
    """People give way; they do not overtake (style of every list that was ever trusted)."""
    if isinstance(after, Unset):
        return
    target = session.requests.get(after or "")
    waits_there = target is not None and target.status is RequestStatus.WAITING and target.list is request.list
    if target is None or not waits_there or (target.rank, target.id) <= (request.rank, request.id):
        raise Refused(Refusal.NOT_ALLOWED)


def _neighbour(session: Session, request: FloorRequest, after: RequestId) -> FloorRequest:
    found = session.requests.get(after)
    if found is None or found.status is not RequestStatus.WAITING or found.list is not request.list:
        raise Refused(Refusal.NOT_ON_LIST)
    return found


def _without(places: Places, request: FloorRequest) -> Places:
    at = _place_of(places, request)
    return places[:at] + places[at + 1 :]


def _place_of(places: Places, request: FloorRequest) -> int:
    return bisect_left(places, (request.rank, request.id))


def _place(session: Session, request: FloorRequest, others: Places, before: int) -> list[e.Event]:
    """Put `request` behind the first `before` of those who wait.

    Those who are away for the moment (held, speaking, withdrawn) keep their ranks, for they may come back: the new rank
    is none of theirs, directly behind the one before, and at the first place behind whoever had the floor.
    """
    kept = _without(session.ranked[request.list], request)
    at = bisect_left(kept, others[before - 1]) + 1 if before else bisect_left(kept, others[0])
    rank = speaking_order.between(kept[at - 1][0] if at else None, kept[at][0])
    if len(rank) <= speaking_order.LONGEST:
        return [e.RequestMoved(request=request.id, rank=rank)]
    order = [each for _, each in kept]
    order.insert(at, request.id)
    return [e.RequestsRenumbered(ranks=speaking_order.renumbered(tuple(order)))]


def _behind_their_like(session: Session, request: FloorRequest) -> str | None:
    """Return a rank behind the last who waits of the person's stakeholder group; None where that is the end."""
    group = session.people[request.person].group
    others = (
        _without(session.places(request.list), request)
        if request.status is RequestStatus.WAITING
        else (session.places(request.list))
    )
    like = [
        place for place, (_, id_) in enumerate(others) if session.people[session.requests[id_].person].group == group
    ]
    if not like or like[-1] == len(others) - 1:
        return None
    kept = session.ranked[request.list]
    at = bisect_left(kept, others[like[-1]])
    rank = speaking_order.between(kept[at][0], kept[at + 1][0])
    return rank if len(rank) <= speaking_order.LONGEST else None


def exchange(session: Session, request: FloorRequest, partner_id: RequestId | None, *, agreed: bool) -> list[e.Event]:
    """Return the exchange of two places, once both have asked for it, or an offer; `agreed`: staff say so.

    Without a partner, an offer is taken back. Raises `Refused`.
    """
    if partner_id is None:
        return [] if request.exchange_with is None else [_offered(request, None)]
    partner = session.requests.get(partner_id)
    if partner is None:
        raise Refused(Refusal.NOT_FOUND)
    if partner.person == request.person:
        raise Refused(Refusal.BAD_MESSAGE)
    if partner.status is not RequestStatus.WAITING or partner.list is not request.list:
        raise Refused(Refusal.NOT_ON_LIST)
    if not agreed and offer_of(session, partner) != request.id:
        same = offer_of(session, request) == partner.id
        return [] if same else [_offered(request, partner.id)]
    return [e.PlacesExchanged(ranks=((request.id, partner.rank), (partner.id, request.rank)))]


def _offered(request: FloorRequest, partner: RequestId | None) -> e.ExchangeOffered:
    return e.ExchangeOffered(request=request.id, partner=partner, before=request.exchange_with)


def offer_of(session: Session, request: FloorRequest) -> RequestId | None:
    """Return the request with which this one offers to exchange places; an offer stands while both keep the place it was made at."""
    if request.exchange_with is None:
        return None
    partner = session.requests[request.exchange_with]
    both_wait = request.status is RequestStatus.WAITING and partner.status is RequestStatus.WAITING
    return partner.id if both_wait and request.exchange_at == (request.rank, partner.rank) else None


def offers(session: Session, request: FloorRequest) -> list[FloorRequest]:
    """Return the requests whose people offered to exchange places with this one, and still do."""
    found = (session.requests[each] for each in request.offered_by)
    return [each for each in found if offer_of(session, each) == request.id]


def absent(session: Session, request: FloorRequest, *, after: int = 0) -> e.RequestAbsent:
    """Return what becomes of the request of somebody who was called and is not there (domain practice: once to the end).

    The first time as the session's settings say, the second time it is struck; it is over at once if its person has another
    place on the list. `after` so many events of the command.
    """
    seq = session.seq + after + 1
    how = session.settings.when_absent
    others = (each for each in session.requests_by(request.person) if each.id != request.id)
    if any(each.list is request.list and each.status is RequestStatus.WAITING for each in others):
        return e.RequestAbsent(request=request.id, status=RequestStatus.ABSENT, rank=request.rank)
    if request.absences:
        return e.RequestAbsent(request=request.id, status=RequestStatus.STRUCK, rank=request.rank)
    if how is WhenAbsent.LOST:
        return e.RequestAbsent(request=request.id, status=RequestStatus.ABSENT, rank=request.rank)
    if how is WhenAbsent.END_OF_CATEGORY and (rank := _behind_their_like(session, request)) is not None:
        return e.RequestAbsent(request=request.id, status=RequestStatus.WAITING, rank=rank)
    return e.RequestAbsent(request=request.id, status=RequestStatus.WAITING, rank=speaking_order.at_the_end(seq))
