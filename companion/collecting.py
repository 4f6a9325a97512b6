"""When Python looks for cycles among what nobody uses any more, which holds up whatever else goes on.

What is read from a journal has none worth it, and stays: looking takes a tenth of the time of reading, and once all is open
each look at everything would take longer the more has been recorded.
"""

import contextlib
import gc
from collections.abc import Iterator


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
    """Take all that there is now for what stays."""
    gc.collect()
    gc.freeze()
