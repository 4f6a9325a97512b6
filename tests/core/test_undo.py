"""What is taken back, what stays, and what cannot be taken back any more."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from rpds import HashTrieMap

from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core import undo
from companion.core.ids import SYSTEM, UNSET
from companion.core.people import Attendance, Spoken
from companion.core.procedure import (
    AlarmAction,
    AttributionMode,
    NoteKind,
    PositionKind,
    RecommendationStatus,
    RequestKind,
    RequestList,
    RequestStatus,
    RoomAnswers,
    Rule,
    Ruling,
    Showing,
    WaitingAtSegment,
    WhenAbsent,
)
from companion.core.proceedings import Floor, Limit
from companion.core.recommendations import standing_positions
from companion.core.refusals import Refusal
from companion.core.state import FLOOR, Ref, Session
from companion.core.touched import touches
from tests.core.scenario import PROGRAMME, Scenario, Tap, opened, poll_of, remote, requested, with_panel

ORDER = RequestKind.POINT_OF_ORDER
PRESET = c.FoundPreset(
    limits=c.SettingLimits(default_seconds=120, groups={"states": 150}),
    rule=Rule.ROUND_ROBIN_GROUP,
    when_absent=WhenAbsent.LOST,
    one_request_each=False,
    alarms=(c.SettingAlarm(action=AlarmAction.CLOSE_LIST, after_seconds=900),),
)


def busy() -> Scenario:
    """Ana speaks, Ben and Cleo wait, Dan is held, Pia is inscribed for the replies."""
    scenario = opened()
    for who in ("ana", "ben", "cleo", "dan"):
        scenario.by(who, c.RequestFloor(kind=RequestKind.STATEMENT, request=f"of-{who}"))
    scenario.by("officer", c.HoldRequest(request="of-dan"))
    scenario.enter("pia", RequestKind.PANELLIST_REPLY, segment="replies")
    scenario.next()
    return scenario.later(30)


def paused() -> Scenario:
    scenario = busy()
    scenario.pause()
    return scenario.later(5)


def order_heard() -> Scenario:
    """Ben's point of order interrupts Ana."""
    scenario = busy()
    scenario.by("ben", c.RequestFloor(kind=ORDER, request="order-of-ben"))
    scenario.next()
    return scenario.later(5)


def noted() -> Scenario:
    """Three notes on what Ana says, and a recommendation."""
    scenario = busy()
    for note in ("note-one", "note-two", "note-three"):
        scenario.note(note=note, intervention=scenario.speaking.id)
    scenario.propose(recommendation="the-recommendation")
    amend = c.AmendRecommendation(recommendation="the-recommendation", text="Should soon", amendment="the-amendment")
    scenario.by("rapporteur", amend)
    scenario.by("rapporteur", position(PositionKind.RESERVES, "On paragraph 2"))
    return scenario.later(5)


def rapporteur(command: c.Command) -> Tap:
    return lambda scenario: scenario.by("rapporteur", command)


def set_status(status: RecommendationStatus, expect: int = 1) -> c.SetRecommendationStatus:
    return c.SetRecommendationStatus(recommendation="the-recommendation", status=status, expect=expect)


def position(kind: PositionKind, text: str | None = None) -> c.TakePosition:
    """Return what the rapporteur writes down of where Ben stands."""
    return c.TakePosition(recommendation="the-recommendation", position=kind, text=text, person="ben")


def rule(scenario: Scenario, ruling: Ruling = Ruling.NOTED) -> None:
    scenario.by("moderator", c.RuleOnOrder(request="order-of-ben", ruling=ruling))


def show(scenario: Scenario, what: Showing = Showing.JOIN) -> None:
    scenario.by("moderator", c.ShowOnDisplay(what=what))


def officer(command: c.Command) -> Tap:
    return lambda scenario: scenario.by("officer", command)


def cannot_undo(scenario: Scenario, which: int = 0) -> None:
    assert scenario.refusal("moderator", scenario.undoing(which)) is Refusal.CANNOT_UNDO


def out_of_order() -> Scenario:
    """Return a session in which somebody was put before those who came first."""
    scenario = busy()
    scenario.by("officer", c.MoveRequest(request="of-cleo", after=None))
    return scenario


def with_a_guest() -> Scenario:
    """Return a session in which a guest waits who is on no list of people."""
    scenario = busy()
    scenario.by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, guest=c.Guest(name="Somebody")))
    return scenario


def guest(scenario: Scenario) -> str:
    return next(each.id for each in scenario.session.people.values() if each.guest)


def what_is_true(session: Session) -> Session:
    """Return the session without its history, and without the difference between nothing and none yet."""
    waiting = HashTrieMap({which: session.places(which) for which in RequestList})
    spoken = HashTrieMap({person: session.spoken.get(person, Spoken()) for person in session.people})
    ranked = HashTrieMap({which: session.ranked.get(which, ()) for which in RequestList})
    reckoning = replace(session.reckoning, as_of=None)
    settings = replace(session.settings, alarms_since=None)
    same = replace(session, seq=0, at=None, undo=(), settings=settings, reckoning=reckoning)
    return replace(same, waiting=waiting, ranked=ranked, spoken=spoken)


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


# Undoing Next


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


# What depends on it


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
