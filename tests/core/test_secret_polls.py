"""Secret polls: nothing that is chosen becomes an event; the counts do, when the poll closes."""

from typing import Any

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core import tally
from companion.core.procedure import BallotKind, PollStatus, PollUnit, Reasons, Results, RoomAnswers
from companion.core.refusals import Refusal
from tests.core.polled import ANSWERING, room
from tests.core.scenario import Scenario, poll_of

COUNTS = (("support", 3), ("support_with_changes", 0), ("cannot_support", 1), ("abstain", 0))


def secret(**said: Any) -> tuple[Scenario, str]:  # noqa: ANN401 (fields of the command)
    """Return a session with an open secret poll."""
    scenario = room()
    return scenario, scenario.poll(ballot=BallotKind.SECRET, **said)


def vote(poll: str, option: str = "support", **more: Any) -> c.AnswerPoll:  # noqa: ANN401 (fields of the command)
    return c.AnswerPoll(poll=poll, option=option, **{"secretly": True, **more})


@pytest.mark.parametrize(
    "terms",
    [
        {"results": Results.LIVE},
        {"reasons": Reasons.OPTIONAL},
        {"reasons": Reasons.REQUIRED_FOR_CANNOT_SUPPORT},
        {"room": RoomAnswers.BY_HANDS},
    ],
    ids=lambda terms: next(iter(terms)),
)
@pytest.mark.parametrize("kind", [c.DraftPoll, c.OpenPoll])
def test_a_secret_poll_is_not_asked_on_terms_that_tell_who_answered_what(
    terms: dict[str, Any], kind: type[c.DraftPoll | c.OpenPoll]
) -> None:
    assert room().refusal("moderator", poll_of(kind, ballot=BallotKind.SECRET, **terms)) is Refusal.BAD_MESSAGE


@pytest.mark.parametrize("results", [Results.AFTER_CLOSE, Results.WHEN_PUBLISHED])
@pytest.mark.parametrize("unit", PollUnit)
def test_a_secret_poll_is_asked_of_persons_and_of_delegations(results: Results, unit: PollUnit) -> None:
    scenario, poll = secret(results=results, unit=unit)
    assert scenario.session.polls[poll].status is PollStatus.OPEN


def test_a_secret_answer_leaves_no_event() -> None:
    scenario, poll = secret()
    before = scenario.session
    for each in ANSWERING:
        assert scenario.by(each, vote(poll)) == []
    assert scenario.session is before


def test_what_makes_an_answer_wrong_is_said_of_a_secret_one_too() -> None:
    scenario, poll = secret()
    assert scenario.refusal("ana", vote(poll, "maybe")) is Refusal.NOT_FOUND
    assert scenario.refusal("ana", vote(poll, reason="Because")) is Refusal.BAD_MESSAGE
    assert scenario.refusal("rapporteur", vote(poll)) is Refusal.NOT_ALLOWED
    assert scenario.refusal("ana", vote("poll-that-is-not-there")) is Refusal.NOT_FOUND


def test_a_secret_answer_that_is_not_on_its_way_into_a_box_is_refused() -> None:
    scenario, poll = secret()
    assert scenario.refusal("ana", vote(poll, secretly=False)) is Refusal.POLL_NOT_OPEN


def test_the_counts_are_known_once_the_poll_is_closed() -> None:
    scenario, poll = secret()
    assert (scenario.session.polls[poll].answered, tally.total(scenario.session.polls[poll])) == (
        0,
        dict.fromkeys(dict(COUNTS), 0),
    )
    closed = scenario.by("moderator", c.ClosePoll(poll=poll, expect=poll, counted=((poll, COUNTS),)))
    assert closed == [e.PollClosed(poll=poll, counts=COUNTS)]
    after = scenario.session.polls[poll]
    assert (after.status, after.answered, tally.total(after)) == (PollStatus.CLOSED, 4, dict(COUNTS))
    assert not after.answers
    assert scenario.refusal("ana", vote(poll)) is Refusal.POLL_NOT_OPEN


def test_a_secret_poll_does_not_close_before_its_box_is_counted() -> None:
    scenario, poll = secret()
    assert scenario.refusal("moderator", c.ClosePoll(poll=poll, expect=poll)) is Refusal.NOT_NOW
    assert scenario.refusal("moderator", c.CloseSession()) is Refusal.NOT_NOW


def test_closing_the_session_closes_polls_of_both_kinds() -> None:
    scenario, poll = secret()
    recorded = scenario.poll()
    scenario.by("ana", c.AnswerPoll(poll=recorded, option="abstain"))
    events = scenario.by("moderator", c.CloseSession(counted=((poll, COUNTS),)))
    assert [each for each in events if isinstance(each, e.PollClosed)] == [
        e.PollClosed(poll=each, counts=COUNTS if each == poll else None) for each in sorted((poll, recorded))
    ]
    assert scenario.session.polls[recorded].answered == 1


def test_no_hands_are_counted_in_a_secret_poll() -> None:
    scenario, poll = secret()
    counted = c.CountRoom(poll=poll, counts={"support": 1}, present=1)
    assert scenario.refusal("moderator", counted) is Refusal.NOT_NOW
