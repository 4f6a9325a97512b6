"""What can be asked about the floor."""

from dataclasses import dataclass
from typing import Annotated

from companion.core.commands.bounds import Between, Expected, Reference
from companion.core.procedure import Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveFloor:
    """Give the floor to a request; ends the current intervention, or interrupts it for a point of order."""

    request: Reference
    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSpeaker:
    """Give the floor to whoever comes next."""

    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseFloor:
    """Stop the speaker's clock."""

    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeFloor:
    """Let the speaker's clock go on."""

    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendFloor:
    """Give the speaker more time."""

    seconds: Annotated[int, Between(1, 3600)]
    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFloor:
    """End the intervention; an interrupted speaker gets the floor back."""

    expect: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOnOrder:
    """Decide on a point of order or a procedural motion that was heard."""

    request: Reference
    ruling: Ruling
