"""What a record says of texts: notes, recommendations with all their versions, and the course of the session."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from companion.core.people import Role
from companion.core.procedure import AmendmentState, NoteAttribution, NoteKind, PositionKind, RecommendationStatus
from companion.record.model_people import Who


class Notes(StrEnum):
    """For whom a record is made: for everybody, or for staff who write on it. The words are the protocol's."""

    RELEASED = "released"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A rapporteur's note. `who`: whose point it was, as far as its level and the mode of attribution both allow.

    `intervention` and `added_at` are None where they would tell more than the level allows; the note stands at the end of
    its segment then, under an id that tells nothing either. `by` is a role. `recommendations` were made from it.
    """

    id: str
    kind: NoteKind
    text: str
    version: int
    attribution: NoteAttribution
    who: Who | None
    group: str | None
    intervention: str | None
    segment: str | None
    by: Role | None
    added_at: datetime | None
    written_at: datetime | None
    released: bool
    recommendations: tuple[str, ...]


class Change(StrEnum):
    """What became of a piece of text from one version to the next."""

    KEPT = "kept"
    TAKEN_OUT = "taken_out"
    PUT_IN = "put_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A piece of text, and what became of it."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text that a recommendation has had; `edits` lead to it from the one before, and are empty in the first.

    `changed` names the fields that are not as before: `title`, `text`, `addressees`. `amendment` is the one that it took in;
    `not_agreed` the passages in square brackets.
    """

    number: int
    title: str
    text: str
    addressees: tuple[str, ...]
    at: datetime
    by: Role | None
    changed: tuple[str, ...]
    edits: tuple[Edit, ...]
    amendment: str | None
    not_agreed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """How far a recommendation had come from `at` on, in which version; undone: taken back afterwards."""

    at: datetime
    status: RecommendationStatus
    version: int
    by: Role | None
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Another text that was proposed for `version`; `edits` lead to it from that; `taken_in`: by which version.

    `who` proposed it, as far as the mode of attribution tells; of staff, who write for those present, `by` is the role.
    """

    id: str
    version: int
    text: str
    at: datetime
    by: Role | None
    who: Who | None
    state: AmendmentState
    taken_in: int | None
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentSetAside:
    """An amendment was put aside, or taken up again."""

    at: datetime
    amendment: str
    set_aside: bool
    by: Role | None
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where somebody stood on `version` from `at` on; `position` None: they took back what they had said.

    It `stands` where it is the last one of that person and was not taken back. `by` is the role of staff who wrote it down.
    """

    at: datetime
    position: PositionKind | None
    version: int
    text: str | None
    who: Who
    by: Role | None
    stands: bool
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PolledOn:
    """A poll on a version of a recommendation, and what followed from it."""

    poll: str
    version: int | None
    outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A recommendation with its lineage: the note it was made from, its versions, the polls on them, their outcomes.

    `note` is the id of a note of this record, `intervention` the one that the note is on. `brought_from` is the session that
    it was taken up from. `who`: the participant who put it forward, as far as the mode of attribution tells; None where
    staff wrote it down.
    """

    id: str
    symbol: str
    status: RecommendationStatus
    group: str | None
    note: str | None
    intervention: str | None
    brought_from: str | None
    proposed_at: datetime
    by: Role | None
    who: Who | None
    versions: tuple[Version, ...]
    statuses: tuple[StatusChange, ...]
    amendments: tuple[Amendment, ...]
    set_aside: tuple[AmendmentSetAside, ...]
    positions: tuple[Position, ...]
    polls: tuple[PolledOn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A line of the transcript: what happened, by the event's wire name, and where the record tells it.

    That is the `index`th of the list `of` of the record, and of that its `part`th version, status, amendment or position. Notes under an
    intervention follow it. `at` is None where the time would tell more than it may.
    """

    at: datetime | None
    type: str
    of: str | None = None
    index: int | None = None
    part: int | None = None
    undone: bool = False
