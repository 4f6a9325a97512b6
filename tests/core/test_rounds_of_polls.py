"""Asked again: the same terms, on the text as it has become; what was said the first time stays as it was."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.procedure import BallotKind, PollStatus, PollUnit, Reasons, Results, RoomAnswers
from companion.core.refusals import Refusal
from tests.core.polled import asked, room
from tests.core.scenario import Scenario, poll_of


def again(scenario: Scenario, poll: str, by: str = "moderator") -> str:
    """Return the next round of a poll, prepared."""
    (drafted,) = scenario.by(by, c.AskAgain(poll=poll))
    assert isinstance(drafted, e.PollDrafted)
    return drafted.poll


def test_a_poll_that_is_over_is_asked_again_on_the_same_terms() -> None:
    terms = {
        "unit": PollUnit.DELEGATION,
        "results": Results.WHEN_PUBLISHED,
        "reasons": Reasons.REQUIRED_FOR_CANNOT_SUPPORT,
        "room": RoomAnswers.BY_HANDS,
        "options": (c.GivenOption(label="Here"), c.GivenOption(label="There", id="there")),
    }
    scenario, first = asked(**terms)
    scenario.close(first)
    (drafted,) = scenario.by("moderator", c.AskAgain(poll=first))
    one = scenario.poll_of(first)
    assert drafted == e.PollDrafted(
        poll=f"poll.{scenario.session.seq}",
        recommendation=None,
        question=one.question,
        options=one.options,
        ballot=one.ballot,
        unit=one.unit,
        results=one.results,
        reasons=one.reasons,
        room=one.room,
        again=first,
    )
    second = scenario.poll_of(f"poll.{scenario.session.seq}")
    assert (second.status, second.again, second.round) == (PollStatus.DRAFTED, first, 2)
    assert (one.again, one.round) == (None, 1)


def test_the_second_round_is_on_the_version_that_stands_when_it_opens() -> None:
    scenario = room()
    recommendation = scenario.propose()
    first = scenario.poll(recommendation=recommendation, expect=1)
    scenario.answer("ana", first, "cannot_support")
    scenario.close(first)
    second = again(scenario, first)
    scenario.by("rapporteur", c.ReviseRecommendation(recommendation=recommendation, text="Could agree", expect=1))
    assert scenario.refusal("moderator", c.OpenPoll(poll=second, expect=1)) is Refusal.STALE
    scenario.by("moderator", c.OpenPoll(poll=second, expect=2))
    scenario.answer("ana", second, "support")
    rounds = [scenario.poll_of(each) for each in (first, second)]
    assert [(each.recommendation, each.version, each.round) for each in rounds] == [
        (recommendation, 1, 1),
        (recommendation, 2, 2),
    ]
    assert [scenario.tally(each) for each in (first, second)] == [{"cannot_support": 1}, {"support": 1}]


def test_who_may_answer_is_fixed_anew_for_each_round() -> None:
    scenario, first = asked(eligible=("ana",))
    scenario.close(first)
    second = again(scenario, first)
    scenario.by("moderator", c.OpenPoll(poll=second))
    assert scenario.poll_of(second).voters == 6
    scenario.answer("ben", second, "support")


def test_rounds_follow_one_another_and_each_is_asked_again_once() -> None:
    scenario, first = asked()
    scenario.close(first)
    second = again(scenario, first)
    assert scenario.refusal("secretary", c.AskAgain(poll=first)) is Refusal.STALE
    scenario.by("moderator", c.OpenPoll(poll=second))
    scenario.close(second)
    scenario.publish(second)
    third = again(scenario, second, by="secretary")
    assert [scenario.poll_of(each).round for each in (first, second, third)] == [1, 2, 3]
    assert scenario.poll_of(third).again == second


def test_a_secret_poll_is_asked_again_in_secret() -> None:
    scenario, poll = asked(ballot=BallotKind.SECRET)
    counted = ((poll, (("support", 2), ("abstain", 0))),)
    scenario.by("moderator", c.ClosePoll(poll=poll, expect=poll, counted=counted))
    second = scenario.poll_of(again(scenario, poll))
    assert (second.ballot, second.round, len(second.answers)) == (BallotKind.SECRET, 2, 0)


def test_only_what_is_over_is_asked_again() -> None:
    scenario, poll = asked()
    assert scenario.refusal("moderator", c.AskAgain(poll=poll)) is Refusal.NOT_NOW
    assert scenario.refusal("moderator", c.AskAgain(poll="poll.999")) is Refusal.NOT_FOUND
    scenario.by("rapporteur", poll_of(c.DraftPoll, poll="made-by-client"))
    assert scenario.refusal("moderator", c.AskAgain(poll="made-by-client")) is Refusal.NOT_NOW


def test_a_further_round_is_prepared_after_the_session_has_closed_and_opened_when_it_goes_on() -> None:
    scenario, poll = asked()
    scenario.by("moderator", c.CloseSession())
    second = again(scenario, poll)
    assert scenario.refusal("moderator", c.OpenPoll(poll=second)) is Refusal.SESSION_NOT_OPEN
    scenario.by("moderator", c.ReopenSession())
    scenario.by("moderator", c.OpenPoll(poll=second))
    assert scenario.poll_of(second).status is PollStatus.OPEN


@pytest.mark.parametrize("who", ["rapporteur", "officer", "technician", "ana", "observer"])
def test_only_who_runs_the_meeting_asks_again(who: str) -> None:
    scenario, poll = asked()
    scenario.close(poll)
    assert scenario.refusal(who, c.AskAgain(poll=poll)) is Refusal.NOT_ALLOWED


# When the numbers are shown


@pytest.mark.parametrize("results", Results)
def test_nothing_that_is_done_to_a_session_loosens_when_the_numbers_of_a_poll_are_shown(results: Results) -> None:
    scenario, poll = asked(results=results)
    scenario.answer("ana", poll, "support")
    scenario.by("secretary", c.ChangeSettings(warning_seconds=10, one_request_each=False))
    scenario.undo("secretary")
    scenario.close(poll)
    scenario.publish(poll)
    second = again(scenario, poll)
    scenario.by("moderator", c.OpenPoll(poll=second))
    scenario.by("moderator", c.CloseSession())
    scenario.by("moderator", c.ReopenSession())
    assert {scenario.poll_of(each).results for each in (poll, second)} == {results}
    assert "poll" not in {each.type.partition(".")[0] for each in scenario.session.undo}


def test_a_poll_that_was_drafted_opens_on_the_terms_of_its_draft() -> None:
    scenario = room()
    draft = poll_of(c.DraftPoll, poll="made-by-client", results=Results.WHEN_PUBLISHED)
    scenario.by("rapporteur", draft)
    scenario.by("moderator", replace(poll_of(c.OpenPoll, results=Results.LIVE), poll="made-by-client"))
    assert scenario.poll_of("made-by-client").results is Results.WHEN_PUBLISHED
