"""What is looked up about notes: the versions of their texts."""

from datetime import timedelta

import pytest

from companion.core import commands as c
from companion.core.procedure import NoteKind
from tests.house.typist import Typist
from tests.web.house import PEOPLE, House

VERSIONS = "/api/sessions/s1/notes/note-one/versions"
WHO_GET_TEXTS = {"p-mod", "p-rap", "p-sec"}


@pytest.fixture
def noted(house: House) -> House:
    """Have two notes taken, and one of them typed on by two people."""
    house.do("s1", "p-mod", c.StartSession())
    for note in ("note-one", "note-two"):
        house.do("s1", "p-rap", c.AddNote(kind=NoteKind.GAP, note=note, text="ضمانات"))
    host = house.sessions.find("s1")
    assert host is not None
    house.wall.forward(timedelta(minutes=2))
    house.do("s1", "p-sec", Typist(7, None).command("note-one", 0, 0, "To: "))
    house.do("s1", "p-rap", c.MarkNote(note="note-one", kind=NoteKind.ACTION))
    house.do("s1", "p-rap", c.WriteNote(note="note-two", text="Another.", expect=1))
    return house


def test_each_version_says_what_was_written_when_and_by_whom(noted: House) -> None:
    answer = noted.signed_in("p-rap").get(VERSIONS)
    first, second = answer.get_json()["versions"]
    assert answer.status_code == 200
    at = first["at"]
    rapporteur = [{"id": "p-rap", "name": PEOPLE["p-rap"][0]}]
    assert first == {"version": 1, "began_at": at, "at": at, "by": rapporteur, "text": "ضمانات"}
    assert second["by"] == [{"id": "p-sec", "name": PEOPLE["p-sec"][0]}]
    assert (second["version"], sorted(second["text"])) == (2, sorted("To: ضمانات"))
    assert second["at"] > at


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_they_are_for_those_who_get_the_shared_text(noted: House, person: str) -> None:
    answer = noted.signed_in(person).get(VERSIONS)
    assert answer.status_code == (200 if person in WHO_GET_TEXTS else 403)
    if person not in WHO_GET_TEXTS:
        assert answer.get_json()["code"] == "not_allowed"


def test_there_are_none_of_a_note_that_is_not_there(noted: House) -> None:
    rapporteur = noted.signed_in("p-rap")
    noted.do("s1", "p-rap", c.RemoveNote(note="note-two"))
    for path in ("s1/notes/note-two", "s1/notes/none", "s2/notes/note-one", "s9/notes/note-one"):
        assert rapporteur.get(f"/api/sessions/{path}/versions").status_code == 404
    assert noted.browser().get(VERSIONS).status_code == 401


def test_what_was_purged_is_in_no_version(noted: House) -> None:
    with noted.database.transaction():
        noted.database.sql.conn.execute(
            "UPDATE event SET body = NULL, salt = NULL WHERE type = 'note.typed' AND session = 's1'"
        )
    (only,) = noted.signed_in("p-rap").get(VERSIONS).get_json()["versions"]
    assert only["text"] == "ضمانات"
