"""What the store refuses. `str(error)` is one sentence that a person can read and act on.

`CannotOpen` leaves the file as it was. `NotRecorded` leaves nothing behind and may be tried again.
`CommitFailed` leaves it open what is on disk: whoever catches it ends the process.
"""

# ruff: noqa: N818 (a refusal is named as a state of affairs: `NotFound`, `Conflict`)

from __future__ import annotations

import sqlite3

_NO_ROOM = frozenset({sqlite3.SQLITE_FULL})
_ENVIRONMENT = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_TOOBIG,
    }
)
_ROWS = frozenset({sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH})


class StoreError(Exception):
    """Anything that the store says no to."""


class CannotOpen(StoreError):
    """The file cannot be used; it is unchanged."""


class NotADatabase(CannotOpen):
    """The file is no SQLite database."""


class ForeignDatabase(CannotOpen):
    """The file is some other program's database."""


class Corrupt(CannotOpen):
    """The file is a damaged database."""


class NewerSchema(CannotOpen):
    """The file was written by a newer version of this program."""


class OlderSchema(CannotOpen):
    """The file is to be read, but its tables have not been brought up to date."""


class Held(CannotOpen):
    """Another process holds the file."""


class Missing(CannotOpen):
    """There is no such file or folder."""


class NoPermission(CannotOpen):
    """The operating system does not let us write there."""


class NotRecorded(StoreError):
    """Nothing of the transaction was written; it may be tried again."""


class DiskFull(NotRecorded):
    """Likewise, for want of room."""


class CommitFailed(StoreError):
    """COMMIT failed, and what it left on disk cannot be told: the process has to end."""


class NotFound(StoreError):
    """A row that was to be changed does not exist."""


class Conflict(StoreError):
    """The rows contradict what is already stored."""


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; 0 for an error of the Python module itself."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def refusal_of_write(error: sqlite3.Error) -> StoreError | None:
    """Return what an error of a statement means for the transaction around it; None if it is a bug of ours."""
    code = primary_code(error)
    if code in _NO_ROOM:
        return DiskFull("the disk is full: nothing was recorded")
    if code in _ENVIRONMENT:
        return NotRecorded(f"the disk refused: nothing was recorded ({error})")
    if code in _ROWS:
        return Conflict(f"this contradicts what is already stored ({error})")
    return None
