"""Notes and recommendations: the texts of a session."""

from dataclasses import dataclass
from datetime import datetime

from companion.core.ids import GroupId, InterventionId, NoteId, PersonId, Rank, RecommendationId, SessionId
from companion.core.procedure import NoteAttribution, NoteKind, RecommendationStatus


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
    """A text that a recommendation has had."""

    number: int
    title: str
    text: str
    addressees: tuple[str, ...]
    at: datetime
    by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A recommendation, with all versions that it has had in this session, oldest first."""

    id: RecommendationId
    symbol: str
    status: RecommendationStatus
    versions: tuple[Version, ...]
    proposed_at: datetime
    by: PersonId
    group: GroupId | None = None
    note: NoteId | None = None
    brought_from: SessionId | None = None

    @property
    def current(self) -> Version:
        """Return the version that stands."""
        return self.versions[-1]
