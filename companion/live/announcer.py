"""Who is told what has happened: the seam between a session in progress and the road to its screens."""

from collections.abc import Mapping
from typing import Any, Protocol

from companion.audiences.audience import Audience


class Announcer(Protocol):
    """Tells the sockets of a session. Nothing here waits, and what is told first arrives first."""

    def patch(self, session: str, audience: Audience, patch: Mapping[str, Any]) -> None:
        """Send a patch to every socket of an audience."""

    def patch_person(self, session: str, person: str, patch: Mapping[str, Any]) -> None:
        """Send a patch of own keys to every socket of a person."""

    def signal(self, session: str, audience: Audience, signal: Mapping[str, Any]) -> None:
        """Send a signal, which is not recorded, to every socket of an audience."""
