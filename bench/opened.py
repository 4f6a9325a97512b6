"""How long a session of 100,000 events takes to open, as a row of the targets; `bench.opening` measures it."""

from typing import Final

from bench import opening
from bench.rows import Measured, Scale, at_most, number

TARGET_SECONDS: Final = 1
WHAT: Final = "opening a session with 100 000 events, nine in ten of them typed letters"


def measure(scale: Scale) -> Measured:
    """Open it a few times."""
    found = opening.measure(scale.of(100_000, 10_000))
    return Measured(
        title="Opening",
        rows=[at_most("opening", WHAT, found.open_seconds, TARGET_SECONDS, "s of CPU")],
        text=f"""\
A session of {number(found.events)} events, {number(found.keys)} of them letters typed into {found.notes} notes: it opens in {found.open_seconds:.2f} s of the
processor, and its texts are read in {found.texts_seconds:.2f} s more for the first who writes. The database has {found.database_bytes / (1 << 20):.0f} MiB.
""",
    )
