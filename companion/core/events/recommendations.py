"""What can happen to recommendations."""

from dataclasses import dataclass

from companion.core.ids import AmendmentId, GroupId, NoteId, PersonId, RecommendationId, SessionId
from companion.core.procedure import PositionKind, RecommendationStatus


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
    offered: bool = False
    """Whether a participant put it forward, and not staff for those present."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationRevised:
    """A recommendation has its next version, which has taken in `amendment`."""

    recommendation: RecommendationId
    version: int
    title: str
    text: str
    addressees: tuple[str, ...]
    amendment: AmendmentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentProposed:
    """Another text was proposed for `version` of a recommendation; `offered`: by a participant."""

    recommendation: RecommendationId
    amendment: AmendmentId
    version: int
    text: str
    offered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentSetAside:
    """An amendment was put aside, or taken up again."""

    recommendation: RecommendationId
    amendment: AmendmentId
    set_aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTaken:
    """Where `person` stands on `version` of a recommendation; None: they take back what they said."""

    recommendation: RecommendationId
    person: PersonId
    position: PositionKind | None
    version: int
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationStatusChanged:
    """A recommendation has come this far."""

    recommendation: RecommendationId
    status: RecommendationStatus
