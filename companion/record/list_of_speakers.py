"""What happened to the list of speakers, and its speaking times, as a record has them.

Offers to exchange places that nobody took up, and whether people said that they are ready, are told nowhere.
"""

from collections.abc import Iterator
from typing import Any, Final

from companion.codec.events import EVENT_NAMES
from companion.core import events as e
from companion.core.ids import SYSTEM
from companion.core.procedure import QuotaBy
from companion.core.state import Session
from companion.record.history import History
from companion.record.model_list import Limit, ListEvent
from companion.record.naming import Naming

_OF_THE_LIST: Final = (
    e.ListOpened,
    e.ListClosed,
    e.ListRuleSet,
    e.ListArranged,
    e.TimeShareProposed,
    e.TimeShared,
)
_OF_A_REQUEST: Final = (
    e.FloorRequested,
    e.RequestChanged,
    e.RequestWithdrawn,
    e.RequestMoved,
    e.RequestHeld,
    e.RequestReleased,
    e.RequestNotReached,
    e.RequestAbsent,
    e.StatementHandedIn,
)


def list_events(history: History, naming: Naming) -> Iterator[tuple[int, ListEvent]]:
    """Yield what people did, each with the number of its entry; those inscribed with the programme stand among the requests."""
    events = _Events(history, naming)
    for then, recorded in history.steps():
        if (event := events.told(then, recorded)) is not None:
            yield recorded.seq, event


class _Events:
    """Tells of each event what may be told."""

    def __init__(self, history: History, naming: Naming) -> None:
        self._history, self._naming = history, naming

    def told(self, then: Session, recorded: e.Recorded) -> ListEvent | None:
        match recorded.event:
            case event if isinstance(event, _OF_THE_LIST):
                return self._of_the_list(then, recorded, event)
            case e.PlacesExchanged() as exchanged:
                return self._exchanged(then, recorded, exchanged)
            case event if isinstance(event, _OF_A_REQUEST) and recorded.by != SYSTEM:
                return self._of_a_request(then, recorded, event)
            case _:
                return None

    def _of_the_list(
        self,
        then: Session,
        recorded: e.Recorded,
        event: e.ListOpened | e.ListClosed | e.ListRuleSet | e.ListArranged | e.TimeShareProposed | e.TimeShared,
    ) -> ListEvent:
        by, rule, automatic = self._naming.role(recorded.by, then=then), None, None
        at = recorded.at
        if isinstance(event, e.ListRuleSet | e.ListArranged):
            rule, automatic = self._naming.rule(event.rule), event.automatic
        if isinstance(event, e.ListArranged) and event.automatic:
            # Nobody did it: it follows from what somebody else did, and must not tell when, nor who.
            by, at = None, self._naming.at_of_any(at)
        letter, quota_by, shares = _terms(event) if rule is not None else (None, None, {})
        return ListEvent(
            at=at,
            type=EVENT_NAMES[type(event)],
            by=by,
            request=None,
            who=None,
            undone=recorded.seq in self._history.undone,
            rule=rule,
            automatic=automatic,
            letter=letter,
            quota_by=quota_by,
            shares=shares,
            moved=len(event.ranks) if isinstance(event, e.ListArranged) else None,
            seconds=event.seconds if isinstance(event, e.TimeShareProposed | e.TimeShared) else None,
            names=event.names if isinstance(event, e.TimeShareProposed) else None,
        )

    def _of_a_request(
        self,
        then: Session,
        recorded: e.Recorded,
        event: e.FloorRequested
        | e.RequestChanged
        | e.RequestWithdrawn
        | e.RequestMoved
        | e.RequestHeld
        | e.RequestReleased
        | e.RequestNotReached
        | e.RequestAbsent
        | e.StatementHandedIn,
    ) -> ListEvent:
        person = self._naming.person(self._history.session.requests[event.request].person)
        carried = event.carried_from if isinstance(event, e.FloorRequested) else None
        return ListEvent(
            at=self._naming.at(person, recorded.at),
            type=EVENT_NAMES[type(event)],
            by=self._naming.role(recorded.by, person.id, then=then),
            request=self._naming.request(event.request),
            who=self._naming.who(person.id),
            undone=recorded.seq in self._history.undone,
            status=event.status if isinstance(event, e.RequestAbsent) else None,
            carried_from=self._naming.carried_from(person, carried),
        )

    def _exchanged(self, then: Session, recorded: e.Recorded, event: e.PlacesExchanged) -> ListEvent:
        one, other = (self._history.session.requests[request] for request, _ in event.ranks)
        person, partner = (self._naming.person(each.person) for each in (one, other))
        themselves = self._naming.is_the_same(recorded.by, partner.id)
        return ListEvent(
            at=self._naming.at(partner, self._naming.at(person, recorded.at)),
            type=EVENT_NAMES[type(event)],
            by=None if themselves else self._naming.role(recorded.by, person.id, then=then),
            request=self._naming.request(one.id),
            who=self._naming.who(person.id),
            undone=recorded.seq in self._history.undone,
            partner=self._naming.request(other.id),
            partner_who=self._naming.who(partner.id),
        )


def _terms(event: e.Event) -> tuple[str | None, QuotaBy | None, dict[str, int]]:
    """Return what a rule needs beside its name: a letter, or what the shares of a quota are of and the shares."""
    if isinstance(event, e.ListRuleSet):
        return event.letter, event.by, dict(event.shares)
    return None, None, {}


def limits(history: History) -> Iterator[tuple[int, Limit]]:
    """Yield the speaking times, each with its entry's number; one person's may tell of a need that is nobody's business."""
    for recorded in history.happened:
        for limit in _limits(recorded, undone=recorded.seq in history.undone):
            yield recorded.seq, limit


def _limits(recorded: e.Recorded, *, undone: bool) -> Iterator[Limit]:
    match recorded.event:
        case e.SessionScheduled() as scheduled:
            yield _limit(recorded, scheduled.default_seconds)
            for group, seconds in scheduled.group_seconds:
                yield _limit(recorded, seconds, group=group)
            for kind, seconds in scheduled.kind_seconds:
                yield _limit(recorded, seconds, kind=kind)
            for ordinal, seconds in enumerate(scheduled.reply_seconds, start=1):
                yield _limit(recorded, seconds, ordinal=ordinal)
        case e.LimitSet(person=None) as set_:
            about = {"group": set_.group, "kind": set_.kind, "ordinal": set_.ordinal, "bank": set_.bank}
            yield _limit(recorded, set_.seconds, undone=undone, **about)
        case e.TimeShared() as shared:
            yield _limit(recorded, shared.seconds, undone=undone, shared=True)
        case _:
            pass


def _limit(recorded: e.Recorded, seconds: int | None, **about: Any) -> Limit:  # noqa: ANN401 (fields of the limit)
    nothing = {"group": None, "kind": None, "ordinal": None, "bank": False, "shared": False, "undone": False}
    return Limit(at=recorded.at, seconds=seconds, **{**nothing, **about})
