"""What can happen to the list of speakers."""

from dataclasses import dataclass

from companion.core.ids import GroupId, InterventionId, PersonId, Rank, RequestId, SegmentId, SessionId
from companion.core.procedure import QuotaBy, RequestKind, RequestList, RequestStatus, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOpened:
    """The list of speakers was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListClosed:
    """The list of speakers was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSet:
    """A speaking time was set, or taken away (None)."""

    seconds: int | None
    group: GroupId | None
    kind: RequestKind | None
    person: PersonId | None
    reason: str | None
    ordinal: int | None = None
    """1 or 2: the first or the second right of reply."""
    bank: bool = False
    """The common time of the group, not the time of each of its speakers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeShareProposed:
    """What is left of the time, `left_seconds`, divided among the `names` on the list: so much for each."""

    seconds: int
    names: int
    left_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeShared:
    """Nobody's turn on the list is longer than this from now on, persons' own limits apart; None: as before."""

    seconds: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRuleSet:
    """The list of speakers is to be ordered by this rule; `automatic`: without being asked each time."""

    rule: Rule
    automatic: bool
    letter: str | None = None
    by: QuotaBy | None = None
    shares: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListArranged:
    """The rule's order was applied: the requests that it moved, with their new ranks."""

    rule: Rule
    automatic: bool
    ranks: tuple[tuple[RequestId, Rank], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRequested:
    """A person asked for the floor, or was put on a list; held when inscribed for a later segment."""

    request: RequestId
    person: PersonId
    list: RequestList
    kind: RequestKind
    rank: Rank
    topic: str | None
    on_behalf_of: str | None
    language: str | None
    segment: SegmentId | None
    held: bool
    reply_to: InterventionId | None = None
    text: str | None = None
    carried_from: tuple[SessionId, RequestId] | None = None
    """The request of an earlier session that was not reached there, and is carried over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChanged:
    """A request says this now; a change of kind may have put it at the end of another list."""

    request: RequestId
    list: RequestList
    kind: RequestKind
    rank: Rank
    topic: str | None
    on_behalf_of: str | None
    language: str | None
    reply_to: InterventionId | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWithdrawn:
    """A request was taken off the list."""

    request: RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReadinessChanged:
    """The person said whether they are ready."""

    request: RequestId
    ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMoved:
    """A request got another place."""

    request: RequestId
    rank: Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsRenumbered:
    """All ranks of a list were made short again, in the same order."""

    ranks: tuple[tuple[RequestId, Rank], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHeld:
    """A waiting request was set aside."""

    request: RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReleased:
    """A held request waits again."""

    request: RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestNotReached:
    """The session, or the segment, ended before its turn came."""

    request: RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeOffered:
    """A person offered to exchange places with `partner`, or took the offer back (None)."""

    request: RequestId
    partner: RequestId | None
    before: RequestId | None
    """To whom it was offered before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesExchanged:
    """Two requests have each other's places; `ranks` are the new ones."""

    ranks: tuple[tuple[RequestId, Rank], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAbsent:
    """Whoever was called was not there: the request waits once more, with a new rank, or is over."""

    request: RequestId
    status: RequestStatus
    rank: Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementHandedIn:
    """The person hands a statement in instead of delivering it."""

    request: RequestId
    text: str | None
