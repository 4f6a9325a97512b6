"""An open file: its lock, its transactions, its copies.

There is exactly one read-write connection per file in the whole system, and one thread uses it at a time: SQLite up to
3.51.2 can lose committed writes of two connections that write or checkpoint at the same moment. A lock beside the file
keeps a second process out; readers need none.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from companion.store import opening
from companion.store.errors import CommitFailed, DiskFull, NotRecorded, StoreError, primary_code, refusal_of_write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    import sqlite_utils

SQLITE_VERSION: Final = sqlite3.sqlite_version
COPIED_AT_ONCE_PAGES: Final = 1_024
"""Of a backup; on the disk before the next are read, so that a commit that comes between waits for 4 MB and not for all."""
ROOM_BYTES: Final = 1 << 20
"""What has to fit on the disk before anything is recorded again."""


class Database:
    """An open file; `sql` is its connection, for this package alone."""

    def __init__(self, path: Path, sql: sqlite_utils.Database, lock: int | None = None) -> None:
        self.path = path
        self.sql = sql
        self.changes = 0
        """How many rows have been written so far; read by any thread, changed by the one that writes."""
        self._lock = lock
        self._undecided = False

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open `path` for writing; make it, or bring its tables up to date, if need be.

        Raises `CannotOpen` (and nothing in the file has changed) or `DiskFull`.
        """
        file = Path(path).resolve()
        lock = opening.take_lock(file)
        try:
            return cls(file, opening.open_for_writing(file), lock)
        except BaseException:
            os.close(lock)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Write what the block writes, all of it or none, and have it on disk when the block is left.

        Raises `NotRecorded` (`DiskFull`) or `Conflict` if nothing was left behind, and `CommitFailed` if that cannot be
        told; after it every further transaction raises it too. Other errors of the block pass through, rolled back.
        """
        if self._undecided:
            raise CommitFailed("an earlier commit failed: the program has to be started again")
        conn = self.sql.conn
        if conn.in_transaction:
            raise RuntimeError("transactions do not nest")
        try:
            conn.execute("BEGIN IMMEDIATE")
            yield
        except BaseException as error:
            self._roll_back()
            refusal = refusal_of_write(error) if isinstance(error, sqlite3.Error) else None
            if refusal is None:
                raise
            raise refusal from error
        self._commit()

    def check(self) -> None:
        """Read every page of the file; raise `Corrupt` if SQLite finds it damaged."""
        opening.check_pages(self.sql, self.path)

    @property
    def size(self) -> int:
        """Return how many bytes the database takes, without its log."""
        (pages,), (page_size,) = (self.sql.execute(f"PRAGMA {of}").fetchone() for of in ("page_count", "page_size"))
        return int(pages) * int(page_size)

    def has_room(self) -> bool:
        """Say whether the disk takes `ROOM_BYTES` more; tried with a file beside the database that is gone at once."""
        trial = Path(f"{self.path}.room")
        try:
            descriptor = os.open(trial, os.O_RDWR | os.O_CREAT, opening.OWNER_ONLY)
        except OSError:
            return False
        try:
            trial.unlink()
            os.posix_fallocate(descriptor, 0, ROOM_BYTES)
        except OSError:
            return False
        finally:
            os.close(descriptor)
        return True

    def backup_to(self, path: Path | str) -> None:
        """Write a copy of the whole file to `path`, which holds the old content or the new, never a part.

        The copy is one plain file, without a log beside it, readable from a read-only folder. Made by a reader, in a
        process of its own, transactions go on meanwhile and are not in it. Raises `NotRecorded` (`DiskFull`).
        """
        file = Path(path).resolve()
        if file == self.path:
            raise StoreError("a backup cannot take the place of the file that it copies")
        opening.refuse_leftovers(file)
        new = Path(f"{file}.tmp")
        try:
            new.unlink(missing_ok=True)
            self._copy_to(new)
            sync(new)
            new.rename(file)
            sync(file.parent)
        except (OSError, sqlite3.Error) as error:
            with contextlib.suppress(OSError):
                new.unlink()
            if isinstance(error, sqlite3.Error) and primary_code(error) == sqlite3.SQLITE_FULL:
                raise DiskFull(f"there is no room for a copy at {file}") from error
            raise NotRecorded(f"the backup could not be written to {file} ({error})") from error

    def close(self) -> None:
        """Close the connection, then let go of the file; harmless to repeat."""
        self.sql.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _roll_back(self) -> None:
        try:
            self.sql.rollback()
        except sqlite3.Error as error:
            self._undecided = True
            raise CommitFailed(f"a transaction could not be taken back ({error})") from error

    def _commit(self) -> None:
        conn = self.sql.conn
        try:
            conn.execute("COMMIT")
        except sqlite3.Error as error:
            # With a write-ahead log the pages are written by COMMIT, so it is there that a full disk is met. Then a
            # frame did not fit, the one that makes the transaction valid is not whole, and SQLite has rolled back. Of
            # any other error (an fsync that fails) the transaction may well be found again after a crash.
            if primary_code(error) == sqlite3.SQLITE_FULL and not conn.in_transaction:
                raise DiskFull("the disk is full: nothing was recorded") from error
            self._undecided = True
            raise CommitFailed(
                f"the disk failed while recording, the program has to be started again ({error})"
            ) from error
        self.changes = conn.total_changes

    def _copy_to(self, path: Path) -> None:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, opening.OWNER_ONLY)
        try:
            with contextlib.closing(opening.connect(path, "rw")) as copy, self._standing_still():
                # What a crash leaves of it is thrown away: it needs no log, and no waiting but ours.
                copy.execute("PRAGMA journal_mode = OFF")
                copy.execute("PRAGMA synchronous = OFF")
                self.sql.conn.backup(
                    copy.conn, pages=COPIED_AT_ONCE_PAGES, progress=lambda *_: os.fdatasync(descriptor), sleep=0
                )
                copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            os.close(descriptor)

    @contextlib.contextmanager
    def _standing_still(self) -> Iterator[None]:
        """See the file as it is now while others write on: a copy in several steps would begin anew with each commit."""
        self.sql.execute("BEGIN")
        try:
            self.sql.execute("SELECT 1 FROM sqlite_schema").fetchone()
            yield
        finally:
            self.sql.execute("ROLLBACK")


@contextlib.contextmanager
def open_for_reading(path: Path | str) -> Iterator[Database]:
    """Open `path` read-only, beside a process that may be writing to it; every query sees what is committed by then.

    Raises `CannotOpen`. Whoever wants the pages checked calls `check()`.
    """
    file = Path(path).resolve()
    with contextlib.closing(Database(file, opening.open_for_reading(file))) as db:
        yield db


def free_bytes(folder: Path) -> int:
    """Return how much room whoever runs this program has left on the disk of a folder."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
