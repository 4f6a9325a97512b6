"""The list of speakers: who waits for the floor, and in which order.

A person waits at most once per list. Order is first come, first served; staff may move, hold and release. A closed
list still takes points of order and rights of reply from everybody, and anything from staff.
"""

from dataclasses import replace
from datetime import datetime
from typing import TypeAlias, assert_never

from companion.core import commands as c
from companion.core import events as e
from companion.core import permissions, speaking_order
from companion.core.ids import PersonId, RequestId, SegmentId, Unset, made_here
from companion.core.people import Actor, Person, Role
from companion.core.procedure import ListStatus, RequestKind, RequestList, RequestStatus, SessionStatus, list_for
from companion.core.proceedings import FloorRequest, Limit, limit_set_by
from companion.core.refusals import Refusal, Refused
from companion.core.state import Places, Session, put_limit, put_request

ListCommand: TypeAlias = (
    c.OpenList
    | c.CloseList
    | c.SetLimit
    | c.RequestFloor
    | c.ChangeRequest
    | c.WithdrawRequest
    | c.MarkReady
    | c.MoveRequest
    | c.HoldRequest
    | c.ReleaseRequest
)
ListEvent: TypeAlias = (
    e.ListOpened
    | e.ListClosed
    | e.LimitSet
    | e.FloorRequested
    | e.RequestChanged
    | e.RequestWithdrawn
    | e.RequestReadinessChanged
    | e.RequestMoved
    | e.RequestsRenumbered
    | e.RequestHeld
    | e.RequestReleased
    | e.RequestNotReached
)
_OVER = frozenset({SessionStatus.CLOSED, SessionStatus.FINALISED})
_OPEN = frozenset({RequestStatus.WAITING, RequestStatus.HELD})


def decide(session: Session, command: ListCommand, *, by: Actor) -> list[e.Event]:  # noqa: C901 (one case per command)
    """Return what happens if `by` issues `command`, or raise `Refused`."""
    match command:
        case c.OpenList():
            return _open(session)
        case c.CloseList():
            return _close(session)
        case c.SetLimit():
            return _set_limit(session, command)
        case c.RequestFloor():
            return _request(session, command, by)
        case c.ChangeRequest():
            return _change(session, command, by)
        case c.WithdrawRequest():
            return [e.RequestWithdrawn(request=_open_request(session, command.request, command, by).id)]
        case c.MarkReady():
            return _mark_ready(session, command, by)
        case c.MoveRequest():
            return _move(session, command, by)
        case c.HoldRequest():
            return [e.RequestHeld(request=_waiting_request(session, command.request, command, by).id)]
        case c.ReleaseRequest():
            return _release(session, command, by)
        case _:
            assert_never(command)


def evolve(session: Session, recorded: e.Recorded, event: ListEvent) -> Session:  # noqa: C901 (one case per event)
    """Return the session after `event`."""
    match event:
        case e.ListOpened():
            opened = replace(session.list, status=ListStatus.OPEN, opened_at=recorded.at, closed_at=None)
            return replace(session, list=opened)
        case e.ListClosed():
            return replace(session, list=replace(session.list, status=ListStatus.CLOSED, closed_at=recorded.at))
        case e.LimitSet():
            return _with_limit(session, event)
        case e.FloorRequested():
            return put_request(session, _requested(recorded, event))
        case e.RequestChanged():
            changed = replace(
                session.requests[event.request],
                list=event.list,
                kind=event.kind,
                rank=event.rank,
                topic=event.topic,
                on_behalf_of=event.on_behalf_of,
                language=event.language,
            )
            return put_request(session, changed)
        case e.RequestReadinessChanged():
            return put_request(session, replace(session.requests[event.request], ready=event.ready))
        case e.RequestMoved():
            return put_request(session, replace(session.requests[event.request], rank=event.rank))
        case e.RequestsRenumbered():
            for request, rank in event.ranks:
                session = put_request(session, replace(session.requests[request], rank=rank))
            return session
        case e.RequestHeld():
            return _with_status(session, event.request, RequestStatus.HELD)
        case e.RequestReleased():
            return put_request(
                session, replace(session.requests[event.request], status=RequestStatus.WAITING, segment=None)
            )
        case e.RequestWithdrawn():
            return _with_status(session, event.request, RequestStatus.WITHDRAWN, recorded.at)
        case e.RequestNotReached():
            return _with_status(session, event.request, RequestStatus.NOT_REACHED, recorded.at)
        case _:
            assert_never(event)


def why_not_request(session: Session, kind: RequestKind, role: Role | None) -> Refusal | None:
    """Return why nobody of `role` can ask for the floor like this now, or None if they can."""
    if session.course.status in _OVER:
        return Refusal.SESSION_NOT_OPEN
    if not permissions.may_ask_for(role, kind):
        return Refusal.NOT_ALLOWED
    if permissions.may_for_anyone(role, c.RequestFloor):
        return None
    if list_for(kind) is not RequestList.SPEAKERS:
        return None if session.course.status is SessionStatus.OPEN else Refusal.SESSION_NOT_OPEN
    return None if session.list.status is ListStatus.OPEN else Refusal.LIST_CLOSED


def waits(session: Session, person: PersonId, which: RequestList, segment: SegmentId | None = None) -> bool:
    """Say whether the person already has a request on a list: for now (None), or inscribed for a later segment."""
    return any(
        request.list is which and request.status in _OPEN and request.segment == segment
        for request in session.requests_by(person)
    )


def _open(session: Session) -> list[e.Event]:
    if session.course.status in _OVER:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    if session.list.status is ListStatus.OPEN:
        raise Refused(Refusal.NOT_NOW)
    return [e.ListOpened()]


def _close(session: Session) -> list[e.Event]:
    if session.list.status is not ListStatus.OPEN:
        raise Refused(Refusal.LIST_CLOSED)
    return [e.ListClosed()]


def _set_limit(session: Session, command: c.SetLimit) -> list[e.Event]:
    about = (command.category, command.kind, command.person)
    if sum(each is not None for each in about) > 1 or (command.reason is not None and command.person is None):
        raise Refused(Refusal.BAD_MESSAGE)
    groups = {group.id for group in session.programme.groups}
    if command.category is not None and command.category not in groups:
        raise Refused(Refusal.NOT_FOUND)
    if command.person is not None and command.person not in session.people:
        raise Refused(Refusal.NOT_FOUND)
    return [
        e.LimitSet(
            seconds=command.seconds,
            group=command.category,
            kind=command.kind,
            person=command.person,
            reason=command.reason,
        )
    ]


def _request(session: Session, command: c.RequestFloor, by: Actor) -> list[e.Event]:
    entered, person = _for_whom(session, command, by)
    if refusal := why_not_request(session, command.kind, by.role):
        raise Refused(refusal)
    held = _inscribes_for_later(session, command, by)
    which = list_for(command.kind)
    segment = command.segment if held else None
    if waits(session, person.id, which, segment):
        raise Refused(Refusal.ALREADY_ON_LIST)
    seq = session.seq + len(entered) + 1
    request = command.request or made_here("r", seq)
    if request in session.requests:
        raise Refused(Refusal.ID_IN_USE)
    return [
        *entered,
        e.FloorRequested(
            request=request,
            person=person.id,
            list=which,
            kind=command.kind,
            rank=speaking_order.at_the_end(seq),
            topic=command.topic or None,
            on_behalf_of=command.on_behalf_of or None,
            language=command.language or person.language,
            segment=segment,
            held=held,
        ),
    ]


def _for_whom(session: Session, command: c.RequestFloor, by: Actor) -> tuple[list[e.Event], Person]:
    if command.guest is not None and command.person is not None:
        raise Refused(Refusal.BAD_MESSAGE)
    for_others = command.guest is not None or command.person not in {None, by.person}
    if for_others and not permissions.may_for_anyone(by.role, c.RequestFloor):
        raise Refused(Refusal.NOT_ALLOWED)
    if command.guest is None:
        person = session.people.get(by.person if command.person is None else command.person)
        if person is None:
            raise Refused(Refusal.NOT_FOUND)
        return [], person
    guest = command.guest
    if not guest.name:
        raise Refused(Refusal.BAD_MESSAGE)
    if guest.group is not None and guest.group not in {group.id for group in session.programme.groups}:
        raise Refused(Refusal.NOT_FOUND)
    person = Person(
        id=made_here("g", session.seq + 1),
        name=guest.name,
        organisation=guest.organisation,
        group=guest.group,
        attendance=guest.attendance,
        guest=True,
    )
    return [e.PersonEntered(person=person)], person


def _inscribes_for_later(session: Session, command: c.RequestFloor, by: Actor) -> bool:
    if command.segment is None or command.segment == session.course.segment:
        return False
    if not permissions.may_for_anyone(by.role, c.RequestFloor):
        raise Refused(Refusal.NOT_ALLOWED)
    if command.segment not in {segment.id for segment in session.programme.segments}:
        raise Refused(Refusal.NOT_FOUND)
    return True


def _requested(recorded: e.Recorded, event: e.FloorRequested) -> FloorRequest:
    return FloorRequest(
        id=event.request,
        person=event.person,
        list=event.list,
        kind=event.kind,
        rank=event.rank,
        status=RequestStatus.HELD if event.held else RequestStatus.WAITING,
        requested_at=recorded.at,
        by=recorded.by,
        topic=event.topic,
        on_behalf_of=event.on_behalf_of,
        language=event.language,
        segment=event.segment,
    )


def _open_request(session: Session, request: RequestId, command: c.Command, by: Actor) -> FloorRequest:
    """Return the request if `by` may touch it and it still waits or is held."""
    found = session.requests.get(request)
    if found is None:
        raise Refused(Refusal.NOT_FOUND)
    if not permissions.may_for_anyone(by.role, type(command)) and found.person != by.person:
        raise Refused(Refusal.NOT_ALLOWED)
    if found.status not in _OPEN:
        raise Refused(Refusal.NOT_ON_LIST)
    return found


def _waiting_request(session: Session, request: RequestId, command: c.Command, by: Actor) -> FloorRequest:
    found = _open_request(session, request, command, by)
    if found.status is not RequestStatus.WAITING:
        raise Refused(Refusal.NOT_ON_LIST)
    return found


def _change(session: Session, command: c.ChangeRequest, by: Actor) -> list[e.Event]:
    request = _open_request(session, command.request, command, by)
    kind = request.kind if isinstance(command.kind, Unset) else command.kind
    which, rank = request.list, request.rank
    if kind is not request.kind and not permissions.may_ask_for(by.role, kind):
        raise Refused(Refusal.NOT_ALLOWED)
    if list_for(kind) is not which:
        which = list_for(kind)
        if refusal := why_not_request(session, kind, by.role):
            raise Refused(refusal)
        if waits(session, request.person, which, request.segment):
            raise Refused(Refusal.ALREADY_ON_LIST)
        rank = speaking_order.at_the_end(session.seq + 1)
    return [
        e.RequestChanged(
            request=request.id,
            list=which,
            kind=kind,
            rank=rank,
            topic=request.topic if isinstance(command.topic, Unset) else command.topic or None,
            on_behalf_of=request.on_behalf_of
            if isinstance(command.on_behalf_of, Unset)
            else command.on_behalf_of or None,
            language=request.language if isinstance(command.language, Unset) else command.language or None,
        )
    ]


def _mark_ready(session: Session, command: c.MarkReady, by: Actor) -> list[e.Event]:
    request = _open_request(session, command.request, command, by)
    return [e.RequestReadinessChanged(request=request.id, ready=command.ready)]


def _move(session: Session, command: c.MoveRequest, by: Actor) -> list[e.Event]:
    request = _waiting_request(session, command.request, command, by)
    others = tuple(place for place in session.places(request.list) if place[1] != request.id)
    if not permissions.may_for_anyone(by.role, c.MoveRequest):
        _only_backwards(request, others, command)
    if command.after == request.id:
        raise Refused(Refusal.BAD_MESSAGE)
    before = _before(others, command.after)
    if before == len(others):
        return [e.RequestMoved(request=request.id, rank=speaking_order.at_the_end(session.seq + 1))]
    return _place(session, request, others, before)


def _only_backwards(request: FloorRequest, others: Places, command: c.MoveRequest) -> None:
    """People give way; they do not overtake (style of every list that was ever trusted)."""
    if isinstance(command.after, Unset):
        return
    target = next((place for place in others if place[1] == command.after), None)
    if target is None or target < (request.rank, request.id):
        raise Refused(Refusal.NOT_ALLOWED)


def _before(others: Places, after: RequestId | Unset | None) -> int:
    """Return how many of `others` stand before the place behind `after`."""
    if isinstance(after, Unset):
        return len(others)
    if after is None:
        return 0
    for index, (_, other) in enumerate(others):
        if other == after:
            return index + 1
    raise Refused(Refusal.NOT_ON_LIST)


def _place(session: Session, request: FloorRequest, others: Places, before: int) -> list[e.Event]:
    """Put `request` behind the first `before` of those who wait.

    Those who are away for the moment (held, speaking, withdrawn) keep their ranks, for they may come back: the new rank
    is none of theirs, directly behind the one before, and at the first place behind whoever had the floor.
    """
    kept = sorted((r.rank, r.id) for r in session.requests.values() if r.list is request.list and r.id != request.id)
    at = kept.index(others[before - 1]) + 1 if before else kept.index(others[0])
    rank = speaking_order.between(kept[at - 1][0] if at else None, kept[at][0])
    if len(rank) <= speaking_order.LONGEST:
        return [e.RequestMoved(request=request.id, rank=rank)]
    order = [each for _, each in kept]
    order.insert(at, request.id)
    return [e.RequestsRenumbered(ranks=speaking_order.renumbered(tuple(order)))]


def _release(session: Session, command: c.ReleaseRequest, by: Actor) -> list[e.Event]:
    request = _open_request(session, command.request, command, by)
    if request.status is not RequestStatus.HELD:
        raise Refused(Refusal.NOT_ON_LIST)
    if any(
        other.status is RequestStatus.WAITING and other.list is request.list
        for other in session.requests_by(request.person)
    ):
        raise Refused(Refusal.ALREADY_ON_LIST)
    return [e.RequestReleased(request=request.id)]


def _with_status(session: Session, request: RequestId, status: RequestStatus, at: datetime | None = None) -> Session:
    return put_request(session, replace(session.requests[request], status=status, ended_at=at))


def _with_limit(session: Session, event: e.LimitSet) -> Session:
    return put_limit(session, limit_set_by(event), Limit(seconds=event.seconds, reason=event.reason))
