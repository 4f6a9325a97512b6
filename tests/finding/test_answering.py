"""Questions line by line, and their answers."""

import io
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from companion.core import commands as c
from companion.core.procedure import AttributionMode, NoteKind
from companion.finding import answering
from companion.finding.answering import FAILED, Forget, Notes, Question, Search, serve
from companion.store import journal
from companion.store.database import Database
from tests.core.scenario import Scenario, opened
from tests.record.panel import entries_of

Ask = Callable[..., list[Any]]


@pytest.fixture
def scenario() -> Scenario:
    scenario = opened()
    scenario.by("rapporteur", c.AddNote(note="n-1", kind=NoteKind.GAP, text="No data on remedy, says Old Name"))
    scenario.by("rapporteur", c.ReleaseNote(note="n-1", released=True))
    return scenario


@pytest.fixture
def file(tmp_path: Path, scenario: Scenario) -> Path:
    file = tmp_path / "panel.db"
    _write(file, scenario)
    return file


def _write(file: Path, scenario: Scenario, after: int = 0) -> None:
    with Database.open(file) as db, db.transaction():
        journal.append(db, entries_of(scenario.recorded)[after:])


def _answers(file: Path, *questions: Question | bytes) -> list[Any]:
    lines = [each if isinstance(each, bytes) else msgspec.json.encode(each) for each in questions]
    said = io.BytesIO()
    serve(str(file), lines, said)
    return [line if line.startswith(FAILED) else msgspec.json.decode(line) for line in said.getvalue().splitlines()]


def _search(typed: str, *, finds_all: bool = True) -> Search:
    return Search(session="panel-1", typed=typed, limit=5, finds_all=finds_all)


def test_each_question_has_an_answer_also_after_one_that_has_none(file: Path) -> None:
    found, failed, unknown, forgotten, again, notes, nothing = _answers(
        file,
        _search("remedy"),
        b"{",
        b'{"ask": "vote"}',
        Forget(session="panel-1"),
        _search("remedy", finds_all=False),
        Notes(sessions=["panel-1", "unknown"]),
        Forget(session="never-asked-for"),
    )
    assert (found["count"], again["count"]) == (1, 1)
    assert (failed, unknown) == (FAILED + b"DecodeError", FAILED + b"ValidationError")
    assert (forgotten, nothing) == ({}, {})
    assert {session: [note["id"] for note in of] for session, of in notes["notes"].items()} == {
        "panel-1": ["n-1"],
        "unknown": [],
    }


def test_what_is_written_meanwhile_is_found_by_the_next_question(file: Path, scenario: Scenario) -> None:
    before = len(scenario.recorded)

    def questions() -> Any:  # noqa: ANN401
        yield msgspec.json.encode(_search("later"))
        scenario.by("rapporteur", c.AddNote(note="n-2", kind=NoteKind.GAP, text="Noted later"))
        _write(file, scenario, before)
        yield msgspec.json.encode(_search("later"))

    said = io.BytesIO()
    serve(str(file), questions(), said)
    assert [msgspec.json.decode(line)["count"] for line in said.getvalue().splitlines()] == [0, 1]


def test_a_name_is_withheld_in_every_spelling_that_it_had(tmp_path: Path, scenario: Scenario) -> None:
    scenario.by("secretary", c.CorrectPerson(person="ana", name="Old Name"))
    scenario.by("secretary", c.CorrectPerson(person="ana", name="New Name"))
    scenario.by("secretary", c.ChangeSettings(attribution_mode=AttributionMode.AFFILIATION_ONLY))
    _write(tmp_path / "named.db", scenario)
    old, remedy = _answers(
        tmp_path / "named.db", _search("old name", finds_all=False), _search("remedy", finds_all=False)
    )
    assert (old["count"], remedy["count"]) == (0, 1)


def test_entries_without_a_body_are_passed_over(file: Path) -> None:
    with Database.open(file) as db, db.transaction():
        db.sql.conn.execute("UPDATE event SET body = NULL, salt = NULL WHERE type LIKE 'note.%'")
    assert _answers(file, _search("remedy"), Notes(sessions=["panel-1"])) == [
        {"count": 0, "results": []},
        {"notes": {"panel-1": []}},
    ]


def test_a_journal_that_cannot_be_read_is_a_fault_and_read_from_the_start_again(file: Path) -> None:
    with Database.open(file) as db, db.transaction():
        db.sql.conn.execute("UPDATE event SET type = 'note.imagined' WHERE type = 'note.added'")
    assert _answers(file, _search("remedy"), _search("remedy")) == [FAILED + b"UnknownEvent"] * 2


def test_the_process_ends_where_a_question_takes_too_long(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.BytesIO()
    left: list[int] = []
    monkeypatch.setattr(sys, "argv", ["finding", str(file)])
    monkeypatch.setattr(sys, "stdin", _Standard(io.BytesIO(msgspec.json.encode(_search("remedy")) + b"\n")))
    monkeypatch.setattr(sys, "stdout", _Standard(_Watched(said, lambda: left.append(signal.alarm(0)))))
    answering.main()
    assert msgspec.json.decode(said.getvalue())["count"] == 1
    assert left
    assert 0 < left[0] <= answering.MOST_SECONDS


class _Standard:
    def __init__(self, buffer: Any) -> None:  # noqa: ANN401
        self.buffer = buffer


class _Watched:
    """Looks at the alarm when something is written."""

    def __init__(self, said: io.BytesIO, look: Callable[[], None]) -> None:
        self._said = said
        self._look = look

    def write(self, line: bytes) -> None:
        self._look()
        self._said.write(line)

    def flush(self) -> None:
        """Nothing is kept back."""
