"""The one door to pycrdt: a text that several people write at once without losing a letter (a Yjs document).

The document's root is a `Text` named `text`. Updates are Yjs updates (version 1) as any Yjs client makes and reads them. No
client's bytes get into a document that is kept, or into the journal: an update is tried on a copy, and what is taken is what
the copy then says has changed, which holds nothing that waits for something else.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from pycrdt import Doc, Map, Text

from companion import text as texts
from companion.core.edits import Edit, difference

ROOT: Final = "text"
LONGEST: Final = 20_000
"""Characters of a text."""
LARGEST: Final = 1_000_000
"""Bytes of a document with all that was ever deleted from it."""
_OURS: Final = 1
"""The Yjs client id under which the server writes; no client may write under it."""
_MOST_AT_ONCE: Final = 100_000
"""How far an update may move its author's clock: more characters than one can hold."""


class Pending(Exception):  # noqa: N818 (a state of affairs: its author sends more)
    """An update came before one that it builds on."""


class Unacceptable(Exception):  # noqa: N818 (a state of affairs: the reason of a refusal)
    """An update that is none, or would make of the document what it must not be; `too_large` says that it is only too much."""

    def __init__(self, why: str, *, too_large: bool = False) -> None:
        super().__init__(why)
        self.too_large = too_large


class Manuscript:
    """One shared text. Not safe for threads: its owner holds a lock."""

    def __init__(self, *updates: bytes) -> None:
        self._doc: Doc[Text] = Doc(client_id=_OURS)
        self._text = self._doc.get(ROOT, type=Text)
        for update in updates:
            self._doc.apply_update(update)

    @property
    def text(self) -> str:
        """Return the plain text."""
        return str(self._text)

    @property
    def state(self) -> bytes:
        """Return the whole document as one update."""
        return self._doc.get_update()

    @property
    def clocks(self) -> dict[int, int]:
        """Return the clock of each Yjs client that wrote here."""
        return _clocks(self._doc.get_state())

    def take(self, update: bytes) -> None:
        """Merge an update that `rewritten` or `merged` returned, here or elsewhere.

        A document that was read and one that grew can differ in how they take what is malformed: all are as read.
        """
        after = Manuscript(self.state, update)
        self._doc, self._text = after._doc, after._text

    def rewritten(self, text: str) -> bytes:
        """Return the update that makes `text` of it by the smallest edit, so that what others write meanwhile merges."""
        copy = Manuscript(self.state)
        before, was = copy._doc.get_state(), copy.text
        edit = difference(was, text)
        start = len(was[: edit.at].encode())
        end = start + len(was[edit.at : edit.at + edit.gone].encode())
        with copy._doc.transaction():
            if end > start:
                del copy._text[start:end]
            if edit.came:
                copy._text.insert(start, edit.came)
        return copy._doc.get_update(before)

    def merged(self, update: bytes, *, client: int, clock: int) -> tuple[bytes, Edit] | None:
        """Return what a client's update changes, as an update and as an edit of the text; None where it was merged before.

        `client` and `clock` are the author's Yjs client id, and its clock after the update. Raises `Pending` and
        `Unacceptable`; the document stays as it is.
        """
        if client == _OURS:
            raise Unacceptable("this client id is the server's")
        copy, before = Manuscript(self.state), self._doc.get_state()
        copy._try(update)
        was, now = self.clocks, copy.clocks
        if now.get(client, 0) < clock or _begins(update).get(client, 0) > was.get(client, 0):
            raise Pending
        far = clock - was.get(client, 0) > _MOST_AT_ONCE
        if far or {**was, client: clock} != {**now, client: now.get(client, 0)}:
            raise Unacceptable("it brings what was typed by somebody else, or more than it says")
        changes = copy._doc.get_update(before)
        after = Manuscript(self.state)
        after._try(changes)
        if not after._same_as(copy) or not after._same_as(Manuscript(after.state)):
            raise Unacceptable("it means one thing here and another there")
        return None if after._same_as(self) else (changes, difference(self.text, after._checked()))

    def _same_as(self, other: "Manuscript") -> bool:
        return (self.text, self.clocks) == (other.text, other.clocks)

    def _try(self, update: bytes) -> None:
        try:
            self._doc.apply_update(update)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # the library panics at some bytes, which is no `Exception`
            raise Unacceptable("no update can be read") from error

    def _checked(self) -> str:
        if set(self._doc.keys()) != {ROOT} or _as_map(self.state):
            raise Unacceptable("it touches something else than the text")
        text = self.text
        # The length of the root is counted in bytes of UTF-8; whatever else is in it counts there and not in the text.
        if len(self._text) != len(text.encode()) or any(marks for _, marks in self._text.diff()):
            raise Unacceptable("it brings something else than characters")
        if len(text) > LONGEST or len(self.state) > LARGEST:
            raise Unacceptable("the text is too long", too_large=True)
        if not texts.is_clean(text):
            raise Unacceptable("it brings characters that nobody can see")
        return text


def _as_map(state: bytes) -> list[str]:
    """Return the keys that the root holds beside the text."""
    doc: Doc[Map[object]] = Doc()
    root = doc.get(ROOT, type=Map)
    doc.apply_update(state)
    return [*root.keys()]


def _clocks(vector: bytes) -> dict[int, int]:
    """Read a Yjs state vector: pairs of client id and clock, after their number."""
    numbers = [*_numbers(vector)]
    return dict(zip(numbers[1::2], numbers[2::2], strict=True))


def _begins(update: bytes) -> dict[int, int]:
    """Return at which clock the first author's part of an update begins: their number, then of the first how much, who, from where."""
    match [*islice(_numbers(update), 4)]:
        case [authors, _, client, clock] if authors:
            return {client: clock}
        case _:
            return {}


def _numbers(data: bytes) -> Iterator[int]:
    """Yield the whole numbers that `data` begins with, seven bits a byte, the least first."""
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:  # noqa: PLR2004 (the last byte of a number)
            yield value
            value = shift = 0
