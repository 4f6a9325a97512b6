"""When the list will be through, how late, and what would fit; and the time shared out by it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bench.floor import errors
from companion.core import commands as c
from companion.core import events as e
from companion.core.forecast import Forecast, forecast
from companion.core.procedure import RequestKind
from companion.core.refusals import Refusal
from companion.core.speaking_time import limit_for
from tests.core.scenario import PROGRAMME, Scenario, opened

ENDS: timedelta = PROGRAMME.ends_at - PROGRAMME.starts_at


def seen(scenario: Scenario) -> Forecast:
    return forecast(scenario.session, at=scenario.now)


def shared(scenario: Scenario) -> int | None:
    return scenario.session.share.seconds


def crowded() -> Scenario:
    """Return a session in which three wait for 180 s each."""
    scenario = opened()
    for who in ("ana", "ben", "cleo"):
        scenario.ask(who)
    return scenario


def test_the_forecast_says_when_the_list_is_through_how_late_and_what_would_fit() -> None:
    scenario = crowded().later(ENDS.total_seconds() - 360)
    expected = seen(scenario)
    assert (expected.waiting, expected.waiting_seconds, expected.pace) == (3, 540, 100)
    assert expected.through_at == scenario.now + timedelta(seconds=540)
    assert (expected.late_seconds, expected.fits_seconds) == (180, 120)


def test_whoever_speaks_and_whom_they_interrupted_take_what_they_have_left() -> None:
    scenario = crowded()
    scenario.next()
    scenario.later(60)
    scenario.enter("dan", RequestKind.POINT_OF_ORDER)
    scenario.next()
    assert seen(scenario).speaking_seconds == 120 + 180
    scenario.later(500)
    assert seen(scenario).speaking_seconds == 120, "whoever is over the time takes none that could be told"


def test_a_speaker_without_limit_takes_no_time_that_could_be_told() -> None:
    scenario = crowded()
    scenario.by("officer", c.SetLimit(seconds=None))
    scenario.next()
    assert seen(scenario).speaking_seconds == 0
    scenario.later(400).end()
    assert seen(scenario).pace == 100, "nor does it tell anything of the pace"


def test_those_who_run_over_set_the_pace_and_gaps_between_speakers_count() -> None:
    scenario = crowded()
    for _ in range(2):
        scenario.next()
        scenario.later(270).end()
        scenario.later(20)
    expected = seen(scenario)
    # 360 s presumed, and two turns of 270 s of 180 s each.
    assert expected.pace == round(100 * (360 + 540) / (360 + 360))
    assert expected.changeover_seconds == 20
    assert expected.through_at == scenario.now + timedelta(seconds=225 + 20)


def test_a_break_between_two_speakers_is_no_gap() -> None:
    scenario = crowded()
    for _ in range(2):
        scenario.next()
        scenario.later(180).end()
        scenario.later(600)
    assert seen(scenario).changeover_seconds == 0


def test_what_is_inscribed_for_later_is_set_aside() -> None:
    scenario = crowded().later(ENDS.total_seconds() - 540)
    scenario.enter("pia", RequestKind.PANELLIST_REPLY, "replies")
    expected = seen(scenario)
    assert (expected.later_seconds, expected.late_seconds, expected.fits_seconds) == (180, 180, 120)


def test_without_a_planned_end_nothing_is_late() -> None:
    scenario = crowded()
    unplanned = replace(scenario.session, programme=replace(scenario.session.programme, ends_at=None))
    expected = forecast(unplanned, at=scenario.now)
    assert (expected.ends_at, expected.late_seconds, expected.fits_seconds) == (None, None, None)


def test_nothing_fits_where_nobody_waits_and_where_the_time_is_over() -> None:
    assert seen(opened()).fits_seconds is None
    assert seen(crowded().later(ENDS.total_seconds() + 60)).fits_seconds is None


# Sharing the time


def test_the_time_that_is_left_is_divided_among_the_names_proposed_and_applied() -> None:
    scenario = crowded().later(ENDS.total_seconds() - 360)
    (proposed,) = scenario.by("officer", c.ShareTime())
    assert proposed == e.TimeShareProposed(seconds=120, names=3, left_seconds=360)
    assert shared(scenario) == 120
    scenario.by("moderator", c.ShareTime(seconds=120))
    assert shared(scenario) is None
    assert {limit_for(scenario.session, who, RequestKind.STATEMENT) for who in ("ana", "ben", "cleo")} == {120}
    assert limit_for(scenario.session, "ana", RequestKind.POINT_OF_ORDER) == 180
    scenario.next()
    assert scenario.speaking.limit_seconds == 120
    scenario.by("moderator", c.ShareTime(seconds=None))
    assert limit_for(scenario.session, "ben", RequestKind.STATEMENT) == 180
    assert scenario.by("moderator", c.ShareTime(seconds=None)) == []


def test_a_time_of_ones_own_is_not_shared_out_and_a_shorter_one_stays() -> None:
    scenario = crowded()
    scenario.by("officer", c.SetLimit(seconds=300, person="ana", reason="Sign language"))
    scenario.by("officer", c.SetLimit(seconds=60, category="civil_society"))
    scenario.by("officer", c.ShareTime(seconds=90))
    times = [limit_for(scenario.session, who, RequestKind.STATEMENT) for who in ("ana", "ben", "cleo")]
    assert times == [300, 90, 60]


@pytest.mark.parametrize(
    ("scenario", "refusal"),
    [(opened, Refusal.NOT_ON_LIST), (lambda: crowded().later(ENDS.total_seconds() - 30), Refusal.NO_TIME_LEFT)],
)
def test_no_time_is_shared_out_where_nobody_waits_or_too_little_is_left(
    scenario: Callable[[], Scenario], refusal: Refusal
) -> None:
    assert scenario().refusal("officer", c.ShareTime()) is refusal


def test_the_forecast_of_simulated_panels_is_nearer_than_the_sum_of_the_limits() -> None:
    for heard, (ours, plain) in enumerate(errors()):
        # At its start a panel has shown nothing yet: the forecast is the sum of the limits.
        assert ours <= plain if heard == 0 else ours < 0.75 * plain
        assert ours < 20
