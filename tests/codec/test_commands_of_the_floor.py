"""What is asked about people, the list of speakers and the floor."""

from typing import Any, Final

import pytest

from companion.codec.commands import COMMANDS, read_command
from companion.core import commands as c
from companion.core.ids import UNSET
from companion.core.people import Attendance
from companion.core.procedure import AlarmAction, AlarmSince, QuotaBy, RequestKind, Rule
from tests.codec.sending import is_about, problem, right

FOUND_BY_THE_SERVER: Final = [("session.start", "earlier"), ("session.settings", "found"), ("list.carry_over", "found")]


@pytest.mark.parametrize(
    "made", ["short", "x" * 65, "r.123456", "with space", "abcdefgh\n", "\nabcdefgh", "发言发言发言发言", "abcdefg\0"]
)
def test_an_id_that_a_client_makes_has_8_to_64_plain_characters_and_no_dot(made: str) -> None:
    assert problem("floor.request", {"kind": "statement", "request": made}, None).field == "request"


def test_each_accessibility_need_is_a_text_of_its_own() -> None:
    needs = ["Sign language", " captions\0 "]
    command = read_command("person.correct", {"person": "ana", "accessibility_needs": needs})
    assert command == c.CorrectPerson(person="ana", accessibility_needs=("Sign language", "captions"))


@pytest.mark.parametrize(
    ("needs", "field"),
    [
        (["x"] * 51, "accessibility_needs"),
        (["x" * 301], "accessibility_needs"),
        (["x", 1], "accessibility_needs[1]"),
        ("one text", "accessibility_needs"),
    ],
)
def test_accessibility_needs_are_a_list_of_at_most_fifty_short_texts(needs: object, field: str) -> None:
    assert problem("person.correct", {"person": "ana", "accessibility_needs": needs}, None).field == field


def test_what_is_wrong_with_a_guest_is_named_with_its_path() -> None:
    wrong: dict[str, dict[str, object]] = {
        "guest.name": {},
        "guest.attendance": {"name": "X", "attendance": "on the moon"},
        "guest.role": {"name": "X", "role": "secretariat"},
        "guest.group": {"name": "X", "group": 1},
    }
    for field, guest in wrong.items():
        assert problem("floor.request", {"kind": "statement", "guest": guest}, None).field == field
    said = read_command("floor.request", {"kind": "question", "guest": {"name": "X", "attendance": "remote"}})
    assert said == c.RequestFloor(kind=RequestKind.QUESTION, guest=c.Guest(name="X", attendance=Attendance.REMOTE))


def test_what_is_left_out_is_not_what_is_cleared() -> None:
    assert read_command("floor.move", {"request": "r.5"}) == c.MoveRequest(request="r.5", after=UNSET)
    assert read_command("floor.move", {"request": "r.5", "after": None}) == c.MoveRequest(request="r.5", after=None)
    assert read_command("floor.written", {"request": "r.5"}) == c.HandInStatement(request="r.5", text=UNSET)
    cleared = read_command("floor.written", {"request": "r.5", "text": None})
    assert cleared == c.HandInStatement(request="r.5", text=None)


def test_a_proposal_to_share_the_time_is_not_its_end() -> None:
    assert read_command("list.share_time", {}) == c.ShareTime(seconds=UNSET)
    assert read_command("list.share_time", {"seconds": None}) == c.ShareTime(seconds=None)
    assert read_command("list.share_time", {"seconds": 90}) == c.ShareTime(seconds=90)


def test_an_exchange_names_with_whom_or_says_with_nobody() -> None:
    offered = read_command("floor.exchange", {"request": "r.5", "with": "r.6"})
    assert offered == c.ExchangePlaces(request="r.5", partner="r.6")
    taken_back = read_command("floor.exchange", {"request": "r.5", "with": None})
    assert taken_back == c.ExchangePlaces(request="r.5", partner=None)
    assert problem("floor.exchange", {"request": "r.5", "partner": "r.6"}, None).field == "partner"


@pytest.mark.parametrize(
    ("name", "text"), [("floor.request", "text"), ("floor.change", "text"), ("floor.written", "text")]
)
def test_a_written_statement_has_at_most_twenty_thousand_characters_on_lines(name: str, text: str) -> None:
    found = problem(name, {**right(name), text: "发" * 20_001}, None)
    assert (found.field, found.too_large) == (text, True)
    read: Any = read_command(name, {**right(name), text: "x\r\n\u202ey"})
    assert read.text == "x\ny"


@pytest.mark.parametrize("name", ["list.limit", "list.share_time", "floor.extend"])
@pytest.mark.parametrize("seconds", [0, -1, 36_000, 1.5, True, "60"])
def test_no_speaking_time_is_nothing_or_ten_hours(name: str, seconds: object) -> None:
    assert (
        problem(name, {"seconds": seconds}, None if name != "floor.extend" else {"intervention": None}).field
        == "seconds"
    )


@pytest.mark.parametrize(("ordinal", "bank"), [(0, False), (3, False), (1.5, False), (True, False), (1, 1), (1, None)])
def test_a_reply_is_the_first_or_the_second_and_a_bank_is_one_or_is_none(ordinal: object, bank: object) -> None:
    found = problem("list.limit", {"seconds": 60, "ordinal": ordinal, "bank": bank}, None)
    assert found.field in {"ordinal", "bank"}


def test_a_rule_comes_with_what_it_needs() -> None:
    letter = read_command("list.rule", {"rule": "alphabetical_from_letter", "params": {"letter": " Ñ "}})
    assert letter == c.SetRule(rule=Rule.ALPHABETICAL_FROM_LETTER, params=c.RuleParameters(letter="Ñ"))
    quota = read_command(
        "list.rule", {"rule": "quota", "params": {"by": "region", "shares": {" North\u202e ": 2, "South": 0}}}
    )
    assert quota == c.SetRule(
        rule=Rule.QUOTA, params=c.RuleParameters(by=QuotaBy.REGION, shares={"North": 2, "South": 0})
    )


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ([], "params"),
        ({"letter": ""}, "params.letter"),
        ({"letter": "x" * 9}, "params.letter"),
        ({"by": "colour"}, "params.by"),
        ({"shares": ["states"]}, "params.shares"),
        ({"shares": {"states": -1}}, "params.shares"),
        ({"shares": {"states": 1_001}}, "params.shares"),
        ({"shares": {"states": 0.5}}, "params.shares"),
        ({"shares": {f"region {number}": 1 for number in range(51)}}, "params.shares"),
        ({"shares": {"x" * 201: 1}}, "params.shares"),
        ({"shares": {"\u202e": 1}}, "params.shares"),
        ({"order": "x"}, "params.order"),
    ],
)
def test_what_is_wrong_with_what_a_rule_needs_is_named(params: object, field: str) -> None:
    assert is_about(problem("list.rule", {"rule": "quota", "params": params}, None), field)


def test_settings_bring_speaking_times_and_alarms() -> None:
    limits = {"default_seconds": 0, "groups": {"states": 120}, "kinds": {"question": 60}, "replies": [300, 180]}
    alarms = [
        {"action": "close_list", "after_seconds": 900},
        {"action": "announce", "after_seconds": 5, "text": " Soon "},
    ]
    said = read_command("session.settings", {"preset": "hrc_panel", "limits": limits, "alarms": alarms})
    assert said == c.ChangeSettings(
        preset="hrc_panel",
        limits=c.SettingLimits(default_seconds=0, groups={"states": 120}, kinds={"question": 60}, replies=(300, 180)),
        alarms=(
            c.SettingAlarm(action=AlarmAction.CLOSE_LIST, after_seconds=900, since=AlarmSince.SESSION),
            c.SettingAlarm(action=AlarmAction.ANNOUNCE, after_seconds=5, text="Soon"),
        ),
    )
    assert read_command("session.settings", {}) == c.ChangeSettings()


ALARM: Final[dict[str, object]] = {"action": "announce", "after_seconds": 60}


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"preset": ""}, "preset"),
        ({"preset": "x" * 65}, "preset"),
        ({"limits": []}, "limits"),
        ({"limits": {"default_seconds": None}}, "limits.default_seconds"),
        ({"limits": {"default_seconds": 36_000}}, "limits.default_seconds"),
        ({"limits": {"groups": {"states": -1}}}, "limits.groups"),
        ({"limits": {"kinds": {"question": "60"}}}, "limits.kinds"),
        ({"limits": {"replies": [60] * 51}}, "limits.replies"),
        ({"limits": {"people": {}}}, "limits.people"),
        ({"one_request_each": None}, "one_request_each"),
        ({"when_absent": "forgiven"}, "when_absent"),
        ({"alarms": [ALARM] * 51}, "alarms"),
        ({"alarms": [{"action": "announce"}]}, "alarms[0].after_seconds"),
        ({"alarms": [ALARM, {**ALARM, "action": "ring"}]}, "alarms[1].action"),
        ({"alarms": [{**ALARM, "after_seconds": 0}]}, "alarms[0].after_seconds"),
        ({"alarms": [{**ALARM, "after_seconds": 86_401}]}, "alarms[0].after_seconds"),
        ({"alarms": [{**ALARM, "since": "yesterday"}]}, "alarms[0].since"),
        ({"alarms": [{**ALARM, "text": "x" * 301}]}, "alarms.text"),
        ({"alarms": [{**ALARM, "id": "1"}]}, "alarms[0].id"),
    ],
)
def test_what_is_wrong_with_settings_is_named(settings: dict[str, object], field: str) -> None:
    found = problem("session.settings", settings, None)
    assert is_about(found, field), found.field


@pytest.mark.parametrize("seq", [0, -1, 10**9 + 1, "5", 5.0, True, None])
def test_a_correction_names_an_entry_by_its_number(seq: object) -> None:
    assert problem("session.correct", {"seq": seq, "text": "The room was XXI."}, None).field == "seq"


@pytest.mark.parametrize(("name", "field"), FOUND_BY_THE_SERVER)
def test_no_client_says_what_the_server_finds(name: str, field: str) -> None:
    values: tuple[object, ...] = (None, [], {})
    for said in values:
        assert problem(name, {**right(name), field: said}, None).field == field
    assert field in COMMANDS[name].__dataclass_fields__
