"""Answers by group, attendance and region: as people were when the poll opened, one answer at a time."""

from dataclasses import replace

from companion.core import commands as c
from companion.core.breakdown import NOT_SAID
from companion.core.ids import SYSTEM
from companion.core.people import Attendance
from companion.core.reckoned import Dimension
from tests.core.polled import BY_DELEGATION, PANEL, PEOPLE
from tests.core.scenario import Scenario, opened, remote

REGIONS = {"ana": "Africa", "ben": "Asia", "cleo": "Africa"}
WITH_REGIONS = replace(PANEL, people=tuple(replace(each, region=REGIONS.get(each.id)) for each in PEOPLE))


def begun() -> Scenario:
    scenario = opened(WITH_REGIONS)
    scenario.by("technician", remote("ana"))
    return scenario


def by(scenario: Scenario, poll: str, dimension: Dimension) -> dict[str, dict[str, int]]:
    """Return the answers by one dimension, without what nobody gave."""
    found: dict[str, dict[str, int]] = {}
    for (which, value), counts in scenario.poll_of(poll).breakdown.items():
        given = {option: count for option, count in counts.items() if count}
        if which is dimension and given:
            found[value] = given
    return found


def test_an_answer_counts_once_in_each_dimension() -> None:
    scenario = begun()
    poll = scenario.poll()
    for who, option in (("ana", "support"), ("ben", "support"), ("cleo", "abstain"), ("dan", "abstain")):
        scenario.answer(who, poll, option)
    assert by(scenario, poll, Dimension.GROUP) == {
        "states": {"support": 2},
        "civil_society": {"abstain": 1},
        NOT_SAID: {"abstain": 1},
    }
    assert by(scenario, poll, Dimension.ATTENDANCE) == {
        "remote": {"support": 1},
        "in_room": {"support": 1, "abstain": 2},
    }
    assert by(scenario, poll, Dimension.REGION) == {
        "Africa": {"support": 1, "abstain": 1},
        "Asia": {"support": 1},
        NOT_SAID: {"abstain": 1},
    }


def test_a_changed_answer_moves() -> None:
    scenario = begun()
    poll = scenario.poll()
    scenario.answer("ana", poll, "support")
    scenario.answer("ana", poll, "abstain")
    scenario.answer("ana", poll, "abstain")
    assert by(scenario, poll, Dimension.GROUP) == {"states": {"abstain": 1}}


def test_a_delegations_answer_counts_where_the_member_who_gave_it_last_was() -> None:
    scenario = begun()
    poll = scenario.poll(**BY_DELEGATION)
    scenario.answer("ana", poll, "support")
    assert by(scenario, poll, Dimension.REGION) == {"Africa": {"support": 1}}
    scenario.answer("ben", poll, "abstain")
    assert by(scenario, poll, Dimension.REGION) == {"Asia": {"abstain": 1}}
    assert by(scenario, poll, Dimension.ATTENDANCE) == {"in_room": {"abstain": 1}}


def test_what_somebody_is_corrected_to_later_moves_no_answer() -> None:
    scenario = begun()
    poll = scenario.poll()
    scenario.answer("ana", poll, "support")
    ana = scenario.session.people["ana"]
    scenario.by(SYSTEM, c.EnterPerson(person=replace(ana, group="civil_society", region="Europe")))
    scenario.by("technician", c.MarkAttendance(person="ana", attendance=Attendance.IN_ROOM))
    scenario.answer("ana", poll, "abstain")
    assert by(scenario, poll, Dimension.GROUP) == {"states": {"abstain": 1}}
    assert by(scenario, poll, Dimension.REGION) == {"Africa": {"abstain": 1}}
    assert by(scenario, poll, Dimension.ATTENDANCE) == {"remote": {"abstain": 1}}
