"""What can happen to the list of speakers and the floor."""

from dataclasses import dataclass

from companion.core.ids import GroupId, InterventionId, PersonId, Rank, RequestId, SegmentId
from companion.core.procedure import RequestKind, RequestList, Ruling


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
class FloorGiven:
    """A person got the floor; `interrupts` names whose clock stands meanwhile."""

    intervention: InterventionId
    request: RequestId
    limit_seconds: int | None
    interrupts: InterventionId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPaused:
    """The speaker's clock stands."""

    intervention: InterventionId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorResumed:
    """The speaker's clock goes on."""

    intervention: InterventionId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorExtended:
    """The speaker got more time."""

    intervention: InterventionId
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorEnded:
    """The intervention is over."""

    intervention: InterventionId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorGivenBack:
    """An interrupted speaker has the floor again; `running` says whether the clock goes on."""

    intervention: InterventionId
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingMade:
    """The moderator decided on a point of order."""

    request: RequestId
    ruling: Ruling
