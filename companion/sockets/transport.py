"""The road, made safe: what the libraries let through that must not reach a handler, and what would freeze the loop.

Each override says what it replaces; `tests/sockets/test_transport.py` fails when the library changes under it. Written
against python-socketio 5.18, python-engineio 4.15 and eventlet 0.41. Any unmodified Socket.IO 4 client works over it.
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


def make_safe(server: Any, engine: Engine, *, message_bytes: int, sign_in_seconds: int) -> None:  # noqa: ANN401 (untyped library)
    """Guard a `socketio.Server`: reserved events, sockets that never sign in, messages that are too large."""
    engineio.payload.Payload.max_decode_packets = _MOST_PACKETS_IN_A_POST
    _refuse_reserved_events(server)
    _close_who_never_signs_in(server, engine, sign_in_seconds)
    if engine.name == "eventlet":
        _cap_and_unmask(message_bytes)
        _negotiate_no_extensions(server)


def _refuse_reserved_events(server: Any) -> None:  # noqa: ANN401 (untyped library)
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


def _close_who_never_signs_in(server: Any, engine: Engine, seconds: int) -> None:  # noqa: ANN401 (untyped library)
    """Replace the Engine.IO `connect` handler: a socket that sends no Socket.IO CONNECT would live for ever."""
    waiting: deque[tuple[float, str]] = deque()
    connected: Callable[[str, Any], object] = server._handle_eio_connect  # noqa: SLF001 (no public seam)

    def connect(eio_sid: str, environ: Any) -> object:  # noqa: ANN401 (untyped library)
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
