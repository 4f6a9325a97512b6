"""Listening on eventlet: one newcomer at a time, and so many seconds to say what is wanted.

What `eventlet.wsgi` does not see to by itself, written against eventlet 0.41: its loop of accepting ends for ever at an
error that passes, such as too many open files; it lets in all who wait before anybody else has a turn; it waits for ever
for a request that comes a letter at a time; and a house full of browsers that only keep their connection is full.
"""

import contextlib
import errno
import io
import socket
import ssl
from typing import Any, Final

import eventlet
from eventlet import greenio, wsgi

from companion.app import App
from companion.logs import Log

KEEP_SECONDS: Final = 75
"""For the next request on a connection."""
SOCKET_SECONDS: Final = 30
"""For a client to take a piece of an answer."""
_ROOM_FOR: Final = 50
"""So many more may come before those who only keep their connection make way."""
_BREATH_SECONDS: Final = 0.1
_BODIES_READ: Final = 16
"""So many times as large as may be, a body is read and refused; one that is larger is not read, and ends the connection."""
_FULL: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_log = Log(__name__)


class Listening:
    """The socket that is listened on, and who has come in by it."""

    def __init__(self, app: App, listener: socket.socket, tls: ssl.SSLContext | None) -> None:
        self._listener = listener
        # A copy: TLS takes the socket itself away from whoever made it.
        green = greenio.GreenSocket(listener.dup())
        self._pool = eventlet.GreenPool(app.settings.server.max_sockets)
        self._keeping: dict[Any, None] = {}
        self._closed = False
        most = _BODIES_READ * app.settings.limits.message_bytes
        visitor = {
            "most_bytes": most,
            "ask_seconds": app.settings.limits.request_seconds,
            "keeping": self._keeping,
            "turn": eventlet.Semaphore(1),
        }
        eventlet.spawn_n(
            wsgi.server,
            _Door(self, green if tls is None else tls.wrap_socket(green, server_side=True)),
            app.flask,
            custom_pool=self._pool,
            protocol=type("Visitor", (_Visitor,), visitor),
            debug=False,
            log_output=False,
            keepalive=KEEP_SECONDS,
            socket_timeout=SOCKET_SECONDS,
        )

    def close(self) -> None:
        """Let nobody in any more; whoever is in stays."""
        self._closed = True
        self._listener.shutdown(socket.SHUT_RDWR)

    @property
    def is_closed(self) -> bool:
        """Say whether nobody is let in any more."""
        return self._closed

    def make_room(self) -> None:
        """Close the connection that has been kept for the longest without a request, if the house is nearly full."""
        if self._pool.free() < _ROOM_FOR and self._keeping:
            self.close_the_longest_kept()

    def close_the_longest_kept(self) -> None:
        """Close the connection that has been kept for the longest without a request, if there is one."""
        if self._keeping:
            longest = next(iter(self._keeping))
            del self._keeping[longest]
            greenio.shutdown_safe(longest)


class _Door:
    """A listener for `wsgi.server` whose `accept` raises nothing, and lets everybody else have a turn in between."""

    def __init__(self, listening: Listening, green: Any) -> None:  # noqa: ANN401 (untyped library)
        self._listening = listening
        self._green = green

    def __getattr__(self, name: str) -> object:
        return getattr(self._green, name)

    def accept(self) -> tuple[Any, Any]:
        """Return the next newcomer's socket and address. Once nobody is let in, nobody comes."""
        while True:
            eventlet.sleep(0)
            try:
                newcomer: tuple[Any, Any] = self._green.accept()
            except OSError as error:
                self._bear(error)
            else:
                self._listening.make_room()
                return newcomer

    def _bear(self, error: OSError) -> None:
        """Go on after an error: of whoever came and is gone again, or of a system that has no room."""
        if self._listening.is_closed:
            # Were this to return or raise, the library would close the connections of all who are still here.
            while True:
                eventlet.sleep(KEEP_SECONDS)
        if error.errno in _FULL:
            _log.warning("nobody_else_can_come_in", error=errno.errorcode[error.errno])
            self._listening.close_the_longest_kept()
            eventlet.sleep(_BREATH_SECONDS)


class _Visitor(wsgi.HttpProtocol):  # type: ignore[misc]  # untyped library
    """One connection. Requests are taken up one at a time, so that many of them do not hold up the sockets."""

    most_bytes: int
    ask_seconds: int
    keeping: dict[Any, None]
    turn: Any
    came_before = False

    def handle(self) -> None:
        """Hear requests until the connection ends. That it breaks, or is no TLS, is the business of whoever made it."""
        with contextlib.suppress(OSError):
            super().handle()

    def finish(self) -> None:
        """Close the connection, also where what was left to say cannot be said any more."""
        with contextlib.suppress(OSError):
            super().finish()
        # The last request knows whom it came from, and the other way round: without this, both stay until somebody looks.
        self.__dict__.pop("environ", None)

    def _read_request_line(self) -> bytes:
        """Replace the library's, which waits as long for the first request as for the next, and for each piece of it."""
        seconds = KEEP_SECONDS if self.came_before else self.ask_seconds
        self.came_before = True
        self.keeping[self.connection] = None
        try:
            with eventlet.Timeout(seconds, TimeoutError):
                return super()._read_request_line()  # type: ignore[no-any-return]
        finally:
            self.keeping.pop(self.connection, None)

    def parse_request(self) -> bool:
        """Replace the library's, which waits for each line anew."""
        with eventlet.Timeout(self.ask_seconds, TimeoutError):
            return super().parse_request()  # type: ignore[no-any-return]

    def get_environ(self) -> dict[str, Any]:
        """Return the request as WSGI knows it, its body read; called by the library once the head is there."""
        environ: dict[str, Any] = super().get_environ()
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > self.most_bytes or "HTTP_TRANSFER_ENCODING" in environ:
            self.close_connection = True
        elif length:
            with eventlet.Timeout(self.ask_seconds, TimeoutError):
                environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
        with self.turn:
            eventlet.sleep(0)
        return environ
