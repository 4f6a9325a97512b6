"""What a client sends as a command: the least that is right, what its sender saw, and what is said to be wrong with it."""

from typing import Any, Final

import pytest

from companion.codec.commands import COMMANDS, EXPECTED, SeenOnTheFloor, SeenPoll, SeenVersion, read_command
from companion.codec.problems import BadMessage
from tests.codec.strategies import attribute, fields_of, is_required

EXPECTING: Final = [name for name, command in COMMANDS.items() if "expect" in command.__dataclass_fields__]
ON_THE_FLOOR: Final = [name for name in EXPECTING if EXPECTED[COMMANDS[name]] is SeenOnTheFloor]
ON_A_VERSION: Final = [name for name in EXPECTING if EXPECTED[COMMANDS[name]] is SeenVersion]
ON_A_POLL: Final = [name for name in EXPECTING if EXPECTED[COMMANDS[name]] is SeenPoll]


def nested(depth: int) -> object:
    value: object = []
    for _ in range(depth):
        value = [value]
    return value


def expected(name: str, seen: object = None) -> object:
    """Return what the sender of a command saw: somebody on the floor (nobody, unless said), version 3, a poll."""
    if name in ON_THE_FLOOR:
        return {"intervention": seen}
    if name in ON_A_VERSION:
        return {"version": 3}
    return {"poll": "poll.5"} if name in ON_A_POLL else None


SOURCE: Final = {"session": "panel-2", "recommendation": "rec.5", "version": 1}
INSIDE: Final[dict[str, dict[str, object]]] = {"guest": {"name": "Guest"}, "from": SOURCE, "params": {}}
"""What a field that holds other fields needs in it."""

IN_THIS_ONE: Final[dict[str, dict[str, object]]] = {
    "note.add": {"kind": "key_point"},
    "booth.signal": {"kind": "slower"},
    "person.link": {"from": "g.5"},
    "list.carry_over": {"from": "panel-0"},
}
"""What a field has in one command and not in the others."""


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
        "update": "AAA=",
        "client": 7,
        "clock": 3,
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
        "position": "reserves",
        "amendment": "am.16",
        "rule": "first_come",
        "role": "observer",
        "seq": 5,
        "with": "r.6",
    }
    command = COMMANDS[name]
    least |= IN_THIS_ONE.get(name, {})
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
