"""What can happen to the session itself."""

from dataclasses import dataclass
from datetime import datetime

from companion.core.ids import GroupId, PersonId, SegmentId, SessionId
from companion.core.people import StakeholderGroup
from companion.core.procedure import AttributionMode, RequestKind, Segment


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
