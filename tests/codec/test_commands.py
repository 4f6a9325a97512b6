"""What a client may ask: all that is right becomes a command, and nothing else does."""

import math
from typing import Any, Final, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.codec.commands import COMMANDS, NAMES, read_command
from companion.core import commands as c
from tests.codec.sending import at, expected, is_about, nested, problem, put, right, says
from tests.codec.strategies import attribute, data_of, fields_of, takes, text_bound, texts_of

every_command = pytest.mark.parametrize("name", COMMANDS)
FIELDS: Final = [(name, field) for name, command in COMMANDS.items() for field in fields_of(command)]
TEXTS: Final = [(name, path, bound) for name, command in COMMANDS.items() for path, bound in texts_of(command)]
every_field = pytest.mark.parametrize(("name", "field"), FIELDS)
every_text = pytest.mark.parametrize(("name", "path", "bound"), TEXTS)


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
    expect: Any = expected(name, saw)
    command = read_command(name, said, expect)
    assert type(command) is COMMANDS[name]
    assert says(command, said)
    for field, details in command.__dataclass_fields__.items():
        if field == "expect":
            assert [command.expect] == [*expect.values()]  # type: ignore[union-attr]  # it has the field
        elif field not in {attribute(each) for each in said}:
            assert getattr(command, field) is details.default


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
    if takes(hint, dict):
        del wrong["an object with half a character for a key"]  # No option has it for a name: the core says so.
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
    for text in ("x" * 50_000, "x" * (bound.most + 1)):
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
    "name", ["", "floor", "floor.nothing", "Floor.next", "floor.next\n", "\ud800", "session.prepare"]
)
def test_a_command_that_does_not_exist_is_refused(name: str) -> None:
    assert problem(name, {}, None).field == "type"


def test_a_hostile_name_of_a_field_is_not_repeated_at_length() -> None:
    found = problem("list.open", {"x" * 10_000: 1}, None)
    assert found.field == "x" * 64
    assert len(str(found)) < 300
