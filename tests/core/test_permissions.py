"""Who may do what: every command and every role, from the tables of the protocol."""

from collections.abc import Callable, Mapping
from typing import Final, get_args

import pytest

from companion.core import commands as c
from companion.core import permissions, undo
from companion.core import session as rules
from companion.core.edits import Edit
from companion.core.people import Actor, Attendance, Role
from companion.core.procedure import (
    BoothSignalKind,
    NoteKind,
    PositionKind,
    RecommendationStatus,
    RequestKind,
    Rule,
    Ruling,
    Showing,
)
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session
from tests.core.scenario import BEGINNING, PEOPLE, PROGRAMME, SYSTEM_ACTOR, opened, poll_of

M, L, T, R, S = Role.MODERATOR, Role.LIST_OFFICER, Role.TECHNICAL_MODERATOR, Role.RAPPORTEUR, Role.SECRETARIAT
P = {Role.PANELLIST, Role.PARTICIPANT}

# Wire name: the command, who may send it, and who may for themselves only. docs/PROTOCOL.md, "Commands".
TABLE: Final[Mapping[str, tuple[type[c.Command], set[Role], set[Role]]]] = {
    "session.start": (c.StartSession, {M, S}, set()),
    "session.segment": (c.BeginSegment, {M, S}, set()),
    "session.suspend": (c.SuspendSession, {M, S}, set()),
    "session.resume": (c.ResumeSession, {M, S}, set()),
    "session.close": (c.CloseSession, {M, S}, set()),
    "session.reopen": (c.ReopenSession, {M, S}, set()),
    "session.finalise": (c.FinaliseSession, {S}, set()),
    "session.settings": (c.ChangeSettings, {S}, set()),
    "session.preside": (c.Preside, {M, S}, set()),
    "session.correct": (c.CorrectRecord, {S}, set()),
    "session.undo": (c.Undo, {M, L, T, R, S}, set()),
    "person.correct": (c.CorrectPerson, {S}, set()),
    "person.link": (c.LinkPerson, {S}, set()),
    "person.role": (c.ChangeRole, {S}, set()),
    "attendance.mark": (c.MarkAttendance, {T, S}, set()),
    "list.open": (c.OpenList, {M, L, S}, set()),
    "list.close": (c.CloseList, {M, L, S}, set()),
    "list.rule": (c.SetRule, {M, L, S}, set()),
    "list.arrange": (c.ArrangeList, {M, L, S}, set()),
    "list.limit": (c.SetLimit, {M, L, S}, set()),
    "list.share_time": (c.ShareTime, {M, L, S}, set()),
    "list.carry_over": (c.CarryOver, {M, L, S}, set()),
    "floor.request": (c.RequestFloor, {M, L, S}, P),
    "floor.change": (c.ChangeRequest, {M, L, S}, P),
    "floor.withdraw": (c.WithdrawRequest, {M, L, S}, P),
    "floor.ready": (c.MarkReady, {M, L, S}, P),
    "floor.move": (c.MoveRequest, {M, L, S}, P),
    "floor.exchange": (c.ExchangePlaces, {M, L, S}, P),
    "floor.hold": (c.HoldRequest, {M, L, S}, set()),
    "floor.release": (c.ReleaseRequest, {M, L, S}, set()),
    "floor.absent": (c.MarkAbsent, {M, L, S}, set()),
    "floor.written": (c.HandInStatement, {M, L, S}, P),
    "floor.give": (c.GiveFloor, {M, S}, set()),
    "floor.next": (c.NextSpeaker, {M, S}, set()),
    "floor.pause": (c.PauseFloor, {M, S}, set()),
    "floor.resume": (c.ResumeFloor, {M, S}, set()),
    "floor.extend": (c.ExtendFloor, {M, S}, set()),
    "floor.end": (c.EndFloor, {M, S}, set()),
    "floor.rule": (c.RuleOnOrder, {M, S}, set()),
    "note.add": (c.AddNote, {R, S}, set()),
    "note.write": (c.WriteNote, {R, S}, set()),
    "note.text": (c.TypeNote, {R, S}, set()),
    "note.mark": (c.MarkNote, {R, S}, set()),
    "note.move": (c.MoveNote, {R, S}, set()),
    "note.remove": (c.RemoveNote, {R, S}, set()),
    "note.release": (c.ReleaseNote, {R, S}, set()),
    "recommendation.propose": (
        c.ProposeRecommendation,
        {M, R, S} | P,
        set(),
    ),  # P where the session allows it, in their own name.
    "recommendation.amend": (c.AmendRecommendation, {M, R, S} | P, set()),
    "recommendation.set_aside": (c.SetAsideAmendment, {M, R, S}, set()),
    "recommendation.position": (c.TakePosition, {M, R, S}, P),
    "recommendation.revise": (c.ReviseRecommendation, {M, R, S}, set()),
    "recommendation.status": (c.SetRecommendationStatus, {M, R, S}, set()),
    "recommendation.bring": (c.BringRecommendation, {M, R, S}, set()),
    "poll.draft": (c.DraftPoll, {M, R, S}, set()),
    "poll.open": (c.OpenPoll, {M, S}, set()),
    "poll.vote": (c.AnswerPoll, P, set()),  # Nobody answers for anyone else: about whom is not said.
    "poll.room_tally": (c.CountRoom, {M, S}, set()),
    "poll.close": (c.ClosePoll, {M, S}, set()),
    "poll.publish": (c.PublishPoll, {M, S}, set()),
    "poll.outcome": (c.SetOutcome, {M, R, S}, set()),
    "poll.again": (c.AskAgain, {M, S}, set()),
    "display.show": (c.ShowOnDisplay, {M, S}, set()),
    "announce": (c.Announce, {M, S}, set()),
    "booth.signal": (c.SignalFromBooth, {Role.INTERPRETER}, set()),
}
SYSTEM_ONLY: Final = (c.PrepareSession, c.EnterPerson)

# One of each, about a person; those that are about nobody look the same for all.
ONE: Final[Mapping[type[c.Command], Callable[[str], c.Command]]] = {
    c.PrepareSession: lambda _: PROGRAMME,
    c.EnterPerson: lambda _: c.EnterPerson(person=PEOPLE[0]),
    c.StartSession: lambda _: c.StartSession(),
    c.BeginSegment: lambda _: c.BeginSegment(segment="replies"),
    c.SuspendSession: lambda _: c.SuspendSession(),
    c.ResumeSession: lambda _: c.ResumeSession(),
    c.CloseSession: lambda _: c.CloseSession(),
    c.ReopenSession: lambda _: c.ReopenSession(),
    c.FinaliseSession: lambda _: c.FinaliseSession(),
    c.ChangeSettings: lambda _: c.ChangeSettings(warning_seconds=10),
    c.Preside: lambda _: c.Preside(person="alternate"),
    c.CorrectRecord: lambda _: c.CorrectRecord(seq=1, text="The room was XXI."),
    c.Undo: lambda _: c.Undo(command="0"),
    c.CorrectPerson: lambda who: c.CorrectPerson(person=who, region="Europe"),
    c.LinkPerson: lambda who: c.LinkPerson(source="a-guest", person=who),
    c.ChangeRole: lambda who: c.ChangeRole(person=who, role=Role.OBSERVER),
    c.MarkAttendance: lambda who: c.MarkAttendance(person=who, attendance=Attendance.REMOTE),
    c.OpenList: lambda _: c.OpenList(),
    c.CloseList: lambda _: c.CloseList(),
    c.SetRule: lambda _: c.SetRule(rule=Rule.JOINT_FIRST),
    c.ArrangeList: lambda _: c.ArrangeList(),
    c.SetLimit: lambda who: c.SetLimit(seconds=60, person=who),
    c.ShareTime: lambda _: c.ShareTime(),
    c.CarryOver: lambda _: c.CarryOver(source="panel-0"),
    c.RequestFloor: lambda who: c.RequestFloor(kind=RequestKind.RIGHT_OF_REPLY, person=who),
    c.ChangeRequest: lambda who: c.ChangeRequest(request=f"of-{who}", topic="Remedies"),
    c.WithdrawRequest: lambda who: c.WithdrawRequest(request=f"of-{who}"),
    c.MarkReady: lambda who: c.MarkReady(request=f"of-{who}", ready=True),
    c.MoveRequest: lambda who: c.MoveRequest(request=f"of-{who}"),
    c.ExchangePlaces: lambda who: c.ExchangePlaces(request=f"of-{who}", partner="of-cleo"),
    c.HoldRequest: lambda who: c.HoldRequest(request=f"of-{who}"),
    c.ReleaseRequest: lambda who: c.ReleaseRequest(request=f"of-{who}"),
    c.MarkAbsent: lambda who: c.MarkAbsent(request=f"of-{who}"),
    c.HandInStatement: lambda who: c.HandInStatement(request=f"of-{who}", text="In writing"),
    c.GiveFloor: lambda who: c.GiveFloor(request=f"of-{who}", expect=None),
    c.NextSpeaker: lambda _: c.NextSpeaker(expect=None),
    c.PauseFloor: lambda _: c.PauseFloor(expect=None),
    c.ResumeFloor: lambda _: c.ResumeFloor(expect=None),
    c.ExtendFloor: lambda _: c.ExtendFloor(seconds=30, expect=None),
    c.EndFloor: lambda _: c.EndFloor(expect=None),
    c.RuleOnOrder: lambda who: c.RuleOnOrder(request=f"of-{who}", ruling=Ruling.NOTED),
    c.AddNote: lambda _: c.AddNote(kind=NoteKind.GAP),
    c.WriteNote: lambda _: c.WriteNote(note="the-note", text="Another", expect=1),
    c.TypeNote: lambda _: c.TypeNote(
        note="the-note", update="AAA=", client=7, clock=1, edit=Edit(at=0, gone=0, came="x")
    ),
    c.MarkNote: lambda _: c.MarkNote(note="the-note", kind=NoteKind.TREND),
    c.MoveNote: lambda _: c.MoveNote(note="the-note"),
    c.RemoveNote: lambda _: c.RemoveNote(note="the-note"),
    c.ReleaseNote: lambda _: c.ReleaseNote(note="the-note", released=True),
    c.ProposeRecommendation: lambda _: c.ProposeRecommendation(text="Should agree"),
    c.ReviseRecommendation: lambda _: c.ReviseRecommendation(
        recommendation="the-recommendation", text="Should soon", expect=1
    ),
    c.AmendRecommendation: lambda _: c.AmendRecommendation(recommendation="the-recommendation", text="Should soon"),
    c.SetAsideAmendment: lambda _: c.SetAsideAmendment(recommendation="the-recommendation", amendment="none"),
    c.TakePosition: lambda who: c.TakePosition(
        recommendation="the-recommendation", position=PositionKind.RESERVES, person=who
    ),
    c.SetRecommendationStatus: lambda _: c.SetRecommendationStatus(
        recommendation="the-recommendation", status=RecommendationStatus.BROAD_SUPPORT, expect=1
    ),
    c.BringRecommendation: lambda _: c.BringRecommendation(source=c.Source(session="x", recommendation="x", version=1)),
    c.DraftPoll: lambda _: poll_of(c.DraftPoll),
    c.OpenPoll: lambda _: poll_of(c.OpenPoll),
    c.AnswerPoll: lambda _: c.AnswerPoll(poll="poll-that-is-open", option="support"),
    c.CountRoom: lambda _: c.CountRoom(poll="poll-that-is-open", counts={}, present=0),
    c.ClosePoll: lambda _: c.ClosePoll(poll="poll-that-is-open", expect="poll-that-is-open"),
    c.PublishPoll: lambda _: c.PublishPoll(poll="poll-that-is-open", expect="poll-that-is-open"),
    c.AskAgain: lambda _: c.AskAgain(poll="poll-that-is-open"),
    c.SetOutcome: lambda _: c.SetOutcome(poll="poll-that-is-open", text="Support"),
    c.ShowOnDisplay: lambda _: c.ShowOnDisplay(what=Showing.JOIN),
    c.Announce: lambda _: c.Announce(text="Lunch"),
    c.SignalFromBooth: lambda _: c.SignalFromBooth(kind=BoothSignalKind.SLOWER),
}


@pytest.fixture(scope="module")
def room() -> Session:
    """Everybody of every role waits; nobody speaks; there is a note, a recommendation and an open poll.

    The session allows participants what it may allow them.
    """
    scenario = opened()
    scenario.by("secretary", c.ChangeSettings(participants_may_propose=True, participants_may_take_positions=True))
    scenario.note(note="the-note")
    scenario.propose(recommendation="the-recommendation")
    scenario.poll(poll="poll-that-is-open")
    for each in PEOPLE:
        command = c.RequestFloor(kind=RequestKind.STATEMENT, person=each.id, request=f"of-{each.id}")
        scenario.by("secretary", command)
    return scenario.session


def allowed(session: Session, command: c.Command, by: Actor) -> bool:
    """Say whether the answer is anything but `not_allowed`."""
    try:
        rules.decide(session, command, by=by, at=BEGINNING)
    except Refused as refused:
        return refused.reason is not Refusal.NOT_ALLOWED
    return True


def someone(role: Role) -> Actor:
    return Actor(person=next(each.id for each in PEOPLE if each.role is role), role=role)


def test_the_table_names_every_command() -> None:
    commands = {command for command, _, _ in TABLE.values()}
    assert commands | set(SYSTEM_ONLY) == set(get_args(c.Command))
    assert commands == set(permissions.ANYONE)


@pytest.mark.parametrize("type_", TABLE)
def test_every_role_may_send_what_the_table_says(room: Session, type_: str) -> None:
    command, anyone, themselves = TABLE[type_]
    make = ONE[command]
    actors = [someone(role) for role in Role]
    assert {by.role for by in actors if allowed(room, make("dan"), by)} == anyone
    assert {by.role for by in actors if allowed(room, make(by.person), by)} == anyone | themselves


@pytest.mark.parametrize("command", SYSTEM_ONLY)
def test_only_the_system_prepares_a_session_and_lets_people_in(room: Session, command: type[c.Command]) -> None:
    assert not any(allowed(room, ONE[command]("dan"), someone(role)) for role in Role)
    assert allowed(room, ONE[command]("dan"), SYSTEM_ACTOR)


def test_the_system_may_send_and_undo_everything(room: Session) -> None:
    assert all(allowed(room, make("dan"), SYSTEM_ACTOR) for make in ONE.values())
    assert all(permissions.may_undo(None, type_) for type_ in TABLE)


@pytest.mark.parametrize("type_", sorted({*undo.COMMAND_OF.values(), "attendance.mark", "list.carry_over"}))
def test_whoever_may_send_a_command_may_take_it_back(type_: str) -> None:
    assert {role for role in Role if permissions.may_undo(role, type_)} == TABLE[type_][1]


def test_only_whoever_gives_the_floor_says_that_whom_it_was_given_is_absent() -> None:
    scenario = opened()
    ana = scenario.ask("ana")
    scenario.next()
    assert scenario.refusal("officer", c.MarkAbsent(request=ana)) is Refusal.NOT_ALLOWED
    scenario.by("alternate", c.MarkAbsent(request=ana))
    assert scenario.session.speaking is None
    scenario.by("officer", c.MarkAbsent(request=ana))
    assert scenario.waiting() == []


def test_whoever_may_undo_may_not_undo_everything() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    for who in ("officer", "technician"):
        assert scenario.refusal(who, scenario.undoing()) is Refusal.NOT_ALLOWED
    scenario.undo("alternate")
    assert scenario.refusal("technician", scenario.undoing()) is Refusal.NOT_ALLOWED
    scenario.undo("officer")
    assert scenario.session.undo == ()
