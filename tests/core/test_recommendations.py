"""What the participants put forward, in versions."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.procedure import RecommendationStatus
from companion.core.refusals import Refusal
from tests.core.recommended import BROUGHT, bring, revise
from tests.core.scenario import Scenario, opened


def test_a_recommendation_is_proposed_with_all_that_was_said_in_its_first_version() -> None:
    scenario = opened()
    note = scenario.note()
    recommendation = scenario.propose(
        "Should agree",
        recommendation="made-by-client",
        symbol="R8",
        title="A calendar",
        addressees=("States", "Regional mechanisms"),
        group="states",
        note=note,
    )
    proposed = scenario.recommendation(recommendation)
    assert recommendation == "made-by-client"
    assert (proposed.symbol, proposed.group, proposed.note, proposed.by) == ("R8", "states", note, "rapporteur")
    assert (proposed.status, proposed.brought_from) == (RecommendationStatus.PROPOSED, None)
    current = proposed.current
    assert (current.number, current.title, current.text) == (1, "A calendar", "Should agree")
    assert (current.addressees, current.by, current.at) == (
        ("States", "Regional mechanisms"),
        "rapporteur",
        scenario.now,
    )


def test_a_recommendation_without_an_id_and_a_symbol_gets_them() -> None:
    scenario = opened()
    first = scenario.propose()
    assert first == f"rec.panel-1.{scenario.session.seq}"
    scenario.propose(symbol="R1.3")
    third, fourth = scenario.propose(), scenario.propose(symbol="")
    assert scenario.recommendation(first).symbol == "R1.1"
    assert [scenario.recommendation(each).symbol for each in (third, fourth)] == ["R1.4", "R1.5"]
    assert scenario.recommendation(first).current.title == ""


def test_recommendations_are_put_forward_from_the_beginning_of_the_session() -> None:
    scenario, propose = Scenario(), c.ProposeRecommendation(text="Should agree")
    assert scenario.refusal("rapporteur", propose) is Refusal.SESSION_NOT_OPEN
    scenario.by("moderator", c.StartSession())
    scenario.by("moderator", propose)
    scenario.by("moderator", c.CloseSession())
    scenario.by("rapporteur", propose)
    scenario.by("secretary", c.FinaliseSession())
    assert scenario.refusal("secretary", propose) is Refusal.SESSION_NOT_OPEN


def test_a_recommendation_is_made_from_what_there_is() -> None:
    scenario = opened()
    note, removed = scenario.note(), scenario.note()
    scenario.by("rapporteur", c.RemoveNote(note=removed))
    assert scenario.recommendation(scenario.propose(note=note)).note == note
    for said in ({"note": "n.999"}, {"note": removed}, {"group": "nobody"}):
        propose = c.ProposeRecommendation(text="Should agree", note=said.get("note"), group=said.get("group"))
        assert scenario.refusal("rapporteur", propose) is Refusal.NOT_FOUND


def test_an_id_is_given_once() -> None:
    scenario = opened()
    recommendation = scenario.propose(recommendation="made-by-client")
    again = c.ProposeRecommendation(text="Should agree", recommendation=recommendation)
    assert scenario.refusal("moderator", again) is Refusal.ID_IN_USE


# Versions


def test_a_revision_is_the_next_version_and_the_earlier_ones_stay() -> None:
    scenario = opened()
    recommendation = scenario.propose("Should agree", title="A calendar", addressees=("States",))
    scenario.later(60).by("moderator", revise(recommendation, 1))
    addressed = c.ReviseRecommendation(
        recommendation=recommendation, text="Should soon agree", title="Soon", addressees=(), expect=2
    )
    scenario.later(60).by("secretary", addressed)
    versions = scenario.recommendation(recommendation).versions
    assert [(each.number, each.title, each.text, each.addressees, each.by) for each in versions] == [
        (1, "A calendar", "Should agree", ("States",), "rapporteur"),
        (2, "A calendar", "Should soon agree", ("States",), "moderator"),
        (3, "Soon", "Should soon agree", (), "secretary"),
    ]
    assert len({each.at for each in versions}) == 3


def test_a_revision_that_changes_nothing_is_none() -> None:
    scenario = opened()
    recommendation = scenario.propose("Should agree")
    assert scenario.by("moderator", revise(recommendation, 1, "Should agree")) == []


def test_the_second_of_two_who_revise_the_same_version_is_told() -> None:
    scenario = opened()
    recommendation = scenario.propose()
    scenario.by("moderator", revise(recommendation, 1))
    assert scenario.refusal("rapporteur", revise(recommendation, 1, "Should not agree")) is Refusal.STALE
    assert scenario.refusal("rapporteur", revise(recommendation, 3, "Should not agree")) is Refusal.STALE
    assert scenario.recommendation(recommendation).current.text == "Should soon agree"


@pytest.mark.parametrize(
    "command",
    [
        revise("rec.999", 1),
        c.SetRecommendationStatus(recommendation="rec.999", status=RecommendationStatus.WITHDRAWN, expect=1),
    ],
)
def test_nothing_is_done_to_a_recommendation_that_is_not_there(command: c.Command) -> None:
    assert opened().refusal("rapporteur", command) is Refusal.NOT_FOUND


@pytest.mark.parametrize("status", set(RecommendationStatus) - {RecommendationStatus.PROPOSED})
def test_how_far_it_has_come_is_said_of_the_version_that_stands(status: RecommendationStatus) -> None:
    scenario = opened()
    recommendation = scenario.propose()
    scenario.by("moderator", revise(recommendation, 1))
    said = c.SetRecommendationStatus(recommendation=recommendation, status=status, expect=1)
    assert scenario.refusal("moderator", said) is Refusal.STALE
    now = replace(said, expect=2)
    changed = e.RecommendationStatusChanged(recommendation=recommendation, status=status)
    assert scenario.by("moderator", now) == [changed]
    assert scenario.recommendation(recommendation).status is status
    assert scenario.by("moderator", now) == []


# From another session


def test_a_recommendation_of_another_session_is_taken_up_under_its_id_in_its_version() -> None:
    scenario = opened()
    scenario.by("rapporteur", bring())
    brought = scenario.recommendation("elsewhere")
    assert (brought.symbol, brought.group, brought.status) == ("R7", "states", RecommendationStatus.BROAD_SUPPORT)
    assert (brought.brought_from, brought.note) == ("panel-0", None)
    assert (brought.current.number, brought.current.title) == (3, "A calendar")
    scenario.by("moderator", revise("elsewhere", 3))
    assert [each.number for each in scenario.recommendation("elsewhere").versions] == [3, 4]


def test_what_the_other_session_does_not_have_is_not_found() -> None:
    assert opened().refusal("rapporteur", bring(None)) is Refusal.NOT_FOUND


def test_a_session_takes_up_nothing_of_its_own_and_nothing_twice() -> None:
    scenario = opened()
    assert scenario.refusal("rapporteur", bring(session="panel-1")) is Refusal.NOT_FOUND
    scenario.by("rapporteur", bring())
    assert scenario.refusal("rapporteur", bring(version=2)) is Refusal.ID_IN_USE


def test_a_symbol_that_was_brought_is_not_given_again() -> None:
    scenario = opened()
    scenario.by("rapporteur", bring(replace(BROUGHT, symbol="R1.2")))
    assert scenario.recommendation(scenario.propose()).symbol == "R1.3"
