"""How often something may go out at most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from companion.audiences.audience import Audience
from companion.audiences.maps import Maps, Patch

COUNTS_EVERY_SECONDS: Final = 0.2
TEXTS_EVERY_SECONDS: Final = 1.0
"""For those who read what somebody types, and do not write themselves."""


@dataclass(slots=True)
class Pace:
    """What goes out every so many seconds at most: whether it rests, and what brings the rest."""

    seconds: float
    catch_up: Callable[[Maps], Mapping[Audience, Patch]]
    rests: bool = False
