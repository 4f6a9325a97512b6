"""The widened road: an event for a room is framed once and written straight to every socket that can take it.

Written against python-socketio 5.18 and python-engineio 4.15; any unmodified Socket.IO 4 client works over it. What it
replaces, and what `tests/sockets/test_transport.py` holds against the day when a library changes under it:

- `socketio.Manager.emit` (a public seam: `client_manager`), which makes one queue entry, one wake of a writer and one
  frame for each socket. Events with binary parts, callbacks or somebody to skip go the library's way.
- `engineio.Socket.send`, on the socket itself, once it speaks WebSocket: what is sent to one socket is written straight
  to it too. What cannot be written at once goes into the library's queue, in order: a direct write is made only while
  that queue is empty and nobody else is writing.
- Engine.IO's WebSocket class for eventlet: see `wide_websocket.py`.

Pings go on passing through the queue: the library's writer closes a connection whose queue stays empty for a ping's time.
Sockets over TLS, long-polling and the other engine have no lane and take the library's own road.
"""

import socket
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import engineio.packet
import socketio

from companion.engine import Engine
from companion.logs import Log
from companion.sockets.frames import framed

# Lingering for no time: closing sends a reset, so that what the kernel still holds for this peer goes too.
_NO_LINGER: Final = struct.pack("ii", 1, 0)
_MESSAGE: Final = engineio.packet.MESSAGE
_log = Log(__name__)

# Neither library ships types: these are a server's `engineio.Socket`, its packet, and eventlet's WebSocket.
EngineSocket = Any
Packet = Any
GreenWebSocket = Any


@dataclass(slots=True)
class Traffic:
    """What went over the road since the server began; counts of packets, and of sockets that were dropped."""

    written: int = 0
    queued: int = 0
    dropped: int = 0


class Lane:
    """The way to one socket that speaks WebSocket without TLS; takes the place of its `send`.

    `websocket.senders` counts who is writing, or waits to: while there is somebody, nothing may overtake them.
    """

    __slots__ = (
        "_descriptor",
        "_engine_socket",
        "_finish",
        "_patience",
        "_queue",
        "_traffic",
        "_websocket",
        "queued_send",
    )

    def __init__(
        self,
        engine_socket: EngineSocket,
        websocket: GreenWebSocket,
        traffic: Traffic,
        spawn: Callable[..., object],
    ) -> None:
        self._engine_socket = engine_socket
        self._websocket = websocket
        self._descriptor = websocket.socket.fd  # the real socket, which does not block, under eventlet's green one
        self._queue = engine_socket.queue
        self._patience = engine_socket.server.ping_timeout
        self._traffic = traffic
        self._finish = spawn
        self.queued_send: Callable[[Packet], None] = engine_socket.send

    def send(self, packet: Packet) -> None:
        """Send a packet to this socket."""
        if packet.packet_type != _MESSAGE or not self.write(frame_of(packet), time.time()):
            self._traffic.queued += 1
            self.queued_send(packet)

    def write(self, frame: bytes, now: float) -> bool:
        """Write a whole frame if that can be begun at once, and say so; `now` is in seconds since 1970."""
        engine, websocket = self._engine_socket, self._websocket
        if websocket.senders or self._queue.qsize() or not engine.upgraded or engine.upgrading or engine.closed:
            return False
        # The library looks for a silent peer at every send, and closes it; so it does where this is left to it.
        if engine.last_ping and now - engine.last_ping > self._patience:
            return False
        try:
            sent = self._descriptor.send(frame)
        except BlockingIOError:
            return False
        except OSError:
            return False  # the library's writer finds out too, and closes the socket
        self._traffic.written += 1
        if sent != len(frame):
            websocket.begin_rest()
            self._finish(websocket.send_rest, frame[sent:])
        return True

    def hang_up(self) -> None:
        """End the connection at once, with what the kernel still holds for its peer."""
        try:
            self._descriptor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            self._descriptor.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it has ended by itself


class Lanes:
    """The lanes that there are, by Engine.IO's name of the socket."""

    def __init__(self, engine: Engine, *, most_waiting: int) -> None:
        self.traffic = Traffic()
        self._most_waiting = most_waiting
        self._spawn = engine.spawn
        self._by_socket: dict[str, Lane] = {}

    def get(self, eio_sid: str) -> Lane | None:
        """Return the lane of a socket, if it has one."""
        return self._by_socket.get(eio_sid)

    def open(self, engine_socket: EngineSocket, websocket: GreenWebSocket) -> None:
        """Let what is sent to a socket be written straight to it."""
        lane = self._by_socket[engine_socket.sid] = Lane(engine_socket, websocket, self.traffic, self._spawn)
        engine_socket.send = lane.send

    def limit(self, engine_socket: EngineSocket) -> None:
        """Replace `send` of a socket that has just come: who leaves so many packets waiting is dropped.

        They come back and catch up. What is already in the kernel's hands for them is not waiting.
        """
        library_send: Callable[[Packet], None] = engine_socket.send
        most_waiting = self._most_waiting

        def send(packet: Packet) -> None:
            if engine_socket.queue.qsize() < most_waiting or engine_socket.closing:
                library_send(packet)
                return
            self.traffic.dropped += 1
            _log.warning("slow_client_dropped", waiting=most_waiting)
            lane = self.get(engine_socket.sid)
            engine_socket.close(wait=False, abort=True, reason=engine_socket.server.reason.TRANSPORT_ERROR)
            if lane is not None:
                lane.hang_up()

        engine_socket.send = send

    def close(self, engine_socket: EngineSocket) -> None:
        """Give a socket back to the library."""
        lane = self._by_socket.pop(engine_socket.sid, None)
        if lane is not None:
            engine_socket.send = lane.queued_send


class WideManager(socketio.Manager):  # type: ignore[misc]  # untyped library
    """Tells a room: one encoding, one frame, and a write for each socket that can take it."""

    def __init__(self, lanes: Lanes) -> None:
        super().__init__()
        self._lanes = lanes

    def emit(  # noqa: PLR0913, PLR0917 (the library's signature)
        self,
        event: str,
        data: object,
        namespace: str,
        room: str | None = None,
        skip_sid: object = None,
        callback: object = None,
        to: str | None = None,
        **options: object,
    ) -> None:
        """Send an event to a room, or to all; see `socketio.Manager.emit`."""
        packet = None if skip_sid or callback else self._packet(event, data, namespace)
        if packet is None:
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, to=to, **options)
            return
        frame, now, lane_of = frame_of(packet), time.time(), self._lanes.get
        for _, eio_sid in self.get_participants(namespace, to or room):
            lane = lane_of(eio_sid)
            if lane is None or not lane.write(frame, now):
                self.server._send_eio_packet(eio_sid, packet)  # noqa: SLF001 (no public seam)

    def _packet(self, event: str, data: object, namespace: str) -> Packet | None:
        """Return an event as one packet of Engine.IO, or None where it has binary parts."""
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        text = self.server.packet_class(2, namespace=namespace, data=[event, *arguments]).encode()
        return engineio.packet.Packet(_MESSAGE, text) if isinstance(text, str) else None


def frame_of(packet: Packet) -> bytes:
    """Return a packet of Engine.IO as one frame, built at its first use: those who share the packet share it."""
    frame: bytes | None = getattr(packet, "frame", None)
    if frame is None:
        frame = packet.frame = framed(packet.encode())
    return frame


def widen(server: Any, lanes: Lanes, *, message_bytes: int) -> None:  # noqa: ANN401 (untyped library)
    """Let sockets of a `socketio.Server` on eventlet have lanes."""
    from companion.sockets.wide_websocket import wide_websocket  # noqa: PLC0415 (eventlet, only where it runs)

    driver: Mapping[str, Any] = server.eio._async  # noqa: SLF001 (no public seam)
    websocket = wide_websocket(driver["websocket"], lanes, message_bytes=message_bytes)
    server.eio._async = {**driver, "websocket": websocket}  # noqa: SLF001 (no public seam)
