"""`python -m bench.opening`: how long a session takes to open whose journal holds 100,000 events, nine in ten of them typed letters.

The journal is written as the server writes it: every event decided, every entry sealed, every command with its answer. Two
rapporteurs type, each into a note of their own and into a new one every few minutes, while the floor is asked for, given and
ended; one key in eight deletes.
"""

import argparse
import base64
import os
import random
import tempfile
import time
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Final

from pycrdt import Doc, Text, TransactionEvent

from bench.page import machine, write_section
from companion.audiences.audience import Audience
from companion.clock import Clock, format_time
from companion.core import commands as c
from companion.core import events as e
from companion.core.edits import Edit
from companion.core.people import Person, Role
from companion.core.procedure import NoteKind, RequestKind
from companion.engine import choose
from companion.live.announcer import Announcer
from companion.live.answers import Answer, result_of
from companion.live.committer import Committer
from companion.live.entries import sealed
from companion.live.host import Host
from companion.store import journal
from companion.store.database import Database
from tests.core.scenario import PEOPLE, PROGRAMME, Scenario, opened

EVENTS: Final = 100_000
KEYS_FOR_EACH_OTHER: Final = 9
AIM_SECONDS: Final = 1.0
SESSION: Final = "panel-1"
"""The session of the scenarios."""
_SPEAKERS: Final = 300
_WAITING: Final = 20
_KEYS_OF_A_NOTE: Final = 900
_ROUNDS: Final = 5
_ROWS_AT_ONCE: Final = 2_000
_LETTERS: Final = "etaoinshrdlu ,.éи人ب😀"


class Nobody:
    """Tells nobody."""

    def patch(self, *_: object) -> None:
        """Tell nobody."""

    patch_person = signal = patch


class Writer:
    """A rapporteur at a note: types where the cursor stands, seldom elsewhere, and begins another note now and then."""

    def __init__(self, who: str, client: int) -> None:
        self._who, self._client = who, client
        self._dice = random.Random(client)  # noqa: S311 (the same every time)
        self._keys = self._notes = 0
        self._plain = ""
        self._updates: list[bytes] = []

    def press(self, scenario: Scenario) -> None:
        """Have one key recorded."""
        if self._keys % _KEYS_OF_A_NOTE == 0:
            self._begin(scenario)
        self._keys += 1
        edit = self._edit()
        start = len(self._plain[: edit.at].encode())
        if edit.gone:
            del self._text[start : start + len(self._plain[edit.at : edit.at + edit.gone].encode())]
        else:
            self._text.insert(start, edit.came)
        self._plain, self._cursor = edit.of(self._plain), edit.at + len(edit.came)
        update = base64.b64encode(self._updates.pop()).decode()
        scenario.by(self._who, c.TypeNote(note=self._note, update=update, client=self._client, clock=0, edit=edit))

    def _begin(self, scenario: Scenario) -> None:
        self._notes += 1
        self._note = f"note-{self._client}-{self._notes}"
        scenario.by(self._who, c.AddNote(note=self._note, kind=NoteKind.KEY_POINT, text=""))
        self._doc: Doc[Text] = Doc(client_id=self._client)
        self._text = self._doc.get("text", type=Text)
        self._plain, self._cursor, self._updates = "", 0, []
        self._observed = self._doc.observe(self._heard)

    def _heard(self, event: TransactionEvent) -> None:
        self._updates.append(event.update)

    def _edit(self) -> Edit:
        if self._dice.random() < 0.02:  # noqa: PLR2004
            self._cursor = self._dice.randint(0, len(self._plain))
        if self._cursor and self._dice.random() < 1 / 8:
            return Edit(at=self._cursor - 1, gone=1, came="")
        return Edit(at=self._cursor, gone=0, came=self._dice.choice(_LETTERS))


class Floor:
    """What else happens: people ask for the floor, are given it, and end."""

    def __init__(self) -> None:
        self._asked = 0

    def go_on(self, scenario: Scenario) -> None:
        """Have the next thing recorded."""
        session = scenario.session
        if session.speaking is not None:
            scenario.end()
        elif len(scenario.waiting()) >= _WAITING and self._asked % 2:
            self._asked += 1
            scenario.next()
        else:
            self._asked += 1
            who = f"person-{self._asked % _SPEAKERS:04}"
            scenario.by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, person=who, topic=f"Topic {self._asked}"))


def recorded_of(events: int) -> list[e.Recorded]:
    """Return what happened in a session of so many events."""
    people = tuple(
        Person(id=f"person-{number:04}", name=f"Person {number}", role=Role.PARTICIPANT)
        for number in range(_SPEAKERS)
    )  # fmt: skip
    scenario, floor = opened(replace(PROGRAMME, people=(*PEOPLE, *people))), Floor()
    writers = (Writer("rapporteur", 1_000), Writer("secretary", 1_001))
    while len(scenario.recorded) < events:
        for key in range(KEYS_FOR_EACH_OTHER):
            writers[key % 2].press(scenario.later(0.1))
        floor.go_on(scenario.later(0.1))
    return scenario.recorded[:events]


def write(database: Database, recorded: list[e.Recorded]) -> None:
    """Write a session's journal and the answers to its commands."""
    chain = journal.first_link(SESSION)
    entries, answered = list[journal.Entry](), list[journal.Answered]()
    for _, made in groupby(recorded, key=lambda each: (each.by, each.command)):
        happened = [*made]
        for each in happened:
            entries.append(sealed(SESSION, chain, each, at=format_time(each.at), salt=f"{each.seq:032x}"))
            chain = entries[-1].chain
        first, last = happened[0], happened[-1]
        answer = Answer(seq=last.seq, result=result_of([each.event for each in happened]))
        answered.append(answer.written(session=SESSION, actor=last.by, id_=last.command, first_seq=first.seq))
        if len(entries) > _ROWS_AT_ONCE or last is recorded[-1]:
            with database.transaction():
                journal.append(database, entries, answered)
            entries, answered = [], []


def host_of(database: Database, session: str) -> Host:
    """Return the host of a session that has not been opened yet; it writes nothing."""
    engine = choose("threading")
    nobody: Announcer = Nobody()
    return Host(
        session,
        engine=engine,
        clock=Clock(),
        committer=Committer(engine, database, stop_program=lambda _: None),
        announcer=nobody,
        epoch="bench",
        ring_patches=2_000,
    )


def opening(database: Database, session: str) -> tuple[float, float]:
    """Return how many seconds of the processor it takes to open a session, and then to read its texts for the first who writes."""
    host = host_of(database, session)
    began = time.process_time()
    host.open(database)
    is_open = time.process_time()
    with host.lock:
        host.join("bench", Audience.STAFF, epoch=None, since=None)
    return is_open - began, time.process_time() - is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the opening of one session came to: of several rounds the median; seconds are the processor's."""

    events: int
    keys: int
    notes: int
    database_bytes: int
    open_seconds: float
    texts_seconds: float


def measure(events: int = EVENTS) -> Measured:
    """Write a journal of so many events, and open it a few times."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        with Database.open(file) as database:
            keys, notes = _filled(database, events)
            rounds = [opening(database, SESSION) for _ in range(_ROUNDS)]
        size = file.stat().st_size
    return Measured(
        events=events,
        keys=keys,
        notes=notes,
        database_bytes=size,
        open_seconds=median(each for each, _ in rounds),
        texts_seconds=median(each for _, each in rounds),
    )


def _filled(database: Database, events: int) -> tuple[int, int]:
    """Write the journal; return how many keys and notes are in it."""
    recorded = recorded_of(events)
    write(database, recorded)
    kinds = [type(each.event) for each in recorded]
    return kinds.count(e.NoteTyped), kinds.count(e.NoteAdded)


def written(measured: Measured) -> str:
    """Return the section."""
    return "\n".join(
        (
            f"Made by `python -m bench.opening --write` on {machine()}; load of the machine in the end: {os.getloadavg()[0]:.1f}.",
            "",
            "| | |",
            "|---|---:|",
            f"| events / of them typed letters / notes | {measured.events} / {measured.keys} / {measured.notes} |",
            f"| the database, MiB | {measured.database_bytes / (1 << 20):.0f} |",
            f"| opening, s of the processor (aim {AIM_SECONDS:.0f}) | {measured.open_seconds:.2f} |",
            f"| reading all texts for the first who writes, s of the processor | {measured.texts_seconds:.2f} |",
        )
    )


def main() -> None:
    """Measure, print, and write the section if asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.opening", description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--write", action="store_true", help="write the section into docs/benchmarks.md")
    given = parser.parse_args()
    section = written(measure(given.events))
    if given.write:
        write_section("Opening a session", section)
    else:
        print(section)


if __name__ == "__main__":
    main()
