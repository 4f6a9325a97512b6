"""Counting answers, one at a time: a ballot costs the same with a hundred voters and ten thousand."""

from __future__ import annotations  # HashTrieMap cannot be subscripted at run time

from collections.abc import Iterable

from rpds import HashTrieMap

from companion.core.events import Option
from companion.core.polling import Poll


def none_yet(options: Iterable[Option]) -> HashTrieMap[str, int]:
    """Return a tally of nothing."""
    tally: HashTrieMap[str, int] = HashTrieMap()
    for option in options:
        tally = tally.insert(option.id, 0)
    return tally


def from_box(counts: Iterable[tuple[str, int]]) -> HashTrieMap[str, int]:
    """Return the tally of what was in the box of a secret poll."""
    tally: HashTrieMap[str, int] = HashTrieMap()
    for option, count in counts:
        tally = tally.insert(option, count)
    return tally


def moved(tally: HashTrieMap[str, int], before: str | None, after: str) -> HashTrieMap[str, int]:
    """Return the tally after an answer went from option `before` (None: there was none) to option `after`."""
    if before is not None:
        tally = tally.insert(before, tally[before] - 1)
    return tally.insert(after, tally[after] + 1)


def total(poll: Poll) -> dict[str, int]:
    """Return the answers from the app and the hands in the room together, by option in the poll's order."""
    room = dict(poll.room_tally.counts) if poll.room_tally else {}
    return {option.id: poll.tally[option.id] + room.get(option.id, 0) for option in poll.options}
