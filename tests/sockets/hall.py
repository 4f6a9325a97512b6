"""A server on the libraries' own sockets and queues, and real connections to those who listen."""

import contextlib
import socket
from collections.abc import Callable, Iterator
from queue import Queue
from types import SimpleNamespace
from typing import Any

import engineio.socket
import socketio

from companion.sockets.lanes import Lane, Lanes
from companion.sockets.transport import WideManager

MOST_WAITING = 5


class WebSocket:
    """What a lane needs of a WebSocket; the rest of a frame is written when the test says so."""

    def __init__(self, descriptor: socket.socket) -> None:
        self.socket = SimpleNamespace(fd=descriptor)
        self.senders = 0
        self.rest = b""
        self.iterator: Iterator[str | bytes] = iter(())
        self.sent: list[str] = []
        self.closed: object = None
        self.reads = True

    def begin_rest(self) -> None:
        self.senders += 1

    def send_rest(self, rest: bytes) -> None:
        self.rest += rest

    def send(self, message: str) -> None:
        self.sent.append(message)

    def close(self, close_data: object = "the end") -> None:
        self.closed = self.closed or close_data

    def within(self, seconds: float) -> contextlib.AbstractContextManager[None]:
        assert seconds > 0
        return contextlib.nullcontext()

    def stop_reading(self) -> None:
        self.reads = False


class Outbox(Queue[Any]):
    """The library's queue, which says when something was put in."""

    heard: Any = None

    def put(self, item: object, block: bool = True, timeout: float | None = None) -> None:  # noqa: FBT001, FBT002
        super().put(item, block, timeout)
        if self.heard is not None:
            self.heard()


def spawn(work: Callable[..., object], *args: object) -> None:
    work(*args)


class Room:
    """A server with sockets that speak WebSocket, each with the far end of its connection."""

    def __init__(self) -> None:
        self.lanes = Lanes(SimpleNamespace(spawn=spawn), most_waiting=MOST_WAITING)
        self.server = socketio.Server(async_mode="threading", client_manager=WideManager(self.lanes))
        self.sockets: list[Any] = []
        self.websockets: list[WebSocket] = []
        self.screens: list[socket.socket] = []

    def come(self, *, polling: bool = False) -> int:
        """Let somebody come who is in room `hall`; return their number."""
        number = len(self.sockets)
        one = engineio.socket.Socket(self.server.eio, f"e{number}")
        one.connected, one.upgraded, one.last_ping = True, not polling, None
        self.server.eio.sockets[one.sid] = one
        sid = self.server.manager.connect(one.sid, "/")
        self.server.manager.enter_room(sid, "/", "hall")
        near, far = socket.socketpair()
        near.settimeout(0)
        far.settimeout(0)
        websocket = WebSocket(near)
        one.queue = Outbox()
        self.lanes.limit(one)
        if not polling:
            lane = self.lanes.by_socket[one.sid] = Lane(one, websocket, self.lanes.traffic, spawn)
            one.send = lane.send
        self.sockets.append(one)
        self.websockets.append(websocket)
        self.screens.append(far)
        return number

    def tell(self, text: str) -> None:
        self.server.emit("patch", {"text": text}, to="hall")

    def seen(self, number: int) -> bytes:
        """Return what has arrived at the far end."""
        try:
            return self.screens[number].recv(1 << 20)
        except BlockingIOError:
            return b""

    def waiting(self, number: int) -> list[str]:
        """Take what waits in the library's queue, as it would be sent."""
        queue = self.sockets[number].queue
        return [queue.get().encode() for _ in range(queue.qsize())]


def patch(text: str) -> str:
    return f'42["patch",{{"text":"{text}"}}]'
