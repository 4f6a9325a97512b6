"""What can happen to indicative polls."""

from dataclasses import dataclass

from companion.core.ids import PersonId, PollId, RecommendationId
from companion.core.procedure import BallotKind, PollUnit, Reasons, Results, RoomAnswers


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer that a poll offers."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollDrafted:
    """An indicative poll was prepared; its options and its terms do not change any more. `again`: what it asks once more."""

    poll: PollId
    recommendation: RecommendationId | None
    question: str
    options: tuple[Option, ...]
    ballot: BallotKind
    unit: PollUnit
    results: Results
    reasons: Reasons
    room: RoomAnswers
    again: PollId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened:
    """A poll takes answers from `eligible`: pairs of a person and the unit that they answer for."""

    poll: PollId
    version: int | None
    eligible: tuple[tuple[PersonId, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PollAnswered:
    """`voter`, a person or a delegation, has answered, or has changed the answer; `person` gave it."""

    poll: PollId
    voter: str
    person: PersonId
    option: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomCounted:
    """The hands counted in the room, of `present` people."""

    poll: PollId
    counts: tuple[tuple[str, int], ...]
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollClosed:
    """A poll takes no more answers. `counts` are those of a secret poll by option, which no other event has; else None."""

    poll: PollId
    counts: tuple[tuple[str, int], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollPublished:
    """Everybody may see the result of a poll."""

    poll: PollId


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcomeSet:
    """What follows from a poll, in a sentence."""

    poll: PollId
    text: str
