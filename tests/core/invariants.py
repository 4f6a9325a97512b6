"""What holds in every state that commands can lead to."""

from collections import Counter
from datetime import timedelta

from companion.core import commands as c
from companion.core import reckoning, tally
from companion.core import session as rules
from companion.core.breakdown import values_of
from companion.core.documents import Recommendation
from companion.core.people import Actor, Spoken
from companion.core.polling import Poll
from companion.core.procedure import (
    PollStatus,
    PollUnit,
    RecommendationStatus,
    RequestList,
    RequestStatus,
    RoomAnswers,
    SessionStatus,
)
from companion.core.recommendations import amendments_to, standing_positions
from companion.core.refusals import Refusal, Refused
from companion.core.speaking_order import DIGITS, LONGEST
from companion.core.speaking_time import spoken
from companion.core.state import Session
from companion.core.undo import KEPT
from tests.core.scenario import BEGINNING


def hold(session: Session) -> None:
    """Raise AssertionError where one does not hold."""
    _one_speaks(session)
    _clocks_stand_where_they_must(session)
    _lists_are_what_the_requests_say(session)
    assert session.reckoning == reckoning.build(session, as_of=session.reckoning.as_of)
    _nobody_waits_twice(session)
    _what_is_over_adds_up(session)
    _history_is_in_order(session)
    _notes_are_in_order(session)
    _versions_have_no_gaps(session)
    for poll in session.polls.values():
        _tally_is_what_was_answered(session, poll)
        _breakdown_is_of_those_who_answered(poll)
        _rounds_follow_one_another(session, poll)


def _one_speaks(session: Session) -> None:
    floor = session.floor
    on_the_floor = {each for each in (floor.intervention, floor.interrupted) if each is not None}
    assert on_the_floor == {each.id for each in session.interventions.values() if each.ended_at is None}
    speaking = {each.id for each in session.requests.values() if each.status is RequestStatus.SPEAKING}
    assert speaking == {session.interventions[each].request for each in on_the_floor}
    if floor.interrupted is not None:
        assert session.speaking is not None
        assert session.speaking.list is RequestList.ORDER
        assert session.interventions[floor.interrupted].list is not RequestList.ORDER
    assert session.course.status in {SessionStatus.OPEN, SessionStatus.SUSPENDED} or not on_the_floor


def _clocks_stand_where_they_must(session: Session) -> None:
    if session.floor.interrupted is not None:
        assert session.interventions[session.floor.interrupted].paused_at is not None
    if session.course.status is SessionStatus.SUSPENDED and session.speaking is not None:
        assert session.speaking.paused_at is not None
    for each in session.interventions.values():
        if each.ended_at is not None:
            assert each.paused_at is None
            assert spoken(each, at=each.ended_at) >= timedelta(0)


def _lists_are_what_the_requests_say(session: Session) -> None:
    for which in RequestList:
        on_list = [request for request in session.requests.values() if request.list is which]
        waiting = [(each.rank, each.id) for each in on_list if each.status is RequestStatus.WAITING]
        assert session.places(which) == tuple(sorted(waiting))
        ranked = sorted((each.rank, each.id) for each in on_list)
        assert session.ranked.get(which, ()) == tuple(ranked)
        ranks = [request.rank for request in on_list]
        assert len(ranks) == len(set(ranks))
        assert all(0 < len(rank) <= LONGEST and not rank.endswith(DIGITS[0]) for rank in ranks)
    of = [request for requests in session.requests_of.values() for request in requests]
    assert sorted(of) == sorted(session.requests)
    assert all(request.person in session.people for request in session.requests.values())


def _nobody_waits_twice(session: Session) -> None:
    waiting = [
        (request.person, request.list)
        for request in session.requests.values()
        if request.status is RequestStatus.WAITING
    ]
    assert len(waiting) == len(set(waiting))


def _what_is_over_adds_up(session: Session) -> None:
    over = {each.id: each for each in session.interventions.values() if each.ended_at is not None and not each.void}
    assert sorted(session.ended) == sorted(over)
    sums: dict[str, Spoken] = {}
    for each in over.values():
        if each.list is not RequestList.ORDER and each.ended_at is not None:
            before = sums.get(each.person, Spoken())
            duration = before.duration + spoken(each, at=each.ended_at)
            sums[each.person] = Spoken(times=before.times + 1, duration=duration)
    assert sums == {person: total for person, total in session.spoken.items() if total != Spoken()}


def _history_is_in_order(session: Session) -> None:
    commands = [each.command for each in session.undo]
    assert commands == sorted(set(commands), reverse=True)
    assert len(commands) <= KEPT
    assert all(each.type for each in session.undo)


def _notes_are_in_order(session: Session) -> None:
    standing = [(note.rank, note.id) for note in session.notes.values() if not note.removed]
    assert session.note_places == tuple(sorted(standing))
    ranks = [note.rank for note in session.notes.values()]
    assert all(0 < len(rank) <= LONGEST and not rank.endswith(DIGITS[0]) for rank in ranks)
    assert all(note.version >= 1 and note.added_at <= note.written_at for note in session.notes.values())


def _versions_have_no_gaps(session: Session) -> None:
    for recommendation in session.recommendations.values():
        numbers = [version.number for version in recommendation.versions]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert numbers[0] == 1 or recommendation.brought_from
        assert recommendation.current.number == numbers[-1]
        agreed = recommendation.status is RecommendationStatus.AGREED_AD_REFERENDUM
        assert not (agreed and "[" in recommendation.current.text)
        _what_was_said_of_it_is_kept(session, recommendation)
    symbols = [each.symbol for each in session.recommendations.values() if each.brought_from is None]
    assert len(symbols) == len(set(symbols))


def _what_was_said_of_it_is_kept(session: Session, recommendation: Recommendation) -> None:
    amendments = amendments_to(session, recommendation.id)
    taken_in = {version.amendment: version.number for version in recommendation.versions if version.amendment}
    assert {each.id: each.taken_in for each in amendments if each.taken_in} == taken_in
    to_it = {each.id for each in session.amendments.values() if each.recommendation == recommendation.id}
    assert (to_it, len(to_it)) == ({each.id for each in amendments}, len(amendments))
    takers = set(session.positions_on.get(recommendation.id, ()))
    stand = standing_positions(session, recommendation)
    assert len({session.recognised(each.person) for each in stand}) == len(stand)
    for person in {*takers, *(each.by for each in amendments)}:
        assert recommendation.id in session.recommendations_of[person]


def _tally_is_what_was_answered(session: Session, poll: Poll) -> None:
    options = [option.id for option in poll.options]
    answered = Counter(answer.option for answer in poll.answers.values())
    assert dict(poll.tally.items()) == {option: answered[option] for option in options}
    assert len(poll.answers) <= poll.voters == len(set(poll.eligible.values()))
    assert {answer.person for answer in poll.answers.values()} <= set(poll.eligible)
    assert all(poll.eligible[answer.person] == voter for voter, answer in poll.answers.items())
    assert {(person, voter) for voter, people in poll.members.items() for person in people} == set(
        poll.eligible.items()
    )
    assert poll.unit is PollUnit.DELEGATION or all(person == voter for person, voter in poll.eligible.items())
    hands = sum(count for _, count in poll.room_tally.counts) if poll.room_tally else 0
    assert poll.room_tally is None or hands <= poll.room_tally.present
    assert hands == 0 or poll.room is RoomAnswers.BY_HANDS
    assert list(tally.total(poll)) == options
    assert sum(tally.total(poll).values()) == len(poll.answers) + hands
    on = session.course.status in {SessionStatus.OPEN, SessionStatus.SUSPENDED}
    assert on or poll.status is not PollStatus.OPEN
    assert (poll.opened_at is None) == (poll.status is PollStatus.DRAFTED)


def _breakdown_is_of_those_who_answered(poll: Poll) -> None:
    anew = Counter(
        (*part, answer.option) for answer in poll.answers.values() for part in values_of(poll.known[answer.person])
    )
    kept = Counter({(*part, option): n for part, counts in poll.breakdown.items() for option, n in counts.items()})
    assert +kept == anew
    assert set(poll.eligible) <= set(poll.known)


def _rounds_follow_one_another(session: Session, poll: Poll) -> None:
    if poll.again is None:
        assert poll.round == 1
        return
    earlier = session.polls[poll.again]
    assert (poll.round, earlier.opened_at is None) == (earlier.round + 1, False)
    terms = ("recommendation", "question", "options", "ballot", "unit", "results", "reasons", "room")
    assert all(getattr(poll, term) == getattr(earlier, term) for term in terms)
    assert sum(other.again == earlier.id for other in session.polls.values()) == 1


def refusal_of(session: Session, command: c.Command, who: str) -> Refusal | None:
    """Return why a command of somebody would be refused now, or None."""
    by = Actor(person=who, role=session.people[who].role)
    try:
        rules.decide(session, command, by=by, at=BEGINNING)
    except Refused as refused:
        return refused.reason
    return None
