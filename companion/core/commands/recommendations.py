"""What can be asked about recommendations."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from companion.core.commands.bounds import ExpectedVersion, FoundByServer, MadeByClient, Name, Reference, Text
from companion.core.ids import UNSET, Unset
from companion.core.procedure import PositionKind, RecommendationStatus

RecommendationText: TypeAlias = Annotated[str, Text(10_000, least=1, lines=True)]
NewRecommendation: TypeAlias = Annotated[str, MadeByClient()]
NewAmendment: TypeAlias = Annotated[str, MadeByClient()]
PositionText: TypeAlias = Annotated[str, Text(1_000, lines=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeRecommendation:
    """Put a recommendation before the workshop, of its own or made from a note."""

    text: RecommendationText
    recommendation: NewRecommendation | None = None
    symbol: Annotated[str, Text(20)] | None = None
    title: Name | None = None
    addressees: tuple[Name, ...] = ()
    group: Reference | None = None
    note: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseRecommendation:
    """Give a recommendation its next version, if it still is the one that the writer saw; `amendment`: taken in by it."""

    recommendation: Reference
    text: RecommendationText
    expect: ExpectedVersion
    title: Name | Unset = UNSET
    addressees: tuple[Name, ...] | Unset = UNSET
    amendment: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendRecommendation:
    """Propose another text for a version of a recommendation: the one that the writer saw, else the one that stands."""

    recommendation: Reference
    text: RecommendationText
    amendment: NewAmendment | None = None
    version: ExpectedVersion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideAmendment:
    """Put an amendment aside, or take it up again."""

    recommendation: Reference
    amendment: Reference
    set_aside: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRecommendationStatus:
    """Say how far a recommendation has come."""

    recommendation: Reference
    status: RecommendationStatus
    expect: ExpectedVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePosition:
    """Say where one stands on a recommendation, in place of what one said before; None takes that back.

    `person`: for staff, who write down whose position was stated. `version`: as in an amendment.
    """

    recommendation: Reference
    position: PositionKind | None
    text: PositionText | None = None
    person: Reference | None = None
    version: ExpectedVersion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A version of a recommendation in another session."""

    session: Reference
    recommendation: Reference
    version: ExpectedVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What another session says of a recommendation; found by the server, never sent by a client."""

    symbol: str
    title: str
    text: str
    addressees: tuple[str, ...]
    group: str | None
    status: RecommendationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class BringRecommendation:
    """Take up a recommendation of another session under the same id, with text, version and lineage."""

    source: Source
    brought: Annotated[Brought | None, FoundByServer()] = None
