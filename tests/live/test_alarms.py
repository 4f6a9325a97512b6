"""Alarms: they go off once, at their time or soon after, whatever happens to the server in between."""

from datetime import timedelta

import pytest

from companion.core import commands as c
from companion.core.procedure import AlarmAction, AlarmSince, ListStatus
from companion.core.refusals import Refusal, Refused
from companion.live.alarms import Alarms
from companion.store import journal
from companion.store.database import open_for_reading
from tests.live.conftest import Start
from tests.live.house import MODERATOR, SECRETARY, SESSION, House

CLOSING = c.SettingAlarm(action=AlarmAction.CLOSE_LIST, after_seconds=900)
SPEAKING_OF_LUNCH = c.SettingAlarm(
    action=AlarmAction.ANNOUNCE, after_seconds=60, since=AlarmSince.SEGMENT, text="Lunch at one"
)


def begun(house: House, *alarms: c.SettingAlarm) -> Alarms:
    """Set alarms in a session that has just begun, its list open."""
    house.command(SECRETARY, c.ChangeSettings(alarms=alarms))
    return alarms_of(house)


def alarms_of(house: House) -> Alarms:
    return Alarms(house.engine, house.clock, house.sessions)


def list_of(house: House) -> ListStatus:
    return house.host.committed.list.status


def happened(house: House, type_: str) -> list[str]:
    """Return who caused the events of a type."""
    with open_for_reading(house.file) as reader:
        return [entry.actor for entry in journal.read(reader, SESSION) if entry.type == type_]


def test_the_list_closes_so_long_after_the_start(house: House) -> None:
    alarms = begun(house, CLOSING)
    house.hands.later(timedelta(seconds=899))
    alarms.look()
    assert list_of(house) is ListStatus.OPEN
    house.hands.later(timedelta(seconds=1))
    alarms.look()
    assert list_of(house) is ListStatus.CLOSED
    assert happened(house, "list.closed") == ["system"]


def test_an_alarm_goes_off_once_whatever_happens_to_the_server(start: Start) -> None:
    house = start()
    alarms = begun(house, SPEAKING_OF_LUNCH, CLOSING)
    house.hands.later(timedelta(seconds=61))
    alarms.look()
    alarms.look()
    house = start()
    alarms_of(house).look()
    assert happened(house, "announced") == ["system"]
    house.hands.wall += timedelta(hours=1)  # a clock is set by the wall when the server starts
    house = start()
    alarms_of(house).look()
    assert house.host.committed.announcement.text == "Lunch at one"
    assert (happened(house, "announced"), happened(house, "list.closed")) == (["system"], ["system"])


def test_a_list_that_is_opened_after_the_time_stays_open(house: House) -> None:
    alarms = begun(house, CLOSING)
    house.hands.later(timedelta(seconds=1_000))
    alarms.look()
    house.command(MODERATOR, c.OpenList())
    alarms.look()
    assert list_of(house) is ListStatus.OPEN


def test_nothing_goes_off_once_the_session_is_over(house: House) -> None:
    alarms = begun(house, SPEAKING_OF_LUNCH)
    house.command(MODERATOR, c.CloseSession())
    house.hands.later(timedelta(hours=1))
    alarms.look()
    assert happened(house, "announced") == []


def test_what_the_disk_refused_is_tried_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    alarms = begun(house, CLOSING)
    house.hands.later(timedelta(seconds=900))
    with monkeypatch.context() as broken:
        broken.setattr(house.host, "command", _refuse)
        alarms.look()
    assert happened(house, "list.closed") == []
    alarms.look()
    assert happened(house, "list.closed") == ["system"]


def _refuse(*_: object) -> None:
    raise Refused(Refusal.NOT_RECORDED)
