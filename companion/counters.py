"""What the program counts of itself: plain numbers, read when somebody asks for them.

Nothing here is about a person, a text or a choice. Each number is added to by one thread; with the `threading` engine two
may add at the same moment, and one of them is lost.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

WATCH_SECONDS: Final = 0.05
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_COMMANDS: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0)


class Histogram:
    """How many values were at most as large as each bound, and their sum; `counts` has one more, for larger ones."""

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def add(self, value: float) -> None:
        """Count a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Something that is looked up when it is asked for: a number, or one for each value of `label`.

    `rises` says that it only grows while the program runs. A number that is not known is not told.
    """

    name: str
    explanation: str
    read: Callable[[], float | Mapping[str, float] | None]
    label: str = ""
    rises: bool = False


class Counters:
    """All that is counted, and all that can be looked up."""

    def __init__(self) -> None:
        self.commands: Counter[str] = Counter()
        self.commit_seconds = Histogram(_SECONDS)
        self.batch_commands = Histogram(_COMMANDS)
        self.loop_gap_seconds = Histogram(_SECONDS)
        self.readings: list[Reading] = []
        self.offer("commands", "Commands by outcome: ok, or the refusal.", lambda: self.commands, "outcome", rises=True)

    def offer(
        self,
        name: str,
        explanation: str,
        read: Callable[[], float | Mapping[str, float] | None],
        label: str = "",
        *,
        rises: bool = False,
    ) -> None:
        """Have `read` called whenever somebody asks; see `Reading`."""
        self.readings.append(Reading(name=name, explanation=explanation, read=read, label=label, rises=rises))

    def committed(self, commands: int, seconds: float) -> None:
        """Count a batch that was written, or could not be, in so many seconds; called by the committer's thread."""
        self.batch_commands.add(commands)
        self.commit_seconds.add(seconds)

    def watch_the_loop(self, sleep: Callable[[float], None], steady: Callable[[], float]) -> None:
        """Measure for ever how much later than it asked for a task is woken."""
        while True:
            began = steady()
            sleep(WATCH_SECONDS)
            self.loop_gap_seconds.add(max(0.0, steady() - began - WATCH_SECONDS))
