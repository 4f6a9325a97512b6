"""Where a text was hit: the text in segments, those that were asked for marked; of a long one what stands around the first."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from companion.folding import Word, words_in
from companion.store.search import Term

LENGTH: Final = 280
"""Characters of a text that are shown, cut between words."""
_BEFORE: Final = 80
_CUT: Final = "…"


def segments(text: str, terms: Sequence[Term]) -> list[dict[str, Any]]:
    """Return `text`, or a part of it, as `{text, match}` in order."""
    words = words_in(text)
    hits = [*_hits(words, terms)]
    first, last = _window(text, words, hits[0][0] if hits else 0)
    parts: list[tuple[str, bool]] = [(_CUT, False)] if first else []
    done = first
    for start, end in hits:
        if first <= start and end <= last:
            parts += [(text[done:start], False), (text[start:end], True)]
            done = end
    parts += [(text[done:last], False), (_CUT if last < len(text) else "", False)]
    return [{"text": part, "match": match} for part, match in _together(parts)]


def _hits(words: Sequence[Word], terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """Yield from where to where a term stands, in order, none over another."""
    folded = [word.folded for word in words]
    done = 0
    for at, word in enumerate(words):
        length = max((len(term.words) for term in terms if _stands_at(folded, at, term)), default=0)
        if length and word.start >= done:
            done = words[at + length - 1].end
            yield word.start, done


def _stands_at(folded: Sequence[str], at: int, term: Term) -> bool:
    found = folded[at : at + len(term.words)]
    if len(found) < len(term.words):
        return False
    whole = len(found) - 1 if term.open else len(found)
    return tuple(found[:whole]) == term.words[:whole] and (not term.open or found[-1].startswith(term.words[-1]))


def _window(text: str, words: Sequence[Word], hit: int) -> tuple[int, int]:
    if len(text) <= LENGTH:
        return 0, len(text)
    first = next((word.start for word in words if word.start >= hit - _BEFORE), hit) if hit > _BEFORE else 0
    last = max((word.end for word in words if first < word.end <= first + LENGTH), default=first + LENGTH)
    return first, len(text) if first + LENGTH >= len(text) else last


def _together(parts: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Yield the parts, those that are not marked and stand side by side as one, without empty ones."""
    plain = ""
    for part, match in parts:
        if not match:
            plain += part
            continue
        if plain:
            yield plain, False
        yield part, True
        plain = ""
    if plain:
        yield plain, False
