"""Who takes part: participants, two moderators who press at the same moment, rapporteurs, and people who only look on."""

import random
import threading
import uuid
from collections.abc import Mapping
from typing import Any, Final

from proof.client import Client
from proof.history import Answer

BETWEEN_COMMANDS_SECONDS: Final = 0.3
BETWEEN_TAPS_SECONDS: Final = 0.8
TWICE: Final = 0.15
"""Of the commands so many are sent once more after they were answered, as after a lost answer."""
MUSTER_SECONDS: Final = 60
AGAIN_LATER: Final = 0.1
"""After so many acts, a command of long ago."""
COMPARED: Final = 0.05
"""So often somebody looks, amid all that goes on, whether a fresh map would be another."""
OPTIONS: Final = ("yes", "no", "abstain")


class Muster:
    """A moment in which everybody is still, and compares the map that they hold with a fresh one."""

    def __init__(self, people: int) -> None:
        self._called = threading.Event()
        self._here = threading.Barrier(people + 1)

    def call(self) -> None:
        """Have everybody be still and compare, and wait until they have."""
        self._called.set()
        self._here.wait(MUSTER_SECONDS)
        self._called.clear()
        self._here.wait(MUSTER_SECONDS)

    def attend(self, client: Client) -> None:
        """Take part if one is called."""
        if self._called.is_set():
            self._here.wait(MUSTER_SECONDS)
            client.compare(whole=True)
            self._here.wait(MUSTER_SECONDS)


class Person(threading.Thread):
    """Does one thing after another until it is enough."""

    def __init__(self, client: Client, seed: int, muster: Muster) -> None:
        super().__init__(daemon=True, name=client.history.name)
        self.client = client
        self.failure: BaseException | None = None
        self.dice = random.Random(seed)  # noqa: S311 (the same every time)
        self.pace = 1.0
        """Of all rests so much is taken."""
        self._muster = muster

    def run(self) -> None:
        """Come in and act; at a muster, be still and compare."""
        try:
            self.client.come()
            while not self.client.over.is_set():
                self._muster.attend(self.client)
                self.act()
                if self.dice.random() < COMPARED:
                    self.client.compare()
                if self.dice.random() < AGAIN_LATER:
                    self.client.send_again(self.dice)
            self.client.go()
        except BaseException as error:  # noqa: BLE001 (told to the proof, which waits for this thread)
            self.failure = error

    def act(self) -> None:
        """Do something, and rest."""
        raise NotImplementedError

    def do(self, type_: str, data: Mapping[str, Any], *, expect: Mapping[str, Any] | None = None) -> Answer | None:
        """Send a command until it is settled, sometimes once more."""
        return self.client.deliver(type_, data, expect=expect, twice=self.dice.random() < TWICE)

    def rest(self, seconds: float = BETWEEN_COMMANDS_SECONDS) -> None:
        """Wait about so long, or until it is over."""
        self.client.over.wait(self.pace * seconds * (0.5 + self.dice.random()))


class Participant(Person):
    """Asks for the floor, answers the poll anew each time, and withdraws."""

    answer = 0

    def act(self) -> None:
        """Ask, answer, withdraw."""
        request = uuid.uuid4().hex
        self.do("floor.request", {"request": request, "kind": "statement"})
        self.rest()
        for poll in self.client.map["polls"]["open"]:
            self.answer += 1
            self.do("poll.vote", {"poll": poll, "option": OPTIONS[self.answer % len(OPTIONS)]})
            self.rest()
        self.do("floor.withdraw", {"request": request})
        self.rest()


class Moderator(Person):
    """Presses *Next* at the same moment as the other one, by what stands on the screen; extends, and announces."""

    def __init__(self, client: Client, seed: int, muster: Muster, together: threading.Barrier) -> None:
        super().__init__(client, seed, muster)
        self._together = together

    def act(self) -> None:
        """Tap, together with the other moderator if they are there in time."""
        try:
            self._together.wait(timeout=2 * BETWEEN_TAPS_SECONDS)
        except threading.BrokenBarrierError:
            self._together.reset()
        on_the_floor = self.client.map["floor"]["intervention"]
        self.do("floor.next", {}, expect={"intervention": on_the_floor})
        on_the_floor = self.client.map["floor"]["intervention"]
        if on_the_floor is not None and self.dice.random() < TWICE:
            self.do("floor.extend", {"seconds": 30}, expect={"intervention": on_the_floor})
        if self.dice.random() < TWICE:
            self.do("announce", {"text": f"Announcement {self.dice.random()}"})
        self.rest(BETWEEN_TAPS_SECONDS)


class Rapporteur(Person):
    """Writes notes, whose ids the server makes, and rewrites what anybody wrote, by the version on the screen."""

    def act(self) -> None:
        """Add a note, or write another text over one of the last."""
        notes = [key for key in self.client.map if key.startswith("note/")]
        if len(notes) < 3 or (len(notes) < 30 and self.dice.random() < TWICE):
            self.do("note.add", {"kind": "key_point", "text": f"Note {self.dice.random()}"})
        else:
            note = self.client.map[self.dice.choice(notes)]
            text = f"{note['id']} {self.dice.random()}"
            self.do("note.write", {"note": note["id"], "text": text}, expect={"version": note["version"]})
        self.rest(BETWEEN_TAPS_SECONDS)


class Onlooker(Person):
    """Looks on, and comes back when the connection went."""

    def act(self) -> None:
        """See to the connection."""
        self.client.come()
        self.rest()
