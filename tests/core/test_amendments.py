"""Amendments to recommendations, and what participants may put forward."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.procedure import AmendmentState, RecommendationStatus
from companion.core.recommendations import MOST_AMENDMENTS
from companion.core.refusals import Refusal
from tests.core.recommended import allowed, amend, revise
from tests.core.scenario import Scenario, opened


def amended(scenario: Scenario, who: str, recommendation: str, text: str = "Should soon agree") -> str:
    """Return the amendment that `who` proposes."""
    (proposed,) = scenario.by(who, amend(recommendation, text))
    assert isinstance(proposed, e.AmendmentProposed)
    return proposed.amendment


def state_of(scenario: Scenario, amendment: str) -> AmendmentState:
    found = scenario.session.amendments[amendment]
    return found.state(scenario.recommendation(found.recommendation).current.number)


def taking_in(recommendation: str, amendment: str, expect: int, text: str = "Should soon agree") -> c.Command:
    return replace(revise(recommendation, expect, text), amendment=amendment)


def test_an_amendment_is_proposed_to_the_version_that_stands_and_changes_nothing_of_it() -> None:
    scenario = opened()
    recommendation = scenario.propose()
    scenario.by("moderator", revise(recommendation, 1))
    (proposed,) = scenario.by("rapporteur", amend(recommendation, "Should now agree", amendment="made-by-client"))
    assert proposed == e.AmendmentProposed(
        recommendation=recommendation, amendment="made-by-client", version=2, text="Should now agree", offered=False
    )
    amendment = scenario.session.amendments["made-by-client"]
    assert (amendment.by, amendment.at, amendment.offered) == ("rapporteur", scenario.now, False)
    assert scenario.recommendation(recommendation).current.text == "Should soon agree"
    assert state_of(scenario, "made-by-client") is AmendmentState.OPEN
    assert amended(scenario, "moderator", recommendation, "Should never agree") == f"am.{scenario.session.seq}"


def test_the_version_that_takes_an_amendment_in_says_so_and_overtakes_the_others() -> None:
    scenario = opened()
    recommendation = scenario.propose()
    one, other = amended(scenario, "rapporteur", recommendation), amended(scenario, "rapporteur", recommendation, "No")
    (revised,) = scenario.by("moderator", taking_in(recommendation, one, 1, "Should soon agree, all of them"))
    assert isinstance(revised, e.RecommendationRevised)
    assert revised.amendment == one
    current = scenario.recommendation(recommendation).current
    assert (current.amendment, current.by) == (one, "moderator")
    assert (state_of(scenario, one), state_of(scenario, other)) == (AmendmentState.TAKEN_IN, AmendmentState.OVERTAKEN)
    assert scenario.session.amendments[one].taken_in == 2
    scenario.by("moderator", taking_in(recommendation, other, 2, "No"))
    assert state_of(scenario, other) is AmendmentState.TAKEN_IN
    assert [each.amendment for each in scenario.recommendation(recommendation).versions] == [None, one, other]


def test_an_amendment_is_taken_in_once_and_by_a_version_that_says_something_new() -> None:
    scenario = opened()
    recommendation = scenario.propose("Should agree")
    amendment = amended(scenario, "rapporteur", recommendation)
    assert scenario.refusal("moderator", taking_in(recommendation, amendment, 2)) is Refusal.STALE
    same = taking_in(recommendation, amendment, 1, "Should agree")
    assert scenario.refusal("moderator", same) is Refusal.NOTHING_CHANGED
    scenario.by("moderator", taking_in(recommendation, amendment, 1))
    assert scenario.refusal("moderator", taking_in(recommendation, amendment, 2, "Again")) is Refusal.NOT_NOW
    aside = c.SetAsideAmendment(recommendation=recommendation, amendment=amendment)
    assert scenario.refusal("moderator", aside) is Refusal.NOT_NOW


def test_an_amendment_is_put_aside_and_taken_up_again() -> None:
    scenario = opened()
    recommendation = scenario.propose()
    amendment = amended(scenario, "rapporteur", recommendation)
    aside = c.SetAsideAmendment(recommendation=recommendation, amendment=amendment)
    assert scenario.by("moderator", aside) == [
        e.AmendmentSetAside(recommendation=recommendation, amendment=amendment, set_aside=True)
    ]
    assert state_of(scenario, amendment) is AmendmentState.SET_ASIDE
    assert scenario.by("moderator", aside) == []
    scenario.by("moderator", replace(aside, set_aside=False))
    assert state_of(scenario, amendment) is AmendmentState.OPEN
    scenario.by("moderator", aside)
    scenario.by("moderator", taking_in(recommendation, amendment, 1))
    assert state_of(scenario, amendment) is AmendmentState.TAKEN_IN


def test_what_is_amended_has_to_be_there_and_to_be_changed_and_under_discussion() -> None:
    scenario = opened()
    recommendation, another = scenario.propose("Should agree"), scenario.propose()
    amendment = amended(scenario, "rapporteur", another, "Should not")
    for command, refusal in (
        (amend("rec.999"), Refusal.NOT_FOUND),
        (amend(recommendation, "Should agree"), Refusal.NOTHING_CHANGED),
        (amend(recommendation, version=2), Refusal.NOT_FOUND),
        (amend(recommendation, amendment=amendment), Refusal.ID_IN_USE),
        (taking_in(recommendation, amendment, 1), Refusal.NOT_FOUND),
        (taking_in(recommendation, "am.999", 1), Refusal.NOT_FOUND),
        (c.SetAsideAmendment(recommendation=recommendation, amendment=amendment), Refusal.NOT_FOUND),
        (c.SetAsideAmendment(recommendation="rec.999", amendment=amendment), Refusal.NOT_FOUND),
    ):
        assert scenario.refusal("rapporteur", command) is refusal
    withdrawn = RecommendationStatus.WITHDRAWN
    scenario.by("moderator", c.SetRecommendationStatus(recommendation=recommendation, status=withdrawn, expect=1))
    assert scenario.refusal("rapporteur", amend(recommendation)) is Refusal.NOT_NOW


def test_an_amendment_that_was_written_on_an_earlier_version_is_overtaken_when_it_arrives() -> None:
    scenario = opened()
    recommendation = scenario.propose("Should agree")
    scenario.by("moderator", revise(recommendation, 1, "Should soon agree"))
    scenario.by("rapporteur", amend(recommendation, "Should soon agree", version=1, amendment="written-offline"))
    assert scenario.session.amendments["written-offline"].version == 1
    assert state_of(scenario, "written-offline") is AmendmentState.OVERTAKEN


def test_no_more_amendments_wait_than_a_screen_can_show() -> None:
    scenario = opened()
    recommendation = scenario.propose()
    first = amended(scenario, "rapporteur", recommendation, "Text 0")
    for number in range(1, MOST_AMENDMENTS):
        amended(scenario, "rapporteur", recommendation, f"Text {number}")
    assert scenario.refusal("rapporteur", amend(recommendation, "One more")) is Refusal.TOO_MANY_AMENDMENTS
    scenario.by("rapporteur", c.SetAsideAmendment(recommendation=recommendation, amendment=first))
    assert amended(scenario, "rapporteur", recommendation, "One more")


# By participants


@pytest.mark.parametrize("who", ["ana", "pia"])
def test_participants_propose_and_amend_where_the_session_lets_them(who: str) -> None:
    scenario = opened()
    recommendation = scenario.propose()
    commands = (c.ProposeRecommendation(text="Should agree"), amend(recommendation))
    for command in commands:
        assert scenario.refusal(who, command) is Refusal.NOT_ALLOWED
    scenario.by("secretary", c.ChangeSettings(participants_may_propose=True))
    (proposed,), (change,) = (scenario.by(who, command) for command in commands)
    assert isinstance(proposed, e.RecommendationProposed)
    assert isinstance(change, e.AmendmentProposed)
    assert (proposed.offered, change.offered) == (True, True)
    assert proposed.group == scenario.session.people[who].group
    assert scenario.recommendation(proposed.recommendation).by == who
    assert scenario.session.recommendations_of[who] == (proposed.recommendation, recommendation)
    scenario.by("moderator", c.CloseSession())
    for command in commands:
        assert scenario.refusal(who, command) is Refusal.SESSION_NOT_OPEN
    scenario.by("rapporteur", amend(recommendation, "Should do so"))


def test_a_participant_proposes_in_the_name_of_their_own_group_and_from_no_note() -> None:
    scenario = allowed()
    plain = c.ProposeRecommendation(text="Should agree")
    for proposal in (
        replace(plain, note=scenario.note()),
        replace(plain, symbol="R1"),
        replace(plain, group="civil_society"),
    ):
        assert scenario.refusal("ana", proposal) is Refusal.NOT_ALLOWED
    (proposed,) = scenario.by("ana", c.ProposeRecommendation(text="Should agree", group="states", title="Soon"))
    assert isinstance(proposed, e.RecommendationProposed)
    assert (proposed.group, proposed.title, proposed.symbol) == ("states", "Soon", "R1.1")
