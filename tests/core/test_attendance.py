"""Who is known to the session, and where they take part."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import SYSTEM
from companion.core.people import Attendance, Role
from companion.core.procedure import RequestKind
from companion.core.refusals import Refusal
from tests.core.scenario import Scenario, opened, person, remote

EVA = person("eva", Role.PARTICIPANT)


def test_whoever_arrives_is_known() -> None:
    scenario = opened()
    assert scenario.by(SYSTEM, c.EnterPerson(person=EVA)) == [e.PersonEntered(person=EVA)]
    scenario.ask("eva")
    assert scenario.waiting() == ["eva"]


def test_whoever_arrives_again_is_known_already_or_as_they_are_now() -> None:
    scenario = opened()
    scenario.by(SYSTEM, c.EnterPerson(person=EVA))
    assert scenario.by(SYSTEM, c.EnterPerson(person=EVA)) == []
    moderates = replace(EVA, role=Role.MODERATOR)
    assert scenario.by(SYSTEM, c.EnterPerson(person=moderates)) == [e.PersonCorrected(person=moderates)]
    assert scenario.actor("eva").role is Role.MODERATOR


def test_the_technician_says_who_takes_part_remotely() -> None:
    scenario = opened()
    [corrected] = scenario.by("technician", remote("ana"))
    assert corrected == e.PersonCorrected(person=replace(scenario.session.people["ana"], attendance=Attendance.REMOTE))
    assert scenario.session.people["ana"].attendance is Attendance.REMOTE
    assert scenario.by("technician", remote("ana")) == []


def test_the_technician_says_who_is_there() -> None:
    scenario = opened()
    scenario.by("technician", c.MarkAttendance(person="ana", present=False))
    ana = scenario.session.people["ana"]
    assert (ana.present, ana.attendance) == (False, Attendance.IN_ROOM)
    scenario.by("technician", c.MarkAttendance(person="ana", present=True, attendance=Attendance.REMOTE))
    ana = scenario.session.people["ana"]
    assert (ana.present, ana.attendance) == (True, Attendance.REMOTE)


def test_a_person_has_the_role_that_the_secretariat_says() -> None:
    scenario = opened()
    scenario.by("secretary", c.ChangeRole(person="ana", role=Role.MODERATOR))
    assert scenario.session.people["ana"].role is Role.MODERATOR
    assert scenario.by("secretary", c.ChangeRole(person="ana", role=Role.MODERATOR)) == []


def test_a_correction_changes_what_it_names_and_nothing_else() -> None:
    scenario = opened()
    before = scenario.session.people["ana"]
    scenario.by(
        "secretary",
        c.CorrectPerson(person="ana", name="Aña", group="civil_society", language=None, accessibility_needs=("loop",)),
    )
    assert scenario.session.people["ana"] == replace(
        before, name="Aña", group="civil_society", language=None, accessibility_needs=("loop",)
    )


def test_a_person_may_belong_to_no_group() -> None:
    scenario = opened()
    scenario.by("secretary", c.CorrectPerson(person="ana", group=None))
    assert scenario.session.people["ana"].group is None


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (c.CorrectPerson(person="nobody", name="Nobody"), Refusal.NOT_FOUND),
        (c.MarkAttendance(person="nobody", attendance=Attendance.REMOTE), Refusal.NOT_FOUND),
        (c.MarkAttendance(person="ana"), Refusal.BAD_MESSAGE),
        (c.ChangeRole(person="nobody", role=Role.MODERATOR), Refusal.NOT_FOUND),
        (c.CorrectPerson(person="ana", name=""), Refusal.BAD_MESSAGE),
        (c.CorrectPerson(person="ana", group="nowhere"), Refusal.NOT_FOUND),
    ],
)
def test_people_have_a_name_a_group_that_there_is_and_are_known(command: c.Command, refusal: Refusal) -> None:
    assert Scenario().refusal("secretary", command) is refusal


def recognised() -> Scenario:
    """Return a session in which Eva, who came as a guest, turned out to be Ana."""
    scenario = opened()
    scenario.by(SYSTEM, c.EnterPerson(person=replace(EVA, guest=True)))
    scenario.by("secretary", c.LinkPerson(source="eva", person="ana"))
    return scenario


def test_whoever_was_recognised_asks_as_the_person_they_are() -> None:
    scenario = recognised()
    request = scenario.ask("eva")
    assert scenario.waiting() == ["ana"]
    assert scenario.refusal("ana", c.RequestFloor(kind=RequestKind.STATEMENT)) is Refusal.ALREADY_ON_LIST
    scenario.by("eva", c.MarkReady(request=request, ready=True))
    scenario.by("ana", c.WithdrawRequest(request=request))
    assert scenario.waiting() == []
    scenario.by("eva", c.RequestFloor(kind=RequestKind.QUESTION, person="eva"))
    assert scenario.waiting() == ["ana"]


def test_whoever_is_entered_under_the_name_of_a_guest_is_the_person_that_the_guest_was() -> None:
    scenario = recognised()
    scenario.enter("eva")
    assert scenario.waiting() == ["ana"]


def test_whoever_was_recognised_answers_once() -> None:
    scenario = recognised()
    poll = scenario.poll()
    assert "eva" not in scenario.poll_of(poll).eligible
    scenario.answer("eva", poll, "support")
    scenario.answer("ana", poll, "abstain")
    assert scenario.tally(poll) == {"abstain": 1}
    named = scenario.poll(eligible=("eva", "ana", "ben"))
    assert set(scenario.poll_of(named).eligible) == {"ana", "ben"}


def test_a_guest_is_recognised_once_and_as_somebody_of_the_list() -> None:
    scenario = recognised()
    scenario.by(SYSTEM, c.EnterPerson(person=replace(EVA, id="another", guest=True)))
    for source, who, refusal in (
        ("eva", "ben", Refusal.NOT_FOUND),
        ("ben", "ana", Refusal.NOT_FOUND),
        ("nobody", "ana", Refusal.NOT_FOUND),
        ("another", "nobody", Refusal.NOT_FOUND),
        ("another", "eva", Refusal.BAD_MESSAGE),
        ("another", "another", Refusal.BAD_MESSAGE),
    ):
        assert scenario.refusal("secretary", c.LinkPerson(source=source, person=who)) is refusal


def test_two_who_both_wait_do_not_become_one() -> None:
    scenario = opened()
    scenario.by(SYSTEM, c.EnterPerson(person=replace(EVA, guest=True)))
    scenario.ask("eva")
    scenario.ask("ana")
    assert scenario.refusal("secretary", c.LinkPerson(source="eva", person="ana")) is Refusal.ALREADY_ON_LIST


def test_a_guest_who_asked_not_to_be_published_is_not_published_as_the_person_either() -> None:
    scenario = opened()
    guest = replace(person("greta", Role.PARTICIPANT), guest=True)
    scenario.by(SYSTEM, c.EnterPerson(person=guest))
    scenario.by("secretary", c.CorrectPerson(person="greta", unpublished=True))
    before = scenario.session.people["ana"]
    scenario.by("secretary", c.LinkPerson(source="greta", person="ana"))
    assert scenario.session.people["ana"].unpublished
    assert scenario.by(SYSTEM, c.EnterPerson(person=before)) == []
    scenario.undo("secretary")
    assert not scenario.session.people["ana"].unpublished


def test_a_guest_who_asked_nothing_changes_nothing_of_whom_they_are() -> None:
    scenario = opened()
    scenario.by(SYSTEM, c.EnterPerson(person=replace(person("greta", Role.PARTICIPANT), guest=True)))
    before = scenario.session.people["ana"]
    scenario.by("secretary", c.LinkPerson(source="greta", person="ana"))
    assert scenario.session.people["ana"] is before
