"""Who takes part is read from the links file, and refused in a sentence where that is no such file."""

import json
from pathlib import Path
from typing import Any

import pytest

from companion.core.people import Role
from companion.simulate import cast
from companion.simulate.cast import CannotPlay


def links(**count: int) -> dict[str, Any]:
    people = [
        {"id": f"{role}-{number}", "name": f"{role} {number}", "role": role, "organisation": "", "key": "k", "url": "u"}
        for role, many in count.items()
        for number in range(many)
    ]
    return {"base_url": "http://127.0.0.1:1", "join_code": "34679CDF", "sessions": [], "people": people}


def read(tmp_path: Path, value: object) -> cast.Links:
    file = tmp_path / "links.json"
    file.write_text(json.dumps(value))
    return cast.read(file)


def test_whoever_runs_the_room_and_the_panel_come_first_then_participants(tmp_path: Path) -> None:
    found = read(tmp_path, links(participant=9, panellist=2, rapporteur=3, moderator=3, secretariat=1))
    chosen = [person.id for person in cast.choose(found, 14)]
    assert chosen == [
        "moderator-0",
        "moderator-1",
        "secretariat-0",
        "rapporteur-0",
        "rapporteur-1",
        "panellist-0",
        "panellist-1",
        *(f"participant-{number}" for number in range(7)),
    ]


def test_one_of_each_delegation_comes_before_the_second_of_any(tmp_path: Path) -> None:
    value = links(participant=9, panellist=1)
    delegations = ["a", "a", "b", "a", "", "", "c", "p", "d"]
    for person, delegation in zip(value["people"], [*delegations, "p"], strict=True):
        person["delegation"] = delegation
    chosen = [person.id for person in cast.choose(read(tmp_path, value), 10)]
    assert chosen[:8] == ["panellist-0", *(f"participant-{number}" for number in (0, 2, 4, 5, 6, 8)), "participant-1"]


def test_what_the_workshop_file_gives_to_play_is_found_by_its_session(tmp_path: Path) -> None:
    value = links(moderator=1)
    given = {"id": "r1", "agenda_item": "s1", "text": "A text.", "symbol": "R1"}
    value["sessions"] = [{"id": "s1", "title": "One", "recommendations": [given]}]
    found = read(tmp_path, value)
    assert [each.symbol for each in found.session("s1").recommendations] == ["R1"]
    assert found.session("s2").recommendations == ()


def test_there_are_always_participants_enough(tmp_path: Path) -> None:
    found = read(tmp_path, links(participant=9, panellist=2, moderator=1))
    roles = [person.role for person in cast.choose(found, 1)]
    assert roles.count(Role.PARTICIPANT) == cast.FEWEST_PARTICIPANTS


def test_a_role_that_nobody_has_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotPlay, match="nobody in the links file is list officer"):
        read(tmp_path, links(moderator=1)).one(Role.LIST_OFFICER)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"base_url": 1}'])
def test_another_file_is_no_links_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "links.json").write_text(content)
    with pytest.raises(CannotPlay, match=r"links.json is not a links file: "):
        cast.read(tmp_path / "links.json")


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(CannotPlay, match=r"nowhere.json cannot be read: No such file"):
        cast.read(tmp_path / "nowhere.json")
