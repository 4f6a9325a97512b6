"""Engine.IO's WebSocket for eventlet, widened; imported only where eventlet runs. Written against eventlet 0.41.

What it replaces of `eventlet.websocket`, each held by `tests/journeys/test_the_road.py`:

- `WebSocketWSGI.__call__`: no extension is negotiated (permessage-deflate costs a compressor of 89 KiB per client), and
  the drafts before RFC 6455, whose messages have no limit, are refused.
- `WebSocketWSGI._handle_hybi_request`: after the library's handshake the connection goes on as a `WideWebSocket`.
- `RFC6455WebSocket.close`: of a socket that is closed already there is nothing to close.
- `RFC6455WebSocket._iter_frames`: reads what has arrived, not byte by byte of the header; unmasks as one integer; caps a
  message over all of its fragments; lets others have turns.
- `RFC6455WebSocket._handle_control_frame`: answers so many pings, and no flood of them.
- `RFC6455WebSocket._send`: counts who is writing, so that nothing overtakes them.
- `eventlet.queue.Queue`, as Engine.IO's queue of what waits for a socket: says when something is put in.
"""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from eventlet import Timeout, sleep
from eventlet.greenio import GreenSocket
from eventlet.queue import Queue
from eventlet.websocket import ConnectionClosedError, FailedConnectionError, RFC6455WebSocket

from companion.logs import Log
from companion.sockets.bucket import Bucket
from companion.sockets.ear import Ear
from companion.sockets.frames import CLOSE, CONTROL, POLICY, BadFrame, Incoming
from companion.sockets.lanes import Lanes, refuse_packet
from companion.sockets.packets import NOISE_AT_ONCE, NOISE_PER_SECOND

_READ_BYTES: Final = 8192
_log = Log(__name__)


class Outbox(Queue):  # type: ignore[misc]  # untyped library
    """What waits for a socket; `heard` is called whenever something is put in, if somebody asked for that."""

    heard: Callable[[], object] | None = None

    def put(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (the library's)
        """Put a packet in, or None for the end."""
        super().put(*given, **named)
        if self.heard is not None:
            self.heard()


class WideWebSocket(RFC6455WebSocket):  # type: ignore[misc]  # untyped library
    """One connection; `senders` counts who is writing to it or waits to."""

    senders = 0

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (the library's)
        super().__init__(*given, **named)
        self._controls = Bucket(most=NOISE_AT_ONCE, per_second=NOISE_PER_SECOND, steady=time.monotonic)
        self._ear = Ear(self.socket.fd) if self.has_lane else None

    @property
    def has_lane(self) -> bool:
        """Say whether there is a plain socket that can be read and written straight; over TLS there is none."""
        return type(self.socket) is GreenSocket

    def _iter_frames(self) -> Iterator[str | bytes]:
        incoming = Incoming(self.max_frame_length)
        try:
            for data in self._reads():
                for opcode, payload in incoming.take(data):
                    if opcode & CONTROL and isinstance(payload, bytes):
                        self._handle_control_frame(opcode, payload)
                    else:
                        yield payload
        except BadFrame as bad:
            _log.info("bad_frame", status=bad.status)
            self.close(close_data=(bad.status, bad.reason))
        except FailedConnectionError as failed:
            self.close(close_data=(failed.status, failed.message))
        except (ConnectionClosedError, OSError):
            return  # nothing comes any more, or what the protocol itself answers cannot be written

    def _reads(self) -> Iterator[bytes]:
        """Yield what comes. What has come already is read without waiting: whoever floods would have every turn."""
        read = self.socket.recv if self._ear is None else self._ear.read
        try:
            while data := read(_READ_BYTES):
                yield data
                if len(data) == _READ_BYTES:
                    sleep(0)
        finally:
            if self._ear is not None:
                self._ear.rest()

    def within(self, seconds: float) -> Timeout:
        """Return a context that is left after `seconds`, whatever is waited for."""
        return Timeout(seconds, False)  # noqa: FBT003 (the library's way to say: silently)

    def stop_reading(self) -> None:
        """Let whoever reads find the end."""
        if self._ear is not None:
            self._ear.end()

    def close(self, close_data: tuple[int, str] | None = None) -> None:
        """Say the end, and close; the peer's answer to it can still be read."""
        if self.socket.fileno() >= 0:
            super().close(close_data=close_data)

    def _handle_control_frame(self, opcode: int, data: str | bytes) -> None:
        """Replace the library's: whoever sends one ping after the other would have all answered, and nobody else heard."""
        if opcode != CLOSE and not self._controls.take():
            raise BadFrame(POLICY, "too many control frames")
        super()._handle_control_frame(opcode, data)

    def _send(self, frame: bytes) -> None:
        self.senders += 1
        try:
            super()._send(frame)
        finally:
            self.senders -= 1

    def begin_rest(self) -> None:
        """Let nobody write before the rest of a frame that has been begun; there is no sender now."""
        self.senders += 1
        self._sendlock.acquire()

    def send_rest(self, rest: bytes) -> None:
        """Write the rest of a frame, and let others write."""
        try:
            self.socket.sendall(rest)
        except OSError:
            # Nothing may follow half a frame: the reader finds the end.
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)
        finally:
            self._sendlock.release()
            self.senders -= 1


def wide_websocket(library_class: type[Any], lanes: Lanes, *, message_bytes: int) -> type[Any]:
    """Return the class that takes the place of Engine.IO's `WebSocketWSGI`; `message_bytes` is the largest message."""

    class WideWebSocketWSGI(library_class):  # type: ignore[misc]  # untyped library
        def __init__(self, handler: Callable[[Any], object], server: Any) -> None:  # noqa: ANN401 (untyped library)
            super().__init__(_with_lane(handler, lanes), server)
            self.support_legacy_versions = False

        def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:  # noqa: ANN401 (WSGI)
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            return super().__call__(environ, start_response)

        def _handle_hybi_request(self, environ: dict[str, Any]) -> WideWebSocket:
            shaken = super()._handle_hybi_request(environ)
            return WideWebSocket(
                shaken.socket,
                environ,
                shaken.version,
                protocol=shaken.protocol,
                max_frame_length=message_bytes,
            )

    return WideWebSocketWSGI


def _with_lane(handler: Callable[[Any], object], lanes: Lanes) -> Callable[[Any], object]:
    """Return what takes the place of Engine.IO's handler of a WebSocket: a lane, where there can be one."""
    engine_socket: Any = handler.__self__  # type: ignore[attr-defined]  # a method of `engineio.Socket`

    def handle(websocket: WideWebSocket) -> object:
        if not websocket.has_lane:
            return _by_the_library(handler, engine_socket, websocket)
        # Of writes: the ear has none.
        websocket.socket.settimeout(engine_socket.server.ping_interval + engine_socket.server.ping_timeout)
        try:
            lanes.serve(engine_socket, websocket)
        finally:
            websocket.iterator.close()
        return []

    return handle


def _by_the_library(handler: Callable[[Any], object], engine_socket: Any, websocket: WideWebSocket) -> object:  # noqa: ANN401
    """Do as the library does, but end the connection at a packet that is none, which it lets through."""
    try:
        return handler(websocket)
    except (ValueError, IndexError) as error:
        refuse_packet(websocket, error)
        engine_socket.close(wait=False, abort=True, reason=engine_socket.server.reason.TRANSPORT_ERROR)
        return []
