"""What can be asked for the room."""

from dataclasses import dataclass

from companion.core.commands.bounds import Announcement, Reference
from companion.core.procedure import BoothSignalKind, Showing


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOnDisplay:
    """Choose what the room display shows."""

    what: Showing
    ref: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """Tell everybody something; an empty text takes the announcement away."""

    text: Announcement


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalFromBooth:
    """Tell the moderator that interpreters cannot follow; shown for a moment, never recorded."""

    kind: BoothSignalKind
