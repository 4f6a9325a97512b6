"""Indicative polls: what those present can support, without deciding anything.

A poll belongs to a version of a recommendation, or asks a question of its own. Its options and terms stand before it
opens; who may answer, and for which delegation, is fixed when it opens. A recorded answer may be changed until the poll
closes. A unit (a person or a delegation) has one answer, the last one given. What is asked again is a poll of its own, on
the same terms, and each is asked again once: so rounds follow one another. What is answered in secret makes no event: it
goes into the poll's box (`live/secret_ballots.py`), is final, and is known as counts alone once the poll is closed.
"""

from typing import Final, assert_never

from companion.core import commands as c
from companion.core import events as e
from companion.core.breakdown import with_answer
from companion.core.eligibility import eligible, why_not
from companion.core.ids import PollId, is_made_here, made_here
from companion.core.polling import Answer, Poll, RoomTally
from companion.core.procedure import (
    BallotKind,
    PollStatus,
    Preset,
    Reasons,
    Results,
    RoomAnswers,
)
from companion.core.refusals import Refusal, Refused
from companion.core.renewal import replace
from companion.core.state import Session
from companion.core.tally import from_box, moved, none_yet

CANNOT_SUPPORT: Final = "cannot_support"
PRESETS: Final = {
    Preset.SUPPORT_SCALE: (
        e.Option(id="support", label="Can support"),
        e.Option(id="support_with_changes", label="Can support with changes"),
        e.Option(id=CANNOT_SUPPORT, label="Cannot support"),
        e.Option(id="abstain", label="Abstain"),
    ),
    Preset.CONSENSUS_SCALE: (
        e.Option(id="agree", label="Agree"),
        e.Option(id="can_live_with", label="Can live with it"),
        e.Option(id="stand_aside", label="Stand aside"),
        e.Option(id=CANNOT_SUPPORT, label="Cannot support"),
    ),
    Preset.YES_NO_ABSTAIN: (
        e.Option(id="yes", label="Yes"),
        e.Option(id="no", label="No"),
        e.Option(id="abstain", label="Abstain"),
    ),
}
_LEAST_OPTIONS: Final = 2
_OVER: Final = frozenset({PollStatus.CLOSED, PollStatus.PUBLISHED})


def decide(session: Session, command: c.PollCommand, *, by: str) -> list[e.Event]:  # noqa: C901 (one case each)
    """Return what happens if the person `by` issues `command`, or raise `Refused`."""
    match command:
        case c.DraftPoll():
            return [_drafted(session, command, command.poll)]
        case c.OpenPoll():
            return _open(session, command)
        case c.AnswerPoll():
            return _answer(session, command, by)
        case c.CountRoom():
            return _count_room(session, command)
        case c.ClosePoll():
            return [_closed(_seen(session, command, PollStatus.OPEN), command.counted)]
        case c.PublishPoll():
            return [e.PollPublished(poll=_seen(session, command, PollStatus.CLOSED).id)]
        case c.AskAgain():
            return [_again(session, command)]
        case c.SetOutcome():
            return [e.PollOutcomeSet(poll=_in(session, command.poll, _OVER).id, text=command.text)]
        case _:
            assert_never(command)


def evolve(session: Session, recorded: e.Recorded, event: e.PollEvent) -> Session:
    """Return the session after `event`."""
    match event:
        case e.PollDrafted():
            poll = _from_draft(session, event)
        case e.PollOpened():
            poll = _opened(session, recorded, event)
        case e.PollAnswered():
            poll = _answered(session.polls[event.poll], recorded, event)
        case e.RoomCounted():
            counted = RoomTally(counts=event.counts, present=event.present, at=recorded.at)
            poll = replace(session.polls[event.poll], room_tally=counted)
        case e.PollClosed():
            poll = replace(session.polls[event.poll], status=PollStatus.CLOSED, closed_at=recorded.at)
            poll = poll if event.counts is None else replace(poll, tally=from_box(event.counts))
        case e.PollPublished():
            poll = replace(session.polls[event.poll], status=PollStatus.PUBLISHED, published_at=recorded.at)
        case e.PollOutcomeSet():
            poll = replace(session.polls[event.poll], outcome=event.text)
        case _:
            assert_never(event)
    return replace(session, polls=session.polls.insert(poll.id, poll))


def close_all(session: Session, counted: c.Counted) -> list[e.Event]:
    """Return what closes every open poll; `counted` says what was in the boxes of the secret ones."""
    return [_closed(poll, counted) for poll in open_polls(session)]


def is_secret(session: Session, poll: PollId) -> bool:
    """Say whether there is such a poll, and its answers are secret."""
    return poll in session.polls and session.polls[poll].ballot is BallotKind.SECRET


def open_polls(session: Session) -> list[Poll]:
    """Return the polls that take answers now, by id."""
    return sorted((poll for poll in session.polls.values() if poll.status is PollStatus.OPEN), key=lambda poll: poll.id)


def _closed(poll: Poll, counted: c.Counted) -> e.Event:
    if poll.ballot is BallotKind.RECORDED:
        return e.PollClosed(poll=poll.id)
    counts = dict(counted).get(poll.id)
    if counts is None:
        raise Refused(Refusal.NOT_NOW)  # it has opened since the boxes were counted
    return e.PollClosed(poll=poll.id, counts=counts)


def _in(session: Session, poll: PollId, statuses: set[PollStatus] | frozenset[PollStatus]) -> Poll:
    found = session.polls.get(poll)
    if found is None:
        raise Refused(Refusal.NOT_FOUND)
    if found.status not in statuses:
        raise Refused(Refusal.POLL_NOT_OPEN if PollStatus.OPEN in statuses else Refusal.NOT_NOW)
    return found


def _seen(session: Session, command: c.ClosePoll | c.PublishPoll, status: PollStatus) -> Poll:
    """Return the poll that the sender saw in `status`; whoever came second is told that it is no longer so."""
    if command.expect != command.poll:
        raise Refused(Refusal.STALE)
    poll = session.polls.get(command.poll)
    if poll is None:
        raise Refused(Refusal.NOT_FOUND)
    if poll.status is not status:
        raise Refused(Refusal.STALE if poll.status is not PollStatus.DRAFTED else Refusal.POLL_NOT_OPEN)
    return poll


def _drafted(session: Session, command: c.DraftPoll | c.OpenPoll, id_: str | None) -> e.PollDrafted:
    poll = id_ or made_here("poll", session.seq + 1)
    if poll in session.polls:
        raise Refused(Refusal.ID_IN_USE)
    if command.ballot is None or command.unit is None or command.results is None:
        raise Refused(Refusal.BAD_MESSAGE)
    if (command.recommendation is None) == (not command.question):
        raise Refused(Refusal.BAD_MESSAGE)
    if command.recommendation is not None and command.recommendation not in session.recommendations:
        raise Refused(Refusal.NOT_FOUND)
    if command.ballot is BallotKind.SECRET and not _keeps_a_secret(command):
        raise Refused(Refusal.BAD_MESSAGE)
    return e.PollDrafted(
        poll=poll,
        recommendation=command.recommendation,
        question=command.question,
        options=_options(command),
        ballot=command.ballot,
        unit=command.unit,
        results=command.results,
        reasons=command.reasons,
        room=command.room,
    )


def _again(session: Session, command: c.AskAgain) -> e.PollDrafted:
    """Prepare the next round of a poll; whoever asks for it second is told that there is one."""
    earlier = _in(session, command.poll, _OVER)
    if any(poll.again == earlier.id for poll in session.polls.values()):
        raise Refused(Refusal.STALE)
    return e.PollDrafted(
        poll=made_here("poll", session.seq + 1),
        recommendation=earlier.recommendation,
        question=earlier.question,
        options=earlier.options,
        ballot=earlier.ballot,
        unit=earlier.unit,
        results=earlier.results,
        reasons=earlier.reasons,
        room=earlier.room,
        again=earlier.id,
    )


def _keeps_a_secret(command: c.DraftPoll | c.OpenPoll) -> bool:
    """Say whether nobody can be found out by the terms: no results before the end, no reasons, no hands."""
    in_the_end = command.results is not Results.LIVE
    return in_the_end and command.reasons is Reasons.NEVER and command.room is RoomAnswers.BY_APP


def _options(command: c.DraftPoll | c.OpenPoll) -> tuple[e.Option, ...]:
    if command.preset is not None:
        if command.options:
            raise Refused(Refusal.BAD_MESSAGE)
        return PRESETS[command.preset]
    options = tuple(
        e.Option(id=given.id or f"option_{number}", label=given.label)
        for number, given in enumerate(command.options, start=1)
    )
    ids, labels = {option.id for option in options}, {option.label.casefold() for option in options}
    if len(options) < _LEAST_OPTIONS or min(len(ids), len(labels)) < len(options):
        raise Refused(Refusal.BAD_MESSAGE)
    return options


def _open(session: Session, command: c.OpenPoll) -> list[e.Event]:
    if not session.course.status.is_running:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    drafted: list[e.Event] = []
    draft = session.polls.get(command.poll or "")
    if draft is None and command.poll is not None and (command.ballot is None or is_made_here(command.poll)):
        raise Refused(Refusal.NOT_FOUND)
    if draft is None:
        first = _drafted(session, command, command.poll)
        drafted, draft = [first], _from_draft(session, first)
    elif draft.status is not PollStatus.DRAFTED:
        raise Refused(Refusal.NOT_NOW)
    version = None
    if draft.recommendation is not None:
        version = session.recommendations[draft.recommendation].current.number
        if command.expect != version:
            raise Refused(Refusal.STALE)
    return [*drafted, e.PollOpened(poll=draft.id, version=version, eligible=eligible(session, draft, command.eligible))]


def _answer(session: Session, command: c.AnswerPoll, by: str) -> list[e.Event]:
    poll = _in(session, command.poll, {PollStatus.OPEN})
    voter = poll.eligible.get(by)
    if voter is None:
        raise Refused(Refusal.NOT_ELIGIBLE, because=why_not(session, poll, by) or "")
    if command.option not in {option.id for option in poll.options}:
        raise Refused(Refusal.NOT_FOUND)
    reason = command.reason or None
    if poll.ballot is BallotKind.SECRET:
        return _nothing_to_record(command)
    if reason is not None and poll.reasons is Reasons.NEVER:
        raise Refused(Refusal.BAD_MESSAGE)
    wanted = poll.reasons is Reasons.REQUIRED_FOR_CANNOT_SUPPORT and command.option == CANNOT_SUPPORT
    if wanted and reason is None:
        raise Refused(Refusal.REASON_REQUIRED)
    return [e.PollAnswered(poll=poll.id, voter=voter, person=by, option=command.option, reason=reason)]


def _nothing_to_record(command: c.AnswerPoll) -> list[e.Event]:
    """Return no event: what is chosen in secret goes into the poll's box, and nowhere else."""
    if command.reason:
        raise Refused(Refusal.BAD_MESSAGE)
    if not command.secretly:
        raise Refused(Refusal.POLL_NOT_OPEN)  # its box is not there yet
    return []


def _count_room(session: Session, command: c.CountRoom) -> list[e.Event]:
    poll = _in(session, command.poll, {PollStatus.OPEN, PollStatus.CLOSED})
    if poll.room is not RoomAnswers.BY_HANDS:
        raise Refused(Refusal.NOT_NOW)
    if set(command.counts) - {option.id for option in poll.options}:
        raise Refused(Refusal.NOT_FOUND)
    if sum(command.counts.values()) > command.present:
        raise Refused(Refusal.BAD_MESSAGE)
    counts = tuple((option.id, command.counts.get(option.id, 0)) for option in poll.options)
    return [e.RoomCounted(poll=poll.id, counts=counts, present=command.present)]


def _from_draft(session: Session, event: e.PollDrafted) -> Poll:
    earlier = session.polls.get(event.again or "")
    return Poll(
        id=event.poll,
        status=PollStatus.DRAFTED,
        question=event.question,
        options=event.options,
        ballot=event.ballot,
        unit=event.unit,
        results=event.results,
        reasons=event.reasons,
        room=event.room,
        recommendation=event.recommendation,
        again=event.again,
        round=1 if earlier is None else earlier.round + 1,
        tally=none_yet(event.options),
    )


def _opened(session: Session, recorded: e.Recorded, event: e.PollOpened) -> Poll:
    poll = session.polls[event.poll]
    voters, members = poll.eligible, poll.members
    for person, voter in event.eligible:
        voters = voters.insert(person, voter)
        members = members.insert(voter, (*members.get(voter, ()), person))
    return replace(
        poll,
        status=PollStatus.OPEN,
        version=event.version,
        known=session.people,
        eligible=voters,
        members=members,
        voters=len(members),
        opened_at=recorded.at,
    )


def _answered(poll: Poll, recorded: e.Recorded, event: e.PollAnswered) -> Poll:
    before = poll.answers.get(event.voter)
    answer = Answer(option=event.option, person=event.person, reason=event.reason, at=recorded.at)
    return replace(
        poll,
        answers=poll.answers.insert(event.voter, answer),
        breakdown=with_answer(poll, before, answer),
        tally=moved(poll.tally, before.option if before else None, event.option),
    )
