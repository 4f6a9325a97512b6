"""Who may send what: one table, command → roles.

`ANYONE` lists the roles that may send a command about anyone; `THEMSELVES` those that may for their own requests
only, or in their own name if the session allows. `KINDS` says what those may ask the floor for.
"""

from collections.abc import Mapping
from typing import Final

from companion.core import commands as c
from companion.core.people import Actor, Role
from companion.core.procedure import RequestKind
from companion.core.refusals import Refusal, Refused

_CHAIR: Final = frozenset({Role.MODERATOR, Role.SECRETARIAT})
_LIST: Final = frozenset({Role.MODERATOR, Role.LIST_OFFICER, Role.SECRETARIAT})
_SECRETARIAT: Final = frozenset({Role.SECRETARIAT})
_NOTES: Final = frozenset({Role.RAPPORTEUR, Role.SECRETARIAT})
_STAFF: Final = frozenset({Role.MODERATOR, Role.RAPPORTEUR, Role.SECRETARIAT})
_FLOOR_SEEKERS: Final = frozenset({Role.PANELLIST, Role.PARTICIPANT})

ANYONE: Final[Mapping[type[c.Command], frozenset[Role]]] = {
    c.StartSession: _CHAIR,
    c.BeginSegment: _CHAIR,
    c.SuspendSession: _CHAIR,
    c.ResumeSession: _CHAIR,
    c.CloseSession: _CHAIR,
    c.ReopenSession: _CHAIR,
    c.FinaliseSession: _SECRETARIAT,
    c.ChangeSettings: _SECRETARIAT,
    c.CorrectRecord: _SECRETARIAT,
    c.Preside: _CHAIR,
    c.CorrectPerson: _SECRETARIAT,
    c.LinkPerson: _SECRETARIAT,
    c.ChangeRole: _SECRETARIAT,
    c.MarkAttendance: frozenset({Role.TECHNICAL_MODERATOR, Role.SECRETARIAT}),
    c.OpenList: _LIST,
    c.CloseList: _LIST,
    c.SetRule: _LIST,
    c.ArrangeList: _LIST,
    c.SetLimit: _LIST,
    c.ShareTime: _LIST,
    c.CarryOver: _LIST,
    c.RequestFloor: _LIST,
    c.ChangeRequest: _LIST,
    c.WithdrawRequest: _LIST,
    c.MarkReady: _LIST,
    c.MoveRequest: _LIST,
    c.ExchangePlaces: _LIST,
    c.HoldRequest: _LIST,
    c.ReleaseRequest: _LIST,
    c.MarkAbsent: _LIST,
    c.HandInStatement: _LIST,
    c.GiveFloor: _CHAIR,
    c.NextSpeaker: _CHAIR,
    c.PauseFloor: _CHAIR,
    c.ResumeFloor: _CHAIR,
    c.ExtendFloor: _CHAIR,
    c.EndFloor: _CHAIR,
    c.RuleOnOrder: _CHAIR,
    c.AddNote: _NOTES,
    c.WriteNote: _NOTES,
    c.TypeNote: _NOTES,
    c.MarkNote: _NOTES,
    c.MoveNote: _NOTES,
    c.RemoveNote: _NOTES,
    c.ReleaseNote: _NOTES,
    c.ProposeRecommendation: _STAFF,
    c.ReviseRecommendation: _STAFF,
    c.SetRecommendationStatus: _STAFF,
    c.AmendRecommendation: _STAFF,
    c.SetAsideAmendment: _STAFF,
    c.TakePosition: _STAFF,
    c.BringRecommendation: _STAFF,
    c.DraftPoll: _STAFF,
    c.OpenPoll: _CHAIR,
    c.AskAgain: _CHAIR,
    c.CountRoom: _CHAIR,
    c.ClosePoll: _CHAIR,
    c.PublishPoll: _CHAIR,
    c.SetOutcome: _STAFF,
    c.AnswerPoll: frozenset(),
    c.ShowOnDisplay: _CHAIR,
    c.Announce: _CHAIR,
    c.SignalFromBooth: frozenset({Role.INTERPRETER}),
    c.Undo: _LIST | {Role.TECHNICAL_MODERATOR, Role.RAPPORTEUR},
}

THEMSELVES: Final[Mapping[type[c.Command], frozenset[Role]]] = {
    c.RequestFloor: _FLOOR_SEEKERS,
    c.ChangeRequest: _FLOOR_SEEKERS,
    c.WithdrawRequest: _FLOOR_SEEKERS,
    c.MarkReady: _FLOOR_SEEKERS,
    c.MoveRequest: _FLOOR_SEEKERS,
    c.ExchangePlaces: _FLOOR_SEEKERS,
    c.HandInStatement: _FLOOR_SEEKERS,
    c.ProposeRecommendation: _FLOOR_SEEKERS,
    c.AmendRecommendation: _FLOOR_SEEKERS,
    c.TakePosition: _FLOOR_SEEKERS,
    c.AnswerPoll: _FLOOR_SEEKERS,
}


_ANYBODYS_KINDS: Final = frozenset(
    {
        RequestKind.STATEMENT,
        RequestKind.JOINT_STATEMENT,
        RequestKind.QUESTION,
        RequestKind.VIDEO_STATEMENT,
        RequestKind.READ_OUT,
        RequestKind.POINT_OF_ORDER,
        RequestKind.RIGHT_OF_REPLY,
        RequestKind.PROCEDURAL_MOTION,
    }
)
KINDS: Final[Mapping[Role, frozenset[RequestKind]]] = {
    Role.PARTICIPANT: _ANYBODYS_KINDS,
    Role.PANELLIST: _ANYBODYS_KINDS | {RequestKind.PANEL_PRESENTATION, RequestKind.PANELLIST_REPLY},
}

_UNDO: Final[Mapping[str, frozenset[Role]]] = {
    "floor.give": _CHAIR,
    "floor.end": _CHAIR,
    "floor.pause": _CHAIR,
    "floor.resume": _CHAIR,
    "floor.extend": _CHAIR,
    "floor.rule": _CHAIR,
    "session.segment": _CHAIR,
    "display.show": _CHAIR,
    "note.mark": _NOTES,
    "note.move": _NOTES,
    "note.remove": _NOTES,
    "note.release": _NOTES,
    "recommendation.status": _STAFF,
    "recommendation.set_aside": _STAFF,
    "recommendation.position": _STAFF,
    "list.open": _LIST,
    "list.close": _LIST,
    "list.rule": _LIST,
    "list.arrange": _LIST,
    "list.limit": _LIST,
    "list.share_time": _LIST,
    "list.carry_over": _LIST,
    "floor.exchange": _LIST,
    "floor.absent": _LIST,
    "floor.written": _LIST,
    "session.preside": _CHAIR,
    "person.link": _SECRETARIAT,
    "floor.request": _LIST,
    "floor.change": _LIST,
    "floor.withdraw": _LIST,
    "floor.ready": _LIST,
    "floor.move": _LIST,
    "floor.hold": _LIST,
    "floor.release": _LIST,
    "attendance.mark": ANYONE[c.MarkAttendance],
}


def may_for_anyone(role: Role | None, command: type[c.Command]) -> bool:
    """Say whether `role` may send this type of command about anyone; the system may send all."""
    return role is None or role in ANYONE.get(command, frozenset())


def may_for_themselves(role: Role | None, command: type[c.Command]) -> bool:
    """Say whether `role` may send this type of command for own requests."""
    return role in THEMSELVES.get(command, frozenset())


def may_ask_for(role: Role | None, kind: RequestKind) -> bool:
    """Say whether `role` may put a request of this kind on a list; whoever keeps the list may put any."""
    return may_for_anyone(role, c.RequestFloor) or (role is not None and kind in KINDS.get(role, frozenset()))


def may_undo(role: Role | None, command: str) -> bool:
    """Say whether `role` may undo the command with this wire name: whoever may send it may."""
    return role is None or role in _UNDO.get(command, _SECRETARIAT)


def check(command: c.Command, by: Actor) -> None:
    """Raise `Refused` (not_allowed) where the role may never send this command, whoever it is about."""
    if not may_for_anyone(by.role, type(command)) and not may_for_themselves(by.role, type(command)):
        raise Refused(Refusal.NOT_ALLOWED)
