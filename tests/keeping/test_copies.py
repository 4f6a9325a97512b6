"""Which copies of a database there are, and which have served their time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from companion.config import BackupSettings
from companion.keeping import copies
from companion.keeping.copies import Copy

NOON = datetime(2026, 10, 18, 12, 0, tzinfo=UTC)
DATABASE = Path("workshop.db")


def made(*times: datetime, changed: bool = False) -> list[Copy]:
    return [Copy(at, Path(copies.name_of(DATABASE, at, changed=changed)), changed) for at in times]


def every_minute(hours: float) -> list[Copy]:
    """Return copies of so many hours until noon."""
    return made(*(NOON - timedelta(minutes=n) for n in reversed(range(int(hours * 60)))))


def kept(found: list[Copy], **settings: int) -> list[datetime]:
    gone = copies.outdated(found, BackupSettings(**settings))  # type: ignore[arg-type]  # numbers
    return [copy.at for copy in found if copy not in gone]


def test_a_name_tells_the_database_and_the_time() -> None:
    at = datetime(2026, 10, 18, 8, 45, 5, 120_000, tzinfo=UTC)
    assert copies.name_of(DATABASE, at) == "workshop-2026-10-18T084505Z.db"
    assert copies.name_of(DATABASE, at, changed=True) == "workshop-2026-10-18T084505Z.changed.db"


def test_copies_are_beside_the_database_or_where_the_settings_say(tmp_path: Path) -> None:
    database = tmp_path / "workshop.db"
    assert copies.folder_of(database, BackupSettings()) == tmp_path / "workshop.db.backups"
    assert copies.folder_of(database, BackupSettings(folder=str(tmp_path / "x"))) == tmp_path / "x"


def test_copies_of_other_databases_and_other_files_are_none_of_ours(tmp_path: Path) -> None:
    later, earlier = copies.name_of(DATABASE, NOON), copies.name_of(DATABASE, NOON - timedelta(hours=1), changed=True)
    others = ("other-2026-10-18T084505Z.db", "workshop.db", "workshop-2-2026-10-18T084505Z.db", f"{later}.unchecked")
    for name in (later, earlier, *others):
        (tmp_path / name).touch()
    assert [(copy.path.name, copy.changed) for copy in copies.found(tmp_path, DATABASE)] == [
        (earlier, True),
        (later, False),
    ]
    assert copies.unfinished(tmp_path, DATABASE) == [tmp_path / f"{later}.unchecked"]
    assert copies.found(tmp_path / "nowhere", DATABASE) == []


def test_the_newest_are_kept_then_one_of_each_hour_then_one_of_each_day() -> None:
    found = every_minute(hours=60)
    newest = [NOON - timedelta(minutes=n) for n in range(10)]
    hours = [NOON.replace(hour=hour, minute=59) for hour in (11, 10)]
    days = [NOON.replace(day=day, hour=23, minute=59) for day in (17,)]
    assert kept(found, keep_last=10, keep_hourly=3, keep_daily=2) == sorted({*newest, *hours, *days})


def test_hours_and_days_without_copies_do_not_count() -> None:
    found = made(NOON - timedelta(days=9), NOON - timedelta(days=3), NOON)
    assert kept(found, keep_last=1, keep_hourly=0, keep_daily=2) == [NOON - timedelta(days=3), NOON]
    assert kept(found, keep_last=1, keep_hourly=0, keep_daily=0) == [NOON]


def test_as_time_goes_by_no_more_are_kept_than_the_settings_say() -> None:
    settings = BackupSettings(keep_last=5, keep_hourly=4, keep_daily=3)
    there: list[Copy] = []
    for copy in every_minute(hours=100):
        there.append(copy)
        gone = copies.outdated(there, settings)
        there = [each for each in there if each not in gone]
        assert there[-1] == copy
        assert len(there) <= 5 + 4 + 3
    assert {each.at.date().day for each in there} == {16, 17, 18}


def test_a_copy_whose_history_was_changed_drives_no_sound_one_away() -> None:
    sound = made(NOON - timedelta(hours=2))
    changed = made(*(NOON - timedelta(minutes=n) for n in (2, 1, 0)), changed=True)
    assert copies.outdated([*sound, *changed], BackupSettings(keep_last=1)) == changed[:-1]
