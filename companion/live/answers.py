"""What those get who send a command, once it is on disk, or join; and how an answer is kept for whoever sends again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from companion.audiences.audience import Audience
from companion.core import events as e
from companion.store import journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
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
    """What somebody who joins gets: the whole map, or the patches since they left."""

    epoch: str
    seq: int
    server_ms: int
    audience: Audience
    snapshot: Mapping[str, Any] | None = None
    patches: list[Mapping[str, Any]] | None = None


def read(answered: journal.Answered) -> Answer:
    """Return an answer that was kept."""
    result = None if answered.result is None else msgspec.json.decode(answered.result)
    return Answer(seq=answered.last_seq, result=result)


def result_of(events: Iterable[e.Event]) -> Mapping[str, Any] | None:
    """Return what the sender could not know: what came into being, or the version that a text has now."""
    for event in reversed([*events]):
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
            case e.PollDrafted() | e.PollOpened():
                return {"poll": event.poll}
            case _:
                continue
    return None
