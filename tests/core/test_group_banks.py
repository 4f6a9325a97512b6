"""Group time: what all speakers of a stakeholder group have in common."""

import pytest

from companion.core import commands as c
from companion.core import reckoning
from companion.core.people import Attendance
from companion.core.proceedings import of_bank
from companion.core.speaking_time import bank_left
from tests.core.scenario import Scenario, opened

BANK = c.SetLimit(seconds=200, category="states", bank=True)


def after_ana() -> Scenario:
    """Return a session in which Ana has used 150 of her group's 200 seconds, and Ben of the same group waits."""
    scenario = opened()
    scenario.by("officer", BANK)
    scenario.ask("ana")
    scenario.next()
    scenario.later(150).end()
    scenario.ask("ben")
    return scenario


def expected(scenario: Scenario, who: str) -> int:
    """Return how long somebody's request is expected to take, which has to be what one would reckon from nothing."""
    assert scenario.session.reckoning == reckoning.build(scenario.session, as_of=scenario.session.reckoning.as_of)
    _, seconds = scenario.session.reckoning.expected[scenario.session.requests_by(who)[-1].id]
    return seconds


def test_nobody_gets_more_than_is_left_of_the_time_of_their_group() -> None:
    scenario = after_ana()
    assert (bank_left(scenario.session, "states"), expected(scenario, "ben")) == (50, 50)
    scenario.next()
    assert scenario.speaking.limit_seconds == 50


def test_once_it_is_used_up_the_usual_time_holds() -> None:
    scenario = after_ana()
    scenario.next()
    scenario.later(70).end()
    scenario.ask("ana")
    assert (bank_left(scenario.session, "states"), expected(scenario, "ana")) == (-20, 180)


def test_a_group_without_common_time_has_the_usual_one() -> None:
    scenario = after_ana()
    scenario.ask("cleo")
    assert (bank_left(scenario.session, "civil_society"), expected(scenario, "cleo")) == (None, 180)
    scenario.by("officer", c.SetLimit(seconds=None, category="states", bank=True))
    assert of_bank("states") not in scenario.session.limits
    assert expected(scenario, "ben") == 180


@pytest.mark.parametrize(("group", "left"), [("civil_society", 180), (None, 180), ("states", 50)])
def test_what_somebody_spoke_is_their_groups_also_once_that_is_put_right(group: str | None, left: int) -> None:
    scenario = after_ana()
    scenario.by("secretary", c.CorrectPerson(person="ana", group=group, region="Europe"))
    assert expected(scenario, "ben") == left
    scenario.undo("secretary")
    assert expected(scenario, "ben") == 50


def test_what_a_guest_spoke_is_their_groups_once_they_are_recognised() -> None:
    scenario = after_ana()
    guest = c.Guest(name="Greta", group="civil_society", attendance=Attendance.IN_ROOM)
    scenario.by("officer", c.RequestFloor(kind=scenario.session.requests_by("ben")[0].kind, guest=guest))
    greta = scenario.waiting()[-1]
    scenario.give(scenario.session.requests_by(greta)[0].id)
    scenario.later(30).end()
    assert expected(scenario, "ben") == 50
    scenario.by("secretary", c.LinkPerson(source=greta, person="ana"))
    assert expected(scenario, "ben") == 20
