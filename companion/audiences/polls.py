"""What stands under the keys of polls, and what a person is told of their own answers.

Staff see the counts as they come, participants as the poll's policy says, which never gets looser: the sentence about what
follows waits with them, since it tells figures. Nobody's map holds an answer beside a person but the person's own. What grows
with those who may answer, or with what they are, stands in no map: staff ask for it (`disclosures.py`, `breakdowns.py`).
"""

from collections.abc import Collection, Mapping
from typing import Any, Final, TypeAlias

from companion.audiences.views import ABSENT, Value, Views, public_and_staff, time_or_none
from companion.clock import format_time
from companion.core import tally
from companion.core.eligibility import why_not
from companion.core.ids import PersonId, PollId
from companion.core.polling import Poll
from companion.core.procedure import BallotKind, PollStatus, Results
from companion.core.state import Session

Marks: TypeAlias = Mapping[PollId, Collection[str]]
"""Which units have answered each secret poll: the only thing of it that is known before it closes, and no event tells it."""

NO_MARKS: Final[Marks] = {}
FEW: Final = 5
_NOT_COUNTED: Final = frozenset({PollStatus.DRAFTED, PollStatus.OPEN})
_SEEN_FROM: Final = {
    Results.LIVE: frozenset({PollStatus.OPEN, PollStatus.CLOSED, PollStatus.PUBLISHED}),
    Results.AFTER_CLOSE: frozenset({PollStatus.CLOSED, PollStatus.PUBLISHED}),
    Results.WHEN_PUBLISHED: frozenset({PollStatus.PUBLISHED}),
}


def polls_views(session: Session) -> Views:
    """Return the views of `polls`: how many there are, and which are open."""
    shown = [poll for poll in session.polls.values() if poll.status is not PollStatus.DRAFTED]
    open_ = sorted(poll.id for poll in shown if poll.status is PollStatus.OPEN)
    staff: Value = {"count": len(session.polls), "open": open_}
    return public_and_staff({"count": len(shown), "open": open_}, staff)


def poll_views(session: Session, poll_id: PollId, marks: Marks = NO_MARKS) -> Views:
    """Return the views of `poll/<id>`: drafts are for staff, counts for whoever may see them."""
    poll = session.polls[poll_id]
    terms = _terms(poll, marks)
    is_secret = poll.ballot is BallotKind.SECRET
    if is_secret and poll.status in _NOT_COUNTED:
        return public_and_staff(ABSENT if poll.status is PollStatus.DRAFTED else terms, terms)
    staff = {**terms, **_counts(poll), **({"gives_away": _gives_away(poll)} if is_secret else {})}
    if poll.status is PollStatus.DRAFTED:
        return public_and_staff(ABSENT, staff)
    public = {**terms, **_counts(poll)} if may_see_counts(poll) else {**terms, "outcome": None}
    return public_and_staff(public, staff)


def may_see_counts(poll: Poll) -> bool:
    """Say whether participants may see the counts of a poll now."""
    return poll.status in _SEEN_FROM[poll.results]


def answers_value(session: Session, person: PersonId, marks: Marks = NO_MARKS) -> dict[str, Any]:
    """Return the key `me/answers`: for each poll that was opened, whether one may answer or why not, and one's unit's answer.

    Of a secret poll nobody is told an answer; that there is one is told until the server ends.
    """
    return {
        poll.id: {**_own(session, poll, person), "answered": _has_answered(poll, person, marks)}
        for poll in sorted(session.polls.values(), key=lambda poll: poll.id)
        if poll.status is not PollStatus.DRAFTED
    }


def _own(session: Session, poll: Poll, person: PersonId) -> dict[str, Any]:
    voter = poll.eligible.get(person)
    answer = None if voter is None else poll.answers.get(voter)
    return {
        "eligible": voter is not None,
        "why_not": why_not(session, poll, person),
        "option": answer and answer.option,
        "reason": answer and answer.reason,
        "at": answer and format_time(answer.at),
        "by_me": answer is not None and answer.person == person,
    }


def _has_answered(poll: Poll, person: PersonId, marks: Marks) -> bool | None:
    voter = poll.eligible.get(person)
    if poll.ballot is BallotKind.RECORDED:
        return voter in poll.answers
    return voter in marks[poll.id] if poll.id in marks else None


def _gives_away(poll: Poll) -> str | None:
    """Return why the figures of a secret poll may tell who answered what: too few did, or all answered the same."""
    if poll.answered < FEW:
        return "few"
    return "all_agree" if max(poll.tally.values()) == poll.answered else None


def _terms(poll: Poll, marks: Marks) -> dict[str, Any]:
    return {
        "id": poll.id,
        "status": poll.status,
        "recommendation": poll.recommendation,
        "version": poll.version,
        "question": poll.question,
        "options": [{"id": option.id, "label": option.label} for option in poll.options],
        "ballot": poll.ballot,
        "unit": poll.unit,
        "results": poll.results,
        "reasons": poll.reasons,
        "room": poll.room,
        "again": poll.again,
        "round": poll.round,
        "eligible": poll.voters,
        "answered": len(marks.get(poll.id, ()))
        if poll.status is PollStatus.OPEN and poll.id in marks
        else poll.answered,
        "opened_at": time_or_none(poll.opened_at),
        "closed_at": time_or_none(poll.closed_at),
        "outcome": poll.outcome or None,
    }


def _counts(poll: Poll) -> dict[str, Any]:
    room = poll.room_tally
    return {
        "tally": {option.id: poll.tally[option.id] for option in poll.options},
        "room_tally": None if room is None else {"counts": dict(room.counts), "present": room.present},
        "total": tally.total(poll),
    }
