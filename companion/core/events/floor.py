"""What can happen to the floor."""

from dataclasses import dataclass

from companion.core.ids import InterventionId, RequestId
from companion.core.procedure import Rule, Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorGiven:
    """A person got the floor; `interrupts` names whose clock stands meanwhile."""

    intervention: InterventionId
    request: RequestId
    limit_seconds: int | None
    interrupts: InterventionId | None
    rule: Rule | None = None
    """The rule that was in force."""
    suggested: RequestId | None = None
    """Whom it would have had next, where it was somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPaused:
    """The speaker's clock stands."""

    intervention: InterventionId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorResumed:
    """The speaker's clock goes on."""

    intervention: InterventionId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorExtended:
    """The speaker got more time."""

    intervention: InterventionId
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorEnded:
    """The intervention is over."""

    intervention: InterventionId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorVoided:
    """The intervention never was one: whoever was called was not there."""

    intervention: InterventionId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorGivenBack:
    """An interrupted speaker has the floor again; `running` says whether the clock goes on."""

    intervention: InterventionId
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingMade:
    """The moderator decided on a point of order."""

    request: RequestId
    ruling: Ruling
