"""What can happen to recommendations."""

from dataclasses import dataclass

from companion.core.ids import GroupId, NoteId, RecommendationId, SessionId
from companion.core.procedure import RecommendationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationProposed:
    """A recommendation is before the session: proposed here, or brought from another one in its version there."""

    recommendation: RecommendationId
    symbol: str
    title: str
    text: str
    version: int
    addressees: tuple[str, ...]
    group: GroupId | None
    note: NoteId | None
    status: RecommendationStatus
    brought_from: SessionId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationRevised:
    """A recommendation has its next version."""

    recommendation: RecommendationId
    version: int
    title: str
    text: str
    addressees: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationStatusChanged:
    """A recommendation has come this far."""

    recommendation: RecommendationId
    status: RecommendationStatus
