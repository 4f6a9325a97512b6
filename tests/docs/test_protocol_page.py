"""`docs/PROTOCOL.md` names all that there is, and nothing that there is not."""

import dataclasses
import re
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pytest

import companion
from companion.audiences.audience import Audience
from companion.audiences.maps import PERSONAL_KEYS, Maps, personal
from companion.codec.commands import COMMANDS
from companion.core.commands import Guest
from companion.core.people import Attendance, Role
from companion.core.permissions import may_for_anyone, may_for_themselves
from companion.core.procedure import (
    AttributionMode,
    ListStatus,
    RequestKind,
    RequestList,
    RequestStatus,
    Rule,
    Ruling,
    SegmentKind,
    SessionStatus,
    Showing,
    WaitingAtSegment,
)
from companion.core.refusals import Refusal
from tests.core.scenario import opened

CODE: Final = Path(companion.__file__).parent
LIVE: Final = "Live (Socket.IO, default path and namespace, any Socket.IO 4 client)"
PAGE: Final = (CODE.parent / "docs" / "PROTOCOL.md").read_text(encoding="utf-8")
NAMED_IN_THE_PAGE: Final[dict[str, type[StrEnum]]] = {
    "role": Role,
    "audience": Audience,
    "session status": SessionStatus,
    "segment": SegmentKind,
    "list status": ListStatus,
    "rule": Rule,
    "kind of request": RequestKind,
    "request status": RequestStatus,
    "request list": RequestList,
    "ruling": Ruling,
    "attendance": Attendance,
    "attribution mode": AttributionMode,
    "display": Showing,
}


def part(heading: str) -> str:
    """Return what stands under a heading."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, f"the page has no part {heading}"
    return found[1]


def rows(heading: str) -> list[list[str]]:
    """Return the cells of each row of the table in a part, without its head."""
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in part(heading).splitlines() if line.startswith("|")]
    return cells[2:]


def words(text: str) -> list[str]:
    """Return what stands in backticks."""
    return re.findall(r"`([^`]+)`", text)


def row_of_command(name: str) -> list[str]:
    found = [row for row in rows("Commands") if name in words(row[0])]
    assert len(found) == 1, f"{name} has {len(found)} rows"
    return found[0]


def row_of_key(key: str) -> str:
    noun, _, which = key.partition("/")
    pattern = {"may": "may/<role>"}.get(noun, f"{noun}/<id>") if which and noun != "me" else key
    found = [row[1] for row in rows("Keys of the map") if words(row[0]) == [pattern]]
    assert len(found) == 1, f"{pattern} has {len(found)} rows"
    return found[0]


def test_the_commands_of_the_page_are_the_commands_of_the_program() -> None:
    assert sorted(name for row in rows("Commands") for name in words(row[0])) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_stands_there_with_its_fields_and_which_may_be_left_out(name: str) -> None:
    data = row_of_command(name)[1]
    for field in dataclasses.fields(COMMANDS[name]):
        if field.name == "expect":
            assert "+ `expect`" in data
            continue
        said = re.search(rf"\b{field.name}\b(\??)", data)
        assert said is not None, f"{field.name} is missing"
        optional = said[1] == "?"
        nullable_and_meant = (name, field.name) == ("floor.move", "after")
        assert optional == (field.default is not dataclasses.MISSING) or nullable_and_meant
    assert ("+ `expect`" in data) == ("expect" in COMMANDS[name].__dataclass_fields__)


def test_a_guest_stands_there_with_all_fields() -> None:
    guest = re.search(r"guest\?: \{([^}]*)\}", row_of_command("floor.request")[1])
    assert guest is not None
    assert [field.strip(" ?") for field in guest[1].split(",")] == [field.name for field in dataclasses.fields(Guest)]


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"session.undo"}))
def test_each_command_stands_there_with_those_who_may_send_it_about_anyone(name: str) -> None:
    clauses = re.sub(r"\([^)]*\)", "", row_of_command(name)[2]).split(";")
    own = [clause for clause in clauses if re.search(r"\bown\b|\bfor themselves\b", clause)]
    others = [clause for clause in clauses if clause not in own]
    assert roles_in(" ".join(others)) == {role for role in Role if may_for_anyone(role, COMMANDS[name])}
    themselves = {role for role in Role if may_for_themselves(role, COMMANDS[name])}
    assert bool(own) == bool(themselves)
    assert roles_in(" ".join(own)) in (set(), themselves)


def roles_in(text: str) -> set[Role]:
    """Return the roles that a text names; staff are those who run the list."""
    staff = {Role.MODERATOR, Role.LIST_OFFICER, Role.SECRETARIAT} if re.search(r"\bstaff\b", text) else set()
    return {role for role in Role if re.search(rf"\b{role}\b", text)} | staff


def test_the_refusals_of_the_page_are_the_refusals_of_the_program() -> None:
    assert sorted(words(part("Refusals"))) == sorted(Refusal)


@pytest.mark.parametrize("name", NAMED_IN_THE_PAGE)
def test_an_enumeration_of_the_page_is_that_of_the_program(name: str) -> None:
    line = re.search(rf"^- {name}: (.*)$", part("Enumerations"), re.MULTILINE)
    assert line is not None
    assert words(line[1]) == [each.value for each in NAMED_IN_THE_PAGE[name]]


def test_the_page_has_no_other_enumeration() -> None:
    assert re.findall(r"^- ([^:]+):", part("Enumerations"), re.MULTILINE) == [*NAMED_IN_THE_PAGE]


def test_what_becomes_of_those_who_wait_at_a_new_segment_stands_with_the_command() -> None:
    data = row_of_command("session.segment")[1]
    assert re.findall(r'"(\w+)"', data) == [each.value for each in WaitingAtSegment]


def shown() -> dict[str, Any]:
    """Return the fullest map that there is, with somebody's own keys."""
    scenario = opened()
    scenario.ask("ana")
    scenario.ask("ben")
    scenario.next()
    return {**Maps(scenario.session).of(Audience.TECHNICAL), **personal(scenario.session, "ana")}


def test_the_keys_of_the_page_are_the_keys_of_the_map() -> None:
    named = {key for row in rows("Keys of the map") for key in words(row[0])}
    nouns = {re.sub(r"/.*", "/", key) if not key.startswith("me/") else key for key in shown()}
    assert {re.sub(r"/<.*", "/", key) for key in named} == nouns
    assert set(PERSONAL_KEYS) <= named


def test_each_field_of_a_value_stands_with_its_key() -> None:
    missing = []
    for key, value in shown().items():
        if not isinstance(value, dict) or key.startswith(("may/", "me/")):
            continue
        row = row_of_key(key)
        missing += [f"{key}: {field}" for field in value if not re.search(rf"\b{field}\b", row)]
    assert missing == []


def test_each_field_that_only_some_may_see_stands_with_them() -> None:
    scenario = opened()
    scenario.ask("ana")
    maps = Maps(scenario.session)
    public, staff, technical = (
        set(maps.of(audience)["person/ana"] or ())
        for audience in (Audience.PARTICIPANTS, Audience.STAFF, Audience.TECHNICAL)
    )
    braced = re.findall(r"\{([^}]*)\}", row_of_key("person/ana"))
    assert [set(re.findall(r"\w+", each)) for each in braced] == [public, staff - public, technical - staff]


def test_every_signal_that_the_program_sends_stands_there() -> None:
    signals = re.search(r"^Signals: (.*?)\n\n", part(LIVE), re.MULTILINE | re.DOTALL)
    assert signals is not None
    sent = {
        type_
        for file in CODE.rglob("*.py")
        for type_ in re.findall(r'"type": "([a-z_]+)", "data"', file.read_text(encoding="utf-8"))
    }
    assert sent >= {"presence", "restarting", "signed_out"}
    assert sent <= set(words(signals[1]))


def test_every_event_of_the_socket_stands_there() -> None:
    named = {word for row in rows(LIVE) for word in words(row[1])}
    assert named == {"join", "leave", "command", "clock", "patch", "signal"}
