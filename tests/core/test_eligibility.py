"""Who may answer a poll, for whom, and why others may not: all of it fixed at the opening."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.eligibility import NotEligible, why_not
from companion.core.ids import SYSTEM
from companion.core.people import Attendance, Person, Role
from companion.core.refusals import Refusal, Refused
from tests.core.polled import ANSWERING, BY_DELEGATION, BY_HANDS, asked, room, vote
from tests.core.scenario import Scenario, poll_of, remote


def test_panellists_and_participants_may_answer_and_nobody_else() -> None:
    scenario, poll = asked()
    assert sorted(scenario.poll_of(poll).eligible) == sorted(ANSWERING)
    assert scenario.poll_of(poll).voters == len(ANSWERING)
    for who in ("moderator", "rapporteur", "secretary", "observer", "interpreter", "display", "officer", "technician"):
        assert scenario.refusal(who, vote(poll)) is Refusal.NOT_ALLOWED


def test_only_those_named_may_answer() -> None:
    scenario, poll = asked(eligible=("ana", "cleo", "ana"))
    assert sorted(scenario.poll_of(poll).eligible) == ["ana", "cleo"]
    assert scenario.poll_of(poll).voters == 2
    assert scenario.refusal("ben", vote(poll)) is Refusal.NOT_ELIGIBLE
    unknown = poll_of(c.OpenPoll, eligible=("ana", "nobody"))
    assert scenario.refusal("moderator", unknown) is Refusal.NOT_FOUND


def test_whoever_may_never_answer_is_not_counted_although_named() -> None:
    scenario, poll = asked(eligible=("ana", "moderator", "observer", "rapporteur"))
    assert list(scenario.poll_of(poll).eligible) == ["ana"]


def test_who_comes_late_does_not_answer_what_was_asked_before() -> None:
    scenario, poll = asked(**BY_DELEGATION)
    scenario.by(SYSTEM, c.EnterPerson(person=Person(id="late", name="Late", delegation="ngo")))
    assert scenario.refusal("late", vote(poll)) is Refusal.NOT_ELIGIBLE
    again = scenario.poll(**BY_DELEGATION)
    scenario.answer("late", again, "support")
    assert scenario.tally(again) == {"support": 1}


def test_who_answers_for_whom_stands_from_the_opening_on() -> None:
    scenario, poll = asked(**BY_DELEGATION)
    ben = scenario.session.people["ben"]
    scenario.by(SYSTEM, c.EnterPerson(person=replace(ben, delegation="ngo", organisation="An NGO")))
    scenario.answer("ana", poll, "support")
    scenario.answer("ben", poll, "abstain")
    assert scenario.tally(poll) == {"abstain": 1}
    scenario.answer("cleo", poll, "abstain")
    assert scenario.tally(poll) == {"abstain": 2}


def test_who_became_an_observer_answers_no_more() -> None:
    scenario, poll = asked()
    ana = scenario.session.people["ana"]
    scenario.by(SYSTEM, c.EnterPerson(person=replace(ana, role=Role.OBSERVER)))
    assert scenario.refusal("ana", vote(poll)) is Refusal.NOT_ALLOWED


def test_those_without_a_delegation_do_not_answer_for_one() -> None:
    scenario, poll = asked(**BY_DELEGATION)
    assert dict(scenario.poll_of(poll).members) == {
        "state-a": ("ana", "ben"),
        "ngo": ("cleo",),
        "university": ("pia",),
    }
    assert scenario.poll_of(poll).voters == 3
    assert scenario.refusal("dan", vote(poll)) is Refusal.NOT_ELIGIBLE


def test_whose_hands_are_counted_in_the_room_does_not_answer_by_the_app() -> None:
    scenario = room()
    scenario.by("technician", remote("ana"))
    scenario.by("technician", remote("paul"))
    poll = scenario.poll(**BY_HANDS)
    assert sorted(scenario.poll_of(poll).eligible) == ["ana", "paul"]
    scenario.by("technician", c.MarkAttendance(person="ana", attendance=Attendance.IN_ROOM))
    scenario.by("technician", remote("ben"))
    scenario.answer("ana", poll, "support")
    assert scenario.refusal("ben", vote(poll)) is Refusal.NOT_ELIGIBLE
    named = scenario.poll(**BY_HANDS, eligible=("ben", "cleo"))
    assert list(scenario.poll_of(named).eligible) == ["ben"]


def test_a_delegation_has_one_answer_the_last_one_given_by_any_of_its_members() -> None:
    scenario, poll = asked(**BY_DELEGATION)
    (first,) = scenario.answer("ana", poll, "support")
    assert first == e.PollAnswered(poll=poll, voter="state-a", person="ana", option="support", reason=None)
    scenario.answer("ben", poll, "cannot_support")
    assert scenario.tally(poll) == {"cannot_support": 1}
    assert scenario.poll_of(poll).answers["state-a"].person == "ben"
    assert len(scenario.poll_of(poll).answers) == 1


# Why not


def reason(scenario: Scenario, who: str, poll: str) -> NotEligible | None:
    """Return why somebody may not answer, as they are told and as a refusal says."""
    told = why_not(scenario.session, scenario.poll_of(poll), who)
    if told is not None and scenario.session.people[who].role in {Role.PANELLIST, Role.PARTICIPANT}:
        with pytest.raises(Refused) as refused:
            scenario.by(who, vote(poll))
        assert (refused.value.reason, refused.value.because) == (Refusal.NOT_ELIGIBLE, told)
    return told


def change(scenario: Scenario, who: str, **said: object) -> None:
    """Put somebody right, as the secretariat does."""
    person = replace(scenario.session.people[who], **said)  # type: ignore[arg-type]  # fields of a person
    scenario.by(SYSTEM, c.EnterPerson(person=person))


def test_whoever_may_answer_has_no_reason_not_to() -> None:
    scenario, poll = asked()
    assert {reason(scenario, who, poll) for who in ANSWERING} == {None}


@pytest.mark.parametrize("who", ["moderator", "rapporteur", "observer", "interpreter", "display", "technician"])
def test_a_role_may_be_one_that_does_not_answer(who: str) -> None:
    scenario, poll = asked()
    assert reason(scenario, who, poll) is NotEligible.ROLE


def test_nobody_whom_the_session_does_not_know_answers() -> None:
    scenario, poll = asked()
    assert why_not(scenario.session, scenario.poll_of(poll), "nobody") is NotEligible.ROLE


def test_whoever_comes_after_the_opening_came_too_late() -> None:
    scenario, poll = asked(**BY_DELEGATION, **BY_HANDS)
    scenario.by(SYSTEM, c.EnterPerson(person=Person(id="late", name="Late")))
    assert reason(scenario, "late", poll) is NotEligible.CAME_LATER


def test_whoever_was_an_observer_at_the_opening_came_too_late_to_those_who_answer() -> None:
    scenario, poll = asked()
    change(scenario, "observer", role=Role.PARTICIPANT)
    assert reason(scenario, "observer", poll) is NotEligible.CAME_LATER


def test_whoever_was_in_the_room_at_the_opening_raises_a_hand_wherever_they_are_now() -> None:
    scenario, poll = asked(**BY_HANDS)
    scenario.by("technician", remote("ana"))
    assert reason(scenario, "ana", poll) is NotEligible.IN_ROOM


def test_whoever_had_no_delegation_at_the_opening_answers_for_none_since() -> None:
    scenario, poll = asked(**BY_DELEGATION)
    change(scenario, "dan", delegation="state-d", organisation="State D")
    assert reason(scenario, "dan", poll) is NotEligible.NO_DELEGATION
    assert reason(scenario, "paul", poll) is NotEligible.NO_DELEGATION


def test_whoever_was_not_named_is_not_asked() -> None:
    scenario, poll = asked(eligible=("ana",))
    assert reason(scenario, "ben", poll) is NotEligible.NOT_NAMED
    assert reason(scenario, "ana", poll) is None


def test_whoever_is_corrected_later_still_answers_for_what_they_were() -> None:
    scenario, poll = asked(**BY_DELEGATION)
    change(scenario, "ben", delegation="ngo", organisation="An NGO", attendance=Attendance.REMOTE)
    assert reason(scenario, "ben", poll) is None
    (answered,) = scenario.answer("ben", poll, "abstain")
    assert isinstance(answered, e.PollAnswered)
    assert answered.voter == "state-a"
    assert scenario.poll_of(poll).known["ben"].delegation == "state-a"
