"""Compares what clients were told with what the journal holds: the one place that says what a fault is.

It reads the file as it is, with none of the program's code, and trusts nobody's word but the clients' own logs.
"""

import contextlib
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from proof.history import Command, History, Patch


class Kind(StrEnum):
    """What can go wrong."""

    LOST = "lost"
    DUPLICATED = "duplicated"
    CONTRADICTED = "contradicted"
    ORDER = "out of order"
    EXPECT = "expected otherwise"
    STREAM = "not one log"
    MAP = "not what a fresh one shows"
    JOURNAL = "journal"
    SERVER = "server"


class Fault(NamedTuple):
    """One thing that is not as was promised."""

    kind: Kind
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


class Entry(NamedTuple):
    """One row of the journal."""

    seq: int
    at: str
    actor: str
    command: str
    type: str
    body: Mapping[str, Any]


@dataclass(slots=True)
class Journal:
    """A session's journal, and the answers that stand beside it: (first, last) by actor and command."""

    entries: Sequence[Entry]
    answered: Mapping[tuple[str, str], tuple[int, int]]
    places: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for entry in self.entries:
            self.places[entry.actor, entry.command].append(entry.seq)

    @property
    def head(self) -> int:
        """Return the number of the last entry."""
        return self.entries[-1].seq if self.entries else 0


def read_journal(database: Path, session: str) -> Journal:
    """Return what a file holds of a session; it is only read."""
    with contextlib.closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT seq, at, actor, command, type, body FROM event WHERE session = ? ORDER BY seq", (session,)
        )
        entries = [
            Entry(seq, at, actor, command, type_, json.loads(body)) for seq, at, actor, command, type_, body in rows
        ]
        answers = db.execute("SELECT actor, id, first_seq, last_seq FROM command WHERE session = ?", (session,))
        answered = {(actor, id_): (first, last) for actor, id_, first, last in answers}
    return Journal(entries, answered)


def check(histories: Sequence[History], journal: Journal) -> list[Fault]:
    """Return everything that is not as was promised; nothing if all is well."""
    return [
        *_of_the_journal(journal),
        *(fault for history in histories for fault in _of_commands(history, journal)),
        *_expectations(histories, journal),
        *(fault for history in histories for fault in _of_stays(history, journal)),
        *_one_log(histories),
        *(Fault(Kind.MAP, f"{history.name} {each}") for history in histories for each in history.differences),
    ]


def _of_the_journal(journal: Journal) -> Iterator[Fault]:
    for number, entry in enumerate(journal.entries, start=1):
        if entry.seq != number:
            yield Fault(Kind.JOURNAL, f"entry {entry.seq} in place {number}")
            break
    for before, after in pairwise(journal.entries):
        if after.at < before.at:
            yield Fault(Kind.JOURNAL, f"entry {after.seq} is earlier than the one before it")


def _of_commands(history: History, journal: Journal) -> Iterator[Fault]:
    for command in history.commands.values():
        yield from _of_command(history, command, journal)
    told = [
        (command.place, outcome["seq"])
        for command in history.commands.values()
        if command.id not in history.earlier and (outcome := command.outcome) is not None and outcome["ok"]
    ]
    for (_, before), (place, after) in pairwise(told):
        if after <= before:
            yield Fault(
                Kind.ORDER, f"{history.name}: command {place} took effect at {after}, the one before at {before}"
            )


def _of_command(history: History, command: Command, journal: Journal) -> Iterator[Fault]:
    name = f"{history.name}: {command.type} {command.id}"
    places, outcome = journal.places.get((history.person, command.id), []), command.outcome
    first, last = journal.answered.get((history.person, command.id), (0, -1))
    if places and places != [*range(first, last + 1)]:
        yield Fault(Kind.DUPLICATED, f"{name} stands at {places}, sent {command.sent} times")
    if outcome is None:
        return
    later = command.answers[command.answers.index(outcome) + 1 :]
    if otherwise := [answer for answer in later if answer != outcome and answer.get("code") != "rate_limited"]:
        yield Fault(Kind.CONTRADICTED, f"{name} was answered {outcome}, then {otherwise}")
    if outcome["ok"] and outcome["seq"] not in places:
        yield Fault(Kind.LOST, f"{name} was told {outcome['seq']}, and stands at {places or 'no place'}")
    elif outcome["ok"] and outcome["seq"] != last:
        yield Fault(Kind.CONTRADICTED, f"{name} was told {outcome['seq']}, and the answer that is kept says {last}")
    elif not outcome["ok"] and places:
        yield Fault(Kind.CONTRADICTED, f"{name} was refused ({outcome['code']}), and stands at {places}")


def _expectations(histories: Iterable[History], journal: Journal) -> Iterator[Fault]:
    """Yield each command that took effect although what its sender saw was no longer so."""
    floor: str | None = None
    versions: dict[str, int] = {}
    expected = {
        (history.person, command.id): command
        for history in histories
        for command in history.commands.values()
        if command.expect is not None
    }
    for entry in journal.entries:
        command = expected.pop((entry.actor, entry.command), None)
        if command is not None and command.expect is not None:
            seen = {"intervention": floor, "version": versions.get(str(entry.body.get("note")))}
            if any(seen[key] != value for key, value in command.expect.items()):
                yield Fault(Kind.EXPECT, f"{command.type} at {entry.seq} expected {command.expect}, there was {seen}")
        floor = _floor_after(entry, floor)
        if entry.type in {"note.added", "note.written", "note.typed"}:
            versions[entry.body["note"]] = entry.body.get("version", 1)


def _floor_after(entry: Entry, floor: str | None) -> str | None:
    match entry.type:
        case "floor.given" | "floor.given_back":
            return str(entry.body["intervention"])
        case "floor.ended" | "floor.voided" if entry.body["intervention"] == floor:
            return None
        case _:
            return floor


def _of_stays(history: History, journal: Journal) -> Iterator[Fault]:
    yield from (Fault(Kind.STREAM, f"{history.name}: {oddity}") for oddity in history.oddities)
    for before, after in pairwise(history.stays):
        if after.seq < before.last_seq:
            yield Fault(Kind.LOST, f"{history.name} had heard of {before.last_seq}, and came back to {after.seq}")
    heard = max((stay.last_seq for stay in history.stays), default=0)
    if heard > journal.head:
        yield Fault(Kind.LOST, f"{history.name} heard of {heard}, and the journal ends at {journal.head}")


def _one_log(histories: Sequence[History]) -> Iterator[Fault]:
    """Yield where two of one audience heard something else after the same thing, or before it, or in place of it."""
    after: dict[tuple[str, str, Patch], Patch] = {}
    before: dict[tuple[str, str, Patch], Patch] = {}
    told: dict[tuple[str, str, int], set[bytes]] = defaultdict(set)
    stays = [(history, stay) for history in histories for stay in history.stays]
    for history, stay in stays:
        shared = [patch for patch in stay.live if not patch.own]
        # What they hear of an event that they had when they came is what follows late.
        for patch in (each for each in shared if each.seq > stay.seq):
            told[stay.epoch, stay.audience, patch.seq].add(patch.but_notes)
        for first, second in pairwise(shared):
            if (
                after.setdefault((stay.epoch, stay.audience, first), second) != second
                or before.setdefault((stay.epoch, stay.audience, second), first) != first
            ):
                yield Fault(Kind.STREAM, f"{history.name} heard {second.seq} after {first.seq}, others did not")
    for history, stay in stays:
        for patch in stay.resumed[:-1]:  # the last one sets anew what follows late
            others = told.get((stay.epoch, stay.audience, patch.seq))
            if others and patch.but_notes not in others:
                yield Fault(Kind.STREAM, f"{history.name} was brought another {patch.seq} than others had heard")


def counted(faults: Iterable[Fault]) -> Counter[Kind]:
    """Return how many faults there are of each kind."""
    return Counter(fault.kind for fault in faults)
