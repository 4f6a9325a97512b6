"""Whose turn it is: the sample's expected orders, and what holds for every rule."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import companion
from companion.core import commands as c
from companion.core import events as e
from companion.core.people import Attendance, Person, Role, StakeholderGroup
from companion.core.procedure import RequestKind, RequestList, Rule
from companion.core.speaking_time import expected_seconds
from tests.core.crowd import CROWD, ORDERING, crowd, named, order, served, standing
from tests.core.profile import PROFILE
from tests.core.scenario import PEOPLE, PROGRAMME, Scenario, opened

SAMPLE: Final[dict[str, Any]] = json.loads(
    (Path(companion.__file__).parent / "demo" / "workshop.json").read_text(encoding="utf-8")
)
NAMES: Final = {
    "fcfs": Rule.FIRST_COME,
    "joint_first_then_fcfs": Rule.JOINT_FIRST,
    "round_robin_group": Rule.ROUND_ROBIN_GROUP,
    "joint_first_then_round_robin_group": Rule.JOINT_FIRST_ROUND_ROBIN_GROUP,
    "not_yet_spoken_first": Rule.NOT_YET_SPOKEN_FIRST,
    "alternate_attendance": Rule.ALTERNATE_ATTENDANCE,
}


def sample_room(*, spoken_before: bool) -> Scenario:
    """Return the sample's twelve requests in the order of arrival; two of those people may have spoken before."""
    asked = SAMPLE["queue_scenario"]["requests"]
    people = [
        Person(
            id=each["participant"],
            name=each["participant"],
            role=Role.PARTICIPANT,
            group=each["group"],
            attendance=Attendance(each["attendance"]),
        )
        for each in asked
    ]
    limits = SAMPLE["modalities"]["time_limits_s"]
    groups = [group["id"] for group in SAMPLE["stakeholder_groups"]]
    programme = replace(
        PROGRAMME,
        people=(*PEOPLE, *people),
        groups=tuple(StakeholderGroup(id=group, name=(("en", group),)) for group in groups),
        group_seconds=tuple((group, limits[group]) for group in groups if group in limits),
        kind_seconds=((RequestKind.JOINT_STATEMENT, limits["joint_statement"]),),
    )
    scenario = opened(programme)
    for each in asked if spoken_before else ():
        for _ in range(each["prior_interventions_this_item"]):
            scenario.enter(each["participant"])
            scenario.next()
            scenario.later(60).end()
    for each in asked:
        kind = RequestKind.JOINT_STATEMENT if each["on_behalf_of"] else RequestKind.STATEMENT
        command = c.RequestFloor(
            kind=kind, person=each["participant"], request=f"request-{each['id']}", on_behalf_of=each["on_behalf_of"]
        )
        scenario.by("officer", command)
    return scenario


@pytest.mark.parametrize("name", SAMPLE["queue_scenario"]["expected_order"])
def test_a_list_is_arranged_as_the_sample_expects(name: str) -> None:
    # Who spoke before, on an earlier list, matters to this rule alone.
    scenario = sample_room(spoken_before=name == "not_yet_spoken_first")
    expected = SAMPLE["queue_scenario"]["expected_order"][name]
    scenario.by("officer", c.SetRule(rule=NAMES[name]))
    assert order(scenario) == expected
    arranged = scenario.by("officer", c.ArrangeList())
    assert standing(scenario) == expected
    assert scenario.by("officer", c.ArrangeList()) == []
    moved = {request for event in arranged if isinstance(event, e.ListArranged) for request, _ in event.ranks}
    assert all((scenario.request(id_).placed_by is NAMES[name]) == (id_ in moved) for id_ in moved)
    assert len(moved) < len(expected)


@pytest.mark.parametrize("name", SAMPLE["queue_scenario"]["expected_order"])
def test_serving_the_sample_one_by_one_gives_its_expected_order(name: str) -> None:
    scenario = sample_room(spoken_before=name == "not_yet_spoken_first")
    scenario.by("officer", c.SetRule(rule=NAMES[name]))
    assert served(scenario) == SAMPLE["queue_scenario"]["expected_order"][name]


def test_the_sample_takes_as_long_as_it_says() -> None:
    session = sample_room(spoken_before=False).session
    waiting = [session.requests[id_] for _, id_ in session.places(RequestList.SPEAKERS)]
    total = SAMPLE["queue_scenario"]["expected_total_speaking_time_s"]
    assert sum(expected_seconds(session, each.person, each.kind) for each in waiting) == total
    assert session.reckoning.waiting_seconds[RequestList.SPEAKERS] == total


# What holds for every rule

ASKED = st.permutations([each.id for each in CROWD])
KINDS = st.lists(
    st.sampled_from((RequestKind.STATEMENT, RequestKind.JOINT_STATEMENT, RequestKind.QUESTION)),
    min_size=len(CROWD),
    max_size=len(CROWD),
)
SPOKE = st.lists(st.sampled_from([each.id for each in CROWD]), max_size=6)


@pytest.mark.parametrize("rule", ORDERING, ids=named)
@settings(PROFILE)
@given(spoke=SPOKE, asked=ASKED, kinds=KINDS)
def test_an_arranged_list_is_a_permutation_and_stable_and_served_one_by_one_it_is_the_same(
    rule: c.SetRule, spoke: list[str], asked: list[str], kinds: list[RequestKind]
) -> None:
    scenario = crowd(spoke, asked, kinds, rule)
    before, expected = standing(scenario), order(scenario)
    assert sorted(expected) == sorted(before)
    scenario.by("officer", c.ArrangeList())
    assert standing(scenario) == expected
    assert scenario.by("officer", c.ArrangeList()) == []
    assert served(scenario) == expected


@pytest.mark.parametrize("rule", ORDERING, ids=named)
@settings(PROFILE)
@given(asked=ASKED, kinds=KINDS, shuffled=ASKED)
def test_the_order_does_not_depend_on_where_people_stand_now(
    rule: c.SetRule, asked: list[str], kinds: list[RequestKind], shuffled: list[str]
) -> None:
    scenario = crowd([], asked, kinds, rule)
    expected = order(scenario)
    for who in shuffled:
        request = scenario.session.requests_of[who][0]
        scenario.by("officer", c.MoveRequest(request=request, after=None))
    assert order(scenario) == expected


@pytest.mark.parametrize("rule", ORDERING, ids=named)
@settings(PROFILE)
@given(asked=ASKED, kinds=KINDS)
def test_those_of_a_category_keep_the_order_in_which_they_came(
    rule: c.SetRule, asked: list[str], kinds: list[RequestKind]
) -> None:
    scenario = crowd([], asked, kinds, rule)
    filed = scenario.session.reckoning.turns.filed
    by_category: dict[str, list[tuple[int, str, int]]] = {}
    for id_ in order(scenario):
        place = filed[id_]
        by_category.setdefault(place.category, []).append((place.distance, place.name, place.since))
    assert all(places == sorted(places) for places in by_category.values())


@pytest.mark.parametrize("rule", ORDERING, ids=named)
def test_a_list_that_keeps_itself_in_order_is_in_order_after_every_request(rule: c.SetRule) -> None:
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *CROWD)))
    scenario.by("officer", replace(rule, automatic=True))
    for each in CROWD:
        scenario.enter(each.id)
        assert standing(scenario) == order(scenario)
    for _ in CROWD:
        scenario.next()
        assert standing(scenario) == order(scenario)
