"""The server process: the socket that it listens on, its certificate, the engine that serves it, the signals that end it."""

import os
import resource
import signal
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable
from typing import Final

from companion.app import App, create_app
from companion.collecting import settle
from companion.config import Settings
from companion.engine import Engine
from companion.logs import Log

BACKLOG: Final = 2048
STOPS_WITHIN_SECONDS: Final = 10
"""So long after it was asked to, the system ends the process, whatever it still waits for."""
_LOOK_SECONDS: Final = 0.1
_STOP: Final = (signal.SIGTERM, signal.SIGINT)
_log = Log(__name__)


class CannotListen(Exception):  # noqa: N818 (a state of affairs)
    """The address cannot be listened on; the message is one sentence."""


def serve(settings: Settings, engine: Engine, *, ready: Callable[[App], None]) -> int:
    """Serve until SIGTERM or SIGINT, and return the exit status; `ready` is called once connections are accepted.

    A second signal ends the process at once. On SIGHUP the certificate is read anew; without one it is as SIGTERM.
    Raises `CannotListen`, or `StoreError` for the database; nothing has changed then.
    """
    listener = _listen(settings)
    signals = _hear_signals()
    try:
        tls = _tls(settings, engine)
        app = create_app(settings, engine, base_url=base_url(settings, listener), stop_program=_stop_program)
    except BaseException:
        listener.close()
        raise
    _open_as_many_files_as_may_be()
    settle()
    close = (_serve_on_eventlet if engine.name == "eventlet" else _serve_on_threads)(app, listener, tls)
    _log.info("started", engine=engine.name, port=listener.getsockname()[1])
    ready(app)
    _wait_for_the_end(signals, engine, settings, tls)
    _log.info("stopping")
    signal.alarm(STOPS_WITHIN_SECONDS)
    close()
    app.close()
    listener.close()
    signal.alarm(0)
    return 0


def _hear_signals() -> deque[int]:
    """Return where signals will be found: this thread has to look, since the system may hand one to another thread."""
    heard: deque[int] = deque()

    def hear(number: int, _: object) -> None:
        # No lock is taken here: one may be held where the signal comes.
        heard.append(number)
        if number in _STOP:
            for each in _STOP:
                signal.signal(each, signal.SIG_DFL)  # the next one is not waited for

    for number in (*_STOP, signal.SIGHUP):
        signal.signal(number, hear)
    return heard


def _wait_for_the_end(signals: deque[int], engine: Engine, settings: Settings, tls: ssl.SSLContext | None) -> None:
    while True:
        while not signals:
            engine.sleep(_LOOK_SECONDS)
        if signals.popleft() != signal.SIGHUP or tls is None:
            return
        _read_certificate_anew(settings, tls)


def _read_certificate_anew(settings: Settings, tls: ssl.SSLContext) -> None:
    """Use the certificate that is there now for new connections; one that cannot be used changes nothing."""
    try:
        _certificate_for(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), settings)
        _certificate_for(tls, settings)
    except OSError as error:
        _log.warning("certificate_not_read", error=type(error).__name__)
    else:
        _log.info("certificate_read")


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


def _open_as_many_files_as_may_be() -> None:
    """Raise how many files may be open to what the system allows: each connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _serve_on_eventlet(app: App, listener: socket.socket, tls: ssl.SSLContext | None) -> Callable[[], None]:
    """Serve from now on; return what lets nobody in any more."""
    from companion.listening import Listening

    return Listening(app, listener, tls).close


def _serve_on_threads(app: App, listener: socket.socket, tls: ssl.SSLContext | None) -> Callable[[], None]:
    """Serve from now on; return what lets nobody in any more."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class QuietHandler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 (the library's signature)
            """Say nothing of each request."""

        def run_wsgi(self) -> None:
            """Answer a request. A WebSocket's connection ends with it: the library would wait for another request."""
            super().run_wsgi()
            self.close_connection = self.close_connection or "Upgrade" in self.headers

    host, port = listener.getsockname()[:2]
    server = make_server(
        host,
        port,
        app.flask,
        threaded=True,
        request_handler=QuietHandler,
        ssl_context=tls,
        fd=listener.fileno(),
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def close() -> None:
        server.shutdown()
        listener.shutdown(socket.SHUT_RDWR)

    return close


def _tls(settings: Settings, engine: Engine) -> ssl.SSLContext | None:
    """Return the context of the certificate in the settings, or None where there is none; raises `CannotListen`."""
    if not settings.server.tls_certificate:
        return None
    kind = ssl.SSLContext
    if engine.name == "eventlet":
        from eventlet.green import ssl as green_ssl

        kind = green_ssl.SSLContext
    context = kind(ssl.PROTOCOL_TLS_SERVER)
    try:
        _certificate_for(context, settings)
    except OSError as error:
        raise CannotListen(f"The certificate or its key cannot be used: {error.strerror or error}.") from error
    return context


def _certificate_for(context: ssl.SSLContext, settings: Settings) -> None:
    context.load_cert_chain(settings.server.tls_certificate, settings.server.tls_key)


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
