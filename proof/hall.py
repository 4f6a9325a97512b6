"""A panel under way with everybody in it: the server, the roads, the people, and their histories."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, Self

from proof.client import Client, come_in
from proof.history import History
from proof.npm import NpmParticipants
from proof.people import OPTIONS, Moderator, Muster, Onlooker, Participant, Person, Rapporteur
from tests.journeys import client as plain
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer

PARTICIPANTS: Final = 8
NPM_PARTICIPANTS: Final = 6
ARRIVED_WITHIN_SECONDS: Final = 60
FUZZERS: Final = 4
"""Participants in whose names nonsense is sent."""


class Hall:
    """One session of the demo, with an open list and an open poll; ends with all that it started."""

    def __init__(self, folder: Path, *, without: str | None = None) -> None:
        self.program = ("-m", "proof.served", *(("--without", without) if without else ()))
        self.server = DemoServer(folder, program=self.program if without else ("-m", "companion"))
        self.histories: list[History] = []
        self.onlookers: list[History] = []
        self._people: list[Person] = []
        self._npm: NpmParticipants | None = None
        self._fuzzer: subprocess.Popen[str] | None = None
        self.nonsense = 0
        """How much the fuzzer sent, once it is over."""
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        with self._opened:
            self.server.start()
            self._opened.callback(self.server.stop)
            self.road = self._opened.enter_context(_laid(self.server))
            self.desk_road = self._opened.enter_context(_laid(self.server))
            self._opened = self._opened.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @property
    def session(self) -> str:
        """Return the session that all are in."""
        return self.server.session

    @property
    def npm_pid(self) -> int:
        """Return the id of the npm clients' process."""
        assert self._npm is not None
        return self._npm.pid

    @property
    def accepted(self) -> int:
        """Return how many commands were accepted so far."""
        return sum(history.accepted for history in self.histories)

    def fill(self) -> None:
        """Open the list and a poll, and let everybody begin."""
        moderators = [plain.sign_in(self.server.base_url, link) for link in self.server.people("moderator")[:1]]
        chair = plain.Client(self.server.base_url, moderators[0], self.session).connect()
        chair.do("session.start")
        chair.do("list.open")
        participants = [self._participant(f"participant {n}") for n in range(PARTICIPANTS)]
        others = [
            come_in(self.server.base_url, self.server.links["join_code"], f"npm {n}") for n in range(NPM_PARTICIPANTS)
        ]
        for _, token in others:
            plain.Client(self.server.base_url, token, self.session).connect().close()
        for client in participants:
            client.come()
        poll = chair.do("poll.open", _POLL)["result"]["poll"]
        chair.close()
        self._take_their_places(participants)
        self._npm = self._start_npm(others, poll)
        for person in self._people:
            person.start()
        deadline = time.monotonic() + ARRIVED_WITHIN_SECONDS
        while not all(history.stays for history in self.histories):
            self.failed()
            if time.monotonic() > deadline:
                raise TimeoutError(f"not everybody arrives\n{self.server.log()[-3_000:]}")
            time.sleep(0.05)  # they are in other processes
        self._let_a_fuzzer_in()

    def muster(self) -> None:
        """Have everybody be still, and compare the map that each holds with a fresh one."""
        assert self._npm is not None
        self.failed()
        self._npm.be_still()
        self._muster.call()
        self._npm.compare()

    def end(self) -> None:
        """Tell everybody that it is over, and wait until they have stopped; raise what stopped one before."""
        for person in self._people:
            person.client.over.set()
        for person in self._people:
            person.join(timeout=30)
        if self._npm is not None:
            self._npm.end()
        self.nonsense = self._silence_the_fuzzer()
        self.failed()

    def failed(self) -> None:
        """Raise what ended somebody, if anything did."""
        failures = [person.failure for person in self._people if person.failure is not None]
        if self._npm is not None and self._npm.failure is not None:
            failures.append(self._npm.failure)
        if failures:
            raise failures[0]

    def _participant(self, name: str) -> Client:
        person, token = come_in(self.server.base_url, self.server.links["join_code"], name)
        return self._client(name, person, token, self.road)

    def _client(self, name: str, person: str, token: str, road: ChaosProxy | DemoServer) -> Client:
        history = History(name, person)
        self.histories.append(history)
        transport = "polling" if name.endswith(" 1") else "websocket"
        return Client(history, self.session, token, lambda: road.base_url, transport=transport)

    def _take_their_places(self, participants: list[Client]) -> None:
        moderators, rapporteurs, onlookers = (self._staff(role) for role in ("moderator", "rapporteur", "observer"))
        self._muster = Muster(len(participants) + 2 + len(rapporteurs) + len(onlookers))
        together = threading.Barrier(2)
        seeds = iter(range(1_000))
        self._people = [
            *(Participant(client, next(seeds), self._muster) for client in participants),
            *(Moderator(client, next(seeds), self._muster, together) for client in moderators),
            *(Rapporteur(client, next(seeds), self._muster) for client in rapporteurs),
            *(Onlooker(client, next(seeds), self._muster) for client in onlookers),
        ]
        self.onlookers = [client.history for client in onlookers]

    def _staff(self, role: str) -> list[Client]:
        """Return two screens of a role; of a role of which there is one person, both are that person's."""
        links = self.server.people(role)
        road = self.server if role == "observer" else self.desk_road
        tokens = [(link, plain.sign_in(self.server.base_url, link)) for link in (*links, *links)[:2]]
        return [
            self._client(f"{role} {number}", link.id, token, road)
            for number, (link, token) in enumerate(tokens, start=2)
        ]

    def _start_npm(self, people: Sequence[tuple[str, str]], poll: str) -> NpmParticipants:
        histories = [History(f"npm {number}", person) for number, (person, _) in enumerate(people)]
        self.histories += histories
        tokens = [token for _, token in people]
        told = {"base": self.road.base_url, "session": self.session, "tokens": tokens, "poll": poll}
        running = NpmParticipants(told, histories)
        self._opened.callback(running.end)
        return running

    def _let_a_fuzzer_in(self) -> None:
        code, base_url = self.server.links["join_code"], self.server.base_url
        told = {
            "port": self.server.port,
            "session": self.session,
            "tokens": [come_in(base_url, code, f"fuzzer {number}")[1] for number in range(FUZZERS)],
            "rapporteur": plain.sign_in(base_url, self.server.people("rapporteur")[-1]),
            "seed": 1,
        }
        self._fuzzer = subprocess.Popen(
            [sys.executable, "-m", "proof.fuzzer", json.dumps(told)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._opened.callback(self._silence_the_fuzzer)

    def _silence_the_fuzzer(self) -> int:
        """End the fuzzer, and return how much it sent."""
        if self._fuzzer is None:
            return self.nonsense
        fuzzer, self._fuzzer = self._fuzzer, None
        try:
            said, _ = fuzzer.communicate("", timeout=20)
        except subprocess.TimeoutExpired:
            fuzzer.kill()
            fuzzer.communicate()
            raise
        if fuzzer.returncode:
            raise RuntimeError("the fuzzer failed")
        return int(said)


_POLL: dict[str, Any] = {
    "question": "Shall we go on?",
    "options": [{"id": option, "label": option} for option in OPTIONS],
    "ballot": "recorded",
    "unit": "person",
    "results": "live",
}


@contextmanager
def _laid(server: DemoServer) -> Iterator[ChaosProxy]:
    proxy = ChaosProxy(server.port).start()
    try:
        yield proxy
    finally:
        proxy.stop()
