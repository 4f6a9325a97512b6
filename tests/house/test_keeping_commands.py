"""`backup`, `restore` and `doctor` on the command line: what they say, and the status."""

import json
from pathlib import Path

import pytest

from companion import cli
from companion.store import journal
from companion.store.database import Database, open_for_reading
from tests.keeping.conftest import change_history, go_on
from tests.live.house import SESSION, prepare


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("made") / "workshop.db"
    prepare(file)
    return file


@pytest.fixture
def database(tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a database in the working folder, where no config.toml is found."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "workshop.db"
    file.write_bytes(made.read_bytes())
    return file


def last(file: Path | str) -> int:
    with open_for_reading(file) as db:
        return journal.head(db, SESSION).seq


def test_backup_beside_a_server_that_holds_the_file(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Database.open(database):
        assert cli.main(["backup", "workshop.db", "copy.db"]) == 0
    assert capsys.readouterr().out.startswith(f"copy.db: 1 sessions, {last(database)} entries, ")
    assert last("copy.db") == last(database)


def test_backup_into_the_folder_of_the_copies(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPANION_BACKUP_LEAVE_FREE_MB", "0")
    assert cli.main(["backup", "workshop.db"]) == 0
    (copy,) = Path("workshop.db.backups").iterdir()
    assert capsys.readouterr().out.startswith(f"{copy.resolve()}: 1 sessions")
    assert last(copy) == last(database)
    monkeypatch.setenv("COMPANION_BACKUP_LEAVE_FREE_MB", str(1 << 40))
    assert cli.main(["backup", "workshop.db"]) == 1
    assert "there is no room for a copy" in capsys.readouterr().err


@pytest.mark.parametrize("file", [[], ["copy.db"]])
def test_backup_of_what_was_changed_says_so_and_has_made_it(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, file: list[str]
) -> None:
    monkeypatch.setenv("COMPANION_BACKUP_LEAVE_FREE_MB", "0")
    change_history(database)
    assert cli.main(["backup", "workshop.db", *file]) == 1
    said = capsys.readouterr()
    assert "was made, but what it was made from was changed: session" in said.err
    assert last(said.out.split(": ")[0]) == last(database)


def test_backup_of_nothing(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["backup", "other.db", "copy.db"]) == 1
    assert capsys.readouterr().err == "companion: other.db does not exist.\n"
    assert not Path("other.db.backups").exists()
    assert database.exists()


def test_restore_says_what_is_kept_and_lost(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["backup", "workshop.db", "copy.db"])
    go_on(database, times=2)
    capsys.readouterr()
    at = last("copy.db")
    assert cli.main(["restore", "copy.db", "workshop.db"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "workshop.db is now what copy.db was."
    assert said[1].startswith("What it was before is kept as workshop.db.replaced-")
    assert said[2].startswith(f"  session {SESSION}: {at} entries, until 2026-10-18T08:45")
    assert said[2].endswith("; 2 are lost that came after, until 2026-10-18T08:45:00.000Z")
    assert last("workshop.db") == at
    assert cli.main(["restore", "copy.db", "workshop.db"]) == 0
    assert f"  session {SESSION}: {at} entries, until " in capsys.readouterr().out


def test_restore_in_place_of_nothing_and_of_what_cannot_be_read(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["restore", "workshop.db", "new.db"]) == 0
    assert "kept as" not in capsys.readouterr().out
    Path("new.db").write_text("Dear colleagues,\n" * 100)
    assert cli.main(["restore", "workshop.db", "new.db"]) == 0
    assert "It could not be read, so what is lost cannot be told." in capsys.readouterr().out
    assert last("new.db") == last(database)


def test_restore_is_refused_while_a_server_holds_the_file_and_of_what_was_changed(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["backup", "workshop.db", "copy.db"])
    with Database.open(database):
        assert cli.main(["restore", "copy.db", "workshop.db"]) == 1
    assert "stop the server" in capsys.readouterr().err
    change_history(Path("copy.db"))
    assert cli.main(["restore", "copy.db", "workshop.db"]) == 1
    assert "entry 2 was changed" in capsys.readouterr().err
    assert cli.main(["restore", "--changed", "copy.db", "workshop.db"]) == 0


def test_doctor_says_a_sentence_on_each_thing_and_status_1_where_one_is_wrong(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPANION_SERVER_PORT", "0")
    assert cli.main(["doctor", "workshop.db"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert all(line.endswith(".") and line.split()[0] in {"ok", "warning"} for line in said)
    assert any("entries: nothing was changed" in line for line in said)
    change_history(database)
    assert cli.main(["doctor", "--json", "workshop.db"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [each["about"] for each in found if each["level"] == "problem"] == ["journals"]


def test_doctor_of_settings_that_cannot_be_read(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("config.toml").write_text("[server]\nprot = 1\n")
    assert cli.main(["doctor"]) == 1
    assert capsys.readouterr().err == "companion: config.toml: [server] has no key prot.\n"
    assert database.exists()
