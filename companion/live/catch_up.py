"""The patches of late, for those who were away for a moment."""

from collections import deque
from collections.abc import Mapping

from companion.audiences.audience import Audience
from companion.audiences.maps import Patch


class Ring:
    """The last `most` changes of a session, of all audiences."""

    def __init__(self, seq: int, most: int) -> None:
        self._base = seq
        self._most = most
        self._changes: deque[tuple[int, Mapping[Audience, Patch]]] = deque()

    def add(self, seq: int, patches: Mapping[Audience, Patch]) -> None:
        """Keep the change that led to `seq`."""
        self._changes.append((seq, patches))
        while len(self._changes) > self._most:
            self._base, _ = self._changes.popleft()

    def since(self, seq: int, audience: Audience) -> list[tuple[int, Patch]] | None:
        """Return an audience's patches after `seq`, in order, or None where the ring does not reach back so far."""
        newest = self._changes[-1][0] if self._changes else self._base
        if not self._base <= seq <= newest:
            return None
        return [(at, patches[audience]) for at, patches in self._changes if at > seq and patches[audience]]
