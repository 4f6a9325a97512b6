"""`companion simulate` plays a panel into a running server, and the record says what was played."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion import cli
from companion.simulate.client import Player
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey
SPEED = "100000"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    server = DemoServer(tmp_path_factory.mktemp("played")).start()
    yield server
    server.stop()


@pytest.fixture
def links(running: DemoServer) -> str:
    return str(running.database.with_name("links.json"))


def simulate(links: str, *arguments: str) -> int:
    return cli.main(["simulate", "--links", links, "--speed", SPEED, *arguments])


def test_a_whole_panel_is_played_and_the_record_says_the_same(links: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(links, "--session", "ai1", "--people", "44") == 0
    said = capsys.readouterr().out
    assert "4 presentations were heard" in said
    assert "2 not reached" in said
    assert "the record says the same." in said


def test_a_session_that_has_begun_is_not_played_again(links: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(links, "--session", "ai2", "--stop-after", "opening", "--people", "20") == 0
    assert simulate(links, "--session", "ai2", "--people", "20") == 1
    assert capsys.readouterr().err == "companion: session ai2 has begun already: choose another one (--session).\n"


def test_it_is_left_in_the_middle_of_the_discussion(links: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(links, "--session", "ai3", "--stop-after", "discussion") == 0
    assert "The session is closed" not in capsys.readouterr().out


def test_it_is_left_before_the_discussion(links: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(links, "--session", "ai4", "--stop-after", "presentations") == 0
    assert "wait for the discussion" in capsys.readouterr().out


def test_sixty_are_put_on_the_list_and_then_seventy(links: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(links, "--session", "ai5", "--requests", "60") == 0
    assert simulate(links, "--session", "ai5", "--requests", "70") == 0
    said = capsys.readouterr().out
    assert "60 people wait, one has the floor." in said
    assert "70 people wait, one has the floor." in said


def test_everybody_stays_until_told_to_go(links: str) -> None:
    command = [sys.executable, "-m", "companion", "simulate", "--links", links, "--session", "ai6", "--people", "20"]
    options = ["--speed", SPEED, "--stop-after", "opening", "--stay"]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True, env={**os.environ}) as playing:
        assert playing.stdout is not None
        assert any("Everybody stays" in line for line in playing.stdout)
        playing.send_signal(signal.SIGTERM)
        assert playing.wait(timeout=20) == 0


def test_a_session_that_does_not_exist(links: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(links, "--session", "ai9") == 1
    assert "could not join session ai9" in capsys.readouterr().err


def test_a_server_that_is_not_there(tmp_path: Path, links: str, capsys: pytest.CaptureFixture[str]) -> None:
    gone = tmp_path / "links.json"
    content = Path(links).read_text()
    base_url = content.split('"base_url": "')[1].split('"')[0]
    gone.write_text(content.replace(base_url, "http://127.0.0.1:9"))
    assert simulate(str(gone)) == 1
    assert "no answer from http://127.0.0.1:9" in capsys.readouterr().err


def test_too_few_participants(tmp_path: Path, links: str, capsys: pytest.CaptureFixture[str]) -> None:
    few = json.loads(Path(links).read_text())
    few["people"] = [person for person in few["people"] if person["role"] != "participant"]
    (tmp_path / "few.json").write_text(json.dumps(few))
    assert simulate(str(tmp_path / "few.json")) == 1
    assert "at least 6 participants are needed in the links file." in capsys.readouterr().err


def test_the_client_that_plays_may_be_missing(
    links: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert simulate(links) == 1
    assert "pip install 'companion[simulate]'" in capsys.readouterr().err


@pytest.mark.parametrize(("status", "found"), [("closed", None), ("open", None), ("scheduled", "ai9")])
def test_without_a_session_the_first_that_has_not_begun_is_played(
    links: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    status: str,
    found: str | None,
) -> None:
    sign_in = Player.sign_in
    sessions = [{"id": "ai8", "status": "closed"}, {"id": "ai9", "status": status}]
    monkeypatch.setattr(Player, "sign_in", lambda self: {**sign_in(self), "sessions": sessions})
    assert simulate(links) == 1
    said = capsys.readouterr().err
    assert (f"could not join session {found}" if found else "no session of the workshop can be played any more") in said
