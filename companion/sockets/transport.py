"""The widened road: an event for a room is framed once and written straight to every socket that can take it.

Written against python-socketio 5.18 and python-engineio 4.15; any unmodified Socket.IO 4 client works over it. What it
replaces, and what `tests/sockets/test_transport.py` holds against the day when a library changes under it:

- `socketio.Manager.emit` (a public seam: `client_manager`), which makes one queue entry, one wake of a writer and one
  frame for each socket. Events with binary parts, callbacks or somebody to skip go the library's way. Of the same class,
  `basic_disconnect`, which looks through all rooms.
- Of Engine.IO: a socket's `send` and handler of WebSocket (`lanes.py`), its pings and the watch over all (`heartbeats.py`),
  and the layers that a message with a handler passes (`express.py`).
- Engine.IO's WebSocket class and queue for eventlet (`wide_websocket.py`), and waiting for what comes (`ear.py`).

Sockets over TLS and long-polling have no lane and take the library's own road, as everything does on the other engine.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

import engineio.packet
import socketio

from companion.engine import Engine
from companion.sockets.heartbeats import Heartbeats
from companion.sockets.lanes import Lanes, frame_of

# The libraries ship no types: a `socketio.Server`, and a packet and a socket of Engine.IO's.
Server = Any
Packet = Any
EngineSocket = Any


class WideManager(socketio.Manager):  # type: ignore[misc]  # untyped library
    """Tells a room: one encoding, one frame, and a write for each socket that can take it."""

    def __init__(self, lanes: Lanes) -> None:
        super().__init__()
        self._lanes = lanes
        self._rooms_of: dict[tuple[str, str], set[str | None]] = {}

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
        several = isinstance(to or room, list | tuple)
        if not several and (to or room) not in self.rooms.get(namespace, {}):
            return  # nobody is there
        packet = None if several or skip_sid or callback else self._packet(event, data, namespace)
        if packet is None:
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, to=to, **options)
            return
        frame, now, lane_of = frame_of(packet), time.time(), self._lanes.by_socket.get
        for _, eio_sid in self.get_participants(namespace, to or room):
            lane = lane_of(eio_sid)
            if lane is None or not lane.write(frame, now):
                self.server._send_eio_packet(eio_sid, packet)  # noqa: SLF001 (no public seam)

    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
        """Put a socket into a room, and remember of which it is."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._rooms_of.setdefault((namespace, sid), set()).add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        """Take a socket out of a room."""
        super().basic_leave_room(sid, namespace, room)
        self._rooms_of.get((namespace, sid), set()).discard(room)

    def basic_disconnect(self, sid: str, namespace: str, **_: object) -> None:
        """Forget a socket; the library looks for it in all rooms that there are, and everybody here has one of their own."""
        for room in [*self._rooms_of.pop((namespace, sid), ())]:
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            theirs = pending.get(namespace, [])
            if sid in theirs:
                theirs.remove(sid)
            if not theirs:
                pending.pop(namespace, None)

    def _packet(self, event: str, data: object, namespace: str) -> Packet | None:
        """Return an event as one packet of Engine.IO, or None where it has binary parts."""
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        text = self.server.packet_class(2, namespace=namespace, data=[event, *arguments]).encode()
        return engineio.packet.Packet(engineio.packet.MESSAGE, text) if isinstance(text, str) else None


def widen(server: Server, lanes: Lanes, engine: Engine, *, message_bytes: int) -> Callable[[EngineSocket], object]:
    """Let sockets of a `socketio.Server` on eventlet have lanes; return what is to be told of each that comes."""
    from companion.sockets.wide_websocket import Outbox, wide_websocket  # noqa: PLC0415 (eventlet, only where it runs)

    eio = server.eio
    driver: Mapping[str, Any] = eio._async  # noqa: SLF001 (no public seam)
    websocket = wide_websocket(driver["websocket"], lanes, message_bytes=message_bytes)
    eio._async = {**driver, "websocket": websocket, "queue": Outbox}  # noqa: SLF001 (no public seam)

    def forget(engine_socket: EngineSocket) -> None:
        lanes.hang_up(engine_socket)
        if eio.sockets.get(engine_socket.sid) is engine_socket:
            del eio.sockets[engine_socket.sid]
        # What was put on it knows it: without this, both stay until somebody looks for such, and with them all that they
        # know. Of those who come and go by the hundred a second, looking takes half a second.
        for name in ("send", "receive", "schedule_ping"):
            engine_socket.__dict__.pop(name, None)

    lanes.ended = forget
    heartbeats = Heartbeats(interval=eio.ping_interval, patience=eio.ping_timeout, forget=forget)
    eio.start_service_task = False  # the heartbeats look after everybody
    engine.spawn(heartbeats.run, engine.sleep)
    return heartbeats.watch
