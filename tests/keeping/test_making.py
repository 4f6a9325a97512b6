"""A copy is one plain file that is whole and unchanged, or it is not called a copy."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from companion.clock import Clock
from companion.config import BackupSettings
from companion.keeping import copies, making, soundness
from companion.keeping.making import Order, Report
from companion.store import journal
from companion.store.database import Database, open_for_reading
from companion.store.errors import Corrupt, DiskFull, NotRecorded
from tests.keeping.conftest import change_history, go_on
from tests.live.house import SESSION, Hands

NO_RESERVE = BackupSettings(leave_free_mb=0)


def ordered(database: Path, settings: BackupSettings = NO_RESERVE, clock: Clock | None = None) -> Report:
    return making.carry_out(Order(database=str(database), backup=settings), clock or Hands().clock())


def there(database: Path) -> list[str]:
    return sorted(path.name for path in Path(f"{database}.backups").iterdir())


def test_a_copy_is_made_checked_and_named_by_the_time(database: Path) -> None:
    report = ordered(database)
    assert there(database) == ["workshop-2026-10-18T084500Z.db"]
    copy = Path(report.path)
    assert (report.outcome, report.fault, report.sessions, report.size) == ("sound", "", 1, copy.stat().st_size)
    with open_for_reading(copy) as made, open_for_reading(database) as original:
        assert list(journal.read(made, SESSION)) == list(journal.read(original, SESSION))
        assert report.entries == journal.head(original, SESSION).seq
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_copies_follow_each_other_and_leave_by_the_settings(database: Path) -> None:
    settings = BackupSettings(keep_last=2, keep_hourly=0, keep_daily=0, leave_free_mb=0)
    hands = Hands()
    clock = hands.clock()
    for _ in range(3):
        hands.later(timedelta(minutes=1))
        ordered(database, settings, clock)
    assert there(database) == ["workshop-2026-10-18T084700Z.db", "workshop-2026-10-18T084800Z.db"]


def test_what_a_process_that_was_ended_left_is_cleared_away(database: Path) -> None:
    folder = Path(f"{database}.backups")
    folder.mkdir()
    for name in ("workshop-2026-10-18T070000Z.db.unchecked", "workshop-2026-10-18T070100Z.db.unchecked.tmp"):
        (folder / name).write_bytes(b"half a copy")
    ordered(database)
    assert there(database) == ["workshop-2026-10-18T084500Z.db"]


def test_the_copy_of_a_history_that_was_changed_says_so_in_its_name(database: Path) -> None:
    ordered(database)
    change_history(database)
    hands = Hands()
    clock = hands.clock()
    hands.later(timedelta(minutes=1))
    report = ordered(database, clock=clock)
    assert report.outcome == "changed"
    assert report.fault.startswith(f"session {SESSION}: entry 2 was changed")
    assert there(database) == ["workshop-2026-10-18T084500Z.db", "workshop-2026-10-18T084600Z.changed.db"]


def test_the_box_of_a_secret_poll_is_in_no_copy(database: Path) -> None:
    Path(f"{database}.poll-p.{SESSION}").write_bytes(b"marks and counters")
    report = ordered(database)
    assert len(there(database)) == 1
    assert b"marks and counters" not in Path(report.path).read_bytes()


def test_a_copy_that_would_leave_too_little_room_is_not_made(database: Path) -> None:
    report = ordered(database, BackupSettings(leave_free_mb=1 << 40))
    assert report.outcome == "failed"
    assert "there is no room for a copy" in report.fault
    assert there(database) == []


def test_what_cannot_be_copied_is_reported_in_a_sentence(tmp_path: Path, database: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    assert "taken" in ordered(database, BackupSettings(folder=str(tmp_path / "taken"))).fault
    gone = ordered(tmp_path / "gone.db")
    assert (gone.outcome, gone.fault) == ("failed", f"{tmp_path.resolve()}/gone.db does not exist")


def test_a_copy_that_comes_out_damaged_is_none(database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    backup_to = Database.backup_to

    def on_a_bad_disk(self: Database, path: Path) -> None:
        backup_to(self, path)
        with path.open("r+b") as file:
            file.seek(4_096 * 3)
            file.write(os.urandom(4_096 * 5))

    monkeypatch.setattr(Database, "backup_to", on_a_bad_disk)
    with pytest.raises(NotRecorded, match="the copy is damaged"):
        making.copy_to(database, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_journal_of_a_later_version_is_copied_and_named(database: Path) -> None:
    with Database.open(database) as db, db.transaction():
        head = journal.head(db, SESSION)
        later = journal.seal(
            head.chain,
            session=SESSION,
            seq=head.seq + 1,
            at="2026-10-18T09:00:00.000Z",
            actor="p",
            command="c",
            type="session.of_the_future",
            body="{}",
            salt="00" * 16,
        )
        journal.append(db, [later])
    assert "session.of_the_future" in ordered(database).fault
    unread = making.carry_out(Order(database=str(database), backup=NO_RESERVE, with_fold=False), Hands().clock())
    assert unread.outcome == "sound"


def test_a_purged_body_is_no_fault(database: Path) -> None:
    with open_for_reading(database) as db:
        before = soundness.fold(db, SESSION)
    with Database.open(database) as db, db.transaction():
        head = journal.head(db, SESSION)
        db.sql.conn.execute("UPDATE event SET body = NULL, salt = NULL WHERE seq = ?", (head.seq,))
    with open_for_reading(database) as db:
        assert soundness.fold(db, SESSION) != before


def test_a_damaged_database_is_not_examined_further(database: Path) -> None:
    with database.open("r+b") as file:
        file.seek(4_096 * 3)
        file.write(os.urandom(4_096 * 5))
    with pytest.raises(Corrupt), open_for_reading(database) as db:
        soundness.examine(db)


def test_a_copy_is_of_one_moment_though_much_is_written_meanwhile(
    database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each step of the copy lets a commit in; it ends all the same, and has none of them."""
    monkeypatch.setattr("companion.store.database.COPIED_AT_ONCE_PAGES", 4)
    commits = 0
    with Database.open(database) as writer, open_for_reading(database) as reader:
        head = journal.head(writer, SESSION)
        sync = os.fdatasync

        def commit_meanwhile(descriptor: int) -> None:
            nonlocal head, commits
            sync(descriptor)
            with writer.transaction():
                entry = journal.seal(
                    head.chain, session=SESSION, seq=head.seq + 1, at="t", actor="p", command=f"{commits}", type="e",
                    body=f'"{"x" * 9_000}"', salt="00" * 16,
                )  # fmt: skip
                journal.append(writer, [entry])
            head, commits = journal.Head(seq=entry.seq, chain=entry.chain), commits + 1

        monkeypatch.setattr(os, "fdatasync", commit_meanwhile)
        before = journal.head(reader, SESSION)
        reader.backup_to(tmp_path / "copy.db")
        monkeypatch.undo()
    assert commits > 5
    with open_for_reading(tmp_path / "copy.db") as copy:
        copy.check()
        assert journal.head(copy, SESSION) == before


def test_the_process_reads_its_order_and_writes_its_report(database: Path) -> None:
    order = msgspec.json.encode(Order(database=str(database), backup=NO_RESERVE))
    ended = subprocess.run([sys.executable, "-m", "companion.keeping"], input=order, capture_output=True, check=True)
    report = msgspec.json.decode(ended.stdout, type=Report)
    assert report.outcome == "sound"
    assert there(database) == [Path(report.path).name]


def test_copying_to_a_disk_without_room_says_so(database: Path, tmp_path: Path) -> None:
    with pytest.raises(DiskFull, match="there is no room"):
        making.copy_to(database, tmp_path / "copy.db", leave_free=1 << 60)
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_stands_for_the_database(database: Path, tmp_path: Path) -> None:
    report = ordered(database)
    other = tmp_path / "other.db"
    shutil.copy(report.path, other)
    go_on(other)
    with open_for_reading(other) as went_on, open_for_reading(Path(report.path)) as copy:
        assert journal.head(went_on, SESSION).seq == journal.head(copy, SESSION).seq + 1
    assert copies.found(Path(f"{database}.backups"), database)[0].path == Path(report.path)
