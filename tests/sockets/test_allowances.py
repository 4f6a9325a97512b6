"""What each person may send, and how those are heard who send more."""

from collections.abc import Callable
from typing import Any

import pytest

from companion.config import LimitSettings
from companion.sockets import allowances
from companion.sockets.allowances import Allowances

LIMITS = LimitSettings(burst=3, commands_per_second=10)


class Loop:
    """An engine that only sleeps, and a clock that goes on meanwhile."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def loop() -> Loop:
    return Loop()


def granted(loop: Loop, *, is_here: Callable[[str], bool] = lambda _: True) -> Allowances:
    engine: Any = loop
    made = Allowances(engine, LIMITS, is_here=is_here, steady=lambda: loop.now)
    made.grant("ana")
    return made


def test_whoever_is_refused_a_few_times_is_told_at_once_and_whoever_goes_on_is_heard_slowly(loop: Loop) -> None:
    of = granted(loop)
    assert [of.may_send("ana") for _ in range(9)] == [True] * 3 + [False] * 6
    assert loop.slept == [0, 0, 0, 0.1, 0.1, 0.1]


def test_with_the_next_token_all_is_forgiven(loop: Loop) -> None:
    of = granted(loop)
    for _ in range(9):
        of.may_send("ana")
    loop.now += 0.1
    loop.slept.clear()
    assert [of.may_send("ana"), of.may_send("ana")] == [True, False]
    assert loop.slept == [0]


def test_questions_for_the_time_are_counted_beside_messages(loop: Loop) -> None:
    of = granted(loop)
    assert [of.may_ask_the_time("ana") for _ in range(4)] == [True] * 3 + [False]
    assert of.may_send("ana")


def test_to_leave_and_come_back_fills_no_bucket(loop: Loop) -> None:
    of = granted(loop, is_here=lambda _: False)
    while of.may_send("ana"):
        pass
    of.grant("ana")
    assert not of.may_send("ana")


def test_buckets_of_those_who_left_are_forgotten_once_they_are_full(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowances, "_KEPT_UNUSED", 3)
    of = granted(loop, is_here=lambda who: who == "here")
    of.may_send("ana")
    for who in ("here", "gone"):
        of.grant(who)
    of.grant("new")  # of three, whoever is gone and has all their tokens is forgotten
    assert {*of._of} == {"ana", "here", "new"}
