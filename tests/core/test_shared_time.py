"""What is left of the time, divided among those who wait."""

from companion.core import commands as c
from companion.core import events as e
from companion.core.procedure import RequestKind
from companion.core.proceedings import TimeShare
from companion.core.refusals import Refusal
from tests.core.scenario import Scenario, opened

TWO_HOURS = 7_200


def waiting_before_the_end(seconds: float) -> Scenario:
    """Return a session with so many seconds left, in which four people wait."""
    scenario = opened()
    for who in ("ana", "ben", "cleo", "dan"):
        scenario.ask(who)
    return scenario.later(TWO_HOURS - seconds)


def test_what_is_left_is_proposed_to_be_divided_by_the_names_on_the_list() -> None:
    scenario = waiting_before_the_end(363)
    proposed = e.TimeShareProposed(seconds=90, names=4, left_seconds=360)
    assert scenario.by("moderator", c.ShareTime()) == [proposed]
    assert scenario.session.share == TimeShare(seconds=90, names=4, left_seconds=360, at=scenario.now)
    scenario.next()
    assert scenario.speaking.limit_seconds == 180, "a proposal changes nothing yet"


def test_shared_time_is_the_longest_turn_but_for_those_who_have_a_time_of_their_own() -> None:
    scenario = waiting_before_the_end(363)
    scenario.by("moderator", c.ShareTime())
    scenario.by("officer", c.SetLimit(seconds=300, person="ben", reason="interpretation"))
    scenario.by("officer", c.SetLimit(seconds=60, category="civil_society"))
    scenario.enter("pia", RequestKind.PANELLIST_REPLY)
    scenario.by("moderator", c.ShareTime(seconds=90))
    assert scenario.session.share == TimeShare()
    given = []
    for _ in range(5):
        scenario.next()
        given.append((scenario.speaking.person, scenario.speaking.limit_seconds))
    assert given == [("ana", 90), ("ben", 300), ("cleo", 60), ("dan", 90), ("pia", 180)]


def test_shared_time_is_ended_and_what_holds_already_is_not_said_again() -> None:
    scenario = waiting_before_the_end(363)
    scenario.by("moderator", c.ShareTime(seconds=90))
    assert scenario.by("moderator", c.ShareTime(seconds=90)) == []
    scenario.by("moderator", c.ShareTime(seconds=None))
    scenario.next()
    assert scenario.speaking.limit_seconds == 180
    assert scenario.by("moderator", c.ShareTime(seconds=None)) == []


def test_a_proposal_is_turned_down() -> None:
    scenario = waiting_before_the_end(363)
    scenario.by("moderator", c.ShareTime())
    assert scenario.by("moderator", c.ShareTime(seconds=None)) == [e.TimeShared(seconds=None)]
    assert scenario.session.share == TimeShare()


def test_too_little_is_not_shared_and_nothing_among_nobody() -> None:
    scenario = waiting_before_the_end(4 * 15 - 1)
    assert scenario.refusal("moderator", c.ShareTime()) is Refusal.NO_TIME_LEFT
    assert scenario.later(TWO_HOURS).refusal("moderator", c.ShareTime()) is Refusal.NO_TIME_LEFT
    assert opened().refusal("moderator", c.ShareTime()) is Refusal.NOT_ON_LIST
