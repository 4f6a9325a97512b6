"""What the session does by itself at a set time."""

from datetime import timedelta

import pytest

from companion.core import alarms
from companion.core import commands as c
from companion.core.procedure import AlarmAction, AlarmSince
from tests.core.scenario import Scenario, opened


def set_to(*said: c.SettingAlarm) -> Scenario:
    """Return a session with these alarms, not yet begun."""
    scenario = Scenario()
    scenario.by("secretary", c.ChangeSettings(alarms=said))
    return scenario


def announces(since: AlarmSince = AlarmSince.SESSION) -> c.SettingAlarm:
    return c.SettingAlarm(action=AlarmAction.ANNOUNCE, after_seconds=60, since=since, text="One minute")


def closes(since: AlarmSince = AlarmSince.SESSION) -> c.SettingAlarm:
    return c.SettingAlarm(action=AlarmAction.CLOSE_LIST, after_seconds=60, since=since)


@pytest.mark.parametrize(("since", "seconds"), [("session", 60), ("segment", 90), ("list", 80)])
def test_an_alarm_counts_from_the_beginning_of_what_it_says(since: str, seconds: int) -> None:
    scenario = set_to(announces(AlarmSince(since)))
    began = scenario.now
    scenario.by("moderator", c.StartSession())
    scenario.later(20).by("officer", c.OpenList())
    scenario.later(10).begin("discussion")
    [due] = alarms.due(scenario.session)
    assert (due.at, due.command) == (began + timedelta(seconds=seconds), c.Announce(text="One minute"))


def test_what_would_have_been_due_before_it_was_set_is_not_due_any_more() -> None:
    scenario = Scenario()
    scenario.by("moderator", c.StartSession())
    began = scenario.now
    late = c.SettingAlarm(action=AlarmAction.ANNOUNCE, after_seconds=120, text="Two minutes")
    scenario.later(90).by("secretary", c.ChangeSettings(alarms=(announces(), late)))
    scenario.later(1).by("secretary", c.ChangeSettings(warning_seconds=20))
    assert [each.at - began for each in alarms.due(scenario.session)] == [timedelta(seconds=120)]
    scenario.later(60)
    assert [each.at - began for each in alarms.due(scenario.session)] == [timedelta(seconds=120)]


def test_alarms_that_come_back_by_an_undo_count_as_set_then() -> None:
    scenario = set_to(announces())
    scenario.by("moderator", c.StartSession())
    scenario.by("secretary", c.ChangeSettings(alarms=()))
    scenario.later(90).undo("secretary")
    assert len(scenario.session.settings.alarms) == 1
    assert list(alarms.due(scenario.session)) == []


def test_one_change_of_alarms_after_the_other_is_taken_back() -> None:
    scenario = set_to(announces())
    scenario.later(5).by("secretary", c.ChangeSettings(alarms=(closes(),)))
    scenario.later(5).by("secretary", c.ChangeSettings(alarms=()))
    for left in (1, 1, 0):
        scenario.later(5).undo("secretary")
        assert len(scenario.session.settings.alarms) == left


def test_what_has_not_begun_has_no_alarm_due() -> None:
    scenario = set_to(announces(AlarmSince.LIST), announces(AlarmSince.SESSION))
    assert list(alarms.due(scenario.session)) == []
    scenario.by("moderator", c.StartSession())
    assert len(list(alarms.due(scenario.session))) == 1
    scenario.by("moderator", c.CloseSession())
    assert list(alarms.due(scenario.session)) == []


def test_an_alarm_closes_an_open_list_and_not_one_that_was_opened_again_after_it() -> None:
    scenario = set_to(closes())
    began = scenario.now
    scenario.by("moderator", c.StartSession())
    assert alarms.closes_at(scenario.session) is None
    scenario.by("officer", c.OpenList())
    assert alarms.closes_at(scenario.session) == began + timedelta(seconds=60)
    scenario.later(60).by("officer", c.CloseList())
    assert alarms.closes_at(scenario.session) is None
    scenario.later(1).by("officer", c.OpenList())
    assert alarms.closes_at(scenario.session) is None


def test_the_earliest_of_several_closes_the_list() -> None:
    late = c.SettingAlarm(action=AlarmAction.CLOSE_LIST, after_seconds=600)
    scenario = set_to(late, closes(AlarmSince.LIST), announces())
    scenario.by("moderator", c.StartSession())
    scenario.by("officer", c.OpenList())
    assert alarms.closes_at(scenario.session) == scenario.now + timedelta(seconds=60)


def test_alarms_are_told_apart_and_each_has_one_name_for_each_time() -> None:
    scenario = set_to(announces(), announces(AlarmSince.SEGMENT))
    scenario.by("moderator", c.StartSession())
    names = {each.id for each in alarms.due(scenario.session)}
    assert len(names) == 2
    scenario.later(5).by("technician", c.MarkAttendance(person="ana", present=False))
    assert {each.id for each in alarms.due(scenario.session)} == names
    scenario.begin("discussion")
    assert len({each.id for each in alarms.due(scenario.session)} & names) == 1


def test_a_session_without_alarms_does_nothing_by_itself() -> None:
    assert list(alarms.due(opened().session)) == []
