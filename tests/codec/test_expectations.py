"""What the sender of a command saw stands beside it: whom on the floor, which version of a text, which poll."""

import pytest

from companion.codec.commands import COMMANDS, EXPECTED, NAMES, read_command
from companion.core import commands as c
from tests.codec.sending import EXPECTING, ON_A_POLL, ON_A_VERSION, ON_THE_FLOOR, expected, nested, problem, right


@pytest.mark.parametrize("name", ON_THE_FLOOR)
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


@pytest.mark.parametrize("name", ON_A_VERSION)
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


@pytest.mark.parametrize("name", ON_A_POLL)
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


@pytest.mark.parametrize("name", sorted({*ON_A_VERSION} - {"poll.open"}))
def test_what_changes_a_text_is_not_sent_without_the_version(name: str) -> None:
    assert problem(name, right(name), None).field == "expect"


def test_a_poll_on_a_question_has_no_version_to_expect() -> None:
    assert read_command("poll.open", {"poll": "poll.5"}) == c.OpenPoll(poll="poll.5")
    assert read_command("poll.open", {"poll": "poll.5"}, {"version": 2}) == c.OpenPoll(poll="poll.5", expect=2)
    assert problem("poll.open", {"poll": "poll.5", "expect": 2}, None).field == "expect"


@pytest.mark.parametrize("name", EXPECTING)
def test_what_one_saw_stands_beside_the_data_and_not_in_it(name: str) -> None:
    assert problem(name, {**right(name), "expect": None}, expected(name)).field == "expect"


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - set(EXPECTING)))
@pytest.mark.parametrize("expect", [{"intervention": None}, {"version": 1}, {"poll": "poll.5"}, {}, 1])
def test_all_other_commands_expect_nothing(name: str, expect: object) -> None:
    assert problem(name, right(name), expect).field == "expect"


def test_every_command_that_expects_says_what() -> None:
    assert {NAMES[command] for command in EXPECTED} == set(EXPECTING)
    assert sorted(ON_THE_FLOOR + ON_A_VERSION + ON_A_POLL) == sorted(EXPECTING)
