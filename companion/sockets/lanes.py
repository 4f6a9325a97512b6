"""The lanes: what is sent to a socket that speaks WebSocket is written straight to it, and read without detours.

Written against python-engineio 4.15. What a lane replaces of the library's, on the socket itself once it speaks WebSocket
without TLS, and what `tests/sockets/test_transport.py` holds against the day when it changes:

- `Socket.send`: what cannot be written at once goes into the library's queue, in order. A direct write is made only while
  that queue is empty and nobody else is writing.
- `Socket._websocket_handler`: the same steps, without a second task for each socket that waits for its queue. What waits in
  the queue is written by a task that lives as long as something does.
"""

import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import NOOP, PING, PONG, UPGRADE, Packet

from companion.engine import Engine
from companion.logs import Log
from companion.sockets.frames import PROTOCOL_ERROR, framed

# Lingering for no time: closing sends a reset, so that what the kernel still holds for this peer goes too.
_NO_LINGER: Final = struct.pack("ii", 1, 0)
_PROBE: Final = "probe"
_log = Log(__name__)

# Neither library ships types: a server's `engineio.Socket`, and eventlet's WebSocket.
EngineSocket = Any
GreenWebSocket = Any


@dataclass(slots=True)
class Traffic:
    """What went over the road since the server began; counts of packets, and of sockets that were dropped."""

    written: int = 0
    queued: int = 0
    dropped: int = 0


class Lane:
    """The way to one socket that speaks WebSocket without TLS, and from it.

    `websocket.senders` counts who is writing, or waits to: while there is somebody, nothing may overtake them.
    """

    __slots__ = (
        "_descriptor",
        "_engine_socket",
        "_patience",
        "_queue",
        "_queued_send",
        "_spawn",
        "_traffic",
        "_websocket",
        "_writing",
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
        self._spawn = spawn
        self._writing = False
        self._queued_send: Callable[[Packet], None] = engine_socket.send

    def send(self, packet: Packet) -> None:
        """Send a packet to this socket."""
        if not self.write(frame_of(packet), time.time()):
            self._traffic.queued += 1
            self._queued_send(packet)

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
            return False  # whoever writes what waits finds out too, and closes the socket
        self._traffic.written += 1
        if sent != len(frame):
            websocket.begin_rest()
            self._spawn(websocket.send_rest, frame[sent:])
        return True

    def serve(self, take: Callable[[EngineSocket, str | bytes], bool]) -> None:
        """Receive what comes until the connection ends, after an upgrade if there is one; what `take` takes is done with."""
        engine = self._engine_socket
        if not self._accepted():
            return
        engine.send = self.send
        self._queue.heard = self._write_what_waits
        if self._queue.qsize():
            self._write_what_waits()
        try:
            for message in self._websocket.iterator:
                if not take(engine, message) and not self._receive(message):
                    break
        finally:
            self._queue.heard = None
            engine.close(wait=False, abort=True, reason=engine.server.reason.TRANSPORT_CLOSE)

    def hang_up(self) -> None:
        """End the connection at once, with what the kernel still holds for its peer."""
        try:
            self._descriptor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            self._descriptor.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it has ended by itself
        self._websocket.stop_reading()

    def _accepted(self) -> bool:
        """Agree on WebSocket, and say whether that was reached: at once, or by a probe where the client polled before."""
        engine, websocket = self._engine_socket, self._websocket
        if not engine.connected:
            engine.connected = engine.upgraded = True
            return True
        engine.upgrading = True  # nothing is sent meanwhile
        try:
            with websocket.within(self._patience):
                probe = self._next_packet()
                if probe is not None and (probe.packet_type, probe.data) == (PING, _PROBE):
                    websocket.send(Packet(PONG, _PROBE).encode())
                    self._queue.put(Packet(NOOP))  # ends the request that polls
                    upgrade = self._next_packet()
                    engine.upgraded = upgrade is not None and upgrade.packet_type == UPGRADE
        finally:
            engine.upgrading = False
        return bool(engine.upgraded)

    def _next_packet(self) -> Packet | None:
        message = next(self._websocket.iterator, None)
        return None if message is None else self._packet(message)

    def _packet(self, message: str | bytes) -> Packet | None:
        """Return a message as a packet; one that is none ends the connection."""
        try:
            return Packet(encoded_packet=message)
        except (ValueError, IndexError) as error:
            refuse_packet(self._websocket, error)
            return None

    def _receive(self, message: str | bytes) -> bool:
        """Let the library receive a message, and say whether more is to come."""
        packet = self._packet(message)
        if packet is None:
            return False
        try:
            self._engine_socket.receive(packet)
        except UnknownPacketError:
            return True
        except SocketIsClosedError:
            return False
        return True

    def _write_what_waits(self) -> None:
        """Have what waits in the library's queue written, by one task."""
        if not self._writing:
            self._writing = True
            self._spawn(self._write_all)

    def _write_all(self) -> None:
        queue, websocket = self._queue, self._websocket
        ended = False
        while queue.qsize():
            packet = queue.get(block=False)
            queue.task_done()
            if packet is None:
                ended = True
            if ended:  # the rest is taken out all the same: somebody may wait until nothing is left
                continue
            try:
                websocket.send(packet.encode())
            except OSError:
                ended = True
        self._writing = False
        if ended:
            websocket.close()


class Lanes:
    """The lanes that there are, by Engine.IO's name of the socket.

    `take` is shown each message before the library is, and `ended` each socket whose connection is over.
    """

    def __init__(self, engine: Engine, *, most_waiting: int) -> None:
        self.traffic = Traffic()
        self.by_socket: dict[str, Lane] = {}
        self.take: Callable[[EngineSocket, str | bytes], bool] = lambda *_: False
        self.ended: Callable[[EngineSocket], object] = lambda _: None
        self._most_waiting = most_waiting
        self._spawn = engine.spawn

    def serve(self, engine_socket: EngineSocket, websocket: GreenWebSocket) -> None:
        """Give a socket a lane for as long as its connection lasts; whoever has one does not get another."""
        if engine_socket.sid in self.by_socket:
            websocket.close()
            return
        lane = self.by_socket[engine_socket.sid] = Lane(engine_socket, websocket, self.traffic, self._spawn)
        try:
            lane.serve(self.take)
        finally:
            del self.by_socket[engine_socket.sid]
            if engine_socket.closed:
                self.ended(engine_socket)

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
            engine_socket.close(wait=False, abort=True, reason=engine_socket.server.reason.TRANSPORT_ERROR)
            self.hang_up(engine_socket)

        engine_socket.send = send

    def hang_up(self, engine_socket: EngineSocket) -> None:
        """End the connection of a socket at once, if it has a lane."""
        lane = self.by_socket.get(engine_socket.sid)
        if lane is not None:
            lane.hang_up()


def refuse_packet(websocket: GreenWebSocket, error: ValueError | IndexError) -> None:
    """End a connection on which something came that is no packet of Engine.IO."""
    _log.warning("bad_packet", error=type(error).__name__)
    websocket.close(close_data=(PROTOCOL_ERROR, "no packet of Engine.IO"))


def frame_of(packet: Packet) -> bytes:
    """Return a packet of Engine.IO as one frame, built at its first use: those who share the packet share it."""
    frame: bytes | None = getattr(packet, "frame", None)
    if frame is None:
        frame = packet.frame = framed(packet.encode())
    return frame
