"""Whose file is opened, and that a refusal leaves it as it was."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from companion.store import journal, migrations, opening
from companion.store.database import Database, open_for_reading
from companion.store.errors import (
    CannotOpen,
    Corrupt,
    ForeignDatabase,
    Held,
    Missing,
    NewerSchema,
    NoPermission,
    NotADatabase,
    OlderSchema,
)
from companion.store.journal import Entry

NOBODY = 65534
PAGE_BYTES = 4_096
KILLED = -signal.SIGKILL

HOLD = """
import sys
from companion.store.database import Database
db = Database.open(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the file."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file that holds anything, but the index of a log, which any reader may write anew."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}
    return {name: content for name, content in files.items() if content}


def write_text(file: Path) -> None:
    file.write_text("A note that somebody saved under this name.\n" * 50, encoding="utf-8")


def write_one_byte(file: Path) -> None:
    file.write_bytes(b"x")


def write_foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE bookmark (address TEXT)")
        other.execute("INSERT INTO bookmark VALUES ('about:blank')")
        other.commit()


def write_foreign_and_die(file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE bookmark (address TEXT)")
    other.commit()
    os.kill(os.getpid(), signal.SIGKILL)


def write_damaged(file: Path) -> None:
    with Database.open(file) as db, db.transaction():
        db.sql.conn.executemany(
            "INSERT INTO command VALUES ('panel-1', 'person-1', ?, 1, 1, NULL)", [(f"{n:0200}",) for n in range(500)]
        )
    pages = bytearray(file.read_bytes())
    pages[-20 * 4096 : -19 * 4096] = b"\x5a" * 4096
    file.write_bytes(pages)


def write_cut_off(file: Path) -> None:
    with Database.open(file):
        pass
    file.write_bytes(file.read_bytes()[: 3 * 4096])


def write_newer(file: Path) -> None:
    with Database.open(file) as db:
        take_a_later_step(db)


def write_newer_and_die(file: Path) -> None:
    take_a_later_step(Database.open(file))
    os.kill(os.getpid(), signal.SIGKILL)


def write_contradicting(file: Path) -> None:
    """Write a file with our mark whose tables are none of our versions'."""
    with closing(sqlite3.connect(file)) as other:
        other.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE person (id TEXT)")


def write_older(file: Path) -> None:
    with closing(sqlite3.connect(file)) as empty:
        empty.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
    with closing(opening.connect(file, "rw")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        migrations._MIGRATIONS.apply(db, stop_before="0002_workshop")


def take_a_later_step(db: Database) -> None:
    with db.transaction():
        db.sql.conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('companion', '0999_later', '2030')"
        )


REFUSED = [
    (write_text, NotADatabase, "is not a database"),
    (write_one_byte, NotADatabase, "is not a database"),
    (Path.mkdir, NotADatabase, "is not a file"),
    (write_foreign, ForeignDatabase, "is another program's database"),
    (write_foreign_and_die, ForeignDatabase, "is another program's database"),
    (write_damaged, Corrupt, "restore a backup"),
    (write_cut_off, Corrupt, "restore a backup"),
    (write_newer, NewerSchema, "of a newer version of Companion: install that version or a later one"),
    (write_newer_and_die, NewerSchema, "of a newer version of Companion: install that version or a later one"),
    (write_contradicting, CannotOpen, "cannot be opened"),
]


@pytest.mark.parametrize(("write", "refusal", "sentence"), REFUSED)
def test_what_is_not_ours_is_refused_in_a_sentence_and_left_byte_for_byte(
    file: Path, child: Callable[..., int], write: Callable[[Path], None], refusal: type[CannotOpen], sentence: str
) -> None:
    assert child(lambda: write(file)) in {0, KILLED}
    before = contents(file.parent) if file.is_file() else {}
    with pytest.raises(refusal) as refused:
        Database.open(file)
    assert type(refused.value) is refusal
    assert sentence in str(refused.value)
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (contents(file.parent) if file.is_file() else {}) == before


@pytest.mark.parametrize(
    ("write", "refusal"),
    [
        (write_text, NotADatabase),
        (Path.touch, NotADatabase),
        (Path.mkdir, NotADatabase),
        (write_foreign, ForeignDatabase),
        (write_newer, NewerSchema),
        (write_older, OlderSchema),
        (lambda _: None, Missing),
    ],
)
def test_a_reader_is_refused_what_it_cannot_read_and_leaves_it_byte_for_byte(
    file: Path, write: Callable[[Path], None], refusal: type[CannotOpen]
) -> None:
    write(file)
    before = contents(file.parent) if file.is_file() else {}
    with pytest.raises(refusal), open_for_reading(file):
        pytest.fail("it was opened")
    assert (contents(file.parent) if file.is_file() else {}) == before


def test_a_refusal_lets_go_of_the_file(file: Path) -> None:
    write_text(file)
    with pytest.raises(NotADatabase):
        Database.open(file)
    file.unlink()
    with Database.open(file) as db:
        assert journal.sessions_with_entries(db) == []


def test_a_new_file_bears_our_mark_and_is_its_owners_alone(file: Path) -> None:
    with Database.open(file) as db:
        (mark,) = db.sql.execute("PRAGMA application_id").fetchone()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert mark == 0x434F4D50
    assert modes == dict.fromkeys(
        ["workshop.db", "workshop.db-wal", "workshop.db-shm", "workshop.db.lock"], stat.S_IRUSR | stat.S_IWUSR
    )


def test_an_empty_file_becomes_a_database(file: Path) -> None:
    file.touch()
    with Database.open(file) as db:
        assert journal.head(db, "panel-1").seq == 0


def test_what_a_crash_left_of_a_new_file_is_made_again(file: Path) -> None:
    Path(f"{file}.new").write_bytes(b"half a database")
    with Database.open(file) as db:
        db.check()
    assert not Path(f"{file}.new").exists()


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_a_log_left_from_another_database_is_not_played_into_a_new_one(file: Path, suffix: str) -> None:
    Path(f"{file}{suffix}").write_bytes(b"pages of a file that was moved away")
    before = contents(file.parent)
    with pytest.raises(CannotOpen, match="left from another database: move it away"):
        Database.open(file)
    assert contents(file.parent) == before


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 5000),
        ("journal_size_limit", 67108864),
        ("cell_size_check", 1),
    ],
)
def test_the_writer_has_the_settings_that_keep_what_is_committed(db: Database, setting: str, value: object) -> None:
    assert db.sql.execute(f"PRAGMA {setting}").fetchone() == (value,)


def test_every_table_of_ours_is_strict(db: Database) -> None:
    loose = {table.name for table in db.sql.tables if not table.strict}
    assert loose == {"_sqlite_migrations"}


def test_an_older_file_is_brought_up_to_date_with_all_that_it_holds(
    file: Path, sealed: Callable[..., list[Entry]]
) -> None:
    write_older(file)
    entries = sealed(3)
    with closing(opening.connect(file, "rw")) as sql:
        journal.append(Database(file, sql), entries)
    with Database.open(file) as db:
        assert list(journal.read(db, "panel-1")) == entries
        assert migrations.outstanding(db.sql) == []
        assert "access_key" in db.sql.table_names()


def test_the_folder_has_to_exist(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"the folder .*/nowhere does not exist"):
        Database.open(tmp_path / "nowhere" / "workshop.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o666), (0o777, 0o444)])
def test_without_permission_to_write_nothing_is_touched(
    child: Callable[..., int], folder_mode: int, file_mode: int
) -> None:
    def open_as_somebody_else() -> None:
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        with suppress(NoPermission):
            Database.open(file)
            pytest.fail("it was opened")

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "workshop.db"
        with Database.open(file):
            pass
        Path(f"{file}.lock").unlink()
        file.chmod(file_mode)
        Path(folder).chmod(folder_mode)
        before = contents(Path(folder))
        assert child(open_as_somebody_else) == 0
        assert contents(Path(folder)) == before
        Path(folder).chmod(0o700)


def test_a_second_process_is_told_to_stop_the_server(file: Path, holder: subprocess.Popen[str]) -> None:
    before = contents(file.parent)
    with pytest.raises(Held, match="stop the server or use the secretariat's page"):
        Database.open(file)
    assert contents(file.parent) == before
    holder.kill()
    holder.wait()
    with Database.open(file) as db:
        db.check()


def test_a_file_is_held_whatever_name_leads_to_it(file: Path, db: Database) -> None:
    link = file.with_name("link.db")
    link.symlink_to(file)
    with pytest.raises(Held):
        Database.open(link)
    assert db.path == file


def test_a_reader_reads_beside_the_process_that_holds_the_file(file: Path, holder: subprocess.Popen[str]) -> None:
    with open_for_reading(file) as reader:
        assert journal.sessions_with_entries(reader) == []
    assert holder.poll() is None


def test_a_reader_cannot_write(file: Path, db: Database) -> None:
    assert db.path == file
    with open_for_reading(file) as reader, pytest.raises(sqlite3.OperationalError, match="readonly database"):
        reader.sql.conn.execute("DELETE FROM event")


def test_another_program_in_the_middle_of_writing_holds_the_file_too(file: Path) -> None:
    with Database.open(file):
        pass
    with closing(sqlite3.connect(file, isolation_level=None)) as shell:
        shell.execute("PRAGMA locking_mode = EXCLUSIVE")
        shell.execute("BEGIN IMMEDIATE")
        shell.execute("CREATE TABLE notes (text)")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(opening, "_SETTINGS", ("PRAGMA busy_timeout = 10", *opening._SETTINGS[1:]))
            with pytest.raises(Held):
                Database.open(file)


def test_a_file_whose_server_died_while_the_log_was_carried_over_to_it_is_whole(
    file: Path, tmp_path: Path, sealed: Callable[[int], list[Entry]]
) -> None:
    """A checkpoint begins with the first page, which may know of more pages than there are yet: the rest are in the log."""
    entries = sealed(500)
    died = tmp_path / "died.db"
    with Database.open(file) as db:
        with db.transaction():
            journal.append(db, entries)
        for end in ("", "-wal"):
            Path(f"{died}{end}").write_bytes(Path(f"{file}{end}").read_bytes())
    carried_over = file.read_bytes()
    assert len(carried_over) > 2 * died.stat().st_size
    with died.open("r+b") as half:
        half.write(carried_over[:PAGE_BYTES])
    with Database.open(died) as db:
        assert list(journal.read(db, "panel-1")) == entries
