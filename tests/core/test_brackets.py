"""Square brackets: what is in them is not agreed."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.brackets import passages
from companion.core.procedure import RecommendationStatus
from companion.core.refusals import Refusal
from tests.core.recommended import BROUGHT, bring, revise
from tests.core.scenario import opened

AGREED = RecommendationStatus.AGREED_AD_REFERENDUM


@pytest.mark.parametrize("text", ["Should [soon] agree", "Should agree]", "Should [agree", "应［尽快］商定"])
def test_what_has_brackets_is_not_agreed_ad_referendum(text: str) -> None:
    scenario = opened()
    recommendation = scenario.propose(text)
    agree = c.SetRecommendationStatus(recommendation=recommendation, status=AGREED, expect=1)
    assert scenario.refusal("moderator", agree) is Refusal.HAS_BRACKETS
    support = replace(agree, status=RecommendationStatus.BROAD_SUPPORT)
    scenario.by("moderator", support)
    scenario.by("moderator", revise(recommendation, 1, "Should (soon) agree"))
    scenario.by("moderator", replace(agree, expect=2))
    assert scenario.recommendation(recommendation).status is AGREED


def test_what_was_agreed_and_gets_brackets_is_under_discussion_again() -> None:
    scenario = opened()
    recommendation = scenario.propose()
    scenario.by("moderator", c.SetRecommendationStatus(recommendation=recommendation, status=AGREED, expect=1))
    scenario.by("moderator", revise(recommendation, 1, "Should soon agree"))
    assert scenario.recommendation(recommendation).status is AGREED
    again, revised = scenario.by("moderator", revise(recommendation, 2, "Should [soon] agree"))
    discussed = RecommendationStatus.UNDER_DISCUSSION
    assert again == e.RecommendationStatusChanged(recommendation=recommendation, status=discussed)
    assert isinstance(revised, e.RecommendationRevised)
    assert [each[1] for each in scenario.undoable] == ["recommendation.status", "list.open"]


def test_what_was_agreed_elsewhere_in_a_later_version_is_under_discussion_in_the_one_with_brackets() -> None:
    scenario = opened()
    scenario.by("rapporteur", bring(replace(BROUGHT, text="Should [soon] agree", status=AGREED)))
    assert scenario.recommendation("elsewhere").status is RecommendationStatus.UNDER_DISCUSSION


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("plain", [(False, "plain")]),
        ("[all]", [(True, "[all]")]),
        ("a [b [c] d] e", [(False, "a "), (True, "[b [c] d]"), (False, " e")]),
        ("a] b", [(False, "a] b")]),
        ("a [b", [(False, "a "), (True, "[b")]),
        ("［一］二", [(True, "［一］"), (False, "二")]),
        ("[][]", [(True, "[]"), (True, "[]")]),
    ],
)
def test_the_passages_in_brackets_are_told_apart_and_nothing_is_lost(text: str, pieces: list[tuple[bool, str]]) -> None:
    assert [*passages(text)] == pieces
    assert "".join(piece for _, piece in passages(text)) == text
