"""When a copy is due, and what is told of it."""

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from companion.config import BackupSettings, DatabaseSettings, Settings
from companion.engine import choose
from companion.keeping import keeper as keeping
from companion.keeping.keeper import Keeper
from companion.keeping.making import Report
from tests.live.house import SOON, Hands

MADE = Report(outcome="sound", path="a copy", size=4_096, sessions=1, entries=9, seconds=0.5)


class Watched:
    """A keeper whose copies are only counted, and whose time goes on by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, every_seconds: int = 60, anything: bool = False) -> None:
        self.seconds = 1_000.0
        self.changes = self.closed = 5
        self.copies = 0
        self.with_fold: list[bool] = []
        self.answer = MADE
        settings = Settings(backup=BackupSettings(every_seconds=every_seconds))
        self.keeper = Keeper(
            choose("threading"),
            Hands().clock(),
            settings,
            changes=lambda: self.changes,
            closed=lambda: self.closed,
            steady=lambda: self.seconds,
        )
        monkeypatch.setattr(self.keeper, "_ask", self._ask)
        monkeypatch.setattr(self.keeper, "_watch", lambda: None)
        self.keeper.start(anything_recorded=anything)

    def _ask(self, with_fold: bool) -> Report:  # noqa: FBT001 (as it is)
        self.copies += 1
        self.with_fold.append(with_fold)
        return self.answer

    def look(self, after: float = 0) -> int:
        """Look after so many seconds, and return how many copies there were so far."""
        self.seconds += after
        self.keeper.look()
        return self.copies


def test_with_the_start_a_copy_is_made_where_anything_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Watched(monkeypatch, anything=True).look() == 1
    assert Watched(monkeypatch, anything=False).look() == 0


def test_a_copy_follows_what_is_recorded_and_not_before_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch, anything=True)
    watched.look()
    assert watched.look(after=600) == 1  # nothing new
    watched.changes += 1
    assert watched.look() == 2
    watched.changes += 1
    assert watched.look(after=59) == 2
    assert watched.look(after=1) == 3
    assert watched.look(after=60) == 3


def test_a_session_that_closes_is_copied_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch, anything=True)
    watched.look()
    watched.changes, watched.closed = watched.changes + 1, watched.closed + 1
    assert watched.look(after=1) == 2
    watched.changes += 1
    assert watched.look(after=1) == 2


def test_that_journals_lead_to_a_state_is_checked_with_the_start_and_with_the_end_of_a_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watched = Watched(monkeypatch, anything=True)
    watched.look()
    watched.changes += 1
    watched.look(after=60)
    watched.changes, watched.closed = watched.changes + 1, watched.closed + 1
    watched.look(after=1)
    assert watched.with_fold == [True, False, True]


def test_what_is_recorded_while_a_copy_is_made_is_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch, anything=True)

    def ask(_: bool) -> Report:  # noqa: FBT001 (as it is)
        watched.copies += 1
        watched.changes += 1
        return MADE

    monkeypatch.setattr(watched.keeper, "_ask", ask)
    watched.look()
    assert watched.look(after=60) == 2


def test_what_went_well_is_told_with_its_age(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch, anything=True)
    assert (watched.keeper.state.at, watched.keeper.age_seconds()) == (None, None)
    watched.look()
    watched.seconds += 30
    state = watched.keeper.state
    assert (state.at, state.size, state.fault, watched.keeper.age_seconds()) == (
        "2026-10-18T08:45:00.000Z",
        4_096,
        "",
        30,
    )


def test_what_went_wrong_is_told_tried_again_and_forgotten_once_it_goes_well(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    watched = Watched(monkeypatch, anything=True)
    watched.answer = Report(outcome="failed", fault="there is no room")
    watched.look()
    assert (watched.keeper.state.at, watched.keeper.state.fault) == (None, "there is no room")
    assert "event=not_backed_up" in caplog.text
    assert watched.look(after=59) == 1
    assert watched.look(after=1) == 2
    assert watched.keeper.state.failures == 2
    watched.answer = MADE
    watched.look(after=60)
    assert (watched.keeper.state.fault, watched.keeper.state.failures) == ("", 2)


def test_a_changed_history_is_an_error_in_the_log_and_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    watched = Watched(monkeypatch, anything=True)
    watched.answer = msgspec.structs.replace(MADE, outcome="changed", fault="session a: entry 2 was changed")
    watched.look()
    assert watched.keeper.state.fault == "session a: entry 2 was changed"
    assert [(record.levelname, "journal_changed" in record.message) for record in caplog.records] == [("ERROR", True)]


def keeper_of(database: Path, changes: Callable[[], int], *, every_seconds: int = 60) -> Keeper:
    settings = Settings(
        database=DatabaseSettings(path=str(database)),
        backup=BackupSettings(every_seconds=every_seconds, leave_free_mb=0),
    )
    return Keeper(choose("threading"), Hands().clock(), settings, changes=changes, closed=lambda: 0)


def test_a_process_of_its_own_makes_the_copy(database: Path) -> None:
    keeper = keeper_of(database, lambda: 1)
    keeper.look()
    assert keeper.state.fault == ""
    assert [path.suffix for path in Path(f"{database}.backups").iterdir()] == [".db"]


def test_a_process_that_ends_badly_or_never_is_a_failure(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = keeper_of(database, lambda: 1)
    monkeypatch.setattr("sys.executable", "false")
    keeper.look()
    assert keeper.state.fault == "the process that copies ended with status 1"
    monkeypatch.setattr("sys.executable", "true")
    keeper = keeper_of(database, lambda: 1)
    keeper.look()
    assert keeper.state.fault == "the process that copies did not say what it did"
    monkeypatch.setattr("sys.executable", str(database / "nothing"))
    keeper = keeper_of(database, lambda: 1)
    keeper.look()
    assert keeper.state.fault == "the process that copies gave no answer (NotADirectoryError)"


def watched_tasks(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Start a keeper and return the tasks that it starts."""
    spawned: list[str] = []
    monkeypatch.setattr(keeper._engine, "spawn", lambda work: spawned.append(work.__name__))
    keeper.start(anything_recorded=True)
    return spawned


def test_it_watches_unless_no_copies_are_wanted(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert watched_tasks(keeper_of(database, lambda: 1), monkeypatch) == ["_watch"]
    assert watched_tasks(keeper_of(database, lambda: 1, every_seconds=0), monkeypatch) == []


def test_it_looks_again_and_again(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, enough = list[int](), threading.Event()

    def look() -> None:
        looks.append(1)
        if len(looks) > 2:
            enough.set()
            raise RuntimeError("enough")  # it is logged, and the task has ended

    monkeypatch.setattr(keeping, "LOOK_SECONDS", 0.001)
    keeper = keeper_of(database, lambda: 1)
    monkeypatch.setattr(keeper, "look", look)
    keeper.start(anything_recorded=False)
    assert enough.wait(SOON)
