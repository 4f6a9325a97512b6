"""A room whose clients are all cut off and all come back in the same moment, while the moderator goes on.

Each must have every tap once, in order: those before, those that it missed, and those that came while it was coming back.
"""

import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.crowd import Client, Crowd
from bench.delivery import GAP_SECONDS, SETTLE_SECONDS, accepted, text_of
from bench.rows import Measured, Scale, at_most, holds, percentile
from bench.server import Server
from tests.journeys.server import free_port

TARGET_SECONDS: Final = 3
BEFORE: Final = 5
AWAY: Final = 10
AFTER: Final = 10
_TAP: Final = re.compile(rb'"text":"tap (\d{6}) ')
_SEQ: Final = re.compile(rb'"seq":(\d+)')


@dataclass(slots=True)
class Screen:
    """What one client has been told, over all its connections."""

    token: str
    audience: str
    epoch: str
    seq: int
    taps: list[int] = field(default_factory=list)
    back_at: float = 0.0
    snapshots: int = 0

    def hear(self, _: Client, message: bytes) -> None:
        """Take a patch as it comes."""
        seq = _SEQ.search(message)
        if seq is not None:
            self.seq = int(seq[1])
        self.taps += map(int, _TAP.findall(message))

    def caught_up(self, answer: bytes) -> None:
        """Take what was missed."""
        self.back_at = time.perf_counter()
        accepted(answer)
        self.snapshots += b'"snapshot":' in answer
        self.taps += map(int, _TAP.findall(answer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weathered:
    """What came of it."""

    clients: int
    seconds: float
    p50_ms: float
    p99_ms: float
    missed: int
    doubled: int
    disordered: int
    snapshots: int
    cpu_seconds: float


def weathered(server: Server, many: int) -> Weathered:
    """Cut so many clients off, let them all come back at once, and return what they were told."""
    session, said = server.session, iter(range(1_000_000))
    moderator, tokens = server.token_of("moderator"), server.tokens_of_guests(many)
    with Crowd(server.port) as crowd:
        [tapper] = crowd.open([moderator])
        clients = crowd.open(tokens)
        joined = crowd.call_all([(client, "join", {"session": session}) for client in clients])
        screens = [
            Screen(token, each["audience"], each["epoch"], each["seq"])
            for token, each in zip(tokens, joined, strict=True)
        ]
        for client, screen in zip(clients, screens, strict=True):
            client.heard = screen.hear
        crowd.rest(SETTLE_SECONDS)

        def tap() -> None:
            number = next(said)
            command = {
                "session": session,
                "id": f"tap-{number:06}",
                "type": "announce",
                "data": {"text": text_of(number)},
            }
            tapper.ask("command", command, accepted)

        for moment in range(BEFORE + AWAY):
            if moment == BEFORE:
                crowd.rest(SETTLE_SECONDS)
                for client in clients:
                    crowd.cut(client)
            tap()
            crowd.rest(GAP_SECONDS)
        for moment in range(AFTER):
            crowd.after(moment * GAP_SECONDS, tap)
        cpu, began = server.cpu_seconds(), time.perf_counter()
        for screen in screens:
            _come_back(crowd, screen, session)
        crowd.until(lambda: all(screen.back_at for screen in screens))
        cpu = server.cpu_seconds() - cpu
        crowd.rest(AFTER * GAP_SECONDS + SETTLE_SECONDS)
    return _judged(screens, began, cpu)


def _come_back(crowd: Crowd, screen: Screen, session: str) -> None:
    client = crowd.begin(screen.token)
    client.heard = screen.hear
    join = {"session": session, "epoch": screen.epoch, "since": screen.seq, "audience": screen.audience}
    client.welcomed = lambda client: client.ask("join", join, screen.caught_up)


def _judged(screens: Sequence[Screen], began: float, cpu: float) -> Weathered:
    expected = set(range(BEFORE + AWAY + AFTER))
    delays = [screen.back_at - began for screen in screens]
    return Weathered(
        clients=len(screens),
        seconds=max(delays),
        p50_ms=percentile(delays, 0.5),
        p99_ms=percentile(delays, 0.99),
        missed=sum(len(expected - set(screen.taps)) for screen in screens),
        doubled=sum(len(screen.taps) - len(set(screen.taps)) for screen in screens),
        disordered=sum(screen.taps != sorted(screen.taps) for screen in screens),
        snapshots=sum(screen.snapshots for screen in screens),
        cpu_seconds=cpu,
    )


def measure(scale: Scale) -> Measured:
    """Measure a room that comes back."""
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), free_port()) as server:
        found = weathered(server, scale.of(1_000, 100))
    what = f"{found.clients} clients cut off and back at once"
    right = not (found.missed or found.doubled or found.disordered)
    figure = f"{found.missed} missed, {found.doubled} twice"
    return Measured(
        title="Coming back",
        rows=[
            at_most("storm", f"{what}: the last has caught up after", found.seconds, TARGET_SECONDS, "s"),
            holds("storm", f"{what}: taps missed, taps twice", "none", figure, true=right),
        ],
        text=f"""\
{found.clients} clients are cut off, miss {AWAY} taps, and all come back in the same moment while the taps go on, five a second: each opens a
connection, signs in and says what it knows last. Told what they missed after p50 {found.p50_ms:.0f} ms, p99 {found.p99_ms:.0f} ms, the last after
{found.seconds:.2f} s; {found.snapshots} of them by the whole state. Of {BEFORE + AWAY + AFTER} taps at each client {found.missed} were missed and {found.doubled} came twice;
{found.disordered} clients had them in another order. The server worked {found.cpu_seconds:.2f} s for it.
""",
    )
