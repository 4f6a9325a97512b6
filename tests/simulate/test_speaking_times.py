"""The play reckons for itself how long people may speak, and comes to the same as the rules."""

from typing import Any

import pytest

from companion.simulate.speaking_times import SpeakingTimes

SHOWN: dict[str, Any] = {
    "default_seconds": 120,
    "groups": {"states": 180},
    "kinds": {"joint_statement": 240},
    "replies": {"1": 200, "2": 100},
    "banks": {},
    "shared_seconds": None,
}


@pytest.mark.parametrize(
    ("group", "kind", "reply", "seconds"),
    [
        ("states", "statement", 1, 180),
        ("others", "statement", 1, 120),
        (None, "statement", 2, 120),
        ("states", "joint_statement", 1, 240),
        ("states", "right_of_reply", 1, 200),
        ("states", "right_of_reply", 2, 100),
    ],
)
def test_a_reply_goes_before_a_kind_before_a_group_before_the_default(
    group: str | None, kind: str, reply: int, seconds: int
) -> None:
    assert SpeakingTimes(SHOWN).of("ana", group, kind, reply=reply) == seconds


def test_a_persons_own_time_goes_before_all_others_and_is_not_shared() -> None:
    times = SpeakingTimes(SHOWN)
    times.people["ana"], times.shared = 400, 60
    assert times.of("ana", "states", "statement", reply=1) == 400


def test_where_time_is_shared_no_turn_is_longer() -> None:
    times = SpeakingTimes(SHOWN)
    times.shared = 150
    assert [times.of("ana", group, "statement", reply=1) for group in ("states", "others")] == [150, 120]
    assert times.of("ana", "states", "right_of_reply", reply=1) == 200


def test_without_any_limit_there_is_none_but_what_is_shared() -> None:
    times = SpeakingTimes({**SHOWN, "default_seconds": None, "groups": {}, "kinds": {}})
    assert times.of("ana", "states", "statement", reply=1) is None
    times.shared = 90
    assert times.of("ana", "states", "statement", reply=1) == 90
    assert times.of("ana", "states", "moderator", reply=1) is None
