"""What whoever joins gets of an audience's map: encoded once for all who come while nothing in it changes."""

from collections.abc import Callable, Mapping
from typing import Any

from companion.audiences.audience import Audience
from companion.audiences.maps import Patch
from companion.codec import json


class Snapshots:
    """The snapshots of one session; its host holds the lock."""

    def __init__(self, whole: Callable[[Audience], Mapping[str, Any]]) -> None:
        """Make it; `whole` returns the map of an audience as it is now."""
        self._whole = whole
        self._made: dict[Audience, json.Raw] = {}

    def of(self, audience: Audience) -> json.Raw:
        """Return an audience's whole map as it is now, as JSON."""
        made = self._made.get(audience)
        if made is None:
            made = self._made[audience] = json.raw(self._whole(audience))
        return made

    def changed(self, patches: Mapping[Audience, Patch]) -> None:
        """Take note of what has changed."""
        for audience, patch in patches.items():
            if patch:
                self._made.pop(audience, None)
