"""`companion export`: one session in one format, or all in all; for everybody, or for staff."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from companion import cli
from companion.cli import demonstrating
from companion.clock import Clock, format_time
from companion.codec.events import read_recorded, write_event
from companion.config import SessionSettings
from companion.core import commands as c
from companion.core import session as rules
from companion.core.people import Actor, Role
from companion.core.procedure import NoteKind
from companion.core.replay import replay
from companion.store import directory, journal
from companion.store.database import Database

SESSIONS = ("ai1", "ai2", "ai3", "ai4", "ai5", "ai6")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo, in whose first session two notes were written and one was released."""
    file = tmp_path_factory.mktemp("exported") / "demo.db"
    demonstrating.prepare_database(file, SessionSettings())
    commands = (
        ("p01", Role.MODERATOR, c.StartSession()),
        ("p03", Role.RAPPORTEUR, c.AddNote(note="note-open", kind=NoteKind.GAP, text="read by all")),
        ("p03", Role.RAPPORTEUR, c.AddNote(note="note-private", kind=NoteKind.GAP, text="for staff alone")),
        ("p03", Role.RAPPORTEUR, c.ReleaseNote(note="note-open", released=True)),
    )
    for person, role, command in commands:
        add(file, person, role, command)
    return file


def add(file: Path, person: str, role: Role, command: c.Command) -> None:
    """Write what a command leads to behind the journal of the first session."""
    clock = Clock()
    with Database.open(file) as db:
        entries = [*journal.read(db, "ai1")]
        session = replay(read_recorded(each) for each in entries)
        at, last = clock.now(), entries[-1]
        added = []
        for event in rules.decide(session, command, by=Actor(person=person, role=role), at=at):
            name, body = write_event(event)
            last = journal.seal(
                last.chain,
                session="ai1",
                seq=last.seq + 1,
                at=format_time(at),
                actor=person,
                command=clock.make_id(),
                type=name,
                body=body,
                salt=clock.make_salt(),
            )
            added.append(last)
        with db.transaction():
            journal.append(db, added)


def export(database: Path, out: Path, *arguments: str) -> int:
    return cli.main(["export", *arguments, "--out", str(out), "--database", str(database)])


def opened(file: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(file.read_bytes()))


@pytest.mark.parametrize("format_", ["json", "html", "md", "csv"])
def test_notes_that_are_not_released_are_for_whoever_asks_for_all(database: Path, tmp_path: Path, format_: str) -> None:
    assert export(database, tmp_path / "public", "ai1", "--format", format_) == 0
    assert export(database, tmp_path / "released", "ai1", "--format", format_, "--notes", "released") == 0
    assert export(database, tmp_path / "staff", "ai1", "--format", format_, "--notes", "all") == 0
    public, released, staff = ((tmp_path / name).read_text() for name in ("public", "released", "staff"))
    assert public == released
    assert ("read by all" in public, "for staff alone" in public) == (True, False)
    assert ("read by all" in staff, "for staff alone" in staff) == (True, True)


def test_all_sessions_come_in_all_formats(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    assert export(database, tmp_path / "all.zip", "--all") == 0
    with opened(tmp_path / "all.zip") as archive:
        assert [name.partition("/")[0] for name in archive.namelist()] == [each for each in SESSIONS for _ in range(4)]
        value = json.loads(archive.read("ai1/ai1-record.json"))
        assert [note["text"] for note in value["notes"]] == ["read by all"]
        rows = [*csv.DictReader(io.StringIO(archive.read("ai1/ai1-record.csv").decode("utf-8-sig")))]
        assert [row["text"] for row in rows if row["entry"] == "note"] == ["read by all"]
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"for staff alone" not in everything
    assert database.read_bytes() == before


def test_all_notes_of_all_sessions(database: Path, tmp_path: Path) -> None:
    assert export(database, tmp_path / "all.zip", "--all", "--notes", "all", "--workshop", "ws-2022") == 0
    with opened(tmp_path / "all.zip") as archive:
        assert b"for staff alone" in archive.read("ai1/ai1-record.md")


def test_a_workshop_that_there_is_not(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(database, tmp_path / "all.zip", "--all", "--workshop", "elsewhere") == 1
    assert "there is no workshop elsewhere" in capsys.readouterr().err
    assert not (tmp_path / "all.zip").exists()


def test_a_database_in_which_nothing_is_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Database.open(tmp_path / "empty.db"):
        pass
    assert export(tmp_path / "empty.db", tmp_path / "all.zip", "--all") == 1
    assert "nothing is recorded in" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ai1"],
        ["--format", "md"],
        ["ai1", "--all"],
        ["--all", "--format", "md"],
        ["ai1", "--format", "md", "--workshop", "ws-2022"],
        ["ai1", "--format", "md", "--notes", "private"],
    ],
)
def test_what_is_no_export(database: Path, tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        export(database, tmp_path / "out", *arguments)
    assert ended.value.code == 2
    assert not (tmp_path / "out").exists()


def test_what_is_to_be_played_stands_with_its_session_and_in_no_journal(database: Path) -> None:
    with Database.open(database) as db:
        details = {row.id: row.details for row in directory.sessions(db, "ws-2022")}
        bodies = "".join(entry.body or "" for entry in journal.read(db, "ai4"))
    assert [each["symbol"] for each in played_in(details["ai4"], "recommendations")] == ["R8", "R9"]
    assert "heightened risk are heard" not in bodies


def played_in(details: dict[str, object], name: str) -> list[dict[str, object]]:
    found = details[name]
    assert isinstance(found, list)
    return found
