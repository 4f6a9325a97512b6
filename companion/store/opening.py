"""Opening a file: who may, what is refused, and the settings of a connection.

A refusal leaves the file byte for byte as it was. So it is looked at read-only first: closing a read-write connection
would move a write-ahead log left by a crash into a file that is not ours, or that only a newer version understands.
The file itself is only ever opened by SQLite: closing a descriptor of it would drop SQLite's own locks.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import sqlite_utils

from companion.store import migrations
from companion.store.errors import (
    CannotOpen,
    Corrupt,
    DiskFull,
    ForeignDatabase,
    Held,
    Missing,
    NewerSchema,
    NoPermission,
    NotADatabase,
    OlderSchema,
    StoreError,
    primary_code,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

RESTORING = ".restoring"
"""What is about to take the place of a file stands beside it under this name."""
# "COMP" in the header of the file, where `file` and this program look for whose database it is.
APPLICATION_ID = 0x434F4D50

_SETTINGS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
_SETTINGS_FOR_WRITING = (
    "PRAGMA synchronous = FULL",
    "PRAGMA journal_size_limit = 67108864",
)
OWNER_ONLY = 0o600
_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT = slice(68, 72)
_SMALLEST_DATABASE = 512  # bytes: one page; SQLite takes a few bytes for an empty database


def take_lock(path: Path) -> int:
    """Return a descriptor of `<path>.lock` that holds the file for this process until it is closed."""
    try:
        lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Missing(f"the folder {path.parent} does not exist") from error
    except OSError as error:
        raise NoPermission(f"no permission to write in the folder {path.parent}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            raise Held(_held(path)) from error
        raise CannotOpen(f"the folder {path.parent} takes no locks") from error
    return lock


def is_held(path: Path) -> bool:
    """Say whether a process holds the file; nothing is made where there is none."""
    try:
        lock = os.open(f"{path}.lock", os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False


def open_for_writing(path: Path) -> sqlite_utils.Database:
    """Return the one read-write connection of `path`, made and brought up to date if need be.

    The caller holds the lock.
    """
    if Path(f"{path}{RESTORING}").exists():
        raise CannotOpen(f"{path} was about to be restored: ask for that again, or remove {path}{RESTORING}")
    if not _is_file(path) or not _has_content(path):
        _create(path)
    # SQLite would open it for reading, and say so at the first write.
    if not os.access(path, os.R_OK | os.W_OK):
        raise NoPermission(_not_permitted(path))
    _inspect(path)
    with _refusals(path):
        db = connect(path, "rw")
        try:
            _bring_up_to_date(db)
        except BaseException:
            db.close()
            raise
    return db


def open_for_reading(path: Path) -> sqlite_utils.Database:
    """Return a read-only connection of `path`, which another process may be writing to."""
    if not _is_file(path):
        raise Missing(f"{path} does not exist")
    if not _has_content(path):
        raise NotADatabase(f"{path} is empty")
    with _refusals(path):
        db = connect(path, "ro")
        try:
            _refuse_foreign(db.conn, path)
            _refuse_newer(db, path)
            _refuse_older(db, path)
        except BaseException:
            db.close()
            raise
    return db


def connect(path: Path, mode: str) -> sqlite_utils.Database:
    """Return a connection of `path` with our settings; `mode` is SQLite's: `rw`, `rwc` or `ro`."""
    # Legacy transaction control: sqlite-utils asks for it, and BEGIN IMMEDIATE is written by hand.
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        for setting in _SETTINGS if mode == "ro" else _SETTINGS + _SETTINGS_FOR_WRITING:
            connection.execute(setting)
        if mode == "ro":
            connection.execute("PRAGMA query_only = ON")
        return sqlite_utils.Database(connection, recursive_triggers=False, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


def check_pages(db: sqlite_utils.Database, path: Path) -> None:
    """Read every page of the file; raise `Corrupt` with SQLite's first complaint."""
    with _refusals(path):
        complaint: str = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if complaint != "ok":
        raise Corrupt(f"{path} is damaged ({complaint.splitlines()[-1]}): restore a backup")


def refuse_leftovers(path: Path) -> None:
    """Raise `CannotOpen` if a log of an earlier database would be played into a new file at `path`."""
    for suffix in ("-wal", "-journal"):
        leftover = Path(f"{path}{suffix}")
        if leftover.exists() and leftover.stat().st_size:
            raise CannotOpen(f"{leftover} is left from another database: move it away, or bring its database back")


def _is_file(path: Path) -> bool:
    try:
        if path.exists() and not path.is_file():
            raise NotADatabase(f"{path} is not a file")
        return path.exists()
    except PermissionError as error:
        raise NoPermission(_not_permitted(path)) from error


def _has_content(path: Path) -> bool:
    size = path.stat().st_size
    if 0 < size < _SMALLEST_DATABASE:
        raise _no_database(path)
    return size > 0


def _create(path: Path) -> None:
    """Make the file under another name first, so that under its own it is whole or not there."""
    refuse_leftovers(path)
    new = Path(f"{path}.new")
    with _refusals(path):
        new.unlink(missing_ok=True)
        # It will hold names and addresses: nobody's but the owner's, its log and index likewise.
        os.close(os.open(new, os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        db = connect(new, "rw")
        try:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _bring_up_to_date(db)
            # The last connection takes the log with it: what is renamed is the whole of it.
        finally:
            db.close()
        new.rename(path)


def _bring_up_to_date(db: sqlite_utils.Database) -> None:
    (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise CannotOpen("the file system does not support SQLite's write-ahead log")
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.bring_up_to_date(db)
    except BaseException:
        db.rollback()
        raise
    db.execute("COMMIT")


def _inspect(path: Path) -> None:
    """Raise what is wrong with a file that no server of ours is writing to, without touching it."""
    with _refusals(path):
        # Read by hand: SQLite would make a log beside a file of somebody else's. Told to look at the file alone, it takes ours for
        # damaged where a server died while the log was carried over to it: the first page may know of pages that are in the log yet.
        # Ours has its mark in the file, and not in the log, from the first.
        header = _header(path)
        if not header.startswith(_MAGIC):
            raise _no_database(path)
        if int.from_bytes(header[_APPLICATION_ID_AT], "big") != APPLICATION_ID:
            raise _foreign(path)
        with contextlib.closing(connect(path, "ro")) as db:
            check_pages(db, path)
            _refuse_newer(db, path)


def _header(path: Path) -> bytes:
    """Return the beginning of a file that this process has not open: closing it lets go of all locks on it."""
    with path.open("rb") as file:
        return file.read(_HEADER_BYTES)


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    if application_id != APPLICATION_ID:
        raise _foreign(path)


def _foreign(path: Path) -> ForeignDatabase:
    return ForeignDatabase(f"{path} is another program's database")


def _refuse_newer(db: sqlite_utils.Database, path: Path) -> None:
    if migrations.unknown(db):
        raise NewerSchema(f"{path} is of a newer version of Companion: install that version or a later one")


def _refuse_older(db: sqlite_utils.Database, path: Path) -> None:
    if migrations.outstanding(db):
        raise OlderSchema(f"{path} is of an older version: start the server once, it brings the file up to date")


@contextlib.contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors into refusals to open."""
    try:
        yield
    except sqlite3.Error as error:
        raise _refusal(path, error) from error
    except OSError as error:
        raise NoPermission(_not_permitted(path)) from error


def _no_database(path: Path) -> NotADatabase:
    return NotADatabase(f"{path} is not a database")


def _refusal(path: Path, error: sqlite3.Error) -> StoreError:
    match primary_code(error):
        case sqlite3.SQLITE_NOTADB:
            return _no_database(path)
        case sqlite3.SQLITE_CORRUPT:
            return Corrupt(f"{path} is damaged ({error}): restore a backup")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Held(_held(path))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return NoPermission(_not_permitted(path))
        case sqlite3.SQLITE_FULL:
            return DiskFull(f"there is no room on the disk for {path}")
        case _:
            return CannotOpen(f"{path} cannot be opened ({error})")


def _held(path: Path) -> str:
    return f"{path} is held by another process: stop the server or use the secretariat's page"


def _not_permitted(path: Path) -> str:
    return f"no permission to open {path}, or to write in its folder"
