"""A workshop file is taken as it is meant, or refused with the place of its first fault."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from companion.core.procedure import AttributionMode
from companion.intake import reading
from companion.intake.errors import WorkshopError
from companion.places import demo_file

Change = Callable[[dict[str, Any]], object]


def demo() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(demo_file().read_bytes())
    return value


def read(value: object) -> reading.Source:
    return reading.read(json.dumps(value).encode())


def refusal(change: Change) -> str:
    value = demo()
    change(value)
    with pytest.raises(WorkshopError) as refused:
        read(value)
    return str(refused.value)


def put(path: str, new: object) -> Change:
    """Return the change that puts `new` at `path` of the file: `participants.3.role`."""

    def change(value: Any) -> None:  # noqa: ANN401 (JSON)
        *way, last = (int(step) if step.isdecimal() else step for step in path.split("."))
        for step in way:
            value = value[step]
        value[last] = new

    return change


def test_the_demo_has_everybody_and_a_person_of_every_role() -> None:
    form = reading.read(demo_file().read_bytes()).form
    assert len(form.participants) == 44
    assert {person.role for person in form.participants} == {
        "moderator",
        "alternate_moderator",
        "list_of_speakers_officer",
        "technical_moderator",
        "rapporteur",
        "meeting_secretary",
        "panellist",
        "participant",
        "observer",
        "interpreter",
        "display",
    }
    assert [item.id for item in form.agenda_items] == ["ai1", "ai2", "ai3", "ai4", "ai5", "ai6"]


def test_what_the_form_does_not_read_is_kept_as_details() -> None:
    rest = reading.read(demo_file().read_bytes()).rest
    assert rest["event"]["mandate"] == "Human Rights Council resolution 43/17"
    assert "title" not in rest["event"]
    assert rest["agenda_items"][0]["guiding_questions"][1] == "What were the challenges and implementation gaps?"
    assert rest["modalities"]["poll_defaults"]["ballot"] == "secret"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put("agenda_items.2.panellists.1", "p99"), "agenda_items[2].panellists[1]: there is no person p99."),
        (put("agenda_items.2.panellists.1", "p13"), "agenda_items[2].panellists[1]: p13 is on the panel already."),
        (put("agenda_items.0.meeting", "m9"), "agenda_items[0].meeting: there is no meeting m9."),
        (put("agenda_items.1.id", "ai1"), "agenda_items[1].id: ai1 is taken by another before it."),
        (put("agenda_items.1.end", "2022-10-18T11:35:00+02:00"), "agenda_items[1].end: it is not after start."),
        (put("agenda_items.1.segments", []), "agenda_items[1].segments: expected `array` of length >= 1."),
        (put("agenda_items.1.segments.1.id", "ai2-pres"), "agenda_items[1].segments[1].id: ai2-pres is taken by another before it."),
        (put("agenda_items", []), "agenda_items: expected `array` of length >= 1."),
        (put("agenda_items", {}), "agenda_items: a list is expected."),
        (put("meetings.0.end", "2022-10-18T09:00:00+02:00"), "meetings[0].end: it is not after start."),
        (put("participants.4.id", "p01"), "participants[4].id: p01 is taken by another before it."),
        (put("participants.4.organization", "nobody"), "participants[4].organization: there is no organization nobody."),
        (put("participants.4.group", "none"), "participants[4].group: there is no stakeholder group none."),
        (put("participants.4.role", "king"), "participants[4].role: invalid enum value 'king'."),
        (put("participants.4.display_name", " \u202e "), "participants[4].display_name: must not be empty."),
        (put("participants.4.display_name", "x" * 10_000), "participants[4].display_name: at most 200 characters are possible here."),
        (put("participants.4.accessibility_needs", ["x"] * 21), "participants[4].accessibility_needs: at most 20 are possible."),
        (put("participants.4.recording_consent", "yes"), "participants[4].recording_consent: expected `bool`, got `str`."),
        (put("participants.4", None), "participants[4]: expected `object`, got `null`."),
        (put("participants.4.id", "system"), "participants: system is nobody's id: the program itself acts under it."),
        (put("organizations.0.group", "none"), "organizations[0].group: there is no stakeholder group none."),
        (put("stakeholder_groups.0.name", {}), "stakeholder_groups[0].name: must not be empty."),
        (put("event.time_zone", "Mars/Crater"), "event.time_zone: there is no such time zone; one would be Europe/Zurich."),
        (put("event.time_zone", "../etc"), "event.time_zone: there is no such time zone; one would be Europe/Zurich."),
        (put("event.end_date", "2022-10-17"), "event.end_date: it is before start_date."),
        (put("event.start_date", "soon"), "event.start_date: invalid RFC3339 encoded date."),
        (put("agenda_items.0.start", "2022-10-18T10:20:00"), "agenda_items[0].start: expected `datetime` with a timezone component."),
        (put("modalities.time_limits_s.martians", 60), "modalities.time_limits_s.martians: there is no such stakeholder group and no such kind of request."),
        (put("modalities.time_limits_s.ngo", 0), "modalities.time_limits_s[...]: expected `int` >= 1."),
        (put("format", "other"), "format: this is not a workshop file; it would say companion-workshop."),
        (put("format_version", 2), "format_version: only version 1 is known here."),
        (lambda value: value.pop("event"), "event: object missing required field `event`."),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(change: Change, sentence: str) -> None:
    assert refusal(change) == sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is not JSON: Input data was truncated."),
        (b"\xff\xfe", "the file is not JSON: "),
        (b"[]", "the file is not a workshop: an object is expected."),
        (b"[" * 100_000, "the file is not JSON: "),
        (b" " * (reading.MOST_BYTES + 1), "the file is larger than 16 MB."),
    ],
)
def test_what_is_no_workshop_file_is_said_to_be_none(content: bytes, sentence: str) -> None:
    with pytest.raises(WorkshopError) as refused:
        reading.read(content)
    assert str(refused.value).startswith(sentence)


def test_more_people_than_a_plenary_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PEOPLE", 43)
    assert refusal(lambda _: None) == "participants: at most 43 people are possible."


def test_texts_are_cleaned() -> None:
    value = demo()
    put("participants.4.display_name", "  Zoe\u0301 \u202eevil\x07 ")(value)
    put("event.mandate", "a\x00b" + "x" * 30_000)(value)
    source = read(value)
    assert source.form.participants[4].display_name == "Zoé evil"
    assert source.rest["event"]["mandate"] == "ab" + "x" * 19_997


def test_details_are_not_kept_without_end() -> None:
    value = demo()
    deep: list[Any] = []
    for _ in range(20):
        deep = [deep]
    put("event.deep", deep)(value)
    assert json.dumps(read(value).rest["event"]["deep"]).count("[") <= 9


def test_the_british_spelling_is_read_as_well() -> None:
    value = demo()
    value["organisations"] = value.pop("organizations")
    for person in value["participants"]:
        person["organisation"] = person.pop("organization")
    assert read(value).form.participants[0].organization == "ohchr"


def test_a_small_file_is_enough() -> None:
    source = read(
        {
            "event": {
                "id": "w",
                "title": "W",
                "start_date": "2026-10-18",
                "end_date": "2026-10-18",
                "time_zone": "UTC",
            },
            "stakeholder_groups": [],
            "agenda_items": [
                {
                    "id": "s",
                    "number": 1,
                    "start": "2026-10-18T10:00:00Z",
                    "end": "2026-10-18T11:00:00Z",
                    "title": "Panel",
                    "segments": [{"id": "d", "kind": "interactive_discussion"}],
                }
            ],
            "participants": [{"id": "a", "display_name": "Ana"}],
        }
    )
    assert source.form.agenda_items[0].number == "1"
    assert source.form.modalities.attribution_mode is AttributionMode.ATTRIBUTED
    assert source.form.participants[0].recording_consent is False
