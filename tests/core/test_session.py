"""The session as a whole: what crosses the list, the floor and the programme."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core.ids import SYSTEM
from companion.core.procedure import (
    ListStatus,
    RequestKind,
    RequestStatus,
    SessionStatus,
    WaitingAtSegment,
)
from companion.core.proceedings import Floor
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session
from tests.core.scenario import (
    BEGINNING,
    PEOPLE,
    PROGRAMME,
    SYSTEM_ACTOR,
    Scenario,
    opened,
    with_panel,
)

ORDER = RequestKind.POINT_OF_ORDER


def test_a_session_is_scheduled_with_its_people_and_its_panel() -> None:
    scenario = with_panel()
    scheduled, *others = (recorded.event for recorded in scenario.recorded)
    assert isinstance(scheduled, e.SessionScheduled)
    assert others[: len(PEOPLE)] == [e.PersonEntered(person=each) for each in PEOPLE]
    inscribed = [event for event in others if isinstance(event, e.FloorRequested)]
    assert [(each.person, each.kind, each.segment, each.held) for each in inscribed] == [
        ("pia", RequestKind.PANEL_PRESENTATION, "presentations", True),
        ("paul", RequestKind.PANEL_PRESENTATION, "presentations", True),
        ("pia", RequestKind.PANELLIST_REPLY, "replies", True),
        ("paul", RequestKind.PANELLIST_REPLY, "replies", True),
    ]
    assert [each.request for each in inscribed] == [f"r.{seq}" for seq in range(17, 21)]
    assert scenario.session.id == "panel-1"
    assert scenario.session.course.status is SessionStatus.SCHEDULED


def test_a_session_is_scheduled_once() -> None:
    assert Scenario().refusal(SYSTEM, PROGRAMME) is Refusal.NOT_NOW


def test_nothing_happens_before_a_session_is_scheduled() -> None:
    with pytest.raises(Refused, match="not_now"):
        rules.decide(Session(), c.EnterPerson(person=PEOPLE[0]), by=SYSTEM_ACTOR, at=BEGINNING)


def test_a_session_has_a_segment_and_panellists_whom_it_knows() -> None:
    for programme, refusal in (
        (replace(PROGRAMME, segments=()), "bad_message"),
        (replace(PROGRAMME, panellists=("nobody",)), "not_found"),
    ):
        with pytest.raises(Refused, match=refusal):
            rules.decide(Session(), programme, by=SYSTEM_ACTOR, at=BEGINNING)


# Segments


def test_the_first_segment_begins_with_the_session_and_calls_its_panellists() -> None:
    scenario = with_panel()
    events = scenario.by("moderator", c.StartSession())
    assert (events[0], events[-1]) == (e.SegmentBegan(segment="presentations"), e.SessionStarted())
    assert scenario.waiting() == ["pia", "paul"]


@pytest.mark.parametrize(
    ("waiting", "left", "status"),
    [
        (WaitingAtSegment.KEEP, ["ana"], RequestStatus.WAITING),
        (WaitingAtSegment.HOLD, [], RequestStatus.HELD),
        (WaitingAtSegment.NOT_REACHED, [], RequestStatus.NOT_REACHED),
    ],
)
def test_those_who_wait_at_a_new_segment_are_kept_held_or_not_reached(
    waiting: WaitingAtSegment, left: list[str], status: RequestStatus
) -> None:
    scenario = opened()
    ana = scenario.ask("ana")
    scenario.begin("discussion", waiting)
    assert scenario.waiting() == left
    assert scenario.request(ana).status is status


def test_whoever_waits_and_is_inscribed_for_the_segment_does_not_wait_twice() -> None:
    scenario = opened()
    reply = scenario.enter("pia", RequestKind.PANELLIST_REPLY, segment="replies")
    statement = scenario.enter("pia")
    scenario.ask("ana")
    scenario.begin("replies")
    assert scenario.request(statement).status is RequestStatus.HELD
    assert scenario.request(reply).status is RequestStatus.WAITING
    assert scenario.waiting() == ["pia", "ana"]


def test_one_who_is_not_reached_at_a_segment_may_be_inscribed_for_it() -> None:
    scenario = opened()
    scenario.enter("pia", segment="replies")
    scenario.enter("pia")
    scenario.begin("replies", WaitingAtSegment.NOT_REACHED)
    assert scenario.waiting() == ["pia"]


def test_of_two_inscriptions_for_one_segment_the_first_is_called() -> None:
    scenario = opened()
    first = scenario.enter("pia", segment="replies")
    scenario.by("officer", c.WithdrawRequest(request=first))
    second = scenario.enter("pia", segment="replies")
    scenario.undo("officer", 1)
    scenario.begin("replies")
    assert scenario.request(first).status is RequestStatus.WAITING
    assert scenario.request(second).status is RequestStatus.HELD


def test_a_segment_that_begins_interrupts_nobody() -> None:
    scenario = with_panel()
    scenario.by("moderator", c.StartSession())
    scenario.next()
    speaking = scenario.speaking
    scenario.later(10).begin("replies")
    assert scenario.speaking == speaking
    assert scenario.waiting() == ["pia", "paul"]


# Breaks


def test_the_clock_stands_in_a_break_until_the_moderator_lets_it_go_on() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    speaking = scenario.speaking.id
    assert scenario.later(10).by("moderator", c.SuspendSession()) == [
        e.FloorPaused(intervention=speaking),
        e.SessionSuspended(),
    ]
    assert scenario.refusal("moderator", c.ResumeFloor(expect=speaking)) is Refusal.SESSION_NOT_OPEN
    scenario.by("moderator", c.ResumeSession())
    assert scenario.speaking.paused_at is not None
    scenario.resume()
    assert scenario.speaking.paused_at is None


def test_a_break_stops_no_clock_that_stands_and_needs_nobody_on_the_floor() -> None:
    scenario = opened()
    assert scenario.by("moderator", c.SuspendSession()) == [e.SessionSuspended()]
    scenario.by("moderator", c.ResumeSession())
    scenario.ask("ana")
    scenario.next()
    scenario.pause()
    assert scenario.by("moderator", c.SuspendSession()) == [e.SessionSuspended()]


def test_a_point_of_order_that_ends_in_a_break_leaves_the_interrupted_clock_standing() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    scenario.later(10).ask("ben", ORDER)
    scenario.next()
    scenario.by("moderator", c.SuspendSession())
    assert scenario.end()[-1] == e.FloorGivenBack(intervention=scenario.speaking.id, running=False)
    assert (scenario.speaking.person, scenario.speaking.paused_at) == ("ana", scenario.now)


# The end


def test_closing_ends_whoever_speaks_and_reaches_nobody_else() -> None:
    scenario = opened()
    ana, ben = scenario.ask("ana"), scenario.ask("ben")
    pia = scenario.enter("pia", segment="replies")
    scenario.next()
    speaking = scenario.speaking.id
    assert scenario.by("moderator", c.CloseSession()) == [
        e.FloorEnded(intervention=speaking),
        e.ListClosed(),
        e.RequestNotReached(request=ben),
        e.RequestNotReached(request=pia),
        e.SessionClosed(),
    ]
    assert scenario.request(ana).status is RequestStatus.DELIVERED
    assert scenario.waiting() == []
    assert scenario.session.list.status is ListStatus.CLOSED


def test_closing_ends_the_point_of_order_and_whom_it_interrupted() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    scenario.later(10).ask("ben", ORDER)
    scenario.next()
    both = (scenario.speaking.id, scenario.interrupted.id)
    scenario.later(10).by("moderator", c.CloseSession())
    assert scenario.session.floor == Floor()
    assert scenario.session.ended == both
    assert scenario.session.spoken["ana"].duration.total_seconds() == 10


def test_a_reopened_session_has_its_list_closed_and_goes_on() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.by("moderator", c.CloseSession())
    scenario.by("moderator", c.ReopenSession())
    assert scenario.session.list.status is ListStatus.CLOSED
    assert scenario.session.course.segment == "presentations"
    scenario.by("officer", c.OpenList())
    scenario.ask("ana")
    scenario.next()
    assert scenario.speaking.person == "ana"
