"""What cannot be taken back any more, since something depends on it; and what stays of what came since."""

from collections.abc import Callable

import pytest

from companion.core import commands as c
from companion.core.procedure import (
    NoteKind,
    RecommendationStatus,
    Ruling,
    Showing,
)
from companion.core.proceedings import Floor
from companion.core.refusals import Refusal
from tests.core.scenario import Scenario, Tap, opened
from tests.core.undoing import (
    ORDER,
    busy,
    cannot_undo,
    noted,
    officer,
    order_heard,
    paused,
    rapporteur,
    rule,
    set_status,
    show,
    what_is_true,
)


@pytest.mark.parametrize(
    ("given", "tap", "since"),
    [
        (busy, Scenario.next, Scenario.next),
        (busy, Scenario.next, Scenario.pause),
        (busy, Scenario.next, Scenario.end),
        (busy, Scenario.end, Scenario.next),
        (busy, Scenario.pause, Scenario.resume),
        (busy, Scenario.pause, Scenario.end),
        (busy, lambda s: s.extend(30), lambda s: s.extend(60)),
        (busy, lambda s: s.extend(30), Scenario.end),
        (order_heard, Scenario.end, Scenario.pause),
        (order_heard, Scenario.end, rule),
        (busy, officer(c.SetLimit(seconds=60)), officer(c.SetLimit(seconds=90))),
        (busy, officer(c.CloseList()), officer(c.OpenList())),
        (busy, officer(c.HoldRequest(request="of-ben")), lambda s: s.give("of-ben")),
        (busy, officer(c.MarkReady(request="of-ben", ready=True)), Scenario.next),
        (busy, lambda s: s.enter("observer"), lambda s: s.give(s.session.requests_by("observer")[0].id)),
        (
            busy,
            officer(c.MoveRequest(request="of-cleo", after=None)),
            lambda s: s.by("cleo", c.WithdrawRequest(request="of-cleo")),
        ),
        (busy, lambda s: s.begin("replies"), lambda s: s.begin("discussion")),
        (busy, show, lambda s: show(s, Showing.NOTHING)),
        (
            noted,
            rapporteur(c.MarkNote(note="note-one", kind=NoteKind.GAP)),
            rapporteur(c.MarkNote(note="note-one", kind=NoteKind.TREND)),
        ),
        (
            noted,
            rapporteur(c.MoveNote(note="note-three", after=None)),
            rapporteur(c.MoveNote(note="note-three", after="note-one")),
        ),
        (
            noted,
            rapporteur(c.ReleaseNote(note="note-one", released=True)),
            rapporteur(c.ReleaseNote(note="note-one", released=False)),
        ),
        (
            noted,
            rapporteur(set_status(RecommendationStatus.UNDER_DISCUSSION)),
            rapporteur(set_status(RecommendationStatus.BROAD_SUPPORT)),
        ),
    ],
)
def test_what_later_actions_depend_on_cannot_be_taken_back(given: Callable[[], Scenario], tap: Tap, since: Tap) -> None:
    scenario = given()
    tap(scenario)
    undoing = scenario.undoing()
    since(scenario.later(5))
    assert scenario.refusal("secretary", undoing) is Refusal.CANNOT_UNDO


def test_taking_back_the_place_of_a_note_leaves_its_new_text_and_kind() -> None:
    scenario = noted()
    scenario.by("rapporteur", c.MoveNote(note="note-three", after=None))
    scenario.write("note-three", "Written anew", 1)
    scenario.by("secretary", c.MarkNote(note="note-three", kind=NoteKind.GAP))
    scenario.undo("rapporteur", 1)
    note = scenario.note_of("note-three")
    assert scenario.noted() == ["note-one", "note-two", "note-three"]
    assert (note.text, note.version, note.kind) == ("Written anew", 2, NoteKind.GAP)


def test_taking_back_a_status_leaves_the_version_that_came_since() -> None:
    scenario = noted()
    scenario.by("moderator", set_status(RecommendationStatus.UNDER_DISCUSSION))
    scenario.by(
        "moderator", c.ReviseRecommendation(recommendation="the-recommendation", text="Should soon agree", expect=1)
    )
    scenario.undo()
    recommendation = scenario.recommendation("the-recommendation")
    assert (recommendation.status, recommendation.current.number) == (RecommendationStatus.PROPOSED, 2)


@pytest.mark.parametrize("who", ["moderator", "officer", "technician"])
def test_who_does_not_write_notes_does_not_take_back_what_became_of_them(who: str) -> None:
    scenario = noted()
    scenario.by("rapporteur", c.RemoveNote(note="note-two"))
    assert scenario.refusal(who, scenario.undoing()) is Refusal.NOT_ALLOWED
    scenario.undo("secretary")
    assert scenario.noted() == ["note-one", "note-two", "note-three"]


def test_a_rapporteur_takes_back_nothing_of_the_floor() -> None:
    scenario = noted()
    scenario.pause()
    assert scenario.refusal("rapporteur", scenario.undoing()) is Refusal.NOT_ALLOWED


def test_a_ruling_is_taken_back_before_what_it_was_about() -> None:
    scenario = order_heard()
    rule(scenario)
    cannot_undo(scenario, 1)
    scenario.undo()
    scenario.undo()
    assert scenario.request("order-of-ben").ruling is None
    assert scenario.speaking.person == "ana"


def test_an_earlier_ruling_comes_back() -> None:
    scenario = order_heard()
    rule(scenario, Ruling.SUSTAINED)
    rule(scenario, Ruling.NOT_SUSTAINED)
    scenario.undo()
    assert scenario.request("order-of-ben").ruling is Ruling.SUSTAINED


def test_the_floor_does_not_go_back_to_somebody_after_whom_others_have_spoken() -> None:
    scenario = busy()
    scenario.end()
    scenario.next()
    scenario.end()
    assert scenario.session.floor == Floor()
    cannot_undo(scenario, 2)


def test_nobody_is_put_back_to_wait_twice() -> None:
    scenario = busy()
    scenario.by("officer", c.WithdrawRequest(request="of-ben"))
    scenario.ask("ben")
    cannot_undo(scenario)


def test_whoever_was_called_by_accident_and_asked_again_is_not_put_back_to_wait_twice() -> None:
    scenario = busy()
    scenario.next()
    scenario.end()
    scenario.ask("ben")
    scenario.undo()
    cannot_undo(scenario)


def test_a_request_does_not_come_back_to_a_list_where_its_person_waits_again() -> None:
    scenario = busy()
    scenario.by("officer", c.ChangeRequest(request="of-ben", kind=ORDER))
    scenario.ask("ben")
    cannot_undo(scenario)


def test_a_move_is_not_taken_back_to_a_place_that_another_has_taken() -> None:
    scenario = opened()
    first = scenario.ask("ana")
    while scenario.session.seq + 1 < 2 * int(first.removeprefix("r.")):
        scenario.by("moderator", c.Announce(text="Half way between nobody and Ben is where Ana stands"))
    scenario.ask("ben")
    third = scenario.ask("cleo")
    taken = scenario.request(first).rank
    scenario.by("officer", c.MoveRequest(request=first))
    scenario.by("officer", c.MoveRequest(request=third, after=None))
    assert scenario.request(third).rank == taken
    cannot_undo(scenario, 1)
    scenario.undo()
    scenario.undo()
    assert scenario.waiting() == ["ana", "ben", "cleo"]


def test_a_segment_is_taken_back_although_whom_it_called_had_waited_already() -> None:
    scenario = busy()
    scenario.enter("pia")
    before = scenario.session
    scenario.begin("replies")
    assert scenario.waiting() == ["ben", "cleo", "pia"]
    scenario.undo()
    assert what_is_true(scenario.session) == what_is_true(before)


def test_no_clock_is_set_going_in_a_break() -> None:
    scenario = busy()
    scenario.end()
    scenario.by("moderator", c.SuspendSession())
    cannot_undo(scenario)
    scenario.by("moderator", c.ResumeSession())
    scenario.undo()
    assert scenario.speaking.person == "ana"


def test_a_clock_that_was_stopped_before_a_break_stands_in_it() -> None:
    scenario = paused()
    scenario.by("moderator", c.SuspendSession())
    cannot_undo(scenario)


def test_no_clock_is_set_going_under_a_point_of_order() -> None:
    scenario = paused()
    scenario.by("ben", c.RequestFloor(kind=ORDER))
    scenario.next()
    cannot_undo(scenario, 1)


def test_a_pause_since_an_extension_stays() -> None:
    scenario = busy()
    scenario.extend(30)
    scenario.pause()
    scenario.undo(which=1)
    assert (scenario.speaking.limit_seconds, scenario.speaking.extended_seconds) == (180, 0)
    assert scenario.speaking.paused_at == scenario.now
