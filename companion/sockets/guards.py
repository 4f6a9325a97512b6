"""What the libraries let through that must not reach a handler, or would stay for ever.

Each override says what it replaces; `tests/sockets/test_guards.py` fails when the library changes under it. Written
against python-socketio 5.18 and python-engineio 4.15.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import engineio.payload

from companion.engine import Engine
from companion.logs import Log
from companion.sockets.packets import bear_no_noise, guard_packets
from companion.sockets.strangers import Strangers

EVENTS: Final = frozenset({"join", "leave", "command", "clock"})
_MOST_ARGUMENTS = 2  # the name and one payload
_MOST_PACKETS_IN_A_POST: Final = 64
_SWEEP_SECONDS: Final = 0.5
_log = Log(__name__)


# Neither library ships types: a `socketio.Server`, and an `engineio.Socket`.
Server = Any
EngineSocket = Any


def make_safe(
    server: Server,
    engine: Engine,
    *,
    strangers: Strangers,
    arrived: Sequence[Callable[[EngineSocket], object]],
    out_of_protocol: Callable[[str | None], object],
) -> None:
    """Guard a `socketio.Server`: broken packets, reserved events, sockets that never sign in.

    All that have `arrived` are told of each socket that comes. `out_of_protocol` is called with the name of whoever sent an event that is
    none of the protocol's, and may take its time.
    """
    engineio.payload.Payload.max_decode_packets = _MOST_PACKETS_IN_A_POST
    server.eio.disconnect = partial(_disconnect, server, server.eio.disconnect)
    guard_packets(server, lambda eio_sid: _close(server, eio_sid))
    _refuse_reserved_events(server, out_of_protocol)
    _watch_who_comes(server, strangers, arrived)
    engine.spawn(_sweep, server, engine, strangers)


def _refuse_reserved_events(server: Server, out_of_protocol: Callable[[str | None], object]) -> None:
    """Replace `socketio.Server._handle_event`: a client may send `connect` and `disconnect` as plain events."""
    handle = server._handle_event  # noqa: SLF001 (no public seam)

    def guarded(eio_sid: str, namespace: str | None, id_: int | None, data: object) -> None:
        sound = isinstance(data, list) and 1 <= len(data) <= _MOST_ARGUMENTS
        if sound and isinstance(data[0], str) and data[0] in EVENTS:  # type: ignore[index]  # narrowed by `sound`
            handle(eio_sid, namespace, id_, data)
            return
        _log.debug("event_refused")
        out_of_protocol(server.manager.sid_from_eio_sid(eio_sid, "/"))
        if id_ is not None:
            refusal = {"ok": False, "code": "bad_message", "message": "There is no such event."}
            server._send_packet(  # noqa: SLF001 (no public seam)
                eio_sid, server.packet_class(3, namespace=namespace or "/", id=id_, data=[refusal])
            )

    server._handle_event = guarded  # noqa: SLF001 (no public seam)


def _watch_who_comes(server: Server, strangers: Strangers, arrived: Sequence[Callable[[EngineSocket], object]]) -> None:
    """Replace the Engine.IO handlers of coming and going: a socket that sends no Socket.IO CONNECT would live for ever."""
    connected: Callable[[str, Any], object] = server._handle_eio_connect  # noqa: SLF001 (no public seam)
    disconnected: Callable[..., object] = server._handle_eio_disconnect  # noqa: SLF001 (no public seam)

    def connect(eio_sid: str, environ: Any) -> object:  # noqa: ANN401 (untyped library)
        socket = server.eio.sockets[eio_sid]
        bear_no_noise(socket)
        for tell in arrived:
            tell(socket)
        crowded_out = strangers.came(eio_sid)
        if crowded_out is not None:
            _close(server, crowded_out)
        return connected(eio_sid, environ)

    def disconnect(eio_sid: str, *reason: object) -> object:
        strangers.forget(eio_sid)
        return disconnected(eio_sid, *reason)

    server.eio.on("connect", connect)
    server.eio.on("disconnect", disconnect)


def _sweep(server: Server, engine: Engine, strangers: Strangers) -> None:
    while True:
        engine.sleep(_SWEEP_SECONDS)
        for eio_sid in strangers.overdue():
            _close(server, eio_sid)
            engine.sleep(0)  # of a thousand, one after the other


def _disconnect(server: Server, disconnect: Callable[[], object], sid: str | None = None) -> None:
    """Replace `engineio.Server.disconnect`: of a closed socket nothing is fetched, and whoever waits for that waits for ever."""
    if sid is None:
        disconnect()
    else:
        _close(server, sid)


def _close(server: Server, eio_sid: str) -> None:
    """Close a socket, and forget it."""
    socket = server.eio.sockets.pop(eio_sid, None)
    if socket is not None:
        socket.close(wait=False, reason=server.eio.reason.SERVER_DISCONNECT)
