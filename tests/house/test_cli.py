"""The command line: what it does, and each refusal in one sentence, status 1, with every file as it was."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
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

STARTS_WITHIN_SECONDS = 30


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working folder, so that no config.toml is found."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("made") / "demo.db"
    demonstrating.prepare_database(file, SessionSettings())
    return file


@pytest.fixture
def database(folder: Path, made: Path) -> Path:
    shutil.copy(made, folder / "demo.db")
    return folder / "demo.db"


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was said on standard error: one sentence."""
    said = capsys.readouterr().err
    assert re.fullmatch(r"companion: [^\n]+[.!?]\n", said), said
    return said.removeprefix("companion: ").strip()


def content(folder: Path) -> dict[str, bytes]:
    """Return every file that has something in it; a reader's empty log and index are no change."""
    passing = (".lock", "-shm", "-wal")
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith(passing)}


def run(*arguments: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "companion", *arguments],
        cwd=cwd,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


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


# Servers

Spoil = Callable[[Path, Path], None]


def corrupt(file: Path, made: Path) -> None:
    content_ = bytearray(made.read_bytes())
    content_[8192 : 8192 + 20_000] = b"\xa5" * 20_000
    file.write_bytes(content_)


def foreign(file: Path, _: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("CREATE TABLE recipe (name TEXT)")


def no_database(file: Path, _: Path) -> None:
    file.write_bytes(b"Dear colleagues,\n" * 100)


def of_a_newer_version(file: Path, made: Path) -> None:
    shutil.copy(made, file)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('companion', '9999_x', '')"
        )


@pytest.mark.journey
@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (corrupt, "is damaged"),
        (foreign, "is another program's database"),
        (no_database, "is not a database"),
        (of_a_newer_version, "is of a newer version of Companion"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_left_as_it_was(
    tmp_path: Path, made: Path, command: str, spoil: Spoil, said: str
) -> None:
    file = tmp_path / "x.db"
    spoil(file, made)
    before = content(tmp_path)
    ended = run(command, "--port", "0", "--database", "x.db", cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert re.fullmatch(rf"companion: [^\n]*{said}[^\n]*\.\n", ended.stderr), ended.stderr
    assert content(tmp_path) == before


@pytest.mark.journey
@pytest.mark.parametrize(
    ("config", "environ", "said"),
    [
        ("[server]\nprot = 1\n", {}, "[server] has no key prot."),
        ("[sever]\n", {}, "there is no section [sever]."),
        ("port = \n", {}, "is not TOML"),
        ("", {"COMPANION_SERVER_PORT": "many"}, "[server] port"),
        ('[server]\nengine = "steam"\n', {}, "[server] engine"),
    ],
)
def test_a_faulty_configuration_is_named(tmp_path: Path, config: str, environ: dict[str, str], said: str) -> None:
    (tmp_path / "config.toml").write_text(config)
    ended = run("serve", cwd=tmp_path, **environ)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert set(content(tmp_path)) == {"config.toml"}


class Server:
    """A server under test."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.out = folder / "out.txt"
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "companion", *arguments], cwd=folder, stdout=out, stderr=subprocess.STDOUT
            )

    def says(self, pattern: str) -> str:
        """Return the first match in what it prints, once it is there."""
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while (found := re.search(pattern, self.out.read_text(encoding="utf-8"))) is None:
            assert self.process.poll() is None, self.out.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, self.out.read_text(encoding="utf-8")
            time.sleep(0.05)  # another process is awaited
        return found[0]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=20)


Start = Callable[..., Server]


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Start]:
    started: list[Server] = []

    def start(*arguments: str) -> Server:
        started.append(Server(tmp_path, *arguments))
        return started[-1]

    yield start
    for server in started:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()


@pytest.mark.journey
@pytest.mark.parametrize("engine", ["eventlet", "threading"])
def test_the_demo_prints_the_ways_in_and_ends_well(tmp_path: Path, servers: Start, engine: str) -> None:
    server = servers("demo", "--port", "0", "--engine", engine, "--links", "links.json")
    server.says("Ctrl")
    said = server.out.read_text(encoding="utf-8")
    links = json.loads((tmp_path / "links.json").read_text())
    assert set(links) == {"base_url", "join_code", "sessions", "people"}
    assert len(links["people"]) == 44
    assert {person["role"] for person in links["people"]} == set(Role)
    assert [person["role"] for person in links["people"]].count("rapporteur") == 2
    assert all(person["url"] == f"{links['base_url']}/enter#{person['key']}" for person in links["people"])
    assert stat.S_IMODE((tmp_path / "links.json").stat().st_mode) == 0o600
    keys = {person["key"] for person in links["people"]}
    assert len([key for key in keys if key in said]) == 12
    assert f"{links['base_url']}/?code={links['join_code']}" in said
    assert "Plain HTTP" in said
    assert "█" in said or (sys.stdout.encoding or "").lower() != "utf-8"
    assert server.end() == 0


@pytest.mark.journey
def test_a_second_server_on_the_file_or_on_the_port_is_refused(tmp_path: Path, servers: Start) -> None:
    server = servers("demo", "--port", "0", "--links", "links.json")
    server.says("Ctrl")
    port = json.loads((tmp_path / "links.json").read_text())["base_url"].rpartition(":")[2]
    on_file = run("demo", "--port", "0", cwd=tmp_path)
    assert on_file.returncode == 1
    assert "is held by another process: stop the server or use the secretariat's page." in on_file.stderr
    on_port = run("serve", "--port", port, "--database", "other.db", cwd=tmp_path)
    assert on_port.returncode == 1
    assert on_port.stderr == f"companion: 127.0.0.1, port {port}, cannot be listened on: Address already in use.\n"
    assert not (tmp_path / "other.db").exists()
    assert server.end(signal.SIGINT) == 0


@pytest.mark.journey
def test_serve_says_where_it_is_and_what_is_missing(tmp_path: Path, servers: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = servers("serve", "--port", str(port), "--database", "w.db")
    server.says("Plain HTTP")
    said = server.out.read_text(encoding="utf-8")
    assert f"Companion listens at http://127.0.0.1:{port}" in said
    assert "There is no workshop yet" in said
    assert server.end() == 0
    assert cli.main(["import", str(demo_file()), "--database", str(tmp_path / "w.db")]) == 0
    again = servers("serve", "--port", "0", "--database", "w.db")
    again.says("join code")
    assert again.end() == 0


@pytest.mark.journey
def test_links_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    ended = run("demo", "--port", "0", "--links", "nowhere/links.json", cwd=tmp_path)
    assert ended.returncode == 1
    assert "nowhere/links.json cannot be written: No such file or directory." in ended.stderr


def test_a_certificate_that_cannot_be_used_is_refused_before_anything_is_made(folder: Path) -> None:
    environ = {"COMPANION_SERVER_TLS_CERTIFICATE": "none.pem", "COMPANION_SERVER_TLS_KEY": "none.key"}
    ran = run("serve", "--port", "0", cwd=folder, **environ)
    said = "companion: The certificate or its key cannot be used: No such file or directory.\n"
    assert (ran.returncode, ran.stderr) == (1, said)
    assert [*folder.iterdir()] == []
