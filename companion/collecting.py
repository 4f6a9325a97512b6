"""When Python looks for cycles among what nobody uses any more, which holds up whatever else goes on.

What is read from a journal has none worth it, and stays: looking takes a tenth of the time of reading, and once all is open
each look at everything would take longer the more has been recorded.
"""

import contextlib
import gc
from collections.abc import Iterator
from typing import Final

YOUNG: Final = 20_000
"""So many objects more than were let go, and the young ones are looked at; by itself Python does so every 700."""


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no cycles meanwhile."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def settle() -> None:
    """Take all that there is now for what stays, and look at the young less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
