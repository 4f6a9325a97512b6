"""What eventlet's greenlets wait for, where hundreds wait for the same commit.

The library's own event sets a timer for each of them, which the loop keeps in order and calls one by one. Nothing here
imports the library: `engine.py` hands it in.
"""

import collections
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Wakes:
    """Greenlets to wake: the loop is asked once for all that come together, not by a timer for each."""

    def __init__(self, eventlet: Any) -> None:  # noqa: ANN401 - the library's module
        self.loop: Callable[[], Any] = eventlet.hubs.get_hub
        self.current: Callable[[], Any] = eventlet.getcurrent
        self._due: collections.deque[tuple[list[Any], Any]] = collections.deque()

    def add(self, waiting: list[Any], greenlet: Any) -> None:  # noqa: ANN401 - eventlet's
        """Have `greenlet` woken if it is still among those `waiting`."""
        self._due.append((waiting, greenlet))
        if len(self._due) == 1:
            self.loop().schedule_call_global(0, self._wake_all)

    def _wake_all(self) -> None:
        due, self._due = self._due, collections.deque()
        try:
            while due:
                waiting, greenlet = due.popleft()
                if greenlet in waiting:
                    greenlet.switch()  # until it waits again, or ends
        finally:
            # What leaves a greenlet is the loop's to report; the others are not to wait for ever.
            for each in due:
                self.add(*each)


class GreenEvent(Generic[T]):
    """A box for one result, or for the exception that came instead."""

    __slots__ = ("_error", "_is_set", "_value", "_waiting", "_wakes")

    def __init__(self, wakes: Wakes) -> None:
        self._wakes = wakes
        self._waiting: list[Any] = []
        self._is_set = False
        self._value: T
        self._error: BaseException | None = None

    def set(self, value: T) -> None:
        """Put the result in, once."""
        self._value = value
        self._open()

    def fail(self, error: BaseException) -> None:
        """Put an exception in, once."""
        self._error = error
        self._open()

    def is_set(self) -> bool:
        """Return whether a result or an exception is in."""
        return self._is_set

    def wait(self, *, timeout: float | None = None) -> T:
        """Return the result or raise the exception, waiting for either; raise `TimeoutError` after `timeout` seconds."""
        if not self._is_set:
            self._wait(timeout)
        if self._error is not None:
            raise self._error
        return self._value

    def _open(self) -> None:
        self._is_set = True
        for greenlet in self._waiting:
            self._wakes.add(self._waiting, greenlet)

    def _wait(self, timeout: float | None) -> None:
        greenlet, loop = self._wakes.current(), self._wakes.loop()
        timer = None if timeout is None else loop.schedule_call_global(timeout, greenlet.throw, TimeoutError)
        self._waiting.append(greenlet)
        try:
            loop.switch()
        finally:
            self._waiting.remove(greenlet)
            if timer is not None:
                timer.cancel()
