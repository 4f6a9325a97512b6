"""Places on a list as short strings: between any two there is room for another.

A rank is a fraction in base 62 without its leading point: ASCII digits, capitals, small letters, compared as plain
text. It never ends in the lowest digit, so that there is always room before it.
"""

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


def renumbered(requests: tuple[RequestId, ...]) -> tuple[tuple[RequestId, Rank], ...]:
    """Return short ranks for `requests` in the order given, all before any that a later event will bring."""
    return tuple((request, at_the_end(place)) for place, request in enumerate(requests, start=1))
