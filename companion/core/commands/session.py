"""What can be asked of the session itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from companion.core.commands.bounds import Between, FoundByServer, Reference, SecondsOrNone, ShortText, Text
from companion.core.commands.polls import Counted
from companion.core.ids import UNSET, GroupId, PersonId, SegmentId, SessionId, Unset
from companion.core.people import Person, StakeholderGroup
from companion.core.procedure import (
    Alarm,
    AlarmAction,
    AlarmSince,
    AttributionMode,
    EarlierShare,
    RequestKind,
    Rule,
    Segment,
    WaitingAtSegment,
    WhenAbsent,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareSession:
    """Put a session on the programme with what its screens show; by the system only."""

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
    people: tuple[Person, ...]
    default_seconds: int | None
    group_seconds: tuple[tuple[GroupId, int], ...]
    kind_seconds: tuple[tuple[RequestKind, int], ...]
    warning_seconds: int
    attribution_mode: AttributionMode
    attribution_mode_panellists: AttributionMode
    reply_seconds: tuple[int, ...] = ()
    rule: Rule = Rule.FIRST_COME
    when_absent: WhenAbsent = WhenAbsent.TO_THE_END
    alarms: tuple[Alarm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPerson:
    """Let a person of the workshop, or a guest, into the session; by the system only."""

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSession:
    """Open the session; its first segment begins. `earlier` is what was heard in the sessions before it."""

    earlier: Annotated[tuple[EarlierShare, ...], FoundByServer()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginSegment:
    """Go to a segment; requests inscribed for it come onto the list."""

    segment: Annotated[SegmentId, Text(64)]
    waiting: WaitingAtSegment = WaitingAtSegment.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendSession:
    """Interrupt the session for a break; the speaker's clock stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeSession:
    """Go on after a break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSession:
    """End the session; whoever waits is not reached. `counted`: what was in the boxes of its secret polls."""

    counted: Annotated[Counted, FoundByServer()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenSession:
    """Open a closed session again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinaliseSession:
    """Declare the record of a closed session complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingAlarm:
    """An alarm: what happens so long after the session, its segment or its list began."""

    action: AlarmAction
    after_seconds: Annotated[int, Between(1, 86_400)]
    since: AlarmSince = AlarmSince.SESSION
    text: ShortText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingLimits:
    """Speaking times to set at once; 0 takes one away."""

    default_seconds: SecondsOrNone | Unset = UNSET
    groups: dict[str, SecondsOrNone] | Unset = UNSET
    kinds: dict[str, SecondsOrNone] | Unset = UNSET
    replies: tuple[SecondsOrNone, ...] | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPreset:
    """What a preset says, as the server finds it in the configuration."""

    limits: SettingLimits
    rule: Rule
    when_absent: WhenAbsent
    one_request_each: bool
    alarms: tuple[SettingAlarm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings:
    """Change settings of the session; attribution only becomes stricter once somebody has spoken."""

    preset: Annotated[str, Text(64, least=1)] | Unset = UNSET
    found: Annotated[FoundPreset | None, FoundByServer()] = None
    limits: SettingLimits | Unset = UNSET
    one_request_each: bool | Unset = UNSET
    when_absent: WhenAbsent | Unset = UNSET
    alarms: tuple[SettingAlarm, ...] | Unset = UNSET

    warning_seconds: Annotated[int, Between(0, 600)] | Unset = UNSET
    attribution_mode: AttributionMode | Unset = UNSET
    attribution_mode_panellists: AttributionMode | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Preside:
    """Hand the moderator's place to this person."""

    person: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectRecord:
    """Add a correction to an entry of the journal; the entry itself stays."""

    seq: Annotated[int, Between(1, 1_000_000_000)]
    text: Annotated[str, Text(2_000, least=1, lines=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take back a command, named by the sequence number of its first event."""

    command: Annotated[str, Text(20)]
