"""What the screens are told may be done is what the rules would do."""

import pytest

from companion.core import commands as c
from companion.core.availability import availability
from companion.core.people import Role
from companion.core.procedure import RequestKind, Rule
from companion.core.refusals import Refusal
from tests.core.scenario import Scenario, opened

EVERYTHING = {
    Role.MODERATOR: 48,
    Role.LIST_OFFICER: 18,
    Role.TECHNICAL_MODERATOR: 2,
    Role.RAPPORTEUR: 17,
    Role.SECRETARIAT: 62,
    Role.PANELLIST: 11,
    Role.PARTICIPANT: 11,
    Role.OBSERVER: 0,
    Role.INTERPRETER: 1,
    Role.DISPLAY: 0,
}


def why_not(scenario: Scenario, role: Role = Role.SECRETARIAT) -> dict[str, Refusal]:
    """Return the reasons by the names of the commands."""
    available = availability(scenario.session, role)
    return {command.__name__: reason for command, reason in available.items() if reason is not None}


@pytest.mark.parametrize("role", Role)
def test_roles_are_told_of_the_commands_that_they_may_ever_send(role: Role) -> None:
    assert len(availability(opened().session, role)) == EVERYTHING[role]


def test_before_the_session_it_can_be_started_and_the_list_be_opened() -> None:
    reasons = why_not(Scenario())
    not_open = Refusal.SESSION_NOT_OPEN
    assert reasons == {
        **dict.fromkeys(("BeginSegment", "SuspendSession", "ResumeSession", "CloseSession"), not_open),
        **dict.fromkeys(("ReopenSession", "FinaliseSession", "GiveFloor", "NextSpeaker"), not_open),
        **dict.fromkeys(("PauseFloor", "ResumeFloor", "ExtendFloor", "EndFloor"), Refusal.NOBODY_IS_SPEAKING),
        **dict.fromkeys(("AddNote", "ProposeRecommendation", "OpenPoll"), not_open),
        "ClosePoll": Refusal.POLL_NOT_OPEN,
        "CloseList": Refusal.LIST_CLOSED,
        "Undo": Refusal.CANNOT_UNDO,
    }


def test_while_somebody_speaks_the_clock_is_stopped_or_set_going() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    assert why_not(scenario)["ResumeFloor"] is Refusal.NOT_NOW
    assert not {"PauseFloor", "ExtendFloor", "EndFloor"} & set(why_not(scenario))
    scenario.pause()
    assert why_not(scenario)["PauseFloor"] is Refusal.NOT_NOW
    assert "ResumeFloor" not in why_not(scenario)
    scenario.by("moderator", c.SuspendSession())
    assert why_not(scenario)["ResumeFloor"] is Refusal.SESSION_NOT_OPEN


def test_a_speaker_without_a_limit_gets_no_more_time() -> None:
    scenario = opened()
    scenario.by("officer", c.SetLimit(seconds=None))
    scenario.ask("ana")
    scenario.next()
    assert why_not(scenario)["ExtendFloor"] is Refusal.NOT_NOW


def test_next_is_there_when_somebody_waits_or_was_interrupted() -> None:
    scenario = opened()
    assert why_not(scenario)["NextSpeaker"] is Refusal.NOT_ON_LIST
    scenario.ask("ana")
    assert "NextSpeaker" not in why_not(scenario)
    scenario.next()
    assert why_not(scenario)["NextSpeaker"] is Refusal.NOT_ON_LIST
    scenario.ask("ben", RequestKind.POINT_OF_ORDER)
    scenario.next()
    assert "NextSpeaker" not in why_not(scenario)


def test_participants_ask_while_the_list_is_open_and_staff_until_the_end() -> None:
    scenario = opened()
    assert "RequestFloor" not in why_not(scenario, Role.PARTICIPANT)
    scenario.by("officer", c.CloseList())
    assert why_not(scenario, Role.PARTICIPANT)["RequestFloor"] is Refusal.LIST_CLOSED
    assert "RequestFloor" not in why_not(scenario, Role.LIST_OFFICER)
    scenario.by("moderator", c.CloseSession())
    assert why_not(scenario, Role.LIST_OFFICER)["RequestFloor"] is Refusal.SESSION_NOT_OPEN
    assert why_not(scenario, Role.LIST_OFFICER)["OpenList"] is Refusal.SESSION_NOT_OPEN


def test_an_open_list_is_closed_and_not_opened() -> None:
    reasons = why_not(opened())
    assert reasons["OpenList"] is Refusal.NOT_NOW
    assert "CloseList" not in reasons


def test_a_list_is_put_in_order_until_the_end_unless_the_moderator_places_everybody() -> None:
    ordering = {"SetRule", "ArrangeList", "CarryOver"}
    scenario = opened()
    assert not ordering & set(why_not(scenario, Role.LIST_OFFICER))
    scenario.by("officer", c.SetRule(rule=Rule.MANUAL))
    assert why_not(scenario, Role.LIST_OFFICER)["ArrangeList"] is Refusal.NOT_NOW
    assert not (ordering - {"ArrangeList"}) & set(why_not(scenario, Role.LIST_OFFICER))
    scenario.by("moderator", c.CloseSession())
    reasons = why_not(scenario, Role.LIST_OFFICER)
    assert {name: reasons.get(name) for name in ordering} == dict.fromkeys(ordering, Refusal.SESSION_NOT_OPEN)


def test_the_moderators_place_is_handed_over_and_the_record_corrected_until_it_is_complete() -> None:
    scenario = Scenario()
    for command in (c.StartSession(), c.SuspendSession(), c.CloseSession()):
        assert not {"Preside", "CorrectRecord"} & set(why_not(scenario))
        scenario.by("moderator", command)
    assert not {"Preside", "CorrectRecord"} & set(why_not(scenario))
    scenario.by("secretary", c.FinaliseSession())
    assert {why_not(scenario)[name] for name in ("Preside", "CorrectRecord")} == {Refusal.SESSION_NOT_OPEN}


def test_there_is_something_to_undo_for_those_who_may() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    assert "Undo" not in why_not(scenario, Role.MODERATOR)
    assert "Undo" not in why_not(scenario, Role.LIST_OFFICER)
    assert why_not(scenario, Role.TECHNICAL_MODERATOR)["Undo"] is Refusal.CANNOT_UNDO


def test_a_rapporteur_writes_from_the_beginning_on_and_prepares_before() -> None:
    scenario = Scenario()
    assert why_not(scenario, Role.RAPPORTEUR) == {
        "AddNote": Refusal.SESSION_NOT_OPEN,
        "ProposeRecommendation": Refusal.SESSION_NOT_OPEN,
        "Undo": Refusal.CANNOT_UNDO,
    }
    scenario.by("moderator", c.StartSession())
    assert why_not(scenario, Role.RAPPORTEUR) == {"Undo": Refusal.CANNOT_UNDO}
    scenario.by("rapporteur", c.ReleaseNote(note=scenario.note(), released=True))
    assert why_not(scenario, Role.RAPPORTEUR) == {}
    scenario.by("moderator", c.CloseSession())
    assert why_not(scenario, Role.RAPPORTEUR) == {"Undo": Refusal.CANNOT_UNDO}
    scenario.by("secretary", c.FinaliseSession())
    assert set(why_not(scenario, Role.RAPPORTEUR).values()) == {Refusal.SESSION_NOT_OPEN}


@pytest.mark.parametrize("role", [Role.PANELLIST, Role.PARTICIPANT])
def test_one_answers_while_a_poll_is_open(role: Role) -> None:
    scenario = opened()
    assert why_not(scenario, role)["AnswerPoll"] is Refusal.POLL_NOT_OPEN
    poll, other = scenario.poll(), scenario.poll()
    assert "AnswerPoll" not in why_not(scenario, role)
    scenario.close(poll)
    assert "AnswerPoll" not in why_not(scenario, role)
    assert "ClosePoll" not in why_not(scenario)
    scenario.close(other)
    assert why_not(scenario, role)["AnswerPoll"] is Refusal.POLL_NOT_OPEN
    assert why_not(scenario)["ClosePoll"] is Refusal.POLL_NOT_OPEN


def test_polls_are_opened_while_the_session_is_on() -> None:
    scenario = opened()
    assert "OpenPoll" not in why_not(scenario)
    scenario.by("moderator", c.SuspendSession())
    assert "OpenPoll" not in why_not(scenario)
    scenario.by("moderator", c.CloseSession())
    assert why_not(scenario)["OpenPoll"] is Refusal.SESSION_NOT_OPEN


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.PANELLIST])
def test_participants_propose_amend_and_take_positions_while_the_session_lets_them(role: Role) -> None:
    proposing = {"ProposeRecommendation", "AmendRecommendation"}
    scenario = opened()
    for name in (*proposing, "TakePosition"):
        assert why_not(scenario, role)[name] is Refusal.NOT_ALLOWED
    scenario.by("secretary", c.ChangeSettings(participants_may_propose=True))
    assert {*proposing, "TakePosition"} & set(why_not(scenario, role)) == {"TakePosition"}
    scenario.by("secretary", c.ChangeSettings(participants_may_take_positions=True))
    assert not {*proposing, "TakePosition"} & set(why_not(scenario, role))
    scenario.by("moderator", c.SuspendSession())
    assert not {*proposing, "TakePosition"} & set(why_not(scenario, role))
    scenario.by("moderator", c.CloseSession())
    for name in (*proposing, "TakePosition"):
        assert why_not(scenario, role)[name] is Refusal.SESSION_NOT_OPEN
        assert name not in why_not(scenario, Role.RAPPORTEUR)
