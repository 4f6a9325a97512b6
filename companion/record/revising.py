"""What was taken out of a text and put in, from one version to the next, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from companion.record.model_documents import Change, Edit

# Chinese and its neighbours write no spaces: there each character is a word.
_WORDS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|[^\w\s]")
_MOST_COMPARISONS: Final = 1_000_000


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """Return the pieces of both texts in order: without those put in they are `before`, without those taken out `after`."""
    return tuple(Edit(change=change, text=text) for change, text in _joined(before, after) if text)


def _joined(before: str, after: str) -> Iterator[tuple[Change, str]]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    first = _same(old, new)
    last = _same(old[first:][::-1], new[first:][::-1])
    yield Change.KEPT, "".join(old[:first])
    yield from _between(old[first : len(old) - last], new[first : len(new) - last])
    yield Change.KEPT, "".join(old[len(old) - last :])


def _same(old: list[str], new: list[str]) -> int:
    """Return how many words are the same from the beginning on."""
    return next(
        (index for index, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )


def _between(old: list[str], new: list[str]) -> Iterator[tuple[Change, str]]:
    if len(old) * len(new) > _MOST_COMPARISONS:
        yield Change.TAKEN_OUT, "".join(old)
        yield Change.PUT_IN, "".join(new)
        return
    for what, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Change.KEPT, "".join(old[i:j])
        else:
            yield Change.TAKEN_OUT, "".join(old[i:j])
            yield Change.PUT_IN, "".join(new[m:n])
