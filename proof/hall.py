"""A panel under way with everybody in it: the server, the roads, the people, and their histories."""

import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from proof.client import Client, come_in
from proof.history import History
from proof.npm import NpmParticipants
from proof.people import Moderator, Muster, OPTIONS, Onlooker, Participant, Person, Rapporteur
from tests.journeys import client as plain
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer

PARTICIPANTS = 8
NPM_PARTICIPANTS = 6


class Hall:
    """One session of the demo, with an open list and an open poll; ends with all that it started."""

    def __init__(self, folder: Path, *, without: str | None = None) -> None:
        self.program = ("-m", "proof.served", *(("--without", without) if without else ()))
        self.server = DemoServer(folder, program=self.program if without else ("-m", "companion"))
        self.histories: list[History] = []
        self.onlookers: list[History] = []
        self._people: list[Person] = []
        self._npm: NpmParticipants | None = None
        self._opened = ExitStack()

    def __enter__(self) -> "Hall":
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
        others = [come_in(self.server.base_url, self.server.links["join_code"], f"npm {n}") for n in range(NPM_PARTICIPANTS)]
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
            self._client(f"{role} {number}", link.id, token, road) for number, (link, token) in enumerate(tokens, start=2)
        ]

    def _start_npm(self, people: Sequence[tuple[str, str]], poll: str) -> NpmParticipants:
        histories = [History(f"npm {number}", person) for number, (person, _) in enumerate(people)]
        self.histories += histories
        tokens = [token for _, token in people]
        told = {"base": self.road.base_url, "session": self.session, "tokens": tokens, "poll": poll}
        running = NpmParticipants(told, histories)
        self._opened.callback(running.end)
        return running


_POLL: dict[str, Any] = {
    "question": "Shall we go on?",
    "options": [{"id": option, "label": option} for option in OPTIONS],
    "ballot": "recorded",
    "unit": "person",
    "results": "live",
}


class _laid:
    def __init__(self, server: DemoServer) -> None:
        self._proxy = ChaosProxy(server.port)

    def __enter__(self) -> ChaosProxy:
        return self._proxy.start()

    def __exit__(self, *_: object) -> None:
        self._proxy.stop()
