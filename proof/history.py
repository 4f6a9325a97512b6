"""What one client sent, was told and saw, in the order in which it happened to it."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

Answer: TypeAlias = dict[str, Any]

AGAIN: Final = frozenset({"rate_limited", "not_recorded", "unexpected"})
"""After these a command is sent again; any other refusal is the end of it."""

_LATE = ("poll/", "recommendation/")
"""Counts and positions, which follow five times a second."""

_INTEGRAL = re.compile(rb"(?<=\d)\.0(?=[,}\]])")
_encode: Final = msgspec.json.Encoder(order="sorted").encode


class Patch(NamedTuple):
    """What a patch says: the event that it reflects, its content, and whether it is of the person's own keys."""

    seq: int
    digest: bytes
    own: bool
    but_notes: bytes = b""
    """The content but for notes, of which whoever comes back gets the newest, once."""


@dataclass(slots=True)
class Command:
    """A command, and every answer to it that came; `sent` counts how often it went out."""

    id: str
    type: str
    expect: Mapping[str, Any] | None
    place: int
    sent: int = 0
    answers: list[Answer] = field(default_factory=list)

    @property
    def outcome(self) -> Answer | None:
        """Return the first answer that settles it, or None where there is none."""
        return next((each for each in self.answers if each["ok"] or each["code"] not in AGAIN), None)


@dataclass(slots=True)
class Stay:
    """What was heard from joining on until the connection went; `since` is where it was resumed from, if it was."""

    epoch: str
    audience: str
    seq: int
    since: int | None
    resumed: list[Patch] = field(default_factory=list)
    live: list[Patch] = field(default_factory=list)

    @property
    def last_seq(self) -> int:
        """Return the last event that was heard of."""
        return max([self.seq, *(patch.seq for patch in self.live[-1:])])


_same: dict[Patch, Patch] = {}


class History:
    """The log of one client of one person, folded as it comes: commands, stays, and the map that it holds."""

    def __init__(self, name: str, person: str, before: "History | None" = None) -> None:
        """Begin a history; where there was one `before`, from the map and the position that it ended with."""
        self.name = name
        self.person = person
        self.earlier: frozenset[str] = frozenset(() if before is None else before.commands)
        """The ids of commands that were sent before this history began."""
        self._begins_at: dict[str, Any] = {} if before is None else before.position
        self.commands: dict[str, Command] = {}
        self.stays: list[Stay] = []
        self.map: dict[str, Any] = {} if before is None else before.map
        self.oddities: list[str] = []
        """What no client may ever see, as it was seen."""
        self.differences: list[str] = []
        """Where the map that was kept by patches was not what a fresh joining showed, and in which keys."""
        self.comparisons = self.accepted = self.arrivals = 0

    @property
    def position(self) -> dict[str, Any]:
        """Return what `join` is told to go on from here; nothing before the first joining."""
        if not self.stays:
            return self._begins_at
        stay = self.stays[-1]
        return {"epoch": stay.epoch, "audience": stay.audience, "since": stay.last_seq}

    def sent(self, id_: str, type_: str, expect: Mapping[str, Any] | None = None) -> None:
        """Take note that a command goes out, for the first time or again."""
        command = self.commands.setdefault(id_, Command(id_, type_, expect, len(self.commands)))
        command.sent += 1

    def told(self, id_: str, answer: Answer) -> None:
        """Take note of an answer."""
        command = self.commands[id_]
        self.accepted += answer["ok"] and not any(each["ok"] for each in command.answers)
        command.answers.append({key: value for key, value in answer.items() if key != "message"})

    def joined(self, answer: Answer, since: int | None = None, early: Iterable[Mapping[str, Any]] = ()) -> None:
        """Take note of the answer to `join`, and hold the map that it gives; `early` is what overtook the answer."""
        self._stay_from(answer, since, early)
        self.arrivals += 1

    def _stay_from(self, answer: Answer, since: int | None, early: Iterable[Mapping[str, Any]]) -> None:
        resumed = "patches" in answer
        stay = Stay(answer["epoch"], answer["audience"], answer["seq"], since if resumed else None)
        self.stays.append(stay)
        if not resumed:
            self.map = dict(answer["snapshot"])
        for patch in answer.get("patches", ()):
            stay.resumed.append(_patch(patch))
            self._apply(patch)
        for patch in early:
            if patch["seq"] >= answer["seq"]:
                self.heard(patch)

    def refreshed(self, answer: Answer, early: Sequence[Mapping[str, Any]] = (), *, whole: bool) -> None:
        """Take note of joining anew where one had joined already, and of what differs from the map that was held.

        What follows late is left out where it is not `whole`: it may be on its way.
        """
        for patch in early:
            if patch["seq"] <= answer["seq"]:
                self.heard(patch)
        held, fresh = self.map, answer["snapshot"]
        differing = {key for key in fresh.keys() | held.keys() if _shown(key, fresh) != _shown(key, held)}
        if not whole:
            differing = {key for key in differing if not key.startswith(_LATE)}
        self.comparisons += 1
        if differing and answer["epoch"] == self.stays[-1].epoch:
            self.differences.append(f"at {answer['seq']}: {', '.join(sorted(differing)[:5])}")
        self._stay_from(answer, None, [patch for patch in early if patch["seq"] > answer["seq"]])

    def heard(self, patch: Mapping[str, Any]) -> None:
        """Take note of a patch as it comes, and follow it."""
        stay = self.stays[-1]
        if patch["epoch"] != stay.epoch:
            self.oddities.append(f"a patch of epoch {patch['epoch']} on a connection of {stay.epoch}")
        if patch["seq"] < stay.last_seq:
            self.oddities.append(f"a patch of {patch['seq']} after {stay.last_seq}")
        stay.live.append(_patch(patch))
        self._apply(patch)

    def _apply(self, patch: Mapping[str, Any]) -> None:
        gone = patch["unset"]
        # A new map each time: another thread may be reading the one before.
        self.map = {key: value for key, value in (self.map | patch["set"]).items() if key not in gone}


def _shown(key: str, map_: Mapping[str, Any]) -> object:
    """Return what a map shows under a key; of a shared text, whose document comes whole or by updates, the plain text."""
    value = map_.get(key)
    if not key.startswith("note/") or value is None:
        return value
    return {name: each for name, each in value.items() if name not in {"state", "updates"}}


def _patch(patch: Mapping[str, Any]) -> Patch:
    own = any(key.startswith("me/") for key in patch["set"])
    but_notes = {key: value for key, value in patch["set"].items() if not key.startswith("note/")}
    made = Patch(patch["seq"], _digest(patch["set"], patch), own, _digest(but_notes, patch))
    return _same.setdefault(made, made)


def _digest(set_: Mapping[str, Any], patch: Mapping[str, Any]) -> bytes:
    # JavaScript writes 12.0 as 12: a client's number of decimals is no difference.
    content = _INTEGRAL.sub(b"", _encode([set_, patch["unset"]]))
    return hashlib.blake2b(content, digest_size=8).digest()
