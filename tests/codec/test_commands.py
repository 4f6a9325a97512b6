"""What a client may ask: all that is right becomes a command, and nothing else does."""

import math
from typing import Any, Final, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.codec.commands import (
    COMMANDS,
    EXPECTED,
    NAMES,
    SeenOnTheFloor,
    SeenPoll,
    SeenVersion,
    read_command,
)
from companion.codec.problems import BadMessage
from companion.core import commands as c
from companion.core.ids import UNSET
from companion.core.people import Attendance
from companion.core.procedure import RequestKind
from tests.codec.strategies import attribute, data_of, fields_of, is_required, takes, text_bound, texts_of

every_command = pytest.mark.parametrize("name", COMMANDS)
expecting = [name for name, command in COMMANDS.items() if "expect" in command.__dataclass_fields__]
on_the_floor = [name for name in expecting if EXPECTED[COMMANDS[name]] is SeenOnTheFloor]
on_a_version = [name for name in expecting if EXPECTED[COMMANDS[name]] is SeenVersion]
on_a_poll = [name for name in expecting if EXPECTED[COMMANDS[name]] is SeenPoll]

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


def expected(name: str, seen: object = None) -> object:
    """Return what the sender of a command saw: somebody on the floor (nobody, unless said), version 3, a poll."""
    if name in on_the_floor:
        return {"intervention": seen}
    if name in on_a_version:
        return {"version": 3}
    return {"poll": "poll.5"} if name in on_a_poll else None


SOURCE: Final = {"session": "panel-2", "recommendation": "rec.5", "version": 1}
INSIDE: Final[dict[str, dict[str, object]]] = {"guest": {"name": "Guest"}, "from": SOURCE}
"""What a field that holds other fields needs in it."""


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
        "note": "n.5",
        "released": True,
        "recommendation": "rec.5",
        "status": "proposed",
        "from": SOURCE,
        "ballot": "recorded",
        "unit": "person",
        "results": "live",
        "poll": "poll.5",
        "option": "support",
        "counts": {"support": 3},
        "present": 10,
    }
    least |= {"kind": "key_point"} if name == "note.add" else {}
    command = COMMANDS[name]
    return {field: least[field] for field in fields_of(command) if is_required(command, field)}


def problem(name: str, data: object, expect: object) -> BadMessage:
    with pytest.raises(BadMessage) as caught:
        read_command(name, data, expect)
    return caught.value


def is_about(found: BadMessage, field: str) -> bool:
    return found.field == field or found.field.startswith((f"{field}.", f"{field}["))


def put(data: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return `data` with a value at a path, inside what a guest or a source needs where it leads into one."""
    outer, _, inner = path.partition(".")
    return {**data, outer: {**INSIDE[outer], inner: value} if inner else value}


def at(command: object, path: str) -> object:
    for name in path.split("."):
        command = getattr(command, attribute(name))
    return command


def says(value: object, said: object) -> bool:
    """Say whether a value of the program is what was said on the wire, defaults apart."""
    match said:
        case dict() if not isinstance(value, dict):
            return all(says(at(value, field), each) for field, each in said.items())
        case list():
            assert isinstance(value, tuple)
            return len(value) == len(said) and all(map(says, value, said))
        case _:
            return value == said


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


@pytest.mark.parametrize("name", on_a_version)
@pytest.mark.parametrize(
    ("expect", "field"),
    [
        ({}, "expect"),
        ([], "expect"),
        (3, "expect"),
        ({"version": 1, "poll": "poll.5"}, "expect"),
        ({"intervention": None}, "expect"),
        ({"version": None}, "expect.version"),
        ({"version": "3"}, "expect.version"),
        ({"version": True}, "expect.version"),
        ({"version": 1.0}, "expect.version"),
        ({"version": 0}, "expect.version"),
        ({"version": -1}, "expect.version"),
        ({"version": 10**7}, "expect.version"),
        ({"version": 10**400}, "expect.version"),
        ({"version": nested(500)}, "expect.version"),
    ],
)
def test_what_changes_a_text_says_which_version_its_sender_saw(name: str, expect: object, field: str) -> None:
    assert problem(name, right(name), expect).field == field


@pytest.mark.parametrize("name", on_a_poll)
@pytest.mark.parametrize(
    ("expect", "field"),
    [
        (None, "expect"),
        ({}, "expect"),
        ("poll.5", "expect"),
        ({"poll": "poll.5", "version": 1}, "expect"),
        ({"poll": None}, "expect.poll"),
        ({"poll": 5}, "expect.poll"),
        ({"poll": "x" * 65}, "expect.poll"),
    ],
)
def test_what_ends_a_poll_says_which_one_its_sender_saw(name: str, expect: object, field: str) -> None:
    assert problem(name, right(name), expect).field == field


@pytest.mark.parametrize("name", sorted({*on_a_version} - {"poll.open"}))
def test_what_changes_a_text_is_not_sent_without_the_version(name: str) -> None:
    assert problem(name, right(name), None).field == "expect"


def test_a_poll_on_a_question_has_no_version_to_expect() -> None:
    assert read_command("poll.open", {"poll": "poll.5"}) == c.OpenPoll(poll="poll.5")
    assert read_command("poll.open", {"poll": "poll.5"}, {"version": 2}) == c.OpenPoll(poll="poll.5", expect=2)
    assert problem("poll.open", {"poll": "poll.5", "expect": 2}, None).field == "expect"


@pytest.mark.parametrize("name", expecting)
def test_what_one_saw_stands_beside_the_data_and_not_in_it(name: str) -> None:
    assert problem(name, {**right(name), "expect": None}, expected(name)).field == "expect"


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - set(expecting)))
@pytest.mark.parametrize("expect", [{"intervention": None}, {"version": 1}, {"poll": "poll.5"}, {}, 1])
def test_all_other_commands_expect_nothing(name: str, expect: object) -> None:
    assert problem(name, right(name), expect).field == "expect"


def test_every_command_that_expects_says_what() -> None:
    assert {NAMES[command] for command in EXPECTED} == set(expecting)
    assert sorted(on_the_floor + on_a_version + on_a_poll) == sorted(expecting)


# Notes, recommendations, polls


@pytest.mark.parametrize("name", ["note.add", "note.write"])
def test_a_note_of_fifty_thousand_characters_is_too_large(name: str) -> None:
    for text in ("x" * 50_000, "发" * 50_000, "x" * 20_001):
        found = problem(name, {**right(name), "text": text}, expected(name))
        assert (found.field, found.too_large) == ("text", True)


def test_what_a_note_holds_is_text_and_nothing_else() -> None:
    typed = "<script>alert(1)</script>\u202egnihton\u2066 & <b>bold</b>\r\n\r\n\u200e\x00=HYPERLINK(1)\ud800"
    written = read_command("note.write", {"note": "n.5", "text": typed}, {"version": 1})
    kept = "<script>alert(1)</script>gnihton & <b>bold</b>\n\n\u200e=HYPERLINK(1)"
    assert written == c.WriteNote(note="n.5", text=kept, expect=1)


def test_a_field_that_a_note_leaves_as_it_is_is_not_one_that_it_clears() -> None:
    assert read_command("note.mark", {"note": "n.5"}) == c.MarkNote(note="n.5", intervention=UNSET, group=UNSET)
    cleared = read_command("note.mark", {"note": "n.5", "intervention": None, "group": None})
    assert cleared == c.MarkNote(note="n.5", intervention=None, group=None)
    assert read_command("note.move", {"note": "n.5"}) == c.MoveNote(note="n.5", after=UNSET)
    assert read_command("note.move", {"note": "n.5", "after": None}) == c.MoveNote(note="n.5", after=None)


@pytest.mark.parametrize(
    ("source", "field"),
    [
        (None, "from"),
        ({}, "from.session"),
        ({**SOURCE, "text": "Should agree"}, "from.text"),
        ({**SOURCE, "version": 0}, "from.version"),
        ({**SOURCE, "version": "1"}, "from.version"),
        ({**SOURCE, "session": "x" * 65}, "from.session"),
    ],
)
def test_what_is_brought_is_named_by_session_id_and_version(source: object, field: str) -> None:
    assert problem("recommendation.bring", {"from": source}, None).field == field


@pytest.mark.parametrize("name", ["source", "brought"])
def test_no_client_says_what_the_other_session_holds(name: str) -> None:
    brought: dict[str, Any] = {
        "symbol": "R1",
        "title": "",
        "text": "x",
        "addressees": [],
        "group": None,
        "status": "proposed",
    }
    assert problem("recommendation.bring", {"from": SOURCE, name: brought}, None).field == name


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ([{}], "options[0].label"),
        ([{"label": "A"}, {"label": ""}], "options.label"),
        ([{"label": "x" * 101}], "options.label"),
        ([{"label": "A", "id": "x" * 41}], "options.id"),
        ([{"label": "A", "colour": "red"}], "options[0].colour"),
        ([{"label": 1}], "options[0].label"),
        (["A", "B"], "options[0]"),
        ([{"label": "A"}] * 51, "options"),
    ],
)
@pytest.mark.parametrize("name", ["poll.draft", "poll.open"])
def test_what_is_wrong_with_an_option_is_named(name: str, options: object, field: str) -> None:
    found = problem(name, {**right(name), "options": options}, expected(name))
    assert found.field == field


def test_options_are_kept_as_typed() -> None:
    said = {"ballot": "recorded", "unit": "person", "results": "live", "options": [{"label": " Geneva\u202e "}]}
    drafted = read_command("poll.draft", said)
    assert isinstance(drafted, c.DraftPoll)
    assert drafted.options == (c.GivenOption(label="Geneva"),)


@pytest.mark.parametrize(
    "counts", [{"support": -1}, {"support": 1.5}, {"support": True}, {"support": "3"}, {"support": None}, {"a": 10**6}]
)
def test_hands_are_counted_in_whole_numbers_and_never_less_than_none(counts: object) -> None:
    data = {"poll": "poll.5", "counts": counts, "present": 10}
    assert is_about(problem("poll.room_tally", data, None), "counts")


@pytest.mark.parametrize("present", [-1, 1.5, True, "10", None, 100_001])
def test_those_present_are_a_number_of_people(present: object) -> None:
    data = {"poll": "poll.5", "counts": {}, "present": present}
    assert problem("poll.room_tally", data, None).field == "present"


def test_at_most_fifty_counts_are_taken() -> None:
    data = {"poll": "poll.5", "counts": {f"option_{number}": 0 for number in range(51)}, "present": 0}
    assert problem("poll.room_tally", data, None).field == "counts"


def test_thousands_may_be_named_as_eligible() -> None:
    people = [f"person-{number}" for number in range(20_000)]
    said = read_command("poll.open", {"poll": "poll.5", "eligible": people})
    assert said == c.OpenPoll(poll="poll.5", eligible=tuple(people))
    for eligible, field in (([*people, "one more"], "eligible"), (["x" * 65], "eligible"), ([1], "eligible[0]")):
        assert problem("poll.open", {"poll": "poll.5", "eligible": eligible}, None).field == field


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("note.add", "note"),
        ("recommendation.propose", "recommendation"),
        ("poll.draft", "poll"),
        ("poll.open", "poll"),
    ],
)
@pytest.mark.parametrize("made", ["short", "x" * 65, "with space", "<b>12345</b>", "abcdefgh\n", "n.5.5", "../../etc"])
def test_ids_of_what_a_client_makes_are_plain(name: str, field: str, made: str) -> None:
    assert problem(name, {**right(name), field: made}, expected(name)).field == field


def test_addressees_are_texts_of_their_own() -> None:
    said = {"text": "Should agree", "addressees": ["States", " Regional\u202e mechanisms "]}
    assert read_command("recommendation.propose", said) == c.ProposeRecommendation(
        text="Should agree", addressees=("States", "Regional mechanisms")
    )
    for addressees in (["x" * 201], ["x"] * 51, "States", [1]):
        assert is_about(problem("recommendation.propose", {**said, "addressees": addressees}, None), "addressees")


def test_a_hostile_name_of_a_field_is_not_repeated_at_length() -> None:
    found = problem("list.open", {"x" * 10_000: 1}, None)
    assert found.field == "x" * 64
    assert len(str(found)) < 300
