"""Square brackets: what stands between them in a text is not agreed.

They are text like any other: typed, kept and shown as they are. Those of full-width scripts mean the same.
"""

from collections.abc import Iterator
from typing import Final

_OPENING: Final = "[［"
_CLOSING: Final = "]］"


def has_brackets(text: str) -> bool:
    """Say whether a text has any square bracket, also one without its other half."""
    return any(letter in text for letter in _OPENING + _CLOSING)


def passages(text: str) -> Iterator[tuple[bool, str]]:
    """Yield a text in pieces, and of each whether it stands in brackets, these included.

    One that is never closed reaches to the end; one that was never opened is no passage.
    """
    depth = start = 0
    for place, letter in enumerate(text):
        if letter in _OPENING:
            if depth == 0 and place > start:
                yield False, text[start:place]
            start, depth = (place if depth == 0 else start), depth + 1
        elif letter in _CLOSING and depth:
            depth -= 1
            if depth == 0:
                yield True, text[start : place + 1]
                start = place + 1
    if start < len(text):
        yield depth > 0, text[start:]
