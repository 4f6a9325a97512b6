"""`python -m bench.search`: how long a search takes in a very long session, and until something new is found.

The process that searches is asked as the server asks it, through the same pipes; the journal is on disk.
"""

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

from bench.page import machine, write_section
from companion.clock import format_time
from companion.core import commands as c
from companion.core import events as e
from companion.core.people import Person, Role
from companion.core.procedure import AttributionMode, NoteKind, RequestKind
from companion.engine import choose
from companion.finding.answering import Search
from companion.finding.searcher import Searcher
from companion.live.entries import sealed
from companion.store import journal
from companion.store.database import Database
from tests.core.scenario import PEOPLE, PROGRAMME, Scenario, opened

NOTES: Final = 10_000
INTERVENTIONS: Final = 2_000
SPEAKERS: Final = 300
ROUNDS: Final = 60
SESSION: Final = "panel-1"
_SYLLABLES: Final = (
    "re",
    "me",
    "dy",
    "ac",
    "cess",
    "tra",
    "de",
    "la",
    "bour",
    "ri",
    "ghts",
    "co",
    "vi",
    "na",
    "po",
    "si",
)
_CHINESE: Final = "人权保护机制区域合作工商业与发展补救措施国家联合代表会议记录建议"

Ask = Callable[[str], dict[str, Any]]


class Words:
    """Sentences of invented words, a few of which are frequent; the same every time."""

    def __init__(self) -> None:
        self._dice = random.Random(1)  # noqa: S311 (the same every time)
        self._words = ["".join(self._dice.choices(_SYLLABLES, k=self._dice.randint(2, 4))) for _ in range(4_000)]

    def sentence(self, length: int) -> str:
        """Return a sentence, one in ten of them Chinese."""
        if self._dice.random() < 0.1:  # noqa: PLR2004
            return "".join(self._dice.choices(_CHINESE, k=length))
        places = (min(int(self._dice.expovariate(1 / 600)), len(self._words) - 1) for _ in range(length))
        return " ".join(self._words[place] for place in places)


def held(mode: AttributionMode) -> Scenario:
    """Return the session, with all its notes, half of them released."""
    words = Words()
    people = tuple(
        Person(id=f"person-{each:04}", name=f"{words.sentence(1).title()} Nr{each}", role=Role.PARTICIPANT, organisation=words.sentence(2))
        for each in range(SPEAKERS)
    )  # fmt: skip
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *people), attribution_mode=mode))
    for number in range(INTERVENTIONS):
        topic = words.sentence(5)
        asked = c.RequestFloor(kind=RequestKind.STATEMENT, person=people[number % SPEAKERS].id, topic=topic)
        scenario.by("officer", asked)
        scenario.later(20).next()
        for each in range(NOTES // INTERVENTIONS):
            note = f"note-{number:04}-{each}"
            text = words.sentence(25)
            intervention = scenario.session.floor.intervention
            scenario.by("rapporteur", c.AddNote(note=note, kind=NoteKind.GAP, text=text, intervention=intervention))
            if each % 2:
                scenario.by("rapporteur", c.ReleaseNote(note=note, released=True))
        scenario.later(20).end()
    return scenario


def entries_of(recorded: list[e.Recorded]) -> Iterator[journal.Entry]:
    """Yield what was recorded as a journal has it."""
    chain = journal.first_link(SESSION)
    for each in recorded:
        entry = sealed(SESSION, chain, each, at=format_time(each.at), salt=f"{each.seq:032x}")
        chain = entry.chain
        yield entry


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long `work` took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e3


def asking(searcher: Searcher, *, finds_all: bool) -> Ask:
    """Return what asks and gives back what was found."""

    def ask(typed: str) -> dict[str, Any]:
        question = Search(session=SESSION, typed=typed, limit=20, finds_all=finds_all)
        found: dict[str, Any] = json.loads(searcher.ask(question, by="bench"))
        return found

    return ask


def rows_of(ask: Ask, terms: dict[str, str]) -> Iterator[str]:
    """Yield a row for each of the things that are searched for."""
    for what, typed in terms.items():
        count = ask(typed)["count"]
        spent = [milliseconds(lambda typed=typed: ask(typed)) for _ in range(ROUNDS)]  # type: ignore[misc]
        cuts = quantiles(spent, n=100)
        yield f"| {what} | {count} | {cuts[49]:.1f} ms | {cuts[98]:.1f} ms |"


def until_found(database: Database, scenario: Scenario, ask: Ask) -> list[float]:
    """Return how long it took, each time, from when a note was on disk until it was found."""
    delays = []
    for number in range(ROUNDS):
        before = len(scenario.recorded)
        scenario.by("rapporteur", c.AddNote(kind=NoteKind.GAP, text=f"quite new{number}"))
        new = [*entries_of(scenario.recorded)][before:]
        with database.transaction():
            journal.append(database, new)
        delays.append(milliseconds(lambda number=number: _must_find(ask, f"new{number}")))  # type: ignore[misc]
    return delays


def _must_find(ask: Ask, typed: str) -> None:
    if not ask(typed)["count"]:
        raise SystemExit(f"{typed} was not found")


def memory_mb(pid: int) -> float:
    """Return the memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def measured(folder: Path, mode: AttributionMode) -> list[str]:
    """Return the lines of a session in one mode of attribution."""
    scenario, file = held(mode), folder / f"{mode.value}.db"
    with Database.open(file) as database:
        with database.transaction():
            journal.append(database, entries_of(scenario.recorded))
        searcher = Searcher(choose("threading"), str(file))
        staff, everybody = asking(searcher, finds_all=True), asking(searcher, finds_all=False)
        name = next(each for each in scenario.session.people.values() if each.id == "person-0007").name
        terms = {
            "a name": name,
            "a frequent word": "access",
            "two words": "remedy access",
            "two Chinese characters": "人权",
            "one letter": "r",
        }
        first = milliseconds(lambda: staff("remedy"))
        public = milliseconds(lambda: everybody("remedy"))
        lines = [
            (
                f"Mode `{mode.value}`: {len(scenario.recorded)} entries of the journal; the first search of staff, from the start of the "
                f"process with the index made of all of it, {first / 1e3:.1f} s; the first of somebody else then {public / 1e3:.1f} s."
            ),
            "",
            "| found by staff | how many | p50 | p99 |",
            "|---|---:|---:|---:|",
            *rows_of(staff, terms),
        ]
        new = quantiles(until_found(database, scenario, staff), n=100)
        lines += ["", f"From a note's being on disk until it is found: p50 {new[49]:.0f} ms, p99 {new[98]:.0f} ms."]
        if (pid := searcher.pid) is not None:
            lines.append(f"The process has {memory_mb(pid):.0f} MB.")
        searcher.close()
    return [*lines, ""]


def main() -> None:
    """Measure, print, and write the section."""
    lines = [
        (
            f"Made by `python -m bench.search` on {machine()}: {NOTES} notes, half of them released, {INTERVENTIONS} interventions of "
            f"{SPEAKERS} people, in one session."
        ),
        "",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for mode in (AttributionMode.ATTRIBUTED, AttributionMode.AFFILIATION_ONLY):
            lines += measured(Path(folder), mode)
    write_section("Searching", "\n".join(lines))


if __name__ == "__main__":
    main()
