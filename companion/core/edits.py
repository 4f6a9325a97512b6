"""One change of a text, and the smallest one between two."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """From character `at` on, `gone` characters were replaced by `came`."""

    at: int
    gone: int
    came: str

    def of(self, text: str) -> str:
        """Return `text` changed so."""
        return text[: self.at] + self.came + text[self.at + self.gone :]


def difference(before: str, after: str) -> Edit:
    """Return the smallest edit that makes `after` of `before`."""
    most = min(len(before), len(after))
    at = _alike(most, lambda many: before[:many] == after[:many])
    tail = _alike(most - at, lambda many: not many or before[-many:] == after[-many:])
    return Edit(at=at, gone=len(before) - at - tail, came=after[at : len(after) - tail])


def _alike(most: int, so_many: Callable[[int], bool]) -> int:
    """Return the largest number up to `most` for which it is so; what is so of a number is so of all smaller ones."""
    return bisect_left(range(most), True, key=lambda many: not so_many(many + 1))  # noqa: FBT003 (what is looked for)
