"""The indicative polls of a session, as its record has them.

Counts, and what follows from them, are told once everybody may see them, and to staff at any time. Who answered what is told of recorded polls where
the mode of attribution allows naming; the figures never say whom they are short of.
"""

from collections.abc import Iterator

from companion.audiences import attribution, breakdowns
from companion.audiences.polls import may_see_counts
from companion.core import events as e
from companion.core import polling as core
from companion.core import tally
from companion.core.people import Attendance
from companion.core.procedure import BallotKind, PollStatus, PollUnit
from companion.core.state import Session
from companion.record.history import History
from companion.record.model_documents import Notes
from companion.record.model_polls import Answer, Breakdown, BreakdownRow, Eligible, Option, Poll, RoomCount
from companion.record.naming import Naming


def polls(history: History, naming: Naming, scope: Notes) -> dict[str, Poll]:
    """Return the polls by id, in the order in which they were prepared; drafts are for staff."""
    drafted = (recorded.event for recorded in history.happened if isinstance(recorded.event, e.PollDrafted))
    found = (history.session.polls[event.poll] for event in drafted)
    opened = {
        recorded.event.poll: before
        for before, recorded in zip(history.before, history.happened, strict=True)
        if isinstance(recorded.event, e.PollOpened)
    }
    return {
        poll.id: _poll(history.session, naming, poll, at_opening=opened.get(poll.id, history.session), scope=scope)
        for poll in found
        if poll.status is not PollStatus.DRAFTED or scope is Notes.ALL
    }


def _poll(session: Session, naming: Naming, poll: core.Poll, *, at_opening: Session, scope: Notes) -> Poll:
    told = poll.ballot is BallotKind.RECORDED or poll.status in {PollStatus.CLOSED, PollStatus.PUBLISHED}
    seen = told and (may_see_counts(poll) or scope is Notes.ALL)
    counted = poll.room_tally
    return Poll(
        id=poll.id,
        status=poll.status,
        recommendation=poll.recommendation,
        version=poll.version,
        question=naming.text(poll.question),
        options=tuple(Option(id=option.id, label=option.label) for option in poll.options),
        ballot=poll.ballot,
        unit=poll.unit,
        results=poll.results,
        reasons=poll.reasons,
        room=poll.room,
        again=poll.again,
        round=poll.round,
        eligible=_eligible(at_opening, poll),
        answered=None if poll.ballot is BallotKind.SECRET and poll.status is PollStatus.OPEN else poll.answered,
        published=poll.status is PollStatus.PUBLISHED,
        tally={option.id: poll.tally[option.id] for option in poll.options} if seen else None,
        room_tally=RoomCount(counts=dict(counted.counts), present=counted.present, at=counted.at)
        if seen and counted
        else None,
        total=tally.total(poll) if seen else None,
        answers=tuple(_answers(session, naming, poll)) if seen else (),
        breakdowns=tuple(_breakdowns(session, poll)) if seen else (),
        outcome=naming.text(poll.outcome) or None if seen else None,
        opened_at=poll.opened_at,
        closed_at=poll.closed_at,
        published_at=poll.published_at,
    )


def _eligible(at_opening: Session, poll: core.Poll) -> Eligible:
    """Return who could answer, by where they were when it opened."""
    people = [at_opening.people[person] for person in poll.eligible]
    remote = sum(person.attendance is Attendance.REMOTE for person in people)
    in_room = len(people) - remote
    shown = all(attribution.may_show_figures(at_opening, count) for count in (remote, in_room) if count)
    return Eligible(
        units=poll.voters,
        persons=len(people),
        in_room=in_room if shown else None,
        remote=remote if shown else None,
    )


def _answers(session: Session, naming: Naming, poll: core.Poll) -> Iterator[Answer]:
    """Yield the answers by unit in the order of the options; of those who may not be named, none."""
    if not attribution.may_name_answers(session, poll.unit):
        return
    order = {option.id: number for number, option in enumerate(poll.options)}
    named = attribution.may_name_answers(session, PollUnit.PERSON)
    for voter, answer in sorted(poll.answers.items(), key=lambda each: (order[each[1].option], each[0])):
        speaker = attribution.speaks_openly(session, poll, voter)
        if speaker is None:
            continue
        by_delegation = poll.unit is PollUnit.DELEGATION
        yield Answer(
            delegation=voter if by_delegation else None,
            organisation=speaker.organisation or None,
            who=None if by_delegation else naming.who(voter),
            by=naming.who(answer.person) if named and by_delegation else None,
            option=answer.option,
            reason=naming.text(answer.reason) if answer.reason else None,
        )


def _breakdowns(session: Session, poll: core.Poll) -> Iterator[Breakdown]:
    for each in breakdowns.told(session, poll):
        rows = tuple(BreakdownRow(what=value, counts=dict(counts)) for value, counts in each.rows)
        yield Breakdown(dimension=each.dimension, named=each.named, rows=rows)
