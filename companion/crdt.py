"""The one door to pycrdt: a text that several people write at once without losing a letter (a Yjs document).

The document's root is a `Text` named `text`. Updates are Yjs updates (version 1) as any Yjs client makes and reads them.
A document is changed by the attempt to merge a bad update: after any exception it has to be thrown away.
"""

from typing import Final

from pycrdt import Doc, Text

from companion import text as texts
from companion.core.edits import Edit, difference

ROOT: Final = "text"
LONGEST: Final = 20_000
"""Characters of a text."""
LARGEST: Final = 1_000_000
"""Bytes of a document with all that was ever deleted from it."""
_OURS: Final = 1
"""The Yjs client id under which the server writes; no client may write under it."""


class Pending(Exception):  # noqa: N818 (a state of affairs: its author sends more)
    """An update came before one that it builds on."""


class Unacceptable(Exception):  # noqa: N818 (a state of affairs: the reason of a refusal)
    """An update that is none, or would make of the document what it must not be; `too_large` says that it is only too much."""

    def __init__(self, why: str, *, too_large: bool = False) -> None:
        super().__init__(why)
        self.too_large = too_large


class Manuscript:
    """One shared text. Not safe for threads: its owner holds a lock."""

    def __init__(self, state: bytes | None = None) -> None:
        self._doc: Doc[Text] = Doc(client_id=_OURS)
        self._text = self._doc.get(ROOT, type=Text)
        if state is not None:
            self._doc.apply_update(state)

    @property
    def text(self) -> str:
        """Return the plain text."""
        return str(self._text)

    @property
    def state(self) -> bytes:
        """Return the whole document as one update."""
        return self._doc.get_update()

    def write(self, text: str) -> bytes:
        """Make `text` of it by the smallest edit, so that what others write meanwhile merges; return the update."""
        before, was = self._doc.get_state(), self.text
        edit = difference(was, text)
        start = len(was[: edit.at].encode())
        end = start + len(was[edit.at : edit.at + edit.gone].encode())
        with self._doc.transaction():
            if end > start:
                del self._text[start:end]
            if edit.came:
                self._text.insert(start, edit.came)
        return self._doc.get_update(before)

    def take(self, update: bytes) -> None:
        """Merge an update that was merged once before, elsewhere."""
        self._doc.apply_update(update)

    def merge(self, update: bytes, *, client: int, clock: int) -> Edit | None:
        """Merge a client's update; return what it did to the text, or None where it was merged before.

        `client` and `clock` are the author's Yjs client id, and its clock after the update. Raises `Pending` and
        `Unacceptable`.
        """
        if client == _OURS:
            raise Unacceptable("this client id is the server's")
        was, known = self.text, self._doc.get_state()
        try:
            self._doc.apply_update(update)
        except ValueError as error:
            raise Unacceptable("no update can be read") from error
        if _clocks(self._doc.get_state()).get(client, 0) < clock:
            raise Pending
        text = self._checked()
        if text == was and self._doc.get_state() == known:
            return None
        return difference(was, text)

    def _checked(self) -> str:
        if set(self._doc.keys()) != {ROOT}:
            raise Unacceptable("it touches something else than the text")
        text = self.text
        # The length of the root is counted in bytes of UTF-8; whatever else is in it counts there and not in the text.
        if len(self._text) != len(text.encode()) or any(marks for _, marks in self._text.diff()):
            raise Unacceptable("it brings something else than characters")
        if len(text) > LONGEST or len(self._doc.get_update()) > LARGEST:
            raise Unacceptable("the text is too long", too_large=True)
        if not texts.is_clean(text):
            raise Unacceptable("it brings characters that nobody can see")
        return text


def _clocks(vector: bytes) -> dict[int, int]:
    """Read a Yjs state vector: pairs of client id and clock, as variable-length integers, after their number."""
    numbers: list[int] = []
    value = shift = 0
    for byte in vector:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:  # noqa: PLR2004 (the last byte of a number)
            numbers.append(value)
            value = shift = 0
    return dict(zip(numbers[1::2], numbers[2::2], strict=True))
