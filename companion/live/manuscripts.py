"""The shared texts of a session's notes: as they are on disk, and with what is on its way there.

An update is tried before its command is decided, since only the document knows whether it can be merged; the core gets what
it does to the plain text. It is merged once it is decided, and once more when it is on disk.
"""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from companion.audiences.maps import Patch
from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import NoteId
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session
from companion.crdt import Manuscript, Pending, Unacceptable

SHARED: Final = (c.TypeNote, c.WriteNote)
"""The commands that change a shared text."""


class Manuscripts:
    """The shared texts of one session; its host holds the lock."""

    def __init__(self) -> None:
        self._on_disk: dict[NoteId, Manuscript] = {}
        self._staged: dict[NoteId, Manuscript] = {}

    def complete(self, command: c.Command, session: Session) -> c.Command:
        """Return a command to `session`, all that is staged in it, with what it does to the text.

        Raises `Refused`: resync where an earlier update is missing, bad_message or too_large where it cannot be merged.
        """
        if not isinstance(command, SHARED) or (note := session.notes.get(command.note)) is None:
            return command
        if isinstance(command, c.TypeNote):
            return self._tried(command)
        if note.version != command.expect or note.text == command.text:
            return command
        update = self._of(command.note).rewritten(command.text)
        return replace(command, update=base64.b64encode(update).decode())

    def stage(self, events: Iterable[e.Event]) -> None:
        """Take note of what is on its way to the disk."""
        for event in events:
            _fold(self._staged, event, self._on_disk)

    def forget(self) -> None:
        """Go back to what is on disk."""
        self._staged.clear()

    def recorded(self, happened: Iterable[e.Recorded]) -> None:
        """Take note of what is on disk."""
        for recorded in happened:
            _fold(self._on_disk, recorded.event, {})

    def in_snapshot(self, whole: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the map of those who write with the shared text of each note."""
        notes = {key: value for key, value in whole.items() if key.startswith("note/")}
        return {**whole, **{key: {**value, "state": self._state(value["id"])} for key, value in notes.items()}}

    def in_patch(self, patch: Patch, before: Session, happened: list[e.Recorded]) -> Patch:
        """Return a patch for those who write with the updates of each shared text since `before`, or all of it where it was not there."""
        updates, changed = _updates(happened), dict[str, Any](patch.set)
        for key, value in changed.items():
            if not key.startswith("note/"):
                continue
            note = before.notes.get(value["id"])
            if note is None or note.removed:
                changed[key] = {**value, "state": self._state(value["id"])}
            elif value["id"] in updates:
                changed[key] = {**value, "updates": updates[value["id"]]}
        return Patch(changed, patch.unset)

    def _state(self, note: NoteId) -> str:
        return base64.b64encode(self._on_disk.get(note, Manuscript()).state).decode()

    def _of(self, note: NoteId) -> Manuscript:
        if note not in self._staged:
            self._staged[note] = Manuscript(self._on_disk.get(note, Manuscript()).state)
        return self._staged[note]

    def _tried(self, command: c.TypeNote) -> c.TypeNote:
        update = base64.b64decode(command.update)
        try:
            merged = self._of(command.note).merged(update, client=command.client, clock=command.clock)
        except Pending:
            raise Refused(Refusal.RESYNC) from None
        except Unacceptable as error:
            raise Refused(Refusal.TOO_LARGE if error.too_large else Refusal.BAD_MESSAGE) from error
        if merged is None:
            return command
        changes, edit = merged
        return replace(command, update=base64.b64encode(changes).decode(), edit=edit)


def _updates(happened: Iterable[e.Recorded]) -> dict[NoteId, list[str]]:
    """Return the updates in base64 of the notes whose text changed, in order."""
    updates: dict[NoteId, list[str]] = {}
    for recorded in happened:
        match recorded.event:
            case e.NoteTyped() | e.NoteWritten() as changed if changed.update is not None:
                updates.setdefault(changed.note, []).append(changed.update)
            case _:
                continue
    return updates


def _begun(text: str) -> Manuscript:
    manuscript = Manuscript()
    manuscript.take(manuscript.rewritten(text))
    return manuscript


def _fold(manuscripts: dict[NoteId, Manuscript], event: e.Event, below: dict[NoteId, Manuscript]) -> None:
    """Carry an event out on the manuscripts; those that are not among them yet are copied from `below`."""
    match event:
        case e.NoteAdded():
            manuscripts[event.note] = _begun(event.text)
        case e.NoteTyped() | e.NoteWritten():
            if event.note not in manuscripts:
                manuscripts[event.note] = Manuscript(below.get(event.note, Manuscript()).state)
            manuscript = manuscripts[event.note]
            update = None if event.update is None else base64.b64decode(event.update)
            if update is None and isinstance(event, e.NoteWritten):
                update = manuscript.rewritten(event.text)
            manuscript.take(update or b"\x00\x00")
        case _:
            pass
