"""Waiting for what comes on a socket; imported only where eventlet runs. Written against eventlet 0.41.

What it replaces: `GreenSocket.recv`, which for each message tries to read before there is anything, registers the socket with
epoll, sets a timer, and takes both back. A socket stays registered here for as long as whoever reads it comes back to wait
before more arrives. There is no timer: `heartbeats.py` ends who has gone silent. Held by `tests/journeys/test_the_road.py`.
"""

import socket
from typing import Any, Final

from eventlet import getcurrent
from eventlet.hubs import get_hub

_READ: Final = "read"


class Ear:
    """Reads one socket that does not block, in one greenlet."""

    __slots__ = ("_descriptor", "_empty", "_ended", "_listener", "_loop", "_reader")

    def __init__(self, descriptor: socket.socket) -> None:
        self._descriptor = descriptor
        self._loop: Any = get_hub()
        self._listener: Any = None
        self._reader: Any = None
        self._empty = False
        self._ended = False

    def read(self, most_bytes: int) -> bytes:
        """Return what has come, waiting until something has; nothing at the end."""
        if self._empty and not self._ended:
            self._wait()
        while not self._ended:
            try:
                data = self._descriptor.recv(most_bytes)
            except BlockingIOError:
                self._wait()
                continue
            except OSError:
                break
            self._empty = len(data) < most_bytes
            return data
        return b""

    def end(self) -> None:
        """Let whoever reads find the end."""
        self._ended = True
        if self._reader is not None:
            self._loop.schedule_call_global(0, self._wake)

    def rest(self) -> None:
        """Hear nothing more of the socket until somebody waits for it again."""
        listener, self._listener = self._listener, None
        if listener is not None:
            self._loop.remove(listener)

    def _wait(self) -> None:
        if self._listener is None:
            number = self._descriptor.fileno()
            if number < 0:  # closed by whoever writes
                self._ended = True
                return
            self._listener = self._loop.add(_READ, number, self._hear, self._lose, None)
        self._reader = getcurrent()
        try:
            self._loop.switch()
        finally:
            self._reader = None

    def _hear(self, _: int) -> None:
        """Be told that there is something to read; while nobody waits for it, that would be said again and again."""
        if self._reader is None:
            self.rest()
        else:
            self._reader.switch()

    def _lose(self, _: BaseException) -> None:
        """Be told that the descriptor belongs to another socket by now."""
        self._listener = None
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        if self._reader is not None:
            self._reader.switch()
