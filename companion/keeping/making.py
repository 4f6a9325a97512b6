"""A copy of a database: made beside whoever writes to it, checked, and only then called by a copy's name."""

import time
from pathlib import Path
from typing import Literal

import msgspec

from companion.clock import Clock
from companion.config import BackupSettings
from companion.keeping import copies, soundness
from companion.keeping.soundness import Soundness
from companion.store.database import free_bytes, open_for_reading, sync
from companion.store.errors import Corrupt, DiskFull, NotRecorded, StoreError

_MB = 1 << 20


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a process is asked to copy. `with_fold`: whether each journal has to lead to a state, besides being unchanged."""

    database: str
    backup: BackupSettings
    with_fold: bool = True


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it.

    `sound`: a copy was made; `changed`: likewise, but its history is not what was written; `failed`: none was made.
    `fault` is a sentence on the latter two.
    """

    outcome: Literal["sound", "changed", "failed"]
    path: str = ""
    size: int = 0
    sessions: int = 0
    entries: int = 0
    seconds: float = 0
    fault: str = ""


def carry_out(order: Order, clock: Clock) -> Report:
    """Make a copy in the folder of copies, let go of those that have served their time, and report.

    Never raises `StoreError`.
    """
    database = Path(order.database).resolve()
    folder = copies.folder_of(database, order.backup)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for leftover in copies.unfinished(folder, database):
            leftover.unlink()
        report = _make(database, folder, clock, order)
        for copy in copies.outdated(copies.found(folder, database), order.backup):
            copy.path.unlink()
    except (OSError, StoreError) as error:
        return Report(outcome="failed", fault=str(error))
    return report


def copy_to(database: Path, path: Path, *, leave_free: int = 0, with_fold: bool = True) -> Soundness:
    """Copy a database to `path` and return what the copy is; raise `StoreError`, and nothing is there.

    `leave_free` are the bytes that have to be free on that disk afterwards.
    """
    with open_for_reading(database) as db:
        if free_bytes(path.parent) < db.size + leave_free:
            raise DiskFull(f"there is no room for a copy in {path.parent}")
        db.backup_to(path)
    try:
        with open_for_reading(path) as copy:
            return soundness.examine(copy, with_fold=with_fold)
    except Corrupt as error:
        path.unlink()
        raise NotRecorded(f"the copy is damaged, which may be the disk of {path.parent}: {error}") from error


def _make(database: Path, folder: Path, clock: Clock, order: Order) -> Report:
    at, began = clock.now(), time.monotonic()
    unchecked = folder / f"{copies.name_of(database, at)}{copies.UNCHECKED}"
    leave_free = order.backup.leave_free_mb * _MB
    found = copy_to(database, unchecked, leave_free=leave_free, with_fold=order.with_fold)
    path = folder / copies.name_of(database, at, changed=bool(found.faults))
    unchecked.rename(path)
    sync(folder)
    return Report(
        outcome="changed" if found.faults else "sound",
        path=str(path),
        size=path.stat().st_size,
        sessions=found.sessions,
        entries=found.entries,
        seconds=time.monotonic() - began,
        fault="; ".join(found.faults),
    )
