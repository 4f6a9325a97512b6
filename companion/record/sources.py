"""From which entries of the journal come what a record tells in its lists."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


class Sources:
    """Remembers, for each list of a record, the numbers of the entries that its items come from."""

    def __init__(self) -> None:
        self._found: dict[str, dict[int, list[int]]] = {}

    def keep(self, of: str, told: Iterable[tuple[int, T]]) -> tuple[T, ...]:
        """Return the items of the list `of`, each given with its entry's number, and remember where they come from."""
        items = []
        found = self._found.setdefault(of, {})
        for index, (seq, item) in enumerate(told):
            found.setdefault(seq, []).append(index)
            items.append(item)
        return tuple(items)

    def indices(self, of: str, seq: int) -> tuple[int, ...]:
        """Return which items of a list come from the entry."""
        return tuple(self._found.get(of, {}).get(seq, ()))

    def find(self, seq: int, lists: Iterable[str]) -> tuple[str, int] | None:
        """Return the first of the lists that tells the entry, and where; None if none does."""
        return next(((of, found[0]) for of in lists if (found := self.indices(of, seq))), None)
