"""What a record says of what participants put forward: the chain both ways, amendments, positions, brackets; and of nobody too much."""

import csv
import io
from typing import Any, Final

import msgspec
import pytest

from companion.core import commands as c
from companion.core.procedure import AttributionMode
from companion.record.formats import Format, render
from companion.record.model import Record
from companion.record.model_documents import Notes, Recommendation
from tests.record.put_forward import FROM_NOTE, NOTE, OFFERED, played
from tests.record.whole import NAMES_OF_PEOPLE, NEVER, record_of, with_modes

ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode
PLAYED: Final = {mode: played(with_modes(mode)) for mode in AttributionMode}


def record(mode: AttributionMode = ATTRIBUTED, notes: Notes = Notes.RELEASED) -> Record:
    return record_of(PLAYED[mode], notes)


def of(told: Record, id_: str = OFFERED) -> Recommendation:
    return next(each for each in told.recommendations if each.id == id_)


def written(told: Record, format_: Format) -> str:
    return render(told, format_, "en").decode()


def csv_rows(told: Record, entry: str) -> list[dict[str, str]]:
    found = csv.DictReader(io.StringIO(written(told, Format.CSV).removeprefix("\ufeff")))
    return [row for row in found if row["entry"] == entry]


def test_the_chain_leads_from_the_intervention_to_the_recommendation_and_back() -> None:
    told = record()
    (intervention,) = told.interventions
    (note,) = told.notes
    recommendation = of(told, FROM_NOTE)
    assert (intervention.notes, note.recommendations) == ((NOTE,), (FROM_NOTE,))
    assert (recommendation.note, recommendation.intervention, note.intervention) == (NOTE, *[intervention.id] * 2)
    page, markdown = written(told, Format.HTML), written(told, Format.MARKDOWN)
    assert "Became: <bdi>R1</bdi>" in page
    assert "Said in" in page
    assert "Became: R1" in markdown
    assert "- Said in: No. 1 王芳" in markdown
    rows = {row["id"]: row for entry in ("note", "recommendation") for row in csv_rows(told, entry)}
    assert (rows[NOTE]["of"], rows[FROM_NOTE]["of"]) == (intervention.id, NOTE)


def test_where_the_note_may_not_lead_to_its_speaker_the_recommendation_does_not_either() -> None:
    told = record(NEITHER)
    (intervention,) = told.interventions
    recommendation = of(told, FROM_NOTE)
    note = next(each for each in told.notes if each.id == recommendation.note)
    assert note.id == "note-1"
    assert (recommendation.intervention, note.intervention) == (intervention.id, intervention.id)
    assert recommendation.who is None


def test_a_version_says_which_amendment_it_took_in_and_what_is_not_agreed_of_it() -> None:
    offered = of(record())
    assert [(each.number, each.amendment, each.not_agreed) for each in offered.versions] == [
        (1, None, ()),
        (2, "amendment-by-ben", ("[all]",)),
    ]
    assert [(each.id, each.version, each.state, each.taken_in) for each in offered.amendments] == [
        ("amendment-by-ben", 1, "taken_in", 2),
        ("amendment-by-cleo", 1, "set_aside", None),
        ("amendment-by-rita", 1, "overtaken", None),
    ]
    assert [(each.status, each.version) for each in offered.statuses] == [
        ("proposed", 1),
        ("agreed_ad_referendum", 1),
        ("under_discussion", 1),
    ]
    assert [(each.set_aside, each.undone) for each in offered.set_aside] == [(True, True), (True, False)]


def test_all_positions_are_told_and_which_of_them_stand() -> None:
    positions = of(record()).positions
    assert [(each.who.name, each.position, each.version, each.stands, each.undone) for each in positions] == [
        ("Анна Иванова", "supports", 2, False, False),
        ("Анна Иванова", "reserves", 2, True, False),
        ("بدر الدين", "supports", 2, False, True),
        (None, "dissociates", 2, False, False),
        (None, None, 2, False, False),
        ("王芳", "dissociates", 1, True, False),
    ]
    assert [each.by for each in positions] == [None, None, "rapporteur", None, None, "rapporteur"]


@pytest.mark.parametrize(
    ("mode", "whose"),
    [
        (ATTRIBUTED, ("Анна Иванова", "State A", "states")),
        (AFFILIATION, (None, "State A", "states")),
        (NEITHER, (None, None, None)),
    ],
)
def test_whose_it_is_is_told_as_far_as_the_mode_of_attribution_lets(mode: AttributionMode, whose: Any) -> None:  # noqa: ANN401 (three of a kind)
    offered = of(record(mode))
    amendment, position = offered.amendments[0], offered.positions[0]
    assert offered.who is not None
    assert amendment.who is not None
    assert (offered.who.name, offered.who.organisation, offered.group) == whose
    assert (amendment.who.organisation is None, position.who.organisation) == (whose[1] is None, whose[1])
    hidden = offered.amendments[1].who
    assert hidden is not None
    assert (hidden.name, hidden.organisation) == (None, None)
    times = [offered.proposed_at, offered.versions[0].at, offered.statuses[0].at, amendment.at, position.at]
    assert [(each.second, each.microsecond) == (0, 0) for each in times] == [mode is NEITHER] * 5


@pytest.mark.parametrize("scope", Notes)
@pytest.mark.parametrize("format_", [Format.JSON, Format.HTML, Format.MARKDOWN, Format.CSV])
@pytest.mark.parametrize("mode", AttributionMode)
def test_nobody_is_named_in_any_format_who_may_not_be(mode: AttributionMode, format_: Format, scope: Notes) -> None:
    text = written(record(mode, scope), format_)
    assert not any(name in text for name in NEVER)
    named = [name for name in NAMES_OF_PEOPLE if name in text]
    assert bool(named) == (mode is ATTRIBUTED)
    assert ("State A" in text) == (mode is not NEITHER)
    if mode is NEITHER:
        assert not any(f"amendment-by-{who}" in text for who in ("ben", "cleo"))
        assert "amendment-by-rita" in text or format_ in {Format.HTML, Format.MARKDOWN}


def test_amendments_and_positions_stand_in_every_format_with_what_became_of_them() -> None:
    told = record()
    page, markdown = written(told, Format.HTML), written(told, Format.MARKDOWN)
    for text in (page, markdown):
        for said in ("Taken in (version 2)", "Set aside", "Overtaken by a later version", "Reserves its position"):
            assert said in text.replace("\\", "")
    assert "Amendment taken in: <bdi>بدر الدين</bdi>" in page
    assert '<span class="bracketed">[all]</span>' in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert [(row["id"], row["status"], row["of"]) for row in csv_rows(told, "amendment")][:2] == [
        ("amendment-by-ben", "taken_in", OFFERED),
        ("amendment-by-cleo", "set_aside", OFFERED),
    ]
    assert csv_rows(told, "amendment")[1]["text"].startswith("'=cmd")
    assert [row["of"] for row in csv_rows(told, "recommendation") if row["version"] == "2"] == ["amendment-by-ben"]
    assert [(row["kind"], row["status"]) for row in csv_rows(told, "position")] == [
        ("supports", "no_longer"),
        ("reserves", "stands"),
        ("supports", "no_longer"),
        ("dissociates", "no_longer"),
        ("taken_back", "no_longer"),
        ("dissociates", "stands"),
    ]
    assert [row["status"] for row in csv_rows(told, "answer_to_amendment")] == ["set_aside", "set_aside"]


def test_json_holds_what_the_model_does() -> None:
    told = record()
    value = msgspec.json.decode(written(told, Format.JSON))
    offered = next(each for each in value["recommendations"] if each["id"] == OFFERED)
    assert [each["id"] for each in offered["amendments"]] == [each.id for each in of(told).amendments]
    assert [each["position"] for each in offered["positions"]] == [each.position for each in of(told).positions]


def test_the_transcript_has_a_line_for_each_of_them_at_a_time_that_may_be_told() -> None:
    kinds = ("amendment_proposed", "amendment_set_aside", "position_taken")
    for mode in AttributionMode:
        told = [each for each in record(mode).transcript if each.type.removeprefix("recommendation.") in kinds]
        assert [sum(each.type.endswith(kind) for each in told) for kind in kinds] == [3, 2, 6]
        exact = [each.at is not None and each.at.microsecond != 0 for each in told if "position" in each.type]
        assert any(exact) == (mode is not NEITHER)


def test_an_amendment_that_is_taken_up_again_is_told_so() -> None:
    room = played()
    room.by("rapporteur", c.SetAsideAmendment(recommendation=OFFERED, amendment="amendment-by-cleo", set_aside=False))
    told = record_of(room)
    assert "Taken up again" in written(told, Format.HTML)
    assert "Taken up again" in written(told, Format.MARKDOWN)
    assert csv_rows(told, "answer_to_amendment")[-1]["status"] == "open"
