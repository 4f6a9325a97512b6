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
from typing import TYPE_CHECKING, Self

from companion.store import opening
from companion.store.errors import CommitFailed, DiskFull, NotRecorded, StoreError, primary_code, refusal_of_write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    import sqlite_utils


class Database:
    """An open file; `sql` is its connection, for this package alone."""

    def __init__(self, path: Path, sql: sqlite_utils.Database, lock: int | None = None) -> None:
        self.path = path
        self.sql = sql
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

    def backup_to(self, path: Path | str) -> None:
        """Write a copy of the whole file to `path`, which holds the old content or the new, never a part.

        The copy is one plain file, without a log beside it, readable from a read-only folder. Made by the
        writer, transactions wait meanwhile (0.2 s for 60 MB); made by a reader, they do not.
        """
        file = Path(path).resolve()
        if file == self.path:
            raise StoreError("a backup cannot take the place of the file that it copies")
        opening.refuse_leftovers(file)
        new = Path(f"{file}.tmp")
        try:
            new.unlink(missing_ok=True)
            self._copy_to(new)
            _sync(new)
            new.rename(file)
            _sync(file.parent)
        except (OSError, sqlite3.Error) as error:
            with contextlib.suppress(OSError):
                new.unlink()
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

    def _copy_to(self, path: Path) -> None:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        with contextlib.closing(opening.connect(path, "rw")) as copy:
            self.sql.conn.backup(copy.conn)
            copy.execute("PRAGMA journal_mode = DELETE")


@contextlib.contextmanager
def open_for_reading(path: Path | str) -> Iterator[Database]:
    """Open `path` read-only, beside a process that may be writing to it; every query sees what is committed by then.

    Raises `CannotOpen`. Whoever wants the pages checked calls `check()`.
    """
    file = Path(path).resolve()
    with contextlib.closing(Database(file, opening.open_for_reading(file))) as db:
        yield db


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
