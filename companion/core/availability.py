"""What each role may send now, and why not: for the screens, which have no rules of their own.

Only what holds for everybody of a role; what depends on one's own requests is seen from them.
"""

from collections.abc import Mapping
from typing import TypeAlias

from companion.core import commands as c
from companion.core import floor, permissions, programme, recommendations, requests
from companion.core.people import Role
from companion.core.procedure import ListStatus, PollStatus, RequestKind, Rule, SessionStatus
from companion.core.refusals import Refusal
from companion.core.state import Session

Availability: TypeAlias = Mapping[type[c.Command], Refusal | None]

_PROGRAMME = (
    c.StartSession,
    c.BeginSegment,
    c.SuspendSession,
    c.ResumeSession,
    c.CloseSession,
    c.ReopenSession,
    c.FinaliseSession,
    c.ChangeSettings,
    c.Preside,
    c.CorrectRecord,
)
_ON_THE_FLOOR = (c.PauseFloor, c.ResumeFloor, c.ExtendFloor, c.EndFloor)
_GIVING = (c.GiveFloor, c.NextSpeaker)
_LIST = (c.OpenList, c.CloseList)
_ORDER = (c.SetRule, c.ArrangeList, c.CarryOver)
_WRITING = (c.AddNote, c.ProposeRecommendation)
_OFFERED = (c.ProposeRecommendation, c.AmendRecommendation, c.TakePosition)
_POLLS = (c.OpenPoll, c.AnswerPoll, c.ClosePoll)


def availability(session: Session, role: Role) -> Availability:
    """Return, for each command that `role` may ever send, None or the reason why not now."""
    finalised = session.course.status is SessionStatus.FINALISED
    return {
        command: Refusal.SESSION_NOT_OPEN if finalised else _why_not(session, role, command)
        for command in permissions.ANYONE
        if permissions.may_for_anyone(role, command) or permissions.may_for_themselves(role, command)
    }


def _why_not(session: Session, role: Role, command: type[c.Command]) -> Refusal | None:  # noqa: C901 (one case each)
    if command in _OFFERED and not permissions.may_for_anyone(role, command):
        return recommendations.why_not_themselves(session, command)
    if command in _PROGRAMME:
        return programme.why_not(session, command)
    if command in _ON_THE_FLOOR:
        return _why_not_on_the_floor(session, command)
    if command in _GIVING:
        return _why_not_give(session, command)
    if command in _LIST:
        return _why_not_list(session, command)
    if command in _POLLS:
        return _why_not_poll(session, command)
    if command in _ORDER:
        return _why_not_order(session, command)
    if command is c.RequestFloor:
        return requests.why_not_request(session, RequestKind.STATEMENT, role)
    if command is c.Undo:
        theirs = any(permissions.may_undo(role, each.type) for each in session.undo)
        return None if theirs else Refusal.CANNOT_UNDO
    too_early = command in _WRITING and session.course.status is SessionStatus.SCHEDULED
    return Refusal.SESSION_NOT_OPEN if too_early else None


def _why_not_on_the_floor(session: Session, command: type[c.Command]) -> Refusal | None:
    speaking = session.speaking
    if speaking is None:
        return Refusal.NOBODY_IS_SPEAKING
    stands = speaking.paused_at is not None
    if command is c.ResumeFloor and session.course.status is not SessionStatus.OPEN:
        return Refusal.SESSION_NOT_OPEN
    wrong = (
        (command is c.PauseFloor and stands)
        or (command is c.ResumeFloor and not stands)
        or (command is c.ExtendFloor and speaking.limit_seconds is None)
    )
    return Refusal.NOT_NOW if wrong else None


def _why_not_give(session: Session, command: type[c.Command]) -> Refusal | None:
    if session.course.status is not SessionStatus.OPEN:
        return Refusal.SESSION_NOT_OPEN
    if command is c.NextSpeaker and floor.coming(session) == (None, None):
        return Refusal.NOT_ON_LIST
    return None


def _why_not_poll(session: Session, command: type[c.Command]) -> Refusal | None:
    if command is c.OpenPoll:
        running = session.course.status.is_running
        return None if running else Refusal.SESSION_NOT_OPEN
    is_open = any(poll.status is PollStatus.OPEN for poll in session.polls.values())
    return None if is_open else Refusal.POLL_NOT_OPEN


def _why_not_order(session: Session, command: type[c.Command]) -> Refusal | None:
    if session.course.status.is_over:
        return Refusal.SESSION_NOT_OPEN
    by_hand = command is c.ArrangeList and session.list.rule is Rule.MANUAL
    return Refusal.NOT_NOW if by_hand else None


def _why_not_list(session: Session, command: type[c.Command]) -> Refusal | None:
    is_open = session.list.status is ListStatus.OPEN
    if command is c.CloseList:
        return None if is_open else Refusal.LIST_CLOSED
    if session.course.status.is_over:
        return Refusal.SESSION_NOT_OPEN
    return Refusal.NOT_NOW if is_open else None
