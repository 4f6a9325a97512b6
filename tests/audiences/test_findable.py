"""What may be found, by whom, and by which words."""

from dataclasses import replace
from typing import Any

import pytest

from companion.audiences.audience import AUDIENCE_OF
from companion.audiences.findable import FINDS_ALL, Findable, Sort, Withheld, addresses, findable, made_of
from companion.audiences.recommendations import recommendation_views
from companion.core import commands as c
from companion.core.people import Role
from companion.core.procedure import AttributionMode, NoteAttribution, NoteKind, RequestKind
from companion.core.state import Ref
from tests.core.scenario import Scenario, opened

ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode


def _said(scenario: Scenario, who: str = "ana", **more: Any) -> Ref:  # noqa: ANN401 (fields of the request)
    """Have somebody speak; return the intervention."""
    scenario.by(who, c.RequestFloor(kind=RequestKind.STATEMENT, topic="Remedy", on_behalf_of="The group", **more))
    scenario.next()
    held = scenario.session.floor.intervention
    assert held is not None
    return Ref("intervention", held)


def _mode(scenario: Scenario, mode: AttributionMode) -> None:
    scenario.by("secretary", c.CorrectPerson(person="ana", organisation="State A", latin_name="Ana"))
    if mode is not ATTRIBUTED:
        scenario.by("secretary", c.ChangeSettings(attribution_mode=mode))


def _texts(scenario: Scenario, ref: Ref, *, finds_all: bool) -> dict[str, str] | None:
    found = findable(scenario.session, ref, finds_all=finds_all)
    return None if found is None else dict(found.texts)


@pytest.mark.parametrize(
    ("mode", "texts", "has_id"),
    [
        (
            ATTRIBUTED,
            {
                "name": "Ana",
                "latin_name": "Ana",
                "organisation": "State A",
                "topic": "Remedy",
                "on_behalf_of": "The group",
            },
            True,
        ),
        (AFFILIATION, {"organisation": "State A", "topic": "Remedy", "on_behalf_of": "The group"}, False),
        (NEITHER, None, False),
    ],
)
def test_an_intervention_is_found_by_what_the_record_tells_of_it(
    mode: AttributionMode, texts: dict[str, str] | None, *, has_id: bool
) -> None:
    scenario = opened()
    _mode(scenario, mode)
    ref = _said(scenario)
    assert _texts(scenario, ref, finds_all=False) == texts
    found, of_staff = (findable(scenario.session, ref, finds_all=each) for each in (False, True))
    assert of_staff is not None
    assert (of_staff.texts["name"], of_staff.id, of_staff.intervention) == ("Ana", ref.id, ref.id)
    if found is not None:
        assert (found.id, found.intervention) == ((ref.id, ref.id) if has_id else (None, None))
        assert found.of is Sort.INTERVENTION


def test_whoever_asks_not_to_be_published_is_found_by_staff_alone() -> None:
    scenario = opened()
    ref = _said(scenario)
    scenario.by("secretary", c.CorrectPerson(person="ana", unpublished=True))
    assert findable(scenario.session, ref, finds_all=False) is None
    assert _texts(scenario, ref, finds_all=True) == {"name": "Ana", "topic": "Remedy", "on_behalf_of": "The group"}


def test_an_intervention_that_never_was_is_found_by_nobody() -> None:
    scenario = opened()
    ref = _said(scenario)
    scenario.undo()
    assert ref not in set(addresses(scenario.session))
    assert findable(scenario.session, ref, finds_all=True) is None


def test_a_statement_is_for_staff_until_it_stands_in_place_of_an_intervention() -> None:
    scenario = opened()
    scenario.by("ana", c.RequestFloor(request="r-1", kind=RequestKind.STATEMENT, text="The whole statement"))
    ref = Ref("request", "r-1")
    assert ref in set(addresses(scenario.session))
    assert findable(scenario.session, ref, finds_all=False) is None
    found = findable(scenario.session, ref, finds_all=True)
    assert found is not None
    assert (found.of, found.id, found.texts["text"]) == (Sort.STATEMENT, "r-1", "The whole statement")
    scenario.by("ana", c.HandInStatement(request="r-1"))
    assert _texts(scenario, ref, finds_all=False) == {"name": "Ana", "text": "The whole statement"}
    _mode(scenario, AFFILIATION)
    hidden = findable(scenario.session, ref, finds_all=False)
    assert hidden is not None
    assert (hidden.id, "name" in hidden.texts) == (None, False)
    _mode(scenario, NEITHER)
    assert findable(scenario.session, ref, finds_all=False) is None


def test_a_request_that_was_withdrawn_is_not_found_by_its_statement() -> None:
    scenario = opened()
    scenario.by("ana", c.RequestFloor(request="r-1", kind=RequestKind.STATEMENT, text="The whole statement"))
    scenario.by("ana", c.WithdrawRequest(request="r-1"))
    assert Ref("request", "r-1") not in set(addresses(scenario.session))


@pytest.mark.parametrize(
    ("level", "mode", "texts"),
    [
        (NoteAttribution.PERSON, ATTRIBUTED, {"name": "Ana", "latin_name": "Ana", "organisation": "State A"}),
        (NoteAttribution.PERSON, AFFILIATION, {"organisation": "State A"}),
        (NoteAttribution.ORGANISATION, ATTRIBUTED, {"organisation": "State A"}),
        (NoteAttribution.GROUP, ATTRIBUTED, {}),
        (NoteAttribution.NONE, ATTRIBUTED, {}),
        (NoteAttribution.PERSON, NEITHER, {}),
    ],
)
def test_a_released_note_is_found_by_whose_point_it_was_only_as_far_as_its_level_and_the_mode_say(
    level: NoteAttribution, mode: AttributionMode, texts: dict[str, str]
) -> None:
    scenario = opened()
    _mode(scenario, mode)
    said = _said(scenario)
    note = c.AddNote(note="n-1", kind=NoteKind.GAP, text="No data", intervention=said.id, attribution=level)
    scenario.by("rapporteur", note)
    ref = Ref("note", "n-1")
    assert findable(scenario.session, ref, finds_all=False) is None
    scenario.by("rapporteur", c.ReleaseNote(note="n-1", released=True))
    assert _texts(scenario, ref, finds_all=False) == {**texts, "text": "No data"}
    of_staff = findable(scenario.session, ref, finds_all=True)
    assert of_staff is not None
    assert (of_staff.id, of_staff.released, of_staff.texts["name"]) == ("n-1", True, "Ana")
    scenario.by("rapporteur", c.RemoveNote(note="n-1"))
    assert ref not in set(addresses(scenario.session))
    assert findable(scenario.session, ref, finds_all=True) is None


def test_what_has_no_words_yet_is_not_found() -> None:
    scenario = opened()
    scenario.by("rapporteur", c.AddNote(note="n-1", kind=NoteKind.GAP))
    assert findable(scenario.session, Ref("note", "n-1"), finds_all=True) is None


def test_what_something_is_made_of_changes_with_whom_a_guest_turned_out_to_be() -> None:
    scenario = opened()
    guest = c.RequestFloor(kind=RequestKind.STATEMENT, guest=c.Guest(name="Somebody else"))
    scenario.by("officer", guest)
    scenario.next()
    held = scenario.session.floor.intervention
    assert held is not None
    ref, person = Ref("intervention", held), scenario.session.interventions[held].person
    before = made_of(scenario.session, ref)
    scenario.by("secretary", c.LinkPerson(source=person, person="ben"))
    assert made_of(scenario.session, ref) != before
    assert (_texts(scenario, ref, finds_all=False) or {})["name"] == "Ben"


def _cut(text: str, *names: str) -> str:
    found = Findable(of=Sort.NOTE, id="n", kind="gap", at=None, texts={"text": text, "organisation": text})
    without = Withheld(names).without(found)
    assert without.texts["organisation"] == text, "an organisation is told by the mode, not by what somebody typed"
    return without.texts["text"]


@pytest.mark.parametrize(
    ("text", "name", "cut"),
    [
        ("As Lucía Fernández said", "Lucía Fernández", "As […] said"),
        ("As LUCIA  FERNANDEZ said", "Lucía Fernández", "As […] said"),
        ("Lucía-Fernández’s point", "Lucía Fernández", "[…]’s point"),
        ("ونور الحسن", "نور الحسن", "و[…]"),
        ("نُورُ الحسن", "نور الحسن", "[…]"),
        ("据王小明说", "王小明", "据[…]说"),
        ("Lucía said", "Lucía Fernández", "Lucía said"),
        ("Luc said", "Lucía Fernández", "Luc said"),
        ("Ann Lee Ann Lee Park", "Ann Lee", "[…] […] Park"),
    ],
)
def test_names_are_cut_out_however_they_are_written(text: str, name: str, cut: str) -> None:
    assert _cut(text, name) == cut


def test_the_longest_of_the_names_that_stand_somewhere_is_cut_out() -> None:
    assert _cut("By ann lee pärk", "Ann Lee Park", "Ann Lee") == "By […]"
    assert _cut("By Ann Lee", "…") == "By Ann Lee"


@pytest.mark.parametrize(
    ("topic", "stands"),
    [("By ann lee pärk", True), ("By Ann", True), ("By Bob", False)],
)
def test_a_text_in_which_a_name_may_stand_is_looked_at_again(topic: str, *, stands: bool) -> None:
    found = replace(made_of_topic(), texts={"topic": topic})
    assert Withheld(["Ann Lee Park"]).stands_in(found) is stands


def made_of_topic() -> Findable:
    """Return something that has been found."""
    scenario = opened()
    ref = _said(scenario)
    found = findable(scenario.session, ref, finds_all=True)
    assert found is not None
    return found


def test_a_participant_has_no_audience_that_finds_all() -> None:
    assert {role for role in Role if AUDIENCE_OF[role] in FINDS_ALL} == {
        Role.MODERATOR,
        Role.RAPPORTEUR,
        Role.SECRETARIAT,
        Role.LIST_OFFICER,
        Role.TECHNICAL_MODERATOR,
    }


def test_of_what_a_participant_offered_no_more_is_found_than_its_key_tells() -> None:
    scenario = opened()
    scenario.by("secretary", c.CorrectPerson(person="ana", group="states"))
    scenario.by("secretary", c.ChangeSettings(attribution_mode=NEITHER, participants_may_propose=True))
    scenario.later(7).by("ana", c.ProposeRecommendation(recommendation="rec-offered", text="Report every year."))
    for finds_all in (False, True):
        found = findable(scenario.session, Ref("recommendation", "rec-offered"), finds_all=finds_all)
        assert found is not None
        told = recommendation_views(scenario.session, "rec-offered").public
        assert isinstance(told, dict)
        assert (found.group, found.at, found.texts["text"]) == (None, told["revised_at"], "Report every year.")
        assert str(found.at).endswith(":00.000Z")
    known = scenario.session.people["ana"]
    assert any(each is known for each in made_of(scenario.session, Ref("recommendation", "rec-offered")))
