"""Everything that can be asked of a session.

Commands are imperative. `Expected` fields say whom the sender saw on the floor: if it is no longer so, the command is
stale. Annotations bound what a client may send; the codec keeps to them before the core is asked.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeAlias

from companion.core.ids import (
    UNSET,
    GroupId,
    InterventionId,
    PersonId,
    SegmentId,
    SessionId,
    Unset,
)
from companion.core.people import Attendance, Person, StakeholderGroup
from companion.core.procedure import (
    AttributionMode,
    RequestKind,
    Ruling,
    Segment,
    Showing,
    WaitingAtSegment,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A bound on a text: `least` to `most` characters, on one line or with line breaks."""

    most: int
    least: int = 0
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """A bound on a whole number, both ends included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class MadeByClient:
    """Marks an identifier that a client makes: 8 to 64 characters of `A-Z a-z 0-9 _ -`."""


Name: TypeAlias = Annotated[str, Text(200)]
FullName: TypeAlias = Annotated[str, Text(200, least=1)]
ShortText: TypeAlias = Annotated[str, Text(300)]
Announcement: TypeAlias = Annotated[str, Text(1000, lines=True)]
Language: TypeAlias = Annotated[str, Text(35)]
Reference: TypeAlias = Annotated[str, Text(64)]
NewRequest: TypeAlias = Annotated[str, MadeByClient()]
Seconds: TypeAlias = Annotated[int, Between(1, 36_000)]
Expected: TypeAlias = InterventionId | None


# The session


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


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPerson:
    """Let a person of the workshop, or a guest, into the session; by the system only."""

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSession:
    """Open the session; its first segment begins."""


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
    """End the session; whoever waits is not reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenSession:
    """Open a closed session again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinaliseSession:
    """Declare the record of a closed session complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings:
    """Change settings of the session; attribution only becomes stricter once somebody has spoken."""

    warning_seconds: Annotated[int, Between(0, 600)] | Unset = UNSET
    attribution_mode: AttributionMode | Unset = UNSET
    attribution_mode_panellists: AttributionMode | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take back a command, named by the sequence number of its first event."""

    command: Annotated[str, Text(20)]


# People


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPerson:
    """Put right what the session knows of a person."""

    person: Reference
    name: FullName | Unset = UNSET
    latin_name: Name | Unset = UNSET
    organisation: Name | Unset = UNSET
    group: Reference | Unset | None = UNSET
    region: Name | Unset | None = UNSET
    attendance: Attendance | Unset = UNSET
    language: Language | Unset | None = UNSET
    platform_name: Name | Unset = UNSET
    accessibility_needs: tuple[ShortText, ...] | Unset = UNSET
    unpublished: bool | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAttendance:
    """Say whether a person takes part in the room or remotely."""

    person: Reference
    attendance: Attendance


# The list of speakers


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenList:
    """Open the list of speakers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseList:
    """Close the list of speakers; points of order and rights of reply can still be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLimit:
    """Set or take away (None) the speaking time: the default, or that of one group, kind or person."""

    seconds: Seconds | None
    category: Reference | None = None
    kind: RequestKind | None = None
    person: Reference | None = None
    reason: ShortText | None = None


# The floor


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Someone in the room who is on no list of people."""

    name: FullName
    organisation: Name = ""
    group: Reference | None = None
    attendance: Attendance = Attendance.IN_ROOM


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFloor:
    """Ask for the floor: for oneself, or, by staff, for a person or a guest."""

    kind: RequestKind
    request: NewRequest | None = None
    topic: ShortText | None = None
    on_behalf_of: Name | None = None
    language: Language | None = None
    segment: Reference | None = None
    person: Reference | None = None
    guest: Guest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """Change what a request says."""

    request: Reference
    kind: RequestKind | Unset = UNSET
    topic: ShortText | Unset | None = UNSET
    on_behalf_of: Name | Unset | None = UNSET
    language: Language | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRequest:
    """Take a request off the list."""

    request: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkReady:
    """Say whether the person is ready to speak."""

    request: Reference
    ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRequest:
    """Move a waiting request behind another of its list; None: to the first place, unset: to the last."""

    request: Reference
    after: Reference | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRequest:
    """Set a waiting request aside; it keeps its rank."""

    request: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRequest:
    """Put a held request back where its rank places it."""

    request: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveFloor:
    """Give the floor to a request; ends the current intervention, or interrupts it for a point of order."""

    request: Reference
    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSpeaker:
    """Give the floor to whoever comes next."""

    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseFloor:
    """Stop the speaker's clock."""

    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeFloor:
    """Let the speaker's clock go on."""

    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendFloor:
    """Give the speaker more time."""

    seconds: Annotated[int, Between(1, 3600)]
    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFloor:
    """End the intervention; an interrupted speaker gets the floor back."""

    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOnOrder:
    """Decide on a point of order or a procedural motion that was heard."""

    request: Reference
    ruling: Ruling


# The room


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOnDisplay:
    """Choose what the room display shows."""

    what: Showing
    ref: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """Tell everybody something; an empty text takes the announcement away."""

    text: Announcement


ProgrammeCommand: TypeAlias = (
    StartSession
    | BeginSegment
    | SuspendSession
    | ResumeSession
    | CloseSession
    | ReopenSession
    | FinaliseSession
    | ChangeSettings
)
PeopleCommand: TypeAlias = EnterPerson | CorrectPerson | MarkAttendance
FloorCommand: TypeAlias = (
    OpenList
    | CloseList
    | SetLimit
    | RequestFloor
    | ChangeRequest
    | WithdrawRequest
    | MarkReady
    | MoveRequest
    | HoldRequest
    | ReleaseRequest
    | GiveFloor
    | NextSpeaker
    | PauseFloor
    | ResumeFloor
    | ExtendFloor
    | EndFloor
    | RuleOnOrder
)
DisplayCommand: TypeAlias = ShowOnDisplay | Announce
SystemCommand: TypeAlias = PrepareSession | EnterPerson
ClientCommand: TypeAlias = ProgrammeCommand | CorrectPerson | MarkAttendance | FloorCommand | DisplayCommand | Undo
Command: TypeAlias = ClientCommand | SystemCommand
