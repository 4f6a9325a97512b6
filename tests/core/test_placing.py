"""Exchanging places, being called and not there, and handing a statement in instead."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core import placing
from companion.core.procedure import RequestKind, RequestStatus, Rule, WhenAbsent
from companion.core.refusals import Refusal
from tests.core.scenario import PROGRAMME, Scenario, opened


def three() -> tuple[Scenario, str, str, str]:
    """Return a list on which Ana and Ben of one group and Cleo of another wait."""
    scenario = opened()
    return scenario, scenario.ask("ana"), scenario.ask("ben"), scenario.ask("cleo")


# Exchange


def test_two_exchange_places_once_both_have_said_so() -> None:
    scenario, ana, _, cleo = three()
    assert scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=ana)) == [
        e.ExchangeOffered(request=cleo, partner=ana, before=None)
    ]
    assert scenario.waiting() == ["ana", "ben", "cleo"]
    assert [each.id for each in placing.offers(scenario.session, scenario.request(ana))] == [cleo]
    assert scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=ana)) == []
    scenario.by("ana", c.ExchangePlaces(request=ana, partner=cleo))
    assert scenario.waiting() == ["cleo", "ben", "ana"]
    assert placing.offers(scenario.session, scenario.request(ana)) == []
    assert {scenario.request(each).placed_by for each in (ana, cleo)} == {Rule.MANUAL}


def test_an_offer_is_taken_back_or_made_to_somebody_else() -> None:
    scenario, ana, ben, cleo = three()
    scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=ana))
    scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=ben))
    assert placing.offers(scenario.session, scenario.request(ana)) == []
    assert [each.id for each in placing.offers(scenario.session, scenario.request(ben))] == [cleo]
    scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=None))
    assert placing.offers(scenario.session, scenario.request(ben)) == []
    assert scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=None)) == []


def test_an_offer_of_somebody_who_left_stands_no_more() -> None:
    scenario, ana, _, cleo = three()
    scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=ana))
    scenario.by("cleo", c.WithdrawRequest(request=cleo))
    assert placing.offers(scenario.session, scenario.request(ana)) == []
    scenario.by("ana", c.WithdrawRequest(request=ana))
    assert placing.offers(scenario.session, scenario.request(ana)) == []


@pytest.mark.parametrize("moved", ["ana", "cleo"])
def test_an_offer_stands_for_the_places_at_which_it_was_made(moved: str) -> None:
    scenario, ana, ben, cleo = three()
    scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=ana))
    scenario.by("officer", c.MoveRequest(request={"ana": ana, "cleo": cleo}[moved], after=ben))
    if moved == "cleo":
        scenario.by("officer", c.MoveRequest(request=cleo, after=None))
    assert placing.offers(scenario.session, scenario.request(ana)) == []
    assert placing.offer_of(scenario.session, scenario.request(cleo)) is None
    before = scenario.waiting()
    scenario.by("ana", c.ExchangePlaces(request=ana, partner=cleo))
    assert scenario.waiting() == before
    assert [each.id for each in placing.offers(scenario.session, scenario.request(cleo))] == [ana]
    scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=ana))
    assert scenario.waiting() == [{"ana": "cleo", "cleo": "ana"}.get(each, each) for each in before]


def test_an_offer_stands_again_when_a_move_is_taken_back() -> None:
    scenario, ana, ben, cleo = three()
    scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=ana))
    scenario.by("officer", c.MoveRequest(request=ana, after=ben))
    scenario.undo("officer")
    assert [each.id for each in placing.offers(scenario.session, scenario.request(ana))] == [cleo]


def test_staff_exchange_two_places_at_once() -> None:
    scenario, ana, _, cleo = three()
    scenario.by("officer", c.ExchangePlaces(request=ana, partner=cleo))
    assert scenario.waiting() == ["cleo", "ben", "ana"]


def test_nobody_exchanges_with_themselves_or_with_whoever_does_not_wait_there() -> None:
    scenario, ana, ben, cleo = three()
    order = scenario.ask("dan", RequestKind.POINT_OF_ORDER)
    scenario.by("officer", c.HoldRequest(request=ben))
    for partner, refusal in (
        (ana, Refusal.BAD_MESSAGE),
        ("nothing", Refusal.NOT_FOUND),
        (ben, Refusal.NOT_ON_LIST),
        (order, Refusal.NOT_ON_LIST),
    ):
        assert scenario.refusal("ana", c.ExchangePlaces(request=ana, partner=partner)) is refusal
    assert scenario.refusal("ana", c.ExchangePlaces(request=cleo, partner=ana)) is Refusal.NOT_ALLOWED


# Called and not there


def test_whoever_is_not_there_goes_to_the_end_once_and_is_then_struck() -> None:
    scenario, ana, *_ = three()
    scenario.by("officer", c.MarkAbsent(request=ana))
    assert scenario.waiting() == ["ben", "cleo", "ana"]
    assert (scenario.request(ana).absences, scenario.request(ana).ready) == (1, False)
    scenario.by("officer", c.MarkAbsent(request=ana))
    assert (scenario.request(ana).status, scenario.request(ana).ended_at) == (RequestStatus.STRUCK, scenario.now)
    assert scenario.refusal("officer", c.MarkAbsent(request=ana)) is Refusal.NOT_ON_LIST


@pytest.mark.parametrize(
    ("how", "order"),
    [
        (WhenAbsent.TO_THE_END, ["ben", "cleo", "ana"]),
        (WhenAbsent.END_OF_CATEGORY, ["ben", "ana", "cleo"]),
        (WhenAbsent.LOST, ["ben", "cleo"]),
    ],
)
def test_what_becomes_of_them_is_a_setting(how: WhenAbsent, order: list[str]) -> None:
    scenario = opened(replace(PROGRAMME, when_absent=how))
    ana, *_ = (scenario.ask(who) for who in ("ana", "ben", "cleo"))
    scenario.by("officer", c.MarkAbsent(request=ana))
    assert scenario.waiting() == order
    assert (scenario.request(ana).status is RequestStatus.ABSENT) == (how is WhenAbsent.LOST)


def test_whoever_is_alone_in_their_category_goes_to_the_end() -> None:
    scenario = opened(replace(PROGRAMME, when_absent=WhenAbsent.END_OF_CATEGORY))
    cleo, _, _ = (scenario.ask(who) for who in ("cleo", "ana", "ben"))
    scenario.by("officer", c.MarkAbsent(request=cleo))
    assert scenario.waiting() == ["ana", "ben", "cleo"]


def test_an_intervention_of_somebody_who_is_not_there_never_was_one() -> None:
    scenario, ana, *_ = three()
    scenario.next()
    empty = scenario.speaking.id
    assert scenario.refusal("officer", c.MarkAbsent(request=ana)) is Refusal.NOT_ALLOWED
    scenario.later(8).by("moderator", c.MarkAbsent(request=ana))
    assert scenario.session.interventions[empty].void
    assert (scenario.session.floor.intervention, scenario.session.ended) == (None, ())
    assert scenario.waiting() == ["ben", "cleo", "ana"]
    assert "ana" not in scenario.session.reckoning.turns.times


def test_after_an_empty_point_of_order_the_speaker_goes_on() -> None:
    scenario, *_ = three()
    scenario.next()
    order = scenario.later(30).ask("dan", RequestKind.POINT_OF_ORDER)
    scenario.next()
    scenario.later(5).by("moderator", c.MarkAbsent(request=order))
    assert (scenario.speaking.person, scenario.speaking.paused_at) == ("ana", None)
    assert scenario.session.floor.interrupted is None


def test_nobody_is_absent_who_was_not_called_or_is_not_there_at_all() -> None:
    scenario, ana, ben, _ = three()
    scenario.give(ana)
    scenario.end()
    scenario.by("officer", c.HoldRequest(request=ben))
    for request, refusal in ((ana, Refusal.NOT_ON_LIST), (ben, Refusal.NOT_ON_LIST), ("nothing", Refusal.NOT_FOUND)):
        assert scenario.refusal("moderator", c.MarkAbsent(request=request)) is refusal


def test_whoever_has_another_place_on_the_list_loses_the_one_that_was_called() -> None:
    scenario = opened()
    scenario.by("secretary", c.ChangeSettings(one_request_each=False))
    first, _ = scenario.ask("ana"), scenario.ask("ana")
    scenario.by("officer", c.MarkAbsent(request=first))
    assert scenario.request(first).status is RequestStatus.ABSENT
    assert scenario.waiting() == ["ana"]


# In writing


def test_a_statement_is_handed_in_instead_of_being_delivered() -> None:
    scenario, ana, ben, _ = three()
    scenario.by("ana", c.ChangeRequest(request=ana, text="What I wanted to say"))
    scenario.by("ana", c.HandInStatement(request=ana))
    written = scenario.request(ana)
    assert (written.status, written.text, written.ended_at) == (
        RequestStatus.WRITTEN,
        "What I wanted to say",
        scenario.now,
    )
    scenario.by("officer", c.HandInStatement(request=ben, text="On paper"))
    assert scenario.request(ben).text == "On paper"
    assert scenario.waiting() == ["cleo"]
    assert scenario.refusal("ana", c.HandInStatement(request=ana)) is Refusal.NOT_ON_LIST
    assert scenario.refusal("ana", c.HandInStatement(request=ben)) is Refusal.NOT_ALLOWED
