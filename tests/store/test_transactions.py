"""A transaction is on disk or leaves nothing behind; where that cannot be told, nobody is told that it failed."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.store import journal
from companion.store.database import Database, open_for_reading
from companion.store.errors import Conflict, DiskFull, NotRecorded, StoreError
from companion.store.journal import Answered, Entry

Sealed = Callable[..., list[Entry]]


def test_what_a_transaction_wrote_is_there_for_the_next_reader(file: Path, db: Database, sealed: Sealed) -> None:
    entries = sealed(3)
    with db.transaction():
        journal.append(db, entries)
        with open_for_reading(file) as reader:
            assert list(journal.read(reader, "panel-1")) == []
    with open_for_reading(file) as reader:
        assert list(journal.read(reader, "panel-1")) == entries


def test_an_error_of_the_block_takes_everything_back_and_passes_through(db: Database, sealed: Sealed) -> None:
    def write_and_fail() -> None:
        with db.transaction():
            journal.append(db, sealed(3))
            raise KeyError("a bug")

    with pytest.raises(KeyError, match="a bug"):
        write_and_fail()
    assert journal.head(db, "panel-1").seq == 0


def test_a_wrong_statement_is_a_bug_and_no_refusal_of_the_disk(db: Database, sealed: Sealed) -> None:
    def write_wrongly() -> None:
        with db.transaction():
            journal.append(db, sealed(1))
            db.sql.conn.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        write_wrongly()
    assert journal.head(db, "panel-1").seq == 0


def test_transactions_do_not_nest(db: Database, sealed: Sealed) -> None:
    def write_twice() -> None:
        with db.transaction():
            journal.append(db, sealed(1))
            with db.transaction():
                pytest.fail("it began")

    with pytest.raises(RuntimeError, match="do not nest"):
        write_twice()
    assert journal.head(db, "panel-1").seq == 0


def test_one_bad_row_poisons_its_transaction_and_no_other(db: Database, sealed: Sealed) -> None:
    first, second, third = sealed(3)
    with db.transaction():
        journal.append(db, [first])
    with pytest.raises(Conflict), db.transaction():
        journal.append(db, [second, first])
    with db.transaction():
        journal.append(db, [second, third])
    assert list(journal.read(db, "panel-1")) == [first, second, third]


def test_the_same_command_is_answered_once(db: Database, sealed: Sealed, answered: Callable[[Entry], Answered]) -> None:
    first, second = sealed(2)
    with db.transaction():
        journal.append(db, [first], [answered(first)])
    with pytest.raises(Conflict), db.transaction():
        journal.append(db, [second], [answered(first)])
    assert journal.head(db, "panel-1").seq == 1


def test_a_full_file_leaves_nothing_behind_and_goes_on_when_there_is_room(db: Database, sealed: Sealed) -> None:
    (pages,) = db.sql.execute("PRAGMA page_count").fetchone()
    db.sql.execute(f"PRAGMA max_page_count = {pages + 2}")
    entries = sealed(200)
    with pytest.raises(DiskFull, match="nothing was recorded"), db.transaction():
        journal.append(db, entries)
    assert journal.head(db, "panel-1").seq == 0
    db.sql.execute("PRAGMA max_page_count = 1073741823")
    with db.transaction():
        journal.append(db, entries)
    assert journal.head(db, "panel-1").seq == 200


def test_another_writer_that_does_not_let_go_is_a_refusal(file: Path, db: Database, sealed: Sealed) -> None:
    db.sql.execute("PRAGMA busy_timeout = 10")
    intruder = sqlite3.connect(file, isolation_level=None)
    intruder.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotRecorded, match="locked"), db.transaction():
        pytest.fail("it began")
    intruder.close()
    with db.transaction():
        journal.append(db, sealed(1))
    assert journal.head(db, "panel-1").seq == 1


# Writes batches until the disk says no, prints what became of it, and dies without tidying up.
WRITE_UNTIL_REFUSED = """
import json, os, resource, signal, sys
from companion.store import journal
from companion.store.database import Database
from companion.store.errors import StoreError

file, limit = sys.argv[1], int(sys.argv[2])
db = Database.open(file)
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
head = journal.head(db, "panel-1")
acknowledged, refusals = head.seq, []
print("ready", file=sys.stderr, flush=True)
while len(refusals) < 3:
    batch, chain = [], head.chain
    for seq in range(head.seq + 1, head.seq + 6):
        batch.append(journal.seal(chain, session="panel-1", seq=seq, at="t", actor="p", command=str(seq), type="e",
                                  body='"' + "x" * 900 + '"', salt="00"))
        chain = batch[-1].chain
    try:
        with db.transaction():
            journal.append(db, batch)
    except StoreError as error:
        refusals.append(type(error).__name__)
    else:
        head = journal.Head(seq=batch[-1].seq, chain=chain)
print(json.dumps({"acknowledged": head.seq, "refusals": refusals, "read": journal.head(db, "panel-1").seq}), flush=True)
os._exit(0)
"""


def write_until_refused(file: Path, *, limit: int = 0, tracer: tuple[str, ...] = ()) -> dict[str, object]:
    finished = subprocess.run(
        [*tracer, sys.executable, "-c", WRITE_UNTIL_REFUSED, str(file), str(limit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    outcome: dict[str, object] = json.loads(finished.stdout)
    return outcome


def entries_in(file: Path) -> int:
    with Database.open(file) as db:
        db.check()
        return journal.head(db, "panel-1").seq


def test_a_commit_that_fails_ends_all_writing_and_loses_nothing_that_was_acknowledged(file: Path) -> None:
    outcome = write_until_refused(file, limit=300_000)
    assert outcome["refusals"] == ["CommitFailed", "CommitFailed", "CommitFailed"]
    acknowledged = outcome["acknowledged"]
    assert isinstance(acknowledged, int)
    assert acknowledged > 0
    assert entries_in(file) in {acknowledged, acknowledged + 5}


def inject(file: Path, fault: str) -> tuple[str, ...]:
    return ("strace", "-f", "-qq", "-o", "/dev/null", "-P", f"{file}-wal", "-e", f"inject={fault}")


@pytest.mark.journey
def test_a_disk_that_is_full_at_commit_leaves_nothing_behind_even_after_a_crash(file: Path) -> None:
    outcome = write_until_refused(file, tracer=inject(file, "pwrite64:error=ENOSPC:when=120+"))
    assert outcome["refusals"] == ["DiskFull", "DiskFull", "DiskFull"]
    assert outcome["read"] == outcome["acknowledged"]
    assert outcome["acknowledged"] != 0
    assert entries_in(file) == outcome["acknowledged"]


@pytest.mark.journey
def test_a_disk_that_fails_to_sync_at_commit_is_not_taken_for_a_no(file: Path) -> None:
    outcome = write_until_refused(file, tracer=inject(file, "fdatasync:error=EIO:when=8"))
    assert outcome["refusals"] == ["CommitFailed", "CommitFailed", "CommitFailed"]
    acknowledged = outcome["acknowledged"]
    assert isinstance(acknowledged, int)
    # The transaction that "failed" is there: its senders ask again with the same ids.
    assert entries_in(file) == acknowledged + 5


def test_a_backup_is_the_whole_file_in_one_piece(file: Path, db: Database, sealed: Sealed) -> None:
    entries = sealed(50)
    with db.transaction():
        journal.append(db, entries)
    backup = file.with_name("copy.db")
    db.backup_to(backup)
    assert sorted(path.name for path in file.parent.glob("copy.db*")) == ["copy.db"]
    with open_for_reading(backup) as copy:
        copy.check()
        assert list(journal.read(copy, "panel-1")) == entries
    with Database.open(backup) as restored, restored.transaction():
        journal.append(restored, sealed(1, after=entries[-1]))
    assert journal.head(db, "panel-1").seq == 50


def test_a_reader_makes_a_backup_beside_a_transaction_and_without_it(file: Path, db: Database, sealed: Sealed) -> None:
    backup = file.with_name("copy.db")
    entries = sealed(4)
    with db.transaction():
        journal.append(db, entries[:2])
    with open_for_reading(file) as reader, db.transaction():
        journal.append(db, entries[2:])
        reader.backup_to(backup)
    with open_for_reading(backup) as copy:
        assert list(journal.read(copy, "panel-1")) == entries[:2]
    assert list(journal.read(db, "panel-1")) == entries


def test_a_backup_takes_the_place_of_an_older_one_and_of_what_a_crash_left(
    file: Path, db: Database, sealed: Sealed
) -> None:
    backup = file.with_name("copy.db")
    db.backup_to(backup)
    with db.transaction():
        journal.append(db, sealed(2))
    Path(f"{backup}.tmp").write_bytes(b"half a copy")
    db.backup_to(backup)
    with open_for_reading(backup) as copy:
        assert journal.head(copy, "panel-1").seq == 2


def test_a_backup_that_cannot_be_written_leaves_the_older_one(file: Path, db: Database, sealed: Sealed) -> None:
    folder = file.with_name("copies")
    folder.mkdir()
    backup = folder / "copy.db"
    db.backup_to(backup)
    with db.transaction():
        journal.append(db, sealed(2))
    Path(f"{backup}.tmp").mkdir()
    before = backup.read_bytes()
    with pytest.raises(NotRecorded, match=re.escape(str(backup))):
        db.backup_to(backup)
    assert backup.read_bytes() == before


def test_a_backup_never_takes_the_place_of_the_file_itself(file: Path, db: Database) -> None:
    link = file.with_name("copy.db")
    link.symlink_to(file)
    with pytest.raises(StoreError, match="cannot take the place"):
        db.backup_to(link)
    db.check()
