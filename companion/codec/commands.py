"""Commands on the wire: their names, and how a message becomes one."""

from collections.abc import Mapping
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from companion.codec.problems import BadMessage, converted
from companion.codec.shapes import shape_of
from companion.core import commands as c

_Id = Annotated[str, Meta(max_length=64)]


class SeenOnTheFloor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom the sender saw on the floor."""

    intervention: _Id | None


class SeenVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which version of a text the sender saw."""

    version: Annotated[int, Meta(ge=1, le=1_000_000)]


class SeenPoll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which poll the sender saw open, or closed."""

    poll: _Id


COMMANDS: Final[Mapping[str, type[c.ClientCommand]]] = {
    "session.start": c.StartSession,
    "session.segment": c.BeginSegment,
    "session.suspend": c.SuspendSession,
    "session.resume": c.ResumeSession,
    "session.close": c.CloseSession,
    "session.reopen": c.ReopenSession,
    "session.finalise": c.FinaliseSession,
    "session.settings": c.ChangeSettings,
    "session.preside": c.Preside,
    "session.correct": c.CorrectRecord,
    "session.undo": c.Undo,
    "person.correct": c.CorrectPerson,
    "person.link": c.LinkPerson,
    "person.role": c.ChangeRole,
    "attendance.mark": c.MarkAttendance,
    "list.open": c.OpenList,
    "list.close": c.CloseList,
    "list.rule": c.SetRule,
    "list.arrange": c.ArrangeList,
    "list.limit": c.SetLimit,
    "list.share_time": c.ShareTime,
    "list.carry_over": c.CarryOver,
    "floor.request": c.RequestFloor,
    "floor.change": c.ChangeRequest,
    "floor.withdraw": c.WithdrawRequest,
    "floor.ready": c.MarkReady,
    "floor.move": c.MoveRequest,
    "floor.exchange": c.ExchangePlaces,
    "floor.hold": c.HoldRequest,
    "floor.release": c.ReleaseRequest,
    "floor.absent": c.MarkAbsent,
    "floor.written": c.HandInStatement,
    "floor.give": c.GiveFloor,
    "floor.next": c.NextSpeaker,
    "floor.pause": c.PauseFloor,
    "floor.resume": c.ResumeFloor,
    "floor.extend": c.ExtendFloor,
    "floor.end": c.EndFloor,
    "floor.rule": c.RuleOnOrder,
    "note.add": c.AddNote,
    "note.write": c.WriteNote,
    "note.text": c.TypeNote,
    "note.mark": c.MarkNote,
    "note.move": c.MoveNote,
    "note.remove": c.RemoveNote,
    "note.release": c.ReleaseNote,
    "recommendation.propose": c.ProposeRecommendation,
    "recommendation.revise": c.ReviseRecommendation,
    "recommendation.amend": c.AmendRecommendation,
    "recommendation.set_aside": c.SetAsideAmendment,
    "recommendation.status": c.SetRecommendationStatus,
    "recommendation.position": c.TakePosition,
    "recommendation.bring": c.BringRecommendation,
    "poll.draft": c.DraftPoll,
    "poll.open": c.OpenPoll,
    "poll.vote": c.AnswerPoll,
    "poll.room_tally": c.CountRoom,
    "poll.close": c.ClosePoll,
    "poll.publish": c.PublishPoll,
    "poll.outcome": c.SetOutcome,
    "poll.again": c.AskAgain,
    "display.show": c.ShowOnDisplay,
    "announce": c.Announce,
    "booth.signal": c.SignalFromBooth,
}
NAMES: Final[Mapping[type[c.Command], str]] = {command: name for name, command in COMMANDS.items()}

EXPECTED: Final[Mapping[type[c.ClientCommand], type[msgspec.Struct]]] = {
    c.GiveFloor: SeenOnTheFloor,
    c.NextSpeaker: SeenOnTheFloor,
    c.PauseFloor: SeenOnTheFloor,
    c.ResumeFloor: SeenOnTheFloor,
    c.ExtendFloor: SeenOnTheFloor,
    c.EndFloor: SeenOnTheFloor,
    c.WriteNote: SeenVersion,
    c.ReviseRecommendation: SeenVersion,
    c.SetRecommendationStatus: SeenVersion,
    c.OpenPoll: SeenVersion,
    c.ClosePoll: SeenPoll,
    c.PublishPoll: SeenPoll,
}
"""What the sender of a command has to say that they saw, beside its data."""


def read_command(type_: str, data: object, expect: object = None) -> c.ClientCommand:
    """Return the command that a message asks for.

    `data` is decoded JSON; `expect` says what the sender saw: `{"intervention": id | null}`, `{"version": n}` or
    `{"poll": id}` where the command asks for it, else None. Raises `BadMessage` naming the field.
    """
    command: type[c.ClientCommand] | None = COMMANDS.get(type_)
    if command is None:
        raise BadMessage("type", "there is no such command")
    if not isinstance(data, dict):
        raise BadMessage("data", "expected an object")
    seen = EXPECTED.get(command)
    if seen is None:
        if expect is not None:
            raise BadMessage("expect", "this command expects nothing")
        return shape_of(command).read(data)
    if "expect" in data:
        raise BadMessage("expect", "stands beside the data, not in it")
    if expect is None and command is c.OpenPoll:
        return shape_of(command).read(data)  # a question of its own has no version
    return shape_of(command).read({**data, "expect": _seen(expect, seen)})


def _seen(expect: object, kind: type[msgspec.Struct]) -> object:
    (name,) = kind.__struct_fields__
    if not isinstance(expect, dict) or set(expect) != {name}:
        raise BadMessage("expect", f"say what you saw, and nothing else: {name}")
    try:
        return getattr(converted(expect, kind), name)
    except BadMessage as bad:
        raise BadMessage(f"expect.{bad.field}", bad.detail) from None
