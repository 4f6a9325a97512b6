"""What staff look up about the list of speakers before they change it."""

import pytest

from companion.core import commands as c
from companion.core.people import Actor, Role
from companion.core.procedure import RequestKind, Rule
from tests.web.house import PEOPLE, House

KEEP_THE_LIST = {"p-mod", "p-sec", "p-list"} & set(PEOPLE)


def test_the_order_that_the_rule_suggests_is_told_before_it_is_applied(house: House) -> None:
    host = house.sessions.find("s1")
    assert host is not None
    by = Actor(person="p-sec", role=Role.SECRETARIAT)
    for number, (person, kind) in enumerate((("p-par", RequestKind.STATEMENT), ("p-obs", RequestKind.JOINT_STATEMENT))):
        host.command(by, f"ask-{number}", c.RequestFloor(kind=kind, person=person, request=f"request-of-{person}"))
    host.command(by, "rule", c.SetRule(rule=Rule.JOINT_FIRST))
    answer = house.signed_in("p-sec").get("/api/sessions/s1/arrangement").get_json()
    assert answer == {
        "rule": "joint_first",
        "order": ["request-of-p-obs", "request-of-p-par"],
        "moved": answer["moved"],
    }
    assert len(answer["moved"]) == 1


def test_the_presets_are_those_of_the_configuration(house: House) -> None:
    presets = house.signed_in("p-sec").get("/api/presets").get_json()
    assert [each["id"] for each in presets] == ["hrc_panel", "workshop", "who_regional_committee", "free_discussion"]
    assert presets[0]["default_limit_seconds"] == 120


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - KEEP_THE_LIST))
@pytest.mark.parametrize("path", ["/api/sessions/s1/arrangement", "/api/presets"])
def test_nobody_else_looks_these_up(house: House, person: str, path: str) -> None:
    assert house.signed_in(person).get(path).status_code == 403
