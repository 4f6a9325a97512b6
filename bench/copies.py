"""`python -m bench.copies`: what a copy of a large database costs those who write meanwhile, and what a start on it takes.

One command after the other is written by the committer, each with its fsync: first alone, then while the process beside it
copies and checks the whole file as it does for a server.
"""

import argparse
import itertools
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.page import machine, write_section
from companion.clock import Clock, format_time
from companion.config import BackupSettings, DatabaseSettings, Settings
from companion.core import events as e
from companion.engine import choose
from companion.keeping.keeper import Keeper, Kept
from companion.live import entries
from companion.live.committer import Append, Committer
from companion.store import journal
from companion.store.database import SQLITE_VERSION, Database
from companion.store.journal import Answered, Entry
from tests.live.house import MODERATOR, SESSION, SOON, Hands, House, prepare

AT_ONCE: Final = 1_000
ALONE_SECONDS: Final = 10.0
PAUSE_SECONDS: Final = 0.005
TEXT: Final = "The panel resumes at three o'clock in room XVII; remarks are of two minutes each."


@dataclass(frozen=True, slots=True)
class Figures:
    """Times in seconds, of the commits in milliseconds; `size` in bytes."""

    entries: int
    size: int
    opened_in: float
    opened_cpu: float
    copied_cpu: float
    kept: Kept
    alone: list[float]
    beside: list[float]


@dataclass(slots=True)
class _Waiting:
    """A command that waits for the disk."""

    arrived: threading.Event

    def recorded(self) -> None:
        self.arrived.set()

    def not_recorded(self, error: Exception) -> None:
        raise AssertionError from error


def announcements(database: Database) -> Iterator[Append]:
    """Yield commands that follow what is recorded, sealed as they are taken."""
    head, clock = journal.head(database, SESSION), Clock()
    chain, at = head.chain, clock.now()
    for seq in itertools.count(head.seq + 1):
        recorded = e.Recorded(
            seq=seq, at=at, by=MODERATOR.person, command=f"bench-{seq}", event=e.Announced(text=f"{seq}: {TEXT}")
        )
        entry = entries.sealed(SESSION, chain, recorded, at=format_time(recorded.at), salt=clock.make_salt())
        chain = entry.chain
        answered = Answered(
            session=SESSION, actor=MODERATOR.person, id=entry.command, first_seq=seq, last_seq=seq, result=None
        )
        yield Append(session=SESSION, generation=0, entries=(entry,), answered=answered)


def fill(file: Path, count: int) -> None:
    """Write a workshop with a session of so many entries."""
    prepare(file)
    with Database.open(file) as db:
        to_come = announcements(db)
        for _ in range(count // AT_ONCE):
            batch = list(itertools.islice(to_come, AT_ONCE))
            made: list[Entry] = [entry for append in batch for entry in append.entries]
            with db.transaction():
                journal.append(db, made, [append.answered for append in batch])


def latencies(database: Database, until: Callable[[], bool]) -> list[float]:
    """Return how long each commit took, one after the other, in milliseconds, shortest first."""

    def fail(error: BaseException) -> None:
        raise AssertionError from error

    committer = Committer(choose("threading"), database, stop_program=fail)
    committer.start()
    took = []
    for append in announcements(database):
        waiting = _Waiting(threading.Event())
        began = time.perf_counter()
        committer.append(append, waiting)
        if not waiting.arrived.wait(SOON):
            raise AssertionError("never written")
        took.append((time.perf_counter() - began) * 1_000)
        if until():
            break
        time.sleep(PAUSE_SECONDS)
    committer.stop()
    return sorted(took)


def measure(count: int) -> Figures:
    """Return the figures of a database of so many entries."""
    with tempfile.TemporaryDirectory(prefix="companion-bench-") as folder:
        file = Path(folder) / "workshop.db"
        fill(file, count)
        began, cpu = time.perf_counter(), time.process_time()
        house = House(file, Hands())
        opened_in, opened_cpu = time.perf_counter() - began, time.process_time() - cpu
        house.close()
        settings = Settings(
            database=DatabaseSettings(path=str(file)), backup=BackupSettings(every_seconds=0, leave_free_mb=0)
        )
        keeper = Keeper(choose("threading"), Clock(), settings, changes=lambda: 1, closed=lambda: 0)
        with Database.open(file) as db:
            ends = time.perf_counter() + ALONE_SECONDS
            alone = latencies(db, lambda: time.perf_counter() > ends)
            of_children = os.times()
            copying = threading.Thread(target=keeper.look)
            copying.start()
            beside = latencies(db, lambda: not copying.is_alive())
            size = db.size
        copied_cpu = sum(os.times()[2:4]) - sum(of_children[2:4])
        return Figures(count, size, opened_in, opened_cpu, copied_cpu, keeper.state, alone, beside)


def page(figures: Figures) -> str:
    """Return the section as it stands in `docs/benchmarks.md`."""
    rows = [
        ("size of the database", f"{figures.size / 1e6:.0f} MB"),
        (
            "a start on it: pages read, all sessions taken up",
            f"{figures.opened_in:.1f} s ({figures.opened_cpu:.1f} s of the processor)",
        ),
        (
            "a first copy, made and checked (pages, chain, fold), beside the server",
            f"{figures.kept.seconds:.1f} s ({figures.copied_cpu:.1f} s of the processor)",
        ),
        *(
            (
                f"a commit {when}, of {len(took)}: p50 / p99 / longest",
                " / ".join(f"{each:.1f}" for each in of(took)) + " ms",
            )
            for when, took in (("alone", figures.alone), ("while the copy is made and checked", figures.beside))
        ),
    ]
    lines = "\n".join(f"| {what} | {figure} |" for what, figure in rows)
    return (
        f"Made by `python -m bench.copies` on {machine()}, SQLite {SQLITE_VERSION}, with a database of {figures.entries} entries. "
        "Each commit has its fsync, and the next is sent 5 ms after it.\n\n"
        f"| what | figure |\n|---|---:|\n{lines}\n"
    )


def of(took: list[float]) -> tuple[float, float, float]:
    """Return the median, the 99th percentile and the longest."""
    return took[len(took) // 2], took[len(took) * 99 // 100], took[-1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=300_000)
    write_section("Copies", page(measure(parser.parse_args().entries)))
