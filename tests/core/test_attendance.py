"""Who is known to the session, and where they take part."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import SYSTEM
from companion.core.people import Attendance, Role
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
        (c.CorrectPerson(person="ana", name=""), Refusal.BAD_MESSAGE),
        (c.CorrectPerson(person="ana", group="nowhere"), Refusal.NOT_FOUND),
    ],
)
def test_people_have_a_name_a_group_that_there_is_and_are_known(command: c.Command, refusal: Refusal) -> None:
    assert Scenario().refusal("secretary", command) is refusal
