"""An engine whose sleepers are woken by hand, so that no test waits for time to pass."""

import threading
from collections.abc import Callable
from typing import ParamSpec

from companion.engine import _Threading
from tests.live.house import SOON, Sent

P = ParamSpec("P")


class Pausing(_Threading):
    """The engine of threads, whose sleepers are woken by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.asleep = threading.Semaphore(0)
        self.woken = threading.Semaphore(0)
        self.at_rest = threading.Semaphore(0)
        """Counts the tasks that fell asleep or ended."""
        self.seconds: list[float] = []
        self.tasks: list[Sent] = []

    def spawn(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        def run() -> None:
            try:
                work(*args, **kwargs)
            finally:
                self.at_rest.release()

        self.tasks.append(Sent(run))

    def finish(self) -> None:
        """Wait for the end of all tasks."""
        for task in self.tasks:
            task.answer()

    def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.asleep.release()
        self.at_rest.release()
        assert self.woken.acquire(timeout=SOON)
