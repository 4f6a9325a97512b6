"""What can happen to notes."""

from dataclasses import dataclass

from companion.core.edits import Edit
from companion.core.ids import GroupId, InterventionId, NoteId, Rank
from companion.core.procedure import NoteAttribution, NoteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded:
    """A rapporteur wrote a note down; its text is version 1."""

    note: NoteId
    kind: NoteKind
    text: str
    rank: Rank
    intervention: InterventionId | None
    group: GroupId | None
    attribution: NoteAttribution


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten:
    """The text of a note is this now; `update` is the same as a Yjs update in base64, None in journals from before there were any."""

    note: NoteId
    text: str
    version: int
    update: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTyped:
    """Somebody typed into a note: a Yjs update in base64, and what it did to the plain text."""

    note: NoteId
    update: str
    edit: Edit
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMarked:
    """What a note is, whose point it was, and what it belongs to."""

    note: NoteId
    kind: NoteKind
    attribution: NoteAttribution
    intervention: InterventionId | None
    group: GroupId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMoved:
    """A note got another place."""

    note: NoteId
    rank: Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesRenumbered:
    """All ranks of notes were made short again, in the same order."""

    ranks: tuple[tuple[NoteId, Rank], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRemoved:
    """A note was taken away."""

    note: NoteId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReleased:
    """Everybody may read a note, or only staff again."""

    note: NoteId
    released: bool
