"""What those present can support: asked, answered, counted, closed, published."""

from dataclasses import replace
from typing import Any

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core import tally
from companion.core.polls import PRESETS
from companion.core.procedure import PollStatus, Preset, Reasons, Results
from companion.core.refusals import Refusal
from tests.core.polled import BY_HANDS, PANEL, asked, hands, room, vote
from tests.core.scenario import Scenario, poll_of, remote

# Asking


def test_a_poll_is_drafted_by_a_rapporteur_and_opened_by_the_moderator() -> None:
    scenario = room()
    (drafted,) = scenario.by("rapporteur", poll_of(c.DraftPoll, poll="made-by-client"))
    assert isinstance(drafted, e.PollDrafted)
    poll = scenario.poll_of("made-by-client")
    assert (poll.status, poll.question, poll.options) == (
        PollStatus.DRAFTED,
        "Shall we?",
        PRESETS[Preset.SUPPORT_SCALE],
    )
    assert (poll.voters, poll.opened_at) == (0, None)
    open_ = c.OpenPoll(poll="made-by-client")
    assert scenario.refusal("rapporteur", open_) is Refusal.NOT_ALLOWED
    (opened_,) = scenario.later(60).by("moderator", open_)
    assert isinstance(opened_, e.PollOpened)
    poll = scenario.poll_of("made-by-client")
    assert (poll.status, poll.opened_at, poll.version) == (PollStatus.OPEN, scenario.now, None)
    assert scenario.refusal("moderator", open_) is Refusal.NOT_NOW


def test_a_poll_is_asked_at_once() -> None:
    scenario = room()
    happened = scenario.by("moderator", poll_of(c.OpenPoll))
    assert [type(each) for each in happened] == [e.PollDrafted, e.PollOpened]
    assert scenario.poll_of(f"poll.{scenario.session.seq - 1}").status is PollStatus.OPEN


def test_a_poll_is_opened_while_the_session_is_on() -> None:
    scenario = Scenario(PANEL)
    scenario.by("rapporteur", poll_of(c.DraftPoll, poll="prepared-before"))
    open_ = c.OpenPoll(poll="prepared-before")
    assert scenario.refusal("moderator", open_) is Refusal.SESSION_NOT_OPEN
    scenario.by("moderator", c.StartSession())
    scenario.by("moderator", c.SuspendSession())
    scenario.by("moderator", open_)
    scenario.by("moderator", c.CloseSession())
    assert scenario.refusal("moderator", poll_of(c.OpenPoll)) is Refusal.SESSION_NOT_OPEN


@pytest.mark.parametrize(
    "said",
    [
        {"question": ""},
        {"question": "Shall we?", "recommendation": "the-recommendation"},
        {"preset": None},
        {"options": ()},
        {"options": (c.GivenOption(label="Only one"),)},
        {"options": (c.GivenOption(label="A"), c.GivenOption(label="B")), "preset": Preset.YES_NO_ABSTAIN},
        {"options": (c.GivenOption(label="A", id="same"), c.GivenOption(label="B", id="same"))},
        {"options": (c.GivenOption(label="A", id="option_2"), c.GivenOption(label="B"))},
        {"options": (c.GivenOption(label="Geneva"), c.GivenOption(label="geneva"), c.GivenOption(label="Online"))},
    ],
)
@pytest.mark.parametrize("kind", [c.DraftPoll, c.OpenPoll])
def test_a_poll_has_one_question_and_at_least_two_answers_that_can_be_told_apart(
    kind: type[c.DraftPoll] | type[c.OpenPoll], said: dict[str, Any]
) -> None:
    scenario = room()
    scenario.propose(recommendation="the-recommendation")
    assert scenario.refusal("moderator", poll_of(kind, **said)) is Refusal.BAD_MESSAGE


@pytest.mark.parametrize("missing", ["ballot", "unit", "results"])
def test_who_asks_at_once_says_on_what_terms(missing: str) -> None:
    open_ = poll_of(c.OpenPoll, **{missing: None})
    assert room().refusal("moderator", open_) is Refusal.BAD_MESSAGE


def test_answers_of_ones_own_get_names_where_they_have_none() -> None:
    options = (c.GivenOption(label="Geneva"), c.GivenOption(label="New York", id="ny"), c.GivenOption(label="Online"))
    scenario, poll = asked(options=options)
    assert scenario.poll_of(poll).options == (
        e.Option(id="option_1", label="Geneva"),
        e.Option(id="ny", label="New York"),
        e.Option(id="option_3", label="Online"),
    )
    scenario.answer("ana", poll, "option_3")
    assert scenario.tally(poll) == {"option_3": 1}


@pytest.mark.parametrize("preset", Preset)
def test_a_preset_brings_answers_that_can_be_told_apart(preset: Preset) -> None:
    scenario, poll = asked(preset=preset)
    for option in scenario.poll_of(poll).options:
        scenario.answer("ana", poll, option.id)
        assert scenario.tally(poll) == {option.id: 1}


def test_a_poll_is_asked_once_under_an_id() -> None:
    scenario = room()
    scenario.by("rapporteur", poll_of(c.DraftPoll, poll="made-by-client"))
    assert scenario.refusal("moderator", poll_of(c.DraftPoll, poll="made-by-client")) is Refusal.ID_IN_USE


def test_a_draft_that_is_not_there_cannot_be_opened() -> None:
    scenario = room()
    for command in (c.OpenPoll(poll="poll.999"), poll_of(c.OpenPoll, poll="poll.999"), c.OpenPoll(poll="not-drafted")):
        assert scenario.refusal("moderator", command) is Refusal.NOT_FOUND
    assert scenario.poll(poll="made-by-client") == "made-by-client"


# On a recommendation


def test_a_poll_is_on_the_version_that_its_sender_saw() -> None:
    scenario = room()
    recommendation = scenario.propose()
    revise = c.ReviseRecommendation(recommendation=recommendation, text="Should soon agree", expect=1)
    scenario.by("rapporteur", revise)
    for seen in (1, 3, None):
        open_ = poll_of(c.OpenPoll, recommendation=recommendation, expect=seen)
        assert scenario.refusal("moderator", open_) is Refusal.STALE
    poll = scenario.poll(recommendation=recommendation, expect=2)
    assert scenario.poll_of(poll).version == 2
    scenario.by("rapporteur", replace(revise, text="Should agree at last", expect=2))
    assert scenario.poll_of(poll).version == 2


def test_a_draft_is_on_whatever_version_stands_when_it_opens() -> None:
    scenario = room()
    recommendation = scenario.propose()
    draft = poll_of(c.DraftPoll, poll="made-by-client", recommendation=recommendation)
    scenario.by("rapporteur", draft)
    scenario.by("rapporteur", c.ReviseRecommendation(recommendation=recommendation, text="Soon", expect=1))
    assert scenario.refusal("moderator", c.OpenPoll(poll="made-by-client")) is Refusal.STALE
    assert scenario.refusal("moderator", c.OpenPoll(poll="made-by-client", expect=1)) is Refusal.STALE
    scenario.by("moderator", c.OpenPoll(poll="made-by-client", expect=2))
    assert scenario.poll_of("made-by-client").version == 2


def test_a_poll_is_on_a_recommendation_that_there_is() -> None:
    assert room().refusal("moderator", poll_of(c.OpenPoll, recommendation="rec.9")) is Refusal.NOT_FOUND


# Answering


def test_an_answer_is_changed_until_the_poll_closes() -> None:
    scenario, poll = asked()
    scenario.answer("ana", poll, "support")
    scenario.answer("ben", poll, "support")
    scenario.later(5).answer("ana", poll, "abstain")
    assert scenario.tally(poll) == {"support": 1, "abstain": 1}
    answer = scenario.poll_of(poll).answers["ana"]
    assert (answer.option, answer.person, answer.at) == ("abstain", "ana", scenario.now)
    scenario.close(poll)
    assert scenario.refusal("ana", vote(poll)) is Refusal.POLL_NOT_OPEN
    assert scenario.refusal("cleo", vote(poll)) is Refusal.POLL_NOT_OPEN
    scenario.publish(poll)
    assert scenario.refusal("cleo", vote(poll)) is Refusal.POLL_NOT_OPEN
    assert scenario.tally(poll) == {"support": 1, "abstain": 1}


def test_only_an_option_of_this_poll_is_an_answer() -> None:
    scenario, poll = asked(preset=Preset.YES_NO_ABSTAIN)
    for option in ("support", "", "Yes", "__proto__"):
        assert scenario.refusal("ana", vote(poll, option)) is Refusal.NOT_FOUND
    assert scenario.tally(poll) == {}


def test_a_poll_that_is_drafted_or_not_there_is_not_answered() -> None:
    scenario = room()
    scenario.by("rapporteur", poll_of(c.DraftPoll, poll="made-by-client"))
    assert scenario.refusal("ana", vote("made-by-client")) is Refusal.POLL_NOT_OPEN
    assert scenario.refusal("ana", vote("poll.9")) is Refusal.NOT_FOUND


def test_answers_go_on_in_a_break() -> None:
    scenario, poll = asked()
    scenario.by("moderator", c.SuspendSession())
    scenario.answer("ana", poll, "support")
    assert scenario.tally(poll) == {"support": 1}


# Reasons


def test_reasons_are_given_where_they_are_wanted() -> None:
    scenario, poll = asked(reasons=Reasons.OPTIONAL)
    scenario.answer("ana", poll, "support", "It is time")
    scenario.answer("ben", poll, "cannot_support", "")
    assert [scenario.poll_of(poll).answers[who].reason for who in ("ana", "ben")] == ["It is time", None]
    scenario.answer("ana", poll, "support")
    assert scenario.poll_of(poll).answers["ana"].reason is None


def test_no_reason_is_taken_where_none_is_kept() -> None:
    scenario, poll = asked(reasons=Reasons.NEVER)
    assert scenario.refusal("ana", vote(poll, reason="Because")) is Refusal.BAD_MESSAGE
    scenario.answer("ana", poll, "support", "")


def test_who_cannot_support_says_why_where_that_is_required() -> None:
    scenario, poll = asked(reasons=Reasons.REQUIRED_FOR_CANNOT_SUPPORT)
    for reason in (None, ""):
        assert scenario.refusal("ana", vote(poll, "cannot_support", reason)) is Refusal.REASON_REQUIRED
    scenario.answer("ana", poll, "cannot_support", "Not in our mandate")
    scenario.answer("ben", poll, "support")
    assert scenario.tally(poll) == {"cannot_support": 1, "support": 1}


# Hands in the room


def test_hands_and_answers_from_the_app_are_counted_together() -> None:
    scenario = room()
    scenario.by("technician", remote("ana"))
    poll = scenario.poll(**BY_HANDS)
    scenario.answer("ana", poll, "support")
    scenario.by("moderator", hands(poll, support=7, abstain=2))
    assert tally.total(scenario.poll_of(poll)) == {
        "support": 8,
        "support_with_changes": 0,
        "cannot_support": 0,
        "abstain": 2,
    }
    scenario.close(poll)
    scenario.later(5).by("secretary", hands(poll, support=10))
    counted = scenario.poll_of(poll).room_tally
    assert counted is not None
    assert (dict(counted.counts)["support"], counted.present, counted.at) == (10, 10, scenario.now)
    assert tally.total(scenario.poll_of(poll))["support"] == 11


def test_without_hands_the_total_is_what_the_app_says() -> None:
    scenario, poll = asked(preset=Preset.YES_NO_ABSTAIN)
    scenario.answer("ana", poll, "yes")
    assert tally.total(scenario.poll_of(poll)) == {"yes": 1, "no": 0, "abstain": 0}


def test_more_hands_than_people_are_not_counted() -> None:
    scenario, poll = asked(**BY_HANDS)
    assert scenario.refusal("moderator", hands(poll, 5, support=3, abstain=3)) is Refusal.BAD_MESSAGE
    scenario.by("moderator", hands(poll, 6, support=3, abstain=3))
    scenario.by("moderator", hands(poll, 0))


def test_hands_are_counted_for_options_of_a_poll_that_asks_for_them() -> None:
    scenario, poll = asked(**BY_HANDS)
    assert scenario.refusal("moderator", hands(poll, yes=1)) is Refusal.NOT_FOUND
    assert scenario.refusal("moderator", hands("poll.9")) is Refusal.NOT_FOUND
    assert scenario.refusal("moderator", hands(scenario.poll(), support=1)) is Refusal.NOT_NOW
    scenario.by("rapporteur", poll_of(c.DraftPoll, poll="made-by-client", **BY_HANDS))
    assert scenario.refusal("moderator", hands("made-by-client", support=1)) is Refusal.POLL_NOT_OPEN
    scenario.close(poll)
    scenario.publish(poll)
    assert scenario.refusal("moderator", hands(poll, support=1)) is Refusal.POLL_NOT_OPEN


# The end


@pytest.mark.parametrize("results", Results)
def test_a_poll_is_closed_and_published_once(results: Results) -> None:
    scenario, poll = asked(results=results)
    publish, close = c.PublishPoll(poll=poll, expect=poll), c.ClosePoll(poll=poll, expect=poll)
    assert scenario.refusal("moderator", publish) is Refusal.STALE
    scenario.later(60)
    assert scenario.close(poll) == [e.PollClosed(poll=poll)]
    assert (scenario.poll_of(poll).status, scenario.poll_of(poll).closed_at) == (PollStatus.CLOSED, scenario.now)
    assert scenario.refusal("secretary", close) is Refusal.STALE
    scenario.later(60)
    assert scenario.publish(poll) == [e.PollPublished(poll=poll)]
    published = scenario.poll_of(poll)
    assert (published.status, published.published_at) == (PollStatus.PUBLISHED, scenario.now)
    assert scenario.refusal("secretary", publish) is Refusal.STALE
    assert scenario.refusal("secretary", close) is Refusal.STALE


@pytest.mark.parametrize("command", [c.ClosePoll, c.PublishPoll])
def test_what_is_closed_or_published_is_the_poll_that_its_sender_saw(
    command: type[c.ClosePoll] | type[c.PublishPoll],
) -> None:
    scenario = room()
    scenario.by("rapporteur", poll_of(c.DraftPoll, poll="made-by-client"))
    assert scenario.refusal("moderator", command(poll="poll.9", expect="poll.9")) is Refusal.NOT_FOUND
    assert scenario.refusal("moderator", command(poll="poll.9", expect="poll.8")) is Refusal.STALE
    drafted = command(poll="made-by-client", expect="made-by-client")
    assert scenario.refusal("moderator", drafted) is Refusal.POLL_NOT_OPEN


def test_what_follows_is_said_once_the_poll_is_closed() -> None:
    scenario, poll = asked()
    outcome = c.SetOutcome(poll=poll, text="Broad support, two delegations reserve")
    assert scenario.refusal("rapporteur", outcome) is Refusal.NOT_NOW
    assert scenario.refusal("rapporteur", replace(outcome, poll="poll.9")) is Refusal.NOT_FOUND
    scenario.close(poll)
    scenario.by("rapporteur", outcome)
    assert scenario.poll_of(poll).outcome == "Broad support, two delegations reserve"
    scenario.publish(poll)
    scenario.by("rapporteur", replace(outcome, text=""))
    assert scenario.poll_of(poll).outcome == ""


def test_closing_the_session_closes_the_polls_that_are_open() -> None:
    scenario = room()
    open_ = sorted(scenario.poll() for _ in range(2))
    scenario.by("rapporteur", poll_of(c.DraftPoll, poll="made-by-client"))
    closed = scenario.poll()
    scenario.close(closed)
    scenario.answer("ana", open_[0], "support")
    happened = scenario.later(5).by("moderator", c.CloseSession())
    assert [each.poll for each in happened if isinstance(each, e.PollClosed)] == open_
    assert {scenario.poll_of(each).status for each in open_} == {PollStatus.CLOSED}
    assert scenario.poll_of("made-by-client").status is PollStatus.DRAFTED
    assert scenario.refusal("ana", vote(open_[0])) is Refusal.POLL_NOT_OPEN
    assert scenario.tally(open_[0]) == {"support": 1}
    scenario.publish(open_[0])
    scenario.by("moderator", c.ReopenSession())
    assert scenario.refusal("ana", vote(open_[0])) is Refusal.POLL_NOT_OPEN


@pytest.mark.parametrize("who", ["rapporteur", "officer", "technician", "ana", "observer", "stranger"])
def test_only_who_runs_the_meeting_opens_counts_closes_and_publishes(who: str) -> None:
    scenario, poll = asked(**BY_HANDS)
    for command in (
        poll_of(c.OpenPoll),
        hands(poll, support=1),
        c.ClosePoll(poll=poll, expect=poll),
        c.PublishPoll(poll=poll, expect=poll),
    ):
        assert scenario.refusal(who, command) is Refusal.NOT_ALLOWED
