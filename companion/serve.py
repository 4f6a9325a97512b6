"""The server process: the socket that it listens on, the engine that serves it, the signals that end it."""

import os
import signal
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Final

from companion.app import App, create_app
from companion.config import Settings
from companion.engine import Engine
from companion.logs import Log

BACKLOG: Final = 2048
COME_BACK_SECONDS: Final = 3
_LOOK_SECONDS: Final = 0.1
_log = Log(__name__)


class CannotListen(Exception):  # noqa: N818 (a state of affairs)
    """The address cannot be listened on; the message is one sentence."""


def serve(settings: Settings, engine: Engine, *, ready: Callable[[App], None]) -> int:
    """Serve until SIGTERM or SIGINT, and return the exit status; `ready` is called once connections are accepted.

    Raises `CannotListen`, or `StoreError` for the database; nothing has changed then.
    """
    listener = _listen(settings)
    signals: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        # No lock is taken here: one may be held where the signal comes.
        signal.signal(number, lambda number, _: signals.append(number))
    try:
        app = create_app(settings, engine, base_url=base_url(settings, listener), stop_program=_stop_program)
    except BaseException:
        listener.close()
        raise
    (_serve_on_eventlet if engine.name == "eventlet" else _serve_on_threads)(app, engine, listener)
    _log.info("started", engine=engine.name, port=listener.getsockname()[1])
    ready(app)
    # A signal that the system hands to another thread does not wake this one: it has to look.
    while not signals:
        engine.sleep(_LOOK_SECONDS)
    _log.info("stopping")
    app.close(restarting_in_seconds=COME_BACK_SECONDS)
    engine.sleep(0.1)  # the last packets go out
    listener.close()
    return 0


def base_url(settings: Settings, listener: socket.socket) -> str:
    """Return what people type or scan: as configured, else the address listened on, as the network sees it."""
    if settings.server.public_url:
        return settings.server.public_url
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 (a comparison)
        host = _address_in_the_network()
    scheme = "https" if settings.server.tls_certificate else "http"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def _listen(settings: Settings) -> socket.socket:
    host, port = settings.server.host, settings.server.port
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        # Not SO_REUSEPORT: a second server would silently share the port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Small packets go at once; what is accepted here inherits it.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        raise CannotListen(f"{host}, port {port}, cannot be listened on: {error.strerror}") from error
    return listener


def _serve_on_eventlet(app: App, engine: Engine, listener: socket.socket) -> None:
    from eventlet import wsgi
    from eventlet.green import ssl as green_ssl
    from eventlet.greenio import GreenSocket

    green = GreenSocket(listener)
    context = _tls(app.settings, green_ssl.SSLContext)
    if context is not None:
        green = context.wrap_socket(green, server_side=True)
    engine.spawn(
        wsgi.server,
        green,
        app.flask,
        max_size=app.settings.server.max_sockets,
        debug=False,
        log_output=False,
        keepalive=75,
        socket_timeout=30,
    )


def _serve_on_threads(app: App, engine: Engine, listener: socket.socket) -> None:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class QuietHandler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 (the library's signature)
            """Say nothing of each request."""

        def run_wsgi(self) -> None:
            """Answer a request. A WebSocket's connection ends with it: the library would wait for another request."""
            super().run_wsgi()
            self.close_connection = self.close_connection or "Upgrade" in self.headers

    del engine
    host, port = listener.getsockname()[:2]
    server = make_server(
        host,
        port,
        app.flask,
        threaded=True,
        request_handler=QuietHandler,
        ssl_context=_tls(app.settings, ssl.SSLContext),
        fd=listener.fileno(),
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()


def _tls(settings: Settings, kind: type[ssl.SSLContext]) -> ssl.SSLContext | None:
    if not settings.server.tls_certificate:
        return None
    context = kind(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings.server.tls_certificate, settings.server.tls_key)
    return context


def _address_in_the_network() -> str:
    """Return the address that others in the network reach this machine by; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation; a datagram socket only looks up the way
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def _stop_program(error: BaseException) -> None:
    """End at once: what is on disk cannot be told, and clients try again with the same ids."""
    _log.error("the_disk_failed", error=type(error).__name__)
    os._exit(1)
