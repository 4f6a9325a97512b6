"""What can happen in the room."""

from dataclasses import dataclass

from companion.core.procedure import Showing


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayChanged:
    """The room display shows something else."""

    what: Showing
    ref: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """Everybody is told this; an empty text takes the announcement away."""

    text: str
