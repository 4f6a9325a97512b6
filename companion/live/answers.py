"""What those get who send a command, once it is on disk, or join; and how an answer is kept for whoever sends again."""

from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import msgspec

from companion.audiences.audience import Audience
from companion.codec import json
from companion.codec.events import EVENT_NAMES
from companion.core import events as e
from companion.core.ids import CommandId, PersonId
from companion.store import journal
from companion.store.database import Database, open_for_reading

Key: TypeAlias = tuple[PersonId, CommandId]
MOST_AT_HAND: Final = 1_000
"""Answers that need no disk: whoever sends again does so soon."""
MOST_UNORDERED: Final = 1_000
"""Numbers of older answers, before they are put in order: some 2 ms for 20,000."""
MOST_TYPED: Final = 1_000
"""Of the answers to what was typed so many are remembered: some twenty seconds of ten who type without a pause."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A command that is on disk: its last event, and what it brought into being."""

    seq: int
    result: Mapping[str, Any] | None = None

    def written(self, *, session: str, actor: str, id_: str, first_seq: int) -> journal.Answered:
        """Return the answer as it is kept beside the events that the command made."""
        result = None if self.result is None else msgspec.json.encode(self.result).decode()
        return journal.Answered(
            session=session, actor=actor, id=id_, first_seq=first_seq, last_seq=self.seq, result=result
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What somebody who joins gets: the whole map and their own keys, or the patches since they left."""

    epoch: str
    seq: int
    server_ms: int
    audience: Audience
    own: Mapping[str, Any]
    whole: json.Raw | None = None
    patches: list[Mapping[str, Any]] | None = None

    def answer(self) -> dict[str, Any]:
        """Return the answer for the road; what many get alike is JSON already."""
        what = {"patches": self.patches} if self.whole is None else {"snapshot": json.joined(self.whole, self.own)}
        known = {"epoch": self.epoch, "seq": self.seq, "server_ms": self.server_ms, "audience": self.audience}
        return {"ok": True, **known, **what}


class Numbers:
    """Numbers of 64 bits: those that came last as a set, and all before them in order, which take eight bytes each."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._ordered = array("q", sorted(numbers))
        self._newest: set[int] = set()

    def __contains__(self, number: int) -> bool:
        at = bisect_left(self._ordered, number)
        return number in self._newest or (at < len(self._ordered) and self._ordered[at] == number)

    def add(self, number: int) -> None:
        """Take a number among these."""
        self._newest.add(number)
        if len(self._newest) > MOST_UNORDERED:
            self._ordered = array("q", sorted((*self._ordered, *self._newest)))
            self._newest.clear()


class Remembered:
    """The answers that were given in a session, for whoever sends a command again.

    The newest are at hand. Of the older ones it is remembered that they were given, as a number of 64 bits each; the answer
    is read from the disk if its command is ever sent again. What is typed comes by the thousand, and is harmless to merge
    again: of that the newest answers alone are remembered.
    """

    def __init__(self, on_disk: Callable[[Key], Answer | None]) -> None:
        """Begin with nothing; `on_disk` returns the answer to a command as the disk has it."""
        self._on_disk = on_disk
        self._at_hand: dict[Key, Answer] = {}
        self._newest: deque[Key] = deque()
        self._typed: deque[Key] = deque()
        self._of_nothing: deque[Key] = deque()
        self._older = Numbers()

    def take_up(self, database: Database, session: str) -> None:
        """Remember what was answered before the server started."""
        typed = EVENT_NAMES[e.NoteTyped]
        self._older = Numbers(map(hash, journal.commands_but(database, session, typed)))
        for each in journal.newest_answers(database, session, typed, MOST_TYPED):
            self.keep((each.actor, each.id), _read(each), typed=True)

    def find(self, key: Key) -> Answer | None:
        """Return the answer to a command, or None where there is none, or none any more."""
        found = self._at_hand.get(key)
        return self._on_disk(key) if found is None and hash(key) in self._older else found

    def keep(self, key: Key, answer: Answer, *, typed: bool) -> None:
        """Remember the answer to a command that is on disk; `typed`: it is to what somebody typed."""
        if typed:
            self._put(key, answer, self._typed, MOST_TYPED)
        elif (oldest := self._put(key, answer, self._newest, MOST_AT_HAND)) is not None:
            self._older.add(hash(oldest))

    def keep_of_nothing(self, key: Key, answer: Answer) -> Answer:
        """Remember the answer to a command that led to nothing, for a while: no disk has it. Return the one that holds, the first."""
        if key not in self._at_hand:
            self._put(key, answer, self._of_nothing, MOST_AT_HAND)
        return self._at_hand[key]

    def _put(self, key: Key, answer: Answer, newest: deque[Key], most: int) -> Key | None:
        """Have an answer at hand; return the key of the one that is not any more, if one has to go."""
        self._at_hand[key] = answer
        newest.append(key)
        if len(newest) <= most:
            return None
        oldest = newest.popleft()
        del self._at_hand[oldest]
        return oldest


def answer_on_disk(database: Path, session: str, key: Key) -> Answer | None:
    """Return the answer to a command of somebody in a session, if it is on the disk."""
    with open_for_reading(database) as db:
        answered = journal.find_answer(db, session, *key)
    return None if answered is None else _read(answered)


def _read(answered: journal.Answered) -> Answer:
    result = None if answered.result is None else msgspec.json.decode(answered.result)
    return Answer(seq=answered.last_seq, result=result)


def result_of(events: Sequence[e.Event]) -> Mapping[str, Any] | None:  # noqa: C901 (one case each)
    """Return what the sender could not know: what came into being, or the version that a text has now."""
    for event in reversed(events):
        match event:
            case e.FloorRequested():
                return {"request": event.request}
            case e.FloorGiven():
                return {"intervention": event.intervention}
            case e.NoteAdded():
                return {"note": event.note}
            case e.NoteWritten() | e.NoteTyped() | e.RecommendationRevised():
                return {"version": event.version}
            case e.RecommendationProposed():
                return {"recommendation": event.recommendation}
            case e.AmendmentProposed():
                return {"amendment": event.amendment}
            case e.PollDrafted() | e.PollOpened():
                return {"poll": event.poll}
            case _:
                continue
    return None
