"""Requests for the floor: made, changed, moved, exchanged, set aside, withdrawn, handed in instead.

A person waits at most once on each list, unless the session lets them ask more than once. A closed list still takes
points of order and rights of reply from everybody, and anything from staff.
"""

from typing import TypeAlias, assert_never

from companion.core import commands as c
from companion.core import events as e
from companion.core import permissions, placing, speaking_order, speaking_time
from companion.core.ids import PersonId, RequestId, SegmentId, Unset, made_here
from companion.core.people import Actor, Person, Role
from companion.core.procedure import (
    ListStatus,
    RequestKind,
    RequestList,
    RequestStatus,
    Rule,
    SessionStatus,
    WhenAbsent,
    list_for,
)
from companion.core.proceedings import FloorRequest
from companion.core.refusals import Refusal, Refused
from companion.core.renewal import replace
from companion.core.state import Session, put_request

RequestCommand: TypeAlias = (
    c.RequestFloor
    | c.ChangeRequest
    | c.WithdrawRequest
    | c.MarkReady
    | c.MoveRequest
    | c.ExchangePlaces
    | c.HoldRequest
    | c.ReleaseRequest
    | c.HandInStatement
)
RequestEvent: TypeAlias = (
    e.FloorRequested
    | e.RequestChanged
    | e.RequestWithdrawn
    | e.RequestReadinessChanged
    | e.RequestMoved
    | e.RequestHeld
    | e.RequestReleased
    | e.RequestNotReached
    | e.ExchangeOffered
    | e.RequestAbsent
    | e.StatementHandedIn
)


def decide(session: Session, command: RequestCommand, *, by: Actor) -> list[e.Event]:  # noqa: C901 (one case each)
    """Return what happens if `by` issues `command`, or raise `Refused`."""
    match command:
        case c.RequestFloor():
            return _request(session, command, by)
        case c.ChangeRequest():
            return _change(session, command, by)
        case c.WithdrawRequest():
            return [e.RequestWithdrawn(request=_open_request(session, command.request, command, by).id)]
        case c.MarkReady():
            request = _open_request(session, command.request, command, by)
            return [e.RequestReadinessChanged(request=request.id, ready=command.ready)]
        case c.MoveRequest():
            request = _waiting_request(session, command.request, command, by)
            anywhere = permissions.may_for_anyone(by.role, c.MoveRequest)
            return placing.move(session, request, command.after, anywhere=anywhere)
        case c.ExchangePlaces():
            request = _waiting_request(session, command.request, command, by)
            agreed = permissions.may_for_anyone(by.role, c.ExchangePlaces)
            return placing.exchange(session, request, command.partner, agreed=agreed)
        case c.HoldRequest():
            return [e.RequestHeld(request=_waiting_request(session, command.request, command, by).id)]
        case c.ReleaseRequest():
            return _release(session, command, by)
        case c.HandInStatement():
            return _hand_in(session, command, by)
        case _:
            assert_never(command)


def evolve(session: Session, recorded: e.Recorded, event: RequestEvent) -> Session:  # noqa: C901 (one case per event)
    """Return the session after `event`."""
    if isinstance(event, e.FloorRequested):
        return put_request(session, _requested(recorded, event))
    request = session.requests[event.request]
    match event:
        case e.RequestChanged():
            changed = _changed(recorded, request, event)
        case e.RequestReadinessChanged():
            changed = replace(request, ready=event.ready)
        case e.RequestMoved():
            changed = replace(request, rank=event.rank, placed_by=Rule.MANUAL, sent_back=False)
        case e.ExchangeOffered():
            return _with_offer(session, request, event)
        case e.RequestHeld():
            changed = _over(request, RequestStatus.HELD)
        case e.RequestReleased():
            changed = replace(request, status=RequestStatus.WAITING, segment=None)
        case e.RequestWithdrawn():
            changed = replace(_over(request, RequestStatus.WITHDRAWN), ended_at=recorded.at)
        case e.RequestNotReached():
            changed = replace(_over(request, RequestStatus.NOT_REACHED), ended_at=recorded.at)
        case e.StatementHandedIn():
            changed = replace(_over(request, RequestStatus.WRITTEN), ended_at=recorded.at, text=event.text)
        case e.RequestAbsent():
            changed = _absent(recorded, request, event, session.settings.when_absent)
        case _:
            assert_never(event)
    return put_request(session, changed)


def why_not_request(session: Session, kind: RequestKind, role: Role | None) -> Refusal | None:
    """Return why nobody of `role` can ask for the floor like this now, or None if they can."""
    if session.course.status.is_over:
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
        request.list is which and request.status.stands and request.segment == segment
        for request in session.requests_by(person)
    )


def _request(session: Session, command: c.RequestFloor, by: Actor) -> list[e.Event]:
    entered, person = _for_whom(session, command, by)
    if refusal := why_not_request(session, command.kind, by.role):
        raise Refused(refusal)
    held = _inscribes_for_later(session, command, by)
    segment = command.segment if held else None
    _may_stand_on_the_list(session, person.id, command.kind, segment)
    _may_reply_again(session, person, command.kind, by)
    if command.reply_to is not None and command.reply_to not in session.interventions:
        raise Refused(Refusal.NOT_FOUND)
    seq = session.seq + len(entered) + 1
    request = command.request or made_here("r", seq)
    if request in session.requests:
        raise Refused(Refusal.ID_IN_USE)
    return [
        *entered,
        e.FloorRequested(
            request=request,
            person=person.id,
            list=list_for(command.kind),
            kind=command.kind,
            rank=speaking_order.at_the_end(seq),
            topic=command.topic or None,
            on_behalf_of=command.on_behalf_of or None,
            language=command.language or person.language,
            segment=segment,
            held=held,
            reply_to=command.reply_to,
            text=command.text or None,
        ),
    ]


def _may_stand_on_the_list(session: Session, person: PersonId, kind: RequestKind, segment: SegmentId | None) -> None:
    which = list_for(kind)
    if which is RequestList.SPEAKERS and segment is None and _has_the_floor(session, person):
        raise Refused(Refusal.HAS_THE_FLOOR)
    once = which is not RequestList.SPEAKERS or session.settings.one_request_each or segment is not None
    if once and waits(session, person, which, segment):
        raise Refused(Refusal.ALREADY_ON_LIST)


def _has_the_floor(session: Session, person: PersonId) -> bool:
    on = (session.floor.intervention, session.floor.interrupted)
    held = (session.interventions[each] for each in on if each is not None)
    return any(each.person == person and each.list is RequestList.SPEAKERS for each in held)


def _may_reply_again(session: Session, person: Person, kind: RequestKind, by: Actor) -> None:
    """Raise `Refused` where the delegation has replied twice on the item; staff may put a third reply on the list."""
    if kind is not RequestKind.RIGHT_OF_REPLY or person.id not in session.people:
        return
    if permissions.may_for_anyone(by.role, c.RequestFloor):
        return
    if speaking_time.replies(session, person.id) >= speaking_time.MOST_REPLIES:
        raise Refused(Refusal.NO_FURTHER_REPLY)


def _for_whom(session: Session, command: c.RequestFloor, by: Actor) -> tuple[list[e.Event], Person]:
    if command.guest is not None and command.person is not None:
        raise Refused(Refusal.BAD_MESSAGE)
    whom = by.person if command.person is None else session.recognised(command.person)
    for_others = command.guest is not None or whom != by.person
    if for_others and not permissions.may_for_anyone(by.role, c.RequestFloor):
        raise Refused(Refusal.NOT_ALLOWED)
    if command.guest is None:
        person = session.people.get(whom)
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
        since=recorded.seq,
        topic=event.topic,
        on_behalf_of=event.on_behalf_of,
        language=event.language,
        segment=event.segment,
        reply_to=event.reply_to,
        text=event.text,
        carried_from=event.carried_from,
    )


def _open_request(session: Session, request: RequestId, command: c.Command, by: Actor) -> FloorRequest:
    """Return the request if `by` may touch it and it still waits or is held."""
    found = session.requests.get(request)
    if found is None:
        raise Refused(Refusal.NOT_FOUND)
    if not permissions.may_for_anyone(by.role, type(command)) and found.person != by.person:
        raise Refused(Refusal.NOT_ALLOWED)
    if not found.status.stands:
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
        _may_stand_on_the_list(session, request.person, kind, request.segment)
        _may_reply_again(session, session.people[request.person], kind, by)
        rank = speaking_order.at_the_end(session.seq + 1)
    reply_to = request.reply_to if isinstance(command.reply_to, Unset) else command.reply_to or None
    if reply_to is not None and reply_to not in session.interventions:
        raise Refused(Refusal.NOT_FOUND)
    return [
        e.RequestChanged(
            request=request.id,
            list=which,
            kind=kind,
            rank=rank,
            topic=_said(command.topic, request.topic),
            on_behalf_of=_said(command.on_behalf_of, request.on_behalf_of),
            language=_said(command.language, request.language),
            reply_to=reply_to,
            text=_said(command.text, request.text),
        )
    ]


def _said(now: str | Unset | None, before: str | None) -> str | None:
    return before if isinstance(now, Unset) else now or None


def _with_offer(session: Session, request: FloorRequest, event: e.ExchangeOffered) -> Session:
    partner = None if event.partner is None else session.requests[event.partner]
    places = None if partner is None else (request.rank, partner.rank)
    session = put_request(session, replace(request, exchange_with=event.partner, exchange_at=places))
    for id_ in {event.before, event.partner} - {None}:
        other = session.requests[str(id_)]
        offered = tuple(each for each in other.offered_by if each != request.id)
        offered = (*offered, request.id) if id_ == event.partner else offered
        session = put_request(session, replace(other, offered_by=offered))
    return session


def _changed(recorded: e.Recorded, request: FloorRequest, event: e.RequestChanged) -> FloorRequest:
    return replace(
        request,
        list=event.list,
        kind=event.kind,
        rank=event.rank,
        since=request.since if event.list is request.list else recorded.seq,
        topic=event.topic,
        on_behalf_of=event.on_behalf_of,
        language=event.language,
        reply_to=event.reply_to,
        text=event.text,
    )


def _release(session: Session, command: c.ReleaseRequest, by: Actor) -> list[e.Event]:
    request = _open_request(session, command.request, command, by)
    if request.status is not RequestStatus.HELD:
        raise Refused(Refusal.NOT_ON_LIST)
    once = request.list is not RequestList.SPEAKERS or session.settings.one_request_each
    if once and any(
        other.status is RequestStatus.WAITING and other.list is request.list
        for other in session.requests_by(request.person)
    ):
        raise Refused(Refusal.ALREADY_ON_LIST)
    return [e.RequestReleased(request=request.id)]


def _hand_in(session: Session, command: c.HandInStatement, by: Actor) -> list[e.Event]:
    request = _open_request(session, command.request, command, by)
    return [e.StatementHandedIn(request=request.id, text=_said(command.text, request.text))]


def _over(request: FloorRequest, status: RequestStatus) -> FloorRequest:
    return replace(request, status=status, exchange_with=None)


def _absent(recorded: e.Recorded, request: FloorRequest, event: e.RequestAbsent, when: WhenAbsent) -> FloorRequest:
    waits_again = event.status is RequestStatus.WAITING
    return replace(
        request,
        status=event.status,
        rank=event.rank,
        since=recorded.seq if waits_again else request.since,
        absences=request.absences + 1,
        sent_back=waits_again and when is WhenAbsent.TO_THE_END,
        ready=False,
        exchange_with=None,
        intervention=None if waits_again else request.intervention,
        ended_at=None if waits_again else recorded.at,
    )
