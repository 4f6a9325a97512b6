"""Everything that can happen in a session. Past tense, noun first; a released event is never reinterpreted.

Who did it and when stands in the envelope, `Recorded`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from companion.core.ids import (
    CommandId,
    GroupId,
    InterventionId,
    PersonId,
    Rank,
    RequestId,
    SegmentId,
    SessionId,
)
from companion.core.people import Person, StakeholderGroup
from companion.core.procedure import (
    AttributionMode,
    RequestKind,
    RequestList,
    Ruling,
    Segment,
    Showing,
)

# The session


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionScheduled:
    """A session stands on the programme; always the first event."""

    session: SessionId
    workshop: str
    workshop_title: tuple[tuple[str, str], ...]
    number: str
    title: str
    short_title: str
    room: str
    time_zone: str
    starts_at: datetime
    ends_at: datetime
    segments: tuple[Segment, ...]
    groups: tuple[StakeholderGroup, ...]
    panellists: tuple[PersonId, ...]
    default_seconds: int | None
    group_seconds: tuple[tuple[GroupId, int], ...]
    kind_seconds: tuple[tuple[RequestKind, int], ...]
    warning_seconds: int
    attribution_mode: AttributionMode
    attribution_mode_panellists: AttributionMode


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted:
    """The session was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentBegan:
    """A segment of the session began."""

    segment: SegmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSuspended:
    """The session was interrupted for a break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionResumed:
    """The session went on after a break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionClosed:
    """The session ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReopened:
    """A closed session was opened again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFinalised:
    """The record of the session was declared complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged:
    """The settings of the session are these."""

    warning_seconds: int
    attribution_mode: AttributionMode
    attribution_mode_panellists: AttributionMode


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandUndone:
    """The command whose first event is `command` was taken back; `type` is its wire name."""

    command: int
    type: str


# People


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntered:
    """A person is known to the session."""

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCorrected:
    """What the session knows of a person is now this."""

    person: Person


# The list of speakers


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


# The floor


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


# The room


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayChanged:
    """The room display shows something else."""

    what: Showing
    ref: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """Everybody is told this; an empty text takes the announcement away."""

    text: str


ProgrammeEvent: TypeAlias = (
    SessionScheduled
    | SessionStarted
    | SegmentBegan
    | SessionSuspended
    | SessionResumed
    | SessionClosed
    | SessionReopened
    | SessionFinalised
    | SettingsChanged
)
PeopleEvent: TypeAlias = PersonEntered | PersonCorrected
FloorEvent: TypeAlias = (
    ListOpened
    | ListClosed
    | LimitSet
    | FloorRequested
    | RequestChanged
    | RequestWithdrawn
    | RequestReadinessChanged
    | RequestMoved
    | RequestsRenumbered
    | RequestHeld
    | RequestReleased
    | RequestNotReached
    | FloorGiven
    | FloorPaused
    | FloorResumed
    | FloorExtended
    | FloorEnded
    | FloorGivenBack
    | RulingMade
)
DisplayEvent: TypeAlias = DisplayChanged | Announced
Event: TypeAlias = ProgrammeEvent | PeopleEvent | FloorEvent | DisplayEvent | CommandUndone


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event in its place: the `seq`th of its session, at `at` (aware, UTC), by `by`, from command `command`."""

    seq: int
    at: datetime
    by: PersonId
    command: CommandId
    event: Event
