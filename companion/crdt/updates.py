"""What stands in a Yjs update (version 1) of a plain text: which characters came, between which others, and which are deleted.

A character is known by its author's Yjs client id and the author's clock, which counts halves of UTF-16: a character beyond
the first 65,536 is two. Only what a text has can be read: strings, and stretches that were deleted since.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple

ROOT: Final = "text"
_DELETED, _STRING = 1, 4
_HAS_RIGHT, _HAS_LEFT = 64, 128
_BY_NAME: Final = 1
_BEYOND: Final = "\uffff"
"""The last character that is one half; all greater ones are two."""


class Unreadable(ValueError):  # noqa: N818 (a state of affairs: whoever reads it asks the library)
    """Bytes that are no update, or one of something else than a plain text."""


class Letter(NamedTuple):
    """One half of UTF-16: who wrote it, and when by their clock."""

    client: int
    clock: int


class Stretch(NamedTuple):
    """Halves that follow each other by their author's clock, from `clock` on."""

    client: int
    clock: int
    length: int

    @property
    def end(self) -> int:
        """Return the clock after it."""
        return self.clock + self.length


class Written(NamedTuple):
    """A stretch that was written between two letters, or at the beginning or end (None); `text` is None once it is deleted."""

    client: int
    clock: int
    length: int
    left: Letter | None
    right: Letter | None
    text: str | None

    @property
    def end(self) -> int:
        """Return the clock after it."""
        return self.clock + self.length


class Update(NamedTuple):
    """What was written, each author's in order and together, and what was deleted."""

    written: tuple[Written, ...]
    deleted: tuple[Stretch, ...]


def halves(text: str) -> int:
    """Return the length of `text` in halves of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def second_halves(text: str) -> list[int]:
    """Return the places, in halves, at which the second half of a character stands."""
    if text.isascii():
        return []
    at, places = 0, []
    for character in text:
        at += 1
        if character > _BEYOND:
            places.append(at)
            at += 1
    return places


def read(data: bytes) -> Update:
    """Return what stands in an update; raise `Unreadable` if that is anything but a plain text's, or goes on behind its end."""
    reader = _Reader(data)
    try:
        written = tuple(each for _ in range(reader.number()) for each in reader.of_one_author())
        deleted = tuple(each for _ in range(reader.number()) for each in reader.deleted_of_one_author())
    except (IndexError, UnicodeDecodeError) as error:
        raise Unreadable("it ends too early, or is no text") from error
    if reader.at != len(data):
        raise Unreadable("it goes on behind its end")
    return Update(written, deleted)


def write(update: Update) -> bytes:
    """Return the bytes of an update."""
    authors = [[*own] for _, own in groupby(update.written, key=lambda each: each.client)]
    data = bytearray(_number(len(authors)))
    for own in authors:
        data += _number(len(own)) + _number(own[0].client) + _number(own[0].clock)
        for each in own:
            data += _written(each)
    clients = [[*own] for _, own in groupby(update.deleted, key=lambda each: each.client)]
    data += _number(len(clients))
    for gone in clients:
        data += _number(gone[0].client) + _number(len(gone))
        for stretch in gone:
            data += _number(stretch.clock) + _number(stretch.length)
    return bytes(data)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def number(self) -> int:
        """Read a whole number: seven bits a byte, the least first."""
        value = shift = 0
        while True:
            byte = self._data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if byte < 128:  # noqa: PLR2004 (the last byte of a number)
                return value
            shift += 7
            if shift > 63:  # noqa: PLR2004 (nothing that is counted here is as large)
                raise Unreadable("a number without an end")

    def of_one_author(self) -> Iterable[Written]:
        many, client, clock = self.number(), self.number(), self.number()
        for _ in range(many):
            written = self._written(client, clock)
            yield written
            clock = written.end

    def deleted_of_one_author(self) -> Iterable[Stretch]:
        client = self.number()
        for _ in range(self.number()):
            yield Stretch(client, self.number(), self.number())

    def _written(self, client: int, clock: int) -> Written:
        info = self._data[self.at]
        self.at += 1
        left = Letter(self.number(), self.number()) if info & _HAS_LEFT else None
        right = Letter(self.number(), self.number()) if info & _HAS_RIGHT else None
        if left is None and right is None and (self.number() != _BY_NAME or self._string() != ROOT):
            raise Unreadable("something else than the text is written into")
        match info & ~(_HAS_LEFT | _HAS_RIGHT):
            case kind if kind == _STRING:
                text = self._string()
                return Written(client, clock, halves(text), left, right, text)
            case kind if kind == _DELETED:
                return Written(client, clock, self.number(), left, right, None)
            case _:
                raise Unreadable("something else than characters")

    def _string(self) -> str:
        length = self.number()
        data = self._data[self.at : self.at + length]
        if len(data) < length:
            raise Unreadable("a text without an end")
        self.at += length
        return data.decode()


def _written(each: Written) -> bytes:
    kind = _DELETED if each.text is None else _STRING
    info = kind | (_HAS_LEFT if each.left else 0) | (_HAS_RIGHT if each.right else 0)
    data = bytearray((info,))
    for letter in (each.left, each.right):
        if letter is not None:
            data += _number(letter.client) + _number(letter.clock)
    if each.left is None and each.right is None:
        data += _number(_BY_NAME) + _string(ROOT)
    return bytes(data) + (_number(each.length) if each.text is None else _string(each.text))


def _string(text: str) -> bytes:
    data = text.encode()
    return _number(len(data)) + data


def _number(value: int) -> bytes:
    if value < 128:  # noqa: PLR2004 (one byte)
        return bytes((value,))
    data = bytearray()
    while value > 127:  # noqa: PLR2004 (seven bits a byte)
        data.append(value & 127 | 128)
        value >>= 7
    data.append(value)
    return bytes(data)
