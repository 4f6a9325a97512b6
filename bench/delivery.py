"""What one delivery costs the server: a patch of some 300 bytes to everybody in the session.

Ours is the whole product: a moderator's announcement is decided, written to the disk, and sent to all as a patch of the
session's map. The peers get the very same bytes and send them on; they decide and store nothing. The bare loop sends a
ready frame to each socket, and is what Python can do at best.
"""

import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from bench import peers
from bench.charts import Chart, Curve
from bench.crowd import Client, Crowd, Lost
from bench.rows import Measured, Row, Scale, at_most, number, percentile, table
from bench.server import Server
from tests.journeys.server import free_port

OURS: Final = "Companion, whole"
BARE: Final = peers.BARE
SESSION: Final = "ai1"
TARGET_OF_NODE: Final = 0.8
TARGET_OF_BARE: Final = 1.8
GROWTH: Final = 1.2
MEMORY_KIB: Final = 70
TEXT_CHARACTERS: Final = 128
GAP_SECONDS: Final = 0.2
DELIVERIES_PER_SECOND: Final = 7_500
"""At most, and the same for any number of clients: what a delivery costs is compared."""
SETTLE_SECONDS: Final = 1.0
_TEXT: Final = b'"text":"tap '


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What a number of broadcasts came to; every (broadcast, socket) pair is counted."""

    server: str
    clients: int
    frame_bytes: int
    cpu_us: float
    p50_ms: float
    p99_ms: float
    client_us: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many broadcasts, and how far apart.

    Where that is not said, each waits until all have had the one before, and they make no more than the usual deliveries a
    second: no server is overrun.
    """

    count: int
    gap_seconds: float = 0.0


class Ear:
    """Hears the taps of all clients, each at its own time."""

    def __init__(self, clients: Sequence[Client]) -> None:
        self.sent: dict[int, float] = {}
        self.delays: list[float] = []
        self.frame = b""
        for client in clients:
            client.heard = self._heard

    def _heard(self, _: Client, message: bytes) -> None:
        at = message.find(_TEXT)
        if at >= 0:
            begin = at + len(_TEXT)
            self.delays.append(time.perf_counter() - self.sent[int(message[begin : begin + 6])])
            self.frame = message


def text_of(tap: int) -> str:
    """Return an announcement that says which tap it is, and makes a patch of some 300 bytes."""
    return f"tap {tap:06} ".ljust(TEXT_CHARACTERS, ".")


def broadcasts(
    crowd: Crowd,
    name: str,
    clients: Sequence[Client],
    say: Callable[[int], object],
    cpu: Callable[[], float],
    pace: Pace,
) -> Delivered:
    """Have something said to all clients so many times, and return what that cost the server."""
    ear = Ear(clients)

    def tap(number: int) -> None:
        ear.sent[number] = time.perf_counter()
        say(number)

    gc.collect()
    gc.disable()
    before, own = cpu(), time.process_time()
    if pace.gap_seconds:
        for number in range(pace.count):
            crowd.after(number * pace.gap_seconds, partial(tap, number))
    else:
        for number in range(pace.count):
            tap(number)
            crowd.until(lambda: len(ear.delays) >= len(ear.sent) * len(clients))
            crowd.rest(ear.sent[number] + len(clients) / DELIVERIES_PER_SECOND - time.perf_counter())
    crowd.until(lambda: len(ear.delays) >= pace.count * len(clients))
    used, own = cpu() - before, time.process_time() - own
    gc.enable()
    return Delivered(
        server=name,
        clients=len(clients),
        frame_bytes=len(ear.frame) + 4,
        cpu_us=used / len(ear.delays) * 1e6,
        p50_ms=percentile(ear.delays, 0.5),
        p99_ms=percentile(ear.delays, 0.99),
        client_us=own / len(ear.delays) * 1e6,
    )


def ours(counts: Sequence[int], taps: int) -> Iterator[tuple[Delivered, float]]:
    """Yield what a delivery costs in our whole product for ever more clients of one server, and its memory for each."""
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), free_port()) as server:
        session = server.session
        moderator, tokens = server.token_of("moderator"), server.tokens_of_guests(counts[-1])
        with Crowd(server.port) as crowd:
            [tapper] = crowd.open([moderator])
            clients: list[Client] = []
            empty = server.resident_bytes()
            for many in counts:
                new = crowd.open(tokens[len(clients) : many])
                crowd.call_all([(client, "join", {"session": session}) for client in new])
                clients += new
                crowd.rest(SETTLE_SECONDS)
                taken = (server.resident_bytes() - empty) / len(clients)

                def say(tap: int, many: int = many) -> None:
                    data = {"text": text_of(tap)}
                    command = {"session": session, "id": f"bench-{many}-{tap:06}", "type": "announce", "data": data}
                    tapper.ask("command", command, accepted)

                yield broadcasts(crowd, OURS, clients, say, server.cpu_seconds, Pace(count=taps)), taken


def theirs(name: str, counts: Sequence[int], taps: int) -> Iterator[Delivered]:
    """Yield what it costs a peer to send the same bytes on, for ever more clients of one server."""
    with tempfile.TemporaryDirectory() as folder, peers.running(name, Path(folder)) as peer, Crowd(peer.port) as crowd:
        [tapper] = crowd.open([""])
        clients: list[Client] = []
        for many in counts:
            new = crowd.open([""] * (many - len(clients)))
            crowd.call_all([(client, "join", {"session": SESSION}) for client in new])
            clients += new
            crowd.rest(SETTLE_SECONDS)

            def say(tap: int) -> None:
                command = {"session": SESSION, "id": f"bench-{tap:06}", "type": "announce", "data": patch_of(tap)}
                tapper.ask("command", command, accepted)

            yield broadcasts(crowd, name, clients, say, peer.process.cpu_seconds, Pace(count=taps))


def bare(many: int, taps: int) -> Delivered:
    """Return what a delivery costs the bare loop."""
    with peers.bare_loop(many) as peer:
        time.sleep(SETTLE_SECONDS)  # it has no way to say that it is there
        with Crowd(peer.port) as crowd:
            [control, *clients] = crowd.bare(many + 1)
            crowd.rest(SETTLE_SECONDS)
            return broadcasts(
                crowd, BARE, clients, lambda _: control.socket.send(b"."), peer.process.cpu_seconds, Pace(count=taps)
            )


def patch_of(tap: int) -> dict[str, Any]:
    """Return a patch as our server sends it for an announcement."""
    announcement = {"text": text_of(tap), "at": "2026-11-26T09:31:29.711Z"}
    return {
        "session": SESSION,
        "epoch": "1m8bk43cnqdxv6k10p",
        "seq": 100_000 + tap,
        "server_ms": 1_795_685_489_729,
        "set": {"announcement": announcement},
        "unset": [],
    }


def accepted(answer: bytes) -> None:
    """Make sure that a server took what it was sent."""
    if b'"ok":true' not in answer:
        raise Lost(answer.decode())


def measure(scale: Scale) -> Measured:
    """Measure ours beside the peers, at the numbers of clients of the targets."""
    many, taps = scale.of(1_500, 150), scale.of(50, 10)
    counts = (scale.of(500, 50), many, scale.of(5_000, 300))
    found = [*ours(counts, taps)]
    curve = [delivered for delivered, _ in found]
    their = {name: [*theirs(name, counts[:2], taps)] for name in (peers.NODE, peers.FLASK)}
    least = bare(many, taps)
    here, node, flask = curve[1], their[peers.NODE][-1], their[peers.FLASK][-1]
    rows = [
        _row(f"{many} clients: ours ÷ Node Socket.IO", here.cpu_us / node.cpu_us, TARGET_OF_NODE),
        _row(f"{many} clients: ours ÷ bare `send()` loop", here.cpu_us / least.cpu_us, TARGET_OF_BARE),
        _row(f"{counts[2]} clients ÷ {counts[0]} clients, ours", curve[2].cpu_us / curve[0].cpu_us, GROWTH),
        at_most("delivery", f"memory per socket, {counts[2]} clients", found[-1][1] / 1024, MEMORY_KIB, "KiB"),
    ]
    return Measured(
        title="Deliveries",
        rows=rows,
        text=_told([least, here, node, flask], curve, found[-1][1]),
        charts=[_chart(curve, their)],
    )


def _row(what: str, ratio: float, limit: float) -> Row:
    return at_most("delivery", f"CPU per delivery, {what}", ratio, limit, "×")


def _told(beside: Sequence[Delivered], curve: Sequence[Delivered], bytes_each: float) -> str:
    here = next(each for each in beside if each.server == OURS)
    lines = [
        (
            each.server,
            f"{each.cpu_us / here.cpu_us:.2f} ×",
            f"{each.cpu_us:.1f} µs",
            f"{each.p50_ms:.1f} / {each.p99_ms:.1f} ms",
            f"{each.client_us:.1f} µs",
            str(each.frame_bytes),
        )
        for each in beside
    ]
    growth = [
        (str(each.clients), f"{each.cpu_us:.1f} µs", f"{each.p50_ms:.1f} / {each.p99_ms:.1f} ms") for each in curve
    ]
    return f"""\
A patch to everybody in the session; {here.clients} clients, at most {DELIVERIES_PER_SECOND} deliveries a second. Ours decides, writes to the disk,
patches the maps of all audiences and sends; the peers send on what they are given. CPU is that of the whole server process; the
clients’ own is what each of them needs to receive, so nobody hears of it sooner than that after the one before.

{table(("server", "beside ours", "CPU per delivery", "to a client: p50 / p99", "the client’s own CPU", "bytes"), lines)}

Ours, as the session grows:

{table(("clients", "CPU per delivery", "p50 / p99"), growth)}

With {curve[-1].clients} clients, each takes {number(bytes_each / 1024)} KiB of the server's memory (aim: {MEMORY_KIB}): its socket, and what the session keeps for its person.
"""


def _chart(curve: Sequence[Delivered], their: dict[str, list[Delivered]]) -> Chart:
    lines = {OURS: curve, **their}
    return Chart(
        name="deliveries",
        title="CPU per delivery",
        along="clients",
        unit="µs",
        curves=[Curve(name, [(each.clients, each.cpu_us) for each in found]) for name, found in lines.items()],
    )


if __name__ == "__main__":
    print(measure(Scale(quick=True)).text)
