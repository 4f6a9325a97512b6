"""What can be asked about indicative polls."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from companion.core.commands.bounds import (
    Announcement,
    Between,
    ExpectedVersion,
    FoundByServer,
    MadeByClient,
    Reference,
    Text,
    UpTo,
)
from companion.core.ids import PollId
from companion.core.procedure import BallotKind, PollUnit, Preset, Reasons, Results, RoomAnswers

Counted: TypeAlias = tuple[tuple[PollId, tuple[tuple[str, int], ...]], ...]
"""For each secret poll that is about to close how many chose each option, by option."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenOption:
    """An option as it is asked for."""

    label: Annotated[str, Text(100, least=1)]
    id: Annotated[str, Text(40)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPoll:
    """Prepare an indicative poll, on a version of a recommendation or on a question."""

    ballot: BallotKind
    unit: PollUnit
    results: Results
    poll: Annotated[str, MadeByClient()] | None = None
    recommendation: Reference | None = None
    question: Annotated[str, Text(1_000, lines=True)] = ""
    options: tuple[GivenOption, ...] = ()
    preset: Preset | None = None
    reasons: Reasons = Reasons.NEVER
    room: RoomAnswers = RoomAnswers.BY_APP


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoll:
    """Open an indicative poll: one drafted before, or this one at once.

    `expect` is the version of the recommendation that the sender saw.
    """

    poll: Annotated[str, MadeByClient(or_here=True)] | None = None
    ballot: BallotKind | None = None
    unit: PollUnit | None = None
    results: Results | None = None
    recommendation: Reference | None = None
    question: Annotated[str, Text(1_000, lines=True)] = ""
    options: tuple[GivenOption, ...] = ()
    preset: Preset | None = None
    reasons: Reasons = Reasons.NEVER
    room: RoomAnswers = RoomAnswers.BY_APP
    eligible: Annotated[tuple[Reference, ...], UpTo(20_000)] | None = None
    expect: ExpectedVersion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPoll:
    """Answer, or change the answer while the poll is open. `secretly`: it is on its way into the box of a secret poll."""

    poll: Reference
    option: Annotated[str, Text(40)]
    reason: Annotated[str, Text(1_000, lines=True)] | None = None
    secretly: Annotated[bool, FoundByServer()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRoom:
    """Write down the hands counted in the room."""

    poll: Reference
    counts: dict[str, Annotated[int, Between(0, 100_000)]]
    present: Annotated[int, Between(0, 100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePoll:
    """End the answering; `expect` is the poll that the sender saw open. `counted`: what was in the box of a secret one."""

    poll: Reference
    expect: str
    counted: Annotated[Counted, FoundByServer()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPoll:
    """Let everybody see the result."""

    poll: Reference
    expect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOutcome:
    """Say in a sentence what follows from a poll."""

    poll: Reference
    text: Announcement


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """Prepare a further round of a poll that is over: the same terms, on what its recommendation says by then."""

    poll: Reference
