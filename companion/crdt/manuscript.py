"""A text that several people write at once: what comes is tried, and told as an update and as an edit of the plain text.

No client's bytes get into a document that is kept, or into the journal. What somebody types who has the whole text before
them is read letter by letter and written anew (`updates`, `succession`); anything else is tried on copies, and what is taken
is what the copy then says has changed, which holds nothing that waits for something else. Either way what is taken names what
it deletes itself, and not what was deleted before.
"""

import contextlib
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Final

from pycrdt import Doc, Map, Text

from companion import text as texts
from companion.core.edits import Edit, difference
from companion.crdt import updates
from companion.crdt.succession import Succession, seconds_of
from companion.crdt.updates import ROOT, Stretch, Unreadable, Update

LONGEST: Final = 20_000
"""Characters of a text."""
LARGEST: Final = 1_000_000
"""Bytes of a document with all that was ever deleted from it."""
_OURS: Final = 1
"""The Yjs client id under which the server writes; no client may write under it."""
_MOST_AT_ONCE: Final = 100_000
"""How far an update may move its author's clock: more characters than one can hold."""
_GROWS_AT_MOST: Final = 4
"""By how many times an update's own size a document can grow with it, since it may divide what was one piece."""
_READ_ANEW_AFTER: Final = 1_000
"""Updates, most of them letters: a document that was read at once has fewer pieces than one that grew."""
_SIGNS: Final = 0xD000
"""How many signs there are to mark the pieces of a document with, each one half of UTF-16."""


class Pending(Exception):  # noqa: N818 (a state of affairs: its author sends more)
    """An update came before one that it builds on."""


class Unacceptable(Exception):  # noqa: N818 (a state of affairs: the reason of a refusal)
    """An update that is none, or would make of the document what it must not be; `too_large` says that it is only too much."""

    def __init__(self, why: str, *, too_large: bool = False) -> None:
        super().__init__(why)
        self.too_large = too_large


@contextlib.contextmanager
def _no_panic() -> Iterator[None]:
    """Make `Unacceptable` of what the library does at some bytes, which is no `Exception`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise Unacceptable("no update can be read") from error


class _Document:
    """A Yjs document with one text."""

    def __init__(self, *updates_: bytes) -> None:
        self._doc: Doc[Text] = Doc(client_id=_OURS)
        self._text = self._doc.get(ROOT, type=Text)
        self._plain: str | None = None
        for update in updates_:
            self._doc.apply_update(update)

    @property
    def text(self) -> str:
        if self._plain is None:
            self._plain = str(self._text)
        return self._plain

    @property
    def state(self) -> bytes:
        return self._doc.get_update()

    @property
    def vector(self) -> bytes:
        return self._doc.get_state()

    @property
    def clocks(self) -> dict[int, int]:
        return _clocks(self.vector)

    def since(self, vector: bytes) -> bytes:
        """Return all that was written since, and all that was ever deleted."""
        with _no_panic():
            return self._doc.get_update(vector)

    def apply(self, update: bytes) -> None:
        self._plain = None
        with _no_panic():
            self._doc.apply_update(update)

    def write(self, edit: Edit, before: str) -> None:
        self._plain = None
        start = len(before[: edit.at].encode())
        end = start + len(before[edit.at : edit.at + edit.gone].encode())
        with self._doc.transaction():
            if end > start:
                del self._text[start:end]
            if edit.came:
                self._text.insert(start, edit.came)

    def check(self) -> None:
        """Raise `Unacceptable` where it holds anything but a clean text that is short enough."""
        state = self.state
        if set(self._doc.keys()) != {ROOT} or _as_map(state):
            raise Unacceptable("it touches something else than the text")
        text = self.text
        # The length of the root is counted in bytes of UTF-8; whatever else is in it counts there and not in the text.
        if len(self._text) != len(text.encode()) or any(marks for _, marks in self._text.diff()):
            raise Unacceptable("it brings something else than characters")
        if len(state) > LARGEST:
            raise Unacceptable("the document is too large", too_large=True)
        _check(text, text)

    def is_as(self, other: "_Document") -> bool:
        return (self.text, self.clocks) == (other.text, other.clocks)


class Manuscript:
    """One shared text. Not safe for threads: its owner holds a lock.

    There is one document, since each takes some 200 bytes a piece: what is tried is written into it. If something else is taken
    then, or nothing, it is made anew of what was taken.
    """

    def __init__(self, state: bytes | None = None) -> None:
        self._document = _Document() if state is None else _Document(state)
        self._taken = [self._document.state]
        """The updates that the document is made of, without what is only tried."""
        self._text = self._document.text
        self._tried: bytes | None = None
        """What is in the document and was not taken yet; empty where that is not known."""
        self._succession: Succession | None = None
        self._most_bytes = LARGEST + 1
        """How many bytes `state` may have by now at most, before it is counted again."""

    @property
    def text(self) -> str:
        """Return the plain text."""
        return self._text

    @property
    def state(self) -> bytes:
        """Return the whole document as one update."""
        return self._as_taken().state

    @property
    def clocks(self) -> dict[int, int]:
        """Return the clock of each Yjs client that wrote here."""
        return self._as_taken().clocks

    def take(self, update: bytes) -> None:
        """Merge an update that `rewritten` or `merged` returned, here or elsewhere.

        A document that was read and one that grew can differ in how they take what is malformed: where the library had to
        decide, all are as read.
        """
        news = self._news(_readable(update))
        if news is None:
            self._become(_Document(self.state, update))
            self._succession, self._most_bytes = None, LARGEST + 1
            return
        if self._tried != update:
            self._as_taken().apply(update)
        self._tried = None
        self._text = self._document.text
        self._order.take(news)
        self._most_bytes += _GROWS_AT_MOST * len(update)
        self._taken.append(update)
        if len(self._taken) > _READ_ANEW_AFTER:
            self._become(_Document(self.state))

    def rewritten(self, text: str) -> bytes:
        """Return the update that makes `text` of it by the smallest edit, so that what others write meanwhile merges."""
        order, document, before = self._order, self._as_taken(), self.text
        vector = document.vector
        self._tried = b""
        document.write(difference(before, text), before)
        self._tried = _own(document.since(vector), order)
        return self._tried

    def merged(self, update: bytes, *, client: int, clock: int) -> tuple[bytes, Edit] | None:
        """Return what a client's update changes, as an update and as an edit of the text; None where it was merged before.

        `client` and `clock` are the author's Yjs client id, and its clock after the update. Raises `Pending` and
        `Unacceptable`; the document stays as it is.
        """
        if client == _OURS:
            raise Unacceptable("this client id is the server's")
        read = _readable(update)
        news = self._news(read)
        if news is None or {each.client for each in news.written} - {client}:
            return self._judged(update, read, client=client, clock=clock)
        was = self._order.clock(client)
        _check_clock(clock, was=was, now=news.written[-1].end if news.written else was)
        return self._beyond_question(news) if any(news) else None

    def _beyond_question(self, news: Update) -> tuple[bytes, Edit]:
        """Try what has but one place, and is no more than its author's."""
        changes, document = updates.write(news), self._as_taken()
        if self._most_bytes + _GROWS_AT_MOST * len(changes) > LARGEST:
            self._most_bytes = len(document.state)
            if self._most_bytes + len(changes) > LARGEST:
                raise Unacceptable("the document is too large", too_large=True)
        self._tried = changes
        document.apply(changes)
        now = document.text
        edit = difference(self.text, now)
        _check(now, edit.came)
        return changes, edit

    def _judged(self, update: bytes, read: Update | None, *, client: int, clock: int) -> tuple[bytes, Edit] | None:
        """Try an update on copies, and have the library say what it means."""
        document = self._as_taken()
        state, vector = document.state, document.vector
        copy = _Document(state)
        copy.apply(update)
        was, now = self.clocks, copy.clocks
        late = any(each.end > now.get(each.client, 0) for each in (read.deleted if read else ()))
        if late or _begins(update).get(client, 0) > was.get(client, 0):
            raise Pending
        _check_clock(clock, was=was.get(client, 0), now=now.get(client, 0))
        if {**was, client: 0} != {**now, client: 0}:
            raise Unacceptable("it brings what was typed by somebody else")
        if copy.is_as(document):
            return None
        changes = _own(copy.since(vector), self._order)
        after = _Document(state)
        after.apply(changes)
        if not after.is_as(copy) or not after.is_as(_Document(after.state)):
            raise Unacceptable("it means one thing here and another there")
        after.check()
        everything = after.state
        if not _succession(everything).keeps(updates.read(changes).written, updates.read(everything).written):
            raise Unacceptable("its author cannot have written it there")
        return changes, difference(self.text, after.text)

    def _as_taken(self) -> _Document:
        """Return the document without what was only tried."""
        if self._tried is not None:
            self._document, self._tried = _Document(*self._taken), None
        return self._document

    def _become(self, document: _Document) -> None:
        """Go on with another document, which takes less for its pieces where it was read at once."""
        self._document, self._text, self._taken = document, document.text, [document.state]

    def _news(self, read: Update | None) -> Update | None:
        return None if read is None else self._order.news(read)

    @property
    def _order(self) -> Succession:
        if self._succession is None:
            self._succession = _succession(self.state)
        return self._succession


def state_of(entries: Iterable[bytes | str], state: bytes | None = None) -> bytes:
    """Return the state of a document after updates that were taken before, and after whole texts that came without one."""
    document = _Document() if state is None else _Document(state)
    for entry in entries:
        if isinstance(entry, str):
            manuscript = Manuscript(document.state)
            document.apply(manuscript.rewritten(entry))
        else:
            document.apply(entry)
    return document.state


def _own(changes: bytes, order: Succession) -> bytes:
    """Return changes that name what they delete themselves, and not what was deleted before."""
    read = _readable(changes)
    if read is None:
        raise Unacceptable("it brings something else than characters")
    own = Update(read.written, order.new_deleted(read.deleted))
    if order.divides(own):
        raise Unacceptable("it divides a character")
    return updates.write(own)


def _check(text: str, came: str) -> None:
    if len(text) > LONGEST:
        raise Unacceptable("the text is too long", too_large=True)
    if not texts.is_clean(came):
        raise Unacceptable("it brings characters that nobody can see")


def _check_clock(clock: int, *, was: int, now: int) -> None:
    """Raise `Pending` or `Unacceptable` unless an update that moves its author's clock from `was` to `now` may say so."""
    if now < clock:
        raise Pending
    if now > was and (clock != now or now - was > _MOST_AT_ONCE):
        raise Unacceptable("it brings more than it says")


def _readable(update: bytes) -> Update | None:
    try:
        return updates.read(update)
    except Unreadable:
        return None


def _succession(state: bytes) -> Succession:
    """Find the order of all letters of a document, the deleted ones too: have the library put signs in the place of each piece.

    Raises `Unacceptable` where it holds something else than characters.
    """
    whole = _readable(state)
    if whole is None:
        raise Unacceptable("it brings something else than characters")
    digits = 1 + len(whole.written) // _SIGNS
    shown = [_with_signs(whole, digit).text for digit in range(digits)]
    seen, order = [0] * len(whole.written), []
    for signs, letters in groupby(zip(*shown, strict=True)):
        number = sum((ord(sign) - 1) * _SIGNS**digit for digit, sign in enumerate(signs))
        piece, length = whole.written[number], sum(1 for _ in letters)
        order.append(Stretch(piece.client, piece.clock + seen[number], length))
        seen[number] += length
    return Succession(order, whole.deleted, (second for piece in whole.written for second in seconds_of(piece)))


def _with_signs(whole: Update, digit: int) -> _Document:
    """Return a document with nothing deleted, in which each letter is a digit of its piece's number."""
    signs = (chr(number // _SIGNS**digit % _SIGNS + 1) for number in range(len(whole.written)))
    written = (piece._replace(text=sign * piece.length) for piece, sign in zip(whole.written, signs, strict=True))
    return _Document(updates.write(Update(tuple(written), ())))


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
