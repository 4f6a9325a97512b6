"""A server that is killed again and again, under a room full of commands in flight: nothing lost, nothing twice."""

import contextlib
import sqlite3
import subprocess
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio

from tests.journeys.client import Client, sign_in
from tests.journeys.conftest import Tell
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer

pytestmark = [pytest.mark.journey, pytest.mark.long]

PEOPLE = 25
KILLS = 5
BETWEEN_KILLS = 60
ASKED_AGAIN = 10
"""Of the commands of each person, within what their bucket holds."""
PATIENCE_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A command, and what was answered to it."""

    id: str
    type: str
    data: dict[str, Any]
    answer: dict[str, Any]


@dataclass(slots=True)
class Ledger:
    """How many commands were acknowledged, and whether it is enough."""

    acknowledged: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def count(self) -> None:
        """Count one more."""
        with self.changed:
            self.acknowledged += 1
            self.changed.notify_all()

    def wait_for_more(self, more: int) -> None:
        """Wait until so many more are acknowledged than now."""
        with self.changed:
            wanted = self.acknowledged + more
            assert self.changed.wait_for(lambda: self.acknowledged >= wanted, timeout=60), self.acknowledged


class Participant(threading.Thread):
    """Asks for the floor and withdraws, over and over; what was not answered is sent again with the same id."""

    def __init__(self, connect: Callable[[], Client], person: str, ledger: Ledger) -> None:
        super().__init__(daemon=True)
        self.person = person
        self.sent: list[Sent] = []
        self.failure: BaseException | None = None
        self.connect = connect
        self._client: Client | None = None
        self._ledger = ledger

    def run(self) -> None:
        """Go on until it is enough."""
        try:
            while not self._ledger.over.is_set():
                request = uuid.uuid4().hex
                self._deliver("floor.request", {"request": request, "kind": "statement"})
                self._deliver("floor.withdraw", {"request": request})
            if self._client is not None:
                self._client.close()
        except BaseException as error:  # noqa: BLE001 (told to the test, which waits for this thread)
            self.failure = error

    def _deliver(self, type_: str, data: dict[str, Any]) -> None:
        id_ = uuid.uuid4().hex
        while True:
            try:
                self._client = self._client or self.connect()
                answer = self._client.send(type_, data, id=id_)
            except socketio.exceptions.SocketIOError:
                self._client = None
                self._ledger.over.wait(PATIENCE_SECONDS)
                continue
            if answer.get("code") == "rate_limited":
                self._ledger.over.wait(PATIENCE_SECONDS)
                continue
            assert answer["ok"], answer
            self.sent.append(Sent(id=id_, type=type_, data=data, answer=answer))
            self._ledger.count()
            return


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DemoServer]:
    running = DemoServer(tmp_path).start()
    yield running
    running.stop()


def test_what_is_acknowledged_is_recorded_once_however_often_the_server_dies(
    server: DemoServer, proxy: ChaosProxy, tell: Tell
) -> None:
    moderator = Client(server.base_url, sign_in(server.base_url, server.people("moderator")[0]), server.session)
    moderator.connect().do("list.open")
    moderator.close()
    ledger = Ledger()
    people = [come_in(server, proxy, number, ledger) for number in range(PEOPLE)]
    for person in people:
        person.start()
    for _ in range(KILLS):
        ledger.wait_for_more(BETWEEN_KILLS)
        proxy.cut()
        proxy.mend()
        ledger.wait_for_more(BETWEEN_KILLS)
        server.kill()
        server.start()
    ledger.wait_for_more(BETWEEN_KILLS)
    ledger.over.set()
    for person in people:
        person.join(timeout=30)
        assert (person.is_alive(), person.failure) == (False, None)

    with contextlib.closing(sqlite3.connect(f"file:{server.database}?mode=ro", uri=True)) as db:
        entries = db.execute("SELECT actor, command, seq FROM event WHERE session = ?", (server.session,)).fetchall()
    recorded = Counter((actor, command) for actor, command, _ in entries)
    places = {(actor, command): seq for actor, command, seq in entries}
    acknowledged = [(person.person, sent) for person in people for sent in person.sent]
    lost = [sent for who, sent in acknowledged if places.get((who, sent.id)) != sent.answer["seq"]]
    twice = [key for key, times in recorded.items() if times > 1 and key[0] in {each.person for each in people}]
    again = sum(ask_again(person) for person in people)
    tell(
        f"{len(acknowledged)} commands, {KILLS} kills, {KILLS} partitions, {len(lost)} lost, {len(twice)} duplicated; "
        f"{again} sent again, each with its first answer"
    )
    assert (lost, twice) == ([], [])
    verified = subprocess.run([sys.executable, "-m", "companion", "verify", str(server.database)], check=False)
    assert verified.returncode == 0


def come_in(server: DemoServer, proxy: ChaosProxy, number: int, ledger: Ledger) -> Participant:
    """Join by the code, as a participant whose road leads through the proxy."""
    name = {"code": server.links["join_code"], "name": f"Participant {number}"}
    joined = requests.post(f"{server.base_url}/api/join", json=name, timeout=10).json()
    return Participant(
        lambda: Client(proxy.base_url, joined["token"], server.session).connect(join=False), joined["person"], ledger
    )


def ask_again(person: Participant) -> int:
    """Send some of a person's commands once more, and return how many; each gets its first answer."""
    client = person.connect()
    some = person.sent[:: max(1, len(person.sent) // ASKED_AGAIN)][:ASKED_AGAIN]
    for sent in some:
        assert client.send(sent.type, sent.data, id=sent.id) == sent.answer
    client.close()
    return len(some)
