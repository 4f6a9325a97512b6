"""`python -m bench.floods`: a steady room of a hundred screens, and how late it hears of a tap while somebody floods.

The server with the limits that it comes with on one core; the room on the other, and beside it, with what is left of that
core, whoever floods: a process of its own.
"""

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests

from bench.light_client import LightClient, connected
from bench.page import machine, write_section
from tests.journeys.client import sign_in
from tests.journeys.server import DemoServer, free_port

SCREENS: Final = 100
TAPS_PER_SECOND: Final = 5
CONNECTIONS_AT_ONCE: Final = 5_000
_HANDSHAKE: Final = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
_PAGE: Final = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
_WRONG: Final = b'{"code": "XXXXXXXX", "name": "x"}'
_CODE: Final = (
    b"POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(_WRONG)
    + _WRONG
)
_LAST_SECONDS: Final = 2
"""For what comes late; what comes later was not heard."""
_COUNTED: Final = {
    'companion_commands_total{outcome="rate_limited"}': "commands refused",
    "companion_strangers_turned_away_total": "strangers turned away",
}


def masked(packet: bytes, opcode: int = 1) -> bytes:
    """Return a frame whose mask of zeros leaves the bytes as they are."""
    return bytes((0x80 | opcode, 0x80 | len(packet))) + bytes(4) + packet


@dataclass(slots=True)
class Crowd:
    """Whoever floods: where to, and with which token."""

    port: int
    token: str

    async def pour(self, first: tuple[bytes, ...], words: bytes, connections: int) -> None:
        """Send the same words for ever, over so many connections that are opened again when they end.

        What comes first is each answered before the next.
        """
        await asyncio.gather(*(self._pour(first, words) for _ in range(connections)))

    async def _pour(self, first: tuple[bytes, ...], words: bytes) -> None:
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                for words_of_first in first:
                    writer.write(words_of_first)
                    await reader.readuntil(b"\r\n\r\n" if words_of_first is _HANDSHAKE else b"}")
                reading = asyncio.create_task(_read_all(reader))
                while not reading.done():
                    writer.write(words)
                    await writer.drain()
                    await asyncio.sleep(0)
                writer.close()
            await asyncio.sleep(0.01)

    async def keep(self, words: bytes, connections: int, *, at_once: int = 200) -> None:
        """Open so many connections, say something on each, and nothing more; open others for those that end."""
        slots = asyncio.Semaphore(at_once)

        async def one() -> None:
            while True:
                with contextlib.suppress(OSError):
                    async with slots:
                        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                        writer.write(words)
                    await _read_all(reader)
                    writer.close()
                await asyncio.sleep(0.1)

        await asyncio.gather(*(one() for _ in range(connections)))


async def _read_all(reader: asyncio.StreamReader) -> None:
    with contextlib.suppress(OSError):
        while await reader.read(65_536):
            pass


def _signed_in(token: str) -> tuple[bytes, ...]:
    return _HANDSHAKE, masked(b'40{"token":"%s"}' % token.encode())


FLOODS: Final[dict[str, Callable[[Crowd], Awaitable[None]]]] = {
    "commands from one person, five sockets": lambda crowd: crowd.pour(
        _signed_in(crowd.token),
        masked(b'421["command",{"session":"s","id":"12345678","type":"list.open","data":{}}]') * 50,
        5,
    ),
    "questions for the time, five sockets": lambda crowd: crowd.pour(
        _signed_in(crowd.token), masked(b'421["clock",{}]') * 50, 5
    ),
    "packets that mean nothing, 20 sockets": lambda crowd: crowd.pour((_HANDSHAKE,), masked(b"6") * 100, 20),
    "pings of WebSocket, 20 sockets": lambda crowd: crowd.pour((_HANDSHAKE,), masked(b"", 9) * 100, 20),
    "frames that are none, 20 sockets": lambda crowd: crowd.pour((_HANDSHAKE,), b"\xff" * 1_000, 20),
    "sockets that never sign in, 2,000": lambda crowd: crowd.keep(_HANDSHAKE, 2_000),
    "pages, 50 connections": lambda crowd: crowd.pour((), _PAGE, 50),
    "wrong codes, 20 connections": lambda crowd: crowd.pour((), _CODE, 20),
    "requests that never end, 2,000": lambda crowd: crowd.keep(b"GET / HTTP/1.1\r\nX: ", 2_000),
    f"{CONNECTIONS_AT_ONCE:,} connections at once": lambda crowd: crowd.keep(
        _HANDSHAKE, CONNECTIONS_AT_ONCE, at_once=CONNECTIONS_AT_ONCE
    ),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """How late the room heard of taps, in milliseconds; how many (tap, screen) pairs, of how many; what was counted."""

    delays: list[float]
    expected: int
    counted: dict[str, float]

    def row(self, what: str) -> str:
        """Return a row of the table."""
        ordered = sorted(self.delays) or [float("nan")]
        p50, p99 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
        said = ", ".join(f"{number:.0f} {name}" for name, number in self.counted.items() if number) or "—"
        missing = self.expected - len(self.delays)
        return f"| {what} | {p50:.1f} | {p99:.1f} | {ordered[-1]:.1f} | {missing} | {said} |"


class Room:
    """The screens, and a moderator who taps."""

    def __init__(self, server: DemoServer, moderator: LightClient, screens: list[LightClient]) -> None:
        self._server = server
        self._moderator = moderator
        self._screens = screens
        self._sent: dict[int, float] = {}
        self._delays: list[float] = []
        for screen in screens:
            screen.heard = self._hear

    @classmethod
    async def full(cls, server: DemoServer, moderator: str, screens: list[str]) -> "Room":
        """Return the room once everybody has joined."""
        clients = [await connected(server.port, token) for token in (moderator, *screens)]
        for client in clients:
            await client.call("join", {"session": server.session})
        return cls(server, clients[0], clients[1:])

    async def heard(self, seconds: int) -> Heard:
        """Tap for so long, and return how late everybody heard of it."""
        self._delays = []
        before, taps = self._counted(), seconds * TAPS_PER_SECOND
        for tap in range(len(self._sent), len(self._sent) + taps):
            self._sent[tap] = time.perf_counter()
            command = {"session": self._server.session, "id": f"flood-tap-{tap}", "type": "announce"}
            self._moderator.ask("command", {**command, "data": {"text": f"tap {tap}"}}, lambda _: None)
            await asyncio.sleep(1 / TAPS_PER_SECOND)
        await asyncio.sleep(_LAST_SECONDS)
        after = self._counted()
        return Heard(
            self._delays, taps * len(self._screens), {name: after[name] - before[name] for name in _COUNTED.values()}
        )

    def _hear(self, message: bytes) -> None:
        at = message.find(b'"text":"tap ')
        if at >= 0:
            sent = self._sent[int(message[at + 12 : message.index(b'"', at + 12)])]
            self._delays.append((time.perf_counter() - sent) * 1e3)

    def _counted(self) -> dict[str, float]:
        found = dict.fromkeys(_COUNTED.values(), 0.0)
        for line in requests.get(f"{self._server.base_url}/metrics", timeout=30).text.splitlines():
            name, _, value = line.rpartition(" ")
            if name in _COUNTED:
                found[_COUNTED[name]] = float(value)
        return found


def guests(server: DemoServer) -> list[str]:
    """Let everybody in by the join code, and return their tokens."""
    code = {"code": server.links["join_code"]}
    return [
        requests.post(f"{server.base_url}/api/join", json={**code, "name": f"Guest {n}"}, timeout=30).json()["token"]
        for n in range(SCREENS)
    ]


async def measure(server: DemoServer, given: argparse.Namespace, moderator: str, screens: list[str]) -> list[str]:
    """Return a row for the room in peace, and one for each flood."""
    flooder = sign_in(server.base_url, server.people("observer")[0])
    room = await Room.full(server, moderator, screens)
    rows = [(await room.heard(given.seconds)).row("nothing")]
    for what in given.only or FLOODS:
        flood = await asyncio.create_subprocess_exec(
            *("nice", "-n", "19", sys.executable, "-m", "bench.floods"),
            *("--flood", what, "--port", str(server.port), "--token", flooder),
        )
        await asyncio.sleep(2)
        rows.append((await room.heard(given.seconds)).row(what))
        flood.terminate()
        await flood.wait()
        print(rows[-1], flush=True)
        await asyncio.sleep(6)  # what is left of it is closed
    return [*rows, (await room.heard(given.seconds)).row("nothing, afterwards")]


def main() -> None:
    """Measure, print, and write the section if asked to; or flood, as the process that is started for it."""
    parser = argparse.ArgumentParser(prog="python -m bench.floods", description=__doc__)
    parser.add_argument("--seconds", type=int, default=10, help="of each flood (10)")
    parser.add_argument("--only", action="append", choices=FLOODS, help="this flood, and others that are named")
    parser.add_argument("--write", action="store_true", help="write the section into docs/benchmarks.md")
    parser.add_argument("--flood", choices=FLOODS, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--token", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.flood:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(FLOODS[given.flood](Crowd(given.port, given.token)))  # type: ignore[arg-type]  # a coroutine
        return
    with tempfile.TemporaryDirectory() as folder:
        server = DemoServer(Path(folder), engine="eventlet", port=free_port()).start()
        try:
            os.sched_setaffinity(server.pid, {0})
            os.sched_setaffinity(0, {1})
            moderator = sign_in(server.base_url, server.people("moderator")[0])
            rows = asyncio.run(measure(server, given, moderator, guests(server)))
        finally:
            server.stop()
    head = f"""\
Made by `python -m bench.floods` on {machine()}; load of the machine meanwhile: {os.getloadavg()[0]:.1f}. {SCREENS} screens
hear of {TAPS_PER_SECOND} taps a second, each on disk before; {given.seconds} s of each flood. The server with the limits that it comes with, on
one core; the room on the other, and whoever floods with what is left of that. Milliseconds from a tap to a screen.

| meanwhile | p50 | p99 | longest | not heard | refused |
|---|---:|---:|---:|---:|---|
"""
    section = head + "\n".join(rows) + "\n"
    if given.write:
        write_section("Floods", section)
    else:
        print(section)


if __name__ == "__main__":
    main()
