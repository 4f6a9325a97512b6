"""How long people may speak, reckoned from what was set, apart from the server."""

from collections.abc import Mapping
from typing import Any

from companion.core.procedure import TURNS


class SpeakingTimes:
    """The limits in seconds: those that the screens showed at first, and what was set since."""

    def __init__(self, shown: Mapping[str, Any]) -> None:
        self.kinds: dict[str, int] = dict(shown["kinds"])
        self.people: dict[str, int] = {}
        self.shared: int | None = shown["shared_seconds"]
        self._default: int | None = shown["default_seconds"]
        self._groups: dict[str, int] = dict(shown["groups"])
        self._replies: dict[str, int] = dict(shown["replies"])

    def of(self, person: str, group: str | None, kind: str, *, reply: int) -> int | None:
        """Return the time for a turn, None for no limit; `reply` says which right of reply of the delegation it would be."""
        if person in self.people:
            return self.people[person]
        replies = self._replies if kind == "right_of_reply" else {}
        found = (replies.get(str(reply)), self.kinds.get(kind), self._groups.get(group or ""), self._default)
        limit = next((seconds for seconds in found if seconds is not None), None)
        if self.shared is None or kind not in TURNS:
            return limit
        return self.shared if limit is None else min(limit, self.shared)
