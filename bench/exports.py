"""How long everything takes that can be carried away from a workshop of two days, and whether the room notices.

The server has the whole workshop open. Each file is asked for over HTTP as the secretariat does, one after the other, while
a client asks the server for the time again and again: the longest it ever waits is the longest that the loop did nothing
for anybody.
"""

import http.client
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import workshop
from bench.crowd import Client, Crowd
from bench.rows import Measured, Scale, at_most, number, percentile, table
from bench.server import Server
from tests.journeys.server import free_port

TARGET_SECONDS: Final = 5
GAP_MS: Final = 50
QUIET_SECONDS: Final = 3.0
ASKS_EVERY_SECONDS: Final = 0.004
PATIENCE_SECONDS: Final = 300
OF_A_SESSION: Final = (
    ("record.json", "its record, JSON"),
    ("record.html", "its record, HTML"),
    ("record.md", "its record, Markdown"),
    ("record.csv", "its record, CSV"),
    ("draft.md", "its draft, Markdown"),
    ("draft.json", "its draft, JSON"),
    ("events", "its journal, JSON lines"),
    ("history", "its history"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """One file that was carried away, and how long others waited for the loop meanwhile."""

    what: str
    seconds: float
    size: int
    p99_ms: float
    longest_ms: float


class Watch:
    """A client that asks for the time again and again."""

    def __init__(self, crowd: Crowd, client: Client) -> None:
        self._crowd, self._client = crowd, client
        self.waited: list[float] = []
        self._ask()

    def _ask(self) -> None:
        began = time.perf_counter()

        def answered(_: bytes) -> None:
            self.waited.append(time.perf_counter() - began)
            self._crowd.after(ASKS_EVERY_SECONDS, self._ask)

        self._client.ask("clock", {}, answered)


def exported(server: Server) -> list[Exported]:
    """Return what each file took; the first is none at all, for a few seconds."""
    session, token = server.session, server.token_of("secretariat")
    files = [(f"/api/sessions/{session}/{name}?notes=all", what) for name, what in OF_A_SESSION]
    files.append(("/api/workshop/record.zip?notes=all", "all records of all sessions, ZIP"))
    found = []
    with Crowd(server.port) as crowd, ThreadPoolExecutor(1) as threads:
        watch = Watch(crowd, crowd.open([token])[0])
        for address, what in (("", "nothing"), *files):
            crowd.rest(ASKS_EVERY_SECONDS * 10)
            watch.waited.clear()
            began = time.perf_counter()
            fetched = threads.submit(_fetched, server.port, address, token)
            crowd.until(fetched.done, PATIENCE_SECONDS)
            found.append(
                Exported(
                    what=what,
                    seconds=time.perf_counter() - began,
                    size=fetched.result(),
                    p99_ms=percentile(watch.waited, 0.99),
                    longest_ms=max(watch.waited) * 1e3,
                )
            )
    return found


def _fetched(port: int, address: str, token: str) -> int:
    """Return how many bytes came."""
    if not address:
        time.sleep(QUIET_SECONDS)
        return 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    connection.request("GET", address, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    if answer.status != http.client.OK:
        raise SystemExit(f"{address}: {answer.status}")
    return size


def measure(scale: Scale) -> Measured:
    """Write the workshop, open it, and carry everything away."""
    with tempfile.TemporaryDirectory() as folder:
        entries = workshop.write(Path(folder) / "bench.db", scale.of(300_000, 12_000))
        with Server(Path(folder), free_port()) as server:
            quiet, *found = exported(server)
    slowest, worst = max(found, key=lambda each: each.seconds), max(found, key=lambda each: each.longest_ms)
    what = f"exports of two days with {number(entries)} events"
    return Measured(
        title="Exports",
        rows=[
            at_most("exports", f"{what}: the slowest ({slowest.what})", slowest.seconds, TARGET_SECONDS, "s"),
            at_most("exports", f"{what}: the longest gap on the loop ({worst.what})", worst.longest_ms, GAP_MS, "ms"),
        ],
        text=_told(entries, [quiet, *found]),
    )


def _told(entries: int, found: Sequence[Exported]) -> str:
    lines = [
        (
            each.what,
            f"{each.seconds:.2f} s",
            f"{each.size / 1e6:.2f} MB",
            f"{each.p99_ms:.1f} ms",
            f"{each.longest_ms:.1f} ms",
        )
        for each in found
    ]
    return f"""\
A workshop of two days, six sessions, {number(entries)} events in their journals together, nine in ten of them letters typed into notes; of one
session each file, and all records of all sessions; one after the other, from a server that has all of it open, and its child processes
on its own core. Meanwhile somebody asks it for the time every {ASKS_EVERY_SECONDS * 1000:.0f} ms; the longest wait is the longest gap on its loop.

{table(("what is carried away", "takes", "size", "asking for the time: p99", "longest"), lines)}
"""
