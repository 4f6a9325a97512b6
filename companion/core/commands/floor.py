"""What can be asked about the list of speakers and the floor."""

from dataclasses import dataclass
from typing import Annotated

from companion.core.commands.bounds import (
    Between,
    Expected,
    FullName,
    Language,
    Name,
    NewRequest,
    Reference,
    Seconds,
    ShortText,
)
from companion.core.ids import UNSET, Unset
from companion.core.people import Attendance
from companion.core.procedure import RequestKind, Ruling


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
