"""The shared texts of a session's notes: as they are on disk, and with what is on its way there.

An update is tried before its command is decided, since only the document knows whether it can be merged; the core gets what
it does to the plain text. It is merged once it is decided. What is on disk is kept as updates, and read when it is asked for:
somebody who writes joins, or types the first letter since the start.
"""

import base64
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from companion.audiences.maps import Patch
from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import NoteId
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session
from companion.crdt import Manuscript, Pending, Unacceptable, state_of

SHARED: Final = (c.TypeNote, c.WriteNote)
"""The commands that change a shared text."""
_TEXTS: Final = (e.NoteTyped, e.NoteWritten, e.NoteAdded)
"""What a shared text comes from."""
_UNREAD_AT_MOST: Final = 1_000
"""Updates of one text, before they are read although nobody asks."""

OPEN_AT_MOST: Final = 16
"""Documents that are kept open although nothing of them is on its way, those that were used last."""


class _Whole(NamedTuple):
    """A text that came without an update."""

    text: str


class Kept:
    """A shared text as it is on disk, with the updates that have not been read yet, and whole texts that came without one."""

    __slots__ = ("_state", "_unread")

    def __init__(self) -> None:
        self._state: bytes | None = None
        self._unread: list[str | _Whole] = []

    @property
    def state(self) -> bytes:
        """Return the document as one update."""
        if self._state is None or self._unread:
            self._state = state_of(map(_entry, self._unread), self._state)
            self._unread.clear()
        return self._state

    def take(self, event: e.NoteAdded | e.NoteTyped | e.NoteWritten) -> None:
        """Keep what an event did to the text."""
        update = None if isinstance(event, e.NoteAdded) else event.update
        if update is not None:
            self._unread.append(update)
        elif not isinstance(event, e.NoteTyped):
            self._unread.append(_Whole(event.text))

    def read_if_long(self) -> None:
        """Keep what is unread from growing."""
        if len(self._unread) > _UNREAD_AT_MOST:
            self._state = self.state


class Manuscripts:
    """The shared texts of one session; its host holds the lock."""

    def __init__(self) -> None:
        self._on_disk: dict[NoteId, Kept] = {}
        self._staged: dict[NoteId, Manuscript] = {}
        """The open documents, the one that was used last at the end."""
        self._on_the_way: Counter[NoteId] = Counter()

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
            if not isinstance(event, _TEXTS):
                continue
            self._on_the_way[event.note] += 1
            if isinstance(event, e.NoteAdded):
                self._staged[event.note] = _begun(event.text)
            elif event.update is not None:
                self._of(event.note).take(base64.b64decode(event.update))

    def forget(self) -> None:
        """Go back to what is on disk."""
        self._staged.clear()
        self._on_the_way.clear()

    def following(self, journal: Iterable[e.Recorded]) -> Iterator[e.Recorded]:
        """Yield what a journal holds, and take note of it."""
        texts = self._on_disk
        for recorded in journal:
            event = recorded.event
            if isinstance(event, _TEXTS):
                kept = texts.get(event.note)
                if kept is None:
                    kept = texts[event.note] = Kept()
                kept.take(event)
            yield recorded

    def recorded(self, happened: Iterable[e.Recorded]) -> None:
        """Take note of what is on disk now."""
        for recorded in self.following(happened):
            event = recorded.event
            if isinstance(event, e.NoteTyped):
                self._on_disk[event.note].read_if_long()
            if isinstance(event, _TEXTS):
                self._on_the_way[event.note] -= 1
            if isinstance(event, e.NoteAdded) and not self._on_the_way[event.note]:
                # Nobody has typed into it yet: it is not one of those that were used last.
                self._staged.pop(event.note, None)
                del self._on_the_way[event.note]
        self._close_some()

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
        return base64.b64encode(self._on_disk[note].state).decode()

    def _of(self, note: NoteId) -> Manuscript:
        manuscript = self._staged.pop(note, None)
        if manuscript is None:
            manuscript = Manuscript(self._on_disk[note].state)
        self._staged[note] = manuscript
        return manuscript

    def _close_some(self) -> None:
        """Close documents of which all is on disk, until few enough are open."""
        many = len(self._staged) - OPEN_AT_MOST
        if many > 0:
            for note in [note for note in self._staged if not self._on_the_way[note]][:many]:
                del self._staged[note], self._on_the_way[note]

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


def _entry(unread: str | _Whole) -> bytes | str:
    """Return an update in base64 as its bytes, and a whole text as it is."""
    return unread.text if isinstance(unread, _Whole) else base64.b64decode(unread)


def _begun(text: str) -> Manuscript:
    manuscript = Manuscript()
    manuscript.take(manuscript.rewritten(text))
    return manuscript
