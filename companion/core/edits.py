"""One change of a text, and the smallest one between two."""

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
    at = next((index for index in range(most) if before[index] != after[index]), most)
    tail = 0
    while tail < most - at and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return Edit(at=at, gone=len(before) - at - tail, came=after[at : len(after) - tail])
