"""Places on a list as short strings: between any two there is room for another.

A rank is a fraction in base 62 without its leading point: ASCII digits, capitals, small letters, compared as plain
text. It never ends in the lowest digit, so that there is always room before it.
"""

from itertools import pairwise
from typing import Final

from companion.core.ids import Rank, RequestId
from companion.core.state import Places

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LONGEST: Final = 24
"""Characters; a list whose ranks would grow longer is renumbered."""

_BASE: Final = len(DIGITS)
_STEP_DIGITS: Final = 4
_STEP: Final = _BASE**2


def after_last(places: Places) -> Rank:
    """Return a rank behind all `places`, no longer than it needs to be."""
    if not places:
        return _written(_STEP, _STEP_DIGITS)
    last = places[-1][0]
    number = _read(last[:_STEP_DIGITS].ljust(_STEP_DIGITS, DIGITS[0])) + _STEP
    if number < _BASE**_STEP_DIGITS:
        return _written(number, _STEP_DIGITS)
    return between(last, None)


def between(low: Rank | None, high: Rank | None) -> Rank:
    """Return a rank strictly between `low` and `high`; None stands for the ends of the list.

    Raises:
        ValueError: there is nothing between them: the two are equal or in the wrong order.
    """
    if low is not None and high is not None and low >= high:
        message = f"nothing between {low} and {high}"
        raise ValueError(message)
    floor, ceiling = low or "", high
    prefix = ""
    while True:
        below = DIGITS.index(floor[0]) if floor else 0
        above = DIGITS.index(ceiling[0]) if ceiling else _BASE
        if above - below > 1:
            return prefix + DIGITS[(below + above) // 2]
        prefix += DIGITS[below]
        floor = floor[1:]
        ceiling = ceiling[1:] if ceiling is not None and above == below else None


def place_after(places: Places, after: RequestId | None) -> tuple[Rank | None, Rank | None]:
    """Return the ranks around the place behind `after` (None: the first place).

    Raises:
        KeyError: `after` is not among `places`.
    """
    if after is None:
        return None, places[0][0] if places else None
    for index, (rank, request) in enumerate(places):
        if request == after:
            return rank, places[index + 1][0] if index + 1 < len(places) else None
    raise KeyError(after)


def renumbered(requests: tuple[RequestId, ...]) -> tuple[tuple[RequestId, Rank], ...]:
    """Return short, evenly spread ranks for `requests` in the order given."""
    width = _STEP_DIGITS
    while _BASE**width <= 2 * len(requests):
        width += 1
    gap = max(1, min(_STEP, _BASE**width // (len(requests) + 1)))
    return tuple((request, _written((index + 1) * gap, width)) for index, request in enumerate(requests))


def in_order(places: Places) -> bool:
    """Say whether the places are sorted and without duplicates."""
    return all(one < other for one, other in pairwise(places))


def _written(number: int, width: int) -> Rank:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, _BASE)
        digits = DIGITS[digit] + digits
    return digits.rstrip(DIGITS[0]) or DIGITS[1]


def _read(rank: Rank) -> int:
    number = 0
    for digit in rank:
        number = number * _BASE + DIGITS.index(digit)
    return number
