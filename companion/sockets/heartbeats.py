"""Engine.IO's pings: one task for all sockets, instead of one for each ping and a watch that walks over everybody.

What it replaces, of python-engineio 4.15, on each socket that comes: `Socket.schedule_ping`, which starts a task that sleeps
until the next ping. What it makes needless: `Server._service_task`, which looks after silent sockets one by one, 500 times
a second where there are 5,000. Held by `tests/sockets/test_heartbeats.py`.
"""

import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeAlias
from weakref import ref

from engineio.packet import PING, Packet

from companion.logs import Log

# The libraries ship no types: an `engineio.Socket`.
EngineSocket = Any
Watched: TypeAlias = "ref[EngineSocket]"

BEAT_SECONDS: Final = 0.1
_IN_A_ROW: Final = 50
_PING: Final = Packet(PING)
_log = Log(__name__)


class Heartbeats:
    """Asks each socket once in `interval` seconds whether it is there; who has not answered after `patience` is closed.

    Each socket that lives is in one of two queues, which are in order since all wait equally long: `_due` until it is asked,
    and `_asked` until it must have answered. Who has answered, and is in `_due` again, leaves a stale place in `_asked`. The
    queues keep nobody: whoever is gone is gone before their turn.
    """

    def __init__(
        self,
        *,
        interval: float,
        patience: float,
        forget: Callable[[EngineSocket], object],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._interval = interval
        self._patience = patience
        self._forget = forget
        self._steady = steady
        self._due: deque[tuple[float, Watched]] = deque()
        self._asked: deque[tuple[float, Watched, float]] = deque()

    def watch(self, engine_socket: EngineSocket) -> None:
        """Take over the pings of a socket that has just come."""
        engine_socket.schedule_ping = partial(self._answered, engine_socket)

    def run(self, sleep: Callable[[float], object]) -> None:
        """Beat for ever; others have turns between every few sockets."""
        while True:
            sleep(BEAT_SECONDS)
            try:
                while self.beat():
                    sleep(0)
            except Exception:  # noqa: BLE001 (of one socket, which is in a queue again or gone; nobody else's heart is to stop)
                _log.error("heartbeat_failed")

    def beat(self) -> bool:
        """Do what is due, for a few sockets; return whether more is."""
        return all(self._ask() or self._give_up() for _ in range(_IN_A_ROW))

    def _answered(self, engine_socket: EngineSocket) -> None:
        if engine_socket.last_ping:  # nobody is asked twice for one answer
            engine_socket.last_ping = None
            self._due.append((self._steady() + self._interval, ref(engine_socket)))

    def _ask(self) -> bool:
        """Ask the next, if one is due."""
        now = self._steady()
        if not self._due or self._due[0][0] > now:
            return False
        _, watched = self._due.popleft()
        engine_socket = watched()
        if engine_socket is None:
            return True
        if engine_socket.closed:
            self._forget(engine_socket)
            return True
        asked = engine_socket.last_ping = time.time()
        self._asked.append((now + self._patience, watched, asked))
        engine_socket.send(_PING)
        return True

    def _give_up(self) -> bool:
        """Close the next whose time to answer is over, if it has not; one that is closed already is forgotten."""
        if not self._asked or self._asked[0][0] > self._steady():
            return False
        _, watched, asked = self._asked.popleft()
        engine_socket = watched()
        if engine_socket is None or engine_socket.last_ping != asked:
            return True
        if engine_socket.closed:
            self._forget(engine_socket)
            return True
        engine_socket.close(wait=False, reason=engine_socket.server.reason.PING_TIMEOUT)
        self._asked.append((self._steady() + self._patience, watched, asked))
        return True
