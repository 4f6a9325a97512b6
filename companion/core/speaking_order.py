"""Places on a list as short strings: between any two there is room for another.

A rank is a fraction in base 62 without its leading point: ASCII digits, capitals, small letters, compared as plain
text. It never ends in the lowest digit, so that there is always room before it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import count
from typing import Final

from companion.core.ids import Rank, RequestId

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LONGEST: Final = 24
"""Characters; a list whose ranks would grow longer is renumbered."""

_BASE: Final = len(DIGITS)
_WIDTH: Final = 6


def at_the_end(seq: int) -> Rank:
    """Return the rank of what event `seq` puts at the end of a list.

    It depends on nothing but `seq`, so it is also behind those who are away for the moment: held, speaking, withdrawn.
    They keep their place should they come back.
    """
    digits = ""
    for _ in range(_WIDTH):
        seq, digit = divmod(seq, _BASE)
        digits = DIGITS[digit] + digits
    return digits.rstrip(DIGITS[0])


def between(low: Rank | None, high: Rank) -> Rank:
    """Return a rank strictly between `low` (None: the beginning of the list) and `high`.

    Raises:
        ValueError: there is nothing between them: the two are equal or in the wrong order.
    """
    if low is not None and low >= high:
        message = f"nothing between {low} and {high}"
        raise ValueError(message)
    floor, ceiling, prefix = low or "", high, ""
    while True:
        below = DIGITS.index(floor[0]) if floor else 0
        above = DIGITS.index(ceiling[0]) if ceiling else _BASE
        if above - below > 1:
            return prefix + DIGITS[(below + above) // 2]
        prefix += DIGITS[below]
        floor = floor[1:]
        ceiling = ceiling[1:] if above == below else ""


def spread(low: Rank | None, high: Rank, many: int) -> list[Rank]:
    """Return `many` ranks in order, strictly between `low` (None: the beginning) and `high`, as short as they can be."""
    if not many:
        return []
    middle = between(low, high)
    before = (many - 1) // 2
    return [*spread(low, middle, before), middle, *spread(middle, high, many - 1 - before)]


def rearranged(
    order: Sequence[tuple[RequestId, Rank]], *, high: Rank, away: AbstractSet[Rank]
) -> tuple[tuple[RequestId, Rank], ...]:
    """Return new ranks for as few requests as possible, so that they stand in the order given.

    `order` has the requests with the ranks that they have now; `high` is above them all; `away` are ranks of those who
    may come back, which nobody else may have. Where a rank would grow too long, all are made short again.
    """
    kept = _longest_rising([rank for _, rank in order])
    moved: list[tuple[RequestId, Rank]] = []
    low: Rank | None = None
    run: list[RequestId] = []
    for place, (request, rank) in enumerate(order):
        if place not in kept:
            run.append(request)
            continue
        moved += zip(run, _free(low, rank, len(run), away), strict=True)
        low, run = rank, []
    moved += zip(run, _free(low, high, len(run), away), strict=True)
    if all(len(rank) <= LONGEST for _, rank in moved):
        return tuple(moved)
    short = (rank for place in count(1) if (rank := at_the_end(place)) not in away)
    return tuple((request, rank) for (request, _), rank in zip(order, short, strict=False))


def _free(low: Rank | None, high: Rank, many: int, away: AbstractSet[Rank]) -> list[Rank]:
    ranks: list[Rank] = []
    for wanted in spread(low, high, many):
        rank = max([wanted, *ranks[-1:]])
        while rank in away or rank in ranks[-1:]:
            rank = between(rank, high)
        ranks.append(rank)
    return ranks


def _longest_rising(ranks: Sequence[Rank]) -> set[int]:
    """Return the places of a longest rising subsequence: those who need not move."""
    tails: list[Rank] = []
    last: list[int] = []
    previous: list[int] = []
    for place, rank in enumerate(ranks):
        at = bisect_left(tails, rank)
        previous.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(rank)
            last.append(place)
        else:
            tails[at], last[at] = rank, place
    kept: set[int] = set()
    place = last[-1] if last else -1
    while place >= 0:
        kept.add(place)
        place = previous[place]
    return kept


def renumbered(requests: tuple[RequestId, ...]) -> tuple[tuple[RequestId, Rank], ...]:
    """Return short ranks for `requests` in the order given, all before any that a later event will bring."""
    return tuple((request, at_the_end(place)) for place, request in enumerate(requests, start=1))
