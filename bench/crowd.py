"""Thousands of Socket.IO clients in one loop, light enough not to be what is measured.

No asyncio: epoll, a read, and a look at the first bytes. What a delivery costs here is told by `bench.delivery`, whose
bare `send()` loop writes to the same crowd. WebSocket only, no extensions.
"""

import base64
import heapq
import os
import select
import socket
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import count, islice
from types import TracebackType
from typing import Any, Final, Self

import msgspec

Heard = Callable[["Client", bytes], None]
Answered = Callable[[bytes], None]

_SHORT, _MEDIUM, _LONG = 126, 127, 1 << 16
_MASK: Final = b"\x37\xfa\x21\x3d"  # not zeros, which some servers need not take off
_CHUNK: Final = 1 << 16
_TOGETHER: Final = 40
"""Connections under way at a time: some servers keep a queue of no more than 50."""
_PATIENCE_SECONDS: Final = 120.0


class Lost(Exception):  # noqa: N818 (a state of affairs)
    """A server closed a connection, or did not answer in time."""


class Client:
    """One socket; `heard(client, message)` is called with every event (`2[…`) as it comes, undecoded."""

    __slots__ = (
        "answers",
        "asked",
        "buffer",
        "connected",
        "heard",
        "number",
        "socket",
        "token",
        "upgraded",
        "welcomed",
    )

    def __init__(self, number: int, token: str, connection: socket.socket) -> None:
        self.number = number
        self.token = token
        self.socket = connection
        self.heard: Heard = _ignore
        self.welcomed: Callable[[Client], None] = _do_nothing
        self.answers: dict[int, Answered] = {}
        self.asked = 0
        self.buffer = b""
        self.upgraded = False
        self.connected = False

    def ask(self, event: str, payload: Mapping[str, Any], answered: Answered) -> None:
        """Send an event; `answered` is called with its undecoded acknowledgement, a list of one."""
        self.send(msgspec.json.encode([event, payload]), answered)

    def send(self, event: bytes, answered: Answered) -> None:
        """Send an event that is encoded already."""
        self.asked = asked = self.asked + 1
        self.answers[asked] = answered
        self.say(b"42%d%b" % (asked, event))

    def say(self, packet: bytes) -> None:
        """Send one packet of Engine.IO."""
        size = len(packet)
        head = bytes((0x81, 0x80 | size)) if size < _SHORT else b"\x81\xfe" + size.to_bytes(2, "big")
        frame = head + _MASK + _masked(packet)
        if self.socket.send(frame) != len(frame):
            raise Lost("a server does not read")


class Crowd:
    """All clients of a measurement, and what is to be done at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._poll = select.epoll()
        self._clients: dict[int, Client] = {}
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._numbers = count()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in [*self._clients.values()]:
            self.cut(client)
        self._poll.close()

    def open(self, tokens: Iterable[str], *, together: int = _TOGETHER) -> list[Client]:
        """Return clients that are signed in, connected so many at a time."""
        opened: list[Client] = []
        waiting = iter(tokens)
        while some := [self.begin(token) for token in islice(waiting, together)]:
            self.until(lambda some=some: all(client.connected for client in some))  # type: ignore[misc]
            opened += some
        return opened

    def begin(self, token: str) -> Client:
        """Return a client that is on its way to be signed in."""
        client = self._connect(token)
        key = base64.b64encode(os.urandom(16)).decode()
        client.socket.send(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        return client

    def bare(self, many: int) -> list[Client]:
        """Return clients of a server that sends frames and speaks no protocol."""
        clients = [self._connect("") for _ in range(many)]
        for client in clients:
            client.upgraded = client.connected = True
        return clients

    def cut(self, client: Client) -> None:
        """Close a connection as a cable that is pulled out would, but told to the server."""
        if client.socket.fileno() < 0:
            return
        del self._clients[client.socket.fileno()]
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.socket.close()

    def call(self, client: Client, event: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Send an event and return its answer."""
        return self.call_all([(client, event, payload)])[0]

    def call_all(self, calls: Sequence[tuple[Client, str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
        """Send events that do not wait for one another, a few at a time, and return their answers in order."""
        answers: dict[int, bytes] = {}
        for number, (client, event, payload) in enumerate(calls):
            client.ask(event, payload, lambda answer, number=number: answers.__setitem__(number, answer))  # type: ignore[misc]
            sent = number + 1
            if sent % _TOGETHER == 0 or sent == len(calls):
                self.until(lambda sent=sent: len(answers) == sent)  # type: ignore[misc]
        return [msgspec.json.decode(answers[number])[0] for number in range(len(calls))]

    def after(self, seconds: float, work: Callable[[], None]) -> None:
        """Have something done in so many seconds, on this loop."""
        heapq.heappush(self._later, (time.perf_counter() + seconds, next(self._order), work))

    def rest(self, seconds: float) -> None:
        """Serve the clients for a while."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() >= end)

    def until(self, true: Callable[[], bool], patience_seconds: float = _PATIENCE_SECONDS) -> None:
        """Serve the clients until something is true, or raise `Lost`."""
        deadline = time.perf_counter() + patience_seconds
        while not true():
            now = time.perf_counter()
            if now > deadline:
                raise Lost("not everything arrived")
            while self._later and self._later[0][0] <= now:
                heapq.heappop(self._later)[2]()
            wait = 0.02 if not self._later else min(0.02, max(0.0, self._later[0][0] - now))
            for descriptor, _ in self._poll.poll(wait, len(self._clients) or 1):
                client = self._clients.get(descriptor)
                if client is not None:
                    self._read(client)

    def _connect(self, token: str) -> Client:
        connection = socket.create_connection(("127.0.0.1", self._port))
        connection.settimeout(0)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client = Client(next(self._numbers), token, connection)
        self._clients[connection.fileno()] = client
        self._poll.register(connection.fileno(), select.EPOLLIN)
        return client

    def _read(self, client: Client) -> None:
        try:
            data = client.socket.recv(_CHUNK)
        except BlockingIOError:
            return
        if not data:
            raise Lost("a server closed a connection")
        if client.buffer:
            data = client.buffer + data
        start = 0
        if not client.upgraded:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                client.buffer = data
                return
            client.upgraded, start = True, end + 4
        take_frames(client, data, start)


def take_frames(client: Client, data: bytes, start: int) -> None:
    """Take whole frames out of what has come, and keep the rest."""
    have = len(data)
    while have - start >= 2:  # noqa: PLR2004 (the shortest head)
        size, begin = data[start + 1], start + 2
        if size >= _SHORT:
            width = 2 if size == _SHORT else 8
            if have < begin + width:
                break
            begin += width
            size = int.from_bytes(data[begin - width : begin], "big")
        if have < begin + size:
            break
        start = begin + size
        _packet(client, data[begin:start])
    client.buffer = data[start:]


def _masked(packet: bytes) -> bytes:
    size = len(packet)
    masked = int.from_bytes(packet, "little") ^ _mask_of(size)
    return masked.to_bytes(size, "little")


@cache
def _mask_of(size: int) -> int:
    return int.from_bytes((_MASK * (size // len(_MASK) + 1))[:size], "little")


def _packet(client: Client, packet: bytes) -> None:
    kind = packet[:2]
    if kind == b"42":
        client.heard(client, packet)
    elif kind == b"43":
        bracket = packet.index(b"[")
        client.answers.pop(int(packet[2:bracket]))(packet[bracket:])
    elif kind[:1] == b"2":
        client.say(b"3")
    elif kind[:1] == b"0":
        client.say(b"40" + msgspec.json.encode({"token": client.token}))
    elif kind == b"40":
        client.connected = True
        client.welcomed(client)
    elif kind == b"44":
        raise Lost(packet.decode())


def _ignore(_: Client, __: bytes) -> None:
    """Hear nothing."""


def _do_nothing(_: Client) -> None:
    """Do nothing when the server lets it in."""
