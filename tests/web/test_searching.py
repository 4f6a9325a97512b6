"""What is searched, and by whom it is found."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from companion.core import commands as c
from companion.core.procedure import AttributionMode, NoteAttribution, NoteKind, RequestKind
from companion.engine import choose
from companion.finding.answering import Search
from companion.finding.searcher import CannotFind, Searcher
from tests.web.house import PEOPLE, House

SPEAKER = "Иван Петров"


def _start(house: House, session: str = "s1") -> None:
    """Have the session open, if it is not."""
    host = house.sessions.find(session)
    assert host is not None
    if not host.committed.course.status.is_running:
        house.do(session, "p-mod", c.StartSession())


def _speak(house: House, topic: str = "Access to remedy", text: str = "") -> str:
    """Have the participant speak in the first session; return the intervention."""
    _start(house)
    house.do("s1", "p-mod", c.OpenList())
    asked = c.RequestFloor(kind=RequestKind.STATEMENT, person="p-par", topic=topic, text=text or None)
    house.do("s1", "p-list", asked)
    house.do("s1", "p-mod", c.NextSpeaker(expect=None))
    host = house.sessions.find("s1")
    assert host is not None
    intervention = host.committed.floor.intervention
    assert intervention is not None
    house.wall.forward(timedelta(seconds=60))
    return intervention


def _note(house: House, text: str, note: str, **details: Any) -> None:  # noqa: ANN401 (fields of the command)
    _start(house)
    house.do("s1", "p-rap", c.AddNote(note=note, kind=NoteKind.KEY_POINT, text=text, **details))


def _release(house: House, note: str) -> None:
    house.do("s1", "p-rap", c.ReleaseNote(note=note, released=True))


def _found(house: House, person: str, typed: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 (of the query)
    answer = house.signed_in(person).get("/api/sessions/s1/search", query_string={"q": typed, **more})
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.get_json()
    return said


def _text(segments: list[dict[str, Any]]) -> str:
    return "".join(f"[{each['text']}]" if each["match"] else each["text"] for each in segments)


def _texts(house: House, person: str, typed: str) -> list[str]:
    return [_text(each["texts"]["text"]) for each in _found(house, person, typed)["results"]]


def test_a_note_that_was_just_recorded_is_found_with_what_was_asked_for_marked(house: House) -> None:
    _note(house, "Follow-up works best where a focal point was named.", "note-1")
    assert _found(house, "p-rap", "focal poi") == {
        "count": 1,
        "results": [
            {
                "of": "note",
                "id": "note-1",
                "kind": "key_point",
                "at": "2026-10-18T08:00:00.000Z",
                "intervention": None,
                "group": None,
                "attribution": "none",
                "released": False,
                "texts": {
                    "text": [
                        {"text": "Follow-up works best where a ", "match": False},
                        {"text": "focal", "match": True},
                        {"text": " ", "match": False},
                        {"text": "point", "match": True},
                        {"text": " was named.", "match": False},
                    ]
                },
            }
        ],
    }
    house.do("s1", "p-rap", c.WriteNote(note="note-1", text="A calendar of exchanges.", expect=1))
    assert _texts(house, "p-rap", "focal") == []
    assert _texts(house, "p-rap", "calen") == ["A [calendar] of exchanges."]
    house.do("s1", "p-rap", c.RemoveNote(note="note-1"))
    assert _texts(house, "p-rap", "calen") == []


@pytest.mark.parametrize("person", ["p-par", "p-obs", "p-pan", "p-int", "p-dis"])
def test_only_those_who_write_find_a_note_before_it_is_released(house: House, person: str) -> None:
    _note(house, "A focal point", "note-1")
    for writes in ("p-rap", "p-mod", "p-sec", "p-list", "p-tech"):
        assert _texts(house, writes, "focal") == ["A [focal] point"]
    assert _found(house, person, "focal") == {"count": 0, "results": []}
    _release(house, "note-1")
    (found,) = _found(house, person, "focal")["results"]
    assert found["id"] != "note-1"
    assert found["released"] is None
    house.do("s1", "p-rap", c.ReleaseNote(note="note-1", released=False))
    assert _found(house, person, "focal") == {"count": 0, "results": []}


def test_interventions_are_found_by_who_spoke_and_what_about(house: House) -> None:
    intervention = _speak(house)
    for typed in ("петров", "remedy", "access иван"):
        (found,) = _found(house, "p-par", typed)["results"]
        assert (found["of"], found["id"], found["intervention"]) == ("intervention", intervention, intervention)
    assert _text(found["texts"]["name"]) == "[Иван] Петров"
    assert _text(found["texts"]["topic"]) == "[Access] to remedy"


@pytest.mark.parametrize("mode", [AttributionMode.AFFILIATION_ONLY, AttributionMode.NON_ATTRIBUTED])
def test_a_name_that_is_withheld_leads_nowhere(house: House, mode: AttributionMode) -> None:
    house.do(
        "s1", "p-sec", c.CorrectPerson(person="p-par", organisation="Ombudsman of the North", latin_name="Iván Petrov")
    )
    intervention = _speak(house, topic=f"Remedy, as {SPEAKER} said")
    _note(house, f"{SPEAKER} named a focal point; ivan  PETROV agreed.", "note-1", intervention=intervention)
    house.do("s1", "p-rap", c.MarkNote(note="note-1", attribution=NoteAttribution.PERSON))
    _release(house, "note-1")
    assert {each["of"] for each in _found(house, "p-par", SPEAKER)["results"]} == {"note", "intervention"}
    house.do("s1", "p-sec", c.ChangeSettings(attribution_mode=mode))
    for typed in (SPEAKER, "петров", "ива", "Petrov", "iván petr", "petrov focal"):
        assert _found(house, "p-obs", typed) == {"count": 0, "results": []}, typed
        assert _found(house, "p-rap", typed)["count"] == (1 if typed == "petrov focal" else 2)
    assert _texts(house, "p-obs", "focal") == ["[…] named a [focal] point; […] agreed."]
    found = _found(house, "p-obs", "remedy")["results"]
    if mode is AttributionMode.NON_ATTRIBUTED:
        assert found == []
        assert _found(house, "p-obs", "ombudsman")["count"] == 0
    else:
        assert [(each["id"], each["intervention"]) for each in found] == [(None, None)]
        assert _text(found[0]["texts"]["topic"]) == "[Remedy], as […] said"
        assert "name" not in found[0]["texts"]


def test_whoever_asked_not_to_be_published_is_found_by_nobody_else(house: House) -> None:
    _speak(house)
    assert _found(house, "p-obs", "remedy")["count"] == 1
    house.do("s1", "p-sec", c.CorrectPerson(person="p-par", unpublished=True))
    assert _found(house, "p-obs", "remedy")["count"] == 0
    assert _found(house, "p-rap", "remedy")["count"] == 1


def test_a_name_that_comes_in_later_is_withheld_from_then_on(house: House) -> None:
    house.do("s1", "p-sec", c.ChangeSettings(attribution_mode=AttributionMode.AFFILIATION_ONLY))
    _note(house, "As Grace Mwangi put it: no remedy without records.", "note-1")
    _release(house, "note-1")
    assert _found(house, "p-obs", "mwangi")["count"] == 1
    house.do("s1", "p-sec", c.RequestFloor(kind=RequestKind.STATEMENT, guest=c.Guest(name="Grace Mwangi")))
    assert _found(house, "p-obs", "mwangi")["count"] == 0
    assert _texts(house, "p-obs", "remedy") == ["As […] put it: no [remedy] without records."]


def test_statements_handed_in_are_for_those_who_prepare_and_for_everybody_once_they_stand_instead(house: House) -> None:
    _speak(house, text="Distinguished colleagues, the treaty bodies need records.")
    assert _found(house, "p-rap", "treaty")["results"][0]["of"] == "statement"
    assert _found(house, "p-par", "treaty")["count"] == 0
    house.do("s1", "p-list", c.RequestFloor(kind=RequestKind.STATEMENT, person="p-obs"))
    host = house.sessions.find("s1")
    assert host is not None
    (waiting,) = (each.id for each in host.committed.requests.values() if each.person == "p-obs")
    house.do("s1", "p-list", c.HandInStatement(request=waiting, text="Our treaty practice in writing."))
    assert _texts(house, "p-par", "treaty") == ["Our [treaty] practice in writing."]


def test_recommendations_are_found_by_symbol_title_and_text(house: House) -> None:
    _start(house)
    proposed = c.ProposeRecommendation(
        recommendation="r-8", symbol="R8", title="Calendar", text="Hold exchanges yearly."
    )
    house.do("s1", "p-rap", proposed)
    for typed in ("r8", "calendar", "exchanges yearly"):
        assert [each["id"] for each in _found(house, "p-par", typed)["results"]] == ["r-8"]


def test_words_of_all_scripts_are_found_and_signs_of_a_query_language_are_harmless(house: House) -> None:
    _note(house, "人权保护机制", "note-1")
    _note(house, "الأُمَمُ المتّحدة", "note-2")
    _note(house, "UN and EU, near", "note-3")
    asked = {"权保": "[权保]", "الامم المتحدة": "[الأُمَمُ] [المتّحدة]", "eu": "[EU]", '"eu" AND NEAR(un*': "[EU]"}
    for typed, marked in asked.items():
        (text,) = _texts(house, "p-rap", typed)
        assert marked in text
    assert _found(house, "p-rap", '"*')["count"] == 0


def test_what_is_found_is_bounded_and_counted(house: House) -> None:
    for each in range(25):
        _note(house, f"Point {each}", f"note-{each}")
    found = _found(house, "p-rap", "point")
    assert (found["count"], len(found["results"])) == (25, 20)
    assert len(_found(house, "p-rap", "point", limit=3)["results"]) == 3
    assert len(_found(house, "p-rap", "point", limit=99)["results"]) == 25


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("", 400, "q"),
        ("q=%20%E2%80%8B", 400, "q"),
        ("q=" + "a" * 201, 413, "q"),
        ("q=a&limit=0", 400, "limit"),
        ("q=a&limit=-1", 400, "limit"),
        ("q=a&limit=one", 400, "limit"),
        ("q=a&limit=1000", 400, "limit"),
    ],
)
def test_what_cannot_be_asked(house: House, query: str, status: int, field: str) -> None:
    answer = house.signed_in("p-rap").get(f"/api/sessions/s1/search?{query}")
    assert (answer.status_code, answer.get_json()["field"]) == (status, field)


def test_strangers_and_people_of_other_workshops_search_nothing(house: House) -> None:
    assert house.browser().get("/api/sessions/s1/search?q=a").status_code == 401
    for session in ("s1", "none"):
        assert house.signed_in("p-other").get(f"/api/sessions/{session}/search?q=a").status_code == 404


def test_notes_of_all_items_are_for_those_who_write(house: House) -> None:
    _note(house, "A focal point", "note-1")
    _start(house, "s2")
    house.do("s2", "p-rap", c.AddNote(note="note-2", kind=NoteKind.GAP, text="No records"))
    said = house.signed_in("p-mod").get("/api/workshop/notes").get_json()
    assert {session: [note["id"] for note in notes] for session, notes in said["notes"].items()} == {
        "s1": ["note-1"],
        "s2": ["note-2"],
    }
    assert said["notes"]["s1"][0]["texts"] == {"text": "A focal point"}
    for person in set(PEOPLE) - {"p-mod", "p-rap", "p-sec"}:
        assert house.signed_in(person).get("/api/workshop/notes").status_code == 403


def test_entries_that_have_lost_their_bodies_are_forgotten(house: House) -> None:
    _note(house, "Something personal", "note-1")
    _note(house, "A personal view", "note-2")
    assert _found(house, "p-rap", "personal")["count"] == 2
    sql = "UPDATE event SET body = NULL, salt = NULL WHERE body LIKE '%Something%'"
    house.committer.run(lambda db: db.sql.conn.execute(sql))
    house.searcher.forget("s1")
    assert _texts(house, "p-rap", "personal") == ["A [personal] view"]


def test_after_a_start_everything_is_found_again(house: House) -> None:
    _note(house, "A focal point", "note-1")
    assert _found(house, "p-rap", "focal")["count"] == 1
    house.searcher.close()
    house.searcher.forget("s1")
    assert _found(house, "p-rap", "focal")["count"] == 1


@pytest.fixture
def without_database(tmp_path: Any) -> Iterator[Searcher]:  # noqa: ANN401
    searcher = Searcher(choose("threading"), str(tmp_path / "none.db"))
    yield searcher
    searcher.close()


def test_a_search_that_fails_is_a_fault_and_the_next_is_tried(without_database: Searcher) -> None:
    for _each in range(2):
        with pytest.raises(CannotFind):
            without_database.ask(Search(session="s1", typed="a", limit=1, finds_all=True), by="p-rap")
