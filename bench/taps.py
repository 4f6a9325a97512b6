"""How long a moderator's tap takes to every screen, through the whole product: decided, on the disk, sent, received."""

import tempfile
from pathlib import Path
from typing import Final

from bench.crowd import Crowd
from bench.delivery import GAP_SECONDS, OURS, SETTLE_SECONDS, Delivered, Pace, accepted, broadcasts, text_of
from bench.rows import Measured, Scale, at_most
from bench.server import Server
from tests.journeys.server import free_port

TARGET_MS: Final = 60


def tapped(many: int, taps: int) -> Delivered:
    """Return what taps to so many screens came to."""
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), free_port()) as server:
        session = server.session
        moderator, tokens = server.token_of("moderator"), server.tokens_of_guests(many)
        with Crowd(server.port) as crowd:
            clients = crowd.open(tokens)
            crowd.call_all([(client, "join", {"session": session}) for client in clients])
            [tapper] = crowd.open([moderator])
            crowd.call(tapper, "join", {"session": session})
            crowd.rest(SETTLE_SECONDS)

            def say(tap: int) -> None:
                command = {
                    "session": session,
                    "id": f"tap-{tap:06}",
                    "type": "announce",
                    "data": {"text": text_of(tap)},
                }
                tapper.ask("command", command, accepted)

            return broadcasts(crowd, OURS, clients, say, server.cpu_seconds, Pace(count=taps, gap_seconds=GAP_SECONDS))


def measure(scale: Scale) -> Measured:
    """Measure taps at five a second for a minute."""
    many, seconds = scale.of(1_000, 100), scale.of(60, 5)
    found = tapped(many, round(seconds / GAP_SECONDS))
    what = f"tap to screen, {many} sockets, {1 / GAP_SECONDS:.0f} taps a second for {seconds} s, fsync included: p99"
    return Measured(
        title="Taps", rows=[at_most("taps", what, found.p99_ms, TARGET_MS, "ms")], text=_told(found, seconds)
    )


def _told(each: Delivered, seconds: int) -> str:
    return f"""\
From the moment before a moderator's tap is sent until its patch has been received, {each.clients} sockets in the session,
{1 / GAP_SECONDS:.0f} taps a second for {seconds} s, every (tap, socket) pair counted; the clients on the other core, which receive one after the other:
p50 {each.p50_ms:.1f} ms, p99 {each.p99_ms:.1f} ms. The server needs {each.cpu_us:.1f} µs of its processor for each delivery, everything included.
"""
