"""The answers to a recorded poll by stakeholder group, by attendance and by region.

An answer counts where the person who gave it was when the poll opened, as the delegation is copied then: whoever is
corrected or moves while it is open does not move an answer. Where another member changes a delegation's answer, it counts
where that member was. Kept one answer at a time, so that a ballot costs the same however many answered before.
"""

from collections.abc import Iterator
from typing import Final

from companion.core.people import Attendance, Person
from companion.core.polling import Answer, Breakdown, Poll, Tally
from companion.core.reckoned import Dimension

DIMENSIONS: Final = (Dimension.GROUP, Dimension.ATTENDANCE, Dimension.REGION)
NOT_SAID: Final = ""
"""Stands for the group or the region of whoever has none."""

_NONE: Final[Tally] = {}
_VALUES: Final = {each: each.value for each in Attendance}


def with_answer(poll: Poll, before: Answer | None, after: Answer) -> Breakdown:
    """Return the breakdown of `poll` after a unit's answer went from `before` (None: there was none) to `after`."""
    found = dict(poll.breakdown)
    if before is not None:
        for part in values_of(poll.known[before.person]):
            found[part] = {**found[part], before.option: found[part][before.option] - 1}
    for part in values_of(poll.known[after.person]):
        counts = found.get(part, _NONE)
        found[part] = {**counts, after.option: counts.get(after.option, 0) + 1}
    return found


def values_of(person: Person) -> Iterator[tuple[Dimension, str]]:
    """Yield where the answers of a person count, one value for each dimension."""
    yield Dimension.GROUP, person.group or NOT_SAID
    yield Dimension.ATTENDANCE, _VALUES[person.attendance]
    yield Dimension.REGION, person.region or NOT_SAID
