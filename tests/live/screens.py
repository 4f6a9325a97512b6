"""Clients without a network: a map from a snapshot, kept by patches."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from companion.audiences.audience import AUDIENCE_OF, Audience
from companion.audiences.maps import Maps, personal
from companion.codec import json
from companion.core.people import Actor, Role
from companion.core.state import Session
from companion.live.answers import Joined
from tests.live.house import House


class Screen:
    """A client: its map from a snapshot, kept by what it was told since it entered."""

    def __init__(self, house: House, who: Actor) -> None:
        self.who = who.person
        self.audience = AUDIENCE_OF[who.role or Role.SECRETARIAT]
        host, listener = house.host, house.listener
        with host.lock:
            answered = host.join(self.who, self.audience, epoch=None, since=None)
            self._shared_from, self._own_from = len(listener.patches), len(listener.own)
        joined = over_the_road(answered)
        assert joined.snapshot is not None
        self._listener = listener
        self._seq = joined.seq
        self._map = dict(joined.snapshot)

    def map(self) -> dict[str, Any]:
        """Return the map with all that was told since."""
        shared = [patch for audience, patch in self._listener.patches[self._shared_from :] if audience is self.audience]
        own = [patch for person, patch in self._listener.own[self._own_from :] if person == self.who]
        for patches in (shared, own):
            seqs = [patch["seq"] for patch in patches]
            assert seqs == sorted(seqs)
            for patch in patches:
                assert patch["seq"] > self._seq or is_counts(patch), "told what was in the snapshot already"
                apply(self._map, patch)
        return self._map


@dataclasses.dataclass(frozen=True)
class Told:
    """What whoever joins is told, as it comes over the road."""

    epoch: str
    seq: int
    server_ms: int
    audience: str
    snapshot: dict[str, Any] | None = None
    patches: list[dict[str, Any]] | None = None


def over_the_road(joined: Joined) -> Told:
    answer = json.loads(json.dumps(joined.answer()))
    assert answer.pop("ok")
    return Told(**answer)


def apply(map_: dict[str, Any], patch: Mapping[str, Any]) -> None:
    map_.update(patch["set"])
    for key in patch["unset"]:
        del map_[key]


def whole(session: Session, who: str, audience: Audience) -> dict[str, Any]:
    return {**Maps(session).of(audience), **personal(session, who)}


def is_counts(patch: Mapping[str, Any]) -> bool:
    """Say whether a patch sets polls or own answers and nothing else: such a one may come with a `seq` that was told before."""
    counted = (key == "me/answers" or key.startswith("poll/") for key in patch["set"])
    return bool(patch["set"]) and all(counted) and not patch["unset"]
