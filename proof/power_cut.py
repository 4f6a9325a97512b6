"""The power cut: what a disk holds for sure is what was synced, and everything that was said has to be in it.

The server runs under strace, which tells of every write, every sync and every word that it says. From that the file is
made again as it would be found after the power went at a moment in between: once without all that was not synced yet, and
once with a part of it, since a disk writes in any order.
"""

import random
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from proof.checker import Fault, Journal, Kind, read_journal

CALLS: Final = "pwrite64,ftruncate,fdatasync,fsync,sendto,sendmsg,write,writev"
SECTOR: Final = 512
_LINE = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)", re.DOTALL)
_FILE = re.compile(r"\d+<([^>]*)>")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_HEX = re.compile(r"\\x([0-9a-f]{2})")
_NUMBERS = re.compile(r"(\d+)(?:, (\d+))?\) += ")
_TEXT_FRAME: Final = b"\x81"
_SEQ = re.compile(rb'"seq":(\d+)')
_UNFINISHED: Final = " <unfinished ...>"


class Call(NamedTuple):
    """One system call: on which file, what was written, and where to."""

    name: str
    path: str
    data: bytes
    offset: int


def traced(trace: Path) -> list[str]:
    """Return the command that runs the server under a tracer; the process is the server, not the tracer."""
    # -D: the tracer is a grandchild. --seccomp-bpf: the program stops at these calls alone.
    return [
        "strace", "-D", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-e", "signal=none",
        "-o", str(trace),
    ]  # fmt: skip


def calls(lines: Iterable[str]) -> Iterator[Call]:
    """Yield the calls of a trace: what is said when it begins, everything else when it is done."""
    begun: dict[str, str] = {}
    for line in lines:
        parts = _LINE.match(line)
        if parts is None:
            continue
        thread, resumed, name, rest = parts.groups()
        if resumed:
            whole = begun.pop(thread, "") + rest
            if resumed in _SPEAKING:
                continue
            name = resumed
        elif rest.rstrip().endswith(_UNFINISHED.strip()):
            begun[thread] = rest.rstrip()[: -len(_UNFINISHED)]
            if name not in _SPEAKING:
                continue
            whole = rest
        else:
            whole = rest
        if name in _SPEAKING or not re.search(r"= -1 \w+", whole):
            yield _call(name, whole)


_SPEAKING: Final = frozenset({"sendto", "sendmsg", "write", "writev"})


def _call(name: str, rest: str) -> Call:
    file = _FILE.match(rest)
    data = b"".join(_bytes(each) for each in _STRING.findall(rest))
    numbers = _NUMBERS.search(rest)
    offset = 0
    if numbers is not None and name in {"pwrite64", "ftruncate"}:
        offset = int(numbers[2] if name == "pwrite64" else numbers[1])
    return Call(name, _bytes(file[1]).decode() if file else "", data, offset)


def _bytes(text: str) -> bytes:
    return bytes.fromhex("".join(_HEX.findall(text))) if "\\x" in text else text.encode()


@dataclass(slots=True)
class _File:
    synced: bytearray = field(default_factory=bytearray)
    waiting: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        for each in self.waiting:
            _write(self.synced, each)
        self.waiting.clear()

    def after_the_cut(self, dice: random.Random | None) -> bytes:
        """Return what is found: without all that waits, or with what the dice say of it, sector by sector."""
        found = bytearray(self.synced)
        for each in self.waiting if dice else ():
            for start in range(0, max(1, len(each.data)), SECTOR):
                if dice is not None and dice.random() < 0.5:
                    _write(found, each._replace(data=each.data[start : start + SECTOR], offset=each.offset + start))
        return bytes(found)


def _write(content: bytearray, call: Call) -> None:
    if call.name == "ftruncate":
        del content[call.offset :]
        content.extend(bytes(call.offset - len(content)))
        return
    content.extend(bytes(max(0, call.offset - len(content))))
    content[call.offset : call.offset + len(call.data)] = call.data


class Disk:
    """The database and its log as they would be found, from what they are now on; `said` is the last event that anybody was told of."""

    def __init__(self, database: Path) -> None:
        self._database = database
        log = Path(f"{database}-wal")
        self._files = {
            str(each): _File(bytearray(each.read_bytes() if each.exists() else b"")) for each in (database, log)
        }
        self.said = self.syncs = self.checkpoints = 0

    def follow(self, call: Call) -> bool:
        """Take note of a call; say whether somebody was told of an event that nobody had been told of before."""
        file = self._files.get(call.path)
        if file is None:
            return self._hear(call)
        if call.name in {"fdatasync", "fsync"}:
            file.sync()
            self.syncs += 1
            self.checkpoints += call.path == str(self._database)
        else:
            file.waiting.append(call)
        return False

    def cut(self, folder: Path, dice: random.Random | None) -> Path:
        """Write into a folder what is found after a power cut now, and return the database."""
        for path, file in self._files.items():
            (folder / Path(path).name).write_bytes(file.after_the_cut(dice))
        (folder / f"{self._database.name}-shm").unlink(missing_ok=True)
        return folder / self._database.name

    def _hear(self, call: Call) -> bool:
        if not call.data.startswith(_TEXT_FRAME):
            return False
        said = max((int(seq) for seq in _SEQ.findall(call.data)), default=0)
        is_news = said > self.said
        self.said = max(self.said, said)
        return is_news


def cut_again_and_again(
    trace: Path, disk: Disk, session: str, folder: Path, *, most: int, seed: int = 1
) -> tuple[int, list[Fault], Journal]:
    """Cut the power at up to `most` moments at which somebody had just been told something, and at the end of the trace.

    Return how often, what was lost, and the journal as it is found at the end without all that was not synced.
    """
    dice = random.Random(seed)  # noqa: S311 (the same every time)
    with trace.open(encoding="ascii", errors="replace") as lines:
        everything = [*calls(lines)]
    moments = _moments(everything, disk.said)
    chosen = {*dice.sample(moments, min(most, len(moments))), *moments[-1:]}
    faults: list[Fault] = []
    for place, call in enumerate(everything):
        disk.follow(call)
        if place in chosen:
            faults += _found_wanting(disk, session, folder, (None, dice))
    last = disk.cut(_emptied(folder), None)
    return 2 * len(chosen), faults, read_journal(last, session)


def _moments(everything: Sequence[Call], said: int) -> list[int]:
    places: list[int] = []
    for place, call in enumerate(everything):
        if call.data.startswith(_TEXT_FRAME):
            told = max((int(seq) for seq in _SEQ.findall(call.data)), default=0)
            if told > said:
                places.append(place)
                said = told
    return places


def _found_wanting(disk: Disk, session: str, folder: Path, ways: Iterable[random.Random | None]) -> Iterator[Fault]:
    for dice in ways:
        try:
            journal = read_journal(disk.cut(_emptied(folder), dice), session)
        except (sqlite3.Error, ValueError) as error:
            yield Fault(Kind.LOST, f"{disk.said} was told, and after a power cut the file cannot be read ({error})")
            continue
        if journal.head < disk.said:
            yield Fault(Kind.LOST, f"{disk.said} was told, and after a power cut the journal ends at {journal.head}")
        if [entry.seq for entry in journal.entries] != [*range(1, journal.head + 1)]:
            yield Fault(Kind.JOURNAL, f"after a power cut at {disk.said} entries are missing")


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
