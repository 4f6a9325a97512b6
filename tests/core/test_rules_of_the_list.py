"""Each rule of the list of speakers by itself, and what of it is refused."""

from dataclasses import replace
from typing import Any

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core import whose_turn
from companion.core.people import Role
from companion.core.procedure import QuotaBy, RequestKind, RequestStatus, Rule
from companion.core.refusals import Refusal
from tests.core.crowd import CROWD, LETTER, QUOTA, served
from tests.core.scenario import PEOPLE, PROGRAMME, opened, person


def test_a_group_that_comes_late_has_the_next_turn_but_not_all_of_them() -> None:
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *CROWD)))
    scenario.by("officer", c.SetRule(rule=Rule.ROUND_ROBIN_GROUP, automatic=True))
    for who in ("guest-00", "guest-01", "guest-02"):
        scenario.enter(who)
    scenario.next()
    scenario.later(10).next()
    for who in ("guest-03", "guest-04"):
        scenario.enter(who)
    assert scenario.waiting() == ["guest-03", "guest-02", "guest-04"]


def test_a_quota_gives_each_its_share() -> None:
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *CROWD)))
    for who in ("guest-00", "guest-01", "guest-02", "guest-03", "guest-04", "guest-05", "guest-06"):
        scenario.enter(who)
    scenario.by("officer", QUOTA)
    scenario.by("officer", c.ArrangeList())
    states, society, nobody = {"guest-00", "guest-01", "guest-02"}, {"guest-03", "guest-04", "guest-05"}, {"guest-06"}
    turns = ["s" if who in states else "c" if who in society else "n" for who in scenario.waiting()]
    assert turns == ["s", "c", "n", "s", "s", "c", "c"]
    assert nobody < set(scenario.waiting())


def test_a_share_of_nothing_comes_last() -> None:
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *CROWD)))
    for who in ("guest-00", "guest-03", "guest-04"):
        scenario.enter(who)
    shares = {"states": 0, "civil_society": 1}
    scenario.by("officer", c.SetRule(rule=Rule.QUOTA, params=c.RuleParameters(by=QuotaBy.GROUP, shares=shares)))
    scenario.by("officer", c.ArrangeList())
    assert scenario.waiting() == ["guest-03", "guest-04", "guest-00"]


@pytest.mark.parametrize(("by", "first"), [(QuotaBy.ATTENDANCE, "guest-01"), (QuotaBy.REGION, "guest-00")])
def test_a_quota_may_be_of_attendance_or_of_regions(by: QuotaBy, first: str) -> None:
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *CROWD)))
    for who in ("guest-00", "guest-01", "guest-02"):
        scenario.enter(who)
    shares = {"remote": 5} if by is QuotaBy.ATTENDANCE else {"north": 5}
    scenario.by("officer", c.SetRule(rule=Rule.QUOTA, params=c.RuleParameters(by=by, shares=shares)))
    scenario.by("officer", c.ArrangeList())
    assert scenario.waiting()[0] == first


def test_delegations_are_called_by_name_from_the_letter_that_was_drawn() -> None:
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *CROWD)))
    for who in ("guest-00", "guest-02", "guest-01", "guest-03"):
        scenario.enter(who)
    scenario.by("officer", LETTER)
    scenario.by("officer", c.ArrangeList())
    # C comes first, then, round the end of the alphabet, Ä as A; "ж" is in no Latin alphabet, but Guest-02 is its name.
    assert scenario.waiting() == ["guest-01", "guest-02", "guest-00", "guest-03"]


def test_who_waits_twice_has_one_more_turn_behind_them_by_the_second_time() -> None:
    scenario = opened()
    scenario.by("secretary", c.ChangeSettings(one_request_each=False))
    for who in ("ana", "ana", "ben"):
        scenario.ask(who)
    scenario.by("officer", c.SetRule(rule=Rule.NOT_YET_SPOKEN_FIRST))
    scenario.by("officer", c.ArrangeList())
    assert scenario.waiting() == ["ana", "ben", "ana"]
    assert [scenario.request(id_).person for id_ in served(scenario)] == ["ana", "ben", "ana"]


def test_presentations_points_of_order_and_void_ones_are_no_turns() -> None:
    scenario = opened()
    for who, kind in (("ana", RequestKind.PANEL_PRESENTATION), ("ben", RequestKind.MODERATOR)):
        scenario.enter(who, kind)
        scenario.next()
        scenario.later(5).end()
    scenario.enter("cleo", RequestKind.POINT_OF_ORDER)
    scenario.next()
    scenario.later(5).end()
    scenario.enter("dan")
    scenario.next()
    scenario.undo()
    assert scenario.session.reckoning.turns.heard == 0


def test_panellists_keep_their_place_whatever_the_rule() -> None:
    scenario = opened()
    for who, kind in (
        ("pia", RequestKind.PANELLIST_REPLY),
        ("ana", RequestKind.STATEMENT),
        ("ben", RequestKind.STATEMENT),
        ("paul", RequestKind.PANELLIST_REPLY),
        ("cleo", RequestKind.STATEMENT),
    ):
        scenario.enter(who, kind)
    scenario.by("officer", c.SetRule(rule=Rule.ROUND_ROBIN_GROUP))
    scenario.by("officer", c.ArrangeList())
    assert scenario.waiting() == ["pia", "ana", "cleo", "ben", "paul"]


def test_whom_somebody_placed_by_hand_stays_there_until_the_list_is_arranged_by_a_tap() -> None:
    scenario = opened()
    scenario.by("officer", c.SetRule(rule=Rule.FIRST_COME, automatic=True))
    ana, ben, cleo = (scenario.ask(who) for who in ("ana", "ben", "cleo"))
    scenario.by("officer", c.MoveRequest(request=cleo, after=ana))
    scenario.ask("dan")
    assert scenario.waiting() == ["ana", "cleo", "ben", "dan"]
    assert (scenario.request(cleo).placed_by, scenario.request(ben).placed_by) == (Rule.MANUAL, Rule.FIRST_COME)
    scenario.by("officer", c.ArrangeList())
    assert scenario.waiting() == ["ana", "ben", "cleo", "dan"]


def test_a_departure_from_the_rule_is_recorded_with_whom_it_would_have_had() -> None:
    scenario = opened()
    ana, cleo, ben = (scenario.ask(who) for who in ("ana", "cleo", "ben"))
    scenario.by("officer", c.SetRule(rule=Rule.ROUND_ROBIN_GROUP))
    scenario.give(ana)
    assert (scenario.speaking.suggested, scenario.speaking.placed_by) == (None, Rule.FIRST_COME)
    scenario.give(ben)
    assert scenario.speaking.suggested == cleo
    given = scenario.recorded[-1].event
    assert isinstance(given, e.FloorGiven)
    assert (given.rule, given.suggested) == (Rule.ROUND_ROBIN_GROUP, cleo)


def test_the_moderators_own_order_suggests_nobody() -> None:
    scenario = opened()
    ana, ben = scenario.ask("ana"), scenario.ask("ben")
    scenario.by("officer", c.SetRule(rule=Rule.MANUAL))
    scenario.by("officer", c.MoveRequest(request=ana, after=ben))
    assert whose_turn.arranged(scenario.session, keep_moved=False) == (ben, ana)
    assert whose_turn.suggestion(scenario.session) is None
    assert scenario.refusal("officer", c.ArrangeList()) is Refusal.NOT_NOW


@pytest.mark.parametrize(
    ("rule", "params"),
    [
        (Rule.FIRST_COME, {"letter": "a"}),
        (Rule.ALPHABETICAL_FROM_LETTER, None),
        (Rule.ALPHABETICAL_FROM_LETTER, {"letter": "ab"}),
        (Rule.ALPHABETICAL_FROM_LETTER, {"letter": "ж"}),
        (Rule.ALPHABETICAL_FROM_LETTER, {"letter": "7"}),
        (Rule.ALPHABETICAL_FROM_LETTER, {"letter": "a", "by": QuotaBy.GROUP}),
        (Rule.QUOTA, None),
        (Rule.QUOTA, {"by": QuotaBy.GROUP}),
        (Rule.QUOTA, {"shares": {"states": 1}}),
        (Rule.QUOTA, {"by": QuotaBy.GROUP, "shares": {"states": 0}}),
        (Rule.QUOTA, {"by": QuotaBy.GROUP, "shares": {"nowhere": 1}}),
        (Rule.QUOTA, {"by": QuotaBy.ATTENDANCE, "shares": {"elsewhere": 1}}),
        (Rule.QUOTA, {"by": QuotaBy.GROUP, "shares": {"states": 1}, "letter": "a"}),
    ],
)
def test_a_rule_without_what_it_needs_or_with_what_it_does_not_is_refused(
    rule: Rule, params: dict[str, Any] | None
) -> None:
    command = c.SetRule(rule=rule, params=None if params is None else c.RuleParameters(**params))
    assert opened().refusal("officer", command) is Refusal.BAD_MESSAGE


def test_the_moderators_own_order_does_not_keep_itself() -> None:
    assert opened().refusal("officer", c.SetRule(rule=Rule.MANUAL, automatic=True)) is Refusal.BAD_MESSAGE


def test_setting_the_rule_that_holds_changes_nothing() -> None:
    assert opened().by("officer", c.SetRule(rule=Rule.FIRST_COME)) == []


def test_a_list_is_not_arranged_once_the_session_is_over() -> None:
    scenario = opened()
    scenario.by("moderator", c.CloseSession())
    for command in (c.SetRule(rule=Rule.JOINT_FIRST), c.ArrangeList()):
        assert scenario.refusal("officer", command) is Refusal.SESSION_NOT_OPEN


@pytest.mark.parametrize(
    "rule",
    [
        c.SetRule(rule=Rule.FIRST_COME, automatic=True),
        c.SetRule(rule=Rule.JOINT_FIRST, automatic=True),
        c.SetRule(rule=Rule.ROUND_ROBIN_GROUP, automatic=True),
        c.SetRule(rule=Rule.JOINT_FIRST_ROUND_ROBIN_GROUP, automatic=True),
        c.SetRule(rule=Rule.NOT_YET_SPOKEN_FIRST, automatic=True),
        c.SetRule(rule=Rule.ALTERNATE_ATTENDANCE, automatic=True),
        replace(LETTER, automatic=True),
    ],
)
def test_whoever_is_absent_is_at_the_end_once_for_every_rule(rule: c.SetRule) -> None:
    scenario = opened()
    scenario.by("officer", rule)
    asked = {who: scenario.ask(who) for who in ("ben", "cleo", "dan", "ana")}
    first, *others = scenario.waiting()
    scenario.by("officer", c.MarkAbsent(request=asked[first]))
    assert scenario.waiting() == [*others, first]
    scenario.ask("pia")
    assert scenario.waiting().index(first) == (3 if rule.rule is Rule.FIRST_COME else 4)
    scenario.by("officer", c.MarkAbsent(request=asked[first]))
    assert scenario.request(asked[first]).status is RequestStatus.STRUCK


def test_whoever_is_brought_forward_again_has_their_turn_as_the_rule_says() -> None:
    scenario = opened()
    scenario.by("officer", replace(LETTER, automatic=True))
    asked = {who: scenario.ask(who) for who in ("ana", "ben", "cleo")}
    order = scenario.waiting()
    called = asked[order[0]]
    scenario.by("officer", c.MarkAbsent(request=called))
    scenario.by("officer", c.MoveRequest(request=called, after=None))
    scenario.by("officer", c.ArrangeList())
    assert scenario.waiting() == order


def test_only_whoever_was_called_before_is_next_where_nobody_else_waits() -> None:
    scenario = opened()
    scenario.by("officer", c.SetRule(rule=Rule.ROUND_ROBIN_GROUP))
    ana = scenario.ask("ana")
    scenario.by("officer", c.MarkAbsent(request=ana))
    found = whose_turn.suggested(scenario.session)
    assert found is not None
    assert (found.request, found.category) == (ana, whose_turn.SENT_BACK)


def test_delegations_without_a_latin_name_come_last() -> None:
    named = replace(person("guest-90", Role.PARTICIPANT), name="Жанна", organisation="")
    nameless = replace(person("guest-91", Role.PARTICIPANT), name="示例", organisation="示例组织", latin_name="Zed")
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *CROWD, named, nameless)))
    for who in ("guest-90", "guest-91", "guest-00"):
        scenario.enter(who)
    scenario.by("officer", LETTER)
    scenario.by("officer", c.ArrangeList())
    assert scenario.waiting() == ["guest-91", "guest-00", "guest-90"]
