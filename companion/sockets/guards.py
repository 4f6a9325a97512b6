"""What the libraries let through that must not reach a handler, or would stay for ever.

Each override says what it replaces; `tests/sockets/test_guards.py` fails when the library changes under it. Written
against python-socketio 5.18 and python-engineio 4.15.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import engineio.payload

from companion.engine import Engine
from companion.logs import Log

EVENTS: Final = frozenset({"join", "leave", "command", "clock"})
_MOST_ARGUMENTS = 2  # the name and one payload
_MOST_PACKETS_IN_A_POST: Final = 64
_SWEEP_SECONDS: Final = 0.5
_log = Log(__name__)


# Neither library ships types: a `socketio.Server`, and an `engineio.Socket`.
Server = Any
EngineSocket = Any


def make_safe(
    server: Server, engine: Engine, *, sign_in_seconds: int, arrived: Callable[[EngineSocket], object]
) -> None:
    """Guard a `socketio.Server`: reserved events, sockets that never sign in; `arrived` is told of each that comes."""
    engineio.payload.Payload.max_decode_packets = _MOST_PACKETS_IN_A_POST
    _refuse_reserved_events(server)
    _watch_who_comes(server, engine, sign_in_seconds, arrived)


def _refuse_reserved_events(server: Server) -> None:
    """Replace `socketio.Server._handle_event`: a client may send `connect` and `disconnect` as plain events."""
    handle = server._handle_event  # noqa: SLF001 (no public seam)

    def guarded(eio_sid: str, namespace: str | None, id_: int | None, data: object) -> None:
        sound = isinstance(data, list) and 1 <= len(data) <= _MOST_ARGUMENTS
        if sound and isinstance(data[0], str) and data[0] in EVENTS:  # type: ignore[index]  # narrowed by `sound`
            handle(eio_sid, namespace, id_, data)
            return
        _log.warning("event_refused")
        if id_ is not None:
            refusal = {"ok": False, "code": "bad_message", "message": "There is no such event."}
            server._send_packet(  # noqa: SLF001 (no public seam)
                eio_sid, server.packet_class(3, namespace=namespace or "/", id=id_, data=[refusal])
            )

    server._handle_event = guarded  # noqa: SLF001 (no public seam)


def _watch_who_comes(server: Server, engine: Engine, seconds: int, arrived: Callable[[EngineSocket], object]) -> None:
    """Replace the Engine.IO `connect` handler: a socket that sends no Socket.IO CONNECT would live for ever."""
    waiting: deque[tuple[float, str]] = deque()
    connected: Callable[[str, Any], object] = server._handle_eio_connect  # noqa: SLF001 (no public seam)

    def connect(eio_sid: str, environ: Any) -> object:  # noqa: ANN401 (untyped library)
        arrived(server.eio.sockets[eio_sid])
        waiting.append((time.monotonic() + seconds, eio_sid))
        return connected(eio_sid, environ)

    def sweep() -> None:
        while True:
            engine.sleep(_SWEEP_SECONDS)
            while waiting and waiting[0][0] <= time.monotonic():
                _, eio_sid = waiting.popleft()
                if eio_sid in server.eio.sockets and server.manager.sid_from_eio_sid(eio_sid, "/") is None:
                    _log.info("never_signed_in")
                    server.eio.disconnect(eio_sid)

    server.eio.on("connect", connect)
    engine.spawn(sweep)
