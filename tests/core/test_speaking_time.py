"""How long people may speak, and how long they have spoken."""

from datetime import timedelta

import pytest

from companion.core import commands as c
from companion.core.people import Spoken
from companion.core.procedure import RequestKind
from companion.core.speaking_time import EXPECTED_WITHOUT_LIMIT, expected_seconds, limit_for, remaining, spoken
from tests.core.scenario import Scenario, opened

ORDER = RequestKind.POINT_OF_ORDER


def seconds_spoken(scenario: Scenario) -> float:
    return spoken(scenario.speaking, at=scenario.now).total_seconds()


def seconds_left(scenario: Scenario) -> float:
    left = remaining(scenario.speaking, at=scenario.now)
    assert left is not None
    return left.total_seconds()


def ana_speaks() -> Scenario:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    return scenario


def test_a_persons_time_goes_before_the_kinds_the_groups_and_the_default() -> None:
    scenario = opened()

    def limit() -> int | None:
        return limit_for(scenario.session, "ana", RequestKind.STATEMENT)

    assert limit() == 180
    scenario.by("officer", c.SetLimit(seconds=150, category="states"))
    assert limit() == 150
    scenario.by("officer", c.SetLimit(seconds=120, kind=RequestKind.STATEMENT))
    assert limit() == 120
    scenario.by("officer", c.SetLimit(seconds=300, person="ana"))
    assert limit() == 300
    assert scenario.give(scenario.ask("ana"))[-1].limit_seconds == 300  # type: ignore[union-attr]


@pytest.mark.parametrize("who", ["dan", "cleo", "ben"])
def test_whom_no_other_time_is_about_has_the_default(who: str) -> None:
    scenario = opened()
    scenario.by("officer", c.SetLimit(seconds=300, person="ana"))
    scenario.by("officer", c.SetLimit(seconds=60, kind=ORDER))
    if who != "ben":
        scenario.by("officer", c.SetLimit(seconds=150, category="states"))
    assert limit_for(scenario.session, who, RequestKind.STATEMENT) == 180


def test_without_any_limit_people_are_expected_to_take_two_minutes() -> None:
    scenario = opened()
    assert expected_seconds(scenario.session, "ana", RequestKind.STATEMENT) == 180
    scenario.by("officer", c.SetLimit(seconds=None))
    assert limit_for(scenario.session, "ana", RequestKind.STATEMENT) is None
    assert expected_seconds(scenario.session, "ana", RequestKind.STATEMENT) == EXPECTED_WITHOUT_LIMIT
    scenario.ask("ana")
    scenario.next()
    assert remaining(scenario.speaking, at=scenario.now) is None


def test_a_limit_set_while_somebody_speaks_is_for_the_next() -> None:
    scenario = ana_speaks()
    scenario.by("officer", c.SetLimit(seconds=60))
    assert scenario.speaking.limit_seconds == 180


def test_time_runs_and_runs_over() -> None:
    scenario = ana_speaks()
    assert (seconds_spoken(scenario), seconds_left(scenario)) == (0, 180)
    scenario.later(100)
    assert (seconds_spoken(scenario), seconds_left(scenario)) == (100, 80)
    scenario.later(100)
    assert (seconds_spoken(scenario), seconds_left(scenario)) == (200, -20)


def test_pauses_do_not_count() -> None:
    scenario = ana_speaks()
    scenario.later(10).pause()
    assert seconds_spoken(scenario.later(60)) == 10
    scenario.resume()
    assert seconds_spoken(scenario.later(5)) == 15
    scenario.pause()
    scenario.later(60).resume()
    assert (seconds_spoken(scenario), seconds_left(scenario)) == (15, 165)
    assert scenario.speaking.paused == timedelta(seconds=120)


def test_more_time_adds_up() -> None:
    scenario = ana_speaks()
    scenario.later(170).extend(30)
    scenario.extend(60)
    assert (scenario.speaking.limit_seconds, scenario.speaking.extended_seconds) == (270, 90)
    assert seconds_left(scenario) == 100


def test_an_interruption_does_not_count_and_what_was_left_is_left() -> None:
    scenario = ana_speaks()
    scenario.later(50).ask("ben", ORDER)
    scenario.next()
    assert spoken(scenario.interrupted, at=scenario.later(90).now).total_seconds() == 50
    scenario.end()
    assert seconds_left(scenario) == 130
    assert seconds_left(scenario.later(30)) == 100


def test_whoever_ends_in_a_pause_has_spoken_until_it_began() -> None:
    scenario = ana_speaks()
    scenario.later(40).pause()
    scenario.later(60).end()
    over = scenario.session.interventions[scenario.session.ended[0]]
    assert over.paused_at is None
    assert spoken(over, at=scenario.later(60).now).total_seconds() == 40
    assert scenario.session.spoken["ana"] == Spoken(times=1, duration=timedelta(seconds=40))


def test_what_people_have_spoken_adds_up_points_of_order_apart() -> None:
    scenario = ana_speaks()
    scenario.later(40).ask("ana", ORDER)
    scenario.next()
    scenario.later(20).end()
    scenario.later(10).end()
    scenario.ask("ana")
    scenario.next()
    scenario.later(25).end()
    assert scenario.session.spoken["ana"] == Spoken(times=2, duration=timedelta(seconds=75))


def test_an_undone_extension_and_an_undone_pause_are_as_if_never_made() -> None:
    scenario = ana_speaks()
    scenario.extend(30)
    scenario.later(10).pause()
    scenario.later(20).undo()
    scenario.undo()
    assert (seconds_spoken(scenario), seconds_left(scenario)) == (30, 150)
