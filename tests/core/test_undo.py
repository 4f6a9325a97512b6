"""What is taken back, what stays, and which steps are listed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core import undo
from companion.core.ids import SYSTEM, UNSET
from companion.core.people import Attendance
from companion.core.procedure import (
    AttributionMode,
    NoteKind,
    PositionKind,
    RecommendationStatus,
    RequestKind,
    RequestList,
    RequestStatus,
    RoomAnswers,
    Rule,
    WaitingAtSegment,
)
from companion.core.proceedings import Limit
from companion.core.recommendations import standing_positions
from companion.core.refusals import Refusal
from companion.core.state import FLOOR, Ref
from companion.core.touched import touches
from tests.core.scenario import PROGRAMME, Scenario, Tap, opened, poll_of, remote, requested, with_panel
from tests.core.undoing import (
    ORDER,
    PRESET,
    busy,
    guest,
    noted,
    officer,
    order_heard,
    out_of_order,
    paused,
    position,
    rapporteur,
    rule,
    set_status,
    show,
    what_is_true,
    with_a_guest,
)

UNDOABLE: dict[str, tuple[str, Callable[[], Scenario], Tap]] = {
    "list.open": ("officer", Scenario, officer(c.OpenList())),
    "list.close": ("officer", busy, officer(c.CloseList())),
    "list.limit": ("officer", busy, officer(c.SetLimit(seconds=60, category="states"))),
    "list.rule": ("officer", busy, officer(c.SetRule(rule=Rule.ROUND_ROBIN_GROUP))),
    "list.arrange": ("officer", out_of_order, officer(c.ArrangeList())),
    "list.share_time": ("officer", busy, officer(c.ShareTime(seconds=60))),
    "floor.change": ("officer", busy, officer(c.ChangeRequest(request="of-ben", kind=ORDER))),
    "floor.withdraw": ("officer", busy, officer(c.WithdrawRequest(request="of-ben"))),
    "floor.ready": ("officer", busy, officer(c.MarkReady(request="of-ben", ready=True))),
    "floor.move": ("officer", busy, officer(c.MoveRequest(request="of-cleo", after=None))),
    "floor.exchange": ("officer", busy, officer(c.ExchangePlaces(request="of-cleo", partner="of-ben"))),
    "floor.absent": ("officer", busy, officer(c.MarkAbsent(request="of-ben"))),
    "floor.written": ("officer", busy, officer(c.HandInStatement(request="of-ben", text="In writing"))),
    "floor.hold": ("officer", busy, officer(c.HoldRequest(request="of-ben"))),
    "floor.release": ("officer", busy, officer(c.ReleaseRequest(request="of-dan"))),
    "floor.pause": ("moderator", busy, Scenario.pause),
    "floor.resume": ("moderator", paused, Scenario.resume),
    "floor.extend": ("moderator", busy, lambda s: s.extend(30)),
    "floor.end": ("moderator", busy, Scenario.end),
    "floor.rule": ("moderator", order_heard, rule),
    "session.segment": ("moderator", busy, lambda s: s.begin("replies", WaitingAtSegment.HOLD)),
    "display.show": ("moderator", busy, show),
    "note.mark": ("rapporteur", noted, rapporteur(c.MarkNote(note="note-one", kind=NoteKind.GAP, intervention=None))),
    "note.move": ("rapporteur", noted, rapporteur(c.MoveNote(note="note-three", after=None))),
    "note.remove": ("rapporteur", noted, rapporteur(c.RemoveNote(note="note-two"))),
    "note.release": ("rapporteur", noted, rapporteur(c.ReleaseNote(note="note-two", released=True))),
    "recommendation.status": ("rapporteur", noted, rapporteur(set_status(RecommendationStatus.BROAD_SUPPORT))),
    "recommendation.set_aside": (
        "rapporteur",
        noted,
        rapporteur(c.SetAsideAmendment(recommendation="the-recommendation", amendment="the-amendment")),
    ),
    "recommendation.position": ("rapporteur", noted, rapporteur(position(PositionKind.DISSOCIATES))),
    "session.settings": ("secretary", busy, lambda s: s.by("secretary", c.ChangeSettings(preset="any", found=PRESET))),
    "session.preside": ("moderator", busy, lambda s: s.by("moderator", c.Preside(person="alternate"))),
    "person.link": (
        "secretary",
        with_a_guest,
        lambda s: s.by("secretary", c.LinkPerson(source=guest(s), person="observer")),
    ),
    "attendance.mark": ("technician", busy, lambda s: s.by("technician", remote("ana"))),
    "person.correct": ("secretary", busy, lambda s: s.by("secretary", c.CorrectPerson(person="ana", name="Anna"))),
}


@pytest.mark.parametrize("type_", UNDOABLE)
def test_undoing_a_command_brings_back_everything_it_touched(type_: str) -> None:
    who, given, tap = UNDOABLE[type_]
    scenario = given()
    before = scenario.session
    tap(scenario)
    assert what_is_true(scenario.session) != what_is_true(before)
    assert scenario.newest().type == type_
    assert scenario.undo(who) == [e.CommandUndone(command=before.seq + 1, type=type_)]
    assert what_is_true(scenario.session) == what_is_true(before)
    assert scenario.session.undo == before.undo


@pytest.mark.parametrize("type_", UNDOABLE)
def test_what_others_did_since_stays(type_: str) -> None:
    who, given, tap = UNDOABLE[type_]
    scenario = given()
    before = scenario.session
    tap(scenario)
    scenario.by("secretary", c.CorrectPerson(person="dan", organisation="An office"))
    scenario.undo(who, 1)
    dan = replace(before.people["dan"], organisation="An office")
    stays = replace(before, people=before.people.insert("dan", dan))
    assert what_is_true(scenario.session) == what_is_true(stays)


def test_every_undoable_command_is_tried() -> None:
    apart = {"floor.give", "floor.request"}  # What they bring stays in the record: void, withdrawn.
    assert set(UNDOABLE) | apart == {*undo.COMMAND_OF.values(), "attendance.mark"}


def test_undoing_the_first_position_of_somebody_leaves_none() -> None:
    scenario = noted()
    first = c.TakePosition(
        recommendation="the-recommendation", position=PositionKind.SUPPORTS, person="ana", text="Yes"
    )
    scenario.by("rapporteur", first)
    scenario.undo("rapporteur")
    recommendation = scenario.recommendation("the-recommendation")
    assert [each.person for each in standing_positions(scenario.session, recommendation)] == ["ben"]
    assert (theirs := scenario.session.positions["the-recommendation/ana"]).position is None
    assert theirs.text is None


def test_a_position_that_somebody_has_changed_since_is_not_taken_back() -> None:
    scenario = noted()
    scenario.by("secretary", c.ChangeSettings(participants_may_take_positions=True))
    scenario.by("rapporteur", position(PositionKind.DISSOCIATES))
    scenario.by("ben", c.TakePosition(recommendation="the-recommendation", position=PositionKind.SUPPORTS))
    assert scenario.refusal("rapporteur", scenario.undoing()) is Refusal.CANNOT_UNDO


def test_no_undo_makes_agreed_what_has_brackets_by_now() -> None:
    scenario = noted()
    scenario.by("moderator", set_status(RecommendationStatus.AGREED_AD_REFERENDUM))
    scenario.by("moderator", set_status(RecommendationStatus.BROAD_SUPPORT))
    revise = c.ReviseRecommendation(recommendation="the-recommendation", text="Should [soon] agree", expect=1)
    scenario.by("moderator", revise)
    assert scenario.refusal("moderator", scenario.undoing()) is Refusal.HAS_BRACKETS


def test_undoing_an_entry_leaves_the_request_withdrawn() -> None:
    scenario = busy()
    entered = scenario.enter("observer")
    scenario.later(5).undo("officer")
    over = scenario.request(entered)
    assert (over.status, over.ended_at) == (RequestStatus.WITHDRAWN, scenario.now)
    assert scenario.waiting() == ["ben", "cleo"]


def test_undoing_the_entry_of_a_guest_leaves_the_guest_known() -> None:
    scenario = busy()
    guest = c.RequestFloor(kind=RequestKind.STATEMENT, guest=c.Guest(name="Guest"))
    entered = scenario.request(requested(scenario.by("officer", guest)))
    assert scenario.undoable[0] == ("officer", "floor.request", entered.person)
    scenario.undo("officer")
    assert scenario.session.people[entered.person].name == "Guest"
    assert scenario.waiting() == ["ben", "cleo"]


def test_the_entry_of_a_guest_is_taken_back_although_the_guest_has_gone_online() -> None:
    scenario = busy()
    entered = requested(scenario.by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, guest=c.Guest(name="Guest"))))
    guest = scenario.request(entered).person
    scenario.by("technician", remote(guest))
    scenario.undo("officer", 1)
    assert scenario.request(entered).status is RequestStatus.WITHDRAWN
    assert scenario.session.people[guest].attendance is Attendance.REMOTE


def test_an_undo_names_nobody_more_openly_than_they_were_told_when_they_spoke() -> None:
    scenario = busy()
    stricter = AttributionMode.AFFILIATION_ONLY
    scenario.by("secretary", c.ChangeSettings(attribution_mode=stricter))
    assert scenario.refusal("secretary", scenario.undoing()) is Refusal.LOOSER_ATTRIBUTION
    assert scenario.session.settings.attribution_mode is stricter


def test_an_undo_of_what_an_earlier_version_still_knew_is_read_and_changes_nothing() -> None:
    scenario = busy()
    before = scenario.session
    event = e.CommandUndone(command=1, type="list.close")
    recorded = e.Recorded(seq=before.seq + 1, at=scenario.now, by="officer", command="command-x", event=event)
    assert what_is_true(rules.evolve(before, recorded)) == what_is_true(before)


# Several steps, several people


def test_steps_are_taken_back_one_after_the_other() -> None:
    scenario = busy()
    before = scenario.session
    scenario.next()
    scenario.extend(30)
    scenario.pause()
    scenario.by("officer", c.MoveRequest(request="of-cleo", after=UNSET))
    for who in ("officer", "moderator", "moderator", "moderator"):
        scenario.later(1).undo(who)
    assert scenario.request("of-ben") == before.requests["of-ben"]
    assert scenario.session.floor == before.floor
    assert scenario.speaking == before.speaking
    assert scenario.session.undo == before.undo


def test_staff_take_back_what_other_staff_did() -> None:
    scenario = busy()
    scenario.by("officer", c.WithdrawRequest(request="of-ben"))
    scenario.undo("alternate")
    assert scenario.waiting() == ["ben", "cleo"]


def test_two_staff_members_take_back_their_own_steps_in_either_order() -> None:
    scenario = busy()
    scenario.pause()
    scenario.by("officer", c.HoldRequest(request="of-ben"))
    scenario.undo("moderator", 1)
    scenario.undo("officer")
    assert scenario.speaking.paused_at is None
    assert scenario.waiting() == ["ben", "cleo"]


def test_an_older_speaking_time_is_taken_back_after_one_of_somebody_else() -> None:
    scenario = opened()
    scenario.by("officer", c.SetLimit(seconds=60, person="ana"))
    scenario.by("officer", c.SetLimit(seconds=90, person="ben"))
    scenario.undo("officer", 1)
    assert dict(scenario.session.limits.items()) == {"default": Limit(seconds=180), "person/ben": Limit(seconds=90)}


def test_a_command_is_taken_back_once() -> None:
    scenario = busy()
    undoing = scenario.undoing()
    scenario.undo()
    assert scenario.refusal("moderator", undoing) is Refusal.CANNOT_UNDO


@pytest.mark.parametrize("command", ["0", "999999", "", "first", "-1", "1.0"])
def test_a_command_that_is_not_there_cannot_be_taken_back(command: str) -> None:
    assert busy().refusal("secretary", c.Undo(command=command)) is Refusal.CANNOT_UNDO


def test_the_last_forty_commands_are_kept() -> None:
    scenario = opened()
    for seconds in range(1, 51):
        scenario.by("officer", c.SetLimit(seconds=seconds))
    assert len(scenario.session.undo) == undo.KEPT
    while scenario.session.undo:
        scenario.undo("officer")
    assert scenario.session.limits["default"].seconds == 10


# What is listed, under which name, about whom


def test_what_can_be_undone_is_named_by_the_command_and_whom_it_was_about() -> None:
    scenario = busy()
    scenario.next()
    scenario.by("cleo", c.RequestFloor(kind=ORDER))
    scenario.next()
    scenario.end()
    scenario.begin("replies", WaitingAtSegment.HOLD)
    scenario.by("secretary", c.CorrectPerson(person="ana", attendance=Attendance.REMOTE))
    scenario.by("secretary", c.CorrectPerson(person="ana", attendance=Attendance.IN_ROOM, name="Anna"))
    scenario.by("officer", c.SetLimit(seconds=60, person="ana", reason="Because"))
    assert scenario.undoable == [
        ("officer", "list.limit", None),
        ("secretary", "person.correct", "ana"),
        ("secretary", "attendance.mark", "ana"),
        ("moderator", "session.segment", None),
        ("moderator", "floor.end", "cleo"),
        ("moderator", "floor.give", "cleo"),
        ("moderator", "floor.give", "ben"),
        ("moderator", "floor.give", "ana"),
        ("officer", "floor.request", "pia"),
        ("officer", "floor.hold", "dan"),
        ("officer", "list.open", None),
    ]


def test_next_after_a_point_of_order_is_listed_as_its_end() -> None:
    scenario = order_heard()
    scenario.next()
    assert scenario.undoable[0] == ("moderator", "floor.end", "ben")


def test_what_people_do_for_themselves_and_who_arrives_is_not_listed() -> None:
    scenario = busy()
    before = scenario.session.undo
    scenario.by("ben", c.MarkReady(request="of-ben", ready=True))
    scenario.by("ben", c.WithdrawRequest(request="of-ben"))
    scenario.by(SYSTEM, c.EnterPerson(person=replace(PROGRAMME.people[0], id="new")))
    assert scenario.session.undo == before


@pytest.mark.parametrize(
    ("who", "command"),
    [
        ("moderator", c.Announce(text="Lunch")),
        ("moderator", c.SuspendSession()),
        ("rapporteur", c.AddNote(kind=NoteKind.GAP)),
        ("rapporteur", c.WriteNote(note="note-one", text="Written anew", expect=1)),
        ("moderator", c.ProposeRecommendation(text="Should agree")),
        ("moderator", c.ReviseRecommendation(recommendation="the-recommendation", text="Should soon", expect=1)),
        ("rapporteur", poll_of(c.DraftPoll)),
        ("moderator", poll_of(c.OpenPoll)),
    ],
)
def test_what_cannot_be_undone_is_not_listed(who: str, command: c.Command) -> None:
    scenario = noted()
    before = scenario.session.undo
    scenario.by(who, command)
    assert scenario.session.undo == before


def test_nothing_about_a_poll_that_is_open_is_listed() -> None:
    scenario = busy()
    before = scenario.session.undo
    poll = scenario.poll(room=RoomAnswers.BY_HANDS)
    scenario.by("technician", remote("ana"))
    remote_poll = scenario.poll(room=RoomAnswers.BY_HANDS)
    scenario.undo("technician")
    scenario.answer("ana", remote_poll, "support")
    scenario.by("moderator", c.CountRoom(poll=poll, counts={"support": 3}, present=5))
    scenario.close(poll)
    scenario.publish(poll)
    scenario.by("rapporteur", c.SetOutcome(poll=poll, text="Support"))
    assert scenario.session.undo == before


def test_the_course_of_the_session_is_not_listed() -> None:
    scenario = with_panel()
    for who, command in (
        ("moderator", c.StartSession()),
        ("moderator", c.SuspendSession()),
        ("moderator", c.ResumeSession()),
        ("moderator", c.CloseSession()),
        ("moderator", c.ReopenSession()),
        ("moderator", c.CloseSession()),
        ("secretary", c.FinaliseSession()),
    ):
        scenario.by(who, command)
        assert scenario.session.undo == ()


def test_nothing_from_before_the_close_is_taken_back() -> None:
    scenario = busy()
    undoing = scenario.undoing()
    scenario.by("moderator", c.CloseSession())
    assert scenario.session.undo == ()
    assert scenario.refusal("moderator", undoing) is Refusal.CANNOT_UNDO


def test_nothing_from_before_a_renumbering_is_taken_back() -> None:
    scenario = busy()
    for _ in range(500):
        last = scenario.session.places(RequestList.SPEAKERS)[-1][1]
        scenario.by("officer", c.MoveRequest(request=last, after=None))
        if isinstance(scenario.recorded[-1].event, e.RequestsRenumbered):
            break
    assert isinstance(scenario.recorded[-1].event, e.RequestsRenumbered)
    assert scenario.session.undo == ()


# Which parts events touch


def test_an_undo_touches_what_the_command_touched() -> None:
    scenario = busy()
    scenario.end()
    undone = e.CommandUndone(command=scenario.newest().command, type="floor.end")
    ended = scenario.session.ended[0]
    touched = (FLOOR, Ref("intervention", ended), Ref("request", "of-ana"), Ref("spoken", "ana"))
    assert touches(scenario.session, undone) == touched
    scenario.undo()
    assert touches(scenario.session, undone) == ()
