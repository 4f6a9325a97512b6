"""The command line: what it does, and each refusal in one sentence, status 1, with every file as it was."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from companion import cli
from companion.cli import demonstrating
from companion.cli.refusing import CommandRefused
from companion.config import SessionSettings
from companion.core.people import Role
from companion.places import demo_file
from companion.store import directory
from companion.store.database import Database, open_for_reading
from tests.house.shell import content, sentence

# The parser


def test_alone_it_prints_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    said = capsys.readouterr().out
    assert [
        name for name in ("serve", "demo", "import", "export", "verify", "simulate") if f"  {name} " not in said
    ] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "http"],
        ["serve", "--engine", "steam"],
        ["export", "ai1"],
        ["export", "ai1", "--format", "pdf", "--out", "x"],
        ["import"],
        ["simulate", "--links", "x", "--speed", "0"],
        ["simulate", "--links", "x", "--speed", "inf"],
        ["simulate", "--links", "x", "--people", "0"],
    ],
)
def test_what_is_no_command_is_answered_with_the_usage_and_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2


def test_before_the_engine_is_chosen_nothing_is_imported_but_the_parser() -> None:
    libraries = "import sys; from companion import cli; cli.make_parser(); from companion.cli import serving; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", libraries], capture_output=True, text=True, check=True
    ).stdout.split()
    ours = {name for name in loaded if name.startswith("companion")}
    assert ours == {"companion", "companion.cli", "companion.cli.refusing", "companion.cli.serving"}
    assert {"msgspec", "flask", "socketio", "sqlite_utils"}.isdisjoint(loaded)


# Import


def test_import_says_how_the_secretariat_gets_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", str(demo_file()), "--database", "w.db"]) == 0
    said = capsys.readouterr().out
    assert "6 sessions, 44 people, into w.db" in said
    key = re.findall(r"Meeting Secretary \(sample\): /enter#(\S+)", said)
    with open_for_reading(folder / "w.db") as db:
        found = directory.find_key_by_hash(db, directory.hash_key(key[0]))
    assert found is not None
    assert (found.kind, found.person) == ("personal", "p05")


def test_a_workshop_without_a_secretariat_gets_a_link_for_the_role(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = json.loads(demo_file().read_bytes())
    value["participants"][4]["role"] = "participant"
    (folder / "w.json").write_text(json.dumps(value))
    assert cli.main(["import", "w.json", "--database", "w.db"]) == 0
    key = re.findall(r"whoever gives a name: /enter#(\S+)", capsys.readouterr().out)
    with open_for_reading(folder / "w.db") as db:
        found = directory.find_key_by_hash(db, directory.hash_key(key[0]))
    assert found is not None
    assert (found.kind, found.role) == ("role", Role.SECRETARIAT)


def test_import_twice_is_refused(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(database.parent)
    assert cli.main(["import", str(demo_file()), "--database", str(database)]) == 1
    assert sentence(capsys) == f"workshop ws-2022 is in {database} already."
    assert content(database.parent) == before


def test_import_of_a_faulty_file_makes_no_database(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value = json.loads(demo_file().read_bytes())
    value["agenda_items"][2]["panellists"][1] = "p99"
    (folder / "w.json").write_text(json.dumps(value))
    assert cli.main(["import", "w.json"]) == 1
    assert sentence(capsys) == "agenda_items[2].panellists[1]: there is no person p99."
    assert set(content(folder)) == {"w.json"}


def test_import_of_no_file_at_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "nowhere.json"]) == 1
    assert sentence(capsys) == "nowhere.json cannot be read: No such file or directory."
    assert content(folder) == {}


def test_import_into_a_file_that_a_server_holds(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Database.open(database):
        assert cli.main(["import", str(demo_file()), "--database", str(database)]) == 1
    assert "stop the server or use the secretariat's page" in sentence(capsys)


# Export and verify


@pytest.mark.parametrize("format_", ["json", "html", "md", "csv", "draft.md", "draft.json"])
def test_export_writes_the_record_and_changes_nothing(database: Path, format_: str) -> None:
    before = database.read_bytes()
    arguments = ["export", "--format", format_, "--out", "out", "--database", str(database), "--", "ai1"]
    assert cli.main(arguments) == 0
    assert b"Taking stock" in (database.parent / "out").read_bytes() or format_ == "csv"
    assert database.read_bytes() == before
    assert not (database.parent / "out.tmp").exists()


def test_export_beside_a_server_that_holds_the_file(database: Path) -> None:
    with Database.open(database):
        assert cli.main(["export", "ai1", "--format", "md", "--out", "out", "--database", str(database)]) == 0


def test_export_to_standard_output(database: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.main(["export", "ai1", "--format", "json", "--out", "-", "--database", str(database)]) == 0
    assert json.loads(capfdbinary.readouterr().out)["session"]["id"] == "ai1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "ai9", "--format", "md", "--out", "out", "--database", "demo.db"], "there is no session ai9 in"),
        (["export", "ai1", "--format", "md", "--out", "no/out", "--database", "demo.db"], "no/out cannot be written"),
        (["export", "ai1", "--format", "md", "--out", "out", "--database", "other.db"], "other.db does not exist"),
        (["verify", "other.db"], "other.db does not exist"),
        (["verify", "demo.db", "--record", "demo.db"], "demo.db is not a record in JSON"),
        (["simulate", "--links", "links.json"], "links.json cannot be read"),
    ],
)
def test_refusals_of_what_only_reads(
    database: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    before = content(database.parent)
    assert cli.main(arguments) == 1
    assert said in sentence(capsys)
    assert content(database.parent) == before


def test_verify_names_the_head_of_each_journal(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(database)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == [*(f"session ai{n}" for n in range(1, 7)), "Nothing was changed."]


def test_verify_names_the_first_entry_that_was_changed(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE event SET body = replace(body, 'women', 'men') WHERE session = 'ai3' AND seq = 1")
        db.execute("UPDATE event SET body = replace(body, 'p13', 'p14') WHERE session = 'ai3' AND seq >= 14")
    assert cli.main(["verify", str(database)]) == 1
    said = sentence(capsys)
    assert re.match(r"session ai3: entry 14 was changed \(body, salt\): ", said)


def test_verify_compares_with_a_record_kept_elsewhere(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "ai1", "--format", "json", "--out", "r.json", "--database", str(database)]) == 0
    assert cli.main(["verify", str(database), "--record", "r.json"]) == 0
    assert "session ai1: r.json was made from it, up to entry 53" in capsys.readouterr().out
    record = json.loads(Path("r.json").read_text())
    record["head"]["chain"] = "0" * 64
    Path("r.json").write_text(json.dumps(record))
    assert cli.main(["verify", str(database), "--record", "r.json"]) == 1
    assert "is not the one r.json was made from" in sentence(capsys)
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("DELETE FROM event WHERE session = 'ai1' AND seq = 53")
    assert cli.main(["verify", str(database), "--record", "r.json"]) == 1
    assert "entry 53 is missing" in sentence(capsys)


def test_verify_of_a_journal_as_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    golden = next((Path(__file__).parents[1] / "record" / "golden").glob("*.jsonl"))
    entries = [json.loads(line) for line in golden.read_text(encoding="utf-8").splitlines()]
    for entry in entries:
        entry["body"] = json.loads(entry["body"])
        del entry["salt"], entry["session"]
    lines = folder / "journal.jsonl"
    lines.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries))
    assert cli.main(["verify", str(lines)]) == 0
    assert f"session panel-1: {len(entries)} entries, head {entries[-1]['chain']}" in capsys.readouterr().out
    entries[4]["actor"] = "somebody"
    lines.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries))
    assert cli.main(["verify", str(lines)]) == 1
    assert sentence(capsys).startswith("session panel-1: entry 5 was changed")


def test_verify_of_an_empty_database(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Database.open("empty.db").close()
    assert cli.main(["verify", "empty.db"]) == 0
    assert capsys.readouterr().out == "There is no journal in it yet.\n"
    assert folder.exists()


# The demo's database


def test_the_demo_goes_on_where_it_was_on_its_own_days(folder: Path) -> None:
    made = demonstrating.prepare_database(Path("demo.db"), SessionSettings())
    assert made == f"The demo was made anew in {folder}/demo.db."
    before = Path("demo.db").read_bytes()
    assert demonstrating.prepare_database(Path("demo.db"), SessionSettings()) == (
        f"The demo in {folder}/demo.db goes on where it was."
    )
    assert Path("demo.db").read_bytes() == before


def test_the_demo_of_another_day_is_put_aside(folder: Path) -> None:
    for aside in ("demo-2020-01-01.db", "demo-2020-01-01-2.db"):
        demonstrating.prepare_database(Path("demo.db"), SessionSettings())
        with Database.open("demo.db") as db, db.transaction():
            db.sql.conn.execute("UPDATE workshop SET start_date = '2020-01-01', end_date = '2020-01-02'")
        said = demonstrating.prepare_database(Path("demo.db"), SessionSettings())
        assert said == f"The demo was made anew in {folder}/demo.db; that of 2020-01-01 is kept as {aside}."
        assert (folder / aside).exists()


def test_the_demo_does_not_move_in_with_another_workshop(folder: Path) -> None:
    value = json.loads(demo_file().read_bytes())
    value["event"]["id"] = "real"
    (folder / "w.json").write_text(json.dumps(value))
    assert cli.main(["import", "w.json", "--database", "real.db"]) == 0
    before = (folder / "real.db").read_bytes()
    with pytest.raises(CommandRefused, match=r"real\.db holds another workshop"):
        demonstrating.prepare_database(Path("real.db"), SessionSettings())
    assert (folder / "real.db").read_bytes() == before
