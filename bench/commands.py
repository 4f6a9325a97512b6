"""How many commands are answered when each client sends the next as soon as it has its answer.

Ours are recorded answers to an indicative poll, each changed again and again: decided, chained, on the disk before it is
acknowledged. The peers get the same bytes; one of them writes them to the disk as durably, the others store nothing.
The limit on what one person may send is off, by settings.
"""

import gc
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench import peers
from bench.crowd import Client, Crowd, Lost
from bench.rows import Measured, Row, Scale, at_least, number, percentile, table
from bench.server import Server
from tests.journeys.server import free_port

OURS: Final = "Companion, durable"
OURS_JOINED: Final = "Companion, durable, all in the session"
TARGET_OF_NODE: Final = 0.7
TARGET_OF_NODE_ON_DISK: Final = 1.0
TARGET_OF_FLASK: Final = 4.0
OPTIONS: Final = ("support", "support_with_changes", "cannot_support", "abstain")
POLL: Final = {
    "question": "Shall we?",
    "preset": "support_scale",
    "ballot": "recorded",
    "unit": "person",
    "results": "live",
}
WARM_UP_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded:
    """What a closed loop came to."""

    server: str
    clients: int
    commands: int
    per_second: float
    cpu_us: float
    p50_ms: float
    p99_ms: float
    clients_busy: float
    """The part of the time in which the clients' core had to work: near 1, they are what is measured."""


@dataclass(slots=True)
class Loop:
    """Clients that send the next answer as soon as they have the last one's acknowledgement, until a moment."""

    clients: Sequence[Client]
    session: str
    poll: str
    ends_at: float
    delays: list[float]
    under_way: int = 0

    def begin(self) -> None:
        """Have every client send its first."""
        for client in self.clients:
            self._send(client)

    def _send(self, client: Client) -> None:
        began = time.perf_counter()
        self.under_way += 1

        def answered(answer: bytes) -> None:
            now = time.perf_counter()
            self.under_way -= 1
            if b'"ok":true' not in answer:
                raise Lost(answer.decode())
            self.delays.append(now - began)
            if now < self.ends_at:
                self._send(client)

        option = OPTIONS[(client.number + client.asked) % len(OPTIONS)]
        client.send(
            b'["command",{"session":"%b","id":"bench-%06d-%06d","type":"poll.vote","data":{"poll":"%b","option":"%b"}}]'
            % (self.session.encode(), client.number, client.asked, self.poll.encode(), option.encode()),
            answered,
        )


def closed_loop(
    crowd: Crowd, name: str, clients: Sequence[Client], where: tuple[str, str], cpu: Callable[[], float], seconds: float
) -> Commanded:
    """Return what came of so many seconds; `where` is the session and its poll."""
    warm = Loop(clients, *where, time.perf_counter() + WARM_UP_SECONDS, [])
    warm.begin()
    crowd.until(lambda: not warm.under_way)
    gc.collect()
    gc.disable()
    before, own, began = cpu(), time.process_time(), time.perf_counter()
    loop = Loop(clients, *where, began + seconds, [])
    loop.begin()
    crowd.until(lambda: not loop.under_way)
    used, own, took = cpu() - before, time.process_time() - own, time.perf_counter() - began
    gc.enable()
    done = len(loop.delays)
    return Commanded(
        server=name,
        clients=len(clients),
        commands=done,
        per_second=done / took,
        cpu_us=used / done * 1e6,
        p50_ms=percentile(loop.delays, 0.5),
        p99_ms=percentile(loop.delays, 0.99),
        clients_busy=own / took,
    )


def ours(many: int, seconds: float) -> list[Commanded]:
    """Return what our server does: for clients that get nothing but their answers, as at the peers, and for all in the session."""
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), free_port()) as server:
        session = server.session
        moderator, tokens = server.token_of("moderator"), server.tokens_of_guests(many)
        with Crowd(server.port) as crowd:
            [chair] = crowd.open([moderator])
            clients = crowd.open(tokens)
            crowd.call_all([(client, "join", {"session": session}) for client in clients])
            said(crowd, chair, session, "session.start", {})
            poll = str(said(crowd, chair, session, "poll.open", POLL)["result"]["poll"])
            joined = closed_loop(crowd, OURS_JOINED, clients, (session, poll), server.cpu_seconds, seconds)
            crowd.call_all([(client, "leave", {"session": session}) for client in clients])
            alone = closed_loop(crowd, OURS, clients, (session, poll), server.cpu_seconds, seconds)
            return [alone, joined]


def theirs(name: str, many: int, seconds: float) -> Commanded:
    """Return what a peer does."""
    with tempfile.TemporaryDirectory() as folder, peers.running(name, Path(folder)) as peer, Crowd(peer.port) as crowd:
        clients = crowd.open([""] * many)
        return closed_loop(crowd, name, clients, ("ai1", "poll-1"), peer.process.cpu_seconds, seconds)


def said(crowd: Crowd, client: Client, session: str, type_: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Send a command that is accepted; return the answer."""
    id_ = f"bench-{type_.replace('.', '-')}-{time.perf_counter_ns()}"
    answer = crowd.call(client, "command", {"session": session, "id": id_, "type": type_, "data": data})
    if not answer["ok"]:
        raise Lost(f"{type_}: {answer}")
    return answer


def measure(scale: Scale) -> Measured:
    """Measure ours beside the peers."""
    many, seconds = scale.of(500, 100), scale.of(10, 2)
    alone, joined = ours(many, seconds)
    node, on_disk, flask = (theirs(name, many, seconds) for name in (peers.NODE, peers.NODE_ON_DISK, peers.FLASK))
    rows = [
        _row("Node Socket.IO, which stores nothing", alone, node, TARGET_OF_NODE),
        _row("Node Socket.IO with better-sqlite3, as durable", alone, on_disk, TARGET_OF_NODE_ON_DISK),
        _row("Flask-SocketIO as it comes, which stores nothing", alone, flask, TARGET_OF_FLASK),
    ]
    return Measured(title="Commands", rows=rows, text=_told([alone, joined, node, on_disk, flask]))


def _row(beside: str, ours_: Commanded, theirs_: Commanded, limit: float) -> Row:
    what = f"durable commands a second, {ours_.clients} clients: ours ÷ {beside}"
    return at_least("commands", what, ours_.per_second / theirs_.per_second, limit, "×")


def _told(found: Sequence[Commanded]) -> str:
    here = found[0]
    lines = [
        (
            each.server,
            f"{each.per_second / here.per_second:.2f} ×",
            number(each.per_second),
            f"{each.cpu_us:.0f} µs",
            f"{each.p50_ms:.1f} / {each.p99_ms:.1f} ms",
            f"{each.clients_busy * 100:.0f} %",
        )
        for each in found
    ]
    return f"""\
{here.clients} clients, each of which sends the next command as soon as it has the answer to the last. Ours is a recorded answer to an
indicative poll that is changed: a command that all of a room send at once. The limit on what one person may send is off. In the first row
no client shows the session, so that each gets its answers and nothing else, as at the peers; in the second all do, and each answer
comes with a patch for whoever gave it, and the tally five times a second. Node with better-sqlite3 commits together what has arrived in one turn of
its loop (WAL, `synchronous=FULL`); it keeps the command and nothing else: no decision, no chain of hashes, no memory of answers.

{table(("server", "beside ours", "commands a second", "CPU per command", "p50 / p99", "clients’ core busy"), lines)}
"""


if __name__ == "__main__":
    measured = measure(Scale(quick=True))
    print(measured.rows, measured.text, sep="\n")
