"""Text from people, made clean; and the one seam to the HTML sanitizer.

Plain text is kept as typed, except for what nobody can see and what could make it read otherwise than it is written:
control characters, bidirectional overrides, halves of characters. It is shown as text, never as HTML. HTML exists only
where it leaves the house (a record, a description from an import), cleaned to a small set of tags.
"""

import re
import unicodedata
from functools import partial

import bleach
from bleach.linkifier import LinkifyFilter

# Control characters but tab and line feed; bidirectional embeddings, overrides and isolates; interlinear annotations;
# tags; the byte order mark; halves of surrogate pairs; what is no character.
_HAZARDS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_WHITE = re.compile(r"\s+")
# One line that is clean as it is, as identifiers and most short answers are.
_CLEAN_LINE = re.compile("[!-~]+(?: [!-~]+)*")
_TRAILING_WHITE = re.compile(r"[^\S\n]+(?=\n|\Z)")

# At the edges these do nothing, or change how the text beside them reads.
_EDGES = " \t\n\u00a0\u200b\u200e\u200f\u2060\u061c"

# Unicode's stream-safe format (UAX 15): more marks on one letter occur in no language, and are slow to normalise.
_MOST_MARKS = 30

# Show nothing though they count as letters or symbols: Hangul fillers and the empty Braille cell.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Mn", "Me", "Zs", "Zl", "Zp"})

# NFC can make one character three, and removing hazards can make a text shorter.
_RAW_FACTOR = 4

_TAGS = frozenset({"a", "blockquote", "br", "em", "li", "ol", "p", "strong", "ul"})
_SCHEMES = frozenset({"http", "https", "mailto"})


class TooLong(ValueError):  # noqa: N818 (a state of affairs)
    """A text is longer than `most` characters."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most} characters are possible here")
        self.most = most


def clean_line(text: str, *, most: int) -> str:
    """Return `text` as one clean line, "" if it would show nothing; raise `TooLong` above `most` characters."""
    if len(text) <= most and _CLEAN_LINE.fullmatch(text):
        return text
    line = _WHITE.sub(" ", _clean(text, most)).strip(_EDGES)
    return _within(line if _shows(line) else "", most)


def clean_text(text: str, *, most: int) -> str:
    """Return `text` clean, lines ended by a line feed, "" if it would show nothing; raise `TooLong` above `most`."""
    lines = _TRAILING_WHITE.sub("", _clean(text, most)).strip(_EDGES)
    return _within(lines if _shows(lines) else "", most)


def is_clean(text: str) -> bool:
    """Return whether nothing would have to be removed from `text`: for edits that are refused, not mended."""
    return _HAZARDS.search(text) is None


def clean_html(html: str, *, most: int) -> str:
    """Return `html` with a small set of tags, all else removed, and with addresses made into links.

    Slow (milliseconds, more for nested tags): never on the loop. Raises `TooLong` above `most` characters.
    """
    _within(html, most)
    cleaner = bleach.Cleaner(
        tags=_TAGS,
        attributes={"a": ["href"]},
        protocols=_SCHEMES,
        strip=True,
        filters=[partial(LinkifyFilter, callbacks=[_link])],
    )
    return str(cleaner.clean(_HAZARDS.sub("", _LINE_ENDS.sub("\n", html))))


def _clean(text: str, most: int) -> str:
    if len(text) > most * _RAW_FACTOR:
        raise TooLong(most)
    printable = _HAZARDS.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _thin_out_marks(printable))


def _thin_out_marks(text: str) -> str:
    if text.isascii():
        return text
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _shows(text: str) -> bool:
    return any(unicodedata.category(each) not in _INVISIBLE and each not in _BLANKS for each in text)


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise TooLong(most)
    return text


def _link(attributes: dict[tuple[str | None, str], str], new: bool = False) -> dict[tuple[str | None, str], str]:  # noqa: FBT001, FBT002, ARG001 - bleach's signature
    attributes[(None, "rel")] = "nofollow noopener noreferrer"
    return attributes
