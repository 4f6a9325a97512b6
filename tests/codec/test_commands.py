"""What a client may ask: all that is right becomes a command, and nothing else does."""

import math
from typing import Any, Final, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.codec.commands import COMMANDS, NAMES, read_command
from companion.codec.problems import BadMessage
from companion.core import commands as c
from companion.core.ids import UNSET
from companion.core.people import Attendance
from companion.core.procedure import RequestKind
from tests.codec.strategies import data_of, fields_of, is_required, takes, text_bound, texts_of

every_command = pytest.mark.parametrize("name", COMMANDS)
on_the_floor = [name for name, command in COMMANDS.items() if "expect" in command.__dataclass_fields__]

FIELDS: Final = [(name, field) for name, command in COMMANDS.items() for field in fields_of(command)]
TEXTS: Final = [(name, path, bound) for name, command in COMMANDS.items() for path, bound in texts_of(command)]
every_field = pytest.mark.parametrize(("name", "field"), FIELDS)
every_text = pytest.mark.parametrize(("name", "path", "bound"), TEXTS)


def nested(depth: int) -> object:
    value: object = []
    for _ in range(depth):
        value = [value]
    return value


NEVER_RIGHT: Final[dict[str, object]] = {
    "bytes": b"bytes",
    "NaN": math.nan,
    "infinity": math.inf,
    "a fraction": 1.5,
    "a huge integer": 10**400,
    "a negative integer": -1,
    "deep nesting": nested(500),
    "an object with a wrong key": {"nobody": "knows this"},
    "an object with a key that is no text": {1: 2},
    "an object with half a character for a key": {"\ud800": 1},
    "a list of objects": [{}],
}
"""Values that no field of any command takes."""


def expected(name: str, intervention: object = None) -> object:
    return {"intervention": intervention} if name in on_the_floor else None


def right(name: str) -> dict[str, Any]:
    """Return the least data that the command takes."""
    least: dict[str, Any] = {
        "segment": "discussion",
        "command": "12",
        "person": "ana",
        "attendance": "remote",
        "seconds": 60,
        "kind": "statement",
        "request": "r.5",
        "ready": True,
        "ruling": "noted",
        "what": "list",
        "text": "Lunch",
    }
    command = COMMANDS[name]
    return {field: least[field] for field in fields_of(command) if is_required(command, field)}


def problem(name: str, data: object, expect: object) -> BadMessage:
    with pytest.raises(BadMessage) as caught:
        read_command(name, data, expect)
    return caught.value


def is_about(found: BadMessage, field: str) -> bool:
    return found.field == field or found.field.startswith((f"{field}.", f"{field}["))


def put(data: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return `data` with a value at a path, inside a guest with a name where it leads into one."""
    outer, _, inner = path.partition(".")
    return {**data, outer: {"name": "Guest", inner: value} if inner else value}


def at(command: object, path: str) -> object:
    for name in path.split("."):
        command = getattr(command, name)
    return command


def test_every_command_of_a_client_has_a_name_and_no_two_the_same() -> None:
    assert set(COMMANDS.values()) == set(get_args(c.ClientCommand))
    assert {NAMES[command]: command for command in COMMANDS.values()} == dict(COMMANDS)


def test_what_the_system_does_can_be_asked_by_no_client() -> None:
    assert not set(COMMANDS.values()) & {c.PrepareSession, c.EnterPerson}


@every_command
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_right_data_becomes_the_command_with_all_that_was_said_and_defaults_for_the_rest(
    name: str, data: st.DataObject
) -> None:
    said = data.draw(data_of(COMMANDS[name]))
    saw = data.draw(st.none() | st.text(min_size=1, max_size=64))
    command = read_command(name, said, expected(name, saw))
    assert type(command) is COMMANDS[name]
    for field, details in command.__dataclass_fields__.items():
        value = getattr(command, field)
        if field == "expect":
            assert value == saw
        elif field not in said:
            assert value is details.default
        elif isinstance(value, c.Guest):
            assert said[field].items() <= {each: getattr(value, each) for each in fields_of(c.Guest)}.items()
        else:
            assert (list(value) if isinstance(value, tuple) else value) == said[field]


@every_command
def test_the_least_that_a_command_takes_is_what_it_requires(name: str) -> None:
    assert type(read_command(name, right(name), expected(name))) is COMMANDS[name]


@every_command
def test_a_field_that_is_missing_is_named(name: str) -> None:
    for field in right(name):
        without = {other: value for other, value in right(name).items() if other != field}
        assert problem(name, without, expected(name)).field == field


@every_command
def test_a_field_that_the_command_does_not_know_is_refused_and_named(name: str) -> None:
    for unknown in ("nobody_knows_this", "Request", "__class__", "", " ", "a.b", "发言"):
        assert problem(name, {**right(name), unknown: 1}, expected(name)).field == unknown


@every_command
def test_data_that_is_no_object_is_refused(name: str) -> None:
    no_objects: tuple[object, ...] = (None, [], "text", 1, True, 1.5, b"bytes", ())
    for data in no_objects:
        assert problem(name, data, expected(name)).field == "data"


@every_field
def test_a_value_of_a_wrong_type_is_refused_and_its_field_named(name: str, field: str) -> None:
    hint = fields_of(COMMANDS[name])[field]
    wrong = dict(NEVER_RIGHT)
    wrong |= {} if takes(hint, bool) else {"a boolean": True}
    wrong |= {} if takes(hint, type(None)) else {"null": None}
    wrong |= {} if takes(hint, tuple) else {"a list": []}
    wrong |= {} if text_bound(hint) else {"half a character": "\ud800", "no word": "not a word", "": ""}
    for what, value in wrong.items():
        found = problem(name, {**right(name), field: value}, expected(name))
        assert is_about(found, field), f"{what}: {found.field}"
        assert not found.too_large


@given(
    where=st.sampled_from(FIELDS),
    value=st.recursive(
        st.floats() | st.binary(),
        lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.text(max_size=3), inner, min_size=1),
        max_leaves=5,
    ),
)
@settings(max_examples=100, deadline=None)
def test_whatever_holds_fractions_or_bytes_is_refused(where: tuple[str, str], value: object) -> None:
    name, field = where
    assert is_about(problem(name, {**right(name), field: value}, expected(name)), field)


@every_text
def test_a_text_that_is_too_long_is_refused_as_too_large(name: str, path: str, bound: c.Text) -> None:
    for text in ("x" * 10_000, "x" * (bound.most + 1)):
        found = problem(name, put(right(name), path, text), expected(name))
        assert (found.field, found.too_large) == (path, True)
    at_most = read_command(name, put(right(name), path, "x" * bound.most), expected(name))
    assert at(at_most, path) == "x" * bound.most


@every_text
def test_a_text_is_kept_as_typed_but_for_what_nobody_can_see(name: str, path: str, bound: c.Text) -> None:
    typed = {
        "<b>x</b>": "<b>x</b>",
        "a\0b": "ab",
        "a\u202eb": "ab",
        "a\u2066b\ud800": "ab",
        "e\u0301": "é",
        "  a  ": "a",
        "a\r\nb": "a\nb" if bound.lines else "a b",
    }
    for text, kept in typed.items():
        assert at(read_command(name, put(right(name), path, text), expected(name)), path) == kept


@every_text
def test_a_text_that_shows_nothing_is_refused_where_there_has_to_be_one(name: str, path: str, bound: c.Text) -> None:
    for text in ("", " ", "\0", "\u202e", "\u200b", "\ud800"):
        data = put(right(name), path, text)
        if bound.least:
            assert problem(name, data, expected(name)).field == path
        else:
            assert at(read_command(name, data, expected(name)), path) == ""


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


@pytest.mark.parametrize(
    "name", ["", "floor", "floor.nothing", "Floor.next", "floor.next\n", "\ud800", "session.prepare"]
)
def test_a_command_that_does_not_exist_is_refused(name: str) -> None:
    assert problem(name, {}, None).field == "type"


@pytest.mark.parametrize("name", on_the_floor)
@pytest.mark.parametrize(
    ("expect", "field"),
    [
        (None, "expect"),
        ({}, "expect"),
        ([], "expect"),
        ("i.5", "expect"),
        ({"intervention": None, "version": 1}, "expect"),
        ({b"intervention": None}, "expect"),
        ({"intervention": 5}, "expect.intervention"),
        ({"intervention": True}, "expect.intervention"),
        ({"intervention": b"i.5"}, "expect.intervention"),
        ({"intervention": "x" * 65}, "expect.intervention"),
        ({"intervention": nested(500)}, "expect.intervention"),
    ],
)
def test_what_moves_the_floor_says_whom_its_sender_saw_there(name: str, expect: object, field: str) -> None:
    assert problem(name, right(name), expect).field == field


@pytest.mark.parametrize("name", on_the_floor)
def test_whom_one_saw_stands_beside_the_data_and_not_in_it(name: str) -> None:
    assert problem(name, {**right(name), "expect": None}, expected(name)).field == "expect"


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - set(on_the_floor)))
def test_all_other_commands_expect_nothing(name: str) -> None:
    assert problem(name, right(name), {"intervention": None}).field == "expect"


def test_a_hostile_name_of_a_field_is_not_repeated_at_length() -> None:
    found = problem("list.open", {"x" * 10_000: 1}, None)
    assert found.field == "x" * 64
    assert len(str(found)) < 300
