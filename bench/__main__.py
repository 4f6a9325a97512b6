"""`make bench`: measures taps and commands, and writes the figures into `docs/benchmarks.md`.

The server runs on one core, the clients on another. Everything goes through the whole product: a demo workshop, people
who joined with the code, commands that are on disk before they are answered, patches of the session's map.
"""

import argparse
import asyncio
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from bench.light_client import LightClient, connected
from bench.page import machine, write_section
from bench.server import Server

TAPS_PER_SECOND = 5


@dataclass(frozen=True, slots=True)
class Tapped:
    """Every (tap, socket) pair: from the moment before the tap is sent to the patch's arrival, fsync included."""

    sockets: int
    taps: int
    pairs: int
    p50_ms: float
    p99_ms: float
    cpu_us_each: float


@dataclass(frozen=True, slots=True)
class Commanded:
    """Commands answered in a closed loop, all durable."""

    clients: int
    commands: int
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us_each: float


async def tap_to_screen(server: Server, session: str, moderator: str, tokens: list[str], seconds: int) -> Tapped:
    """Return how long taps of the moderator take to every screen."""
    sockets = [await connected(server.port, token) for token in tokens]
    for socket in sockets:
        await socket.call("join", {"session": session})
    tapper = await connected(server.port, moderator)
    await tapper.call("join", {"session": session})
    sent: dict[int, float] = {}
    delays: list[float] = []

    def heard(message: bytes) -> None:
        at = message.find(b'"text":"tap ')
        if at >= 0:
            delays.append(time.perf_counter() - sent[int(message[at + 12 : message.index(b'"', at + 12)])])

    for socket in sockets:
        socket.heard = heard
    cpu, taps = server.cpu_seconds(), seconds * TAPS_PER_SECOND
    for tap in range(taps):
        sent[tap] = time.perf_counter()
        command = {"session": session, "id": f"bench-tap-{tap}", "type": "announce", "data": {"text": f"tap {tap}"}}
        tapper.ask("command", command, lambda _: None)
        await asyncio.sleep(1 / TAPS_PER_SECOND)
    await _until(lambda: len(delays) >= taps * len(sockets))
    cpu = server.cpu_seconds() - cpu
    p50, p99 = _percentiles(delays)
    return Tapped(len(sockets), taps, len(delays), p50, p99, cpu / len(delays) * 1e6)


async def commands_per_second(server: Server, session: str, tokens: list[str], rounds: int) -> Commanded:
    """Return how many durable commands are answered when every client sends the next as soon as it has its answer."""
    # These sockets have not joined the session, so nothing is sent to them but their answers.
    sockets = [await connected(server.port, token) for token in tokens]
    requests_: list[str] = []
    for number, socket in enumerate(sockets):
        data = {"kind": "statement", "request": f"bench-request-{number}"}
        command = {"session": session, "id": f"bench-ask-{number}", "type": "floor.request", "data": data}
        answer = await socket.call("command", command)
        requests_.append(answer["result"]["request"])
    delays: list[float] = []
    expected = len(sockets) * rounds

    def send(socket: LightClient, request: str, round_: int) -> None:
        began = time.perf_counter()

        def answered(answer: bytes) -> None:
            if b'"ok":true' not in answer:
                raise SystemExit(answer.decode())
            delays.append(time.perf_counter() - began)
            if round_ + 1 < rounds:
                send(socket, request, round_ + 1)

        data = {"request": request, "ready": round_ % 2 == 0}
        id_ = f"{request}-{round_}-{os.urandom(4).hex()}"
        socket.ask("command", {"session": session, "id": id_, "type": "floor.ready", "data": data}, answered)

    cpu, began = server.cpu_seconds(), time.perf_counter()
    for socket, request in zip(sockets, requests_, strict=True):
        send(socket, request, 0)
    await _until(lambda: len(delays) >= expected)
    took, cpu = time.perf_counter() - began, server.cpu_seconds() - cpu
    p50, p99 = _percentiles(delays)
    return Commanded(len(sockets), len(delays), len(delays) / took, p50, p99, cpu / len(delays) * 1e6)


async def _until(true: Callable[[], bool], patience_seconds: float = 120) -> None:
    deadline = time.monotonic() + patience_seconds
    while not true():
        if time.monotonic() > deadline:
            raise SystemExit("not everything arrived")
        await asyncio.sleep(0.02)


def _percentiles(delays: list[float]) -> tuple[float, float]:
    ordered = sorted(delays)
    return ordered[len(ordered) // 2] * 1e3, ordered[int(len(ordered) * 0.99)] * 1e3


def _written(tapped: Tapped, commanded: Commanded) -> str:
    packages = ("flask-socketio", "python-socketio", "python-engineio", "eventlet", "msgspec", "sqlite-utils")
    versions = ", ".join(f"{package} {metadata.version(package)}" for package in packages)
    return f"""\
Made by `make bench` on {machine()}, SQLite {sqlite3.sqlite_version};
{versions}. The server runs on one core, the clients on the other.

| what | figure |
|---|---:|
| tap to screen, {tapped.sockets} sockets in the session, {tapped.taps} taps at {TAPS_PER_SECOND} a second, all {tapped.pairs} (tap, socket) pairs, fsync included: p50 | {tapped.p50_ms:.1f} ms |
| the same: p99 | {tapped.p99_ms:.1f} ms |
| server CPU per delivery in that run, everything included | {tapped.cpu_us_each:.1f} µs |
| durable commands per second, {commanded.clients} clients in a closed loop, token bucket off, nobody joined | {commanded.per_second:.0f} |
| their answers: p50 / p99 | {commanded.p50_ms:.1f} / {commanded.p99_ms:.1f} ms |
| server CPU per command | {commanded.cpu_us_each:.0f} µs |
"""


def main() -> None:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sockets", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--port", type=int, default=5055)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), given.port) as server:
        session = server.links()["sessions"][0]["id"]
        moderator, tokens = server.token_of("moderator"), server.tokens_of_guests(given.sockets)
        tapped = asyncio.run(tap_to_screen(server, session, moderator, tokens, given.seconds))
        asyncio.run(_open_list(server, session, moderator))
        commanded = asyncio.run(commands_per_second(server, session, tokens, given.rounds))
    write_section("Taps and commands", _written(tapped, commanded))


async def _open_list(server: Server, session: str, moderator: str) -> None:
    client = await connected(server.port, moderator)
    await client.call("command", {"session": session, "id": "bench-open-list", "type": "list.open", "data": {}})


if __name__ == "__main__":
    main()
