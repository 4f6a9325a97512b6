"""What is tried once, with a server of its own: the power goes, an older copy is put in place, the disk is full."""

import contextlib
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from companion.store.database import open_for_reading
from proof import checker, power_cut
from proof.checker import Fault, Kind
from proof.client import Client, come_in
from proof.history import History
from proof.people import Muster, Participant, Person, Rapporteur
from tests.journeys import client as plain
from tests.journeys.server import DemoServer

PEOPLE: Final = 5
PACE: Final = 0.3
COMMANDS_BEFORE_THE_CUT: Final = 300
COMMANDS_BEFORE_THE_COPY: Final = 40
CUTS: Final = 40
DISK_BYTES: Final = 6_000_000
PATIENCE_SECONDS: Final = 90


class Room:
    """A few participants and a rapporteur who act with little pause, straight at the server."""

    def __init__(self, server: DemoServer) -> None:
        self.server = server
        self.clients: list[Client] = []
        self.people: list[Person] = []
        chair = plain.Client(
            server.base_url, plain.sign_in(server.base_url, server.people("moderator")[0]), server.session
        )
        chair.connect().do("session.start")
        chair.do("list.open")
        chair.close()
        link = server.people("rapporteur")[0]
        self._add("rapporteur", link.id, plain.sign_in(server.base_url, link))
        for number in range(PEOPLE):
            self._add(
                f"participant {number}", *come_in(server.base_url, server.links["join_code"], f"participant {number}")
            )

    @property
    def histories(self) -> list[History]:
        """Return what everybody was told and saw, the latest history of each."""
        return [client.history for client in self.clients]

    @property
    def accepted(self) -> int:
        """Return how many commands were accepted."""
        return sum(history.accepted for history in self.histories)

    def act(self) -> None:
        """Let everybody begin, or begin again."""
        muster = Muster(len(self.clients))
        rapporteur, *participants = self.clients
        self.people = [Rapporteur(rapporteur, 0, muster)]
        self.people += [Participant(client, number, muster) for number, client in enumerate(participants, start=1)]
        for person in self.people:
            person.pace = PACE
            person.client.over.clear()
            person.start()

    def wait_for_more(self, more: int) -> None:
        """Wait until so many more commands are accepted than now."""
        wanted = self.accepted + more
        self.wait_until(lambda: self.accepted >= wanted)

    def wait_until(self, so: Callable[[], bool]) -> None:
        """Wait until it is so, as long as nobody fails."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not so():
            failure = next((person.failure for person in self.people if person.failure), None)
            if failure is not None or time.monotonic() > deadline:
                raise TimeoutError(f"{self.accepted} accepted\n{self.server.log()[-2_000:]}") from failure
            time.sleep(0.05)  # other processes are awaited

    def refused(self, code: str) -> int:
        """Return how many answers were this refusal."""
        commands = [command for history in self.histories for command in [*history.commands.values()]]
        return sum(answer.get("code") == code for command in commands for answer in command.answers)

    def end(self) -> None:
        """Stop everybody."""
        for person in self.people:
            person.client.over.set()
        for person in self.people:
            person.join(timeout=30)

    def compare(self) -> None:
        """Have everybody compare their map with a fresh one."""
        for client in self.clients:
            client.over.clear()
            client.compare(whole=True)

    def _add(self, name: str, person: str, token: str) -> None:
        base_url = self.server.base_url
        self.clients.append(Client(History(name, person), self.server.session, token, lambda: base_url))


def cut_the_power(folder: Path, program: tuple[str, ...], say: Callable[[str], None]) -> tuple[int, list[Fault]]:
    """Let people act under a tracer, kill the server, and look what is found after a power cut at any moment.

    Return how many commands were accepted, and what was lost.
    """
    folder.mkdir()
    server = DemoServer(folder, program=program).start()
    server.stop()
    disk, trace = power_cut.Disk(server.database), folder / "trace"
    server.under = power_cut.traced(trace)
    server.start()
    room = Room(server)
    try:
        room.act()
        room.wait_for_more(COMMANDS_BEFORE_THE_CUT)
    finally:
        server.kill()
        room.end()
    cuts, faults, journal = power_cut.cut_again_and_again(trace, disk, server.session, folder / "found", most=CUTS)
    faults += checker.check(room.histories, journal)
    acknowledged = max(stay.last_seq for history in room.histories for stay in history.stays)
    if disk.said < acknowledged:
        faults.append(
            Fault(Kind.JOURNAL, f"the trace ends at {disk.said}, and {acknowledged} was heard of: it misses words")
        )
    say(
        f"      the power is cut: {room.accepted} commands, {disk.syncs} syncs, {disk.checkpoints} checkpoints, {cuts} files made again, {len(faults)} faults"
    )
    return room.accepted, faults


def put_an_older_copy_in_place(folder: Path, say: Callable[[str], None]) -> tuple[int, list[Fault]]:
    """Take a copy of the file while people act, put it in the file's place later on, and let them come back to it.

    Nobody may be brought from the history that is gone into the one that goes on, and what is accepted after that is held to
    the same as ever.
    """
    folder.mkdir()
    server = DemoServer(folder).start()
    copy = folder / "copy.db"
    try:
        room = Room(server)
        room.act()
        room.wait_for_more(COMMANDS_BEFORE_THE_COPY)
        with open_for_reading(server.database) as database:
            database.backup_to(copy)
        room.wait_for_more(COMMANDS_BEFORE_THE_COPY)
        room.end()
        server.kill()
        faults, gone = _before_the_copy(room, copy)
        for suffix in ("-wal", "-shm"):
            server.database.with_name(server.database.name + suffix).unlink(missing_ok=True)
        shutil.copy(copy, server.database)
        before = room.histories
        for client in room.clients:
            client.history = History(client.history.name, client.history.person, client.history)
        server.start()
        room.act()
        room.wait_for_more(COMMANDS_BEFORE_THE_COPY)
        room.end()
        room.compare()
    finally:
        server.kill()
    faults += checker.check(room.histories, checker.read_journal(server.database, server.session))
    faults += [fault for old, new in zip(before, room.histories, strict=True) for fault in _forked(old, new)]
    accepted = sum(history.accepted for history in (*before, *room.histories))
    say(f"      an older copy: {accepted} commands, {gone} of them gone with the file, {len(faults)} faults")
    return accepted, faults


def _before_the_copy(room: Room, copy: Path) -> tuple[list[Fault], int]:
    """Return what the copy lacks of what had happened by then, and how many commands came after."""
    journal = checker.read_journal(copy, room.server.session)
    told = [
        (history, command.id, outcome["seq"])
        for history in room.histories
        for command in history.commands.values()
        if (outcome := command.outcome) is not None and outcome["ok"]
    ]
    lacking = [
        Fault(Kind.LOST, f"{history.name} was told {seq}, and a copy up to {journal.head} does not hold it")
        for history, id_, seq in told
        if seq <= journal.head and seq not in journal.places[history.person, id_]
    ]
    gone = sum(seq > journal.head for *_, seq in told)
    if not gone:
        lacking.append(Fault(Kind.JOURNAL, "the copy was no older than the file"))
    return lacking, gone


def _forked(before: History, after: History) -> Iterator[Fault]:
    first = after.stays[0]
    if first.epoch == before.stays[-1].epoch or first.since is not None:
        yield Fault(Kind.STREAM, f"{after.name} went on from {first.since} in a file that is another one")


def fill_the_disk(folder: Path, say: Callable[[str], None]) -> tuple[int, list[Fault]]:
    """Let people act on a small disk that is filled to the last byte and emptied again, with no help to the server."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", str(folder)], check=True)
    try:
        return _on_a_small_disk(folder, say)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _on_a_small_disk(folder: Path, say: Callable[[str], None]) -> tuple[int, list[Fault]]:
    server = DemoServer(folder).start()
    ballast = folder / "ballast"
    try:
        room = Room(server)
        room.act()
        room.wait_for_more(COMMANDS_BEFORE_THE_COPY)
        fill(ballast)
        room.wait_until(lambda: room.refused("not_recorded") >= PEOPLE)
        ballast.unlink()
        room.wait_for_more(COMMANDS_BEFORE_THE_COPY)
        room.end()
        room.compare()
    finally:
        server.kill()
    faults = checker.check(room.histories, checker.read_journal(server.database, server.session))
    refused = room.refused("not_recorded")
    say(
        f"      a full disk: {room.accepted} commands, {refused} answered that they are not recorded, {len(faults)} faults"
    )
    return room.accepted, faults


def fill(file: Path) -> None:
    """Fill the disk that a file is on to the last byte."""
    with file.open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while ballast.write(bytes(4_096)):
            pass
