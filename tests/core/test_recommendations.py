"""What the participants put forward, in versions."""

from dataclasses import replace
from typing import Any

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.brackets import passages
from companion.core.ids import SYSTEM
from companion.core.people import Person
from companion.core.procedure import AmendmentState, PositionKind, RecommendationStatus
from companion.core.recommendations import MOST_AMENDMENTS, standing_positions
from companion.core.refusals import Refusal
from tests.core.scenario import Scenario, opened

BROUGHT = c.Brought(
    symbol="R7",
    title="A calendar",
    text="Should agree on a calendar",
    addressees=("States",),
    group="states",
    status=RecommendationStatus.BROAD_SUPPORT,
)


def bring(brought: c.Brought | None = BROUGHT, session: str = "panel-0", version: int = 3) -> c.BringRecommendation:
    source = c.Source(session=session, recommendation="elsewhere", version=version)
    return c.BringRecommendation(source=source, brought=brought)


def revise(recommendation: str, expect: int, text: str = "Should soon agree") -> c.ReviseRecommendation:
    return c.ReviseRecommendation(recommendation=recommendation, text=text, expect=expect)


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


# Amendments


def amend(recommendation: str, text: str = "Should soon agree", **said: Any) -> c.AmendRecommendation:  # noqa: ANN401 (fields of the command)
    return c.AmendRecommendation(recommendation=recommendation, text=text, **said)


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


def allowed() -> Scenario:
    """Return a session in which participants may propose, amend and take positions."""
    scenario = opened()
    settings = c.ChangeSettings(participants_may_propose=True, participants_may_take_positions=True)
    scenario.by("secretary", settings)
    return scenario


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


# Positions


def take(recommendation: str, position: PositionKind | None = PositionKind.RESERVES, **said: Any) -> c.TakePosition:  # noqa: ANN401 (fields of the command)
    return c.TakePosition(recommendation=recommendation, position=position, **said)


def stand(scenario: Scenario, recommendation: str) -> list[tuple[str, str, int, str | None]]:
    """Return who stands where: (person, position, on which version, in which words)."""
    found = standing_positions(scenario.session, scenario.recommendation(recommendation))
    return [(each.person, str(each.position), each.version, each.text) for each in found]


def test_the_latest_position_of_a_person_takes_the_place_of_the_one_before() -> None:
    scenario = allowed()
    recommendation = scenario.propose()
    scenario.by("ana", take(recommendation, text="On paragraph 2"))
    scenario.later(1).by("cleo", take(recommendation, PositionKind.SUPPORTS))
    assert stand(scenario, recommendation) == [
        ("ana", "reserves", 1, "On paragraph 2"),
        ("cleo", "supports", 1, None),
    ]
    scenario.by("moderator", revise(recommendation, 1))
    scenario.later(1).by("ana", take(recommendation, PositionKind.DISSOCIATES, text=""))
    assert stand(scenario, recommendation) == [("cleo", "supports", 1, None), ("ana", "dissociates", 2, None)]
    assert scenario.by("ana", take(recommendation, PositionKind.DISSOCIATES)) == []


def test_a_position_is_taken_back_by_taking_none() -> None:
    scenario = allowed()
    recommendation = scenario.propose()
    assert scenario.by("ana", take(recommendation, None)) == []
    scenario.by("ana", take(recommendation))
    scenario.by(
        "moderator",
        c.SetRecommendationStatus(recommendation=recommendation, status=RecommendationStatus.WITHDRAWN, expect=1),
    )
    assert scenario.refusal("ana", take(recommendation, PositionKind.SUPPORTS)) is Refusal.NOT_NOW
    assert scenario.refusal("ana", take(recommendation, None, text="Since it is gone")) is Refusal.BAD_MESSAGE
    assert scenario.by("ana", take(recommendation, None)) == [
        e.PositionTaken(recommendation=recommendation, person="ana", position=None, version=1, text=None)
    ]
    assert stand(scenario, recommendation) == []
    assert scenario.by("ana", take(recommendation, None)) == []


@pytest.mark.parametrize("who", ["ana", "pia"])
def test_positions_are_taken_where_the_session_lets_people_and_by_each_for_themselves(who: str) -> None:
    scenario = opened()
    recommendation = scenario.propose()
    assert scenario.refusal(who, take(recommendation)) is Refusal.NOT_ALLOWED
    scenario.by("secretary", c.ChangeSettings(participants_may_take_positions=True))
    assert scenario.refusal(who, take(recommendation, person="cleo")) is Refusal.NOT_ALLOWED
    scenario.by(who, take(recommendation, person=who))
    scenario.by("moderator", c.CloseSession())
    assert scenario.refusal(who, take(recommendation, None)) is Refusal.SESSION_NOT_OPEN


def test_staff_write_down_the_position_that_somebody_stated() -> None:
    scenario = opened()
    recommendation = scenario.propose()
    scenario.by("rapporteur", take(recommendation, text="As stated", person="dan"))
    scenario.later(1).by("secretary", take(recommendation, PositionKind.SUPPORTS, version=1))
    assert stand(scenario, recommendation) == [
        ("dan", "reserves", 1, "As stated"),
        ("secretary", "supports", 1, None),
    ]
    for command in (take(recommendation, person="nobody"), take("rec.999"), take(recommendation, version=7)):
        assert scenario.refusal("rapporteur", command) is Refusal.NOT_FOUND


def test_of_a_guest_and_whom_they_turned_out_to_be_the_last_position_stands() -> None:
    scenario = allowed()
    recommendation = scenario.propose()
    scenario.by(SYSTEM, c.EnterPerson(person=Person(id="g-1", name="Guest", guest=True)))
    scenario.by("g-1", take(recommendation))
    scenario.later(1).by("secretary", c.LinkPerson(source="g-1", person="observer"))
    assert stand(scenario, recommendation) == [("g-1", "reserves", 1, None)]
    scenario.later(1).by("rapporteur", take(recommendation, PositionKind.SUPPORTS, person="g-1"))
    assert stand(scenario, recommendation) == [("observer", "supports", 1, None)]


# Square brackets


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
