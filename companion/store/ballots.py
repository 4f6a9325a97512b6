"""The box of a secret poll: a file of its own beside the database, while the poll is open.

It holds a mark for each unit that has answered and a counter for each option, written in one transaction; no row that is
an answer, no time, no order of the choices. It keeps no log: a write-ahead log would show, transaction by transaction, which
counter moved with which mark, and so would pages that were freed and not wiped. All counters stand in one row, which never
changes its length: SQLite puts a row that is new or grows behind the others, and so would tell which option was first chosen, or
grew last, beside marks in the order in which they came. It is in no backup. When its poll has closed, what was counted
stands in the journal, and the file is deleted.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import sqlite_utils

from companion.store.errors import CommitFailed, DiskFull, NotRecorded, primary_code, refusal_of_write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_SETTINGS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
)
_OWNER_ONLY = 0o600
_DIGITS = 10
_LEAVINGS = ("", "-journal", "-wal", "-shm")


class Ballot(NamedTuple):
    """One answer on its way into the box: which unit gives it, the id of its command, and the option."""

    voter: str
    command: str
    option: str


class BallotBox:
    """The box of one secret poll. Nothing is written before the first answer; one thread uses it at a time."""

    def __init__(self, database: Path, session: str, poll: str, options: Collection[str]) -> None:
        self.path = path_of(database, session, poll)
        self._options = tuple(options)
        self._db: sqlite_utils.Database | None = None

    def put(self, ballots: Iterable[Ballot]) -> None:
        """Count these answers, all of them or none, and have that on disk.

        Raises `NotRecorded` (`DiskFull`), or `Conflict` where a unit has answered before; nothing was counted then. Raises
        `CommitFailed` where that cannot be told.
        """
        ballots = sorted(ballots)  # by unit: in which order they came is nobody's business
        db = self._opened()
        try:
            db.conn.execute("BEGIN IMMEDIATE")
            for ballot in ballots:
                db.conn.execute("INSERT INTO mark (voter, command) VALUES (?, ?)", (ballot.voter, ballot.command))
            counts = _counts_in(db)
            for ballot in ballots:
                counts[ballot.option] += 1
            db.conn.execute("UPDATE tally SET counts = ?", (_written(self._options, counts),))
        except BaseException as error:
            _roll_back(db)
            refusal = refusal_of_write(error) if isinstance(error, sqlite3.Error) else None
            if refusal is None:
                raise
            raise refusal from None  # the error of a statement could name what was in it
        _commit(db)

    def marks(self) -> Mapping[str, str]:
        """Return which units have answered, each with the id of its command; raise `NotRecorded` where it cannot be read."""
        if self._db is None and not self.path.exists():
            return {}
        with _readable(self.path):
            return dict(self._opened().conn.execute("SELECT voter, command FROM mark ORDER BY voter"))

    def counts(self) -> Mapping[str, int]:
        """Return how many chose each option, in the order of the options; raise `NotRecorded` where it cannot be read."""
        if self._db is None and not self.path.exists():
            return dict.fromkeys(self._options, 0)
        with _readable(self.path):
            return _counts_in(self._opened())

    def delete(self) -> None:
        """Remove the file and all that SQLite may have left beside it; raise `NotRecorded` where the system refuses."""
        self.close()
        try:
            _delete(self.path)
        except OSError as error:
            raise NotRecorded(f"{self.path} could not be deleted ({error.strerror})") from error

    def close(self) -> None:
        """Let go of the file, which stays; harmless to repeat."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _opened(self) -> sqlite_utils.Database:
        if self._db is None:
            try:
                self._db = _open(self.path, _written(self._options, {}))
            except OSError as error:
                raise NotRecorded(f"{self.path} cannot be written ({error.strerror})") from error
            except sqlite3.Error as error:
                raise (refusal_of_write(error) or NotRecorded(f"{self.path} cannot be opened")) from error
        return self._db


def path_of(database: Path, session: str, poll: str) -> Path:
    """Return where the box of a poll stands; the id of a poll is its own in its session only."""
    return Path(f"{database}.poll-{poll}.{session}")


def delete_others(database: Path, boxes: Collection[BallotBox]) -> list[Path]:
    """Delete the boxes beside `database` that are none of `boxes`, and return them: a server ended before it could."""
    kept = {f"{box.path}{suffix}" for box in boxes for suffix in _LEAVINGS}
    of_polls = (each for each in database.parent.iterdir() if each.name.startswith(f"{database.name}.poll-"))
    others = sorted(each for each in of_polls if str(each) not in kept)
    for path in others:
        path.unlink()
    if others:
        _sync(database.parent)
    return others


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise NotRecorded(f"{path} cannot be read ({error})") from error


def _open(path: Path, nothing: str) -> sqlite_utils.Database:
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False)
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
        db = sqlite_utils.Database(connection, recursive_triggers=False, execute_plugins=False)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS mark (voter TEXT PRIMARY KEY, command TEXT NOT NULL) STRICT, WITHOUT ROWID"
        )
        connection.execute(
            "CREATE TABLE IF NOT EXISTS tally (one INTEGER PRIMARY KEY CHECK (one = 1), counts TEXT NOT NULL) STRICT"
        )
        connection.execute("INSERT INTO tally (one, counts) VALUES (1, ?) ON CONFLICT DO NOTHING", (nothing,))
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    _sync(path.parent)
    return db


def _written(options: Iterable[str], counts: Mapping[str, int]) -> str:
    """Return the counters as JSON of a length that depends on the options alone."""
    return msgspec.json.encode({option: f"{counts.get(option, 0):0{_DIGITS}}" for option in options}).decode()


def _counts_in(db: sqlite_utils.Database) -> dict[str, int]:
    (counts,) = db.conn.execute("SELECT counts FROM tally").fetchone()
    return {option: int(count) for option, count in msgspec.json.decode(counts).items()}


def _commit(db: sqlite_utils.Database) -> None:
    try:
        db.conn.execute("COMMIT")
    except sqlite3.Error as error:
        # Without a write-ahead log pages are written where there is no room any more, too; what cannot be taken back is undecided.
        if primary_code(error) == sqlite3.SQLITE_FULL:
            _roll_back(db)
            raise DiskFull("the disk is full: nothing was recorded") from None
        raise CommitFailed("the disk failed while recording, the program has to be started again") from error


def _roll_back(db: sqlite_utils.Database) -> None:
    try:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise CommitFailed("a transaction could not be taken back") from error


def _delete(path: Path) -> None:
    for suffix in _LEAVINGS:
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
