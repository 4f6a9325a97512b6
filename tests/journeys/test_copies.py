"""The server dies under load and its disk with it: the newest copy is whole, and all that it has was recorded so."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import socketio

from companion.clock import Clock
from companion.keeping import copies, restoring
from companion.keeping.copies import Copy
from companion.store import journal
from companion.store.database import open_for_reading
from companion.store.journal import Answered, Entry
from companion.store.verification import Verified, verify
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

SOON_SECONDS = 30
EVERY_SECOND = {"COMPANION_BACKUP_EVERY_SECONDS": "1", "COMPANION_BACKUP_LEAVE_FREE_MB": "0"}


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoServer]:
    for name, value in EVERY_SECOND.items():
        monkeypatch.setenv(name, value)
    running = DemoServer(tmp_path).start()
    yield running
    running.stop()


class Moderator(threading.Thread):
    """Announces one thing after the other until the server is gone; `acknowledged` are the last entries of the answers."""

    def __init__(self, client: Client) -> None:
        super().__init__(daemon=True)
        self.acknowledged: list[int] = []
        self._client = client

    def run(self) -> None:
        while True:
            try:
                answer = self._client.send("announce", {"text": f"Number {len(self.acknowledged)}"})
            except socketio.exceptions.SocketIOError:
                return
            if answer["ok"]:
                self.acknowledged.append(answer["seq"])
            else:
                time.sleep(0.1)  # the bucket fills again with time, and nothing tells of it


def made(server: DemoServer) -> list[Copy]:
    folder = server.database.with_name(f"{server.database.name}.backups")
    return copies.found(folder, server.database)


def recorded(database: Path, session: str) -> tuple[list[Entry], list[Answered]]:
    with open_for_reading(database) as db:
        db.check()
        assert isinstance(verify(db, session), Verified)
        return list(journal.read(db, session)), list(journal.answers(db, session))


def wait_for_copies(server: DemoServer, more: int) -> None:
    """Wait until so many more copies have been made than there are."""
    enough, deadline = len(made(server)) + more, time.monotonic() + SOON_SECONDS
    while len(made(server)) < enough:
        assert time.monotonic() < deadline, server.log()
        time.sleep(0.05)  # another process is awaited


def test_the_newest_copy_takes_the_place_of_a_database_whose_server_was_killed(server: DemoServer) -> None:
    token = sign_in(server.base_url, server.people("moderator")[0])
    client = Client(server.base_url, token, server.session).connect()
    client.do("session.start")
    moderator = Moderator(client)
    moderator.start()
    wait_for_copies(server, more=2)
    server.kill()
    moderator.join(SOON_SECONDS)
    there, _ = recorded(server.database, server.session)
    assert {*moderator.acknowledged} <= {entry.seq for entry in there}
    newest = made(server)[-1]
    entries, answers = recorded(newest.path, server.session)
    assert entries == there[: len(entries)]
    assert there[0].seq < len(entries) <= len(there)
    assert [answer for answer in answers if answer.last_seq > len(entries)] == []
    restored = restoring.restore(newest.path, server.database, Clock())
    (session,) = [each for each in restored.sessions or () if each.session == server.session]
    assert (session.kept, session.lost) == (len(entries), len(there) - len(entries))
    server.start()
    again = Client(server.base_url, token, server.session).connect()
    assert again.joined["seq"] == len(entries)
    assert again.joined["epoch"] != client.joined["epoch"]
    again.do("announce", {"text": "It goes on"})
    again.close()


def test_a_session_that_closes_is_copied_and_a_folder_that_cannot_be_written_hurts_nobody(server: DemoServer) -> None:
    token = sign_in(server.base_url, server.people("moderator")[0])
    client = Client(server.base_url, token, server.session).connect()
    client.do("session.start")
    wait_for_copies(server, more=1)
    seq = client.do("session.close")["seq"]
    deadline = time.monotonic() + SOON_SECONDS
    while len(recorded(made(server)[-1].path, server.session)[0]) < seq:
        assert time.monotonic() < deadline
        time.sleep(0.05)  # another process is awaited
    folder = made(server)[-1].path.parent
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("a file in the place of the folder")
    client.do("session.reopen")
    while "event=not_backed_up" not in server.log():
        assert time.monotonic() < deadline + SOON_SECONDS
        time.sleep(0.05)  # another process is awaited
    client.do("announce", {"text": "Nobody has noticed"})
    client.close()
