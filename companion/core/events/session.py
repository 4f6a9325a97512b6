"""What can happen to the session itself."""

from dataclasses import dataclass
from datetime import datetime

from companion.core.ids import GroupId, PersonId, SegmentId, SessionId
from companion.core.people import StakeholderGroup
from companion.core.procedure import Alarm, AttributionMode, EarlierShare, RequestKind, Rule, Segment, WhenAbsent


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
    reply_seconds: tuple[int, ...] = ()
    """The limits of the first and the second right of reply."""
    rule: Rule = Rule.FIRST_COME
    when_absent: WhenAbsent = WhenAbsent.TO_THE_END
    alarms: tuple[Alarm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted:
    """The session was opened; `earlier` is what was heard in the sessions of the workshop before it."""

    earlier: tuple[EarlierShare, ...] = ()


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
    one_request_each: bool = True
    when_absent: WhenAbsent = WhenAbsent.TO_THE_END
    alarms: tuple[Alarm, ...] = ()
    preset: str | None = None
    """The preset that was chosen last; its limits and its rule are events of their own."""
    participants_may_propose: bool = False
    participants_may_take_positions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PresidingPassed:
    """This person presides from now on."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCorrected:
    """The record of entry `seq` is to be read with this correction; the entry itself stays."""

    seq: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandUndone:
    """The command whose first event is `command` was taken back; `type` is its wire name."""

    command: int
    type: str
