"""Commands on the wire: their names, and how a message becomes one."""

from collections.abc import Mapping
from typing import Final

from companion.codec.problems import BadMessage
from companion.codec.shapes import shape_of
from companion.core import commands as c

COMMANDS: Final[Mapping[str, type[c.ClientCommand]]] = {
    "session.start": c.StartSession,
    "session.segment": c.BeginSegment,
    "session.suspend": c.SuspendSession,
    "session.resume": c.ResumeSession,
    "session.close": c.CloseSession,
    "session.reopen": c.ReopenSession,
    "session.finalise": c.FinaliseSession,
    "session.settings": c.ChangeSettings,
    "session.undo": c.Undo,
    "person.correct": c.CorrectPerson,
    "attendance.mark": c.MarkAttendance,
    "list.open": c.OpenList,
    "list.close": c.CloseList,
    "list.limit": c.SetLimit,
    "floor.request": c.RequestFloor,
    "floor.change": c.ChangeRequest,
    "floor.withdraw": c.WithdrawRequest,
    "floor.ready": c.MarkReady,
    "floor.move": c.MoveRequest,
    "floor.hold": c.HoldRequest,
    "floor.release": c.ReleaseRequest,
    "floor.give": c.GiveFloor,
    "floor.next": c.NextSpeaker,
    "floor.pause": c.PauseFloor,
    "floor.resume": c.ResumeFloor,
    "floor.extend": c.ExtendFloor,
    "floor.end": c.EndFloor,
    "floor.rule": c.RuleOnOrder,
    "display.show": c.ShowOnDisplay,
    "announce": c.Announce,
}
NAMES: Final[Mapping[type[c.Command], str]] = {command: name for name, command in COMMANDS.items()}

_MOST_ID = 64


def read_command(type_: str, data: object, expect: object = None) -> c.ClientCommand:
    """Return the command that a message asks for.

    `data` is decoded JSON; `expect` is `{"intervention": id | null}` where the command looks at the floor, else None.
    Raises `BadMessage` naming the field.
    """
    command: type[c.ClientCommand] | None = COMMANDS.get(type_)
    if command is None:
        raise BadMessage("type", "there is no such command")
    if not isinstance(data, dict):
        raise BadMessage("data", "expected an object")
    if "expect" not in command.__dataclass_fields__:
        if expect is not None:
            raise BadMessage("expect", "this command expects nothing")
        return shape_of(command).read(data)
    if "expect" in data:
        raise BadMessage("expect", "stands beside the data, not in it")
    return shape_of(command).read({**data, "expect": _expected(expect)})


def _expected(expect: object) -> str | None:
    if not isinstance(expect, dict) or set(expect) != {"intervention"}:
        raise BadMessage("expect", "say whom you see on the floor: {intervention: id or null}")
    intervention = expect["intervention"]
    if intervention is not None and not (isinstance(intervention, str) and len(intervention) <= _MOST_ID):
        raise BadMessage("expect.intervention", "expected an id or null")
    return intervention
