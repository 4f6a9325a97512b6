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

    @property
    def rule(self) -> str:
        """Return the rule of the list of speakers."""
        return str(self._player.map["list"]["rule"])

    def catch_up(self) -> None:
        """Wait until the screen shows what anybody has done so far."""
        self._player.catch_up()

    def waiting(self) -> int:
        """Return how many wait on the list of speakers."""
        return len(self.waiting_requests())

    def waiting_requests(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the requests on the list of speakers, in order."""
        return [(value["id"], value) for value in self._requests("waiting") if value["list"] == "speakers"]

    def inscribed(self, segment: str) -> list[str]:
        """Return the requests that were put down beforehand for a segment, in order."""
        return [value["id"] for value in self._requests("held") if value["segment"] == segment]

    def open_requests(self) -> list[dict[str, Any]]:
        """Return all requests that wait, on whatever list, or are held."""
        return self._requests("waiting", "held")

    def suggested(self) -> str | None:
        """Return the request that the rule of the list would have next."""
        found: str | None = self._player.map["list"]["reason"]["values"].get("request")
        return found

    def person(self, id_: str) -> dict[str, Any]:
        """Return somebody who takes part."""
        found: dict[str, Any] = self._player.map[f"person/{id_}"]
        return found

    def person_of(self, thing: str) -> str:
        """Return whose request or intervention this is, by its key."""
        return str(self._player.map[thing]["person"])

    def segments(self) -> list[str]:
        """Return the segments of the session, in order."""
        return [str(segment["id"]) for segment in self._player.map["programme"]["segments"]]

    def segment(self, kind: SegmentKind) -> str:
        """Return the segment of a kind."""
        segments = self._player.map["programme"]["segments"]
        found = next((segment["id"] for segment in segments if segment["kind"] == kind), None)
        if found is None:
            raise CannotPlay(f"the session has no segment of the kind {kind}")
        return str(found)

    def _requests(self, *statuses: str) -> list[dict[str, Any]]:
        shown = [value for key, value in [*self._player.map.items()] if key.startswith("request/")]
        return sorted(
            (value for value in shown if value["status"] in statuses),
            key=lambda value: (value["list"], value["rank"], value["id"]),
        )
