"""`python -m bench.typists`: ten rapporteurs at five keys a second, into one note and into several, for ten minutes each.

A real server on one core, the clients on the other: each key is a command, on disk before it is answered; each other editor
merges its update into a document of its own. Says how long keys take to editors and readers, what the server needs for it,
and how long the session takes to open afterwards.
"""

import argparse
import asyncio
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.light_client import connected
from bench.opening import opening
from bench.page import machine, write_section
from bench.server import Server
from bench.typing import KEYS_PER_SECOND, Kept, Reader, Typist
from companion.store.database import Database
from tests.journeys.server import free_port

TYPISTS: Final = 10
READERS: Final = 20
SAMPLED_EVERY_SECONDS: Final = 10.0
A_THOUSAND: Final = 1_000
MEBI: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What one run came to."""

    notes: int
    kept: Kept
    cpu: float
    memory: list[tuple[float, int]]
    state_bytes: int
    characters: int
    body_bytes: tuple[float, float]
    database_bytes: int
    opening_seconds: tuple[float, float]
    load: float


async def typed(server: Server, notes: int, seconds: int) -> dict[str, Any]:
    """Have them type, and return what was measured while they did."""
    session = server.links()["sessions"][0]["id"]
    moderator = await connected(server.port, server.token_of("moderator"))
    await said(moderator, session, "session.start", {})
    staff = server.tokens_of_all("rapporteur", "secretariat")
    sockets = [await connected(server.port, staff[number % len(staff)]) for number in range(TYPISTS)]
    kept, names = Kept(), dict[str, str]()
    for number in range(notes):
        note = f"bench-note-{number}"
        kept.unread[note] = []
        await said(sockets[0], session, "note.add", {"note": note, "kind": "key_point", "text": "Begin."})
        released = await said(sockets[0], session, "note.release", {"note": note, "released": True})
        names[f"note/n.{released['seq']}"] = note
    for token in server.tokens_of_guests(READERS):
        socket = await connected(server.port, token)
        await socket.call("join", {"session": session})
        Reader(socket, kept, names)
    typists = [
        Typist(socket, session, f"bench-note-{number % notes}", 1_000 + number, kept)
        for number, socket in enumerate(sockets)
    ]
    for typist in typists:
        await typist.join()
    memory: list[tuple[float, int]] = []
    cpu, began = server.cpu_seconds(), time.perf_counter()
    sampling = asyncio.create_task(sampled(server, began, memory, kept))
    await asyncio.gather(*(typist.type_until(began + seconds) for typist in typists))
    cpu = (server.cpu_seconds() - cpu) / (time.perf_counter() - began)
    sampling.cancel()
    await settled(kept)
    joined = await typists[0].join()
    texts = {each.text for each in typists[::notes]}
    if texts != {joined["snapshot"]["note/bench-note-0"]["text"]}:
        raise SystemExit("not everybody has the same text")
    note = joined["snapshot"]["note/bench-note-0"]
    return {
        "kept": kept,
        "cpu": cpu,
        "memory": memory,
        "state_bytes": len(note["state"]),
        "characters": len(note["text"]),
    }


async def said(client: Any, session: str, type_: str, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 (a client)
    """Send a command that is accepted; return the answer."""
    answer = await client.call("command", {"session": session, "id": os.urandom(8).hex(), "type": type_, "data": data})
    if not answer["ok"]:
        raise SystemExit(f"{type_}: {answer}")
    return dict(answer)


async def sampled(server: Server, began: float, memory: list[tuple[float, int]], kept: Kept) -> None:
    """Look at the server's memory every few seconds."""
    while True:
        memory.append((time.perf_counter() - began, server.resident_bytes()))
        if len(memory) % 6 == 1:
            last = sorted(kept.to_editors[-5_000:]) or [0.0]
            print(
                f"{memory[-1][0]:.0f} s: {kept.keys} keys, {memory[-1][1] / MEBI:.1f} MiB, of late p99 "
                f"{last[int(len(last) * 0.99)] * 1e3:.0f} ms, refused {len(kept.refused)}",
                flush=True,
            )
        await asyncio.sleep(SAMPLED_EVERY_SECONDS)


async def settled(kept: Kept) -> None:
    """Wait until every key is answered, and what was typed last has reached everybody."""
    deadline = time.monotonic() + 30
    while len(kept.to_answers) + len(kept.refused) < kept.keys:
        if time.monotonic() > deadline:
            raise SystemExit("not everything was answered")
        await asyncio.sleep(0.05)
    await asyncio.sleep(2)


def one_run(notes: int, seconds: int) -> Typed:
    """Return what ten typists at so many notes came to."""
    with tempfile.TemporaryDirectory() as folder:
        with Server(Path(folder), free_port()) as server:
            figures = asyncio.run(typed(server, notes, seconds))
            session = server.links()["sessions"][0]["id"]
        files = [each for each in Path(folder).iterdir() if each.name.startswith(server.database.name)]
        return Typed(
            notes=notes,
            **figures,
            body_bytes=of_the_journal(server.database),
            database_bytes=sum(each.stat().st_size for each in files),
            opening_seconds=opened(server.database, session),
            load=os.getloadavg()[1],
        )


def of_the_journal(database: Path) -> tuple[float, float]:
    """Return the bytes of an event's body, on average of the first thousand and of the last thousand keys."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        sizes = [
            size for (size,) in db.execute("SELECT length(body) FROM event WHERE type = 'note.typed' ORDER BY seq")
        ]
    first, last = sizes[:A_THOUSAND], sizes[-A_THOUSAND:]
    return sum(first) / len(first), sum(last) / len(last)


def opened(file: Path, session: str) -> tuple[float, float]:
    """Return how many seconds of the processor opening takes, and reading the texts."""
    with Database.open(file) as database:
        return opening(database, session)


def each_minute(memory: list[tuple[float, int]]) -> str:
    """Return the memory at the beginning, after each minute, and at the end, in MiB."""
    minutes = {int(at // 60): size for at, size in reversed(memory)}
    sizes = [*(minutes[minute] for minute in sorted(minutes)), memory[-1][1]]
    return " ".join(f"{size / MEBI:.0f}" for size in sizes)


def percentiles(delays: list[float]) -> str:
    """Return p50, p99 and the longest, in milliseconds."""
    ordered = sorted(delays)
    picked = (ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)], ordered[-1])
    return " / ".join(f"{each * 1e3:.0f}" for each in picked)


def slope(memory: list[tuple[float, int]]) -> float:
    """Return by how many bytes a second memory grows in the second half, by least squares."""
    late = memory[len(memory) // 2 :]
    mean_at, mean = sum(at for at, _ in late) / len(late), sum(size for _, size in late) / len(late)
    spread = sum((at - mean_at) ** 2 for at, _ in late)
    return sum((at - mean_at) * (size - mean) for at, size in late) / spread if spread else 0.0


def written(runs: list[Typed], seconds: int) -> str:
    """Return the section."""
    rows: dict[str, Callable[[Typed], str]] = {
        "keys, all on disk / refused": lambda run: f"{run.kept.keys} / {len(run.kept.refused)}",
        "a letter to every other editor: p50 / p99 / longest, ms (aim 300)": lambda run: percentiles(
            run.kept.to_editors
        ),
        "(letter, editor) pairs": lambda run: str(len(run.kept.to_editors)),
        "a key to its answer: p50 / p99 / longest, ms": lambda run: percentiles(run.kept.to_answers),
        f"to {READERS} readers as text: p50 / p99 / longest, ms (aim 1500)": lambda run: percentiles(
            run.kept.to_readers
        ),
        "the server's processor, of a core": lambda run: f"{run.cpu * 100:.0f} %",
        "the server's memory after a minute / at the end, MiB": lambda run: (
            f"{run.memory[min(6, len(run.memory) - 1)][1] / MEBI:.1f} / {run.memory[-1][1] / MEBI:.1f}"
        ),
        "the server's memory at first, after each minute and at the end, MiB": lambda run: each_minute(run.memory),
        "it grows in the second half by, MiB a minute": lambda run: f"{slope(run.memory) * 60 / MEBI:.2f}",
        "an event's body, first / last thousand keys, bytes": lambda run: (
            f"{run.body_bytes[0]:.0f} / {run.body_bytes[1]:.0f}"
        ),
        "the database for each key, bytes": lambda run: f"{run.database_bytes / run.kept.keys:.0f}",
        "the first note in the end: characters / bytes of `state`": lambda run: f"{run.characters} / {run.state_bytes}",
        "opening the session afterwards / reading its texts for the first who writes, s of the processor": lambda run: (
            " / ".join(f"{each:.2f}" for each in run.opening_seconds)
        ),
        "load of the machine in the end": lambda run: f"{run.load:.1f}",
    }
    heads = [f"{run.notes} notes" if run.notes > 1 else "one note" for run in runs]
    lines = [
        f"Made by `python -m bench.typists --write` on {machine()}: {TYPISTS} rapporteurs at {KEYS_PER_SECOND} keys a second,",
        f"{seconds} s each, a command for each key;",
        "one key in eight deletes, every second one once a note has 8,000 characters. The server on one core, the clients on the other.",
        "",
        f"| | {' | '.join(heads)} |",
        "|---|" + "---:|" * len(runs),
        *(f"| {name} | {' | '.join(figure(run) for run in runs)} |" for name, figure in rows.items()),
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and write the section if asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.typists", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--notes", type=int, nargs="+", default=[1, 5])
    parser.add_argument("--write", action="store_true", help="write the section into docs/benchmarks.md")
    given = parser.parse_args()
    section = written([one_run(notes, given.seconds) for notes in given.notes], given.seconds)
    if given.write:
        write_section("Texts written together", section)
    else:
        print(section)


if __name__ == "__main__":
    main()
