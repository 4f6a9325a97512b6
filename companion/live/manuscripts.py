"""The shared texts of a session's notes: as they are on disk, and with what is on its way there.

Updates are merged before a command is decided, since only the document knows whether an update can be; the core gets what
they did to the plain text. What is on disk is merged again when the news of it comes, so a refusal of the disk, or of the
rules, costs no more than a copy.
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
            return self._merged(command)
        if note.version != command.expect or note.text == command.text:
            return command
        update = self._of(command.note).write(command.text)
        return replace(command, update=base64.b64encode(update).decode())

    def stage(self, events: Iterable[e.Event]) -> None:
        """Take note of notes that begin; edits of others are merged already."""
        for event in events:
            if isinstance(event, e.NoteAdded):
                self._staged[event.note] = _begun(event)

    def forget(self, pending: Iterable[e.Recorded]) -> None:
        """Go back to what is on disk, and to what is still on its way there."""
        self._staged.clear()
        for recorded in pending:
            _fold(self._staged, recorded.event, self._on_disk)

    def recorded(self, happened: Iterable[e.Recorded]) -> None:
        """Take note of what is on disk."""
        for recorded in happened:
            _fold(self._on_disk, recorded.event, {})

    def in_snapshot(self, whole: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the map of those who write with the shared text of each note."""
        notes = {key: value for key, value in whole.items() if key.startswith("note/")}
        return {**whole, **{key: {**value, "state": self._state(value["id"])} for key, value in notes.items()}}

    def in_patch(self, patch: Patch, happened: list[e.Recorded]) -> Patch:
        """Return a patch for those who write with the updates of each shared text, or all of it where it begins."""
        begun = {recorded.event.note for recorded in happened if isinstance(recorded.event, e.NoteAdded)}
        more: dict[NoteId, dict[str, Any]] = {note: {"updates": each} for note, each in _updates(happened).items()}
        more |= {note: {"state": self._state(note)} for note in begun}
        changed: dict[str, Any] = dict(patch.set)
        for note, shared in more.items():
            if (key := f"note/{note}") in changed:
                changed[key] = {**changed[key], **shared}
        return Patch(changed, patch.unset)

    def _state(self, note: NoteId) -> str:
        return base64.b64encode(self._on_disk[note].state).decode()

    def _of(self, note: NoteId) -> Manuscript:
        if note not in self._staged:
            self._staged[note] = Manuscript(self._on_disk[note].state)
        return self._staged[note]

    def _merged(self, command: c.TypeNote) -> c.TypeNote:
        update = base64.b64decode(command.update)
        try:
            edit = self._of(command.note).merge(update, client=command.client, clock=command.clock)
        except Pending:
            raise Refused(Refusal.RESYNC) from None
        except Unacceptable as error:
            raise Refused(Refusal.TOO_LARGE if error.too_large else Refusal.BAD_MESSAGE) from error
        return replace(command, edit=edit)


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


def _begun(event: e.NoteAdded) -> Manuscript:
    manuscript = Manuscript()
    manuscript.write(event.text)
    return manuscript


def _fold(manuscripts: dict[NoteId, Manuscript], event: e.Event, below: dict[NoteId, Manuscript]) -> None:
    """Carry an event out on the manuscripts; those that are not among them yet are copied from `below`."""
    match event:
        case e.NoteAdded():
            manuscripts[event.note] = _begun(event)
        case e.NoteTyped() | e.NoteWritten():
            if event.note not in manuscripts:
                manuscripts[event.note] = Manuscript(below[event.note].state)
            if event.update is not None:
                manuscripts[event.note].take(base64.b64decode(event.update))
            elif isinstance(event, e.NoteWritten):
                manuscripts[event.note].write(event.text)
        case _:
            pass
