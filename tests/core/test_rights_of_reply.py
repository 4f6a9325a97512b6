"""Rights of reply: two of a delegation on one item, the first and the second with limits of their own."""

from dataclasses import replace

from companion.core import commands as c
from companion.core.people import Role
from companion.core.procedure import RequestKind, RequestList
from companion.core.refusals import Refusal
from tests.core.scenario import PEOPLE, PROGRAMME, Scenario, opened, person

TWO_OF_ONE = tuple(replace(person(who, Role.PARTICIPANT), delegation="state-a") for who in ("ada", "abe"))


def replied(*who: str) -> Scenario:
    """Return a session in which these have replied, one after the other."""
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *TWO_OF_ONE), reply_seconds=(300, 180)))
    for each in who:
        scenario.ask(each, RequestKind.RIGHT_OF_REPLY)
        scenario.next()
        scenario.later(10).end()
    return scenario


def test_the_first_and_the_second_have_limits_of_their_own() -> None:
    scenario = replied("ada", "abe", "ben")
    limits = [scenario.session.interventions[each].limit_seconds for each in scenario.session.ended]
    assert limits == [300, 180, 300]


def test_a_delegation_has_two_and_staff_may_put_a_third_on_the_list() -> None:
    scenario = replied("ada", "abe")
    for who in ("ada", "abe"):
        asked = c.RequestFloor(kind=RequestKind.RIGHT_OF_REPLY)
        assert scenario.refusal(who, asked) is Refusal.NO_FURTHER_REPLY
    scenario.ask("ben", RequestKind.RIGHT_OF_REPLY)
    scenario.enter("abe", RequestKind.RIGHT_OF_REPLY)
    assert scenario.waiting(RequestList.REPLY) == ["ben", "abe"]


def test_nobody_has_a_third_by_changing_what_was_asked_for() -> None:
    scenario = replied("ada", "abe")
    change = c.ChangeRequest(request=scenario.ask("ada"), kind=RequestKind.RIGHT_OF_REPLY)
    assert scenario.refusal("ada", change) is Refusal.NO_FURTHER_REPLY
    scenario.by("officer", change)
    assert scenario.waiting(RequestList.REPLY) == ["ada"]
