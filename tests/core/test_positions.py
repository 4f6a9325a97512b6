"""Positions on recommendations: whose stands, and who takes them for whom."""

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import SYSTEM
from companion.core.people import Person
from companion.core.procedure import PositionKind, RecommendationStatus
from companion.core.recommendations import standing_positions
from companion.core.refusals import Refusal
from tests.core.recommended import allowed, revise, take
from tests.core.scenario import Scenario, opened


def stand(scenario: Scenario, recommendation: str) -> list[tuple[str, str, int, str | None]]:
    """Return who stands where: (person, position, on which version, in which words)."""
    found = standing_positions(scenario.session, scenario.recommendation(recommendation))
    return [(each.person, str(each.position), each.version, each.text) for each in found]


def test_the_latest_position_of_a_person_takes_the_place_of_the_one_before() -> None:
    scenario = allowed()
    recommendation = scenario.propose()
    scenario.by("ana", take(recommendation, text="On paragraph 2"))
    scenario.later(1).by("cleo", take(recommendation, PositionKind.SUPPORTS))
    assert stand(scenario, recommendation) == [
        ("ana", "reserves", 1, "On paragraph 2"),
        ("cleo", "supports", 1, None),
    ]
    scenario.by("moderator", revise(recommendation, 1))
    scenario.later(1).by("ana", take(recommendation, PositionKind.DISSOCIATES, text=""))
    assert stand(scenario, recommendation) == [("cleo", "supports", 1, None), ("ana", "dissociates", 2, None)]
    assert scenario.by("ana", take(recommendation, PositionKind.DISSOCIATES)) == []


def test_a_position_is_taken_back_by_taking_none() -> None:
    scenario = allowed()
    recommendation = scenario.propose()
    assert scenario.by("ana", take(recommendation, None)) == []
    scenario.by("ana", take(recommendation))
    scenario.by(
        "moderator",
        c.SetRecommendationStatus(recommendation=recommendation, status=RecommendationStatus.WITHDRAWN, expect=1),
    )
    assert scenario.refusal("ana", take(recommendation, PositionKind.SUPPORTS)) is Refusal.NOT_NOW
    assert scenario.refusal("ana", take(recommendation, None, text="Since it is gone")) is Refusal.BAD_MESSAGE
    assert scenario.by("ana", take(recommendation, None)) == [
        e.PositionTaken(recommendation=recommendation, person="ana", position=None, version=1, text=None)
    ]
    assert stand(scenario, recommendation) == []
    assert scenario.by("ana", take(recommendation, None)) == []


@pytest.mark.parametrize("who", ["ana", "pia"])
def test_positions_are_taken_where_the_session_lets_people_and_by_each_for_themselves(who: str) -> None:
    scenario = opened()
    recommendation = scenario.propose()
    assert scenario.refusal(who, take(recommendation)) is Refusal.NOT_ALLOWED
    scenario.by("secretary", c.ChangeSettings(participants_may_take_positions=True))
    assert scenario.refusal(who, take(recommendation, person="cleo")) is Refusal.NOT_ALLOWED
    scenario.by(who, take(recommendation, person=who))
    scenario.by("moderator", c.CloseSession())
    assert scenario.refusal(who, take(recommendation, None)) is Refusal.SESSION_NOT_OPEN


def test_staff_write_down_the_position_that_somebody_stated() -> None:
    scenario = opened()
    recommendation = scenario.propose()
    scenario.by("rapporteur", take(recommendation, text="As stated", person="dan"))
    scenario.later(1).by("secretary", take(recommendation, PositionKind.SUPPORTS, version=1))
    assert stand(scenario, recommendation) == [
        ("dan", "reserves", 1, "As stated"),
        ("secretary", "supports", 1, None),
    ]
    for command in (take(recommendation, person="nobody"), take("rec.999"), take(recommendation, version=7)):
        assert scenario.refusal("rapporteur", command) is Refusal.NOT_FOUND


def test_of_a_guest_and_whom_they_turned_out_to_be_the_last_position_stands() -> None:
    scenario = allowed()
    recommendation = scenario.propose()
    scenario.by(SYSTEM, c.EnterPerson(person=Person(id="g-1", name="Guest", guest=True)))
    scenario.by("g-1", take(recommendation))
    scenario.later(1).by("secretary", c.LinkPerson(source="g-1", person="observer"))
    assert stand(scenario, recommendation) == [("g-1", "reserves", 1, None)]
    scenario.later(1).by("rapporteur", take(recommendation, PositionKind.SUPPORTS, person="g-1"))
    assert stand(scenario, recommendation) == [("observer", "supports", 1, None)]
