"""What those get who send a command, once it is on disk, or join; and how an answer is kept for whoever sends again."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import msgspec

from companion.audiences.audience import Audience
from companion.codec import json
from companion.codec.events import EVENT_NAMES
from companion.core import events as e
from companion.core.ids import CommandId, PersonId
from companion.store import journal
from companion.store.database import Database

Key: TypeAlias = tuple[PersonId, CommandId]
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


class Remembered:
    """The answers that were given in a session, for whoever sends a command again.

    What is typed comes by the thousand, and is harmless to merge again: of that the newest answers alone are remembered.
    """

    def __init__(self) -> None:
        self._answers: dict[Key, Answer] = {}
        self._typed: deque[Key] = deque()

    def __contains__(self, key: Key) -> bool:
        return key in self._answers

    def take_up(self, database: Database, session: str) -> None:
        """Remember what was answered before the server started."""
        typed = EVENT_NAMES[e.NoteTyped]
        for each in journal.answers_but(database, session, typed):
            self.keep((each.actor, each.id), _read(each), typed=False)
        for each in journal.newest_answers(database, session, typed, MOST_TYPED):
            self.keep((each.actor, each.id), _read(each), typed=True)

    def find(self, key: Key) -> Answer | None:
        """Return the answer to a command, or None where there is none, or none any more."""
        return self._answers.get(key)

    def keep(self, key: Key, answer: Answer, *, typed: bool) -> Answer:
        """Remember an answer, unless there is one; `typed`: it is to what somebody typed. Return the one that holds."""
        if key in self._answers:
            return self._answers[key]
        self._answers[key] = answer
        if typed:
            self._typed.append(key)
            if len(self._typed) > MOST_TYPED:
                del self._answers[self._typed.popleft()]
        return answer


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
