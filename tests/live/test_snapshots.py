"""What whoever joins gets: encoded once while nothing in it changes, and anew when something does."""

from typing import Any

from companion.audiences.audience import Audience
from companion.audiences.maps import Patch
from companion.codec import json
from companion.live.snapshots import Snapshots


def test_a_map_is_encoded_once_for_all_who_come_while_nothing_in_it_changes() -> None:
    maps: dict[Audience, dict[str, Any]] = {audience: {"list": "open"} for audience in Audience}
    asked: list[Audience] = []

    def whole(audience: Audience) -> dict[str, Any]:
        asked.append(audience)
        return maps[audience]

    snapshots = Snapshots(whole)
    first = snapshots.of(Audience.STAFF)
    assert json.loads(bytes(first)) == {"list": "open"}
    assert snapshots.of(Audience.STAFF) is first
    maps[Audience.STAFF] = {"list": {"status": "closed"}}
    snapshots.changed({Audience.STAFF: Patch(), Audience.BOOTH: Patch({"list": {"status": "closed"}})})
    assert snapshots.of(Audience.STAFF) is first
    snapshots.changed({Audience.STAFF: Patch({"list": {"status": "closed"}})})
    assert json.loads(bytes(snapshots.of(Audience.STAFF))) == {"list": {"status": "closed"}}
    assert asked == [Audience.STAFF, Audience.STAFF]


def test_own_keys_stand_in_the_same_object_as_the_map() -> None:
    joined = json.joined(json.raw({"list": {"rule": "manual"}}), {"me/person": None, "me/requests": []})
    assert json.dumps({"snapshot": joined}) == (
        '{"snapshot":{"list":{"rule":"manual"},"me/person":null,"me/requests":[]}}'
    )


def test_what_was_missed_is_encoded_once() -> None:
    patch = Patch({"list": {"status": "open"}})
    assert patch.set_as_json is patch.set_as_json
    assert json.loads(bytes(patch.set_as_json)) == {"list": {"status": "open"}}
