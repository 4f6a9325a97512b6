"""Engines whose tasks are woken, and ended, by hand, so that no test waits for time to pass."""

import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from companion.engine import Event, _ThreadEvent, _Threading
from tests.live.house import SOON, Sent

P = ParamSpec("P")
T = TypeVar("T")


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


class Ended(BaseException):
    """What a task meets that is ended from outside."""


class Ending(_Threading):
    """The engine of threads, on which whoever waits can be ended just before they hear what they waited for."""

    ends = False

    def event(self) -> Event[T]:
        return _EndingEvent(self)


class _EndingEvent(_ThreadEvent[T]):
    def __init__(self, engine: Ending) -> None:
        super().__init__()
        self._engine = engine

    def wait(self, *, timeout: float | None = None) -> T:
        value = super().wait(timeout=timeout)
        if self._engine.ends:
            raise Ended
        return value
