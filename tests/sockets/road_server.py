"""A Socket.IO server with nothing of the product on it: on the widened road, or on the library's own, to compare the two.

`python -m tests.sockets.road_server wide|library PORT [SECONDS]`, the seconds between pings. It never looks for cycles: what is kept can be counted.
"""

import gc
import sys
from collections.abc import Callable, Iterable

from companion import engine

chosen = engine.choose("eventlet")

import engineio.socket  # noqa: E402
import eventlet  # noqa: E402 (the engine is chosen before anything else is imported)
import eventlet.wsgi  # noqa: E402
import socketio  # noqa: E402

from companion.sockets.lanes import Lane, Lanes  # noqa: E402
from companion.sockets.transport import WideManager, widen  # noqa: E402

MESSAGE_BYTES = 65_536
PING_SECONDS = 0.4
MOST_WAITING = 60


def make_server(*, wide: bool, ping_seconds: float = PING_SECONDS) -> socketio.Server:
    """Return a server that echoes, tells rooms, has two namespaces, and pings often."""
    lanes = Lanes(chosen, most_waiting=MOST_WAITING)
    server = socketio.Server(
        async_mode="eventlet",
        async_handlers=False,
        client_manager=WideManager(lanes) if wide else socketio.Manager(),
        max_http_buffer_size=MESSAGE_BYTES,
        ping_interval=ping_seconds,
        ping_timeout=5,
        namespaces=["/", "/other"],
    )
    if wide:
        watch = widen(server, lanes, chosen, message_bytes=MESSAGE_BYTES)
        server.eio.on("connect", lambda sid, environ: _came(server, (lanes.limit, watch), sid, environ))
    for namespace in ("/", "/other"):
        server.on("echo", lambda _, *said: said, namespace=namespace)
        server.on(
            "tell", lambda _, event, data, at=namespace: server.emit(event, data, namespace=at), namespace=namespace
        )
        server.on(
            "enter", lambda sid, room, at=namespace: server.enter_room(sid, room, namespace=at), namespace=namespace
        )
        server.on("hall", lambda _, room, n, at=namespace: _flood(server, room, n, at), namespace=namespace)
        server.on("leave", lambda sid, at=namespace: server.disconnect(sid, namespace=at), namespace=namespace)
        server.on("kept", lambda _: _kept())
        server.on("traffic", lambda _: [lanes.traffic.written, lanes.traffic.queued, lanes.traffic.dropped])
    return server


def _came(server: socketio.Server, arrived: Iterable[Callable[..., object]], sid: str, environ: object) -> object:
    for tell in arrived:
        tell(server.eio.sockets[sid])
    return server._handle_eio_connect(sid, environ)


def _kept() -> list[int]:
    """Return how many sockets of Engine.IO's, and how many lanes, there are in memory."""
    return [sum(type(each) is kind for each in gc.get_objects()) for kind in (engineio.socket.Socket, Lane)]


def _flood(server: socketio.Server, room: str, n: int, namespace: str) -> int:
    for number in range(n):
        server.emit("flood", {"number": number, "filler": "x" * 60_000}, to=room, namespace=namespace)
        server.sleep(0.01)
    return n


if __name__ == "__main__":
    gc.disable()
    seconds = float(sys.argv[3]) if sys.argv[3:] else PING_SECONDS
    app = socketio.WSGIApp(make_server(wide=sys.argv[1] == "wide", ping_seconds=seconds))
    eventlet.wsgi.server(eventlet.listen(("127.0.0.1", int(sys.argv[2]))), app, log_output=False, debug=False)
