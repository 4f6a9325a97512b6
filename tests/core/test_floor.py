"""Who has the floor, who gets it next, and what a point of order interrupts."""

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import UNSET
from companion.core.people import Attendance
from companion.core.procedure import RequestKind, RequestList, RequestStatus, Rule, Ruling
from companion.core.proceedings import Floor
from companion.core.refusals import Refusal
from tests.core.scenario import Scenario, opened, remote

ORDER = RequestKind.POINT_OF_ORDER
REPLY = RequestKind.RIGHT_OF_REPLY


def interrupted() -> Scenario:
    """Ana speaks for ten seconds, then Ben's point of order is heard."""
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    scenario.later(10).ask("ben", ORDER)
    scenario.next()
    return scenario


def test_next_gives_the_floor_to_whoever_asked_first() -> None:
    scenario = opened()
    ana = scenario.ask("ana")
    scenario.ask("ben")
    assert scenario.next() == [
        e.FloorGiven(
            intervention=f"i.{scenario.session.seq}",
            request=ana,
            limit_seconds=180,
            interrupts=None,
            rule=Rule.FIRST_COME,
        )
    ]
    assert scenario.speaking.person == "ana"
    assert scenario.waiting() == ["ben"]


def test_next_ends_the_intervention_before() -> None:
    scenario = opened()
    ana = scenario.ask("ana")
    scenario.ask("ben")
    scenario.next()
    before = scenario.speaking.id
    assert scenario.later(60).next()[0] == e.FloorEnded(intervention=before)
    assert scenario.request(ana).status is RequestStatus.DELIVERED
    assert scenario.request(ana).ended_at == scenario.now
    assert scenario.session.ended == (before,)
    assert scenario.speaking.person == "ben"


def test_an_intervention_keeps_what_the_request_said_and_where_the_speaker_was() -> None:
    scenario = opened()
    scenario.by("technician", remote("ana"))
    scenario.by("ana", c.RequestFloor(kind=RequestKind.QUESTION, topic="Remedies", on_behalf_of="A group"))
    scenario.next()
    said = scenario.speaking
    assert (said.kind, said.topic, said.on_behalf_of) == (RequestKind.QUESTION, "Remedies", "A group")
    assert (said.language, said.attendance, said.segment) == ("es", Attendance.REMOTE, "presentations")
    assert said.given_by == "moderator"


def test_next_has_nobody_to_call_when_nobody_waits() -> None:
    scenario = opened()
    assert scenario.refusal("moderator", c.NextSpeaker(expect=None)) is Refusal.NOT_ON_LIST


def test_two_people_pressing_next_together_advance_the_list_once() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.ask("ben")
    scenario.by("moderator", c.NextSpeaker(expect=None))
    assert scenario.refusal("alternate", c.NextSpeaker(expect=None)) is Refusal.STALE
    assert scenario.waiting() == ["ben"]


@pytest.mark.parametrize(
    "command",
    [
        c.GiveFloor(request="r", expect="i.0"),
        c.NextSpeaker(expect="i.0"),
        c.PauseFloor(expect="i.0"),
        c.ResumeFloor(expect="i.0"),
        c.ExtendFloor(seconds=30, expect="i.0"),
        c.EndFloor(expect="i.0"),
    ],
)
def test_whoever_saw_somebody_else_on_the_floor_is_stale(command: c.Command) -> None:
    assert opened().refusal("moderator", command) is Refusal.STALE


def test_the_floor_is_given_out_of_turn() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.give(scenario.ask("ben"))
    assert scenario.speaking.person == "ben"
    assert scenario.waiting() == ["ana"]


def test_the_floor_is_given_to_a_held_request() -> None:
    scenario = opened()
    scenario.give(scenario.enter("pia", RequestKind.PANELLIST_REPLY, segment="replies"))
    assert scenario.speaking.person == "pia"
    assert scenario.request(scenario.speaking.request).segment is None


def test_the_floor_is_not_given_to_a_request_nobody_made() -> None:
    assert opened().refusal("moderator", c.GiveFloor(request="nobody", expect=None)) is Refusal.NOT_FOUND


def test_the_floor_is_not_given_to_a_request_that_was_delivered() -> None:
    scenario = opened()
    ana = scenario.ask("ana")
    scenario.next()
    scenario.end()
    assert scenario.refusal("moderator", c.GiveFloor(request=ana, expect=None)) is Refusal.NOT_ON_LIST


def test_nobody_gets_the_floor_before_the_session_begins() -> None:
    scenario = Scenario()
    ana = scenario.enter("ana")
    assert scenario.refusal("moderator", c.GiveFloor(request=ana, expect=None)) is Refusal.SESSION_NOT_OPEN
    assert scenario.refusal("moderator", c.NextSpeaker(expect=None)) is Refusal.SESSION_NOT_OPEN


# Points of order


def test_a_point_of_order_goes_before_all_statements() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.ask("ben")
    scenario.ask("cleo", ORDER)
    scenario.next()
    assert scenario.speaking.person == "cleo"


def test_a_procedural_motion_goes_before_all_statements() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.ask("ben", RequestKind.PROCEDURAL_MOTION)
    scenario.next()
    assert scenario.speaking.person == "ben"


def test_a_point_of_order_interrupts_the_speaker() -> None:
    scenario = interrupted()
    assert (scenario.speaking.person, scenario.interrupted.person) == ("ben", "ana")
    assert scenario.interrupted.paused_at == scenario.now
    assert scenario.interrupted.ended_at is None


def test_after_a_point_of_order_the_speaker_goes_on() -> None:
    scenario = interrupted()
    order, ana = scenario.speaking.id, scenario.interrupted.id
    assert scenario.later(20).next() == [
        e.FloorEnded(intervention=order),
        e.FloorGivenBack(intervention=ana, running=True),
    ]
    assert scenario.session.floor == Floor(intervention=ana)
    assert scenario.speaking.paused_at is None


def test_ending_a_point_of_order_gives_the_floor_back() -> None:
    scenario = interrupted()
    scenario.end()
    assert scenario.speaking.person == "ana"


def test_a_speaker_whose_clock_stood_before_a_point_of_order_comes_back_with_it_standing() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    scenario.later(10).pause()
    since = scenario.now
    scenario.later(10).ask("ben", ORDER)
    scenario.next()
    assert scenario.later(10).end()[-1] == e.FloorGivenBack(intervention=scenario.speaking.id, running=False)
    assert scenario.speaking.paused_at == since


def test_one_point_of_order_after_another_keeps_whom_the_first_interrupted() -> None:
    scenario = interrupted()
    first = scenario.speaking.id
    scenario.ask("cleo", ORDER)
    assert scenario.next()[0] == e.FloorEnded(intervention=first)
    assert (scenario.speaking.person, scenario.interrupted.person) == ("cleo", "ana")
    assert scenario.end()[-1] == e.FloorGivenBack(intervention=scenario.speaking.id, running=True)


def test_points_of_order_with_nobody_speaking_interrupt_nobody() -> None:
    scenario = opened()
    scenario.ask("ana", ORDER)
    scenario.ask("ben", ORDER)
    scenario.next()
    scenario.next()
    assert scenario.session.floor == Floor(intervention=scenario.speaking.id)
    assert scenario.speaking.person == "ben"


def test_the_interrupted_speaker_comes_before_those_who_wait() -> None:
    scenario = interrupted()
    scenario.ask("cleo")
    scenario.next()
    assert scenario.speaking.person == "ana"
    assert scenario.waiting() == ["cleo"]


def test_giving_the_floor_to_a_statement_ends_the_interrupted_one_too() -> None:
    scenario = interrupted()
    order, ana = scenario.speaking.id, scenario.interrupted.id
    cleo = scenario.ask("cleo")
    assert scenario.give(cleo)[:2] == [e.FloorEnded(intervention=order), e.FloorEnded(intervention=ana)]
    assert scenario.session.floor == Floor(intervention=scenario.speaking.id)


def test_people_may_rise_to_a_point_of_order_about_their_own_statement() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    scenario.ask("ana", ORDER)
    scenario.next()
    assert (scenario.speaking.person, scenario.interrupted.person) == ("ana", "ana")
    assert scenario.speaking.kind is ORDER


def test_rights_of_reply_wait_until_the_list_is_exhausted() -> None:
    scenario = opened()
    scenario.ask("ana", REPLY)
    scenario.ask("ben")
    called = []
    for _ in range(2):
        scenario.next()
        called.append(scenario.speaking.person)
    assert called == ["ben", "ana"]


# Pausing, extending, ending


def test_the_clock_is_stopped_and_goes_on() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    assert scenario.pause() == [e.FloorPaused(intervention=scenario.speaking.id)]
    assert scenario.later(5).resume() == [e.FloorResumed(intervention=scenario.speaking.id)]
    assert scenario.speaking.paused_at is None


def test_a_clock_that_stands_is_not_stopped_and_one_that_runs_not_set_going() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    speaking = scenario.speaking.id
    assert scenario.refusal("moderator", c.ResumeFloor(expect=speaking)) is Refusal.NOT_NOW
    scenario.pause()
    assert scenario.refusal("moderator", c.PauseFloor(expect=speaking)) is Refusal.NOT_NOW


def test_a_speaker_without_a_limit_needs_no_more_time() -> None:
    scenario = opened()
    scenario.by("officer", c.SetLimit(seconds=None))
    scenario.ask("ana")
    scenario.next()
    extend = c.ExtendFloor(seconds=30, expect=scenario.speaking.id)
    assert scenario.refusal("moderator", extend) is Refusal.NOT_NOW


@pytest.mark.parametrize(
    "command",
    [
        c.PauseFloor(expect=None),
        c.ResumeFloor(expect=None),
        c.ExtendFloor(seconds=30, expect=None),
        c.EndFloor(expect=None),
    ],
)
def test_on_an_empty_floor_nothing_is_paused_extended_or_ended(command: c.Command) -> None:
    assert opened().refusal("moderator", command) is Refusal.NOBODY_IS_SPEAKING


def test_speakers_do_not_end_an_intervention_themselves() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    assert scenario.refusal("ana", c.EndFloor(expect=scenario.speaking.id)) is Refusal.NOT_ALLOWED


# Rulings


def test_the_moderator_rules_on_a_point_of_order_that_is_heard() -> None:
    scenario = interrupted()
    order = scenario.speaking.request
    ruling = c.RuleOnOrder(request=order, ruling=Ruling.SUSTAINED)
    assert scenario.by("moderator", ruling) == [e.RulingMade(request=order, ruling=Ruling.SUSTAINED)]
    assert (scenario.request(order).ruling, scenario.request(order).ruled_at) == (Ruling.SUSTAINED, scenario.now)


def test_a_point_of_order_may_be_ruled_on_after_it_was_heard() -> None:
    scenario = interrupted()
    order = scenario.speaking.request
    scenario.end()
    scenario.by("moderator", c.RuleOnOrder(request=order, ruling=Ruling.NOTED))
    assert scenario.request(order).ruling is Ruling.NOTED


def test_nobody_rules_on_what_was_not_heard_or_is_no_point_of_order() -> None:
    scenario = opened()
    waiting, statement = scenario.ask("ana", ORDER), scenario.ask("ben")
    for request, refusal in ((waiting, Refusal.NOT_NOW), (statement, Refusal.NOT_NOW), ("none", Refusal.NOT_FOUND)):
        ruling = c.RuleOnOrder(request=request, ruling=Ruling.NOTED)
        assert scenario.refusal("moderator", ruling) is refusal


def test_a_statement_that_was_heard_is_not_ruled_on() -> None:
    scenario = opened()
    ana = scenario.ask("ana")
    scenario.next()
    assert scenario.refusal("moderator", c.RuleOnOrder(request=ana, ruling=Ruling.NOTED)) is Refusal.NOT_NOW


def test_whoever_has_the_floor_asks_again_once_it_is_over_and_waits_behind_the_others() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.ask("ben")
    scenario.next()
    for who in ("ana", "officer"):
        again = c.RequestFloor(kind=RequestKind.STATEMENT, person="ana")
        assert scenario.refusal(who, again) is Refusal.HAS_THE_FLOOR
    scenario.end()
    scenario.ask("ana")
    assert scenario.waiting() == ["ben", "ana"]


def test_points_of_order_keep_their_own_order() -> None:
    scenario = opened()
    ana, _ = scenario.ask("ana", ORDER), scenario.ask("ben", ORDER)
    scenario.by("moderator", c.MoveRequest(request=ana, after=UNSET))
    assert scenario.waiting(RequestList.ORDER) == ["ben", "ana"]


def test_nobody_gets_round_it_by_changing_what_was_asked_for() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    order = scenario.ask("ana", RequestKind.POINT_OF_ORDER)
    for who in ("ana", "officer"):
        change = c.ChangeRequest(request=order, kind=RequestKind.STATEMENT)
        assert scenario.refusal(who, change) is Refusal.HAS_THE_FLOOR
