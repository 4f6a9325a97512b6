"""What a record says of an indicative poll."""

from dataclasses import dataclass
from datetime import datetime

from companion.core.procedure import BallotKind, PollStatus, PollUnit, Reasons, Results, RoomAnswers
from companion.core.reckoned import Dimension
from companion.record.model_people import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer that was offered."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomCount:
    """Hands counted in the room, by option, of those present."""

    counts: dict[str, int]
    present: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligible:
    """Who could answer, as counts: units (persons or delegations), and the persons who could answer for them.

    How many were in the room and how many remote is None where that would give somebody away.
    """

    units: int
    persons: int
    in_room: int | None
    remote: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A recorded answer. A delegation's has `delegation` (its id) and `organisation`; a person's has `who`.

    `by` is who gave it for the delegation, where persons are named.
    """

    delegation: str | None
    organisation: str | None
    who: Who | None
    by: Who | None
    option: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakdownRow:
    """The answers from one group, attendance or region ("" : from those who have none), by option; None where hidden."""

    what: str
    counts: dict[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """The answers from the app by one dimension; `named`: only those counted that stand under `answers`."""

    dimension: Dimension
    named: bool
    rows: tuple[BreakdownRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """An indicative poll, on a version of a recommendation or on a question.

    `tally` counts the answers from the app, `room_tally` the hands, `total` both; all three are None as long as only staff
    may see them, as is `outcome`. `answers` is empty where the mode of attribution allows no naming, and of a secret poll;
    `breakdowns` where they would give somebody away. `again` is the poll that this one asks once more, as its `round`. How many
    have `answered` a secret poll is None until it is closed.
    """

    id: str
    status: PollStatus
    recommendation: str | None
    version: int | None
    question: str
    options: tuple[Option, ...]
    ballot: BallotKind
    unit: PollUnit
    results: Results
    reasons: Reasons
    room: RoomAnswers
    again: str | None
    round: int
    eligible: Eligible
    answered: int | None
    published: bool
    tally: dict[str, int] | None
    room_tally: RoomCount | None
    total: dict[str, int] | None
    answers: tuple[Answer, ...]
    breakdowns: tuple[Breakdown, ...]
    outcome: str | None
    opened_at: datetime | None
    closed_at: datetime | None
    published_at: datetime | None
