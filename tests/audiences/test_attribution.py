"""Who may be named where a guest turned out to be somebody, and what else would tell who was who."""

from dataclasses import replace

import pytest

from companion.audiences import attribution
from companion.core import commands as c
from companion.core.ids import SYSTEM
from companion.core.people import Person
from companion.core.procedure import AttributionMode, Rule
from companion.core.state import Session
from tests.core.scenario import PROGRAMME, Scenario

ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode
GUEST = Person(id="greta", name="Greta Guest", organisation="Passers by", guest=True)


def linked(mode: AttributionMode, panellists: AttributionMode, person: str) -> Session:
    """Return a session in which a guest turned out to be `person`."""
    programme = replace(PROGRAMME, panellists=("pia",), attribution_mode=mode, attribution_mode_panellists=panellists)
    room = Scenario(programme)
    room.by(SYSTEM, c.EnterPerson(person=GUEST))
    room.by("secretary", c.LinkPerson(source="greta", person=person))
    return room.session


def test_a_guest_is_hidden_where_whoever_they_turned_out_to_be_is() -> None:
    session = linked(ATTRIBUTED, NEITHER, "pia")
    guest = session.people["greta"]
    assert attribution.attributed(session, guest) == attribution.Attributed()
    assert not attribution.may_show_affiliation(session, guest)
    assert not attribution.may_show_attendance(session, guest)
    assert "Greta Guest" in attribution.withheld_names(session, {})


def test_a_guest_is_named_where_whoever_they_turned_out_to_be_is() -> None:
    session = linked(NEITHER, ATTRIBUTED, "pia")
    assert attribution.attributed(session, session.people["greta"]).name == "Pia"
    assert "Greta Guest" not in attribution.withheld_names(session, {})


@pytest.mark.parametrize("who", ["greta", "ana"])
def test_if_either_asked_not_to_be_published_the_names_of_both_and_whom_they_spoke_for_are_withheld(who: str) -> None:
    room = Scenario(PROGRAMME)
    room.by(SYSTEM, c.EnterPerson(person=GUEST))
    room.by("secretary", c.CorrectPerson(person="ana", name="Ana Ivanova", organisation="An NGO"))
    room.by("secretary", c.CorrectPerson(person=who, unpublished=True))
    room.by("secretary", c.LinkPerson(source="greta", person="ana"))
    withheld = attribution.withheld_names(room.session, {})
    assert {"Greta Guest", "Passers by", "Ana Ivanova", "An NGO"} <= set(withheld)


@pytest.mark.parametrize("rule", Rule)
def test_a_rule_that_looks_at_who_somebody_is_is_told_only_where_that_is(rule: Rule) -> None:
    impersonal = rule in {Rule.FIRST_COME, Rule.JOINT_FIRST, Rule.MANUAL}
    for mode, panellists in ((ATTRIBUTED, ATTRIBUTED), (AFFILIATION, AFFILIATION)):
        assert attribution.may_show_rule(linked(mode, panellists, "ana"), rule)
    for mode, panellists in ((NEITHER, NEITHER), (ATTRIBUTED, NEITHER), (NEITHER, AFFILIATION)):
        assert attribution.may_show_rule(linked(mode, panellists, "ana"), rule) is impersonal


def test_in_which_other_session_somebody_asked_is_told_of_those_who_are_named() -> None:
    for mode in AttributionMode:
        session = linked(mode, mode, "ana")
        assert attribution.may_show_elsewhere(session, session.people["ben"]) is (mode is ATTRIBUTED)
        unpublished = replace(session.people["ben"], unpublished=True)
        assert not attribution.may_show_elsewhere(session, unpublished)
