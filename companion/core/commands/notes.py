"""What can be asked about notes."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from companion.core.commands.bounds import (
    Base64,
    Between,
    ExpectedVersion,
    FoundByServer,
    MadeByClient,
    Reference,
    Text,
)
from companion.core.edits import Edit
from companion.core.ids import UNSET, Unset
from companion.core.procedure import NoteAttribution, NoteKind

NoteText: TypeAlias = Annotated[str, Text(20_000, lines=True)]
YjsNumber: TypeAlias = Annotated[int, Between(0, 2**53 - 1)]
NewNote: TypeAlias = Annotated[str, MadeByClient()]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Write a note down: under an intervention or under none, behind another (unset: last)."""

    kind: NoteKind
    note: NewNote | None = None
    text: NoteText = ""
    intervention: Reference | None = None
    group: Reference | None = None
    attribution: NoteAttribution = NoteAttribution.NONE
    after: Reference | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    """Replace the whole text of a note, if it still is the version that the writer saw.

    `update` is the smallest edit that does it, as a Yjs update in base64; None where it comes to nothing.
    """

    note: Reference
    text: NoteText
    expect: ExpectedVersion
    update: Annotated[str | None, FoundByServer()] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeNote:
    """Merge an update into the Yjs text of a note; `client` and `clock` are its author's Yjs client id, and its clock after it.

    `edit` is what it does to the plain text; None where it was merged before.
    """

    note: Reference
    update: Annotated[str, Base64(40_960)]
    client: YjsNumber
    clock: YjsNumber
    edit: Annotated[Edit | None, FoundByServer()] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNote:
    """Say what a note is, whose point it was, and what it belongs to."""

    note: Reference
    kind: NoteKind | Unset = UNSET
    attribution: NoteAttribution | Unset = UNSET
    intervention: Reference | Unset | None = UNSET
    group: Reference | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveNote:
    """Move a note behind another; None: to the first place, unset: to the last."""

    note: Reference
    after: Reference | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveNote:
    """Take a note away; its text stays in the journal."""

    note: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseNote:
    """Let everybody read a note, or only staff again."""

    note: Reference
    released: bool
