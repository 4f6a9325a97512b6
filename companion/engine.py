"""The one seam to the asynchronous engine: tasks, waiting, and the hand-over to an OS thread.

`eventlet` runs everything on one loop and must patch the standard library before anything else is imported; `threading`
is the same with plain threads. What may block the loop goes through `run_blocking` (calls that release the interpreter
lock) or through a `Mailbox` to a native thread. Nothing that a patched library offers is safe to wait for in an OS thread
while the loop holds it: a contended patched lock never wakes there. So a mailbox is made of primitives that no engine
patches, and code on a native thread waits for nothing else, not even for the lock of a log.
"""

import collections
import contextlib
import logging
import os
import threading
import time
import warnings
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, Generic, Literal, ParamSpec, Protocol, TypeAlias, TypeVar

EngineName: TypeAlias = Literal["eventlet", "threading"]

P = ParamSpec("P")
T = TypeVar("T")
Job = TypeVar("Job")
Answer = TypeVar("Answer")
T_contra = TypeVar("T_contra", contravariant=True)

# Taken before anything is patched, these stay the operating system's own; and so does SimpleQueue, which is C.
_native_read = os.read
_native_write = os.write

_PIPE_BYTES = 4096
_log = logging.getLogger(__name__)


class Closed(Exception):  # noqa: N818 (a state of affairs, and how a receiver's loop ends)
    """A channel was closed and everything sent before has been received."""


class Queue(Protocol[T]):
    """Items in order, between tasks."""

    def put(self, item: T) -> None:
        """Append `item`; never waits."""

    def get(self, *, timeout: float | None = None) -> T:
        """Return the first item, waiting for one; raise `TimeoutError` after `timeout` seconds."""


class Event(Protocol[T]):
    """A box for one result, or for the exception that came instead."""

    def set(self, value: T) -> None:
        """Put the result in, once, and wake everyone who waits."""

    def fail(self, error: BaseException) -> None:
        """Put an exception in, once: whoever waits raises it."""

    def is_set(self) -> bool:
        """Return whether a result or an exception is in."""

    def wait(self, *, timeout: float | None = None) -> T:
        """Return the result or raise the exception, waiting for either; raise `TimeoutError` after `timeout` seconds."""


class Sender(Protocol[T_contra]):
    """The end of a channel where things go in."""

    def send(self, item: T_contra) -> None:
        """Append `item`; never waits."""

    def close(self) -> None:
        """Say that nothing more will be sent."""


class Receiver(Protocol[T]):
    """The end of a channel where things come out."""

    def receive(self, *, timeout: float | None = None) -> list[T]:
        """Return all that has come, in order, waiting for at least one; empty after `timeout` seconds.

        Raises `Closed` once the sender has closed and everything has been received. One receiver only.
        """


class Channel(Sender[T], Receiver[T], Protocol[T]):
    """A one-way road between the loop and an OS thread, safe with every engine."""


class Mailbox(Generic[Job, Answer]):
    """The hand-over between the loop and one OS thread.

    The loop sends on `to_thread` and receives on `to_loop`; the thread receives on `to_thread` and sends on `to_loop`.
    """

    def __init__(self, to_thread: Channel[Job], to_loop: Channel[Answer]) -> None:
        self.to_thread = to_thread
        self.to_loop = to_loop


class NativeThread:
    """An OS thread, under every engine. An exception that leaves its function is kept in `error`."""

    def __init__(self, threads: Any, work: Callable[[], object], name: str) -> None:  # noqa: ANN401 - a threading module
        self.error: BaseException | None = None
        self._work = work
        self._thread = threads.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def is_alive(self) -> bool:
        """Return whether the function still runs."""
        return bool(self._thread.is_alive())

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 - the loop decides what a dead thread means
            self.error = error


class Engine(Protocol):
    """What the rest of the program may ask of the asynchronous engine."""

    name: EngineName

    def spawn(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Start a task; an exception that leaves it is logged."""

    def sleep(self, seconds: float) -> None:
        """Let others run for `seconds`; 0 lets each have a turn."""

    def queue(self) -> Queue[T]:
        """Return a new queue between tasks."""

    def event(self) -> Event[T]:
        """Return a new box for one result."""

    def lock(self) -> contextlib.AbstractContextManager[object]:
        """Return a new re-entrant lock between tasks; not for OS threads."""

    def run_blocking(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `work(…)`, run where it does not hold up the loop.

        Only for calls that release the interpreter lock for their whole length (reading a file, waiting for a child
        process): a thread that computes in Python slows everyone down all the same.
        """

    def native_thread(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> NativeThread:
        """Start `work` on an OS thread that nothing has patched; it may wait for a `Mailbox` only."""

    def mailbox(self) -> Mailbox[Job, Answer]:
        """Return a new hand-over between the loop and one OS thread."""


def choose(name: EngineName) -> Engine:
    """Make `name` the engine of this process; before every other import of the program and its libraries.

    With `eventlet`, patches the standard library; that cannot be taken back.
    """
    return _Eventlet() if name == "eventlet" else _Threading()


class _Threading:
    """Tasks are threads."""

    name: EngineName = "threading"

    def spawn(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        threading.Thread(target=_logged, args=(lambda: work(*args, **kwargs),), daemon=True).start()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def queue(self) -> Queue[T]:
        return _TaskQueue(SimpleQueue())

    def event(self) -> Event[T]:
        return _ThreadEvent()

    def lock(self) -> contextlib.AbstractContextManager[object]:
        return threading.RLock()

    def run_blocking(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return work(*args, **kwargs)

    def native_thread(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> NativeThread:
        return NativeThread(threading, lambda: work(*args, **kwargs), work.__name__)

    def mailbox(self) -> Mailbox[Job, Answer]:
        return Mailbox(_NativeChannel[Job](), _NativeChannel[Answer]())


class _Eventlet:
    """Tasks are greenlets on one loop."""

    name: EngineName = "eventlet"

    def __init__(self) -> None:
        # Eventlet's own resolver takes a third of the start to import; the server looks up no name while it serves.
        os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
            import eventlet
            import eventlet.hubs
            import eventlet.patcher
            import eventlet.queue
            import eventlet.tpool
        eventlet.monkey_patch()
        self._eventlet = eventlet
        self._threads = eventlet.patcher.original("threading")
        self._wakes = _Wakes(eventlet)

    def spawn(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        self._eventlet.spawn_n(_logged, lambda: work(*args, **kwargs))

    def sleep(self, seconds: float) -> None:
        self._eventlet.sleep(seconds)

    def queue(self) -> Queue[T]:
        return _TaskQueue(self._eventlet.queue.LightQueue())

    def event(self) -> Event[T]:
        return _GreenEvent(self._wakes)

    def lock(self) -> contextlib.AbstractContextManager[object]:
        return threading.RLock()  # patched: it waits on the loop

    def run_blocking(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        # The exception travels as a value: tpool prints the traceback of one that is raised.
        result, error = self._eventlet.tpool.execute(_caught, lambda: work(*args, **kwargs))
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    def native_thread(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> NativeThread:
        return NativeThread(self._threads, lambda: work(*args, **kwargs), work.__name__)

    def mailbox(self) -> Mailbox[Job, Answer]:
        return Mailbox(_NativeChannel[Job](), _LoopChannel[Answer](self._eventlet.hubs.trampoline))


class _TaskQueue(Generic[T]):
    """A queue of the engine's own kind, with one way to run out of time."""

    def __init__(self, items: Any) -> None:  # noqa: ANN401 - SimpleQueue or LightQueue
        self._items = items
        self.put: Callable[[T], None] = items.put

    def get(self, *, timeout: float | None = None) -> T:
        try:
            return self._items.get(timeout=timeout)  # type: ignore[no-any-return]
        except Empty:
            raise TimeoutError from None


class _ThreadEvent(Generic[T]):
    def __init__(self) -> None:
        self._ready = threading.Event()
        self._value: T
        self._error: BaseException | None = None

    def set(self, value: T) -> None:
        self._value = value
        self._ready.set()

    def fail(self, error: BaseException) -> None:
        self._error = error
        self._ready.set()

    def is_set(self) -> bool:
        return self._ready.is_set()

    def wait(self, *, timeout: float | None = None) -> T:
        if not self._ready.wait(timeout):
            raise TimeoutError
        if self._error is not None:
            raise self._error
        return self._value


class _Wakes:
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


class _GreenEvent(Generic[T]):
    __slots__ = ("_error", "_is_set", "_value", "_waiting", "_wakes")

    def __init__(self, wakes: _Wakes) -> None:
        self._wakes = wakes
        self._waiting: list[Any] = []
        self._is_set = False
        self._value: T
        self._error: BaseException | None = None

    def set(self, value: T) -> None:
        self._value = value
        self._open()

    def fail(self, error: BaseException) -> None:
        self._error = error
        self._open()

    def is_set(self) -> bool:
        return self._is_set

    def wait(self, *, timeout: float | None = None) -> T:
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


class _NativeChannel(Generic[T]):
    """Received in an OS thread, sent from anywhere."""

    def __init__(self) -> None:
        self._items: SimpleQueue[tuple[T, ...]] = SimpleQueue()
        self._closed = False

    def send(self, item: T) -> None:
        self._items.put((item,))

    def close(self) -> None:
        self._items.put(())  # nothing inside: the end

    def receive(self, *, timeout: float | None = None) -> list[T]:
        received: list[T] = []
        try:
            if not self._closed:
                self._take(self._items.get(timeout=timeout), received)
            while True:
                self._take(self._items.get_nowait(), received)
        except Empty:
            pass
        if self._closed and not received:
            raise Closed
        return received

    def _take(self, packet: tuple[T, ...], received: list[T]) -> None:
        received.extend(packet)
        self._closed = self._closed or not packet


class _LoopChannel(Generic[T]):
    """Received on eventlet's loop, sent from an OS thread: a byte through a pipe wakes the receiver."""

    def __init__(self, wait_for: Callable[..., object]) -> None:
        self._wait_for = wait_for
        self._items: collections.deque[T] = collections.deque()
        self._closed = False
        self._reading_end, self._writing_end = os.pipe()
        os.set_blocking(self._reading_end, False)
        os.set_blocking(self._writing_end, False)

    def __del__(self) -> None:
        os.close(self._reading_end)
        os.close(self._writing_end)

    def send(self, item: T) -> None:
        self._items.append(item)
        self._wake()

    def close(self) -> None:
        self._closed = True
        self._wake()

    def receive(self, *, timeout: float | None = None) -> list[T]:
        while not self._items and not self._closed:
            try:
                self._wait_for(self._reading_end, read=True, timeout=timeout, timeout_exc=TimeoutError)
            except TimeoutError:
                return []
            # Emptied before the items are taken: what is sent in between rings again.
            _native_read(self._reading_end, _PIPE_BYTES)
        received = [self._items.popleft() for _ in range(len(self._items))]
        if not received:
            raise Closed
        return received

    def _wake(self) -> None:
        # A pipe full of unread wakes: one more would say nothing new.
        with contextlib.suppress(BlockingIOError):
            _native_write(self._writing_end, b"\0")


def _caught(work: Callable[[], T]) -> tuple[T | None, BaseException | None]:
    try:
        return work(), None
    except BaseException as error:  # noqa: BLE001 - raised again on the loop
        return None, error


def _logged(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:  # noqa: BLE001 - nobody else would hear of it
        _log.exception("event=task_failed")
