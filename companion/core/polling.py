"""An indicative poll, as it stands."""

from __future__ import annotations  # HashTrieMap cannot be subscripted at run time

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from rpds import HashTrieMap

from companion.core.events import Option
from companion.core.ids import PersonId, PollId, RecommendationId
from companion.core.people import Person
from companion.core.procedure import BallotKind, PollStatus, PollUnit, Reasons, Results, RoomAnswers
from companion.core.reckoned import Dimension

Tally: TypeAlias = Mapping[str, int]
"""How many chose each option. As few as there are, they are copied with each answer, which is cheaper than a persistent map."""
Breakdown: TypeAlias = Mapping[tuple[Dimension, str], Tally]
"""How many chose each option, by dimension and value (\"\" for those who have none); `breakdown.py` keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer in a recorded poll, and who gave it."""

    option: str
    person: PersonId
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTally:
    """Hands counted in the room, of those present."""

    counts: tuple[tuple[str, int], ...]
    present: int
    at: datetime


@dataclass(frozen=True, kw_only=True)  # no slots: see renewal.py
class Poll:
    """An indicative poll. `eligible` says for which unit each person answers; `tally` follows from `answers`.

    `known` are all people of the session as they were when it opened; `again` is the poll that this one asks once more.
    A secret poll has no `answers`, and a `tally` once it is closed.
    """

    id: PollId
    status: PollStatus
    question: str
    options: tuple[Option, ...]
    ballot: BallotKind
    unit: PollUnit
    results: Results
    reasons: Reasons
    room: RoomAnswers
    recommendation: RecommendationId | None = None
    version: int | None = None
    again: PollId | None = None
    round: int = 1
    known: HashTrieMap[PersonId, Person] = HashTrieMap()
    eligible: HashTrieMap[PersonId, str] = HashTrieMap()
    members: HashTrieMap[str, tuple[PersonId, ...]] = HashTrieMap()
    voters: int = 0
    answers: HashTrieMap[str, Answer] = HashTrieMap()
    tally: Tally = HashTrieMap()
    breakdown: Breakdown = HashTrieMap()
    room_tally: RoomTally | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    published_at: datetime | None = None
    outcome: str = ""

    @property
    def answered(self) -> int:
        """Return how many units have answered; of a secret poll 0 until it is closed."""
        return sum(self.tally.values()) if self.ballot is BallotKind.SECRET else len(self.answers)
