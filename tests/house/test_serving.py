"""Servers that the command line starts, and the files that they refuse."""

import json
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
from companion.core.people import Role
from companion.places import demo_file
from tests.house.shell import STARTS_WITHIN_SECONDS, content, run

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
