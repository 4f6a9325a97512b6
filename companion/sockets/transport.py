"""The road, made safe: what the libraries let through that must not reach a handler, and what would freeze the loop.

Each override says what it replaces; `tests/sockets/test_transport.py` fails when the library changes under it. Written
against python-socketio 5.18, python-engineio 4.15 and eventlet 0.41. Any unmodified Socket.IO 4 client works over it.
"""

from collections.abc import Callable
from typing import Any, Final

import engineio.payload

from companion.engine import Engine
from companion.logs import Log
from companion.sockets.packets import guard_packets
from companion.sockets.strangers import Strangers

EVENTS: Final = frozenset({"join", "leave", "command", "clock"})
_MOST_ARGUMENTS = 2  # the name and one payload
_MOST_PACKETS_IN_A_POST: Final = 64
_SWEEP_SECONDS: Final = 0.5
_MESSAGES_IN_A_ROW: Final = 8
_log = Log(__name__)


def make_safe(
    server: Any,  # noqa: ANN401 (untyped library)
    engine: Engine,
    *,
    message_bytes: int,
    strangers: Strangers,
    out_of_protocol: Callable[[str | None], None],
) -> None:
    """Guard a `socketio.Server`: reserved events, sockets that never sign in, messages that are too large."""
    engineio.payload.Payload.max_decode_packets = _MOST_PACKETS_IN_A_POST
    guard_packets(server, lambda eio_sid: _close(server, eio_sid))
    _refuse_reserved_events(server, out_of_protocol)
    _close_who_never_signs_in(server, engine, strangers)
    if engine.name == "eventlet":
        _cap_and_unmask(message_bytes)
        _let_others_have_turns(engine)
        _negotiate_no_extensions(server)


def _refuse_reserved_events(server: Any, out_of_protocol: Callable[[str | None], None]) -> None:  # noqa: ANN401 (untyped library)
    """Replace `socketio.Server._handle_event`: a client may send `connect` and `disconnect` as plain events.

    `out_of_protocol` is called with whose it was, and may take its time.
    """
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


def _close_who_never_signs_in(server: Any, engine: Engine, strangers: Strangers) -> None:  # noqa: ANN401 (untyped library)
    """Replace the Engine.IO handlers of coming and going: a socket that sends no Socket.IO CONNECT would live for ever."""
    connected: Callable[[str, Any], object] = server._handle_eio_connect  # noqa: SLF001 (no public seam)
    disconnected: Callable[..., object] = server._handle_eio_disconnect  # noqa: SLF001 (no public seam)

    def connect(eio_sid: str, environ: Any) -> object:  # noqa: ANN401 (untyped library)
        crowded_out = strangers.came(eio_sid)
        if crowded_out is not None:
            _close(server, crowded_out)
        return connected(eio_sid, environ)

    def disconnect(eio_sid: str, *reason: object) -> object:
        strangers.forget(eio_sid)
        return disconnected(eio_sid, *reason)

    def sweep() -> None:
        while True:
            engine.sleep(_SWEEP_SECONDS)
            for eio_sid in strangers.overdue():
                _close(server, eio_sid)

    server.eio.on("connect", connect)
    server.eio.on("disconnect", disconnect)
    engine.spawn(sweep)


def _close(server: Any, eio_sid: str) -> None:  # noqa: ANN401 (untyped library)
    """Close a socket. Not by `disconnect`, which waits for a client of long-polling to fetch what was sent."""
    socket = server.eio.sockets.pop(eio_sid, None)
    if socket is not None:
        socket.close(wait=False, reason=server.eio.reason.SERVER_DISCONNECT)


def _cap_and_unmask(message_bytes: int) -> None:
    """Replace eventlet's unmasking (byte by byte: 0.6 s a megabyte) and its messages, which grow by fragments."""
    from eventlet.websocket import FailedConnectionError, RFC6455WebSocket  # noqa: PLC0415 (only where it runs)

    class CappedMessage(RFC6455WebSocket.Message):  # type: ignore[misc]  # untyped library
        total = 0

        def push(self, data: bytes, final: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 (the library's signature)
            self.total += len(data)
            if self.total > message_bytes:
                raise FailedConnectionError(1009, "message too big")
            return super().push(data, final)

    RFC6455WebSocket._apply_mask = staticmethod(unmask)  # noqa: SLF001 (no public seam)
    RFC6455WebSocket.Message = CappedMessage


def _let_others_have_turns(engine: Engine) -> None:
    """Replace how eventlet waits for a message: one that has come already is taken at once, and so is the next, for ever."""
    from eventlet.websocket import RFC6455WebSocket  # noqa: PLC0415 (only where it runs)

    wait = RFC6455WebSocket.wait

    def waiting(self: Any) -> object:  # noqa: ANN401 (untyped library)
        self.taken = getattr(self, "taken", 0) + 1
        if self.taken % _MESSAGES_IN_A_ROW == 0:
            engine.sleep(0)
        return wait(self)

    RFC6455WebSocket.wait = waiting


def _negotiate_no_extensions(server: Any) -> None:  # noqa: ANN401 (untyped library)
    """Replace Engine.IO's WebSocket class: permessage-deflate costs a compressor of 89 KiB per client."""
    driver = server.eio._async  # noqa: SLF001 (no public seam)
    library_class: type[Any] = driver["websocket"]

    def plain(environ_to_response: type[Any]) -> type[Any]:
        def call(self: Any, environ: dict[str, Any], start_response: Any) -> Any:  # noqa: ANN401 (WSGI)
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            return environ_to_response.__call__(self, environ, start_response)

        return type("PlainWebSocket", (environ_to_response,), {"__call__": call})

    server.eio._async = {**driver, "websocket": plain(library_class)}  # noqa: SLF001 (no public seam)


def unmask(data: bytes, mask: bytes, length: int | None = None, offset: int = 0) -> bytes:
    """Return `data` XOR the repeated mask of four bytes, beginning `offset` bytes into it, as one big integer."""
    data = bytes(data) if length is None else bytes(data[:length])
    key = bytes(mask)
    key = (key[offset & 3 :] + key[: offset & 3]) * (len(data) // 4 + 1)
    masked = int.from_bytes(data, "little") ^ int.from_bytes(key[: len(data)], "little")
    return masked.to_bytes(len(data), "little")
