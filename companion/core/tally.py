"""Counting answers, one at a time: a ballot costs the same with a hundred voters and ten thousand."""

from collections.abc import Iterable

from companion.core.events import Option
from companion.core.polling import Poll, Tally


def none_yet(options: Iterable[Option]) -> Tally:
    """Return a tally of nothing."""
    return {option.id: 0 for option in options}


def from_box(counts: Iterable[tuple[str, int]]) -> Tally:
    """Return the tally of what was in the box of a secret poll."""
    return dict(counts)


def moved(tally: Tally, before: str | None, after: str) -> Tally:
    """Return the tally after an answer went from option `before` (None: there was none) to option `after`."""
    found = dict(tally)
    if before is not None:
        found[before] -= 1
    found[after] = found.get(after, 0) + 1
    return found


def total(poll: Poll) -> dict[str, int]:
    """Return the answers from the app and the hands in the room together, by option in the poll's order."""
    room = dict(poll.room_tally.counts) if poll.room_tally else {}
    return {option.id: poll.tally[option.id] + room.get(option.id, 0) for option in poll.options}
