"""What is tried once, with a server of its own: the power goes, an older copy is put in place, the disk is full."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from proof import checker, power_cut
from proof.checker import Fault
from proof.client import Client, come_in
from proof.history import History
from proof.people import Muster, Participant, Person, Rapporteur
from tests.journeys import client as plain
from tests.journeys.server import DemoServer

PEOPLE: Final = 5
COMMANDS_BEFORE_THE_CUT: Final = 150
CUTS: Final = 40
PATIENCE_SECONDS: Final = 90


class Room:
    """A few participants and a rapporteur who act without a pause, straight at the server."""

    def __init__(self, server: DemoServer) -> None:
        self.server = server
        self.histories: list[History] = []
        self.people: list[Person] = []
        chair = plain.Client(server.base_url, plain.sign_in(server.base_url, server.people("moderator")[0]), server.session)
        chair.connect().do("session.start")
        chair.do("list.open")
        chair.close()
        rapporteur = server.people("rapporteur")[0]
        token = plain.sign_in(server.base_url, rapporteur)
        muster = Muster(PEOPLE + 1)
        self.people = [Rapporteur(self._client("rapporteur", rapporteur.id, token), 0, muster)]
        for number in range(1, PEOPLE + 1):
            person, token = come_in(server.base_url, server.links["join_code"], f"participant {number}")
            self.people.append(Participant(self._client(f"participant {number}", person, token), number, muster))

    @property
    def accepted(self) -> int:
        """Return how many commands were accepted."""
        return sum(history.accepted for history in self.histories)

    def act(self) -> None:
        """Let everybody begin."""
        for person in self.people:
            person.start()

    def wait_for_more(self, more: int) -> None:
        """Wait until so many more commands are accepted than now."""
        wanted, deadline = self.accepted + more, time.monotonic() + PATIENCE_SECONDS
        while self.accepted < wanted:
            failure = next((person.failure for person in self.people if person.failure), None)
            if failure is not None or time.monotonic() > deadline:
                raise TimeoutError(f"{self.accepted} of {wanted} accepted\n{self.server.log()[-2_000:]}") from failure
            time.sleep(0.05)

    def end(self) -> None:
        """Stop everybody."""
        for person in self.people:
            person.client.over.set()
        for person in self.people:
            person.join(timeout=30)

    def _client(self, name: str, person: str, token: str) -> Client:
        history = History(name, person)
        self.histories.append(history)
        return Client(history, self.server.session, token, lambda: self.server.base_url)


def cut_the_power(folder: Path, program: tuple[str, ...], say: Callable[[str], None]) -> tuple[int, list[Fault]]:
    """Let people act under a tracer, kill the server, and look what is found after a power cut at any moment.

    Return how many commands were accepted, and what was lost.
    """
    folder.mkdir()
    server = DemoServer(folder, program=program).start()
    room = Room(server)
    server.stop()
    disk, trace = power_cut.Disk(server.database), folder / "trace"
    server.under = power_cut.traced(trace)
    server.start()
    try:
        room.act()
        room.wait_for_more(COMMANDS_BEFORE_THE_CUT)
    finally:
        server.kill()
        room.end()
    cuts, faults, journal = power_cut.cut_again_and_again(trace, disk, server.session, folder / "found", most=CUTS)
    faults += checker.check(room.histories, journal)
    say(f"      the power is cut: {room.accepted} commands, {disk.syncs} syncs, {cuts} files made again, {len(faults)} faults")
    return room.accepted, faults
