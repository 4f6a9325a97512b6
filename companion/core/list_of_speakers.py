"""The list of speakers as a whole: open or closed, its rule, its speaking times, what it takes over from other sessions."""

from datetime import datetime
from typing import TypeAlias, assert_never

from companion.core import arrangement, forecast, speaking_order, whose_turn
from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import PersonId, RequestId, SessionId, Unset, is_made_here, made_here
from companion.core.people import Attendance, Person
from companion.core.procedure import (
    ListStatus,
    QuotaBy,
    RequestKind,
    Rule,
    list_for,
)
from companion.core.proceedings import SHARED, Limit, ListOfSpeakers, TimeShare, limit_set_by, of_person
from companion.core.refusals import Refusal, Refused
from companion.core.renewal import replace
from companion.core.speaking_time import MOST_REPLIES
from companion.core.state import Session, put_limit, put_request

ListCommand: TypeAlias = c.OpenList | c.CloseList | c.SetRule | c.ArrangeList | c.SetLimit | c.ShareTime | c.CarryOver
ListEvent: TypeAlias = (
    e.ListOpened
    | e.ListClosed
    | e.ListRuleSet
    | e.ListArranged
    | e.LimitSet
    | e.TimeShareProposed
    | e.TimeShared
    | e.RequestsRenumbered
    | e.PlacesExchanged
)


def decide(session: Session, command: ListCommand, *, at: datetime) -> list[e.Event]:
    """Return what happens to the list, or raise `Refused`."""
    match command:
        case c.OpenList():
            return _open(session)
        case c.CloseList():
            return _close(session)
        case c.SetRule():
            return _set_rule(session, command)
        case c.ArrangeList():
            return _arrange(session)
        case c.SetLimit():
            return [_limit_set(session, command)]
        case c.ShareTime():
            return _share_time(session, command, at)
        case c.CarryOver():
            return _carry_over(session, command)
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
        case e.ListRuleSet():
            return replace(session, list=_with_rule(session.list, event))
        case e.ListArranged():
            return _placed(session, event.ranks, event.rule)
        case e.RequestsRenumbered():
            for request, rank in event.ranks:
                session = put_request(session, replace(session.requests[request], rank=rank))
            return session
        case e.PlacesExchanged():
            return _placed(session, event.ranks, Rule.MANUAL)
        case e.LimitSet():
            return put_limit(session, limit_set_by(event), Limit(seconds=event.seconds, reason=event.reason))
        case e.TimeShareProposed():
            proposed = TimeShare(
                seconds=event.seconds, names=event.names, left_seconds=event.left_seconds, at=recorded.at
            )
            return replace(session, share=proposed)
        case e.TimeShared():
            session = put_limit(session, SHARED, Limit(seconds=event.seconds))
            return replace(session, share=TimeShare())
        case _:
            assert_never(event)


def rule_set(rule: Rule, *, automatic: bool = False) -> e.ListRuleSet:
    """Return the setting of a rule that needs nothing else."""
    return e.ListRuleSet(rule=rule, automatic=automatic)


def limits_set(session: Session, limits: c.SettingLimits) -> list[e.LimitSet]:
    """Return the setting of several speaking times at once, 0 for none; raise `Refused` for unknown groups and kinds."""
    settings: list[c.SetLimit] = []
    if not isinstance(limits.default_seconds, Unset):
        settings.append(c.SetLimit(seconds=limits.default_seconds or None))
    for group, seconds in ({} if isinstance(limits.groups, Unset) else limits.groups).items():
        settings.append(c.SetLimit(seconds=seconds or None, category=group))
    for kind, seconds in ({} if isinstance(limits.kinds, Unset) else limits.kinds).items():
        if kind not in {each.value for each in RequestKind}:
            raise Refused(Refusal.BAD_MESSAGE)
        settings.append(c.SetLimit(seconds=seconds or None, kind=RequestKind(kind)))
    for ordinal, seconds in enumerate(() if isinstance(limits.replies, Unset) else limits.replies, start=1):
        if ordinal > MOST_REPLIES:
            raise Refused(Refusal.BAD_MESSAGE)
        settings.append(c.SetLimit(seconds=seconds or None, ordinal=ordinal))
    return [_limit_set(session, each) for each in settings]


def _open(session: Session) -> list[e.Event]:
    if session.course.status.is_over:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    if session.list.status is ListStatus.OPEN:
        raise Refused(Refusal.NOT_NOW)
    return [e.ListOpened()]


def _close(session: Session) -> list[e.Event]:
    if session.list.status is not ListStatus.OPEN:
        raise Refused(Refusal.LIST_CLOSED)
    return [e.ListClosed()]


def _set_rule(session: Session, command: c.SetRule) -> list[e.Event]:
    if session.course.status.is_over:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    params = command.params or c.RuleParameters()
    shares = tuple(sorted((params.shares or {}).items()))
    if not _fits(command, params) or not _knows(session, params):
        raise Refused(Refusal.BAD_MESSAGE)
    letter = whose_turn.fold(params.letter) if params.letter else None
    event = e.ListRuleSet(rule=command.rule, automatic=command.automatic, letter=letter, by=params.by, shares=shares)
    return [] if _with_rule(session.list, event) == session.list else [event]


def _fits(command: c.SetRule, params: c.RuleParameters) -> bool:
    """Say whether a rule has what it needs, and nothing else."""
    given = params.letter is not None, params.by is not None or params.shares is not None
    match command.rule:
        case Rule.ALPHABETICAL_FROM_LETTER:
            letter = whose_turn.fold(params.letter or "")
            return given == (True, False) and len(letter) == 1 and letter in whose_turn.ALPHABET
        case Rule.QUOTA:
            return given == (False, True) and params.by is not None and any((params.shares or {}).values())
        case Rule.MANUAL:
            return given == (False, False) and not command.automatic
        case _:
            return given == (False, False)


def _knows(session: Session, params: c.RuleParameters) -> bool:
    shared = set(params.shares or ())
    match params.by:
        case QuotaBy.GROUP:
            return shared <= {group.id for group in session.programme.groups}
        case QuotaBy.ATTENDANCE:
            return shared <= {each.value for each in Attendance}
        case _:
            return True


def _with_rule(list_: ListOfSpeakers, event: e.ListRuleSet) -> ListOfSpeakers:
    return replace(
        list_,
        rule=event.rule,
        automatic=event.automatic,
        letter=event.letter,
        by=event.by,
        shares=event.shares,
    )


def _arrange(session: Session) -> list[e.Event]:
    if session.course.status.is_over:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    if session.list.rule is Rule.MANUAL:
        raise Refused(Refusal.NOT_NOW)
    return arrangement.arrange(session, automatic=False)


def _placed(session: Session, ranks: tuple[tuple[RequestId, str], ...], by: Rule) -> Session:
    for id_, rank in ranks:
        request = session.requests[id_]
        sent_back = request.sent_back and by is not Rule.MANUAL
        placed = replace(request, rank=rank, placed_by=by, sent_back=sent_back, exchange_with=None)
        session = put_request(session, placed)
    return session


def _limit_set(session: Session, command: c.SetLimit) -> e.LimitSet:
    about = (command.category, command.kind, command.person, command.ordinal)
    if (
        sum(each is not None for each in about) > 1
        or (not isinstance(command.reason, Unset) and command.person is None)
        or (command.bank and command.category is None)
    ):
        raise Refused(Refusal.BAD_MESSAGE)
    groups = {group.id for group in session.programme.groups}
    if command.category is not None and command.category not in groups:
        raise Refused(Refusal.NOT_FOUND)
    if command.person is not None and command.person not in session.people:
        raise Refused(Refusal.NOT_FOUND)
    return e.LimitSet(
        seconds=command.seconds,
        group=command.category,
        kind=command.kind,
        person=command.person,
        reason=_reason(session, command),
        ordinal=command.ordinal,
        bank=command.bank,
    )


def _reason(session: Session, command: c.SetLimit) -> str | None:
    if not isinstance(command.reason, Unset):
        return command.reason
    known = None if command.person is None or command.seconds is None else session.limits.get(of_person(command.person))
    return None if known is None else known.reason


def _share_time(session: Session, command: c.ShareTime, at: datetime) -> list[e.Event]:
    if not isinstance(command.seconds, Unset):
        applied = session.limits.get(SHARED, Limit()).seconds
        if command.seconds == applied and session.share.seconds is None:
            return []
        return [e.TimeShared(seconds=command.seconds)]
    expected = forecast.forecast(session, at=at)
    if not expected.waiting:
        raise Refused(Refusal.NOT_ON_LIST)
    if expected.fits_seconds is None:
        raise Refused(Refusal.NO_TIME_LEFT)
    return [
        e.TimeShareProposed(
            seconds=expected.fits_seconds,
            names=expected.waiting,
            left_seconds=expected.fits_seconds * expected.waiting,
        )
    ]


def _carry_over(session: Session, command: c.CarryOver) -> list[e.Event]:
    """Put those who were not reached elsewhere at the end of the list, in their order there, and each once."""
    if session.course.status.is_over:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    if command.source == session.id:
        raise Refused(Refusal.BAD_MESSAGE)
    carried = {request.carried_from for request in session.requests.values()}
    waiting = {(request.person, request.list) for request in session.requests.values() if request.status.stands}
    entered: dict[PersonId, Person] = {}
    events: list[e.Event] = []
    for found in command.found:
        there = found.person.id
        person = entered.get(there) or _here(session, found.person, session.seq + len(events) + 1)
        place = person.id, list_for(found.kind)
        if (command.source, found.request) in carried or place in waiting:
            continue
        if person.id not in session.people and there not in entered:
            events.append(e.PersonEntered(person=person))
            entered[there] = person
        waiting.add(place)
        events.append(_carried(session.seq + len(events) + 1, command.source, found, person.id))
    if not events:
        raise Refused(Refusal.NOTHING_TO_CARRY_OVER)
    return events


def _here(session: Session, person: Person, seq: int) -> Person:
    """Return who somebody of another session is in this one; guests typed in there have ids that may be others' here."""
    if is_made_here(person.id):
        return replace(person, id=made_here("g", seq))
    return session.people.get(session.recognised(person.id), person)


def _carried(seq: int, source: SessionId, found: c.NotReached, person: PersonId) -> e.FloorRequested:
    return e.FloorRequested(
        request=made_here("r", seq),
        person=person,
        list=list_for(found.kind),
        kind=found.kind,
        rank=speaking_order.at_the_end(seq),
        topic=found.topic,
        on_behalf_of=found.on_behalf_of,
        language=found.language,
        segment=None,
        held=False,
        carried_from=(source, found.request),
    )
