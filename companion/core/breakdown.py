"""The answers to a recorded poll by stakeholder group, by attendance and by region.

An answer counts where the person who gave it was when the poll opened, as the delegation is copied then: whoever is
corrected or moves while it is open does not move an answer. Where another member changes a delegation's answer, it counts
where that member was. Kept one answer at a time, so that a ballot costs the same however many answered before.
"""

from __future__ import annotations  # HashTrieMap cannot be subscripted at run time

from collections.abc import Iterator
from typing import Final

from rpds import HashTrieMap

from companion.core.people import Person
from companion.core.polling import Answer, Breakdown, Poll
from companion.core.reckoned import Dimension

DIMENSIONS: Final = (Dimension.GROUP, Dimension.ATTENDANCE, Dimension.REGION)
NOT_SAID: Final = ""
"""Stands for the group or the region of whoever has none."""

_NONE: Final[HashTrieMap[str, int]] = HashTrieMap()


def with_answer(poll: Poll, before: Answer | None, after: Answer) -> Breakdown:
    """Return the breakdown of `poll` after a unit's answer went from `before` (None: there was none) to `after`."""
    found = poll.breakdown
    if before is not None:
        found = _moved(found, poll, before, -1)
    return _moved(found, poll, after, 1)


def values_of(person: Person) -> Iterator[tuple[Dimension, str]]:
    """Yield where the answers of a person count, one value for each dimension."""
    yield Dimension.GROUP, person.group or NOT_SAID
    yield Dimension.ATTENDANCE, person.attendance.value
    yield Dimension.REGION, person.region or NOT_SAID


def _moved(found: Breakdown, poll: Poll, answer: Answer, by: int) -> Breakdown:
    for part in values_of(poll.known[answer.person]):
        counts = found.get(part, _NONE)
        found = found.insert(part, counts.insert(answer.option, counts.get(answer.option, 0) + by))
    return found
