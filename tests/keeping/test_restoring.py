"""A copy put in the place of a database: checked first, with what it replaces kept, and what is lost told."""

import os
import shutil
from pathlib import Path

import pytest

from companion.keeping import making, restoring
from companion.keeping.restoring import Changed, Compared, Restored
from companion.store import journal
from companion.store.database import Database, open_for_reading
from companion.store.errors import CannotOpen, Held, Missing, NotADatabase
from tests.keeping.conftest import change_history, go_on
from tests.live.house import SESSION, Hands


@pytest.fixture
def copy(database: Path, tmp_path: Path) -> Path:
    """Return a copy of the database; three entries were made after it."""
    path = tmp_path / "copy.db"
    making.copy_to(database, path)
    go_on(database, times=3)
    return path


def restored(copy: Path, database: Path) -> Restored:
    return restoring.restore(copy, database, Hands().clock())


def last(database: Path) -> int:
    with open_for_reading(database) as db:
        db.check()
        return journal.head(db, SESSION).seq


def content(folder: Path) -> dict[str, bytes]:
    passing = (".lock", "-shm", "-wal")
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith(passing)}


def test_the_copy_takes_the_place_and_what_it_replaces_is_kept(database: Path, copy: Path) -> None:
    at = last(copy)
    told = restored(copy, database)
    assert told.aside == database.with_name("workshop.db.replaced-2026-10-18T084500Z")
    assert (last(database), last(told.aside)) == (at, at + 3)
    assert copy.exists()
    go_on(database)
    assert last(database) == at + 1


def test_what_is_lost_is_told_with_its_times(database: Path, copy: Path) -> None:
    with open_for_reading(copy) as db:
        head = journal.head(db, SESSION)
        (entry,) = journal.read(db, SESSION, head.seq - 1)
    (told,) = restored(copy, database).sessions or ()
    assert told == Compared(
        session=SESSION, kept=head.seq, kept_until=entry.at, lost=3, lost_until="2026-10-18T08:45:00.000Z"
    )


def test_nothing_is_lost_where_the_copy_has_all(database: Path, tmp_path: Path) -> None:
    making.copy_to(database, tmp_path / "copy.db")
    (told,) = restored(tmp_path / "copy.db", database).sessions or ()
    assert (told.lost, told.lost_until) == (0, None)


def test_histories_that_have_parted_are_compared_up_to_where_they_did(database: Path, copy: Path) -> None:
    at = last(copy)
    go_on(copy, times=5)
    (told,) = restored(copy, database).sessions or ()
    assert (told.kept, told.lost) == (at + 5, 3)


def test_a_log_that_a_crash_left_is_kept_with_what_it_belongs_to(database: Path, copy: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with Database.open(database) as db, db.transaction():
        pass
    with Database.open(database) as db:
        with db.transaction():
            db.sql.conn.execute("UPDATE workshop SET title = 'In the log'")
        for suffix in ("", "-wal"):
            shutil.copy(f"{database}{suffix}", crashed / f"workshop.db{suffix}")
    told = restored(copy, crashed / "workshop.db")
    assert told.aside is not None
    with open_for_reading(told.aside) as db:
        assert db.sql.execute("SELECT title FROM workshop").fetchone() == ("In the log",)
    assert Path(f"{told.aside}-wal").stat().st_size > 0
    with open_for_reading(crashed / "workshop.db") as db:
        assert db.sql.execute("SELECT title FROM workshop").fetchone() == ("A workshop",)


def test_where_there_is_none_the_copy_is_put_there(copy: Path, tmp_path: Path) -> None:
    told = restored(copy, tmp_path / "new.db")
    assert told.aside is None
    assert [(each.session, each.lost) for each in told.sessions or ()] == [(SESSION, 0)]
    assert last(tmp_path / "new.db") == last(copy)


def test_a_damaged_file_is_replaced_and_what_is_lost_cannot_be_told(database: Path, copy: Path) -> None:
    database.write_bytes(os.urandom(20_000))
    told = restored(copy, database)
    assert told.sessions is None
    assert told.aside is not None
    assert last(database) == last(copy)


def test_it_is_refused_while_a_server_runs(database: Path, copy: Path) -> None:
    before = content(database.parent)
    with Database.open(database), pytest.raises(Held, match="stop the server"):
        restored(copy, database)
    assert content(database.parent) == before


def test_a_copy_that_is_none_is_refused(database: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear colleagues,\n" * 100)
    before = content(database.parent)
    with pytest.raises(NotADatabase):
        restored(tmp_path / "letter.db", database)
    with pytest.raises(Missing):
        restored(tmp_path / "nothing.db", database)
    assert content(database.parent) == before


def test_a_copy_whose_history_was_changed_is_put_back_only_if_asked_for(database: Path, copy: Path) -> None:
    change_history(copy)
    before = content(database.parent)
    with pytest.raises(Changed, match="entry 2 was changed"):
        restored(copy, database)
    assert content(database.parent) == before
    told = restoring.restore(copy, database, Hands().clock(), changed_too=True)
    assert told.aside is not None
    assert last(database) == last(copy)


class Ended(BaseException):
    """The process is ended, at this moment."""


@pytest.mark.parametrize("renames", [2, 3])
def test_whenever_it_is_ended_no_server_starts_on_half_of_it_and_asked_again_it_is_completed(
    database: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    """`renames`: the copy under its passing name, the database aside, the copy into its place; it ends before one of them."""
    left, rename, at = renames, Path.rename, last(copy)

    def ending(self: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left == 0:
            raise Ended
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", ending)
        with pytest.raises(Ended):
            restored(copy, database)
    with pytest.raises(CannotOpen, match="was about to be restored"):
        Database.open(database)
    restored(copy, database)
    assert last(database) == at
    kept = [path for path in database.parent.glob("workshop.db.replaced-*") if path.suffix != ".lock"]
    assert [last(path) for path in kept if not path.name.endswith(("-wal", "-shm"))] == [at + 3]
