"""Names for the identifiers of the domain, and for "not said".

Identifiers are short opaque strings. Those that the core makes hold a dot (`r.57`), those that clients make may not,
so the two never collide.
"""

from enum import Enum
from typing import Final, TypeAlias

SessionId: TypeAlias = str
PersonId: TypeAlias = str
GroupId: TypeAlias = str
SegmentId: TypeAlias = str
RequestId: TypeAlias = str
InterventionId: TypeAlias = str
NoteId: TypeAlias = str
RecommendationId: TypeAlias = str
AmendmentId: TypeAlias = str
PollId: TypeAlias = str
CommandId: TypeAlias = str
Rank: TypeAlias = str

SYSTEM: Final[PersonId] = "system"
"""The actor of what nobody in particular did: preparation, arrivals, alarms."""


class Unset(Enum):
    """A field that a command leaves as it is, which is not the same as clearing it with None."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET


def made_here(prefix: str, seq: int) -> str:
    """Return the identifier of the thing that event `seq` brings into being."""
    return f"{prefix}.{seq}"


def is_made_here(id_: str) -> bool:
    """Say whether an identifier is one that no client can make."""
    return "." in id_
