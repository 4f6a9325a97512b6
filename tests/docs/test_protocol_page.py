"""`docs/PROTOCOL.md` names all that there is, and nothing that there is not."""

import dataclasses
import inspect
import re
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pytest

import companion
from companion.audiences.audience import Audience
from companion.audiences.maps import PERSONAL_KEYS, Maps, personal
from companion.codec.commands import COMMANDS, EXPECTED
from companion.core import commands as c
from companion.core.eligibility import NotEligible
from companion.core.people import Attendance, Role
from companion.core.permissions import may_for_anyone, may_for_themselves
from companion.core.polls import PRESETS
from companion.core.procedure import (
    AlarmAction,
    AlarmSince,
    AttributionMode,
    BallotKind,
    BoothSignalKind,
    ListStatus,
    NoteAttribution,
    NoteKind,
    PollStatus,
    PollUnit,
    Preset,
    QuotaBy,
    Reasons,
    RecommendationStatus,
    RequestKind,
    RequestList,
    RequestStatus,
    Results,
    RoomAnswers,
    Rule,
    Ruling,
    SegmentKind,
    SessionStatus,
    Showing,
    WaitingAtSegment,
    WhenAbsent,
)
from companion.core.refusals import Refusal
from companion.live import answers
from tests.codec.strategies import fields_of, is_required, takes
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
    "quota by": QuotaBy,
    "kind of request": RequestKind,
    "request status": RequestStatus,
    "when absent": WhenAbsent,
    "request list": RequestList,
    "ruling": Ruling,
    "alarm action": AlarmAction,
    "alarm since": AlarmSince,
    "booth signal": BoothSignalKind,
    "attendance": Attendance,
    "attribution mode": AttributionMode,
    "display": Showing,
    "note kind": NoteKind,
    "attribution of a note": NoteAttribution,
    "recommendation status": RecommendationStatus,
    "poll status": PollStatus,
    "ballot": BallotKind,
    "not eligible": NotEligible,
    "unit": PollUnit,
    "results": Results,
    "reasons": Reasons,
    "room": RoomAnswers,
    "preset of options": Preset,
}


INSIDE_A_FIELD: Final[dict[tuple[str, str], type[Any]]] = {
    ("floor.request", "guest"): c.Guest,
    ("list.rule", "params"): c.RuleParameters,
    ("session.settings", "limits"): c.SettingLimits,
    ("session.settings", "alarms"): c.SettingAlarm,
    ("recommendation.bring", "from"): c.Source,
    ("poll.draft", "options"): c.GivenOption,
    ("poll.open", "options"): c.GivenOption,
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
    data = re.sub(r"\+ `expect.*", "", row_of_command(name)[1])
    for field, hint in fields_of(COMMANDS[name]).items():
        said = re.search(rf"\b{field}\b(\??)", data)
        assert said is not None, f"{field} is missing"
        optional = said[1] == "?"
        nullable_and_meant = field == "after" and takes(hint, type(None))
        assert optional != is_required(COMMANDS[name], field) or nullable_and_meant


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_expects_stands_with_it(name: str) -> None:
    said = re.search(r"\+ `expect(?: \{(\w+)\})?`", row_of_command(name)[1])
    seen = EXPECTED.get(COMMANDS[name])
    assert (said is None) == (seen is None)
    if said is not None and seen is not None:
        assert (said[1] or "intervention",) == seen.__struct_fields__


@pytest.mark.parametrize(("name", "field"), INSIDE_A_FIELD)
def test_what_stands_inside_a_field_stands_there_with_all_fields_and_which_may_be_left_out(
    name: str, field: str
) -> None:
    inside = INSIDE_A_FIELD[name, field]
    found = re.search(
        rf"\b{field}\??: \[?\{{(.*?)\}}(?:\]|,|\}})", re.sub(r": \{\w+: \w+\}", "", row_of_command(name)[1])
    )
    assert found is not None
    optional = {each.name: each.default is not dataclasses.MISSING for each in dataclasses.fields(inside)}
    assert {word: mark == "?" for word, mark in re.findall(r"(\w+)(\??)(?:,|:|$)", found[1])} == optional


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
    without_remarks = re.sub(r"\([^)]*\)|;.*", "", line[1])
    assert words(without_remarks) == [each.value for each in NAMED_IN_THE_PAGE[name]]


def test_the_options_of_a_preset_stand_with_it() -> None:
    line = re.search(r"^- preset of options: (.*)$", part("Enumerations"), re.MULTILINE)
    assert line is not None
    found = dict(re.findall(r"`(\w+)` \(([^)]*)\)", line[1]))
    assert {name: words(options) for name, options in found.items()} == {
        preset.value: [option.id for option in options] for preset, options in PRESETS.items()
    }


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
    scenario.note()
    scenario.propose()
    scenario.answer("ana", scenario.poll(), "support")
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


def test_each_field_of_a_paper_that_only_staff_see_stands_with_them() -> None:
    scenario = opened()
    note, recommendation = scenario.note(), scenario.propose()
    scenario.by("rapporteur", c.ReleaseNote(note=note, released=True))
    maps = Maps(scenario.session)
    released = f"note/n.{scenario.session.seq}"
    for key, for_all in (
        (f"note/{note}", released),
        (f"recommendation/{recommendation}", f"recommendation/{recommendation}"),
    ):
        public, staff = set(maps.of(Audience.PARTICIPANTS)[for_all] or ()), set(maps.of(Audience.STAFF)[key] or ())
        of_staff = re.search(r"staff also `\{([^}]*)\}`", row_of_key(key))
        assert of_staff is not None
        assert set(re.findall(r"\w+", of_staff[1])) == staff - public


def test_counts_stand_with_the_poll_as_what_staff_always_see() -> None:
    scenario = opened()
    poll = scenario.poll(results=Results.AFTER_CLOSE)
    maps = Maps(scenario.session)
    public, staff = (
        set(maps.of(audience)[f"poll/{poll}"] or ()) for audience in (Audience.PARTICIPANTS, Audience.STAFF)
    )
    said = re.search(r"once they may be seen \(staff: always\) also `\{(.*?)\}`;", row_of_key(f"poll/{poll}"))
    assert said is not None
    assert re.findall(r"(\w+): \{", said[1]) == [*sorted(staff - public, key=said[1].index)]


def test_each_field_of_ones_own_answers_stands_with_them() -> None:
    (answer,) = shown()["me/answers"].values()
    said = re.search(r"`\{poll: \{([^}]*)\}\}`", row_of_key("me/answers"))
    assert said is not None
    assert re.findall(r"\w+", said[1]) == [*answer]


def test_what_commands_answer_with_stands_there() -> None:
    source = inspect.getsource(answers)
    results = dict(re.findall(r'case (e\.[\w.()| ]+):\n\s+return \{"(\w+)"', source))
    assert set(results.values()) == {"request", "intervention", "note", "version", "recommendation", "poll"}
    told = re.search(
        r"^`floor.request`, .*? answer with `result`: (.*?)\n\n", part("Commands"), re.MULTILINE | re.DOTALL
    )
    assert told is not None
    assert {f"{{{result}}}" for result in results.values()} <= set(words(told[1]))


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
