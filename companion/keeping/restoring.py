"""A copy put in the place of a database: checked first, and what it replaces is kept beside it.

In whatever moment it is ended, no server starts on half of it: what is to be put there stands beside the database until it
has taken its place, and is refused there (`store/opening.py`). Asked again, it is completed.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from companion.clock import Clock
from companion.keeping import making
from companion.keeping.copies import stamp
from companion.store import journal, opening
from companion.store.database import Database, open_for_reading, sync
from companion.store.errors import CannotOpen, Corrupt, StoreError
from companion.store.journal import Entry

_LOGS = ("-wal", "-journal")


class Changed(StoreError):  # noqa: N818 (a state of affairs)
    """The copy is whole, but its history is not what was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A session before and after: `kept` entries, the last at `kept_until`; `lost` that came after them, until `lost_until`."""

    session: str
    kept: int
    kept_until: str | None
    lost: int
    lost_until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What became of it: where the replaced file is (None: there was none), and each session; None: it was unreadable."""

    aside: Path | None
    sessions: tuple[Compared, ...] | None


def restore(backup: Path, database: Path, clock: Clock, *, changed_too: bool = False) -> Restored:
    """Put a copy in the place of `database`; raise `Held`, `Changed` or what else is wrong, and nothing has changed.

    `changed_too`: also one whose history is not what was written, where there is no better.
    """
    database = database.resolve()
    lock = opening.take_lock(database)
    try:
        new = Path(f"{database}{opening.RESTORING}")
        found = making.copy_to(backup.resolve(), new)
        if found.faults and not changed_too:
            new.unlink()
            raise Changed("; ".join(found.faults))
        with open_for_reading(new) as after:
            sessions = _compare(database, after)
        aside = _put_aside(database, clock)
        new.rename(database)
        sync(database.parent)
    finally:
        os.close(lock)
    return Restored(aside=aside, sessions=sessions)


def _put_aside(database: Path, clock: Clock) -> Path | None:
    """Rename the file and the logs that belong to it; return its new name, or None where there was nothing."""
    aside = Path(f"{database}.replaced-{stamp(clock.now())}")
    there = [suffix for suffix in ("", *_LOGS) if Path(f"{database}{suffix}").exists()]
    for suffix in there:
        Path(f"{database}{suffix}").rename(f"{aside}{suffix}")
    Path(f"{database}-shm").unlink(missing_ok=True)
    sync(database.parent)
    return aside if there else None


def _compare(database: Path, after: Database) -> tuple[Compared, ...] | None:
    """Return what is kept and lost in each session; None where the file that is replaced cannot be read."""
    if not database.exists():
        return tuple(_compared(None, after))
    try:
        with open_for_reading(database) as before:
            before.check()
            return tuple(_compared(before, after))
    except (CannotOpen, Corrupt):
        return None


def _compared(before: Database | None, after: Database) -> Iterator[Compared]:
    sessions = {*journal.sessions_with_entries(after), *(journal.sessions_with_entries(before) if before else ())}
    for session in sorted(sessions):
        was, now = journal.head(before, session).seq if before else 0, journal.head(after, session).seq
        common = _common(before, after, session, min(was, now)) if before else 0
        yield Compared(
            session=session,
            kept=now,
            kept_until=_time(after, session, now),
            lost=was - common,
            lost_until=_time(before, session, was) if before and was > common else None,
        )


def _common(before: Database, after: Database, session: str, most: int) -> int:
    """Return up to which entry two journals are the same: each link stands for all before it."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if _entry(before, session, middle).chain == _entry(after, session, middle).chain:
            least = middle
        else:
            most = middle - 1
    return least


def _time(db: Database, session: str, seq: int) -> str | None:
    return _entry(db, session, seq).at if seq else None


def _entry(db: Database, session: str, seq: int) -> Entry:
    return next(journal.read(db, session, seq - 1, seq))
