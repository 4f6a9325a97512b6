"""Notes and recommendations, with what was proposed to these and said of them: the texts of a session."""

from dataclasses import dataclass
from datetime import datetime

from companion.core.ids import AmendmentId, GroupId, InterventionId, NoteId, PersonId, Rank, RecommendationId, SessionId
from companion.core.procedure import AmendmentState, NoteAttribution, NoteKind, PositionKind, RecommendationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A rapporteur's note: its text in its version, its place, what it belongs to, and whether all may read it.

    `written_by` is who changed the text last.

    `release` is the event by which all could read it last: an id, or a place, made of that tells nothing of when the note
    was written down.
    """

    id: NoteId
    kind: NoteKind
    text: str
    version: int
    rank: Rank
    author: PersonId
    written_by: PersonId
    added_at: datetime
    written_at: datetime
    intervention: InterventionId | None = None
    group: GroupId | None = None
    attribution: NoteAttribution = NoteAttribution.NONE
    released: bool = False
    release: int | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text that a recommendation has had; `amendment`: which one it took in."""

    number: int
    title: str
    text: str
    addressees: tuple[str, ...]
    at: datetime
    by: PersonId
    amendment: AmendmentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A recommendation, with all versions that it has had in this session, oldest first; `offered`: by a participant."""

    id: RecommendationId
    symbol: str
    status: RecommendationStatus
    versions: tuple[Version, ...]
    proposed_at: datetime
    by: PersonId
    group: GroupId | None = None
    note: NoteId | None = None
    brought_from: SessionId | None = None
    offered: bool = False

    @property
    def current(self) -> Version:
        """Return the version that stands."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Another text that was proposed for `version` of a recommendation; `taken_in`: by which version."""

    id: AmendmentId
    recommendation: RecommendationId
    version: int
    text: str
    at: datetime
    by: PersonId
    offered: bool
    taken_in: int | None = None
    set_aside: bool = False

    def state(self, current: int) -> AmendmentState:
        """Return what has become of it while version `current` stands."""
        if self.taken_in is not None:
            return AmendmentState.TAKEN_IN
        if self.set_aside:
            return AmendmentState.SET_ASIDE
        return AmendmentState.OPEN if self.version == current else AmendmentState.OVERTAKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where somebody stands on a version of a recommendation; None: they have taken back what they said."""

    recommendation: RecommendationId
    person: PersonId
    position: PositionKind | None
    version: int
    text: str | None
    at: datetime
