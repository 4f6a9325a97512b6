"""What the moderator's screen shows, as the play asks it."""

from typing import Any

from companion.core.procedure import SegmentKind
from companion.simulate.cast import CannotPlay
from companion.simulate.client import Player


class Screen:
    """The map of the moderator, read."""

    def __init__(self, player: Player) -> None:
        self._player = player

    @property
    def status(self) -> str:
        """Return the status of the session."""
        return str(self._player.map["session"]["status"])

    @property
    def list_is_open(self) -> bool:
        """Return whether the list of speakers takes requests."""
        return bool(self._player.map["list"]["status"] == "open")

    def waiting(self) -> int:
        """Return how many wait on the list of speakers."""
        return len(self.waiting_requests())

    def waiting_requests(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the requests on the list of speakers, in order."""
        shown = [value for key, value in [*self._player.map.items()] if key.startswith("request/")]
        waiting = [value for value in shown if (value["status"], value["list"]) == ("waiting", "speakers")]
        waiting.sort(key=lambda value: (value["rank"], value["id"]))
        return [(value["id"], value) for value in waiting]

    def person_of(self, thing: str) -> str:
        """Return whose request or intervention this is, by its key."""
        return str(self._player.map[thing]["person"])

    def segment(self, kind: SegmentKind) -> str:
        """Return the segment of a kind."""
        segments = self._player.map["programme"]["segments"]
        found = next((segment["id"] for segment in segments if segment["kind"] == kind), None)
        if found is None:
            raise CannotPlay(f"the session has no segment of the kind {kind}")
        return str(found)
