"""Text as it is searched: letters without what people leave out, in words.

Case, accents, Arabic and Hebrew vowel marks, the stretching of Arabic letters and the forms of alif make no difference. In
scripts that write no spaces between words each letter is a word of its own, and so is each Korean syllable, whose words take
endings: several in a row are then looked for as they stand.
"""

import re
import unicodedata
from typing import Final, NamedTuple

_ALONE: Final = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai and Lao, Tibetan, Burmese, Khmer, kana, Chinese characters, Korean syllables."""
_WORD: Final = re.compile(f"[{_ALONE}]|(?:[^\\W_{_ALONE}]|[\u0300-\u036f\u0900-\u0dff])+")
_IS_ALONE: Final = re.compile(f"[{_ALONE}]")
_SAME: Final = {
    "ـ": "",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ة": "ه",
    "ٱ": "ا",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
}
"""Letters that are taken for others, and do not come apart into a letter and a mark."""
# Canonical combining classes: overlays; the points of Hebrew, Arabic and Syriac; all that stands above, below and beside.
# Not the vowel signs and voicing marks of Indic scripts, Thai and kana, which make another word.
_OVERLAY: Final = 1
_POINTS: Final = range(10, 37)
_FIRST_ATTACHED: Final = 200


class Word(NamedTuple):
    """A word of a text, from `start` to before `end`; `alone`: a letter of a script that writes no spaces."""

    start: int
    end: int
    folded: str
    alone: bool


class _Folds(dict[int, str]):
    """What each character becomes, found out once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        return folded


def fold(text: str) -> str:
    """Return `text` as it is compared."""
    return text.translate(_FOLDS)


def words_of(text: str) -> list[str]:
    """Return the words of `text` as they are compared, in order."""
    return _WORD.findall(fold(text))


def words_in(text: str) -> list[Word]:
    """Return the words of `text` with their places in it."""
    starts: list[int] = []
    for index, letter in enumerate(text):
        starts += [index] * len(_FOLDS[ord(letter)])
    found = ((each.start(), each.end(), each[0]) for each in _WORD.finditer(fold(text)))
    return [
        Word(starts[first], _past(text, starts[last - 1]), folded, _IS_ALONE.match(folded) is not None)
        for first, last, folded in found
    ]


def _past(text: str, last: int) -> int:
    """Return where the letter at `last` ends, with the marks that belong to it."""
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _fold(letter: str) -> str:
    if unicodedata.category(letter) == "Cf":
        return ""
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    apart = unicodedata.normalize("NFKD", _SAME.get(letter, letter).casefold())
    kept = unicodedata.normalize("NFC", "".join(each for each in apart if not _is_left_out(each)))
    return "".join(_SAME.get(each, each) for each in kept.casefold())


def _is_left_out(mark: str) -> bool:
    kind = unicodedata.combining(mark)
    return kind == _OVERLAY or kind in _POINTS or kind >= _FIRST_ATTACHED or "\ufe00" <= mark <= "\ufe0f"


_FOLDS: Final = _Folds()
