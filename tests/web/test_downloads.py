"""What is carried away of a session."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from companion.core import commands as c
from companion.core.procedure import NoteKind, RequestKind
from companion.store import journal
from tests.web.house import NEEDS, PEOPLE, House

REASON = "speaks-with-a-device"


def _discuss(house: House) -> None:
    """Have two people speak in the first session, one after the other."""
    house.do("s1", "p-mod", c.StartSession(), c.OpenList())
    house.do("s1", "p-sec", c.SetLimit(seconds=240, person="p-par", reason=REASON))
    house.do("s1", "p-sec", c.CorrectPerson(person="p-par", accessibility_needs=(NEEDS, "lift")))
    for person in ("p-par", "p-obs"):
        house.do("s1", "p-list", c.RequestFloor(kind=RequestKind.STATEMENT, person=person))
    host = house.sessions.find("s1")
    assert host is not None
    for _each in range(2):
        house.do("s1", "p-mod", c.NextSpeaker(expect=host.committed.floor.intervention))
        house.wall.forward(timedelta(seconds=90))
    house.do("s1", "p-mod", c.EndFloor(expect=host.committed.floor.intervention))


def test_the_journal_is_read_as_json_lines(house: House) -> None:
    _discuss(house)
    answer = house.signed_in("p-sec").get("/api/sessions/s1/events")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    stored = [*journal.read(house.database, "s1")]
    assert (answer.status_code, answer.mimetype) == (200, "application/x-ndjson")
    assert answer.headers["Content-Disposition"] == "attachment; filename=s1-events.jsonl"
    assert [line["seq"] for line in lines] == [*range(1, len(stored) + 1)]
    assert [(line["at"], line["actor"], line["command"], line["type"]) for line in lines] == [
        (entry.at, entry.actor, entry.command, entry.type) for entry in stored
    ]
    assert [line["chain"] for line in lines] == [entry.chain for entry in stored]
    assert all("salt" not in line for line in lines)


def test_the_journal_leaves_out_needs_and_reasons_of_extra_time(house: House) -> None:
    _discuss(house)
    stored = "".join(str(entry.body) for entry in journal.read(house.database, "s1"))
    told = house.signed_in("p-sec").get("/api/sessions/s1/events").text
    for private in (NEEDS, REASON):
        assert private in stored
        assert private not in told
    assert "Иван Петров" in told


def test_the_journal_can_be_read_on_from_where_one_was(house: House) -> None:
    _discuss(house)
    secretariat = house.signed_in("p-sec")
    whole = secretariat.get("/api/sessions/s1/events").text.splitlines()
    assert secretariat.get("/api/sessions/s1/events?after=5").text.splitlines() == whole[5:]
    assert secretariat.get(f"/api/sessions/s1/events?after={len(whole)}").text == ""
    assert secretariat.get("/api/sessions/s1/events?after=999999999999999999").text == ""


@pytest.mark.parametrize("after", ["-1", "", "one", "1.5", "9" * 19, "٣", "1;--", "%00"])
def test_from_where_is_a_number(house: House, after: str) -> None:
    answer = house.signed_in("p-sec").get(f"/api/sessions/s1/events?after={after}")
    assert (answer.status_code, answer.get_json()["field"]) == (400, "after")


def test_a_long_journal_comes_in_pieces(house: House) -> None:
    house.do("s1", "p-mod", c.StartSession())
    for each in range(450):
        house.do("s1", "p-mod", c.Announce(text=f"Announcement {each}"))
    answer = house.signed_in("p-sec").get("/api/sessions/s1/events", buffered=False)
    pieces = [*answer.response]
    assert len(pieces) == 3
    seqs = [json.loads(line)["seq"] for line in b"".join(pieces).splitlines()]
    assert seqs == [*range(1, len(seqs) + 1)]
    assert len(seqs) > 450


def test_whoever_hangs_up_leaves_nothing_open(house: House) -> None:
    answer = house.signed_in("p-sec").get("/api/sessions/s1/events", buffered=False)
    assert next(iter(answer.response))
    answer.close()
    house.do("s1", "p-mod", c.StartSession())
    assert "session.started" in house.signed_in("p-sec").get("/api/sessions/s1/events").text


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"p-sec"}))
def test_the_journal_is_the_secretariats(house: House, person: str) -> None:
    answer = house.signed_in(person).get("/api/sessions/s1/events")
    assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
    assert "session.scheduled" not in answer.text


def test_history_is_what_was_said(house: House) -> None:
    _discuss(house)
    past = house.signed_in("p-par").get("/api/sessions/s1/history").get_json()["interventions"]
    assert [each["person"]["name"] for each in past] == ["Иван Петров", "Tala Haddad"]
    assert [each["started_at"] for each in past] == ["2026-10-18T08:00:00.000Z", "2026-10-18T08:01:30.000Z"]
    assert [each["ended_at"] for each in past] == ["2026-10-18T08:01:30.000Z", "2026-10-18T08:03:00.000Z"]


def test_history_is_the_same_for_all_and_holds_nothing_private(house: House) -> None:
    _discuss(house)
    [told] = {house.signed_in(person).get("/api/sessions/s1/history").text for person in PEOPLE}
    for private in (NEEDS, REASON, "platform-name", "private.example"):
        assert private not in told


def test_history_is_for_the_people_of_the_workshop(house: House) -> None:
    _discuss(house)
    other = house.signed_in("p-other")
    for path in ("history", "events", "record.json"):
        answer = other.get(f"/api/sessions/s1/{path}")
        assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")
        assert "Петров" not in answer.text
        assert house.browser().get(f"/api/sessions/s1/{path}").status_code == 401
    assert other.get("/api/sessions/s8/history").status_code == 404  # on the programme, but not prepared
    assert other.get("/api/sessions/s9/history").get_json() == {"interventions": [], "recommendations": []}


@pytest.mark.parametrize("session", ["nothing", "..%2f..%2fetc", "%00", "s1%00", "--help", "x" * 3_000, "s1%20"])
@pytest.mark.parametrize("path", ["events", "history", "record.html"])
def test_a_session_that_is_not_there(house: House, session: str, path: str) -> None:
    answer = house.signed_in("p-sec").get(f"/api/sessions/{session}/{path}")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("format_", ["exe", "../json", "JSON", "%2e%2e", "html%00", ""])
def test_a_format_that_there_is_not(house: House, format_: str) -> None:
    assert house.signed_in("p-sec").get(f"/api/sessions/s1/record.{format_}").status_code == 404


@pytest.mark.parametrize("person", ["p-par", "p-pan", "p-obs", "p-int", "p-dis", "p-list", "p-tech"])
def test_the_record_is_for_those_who_make_it(house: House, person: str) -> None:
    answer = house.signed_in(person).get("/api/sessions/s1/record.json")
    assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("format_", "mimetype"),
    [("json", "application/json"), ("html", "text/html"), ("md", "text/markdown"), ("csv", "text/csv")],
)
def test_the_record_is_an_attachment(house: House, format_: str, mimetype: str) -> None:
    _discuss(house)
    answer = house.signed_in("p-sec").get(f"/api/sessions/s1/record.{format_}")
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=s1-record.{format_}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Иван Петров" in answer.text


@pytest.mark.parametrize("person", ["p-rap", "p-mod"])
def test_rapporteurs_and_moderators_have_it_too(house: House, person: str) -> None:
    assert house.signed_in(person).get("/api/sessions/s1/record.csv").status_code == 200


def _write_notes(house: House) -> None:
    """Have two notes written in the first session, one of them released."""
    house.do("s1", "p-mod", c.StartSession())
    house.do("s1", "p-rap", c.AddNote(note="note-open", kind=NoteKind.GAP, text="read by all"))
    house.do("s1", "p-rap", c.AddNote(note="note-private", kind=NoteKind.GAP, text="for staff alone"))
    house.do("s1", "p-rap", c.ReleaseNote(note="note-open", released=True))


@pytest.mark.parametrize(("asked", "private"), [("", False), ("?notes=released", False), ("?notes=all", True)])
def test_notes_that_are_not_released_are_there_for_whoever_asks_for_all(
    house: House, asked: str, *, private: bool
) -> None:
    _write_notes(house)
    told = house.signed_in("p-rap").get(f"/api/sessions/s1/record.md{asked}").text
    assert ("read by all" in told, "for staff alone" in told) == (True, private)


@pytest.mark.parametrize("asked", ["", "ALL", "private", "all,released", "--all", "%00"])
@pytest.mark.parametrize("path", ["sessions/s1/record.json", "workshop/record.zip"])
def test_notes_are_released_or_all(house: House, path: str, asked: str) -> None:
    answer = house.signed_in("p-sec").get(f"/api/{path}?notes={asked}")
    assert (answer.status_code, answer.get_json()["field"]) == (400, "notes")


def test_all_notes_and_all_records_are_for_those_who_make_them(house: House) -> None:
    _write_notes(house)
    for path in ("sessions/s1/record.md?notes=all", "workshop/record.zip", "workshop/record.zip?notes=all"):
        for person in ("p-par", "p-pan", "p-obs", "p-int", "p-dis", "p-list", "p-tech"):
            answer = house.signed_in(person).get(f"/api/{path}")
            assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
            assert "read by all" not in answer.text
        assert house.browser().get(f"/api/{path}").status_code == 401


@pytest.mark.parametrize(("asked", "private"), [("", False), ("?notes=all", True)])
def test_all_records_of_the_workshop_come_as_one_zip(house: House, asked: str, *, private: bool) -> None:
    _write_notes(house)
    answer = house.signed_in("p-sec").get(f"/api/workshop/record.zip{asked}")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == "attachment; filename=w1-record.zip"
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        sessions = sorted({name.partition("/")[0] for name in archive.namelist()})
        written = b"".join(archive.read(name) for name in archive.namelist())
    assert "s1" in sessions
    assert "s9" not in sessions  # of another workshop
    assert len(written) > 0
    assert (b"read by all" in written, b"for staff alone" in written) == (True, private)


def test_each_workshop_has_its_own_records(house: House) -> None:
    _write_notes(house)
    answer = house.signed_in("p-other").get("/api/workshop/record.zip?notes=all")
    assert answer.headers["Content-Disposition"] == "attachment; filename=w2-record.zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {"s9"}
        assert b"read by all" not in b"".join(archive.read(name) for name in archive.namelist())


def test_a_record_that_cannot_be_written_is_a_fault_that_tells_nothing(house: House) -> None:
    secretariat = house.signed_in("p-sec")
    Path(house.settings.database.path).unlink()
    answer = secretariat.get("/api/sessions/s1/record.json")
    assert (answer.status_code, answer.get_json()["code"]) == (500, "unexpected")
    assert "workshop.db" not in answer.text
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize(("format_", "mimetype"), [("json", "application/json"), ("md", "text/markdown")])
def test_the_draft_of_an_item_is_made_for_those_who_write(house: House, format_: str, mimetype: str) -> None:
    house.do("s1", "p-mod", c.StartSession())
    house.do("s1", "p-rap", c.AddNote(kind=NoteKind.GAP, text="No data"))
    for notes, private in (("released", False), ("all", True)):
        answer = house.signed_in("p-rap").get(f"/api/sessions/s1/draft.{format_}?notes={notes}")
        assert (answer.status_code, answer.mimetype) == (200, mimetype)
        assert answer.headers["Content-Disposition"] == f"attachment; filename=s1-draft.{format_}"
        assert ("No data" in answer.text) == private


def test_a_draft_is_refused_to_others_and_in_other_formats(house: House) -> None:
    for person in set(PEOPLE) - {"p-mod", "p-rap", "p-sec"}:
        assert house.signed_in(person).get("/api/sessions/s1/draft.md").status_code == 403
    for format_ in ("html", "csv", "draft.md"):
        assert house.signed_in("p-rap").get(f"/api/sessions/s1/draft.{format_}").status_code == 404
    assert house.signed_in("p-rap").get("/api/sessions/s1/draft.md?notes=mine").status_code == 400
