"""The patches of late, for those who were away for a moment."""

from collections import deque
from collections.abc import Mapping
from typing import Final

from companion.audiences.audience import Audience
from companion.audiences.maps import Patch
from companion.audiences.views import Value

MOST_CHARACTERS: Final = 4_000_000
"""Of texts, of which each patch that follows somebody's typing has the whole: up to four bytes each in memory."""


class Ring:
    """The last `most` changes of a session, of all audiences; fewer where they hold long texts."""

    def __init__(self, seq: int, most: int) -> None:
        self._base = seq
        self._most = most
        self._changes: deque[tuple[int, Mapping[Audience, Patch], int]] = deque()
        self._characters = 0

    def add(self, seq: int, patches: Mapping[Audience, Patch]) -> None:
        """Keep the change that led to `seq`."""
        characters = sum(_characters(value) for value in patches[Audience.STAFF].set.values())
        self._changes.append((seq, patches, characters))
        self._characters += characters
        while len(self._changes) > self._most or self._characters > MOST_CHARACTERS:
            self._base, _, gone = self._changes.popleft()
            self._characters -= gone

    def since(self, seq: int, audience: Audience) -> list[tuple[int, Patch]] | None:
        """Return an audience's patches after `seq`, in order, or None where the ring does not reach back so far."""
        newest = self._changes[-1][0] if self._changes else self._base
        if not self._base <= seq <= newest:
            return None
        return [(at, patches[audience]) for at, patches, _ in self._changes if at > seq and patches[audience]]


def _characters(value: Value) -> int:
    text = value.get("text") if isinstance(value, Mapping) else None
    return len(text) if isinstance(text, str) else 0
