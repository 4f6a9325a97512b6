"""The audiences, and who belongs to which."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from companion.core.people import Role


class Audience(StrEnum):
    """A group of sockets that see the same map."""

    PARTICIPANTS = "participants"
    STAFF = "staff"
    TECHNICAL = "technical"
    BOOTH = "booth"


AUDIENCE_OF: Final[Mapping[Role, Audience]] = {
    Role.MODERATOR: Audience.STAFF,
    Role.RAPPORTEUR: Audience.STAFF,
    Role.SECRETARIAT: Audience.STAFF,
    Role.LIST_OFFICER: Audience.TECHNICAL,
    Role.TECHNICAL_MODERATOR: Audience.TECHNICAL,
    Role.INTERPRETER: Audience.BOOTH,
    Role.PANELLIST: Audience.PARTICIPANTS,
    Role.PARTICIPANT: Audience.PARTICIPANTS,
    Role.OBSERVER: Audience.PARTICIPANTS,
    Role.DISPLAY: Audience.PARTICIPANTS,
}
HAS_DOCUMENTS: Final = frozenset({Audience.STAFF})
"""The audiences of those who write, and so get the shared texts of notes."""
SEES_PRESENCE: Final = frozenset({Audience.STAFF, Audience.TECHNICAL, Audience.BOOTH})
"""The audiences that are told who is connected."""

HEARS_BOOTH: Final = frozenset({Audience.STAFF, Audience.TECHNICAL})
"""The audiences that are told what interpreters signal."""


def roles_of(audience: Audience) -> tuple[Role, ...]:
    """Return the roles in an audience."""
    return tuple(role for role, theirs in AUDIENCE_OF.items() if theirs is audience)
