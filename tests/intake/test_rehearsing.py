"""Recommendations, notes and polls of a file are kept with their sessions, checked like everything else, and played only."""

import json
from typing import Any

import pytest

from companion.clock import Clock
from companion.config import SessionSettings
from companion.intake import preparing, reading
from companion.intake.errors import WorkshopError
from companion.places import demo_file


def demo() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(demo_file().read_bytes())
    return value


def read(value: dict[str, Any]) -> reading.Source:
    return reading.read(json.dumps(value).encode())


def kept(value: dict[str, Any]) -> dict[str, dict[str, Any]]:
    prepared = preparing.prepare(read(value), SessionSettings(), Clock())
    return {session.id: dict(session.details) for session in prepared.sessions}


def test_each_session_keeps_what_is_played_in_it() -> None:
    details = kept(demo())
    names = ("recommendations", "rapporteur_notes", "polls")
    assert {session: [len(details[session].get(name, [])) for name in names] for session in details} == {
        "ai1": [2, 2, 0],
        "ai2": [3, 1, 1],
        "ai3": [2, 2, 0],
        "ai4": [2, 1, 1],
        "ai5": [2, 2, 0],
        "ai6": [1, 0, 0],
    }
    assert "recommendations" in details["ai6"]
    assert "polls" not in details["ai6"]


def test_what_belongs_to_a_part_of_an_item_is_played_in_its_session() -> None:
    details = kept(demo())["ai5"]
    assert [each["agenda_item"] for each in details["recommendations"]] == ["ai5a", "ai5b"]
    assert details["sub_items"][0]["discussion_points"][1] == "The OHCHR B-Tech Project"


def test_levels_of_attribution_are_called_by_our_names() -> None:
    notes = kept(demo())["ai1"]["rapporteur_notes"]
    assert [(note["attribution"], note["source_group"]) for note in notes] == [
        ("group", "regional_mechanism"),
        ("none", None),
    ]


def test_the_recorded_poll_keeps_its_answers_and_what_they_add_up_to() -> None:
    (poll,) = kept(demo())["ai4"]["polls"]
    given = [*poll["ballots"].values()]
    assert {option: given.count(option) for option in poll["options"]} == poll["expected_counts"]
    assert poll["expected_counts"] == {"support": 20, "support_with_changes": 6, "cannot_support": 2, "abstain": 3}
    (secret,) = kept(demo())["ai2"]["polls"]
    assert secret["ballots"] == {}


def test_a_file_without_any_of_it_is_a_workshop_too() -> None:
    value = demo()
    for name in ("recommendations", "rapporteur_notes", "polls"):
        del value[name]
    assert all("recommendations" not in details for details in kept(value).values())


@pytest.mark.parametrize(
    ("part", "index", "change", "said"),
    [
        ("recommendations", 1, {"agenda_item": "ai9"}, "recommendations[1].agenda_item: there is no agenda item ai9."),
        ("recommendations", 1, {"id": "r1"}, "recommendations[1].id: r1 is taken by another before it."),
        ("recommendations", 0, {"proposed_by_group": "x"}, "proposed_by_group: there is no stakeholder group x."),
        ("recommendations", 0, {"text": " \u202e"}, "recommendations[0].text: must not be empty."),
        ("recommendations", 0, {"text": "x" * 10_001}, "recommendations[0].text: at most 10000 characters"),
        ("recommendations", 0, {"symbol": "x" * 21}, "recommendations[0].symbol: at most 20 characters"),
        ("recommendations", 0, {"addressees": ["ok", ""]}, "recommendations[0].addressees[1]: must not be empty."),
        ("rapporteur_notes", 2, {"kind": "joke"}, "rapporteur_notes[2].kind"),
        ("rapporteur_notes", 2, {"author": "p99"}, "rapporteur_notes[2].author: there is no person p99."),
        ("rapporteur_notes", 2, {"attribution": "all"}, "rapporteur_notes[2].attribution"),
        ("rapporteur_notes", 2, {"source_group": "x"}, "source_group: there is no stakeholder group x."),
        ("rapporteur_notes", 2, {"agenda_item": "x"}, "agenda_item: there is no agenda item x."),
        ("polls", 0, {"recommendation": "r99"}, "polls[0].recommendation: there is no recommendation r99."),
        ("polls", 0, {"options": ["support"]}, "polls[0].options"),
        ("polls", 0, {"eligible": ["x"], "ballots": {}}, "polls[0].eligible[0]: there is no delegation x."),
        ("polls", 0, {"eligible": ["fra"], "ballots": {"tb-a": "support"}}, "there is no eligible delegation tb-a."),
        ("polls", 0, {"ballots": {"fra": "perhaps"}}, "polls[0].ballots.fra: there is no option perhaps."),
        ("polls", 0, {"expected_counts": {"perhaps": 1}}, "expected_counts.perhaps: there is no option perhaps."),
        ("polls", 0, {"expected_counts": {"support": -1}}, "polls[0].expected_counts"),
        ("polls", 1, {"ballots": {"fra": "support"}}, "polls[1].ballots: nobody may know who answered what"),
        ("polls", 0, {"unit": "person", "eligible": ["p08"], "ballots": {"p09": "support"}}, "eligible person p09."),
    ],
)
def test_a_fault_is_named_with_its_place(part: str, index: int, change: dict[str, Any], said: str) -> None:
    value = demo()
    value[part][index].update(change)
    with pytest.raises(WorkshopError) as refused:
        read(value)
    assert said in str(refused.value)
