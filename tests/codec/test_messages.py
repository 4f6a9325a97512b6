"""What comes through the doors beside commands."""

import math

import msgspec
import pytest

from companion.codec import json
from companion.codec.messages import (
    AskClock,
    DrawCodes,
    JoinSession,
    JoinWorkshop,
    LeaveSession,
    LookUpGroups,
    MakeLink,
    PersonDetails,
    PutRight,
    Redeem,
    SendCommand,
    read_body,
    read_message,
)
from companion.codec.problems import BadMessage
from companion.core.people import Attendance, Role

COMMAND = {"session": "panel-1", "id": "command-1", "type": "floor.next", "data": {}}
DETAILS: dict[str, object] = {
    "name": "Ana",
    "latin_name": "Ana",
    "organisation": "An NGO",
    "group": None,
    "attendance": Attendance.REMOTE,
    "language": None,
    "role": Role.RAPPORTEUR,
}
RIGHT: dict[type[msgspec.Struct], dict[str, object]] = {
    JoinSession: {"session": "panel-1", "epoch": "e", "since": 12, "audience": "staff"},
    LeaveSession: {"session": "panel-1"},
    SendCommand: {**COMMAND, "expect": {"intervention": None}},
    AskClock: {},
    JoinWorkshop: {
        "code": "K7WM 3QXD",
        "name": "Ana",
        "organisation": "An NGO",
        "group": "civil_society",
        "attendance": Attendance.IN_ROOM,
        "language": "es",
    },
    Redeem: {"key": "k", "name": "Ana"},
    LookUpGroups: {"code": "K7WM 3QXD"},
    MakeLink: {"person": "ana", "role": Role.DISPLAY, "anew": True},
    PersonDetails: DETAILS,
    DrawCodes: {"urls": ["https://companion.example/#k"]},
}
every_kind = pytest.mark.parametrize("kind", RIGHT)


def problem(kind: type[msgspec.Struct], value: object) -> BadMessage:
    with pytest.raises(BadMessage) as caught:
        read_message(kind, value)
    return caught.value


@every_kind
def test_a_right_message_is_read_with_all_that_it_says(kind: type[msgspec.Struct]) -> None:
    assert msgspec.structs.asdict(read_message(kind, RIGHT[kind])) == RIGHT[kind]
    assert set(RIGHT[kind]) == set(kind.__struct_fields__)


@every_kind
def test_a_message_over_http_is_read_from_its_bytes(kind: type[msgspec.Struct]) -> None:
    assert read_body(kind, msgspec.json.encode(RIGHT[kind])) == read_message(kind, RIGHT[kind])


@every_kind
def test_a_field_that_the_message_does_not_know_is_named(kind: type[msgspec.Struct]) -> None:
    assert problem(kind, {**RIGHT[kind], "role_": "secretariat"}).field == "role_"


@every_kind
@pytest.mark.parametrize("value", [b"bytes", math.nan, 1.5, True, {"x": 1}, [[]]])
def test_a_field_of_a_wrong_type_is_named(kind: type[msgspec.Struct], value: object) -> None:
    right_for = {"anew"} if value is True else set()
    for field in set(RIGHT[kind]) - {"data", "expect"} - right_for:
        assert problem(kind, {**RIGHT[kind], field: value}).field.split("[")[0] == field


@every_kind
def test_a_text_of_ten_thousand_characters_is_refused(kind: type[msgspec.Struct]) -> None:
    for field in set(RIGHT[kind]) - {"data", "expect", "urls"}:
        assert problem(kind, {**RIGHT[kind], field: "x" * 10_000}).field == field


@every_kind
def test_what_is_required_is_named_when_it_is_missing(kind: type[msgspec.Struct]) -> None:
    for name in kind.__struct_fields__[: len(kind.__struct_fields__) - len(kind.__struct_defaults__)]:
        assert problem(kind, {field: value for field, value in RIGHT[kind].items() if field != name}).field == name


@every_kind
@pytest.mark.parametrize("value", [None, [], "text", 1, b"bytes"])
def test_what_is_no_object_is_no_message(kind: type[msgspec.Struct], value: object) -> None:
    assert problem(kind, value).field == ""


@pytest.mark.parametrize("made", ["command", "x" * 65, "command.1", "command-1\n", "command 1", ""])
def test_the_id_of_a_command_has_8_to_64_plain_characters(made: str) -> None:
    assert problem(SendCommand, {**COMMAND, "id": made}).field == "id"


@pytest.mark.parametrize(("since", "is_right"), [(0, True), (10**30, True), (-1, False), ("12", False), (True, False)])
def test_one_joins_since_a_number_that_is_not_negative(since: object, is_right: bool) -> None:  # noqa: FBT001 (a column)
    message = {"session": "panel-1", "since": since}
    if is_right:
        assert read_message(JoinSession, message).since == since
    else:
        assert problem(JoinSession, message).field == "since"


def test_a_message_is_nested_at_most_eight_deep() -> None:
    data: object = 1
    for _ in range(6):
        data = {"x": data}
    assert read_message(SendCommand, {**COMMAND, "data": data}).data == data
    for deep in ({"x": data}, [data]):
        assert "8 deep" in problem(SendCommand, {**COMMAND, "data": deep}).detail


def test_a_name_is_at_most_two_thousand_characters_before_it_is_cleaned() -> None:
    assert problem(JoinWorkshop, {"code": "K7WM3QXD", "name": "x" * 2_001}).field == "name"
    assert read_message(JoinWorkshop, {"code": "K7WM3QXD", "name": "x" * 2_000}).attendance is Attendance.REMOTE


def test_what_is_put_right_stands_beside_what_was_seen_of_it_and_what_is_not_said_is_not_nothing() -> None:
    asked = read_message(PutRight, {"name": "Ana", "group": None, "expect": {"name": "Anna", "group": "states"}})
    assert (asked.name, asked.group, asked.language) == ("Ana", None, msgspec.UNSET)
    assert (asked.expect.name, asked.expect.group, asked.expect.language) == ("Anna", "states", msgspec.UNSET)
    assert problem(PutRight, {"name": "Ana"}).field == "expect"
    assert problem(PutRight, {"name": "Ana", "expect": {"role": "king"}}).field == "expect.role"
    assert problem(PutRight, {"name": None, "expect": {"name": "Anna"}}).field == "name"


def test_at_most_five_hundred_codes_are_drawn_at_once() -> None:
    assert problem(DrawCodes, {"urls": ["x"] * 501}).field == "urls"
    assert problem(DrawCodes, {"urls": ["x", "x" * 501]}).field == "urls[1]"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{}{}",
        b'{"key": NaN}',
        b'{"key": 1e999}',
        b'{"key": "\xff"}',
        b'{"key": "\\ud800"}',
        b"\x80",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[[[[[[[[[[]]]]]]]]]]",
        "{'key': 'k'}".encode("utf-16"),
    ],
)
def test_a_body_that_is_not_json_or_too_deep_is_a_bad_message_and_never_an_error_of_ours(body: bytes) -> None:
    with pytest.raises(BadMessage) as caught:
        read_body(Redeem, body)
    assert caught.value.field == ""


def test_half_a_character_for_a_word_of_ours_is_refused_like_any_other_wrong_word() -> None:
    assert problem(MakeLink, {"role": "\ud800"}).field == "role"
    assert problem(MakeLink, {"\ud800": 1}).field == "?"
    assert problem(DrawCodes, {"urls": ["x"], "\udfff": ["\ud800", 1]}).field == "?"


@pytest.mark.parametrize("text", ["NaN", "Infinity", "[1,]", "", '"\\ud800"', "[" * 100_000, b'"\xff"', "1e999"])
def test_the_road_takes_nothing_that_is_not_json(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        json.loads(text)


def test_what_goes_over_the_road_comes_back() -> None:
    value = {"text": "Ñ 发言 \u2028", "list": [1, None, True], "nested": {"a": {}}}
    assert json.loads(json.dumps(value, separators=(",", ":"))) == value
    assert json.loads(json.dumps(value).encode()) == value
