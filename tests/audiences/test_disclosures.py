"""What is handed out beside the maps: the journal, what has left the map, and who may be named in the record."""

from dataclasses import replace

import msgspec
import pytest

from companion.audiences.attribution import (
    FEWEST_IN_A_GROUP,
    Attributed,
    attributed,
    may_show_affiliation,
    may_show_figures,
)
from companion.audiences.disclosures import history, journal_body
from companion.codec.events import write_event
from companion.core import commands as c
from companion.core.people import Person, Role
from companion.core.procedure import AttributionMode
from companion.core.state import Session
from tests.audiences.walk import PREPARED, Walk

ATTRIBUTED, AFFILIATION_ONLY, NON_ATTRIBUTED = AttributionMode
PERSON = Person(id="person-12", name="Ana", latin_name="ANA", organisation="An NGO", group="states")
PANELLIST = "person-05"


def prepared(mode: AttributionMode, panellists: AttributionMode = ATTRIBUTED) -> Session:
    return Walk(0, replace(PREPARED, attribution_mode=mode, attribution_mode_panellists=panellists)).session


@pytest.mark.parametrize("seed", [8, 9])
def test_the_journal_is_handed_out_without_accessibility_needs_and_reasons_of_extra_time(seed: int) -> None:
    walk = Walk(seed)
    recorded = [*walk.beginning.happened]
    walk.by(Role.MODERATOR, c.StartSession())
    recorded += [each for step in walk.steps(300) for each in step.happened]
    whole = [write_event(each.event) for each in recorded]
    handed_out = [msgspec.json.encode(journal_body(name, body)).decode() for name, body in whole]
    for secret in ("NEED-", "REASON-"):
        assert any(secret in body for _, body in whole)
        assert not any(secret in body for body in handed_out)
    # Nothing else is left out.
    without = [body for (name, _), body in zip(whole, handed_out, strict=True) if name == "person.corrected"]
    assert all('"platform_name"' in body for body in without)
    for (name, body), given in zip(whole, handed_out, strict=True):
        if not name.startswith("person.") and name != "list.limit_set":
            assert msgspec.json.decode(given) == msgspec.json.decode(body)


def test_history_has_every_intervention_that_counts_with_whoever_spoke_as_participants_see_them() -> None:
    walk = Walk(10)
    walk.by(Role.MODERATOR, c.StartSession())
    for _ in walk.steps(500):
        pass
    handed_out = history(walk.session)
    assert [each["id"] for each in handed_out] == list(walk.session.ended)
    assert len(handed_out) > 3
    assert not any(each["void"] for each in handed_out)
    text = msgspec.json.encode(handed_out).decode()
    assert "NAME-" in text
    assert not any(secret in text for secret in ("NEED-", "PLATFORM-", "REGION-", "REASON-"))


def test_the_record_names_people_as_the_mode_of_the_session_allows() -> None:
    whole = Attributed(name="Ana", latin_name="ANA", organisation="An NGO", group="states", traceable=True)
    assert attributed(prepared(ATTRIBUTED), PERSON) == whole
    assert attributed(prepared(AFFILIATION_ONLY), PERSON) == replace(whole, name=None, latin_name=None)
    assert attributed(prepared(NON_ATTRIBUTED), PERSON) == Attributed()


def test_panellists_have_a_mode_of_their_own() -> None:
    panellist = replace(PERSON, id=PANELLIST)
    session = prepared(NON_ATTRIBUTED, panellists=ATTRIBUTED)
    assert attributed(session, panellist).name == "Ana"
    assert attributed(session, PERSON) == Attributed()
    assert may_show_affiliation(session, panellist)
    assert not may_show_affiliation(session, PERSON)


def test_who_asked_not_to_be_published_is_never_named_nor_whom_they_spoke_for() -> None:
    hidden = replace(PERSON, unpublished=True)
    assert attributed(prepared(ATTRIBUTED), hidden) == Attributed(group="states", traceable=True)
    assert attributed(prepared(NON_ATTRIBUTED), hidden) == Attributed()
    assert not may_show_affiliation(prepared(ATTRIBUTED), hidden)


def test_figures_of_a_small_group_are_shown_only_where_everybody_may_be_named() -> None:
    assert may_show_figures(prepared(ATTRIBUTED), 1)
    assert may_show_figures(prepared(AFFILIATION_ONLY), 1)
    for session in (prepared(NON_ATTRIBUTED), prepared(ATTRIBUTED, panellists=NON_ATTRIBUTED)):
        assert may_show_figures(session, FEWEST_IN_A_GROUP)
        assert not may_show_figures(session, FEWEST_IN_A_GROUP - 1)
