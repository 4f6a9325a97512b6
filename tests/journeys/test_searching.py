"""A search on a running server: what was confirmed is found at once, after a crash too, and nothing is left behind."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey
_ENDS_WITHIN_SECONDS = 10


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DemoServer]:
    running = DemoServer(tmp_path).start()
    yield running
    running.stop()


def _found(server: DemoServer, token: str, typed: str) -> int:
    answer = requests.get(
        f"{server.base_url}/api/sessions/{server.session}/search",
        params={"q": typed},
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    )
    assert answer.ok, answer.text
    return int(answer.json()["count"])


def _children(pid: int) -> set[int]:
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.add(int(status.parent.name))
    return found


def test_a_note_that_was_confirmed_is_found_also_after_a_crash_and_no_process_outlives_the_server(
    server: DemoServer,
) -> None:
    moderator = Client(server.base_url, sign_in(server.base_url, server.person("p01")), server.session).connect()
    token = sign_in(server.base_url, server.person("p03"))
    rapporteur = Client(server.base_url, token, server.session).connect()
    moderator.do("session.start")
    assert _found(server, token, "focal") == 0
    for number in range(1, 4):
        answer = rapporteur.send("note.add", {"kind": "gap", "text": f"A focal point, number {number}"})
        assert answer["ok"], answer
        assert _found(server, token, "focal") == number
    moderator.close()
    rapporteur.close()
    (searching,) = _children(server.pid)
    server.kill()
    deadline = time.monotonic() + _ENDS_WITHIN_SECONDS
    while Path(f"/proc/{searching}").exists() and "finding" in Path(f"/proc/{searching}/cmdline").read_text():
        assert time.monotonic() < deadline, "the process that searches outlived its server"
        time.sleep(0.05)  # another process is awaited: there is nothing to listen to
    server.start()
    assert _found(server, token, "focal") == 3
    (again,) = _children(server.pid)
    assert server.stop() == 0
    assert not (Path(f"/proc/{again}").exists() and "finding" in Path(f"/proc/{again}/cmdline").read_text())
    assert {file.name for file in server.database.parent.iterdir()} <= {
        "demo.db",
        "demo.db-wal",
        "demo.db-shm",
        "demo.db.lock",
        "links.json",
        "server.log",
    }
    server.start()
