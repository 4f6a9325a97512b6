"""Next taken back, and what it brought about: who has the floor then, and who waits where."""

from companion.core import commands as c
from companion.core.people import Spoken
from companion.core.procedure import (
    RequestKind,
    RequestList,
    RequestStatus,
)
from companion.core.proceedings import Floor
from tests.core.scenario import opened
from tests.core.undoing import ORDER, busy, order_heard, what_is_true


def test_undoing_next_leaves_the_accidental_intervention_void_and_the_earlier_one_going_on() -> None:
    scenario = busy()
    before = scenario.session
    scenario.next()
    accident = scenario.speaking.id
    scenario.later(4).undo()
    void = scenario.session.interventions[accident]
    assert (void.void, void.ended_at, void.person) == (True, scenario.now, "ben")
    assert scenario.waiting() == ["ben", "cleo"]
    assert scenario.speaking == before.speaking
    assert scenario.session.ended == ()
    assert {scenario.session.spoken.get(who, Spoken()) for who in ("ana", "ben")} == {Spoken()}


def test_undoing_the_first_next_leaves_the_floor_empty() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    scenario.undo()
    assert scenario.session.floor == Floor()
    assert scenario.waiting() == ["ana"]


def test_whoever_had_the_floor_by_accident_waits_before_whoever_asked_meanwhile() -> None:
    scenario = opened()
    scenario.by("ben", c.RequestFloor(kind=RequestKind.STATEMENT, request="zzzzzzzz"))
    scenario.next()
    scenario.by("ana", c.RequestFloor(kind=RequestKind.STATEMENT, request="aaaaaaaa"))
    scenario.undo()
    assert scenario.waiting() == ["ben", "ana"]


def test_whoever_had_the_floor_by_accident_waits_before_whoever_was_moved_to_the_first_place() -> None:
    scenario = opened()
    _, _, cleo = (scenario.ask(who) for who in ("ana", "ben", "cleo"))
    scenario.next()
    scenario.by("officer", c.MoveRequest(request=cleo, after=None))
    scenario.undo(which=1)
    assert scenario.waiting() == ["ana", "cleo", "ben"]


def test_the_floor_is_given_again_after_an_accident() -> None:
    scenario = busy()
    ana = scenario.speaking.id
    scenario.next()
    accident = scenario.speaking.id
    scenario.undo()
    scenario.later(10).next()
    assert scenario.speaking.person == "ben"
    assert scenario.speaking.id != accident
    assert scenario.request("of-ben").intervention == scenario.speaking.id
    assert scenario.session.ended == (ana,)
    assert (scenario.session.spoken["ana"].times, scenario.session.spoken["ana"].duration.total_seconds()) == (1, 40)


def test_undoing_the_gift_of_the_floor_to_a_held_request_holds_it_again() -> None:
    scenario = busy()
    scenario.give("of-dan")
    scenario.undo()
    assert scenario.request("of-dan").status is RequestStatus.HELD
    assert scenario.speaking.person == "ana"


def test_undoing_a_point_of_order_lets_the_speaker_go_on_as_if_never_interrupted() -> None:
    scenario = busy()
    before = scenario.speaking
    scenario.by("ben", c.RequestFloor(kind=ORDER))
    scenario.next()
    scenario.later(5).undo()
    assert scenario.speaking == before
    assert scenario.session.floor == Floor(intervention=before.id)
    assert scenario.waiting(RequestList.ORDER) == ["ben"]


def test_undoing_the_end_of_a_point_of_order_interrupts_again() -> None:
    scenario = order_heard()
    before = scenario.session
    scenario.end()
    scenario.later(5).undo()
    assert what_is_true(scenario.session) == what_is_true(before)
    assert scenario.interrupted.paused_at is not None
