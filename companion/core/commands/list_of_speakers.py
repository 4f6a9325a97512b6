"""What can be asked about the list of speakers."""

from dataclasses import dataclass
from typing import Annotated

from companion.core.commands.bounds import (
    Between,
    FoundByServer,
    FullName,
    Language,
    Name,
    NewRequest,
    Reference,
    Seconds,
    Share,
    ShortText,
    Statement,
    Text,
)
from companion.core.ids import UNSET, Unset
from companion.core.people import Attendance, Person
from companion.core.procedure import QuotaBy, RequestKind, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenList:
    """Open the list of speakers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseList:
    """Close the list of speakers; points of order and rights of reply can still be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleParameters:
    """What a rule needs to know: a letter, or the shares of a quota by group, attendance or region."""

    letter: Annotated[str, Text(8, least=1)] | None = None
    by: QuotaBy | None = None
    shares: dict[FullName, Share] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRule:
    """Say by which rule the list is ordered, and whether that happens by itself."""

    rule: Rule
    params: RuleParameters | None = None
    automatic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeList:
    """Put the list into the order of its rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTime:
    """Propose to divide the time that is left among the names on the list; with `seconds`: apply that, or no longer (None)."""

    seconds: Seconds | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReached:
    """A request of an earlier session, as the server finds it there."""

    request: str
    person: Person
    kind: RequestKind
    topic: str | None
    on_behalf_of: str | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """Take up what was not reached in another session of the workshop, each once."""

    source: Reference
    found: Annotated[tuple[NotReached, ...], FoundByServer()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLimit:
    """Set or take away (None) a speaking time: the default, or that of a group, kind, person, reply, or a group's bank.

    The reason of a person's own time stays where none is said.
    """

    seconds: Seconds | None
    category: Reference | None = None
    kind: RequestKind | None = None
    person: Reference | None = None
    ordinal: Annotated[int, Between(1, 2)] | None = None
    bank: bool = False
    reason: ShortText | Unset | None = UNSET


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
    reply_to: Reference | None = None
    text: Statement | None = None
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
    reply_to: Reference | Unset | None = UNSET
    text: Statement | Unset | None = UNSET


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
class ExchangePlaces:
    """Offer to exchange places; it takes effect when the other sends the mirror. None takes an offer back."""

    request: Reference
    partner: Reference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAbsent:
    """Say that whoever was called is not there."""

    request: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInStatement:
    """Hand in a written statement instead of speaking."""

    request: Reference
    text: Statement | Unset | None = UNSET
