"""What participants are told of a released note: no more of whose point it was than the record of the session may."""

from datetime import timedelta
from typing import Any, Final

import pytest

from companion.audiences.audience import Audience
from companion.audiences.maps import Maps
from companion.clock import format_time
from companion.core import commands as c
from companion.core.people import Role
from companion.core.procedure import AttributionMode, NoteAttribution, NoteKind, RequestKind
from companion.record.model_documents import Note
from tests.audiences.room import Room, encoded, opened, told
from tests.audiences.walk import Walk
from tests.record.whole import played, record_of, with_modes

PUBLIC: Final = (Audience.PARTICIPANTS, Audience.BOOTH)
SPEAKER: Final = "person-12"
NOTE: Final = "made-by-client"
NONE, GROUP, ORGANISATION, PERSON = NoteAttribution
ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode


def noted(level: NoteAttribution, *, attached: bool = True, group: str | None = "civil_society") -> tuple[Walk, Room]:
    """Return a session in which somebody speaks, and a note of it is released a while later."""
    walk, room = opened()
    request = c.RequestFloor(request="request-1", kind=RequestKind.STATEMENT, person=SPEAKER)
    told(walk, room, Role.SECRETARIAT, request)
    told(walk, room, Role.MODERATOR, c.GiveFloor(request="request-1", expect=None))
    intervention = walk.session.floor.intervention if attached else None
    add = c.AddNote(
        note=NOTE, kind=NoteKind.GAP, text="NOTE", intervention=intervention, group=group, attribution=level
    )
    told(walk, room, Role.RAPPORTEUR, add)
    walk.now += timedelta(minutes=7)
    told(walk, room, Role.RAPPORTEUR, c.ReleaseNote(note=NOTE, released=True))
    return walk, room


def for_all(room: Room, audience: Audience = Audience.PARTICIPANTS) -> dict[str, Any]:
    """Return the one note in an audience's map."""
    (found,) = [value for key, value in room.clients[audience].items() if key.startswith("note/")]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("audience", PUBLIC)
def test_a_note_without_attribution_leads_to_nobody_neither_by_a_link_nor_by_a_time_nor_by_its_place(
    audience: Audience,
) -> None:
    walk, room = noted(NONE)
    of_staff: Any = room.clients[Audience.STAFF][f"note/{NOTE}"]
    telling = ("id", "rank", "intervention", "group", "added_at", "written_at")
    assert all(of_staff[each] for each in telling), "there is nothing that could leak"
    shown = for_all(room, audience)
    assert [shown[each] for each in ("intervention", "group", "added_at", "written_at")] == [None] * 4
    assert (shown["text"], shown["version"], shown["attribution"]) == ("NOTE", 1, "none")
    assert not any(f'"{of_staff[each]}"' in encoded(shown) for each in telling)
    # Its place among the others is that of its release, which everybody saw.
    assert shown["id"] == f"n.{walk.session.seq}"
    assert NOTE not in encoded(room.clients[audience])


@pytest.mark.parametrize(
    ("mode", "level", "leads", "says_group"),
    [
        (ATTRIBUTED, NONE, False, False),
        (ATTRIBUTED, GROUP, False, True),
        (ATTRIBUTED, ORGANISATION, False, True),
        (ATTRIBUTED, PERSON, True, True),
        (AFFILIATION, ORGANISATION, False, True),
        (AFFILIATION, PERSON, False, True),
        (NEITHER, NONE, False, False),
        (NEITHER, GROUP, False, False),
        (NEITHER, PERSON, False, False),
    ],
)
def test_a_note_leads_to_its_speaker_only_where_both_its_level_and_the_mode_name_people(
    mode: AttributionMode, level: NoteAttribution, *, leads: bool, says_group: bool
) -> None:
    walk, room = noted(level)
    told(walk, room, Role.SECRETARIAT, c.ChangeSettings(attribution_mode=mode))
    shown = for_all(room)
    note = walk.session.notes[NOTE]
    assert shown["intervention"] == (note.intervention if leads else None)
    assert shown["added_at"] == (format_time(note.added_at) if leads else None)
    assert shown["written_at"] == (format_time(note.written_at) if leads else None)
    assert shown["group"] == ("civil_society" if says_group else None)


def test_a_note_under_no_intervention_tells_its_time_to_the_minute() -> None:
    _, room = noted(GROUP, attached=False)
    of_staff: Any = room.clients[Audience.STAFF][f"note/{NOTE}"]
    assert not of_staff["added_at"].endswith(":00.000Z")
    assert for_all(room)["added_at"] == f"{of_staff['added_at'][:16]}:00.000Z"


def test_a_point_of_somebody_who_asks_not_to_be_published_leads_to_them_no_more_until_that_is_taken_back() -> None:
    walk, room = noted(PERSON)
    assert for_all(room)["intervention"]
    told(walk, room, Role.SECRETARIAT, c.CorrectPerson(person=SPEAKER, unpublished=True))
    assert for_all(room)["intervention"] is None
    told(walk, room, Role.SECRETARIAT, c.Undo(command=str(walk.session.undo[0].command)))
    assert for_all(room)["intervention"]


def test_a_note_that_is_released_again_stands_under_another_id_and_the_first_is_gone() -> None:
    walk, room = noted(NONE)
    first = for_all(room)["id"]
    told(walk, room, Role.RAPPORTEUR, c.ReleaseNote(note=NOTE, released=False))
    assert not any(key.startswith("note/") for key in room.clients[Audience.PARTICIPANTS])
    told(walk, room, Role.RAPPORTEUR, c.ReleaseNote(note=NOTE, released=True))
    assert for_all(room)["id"] != first
    told(walk, room, Role.RAPPORTEUR, c.Undo(command=str(walk.session.undo[0].command)))
    assert not any(key.startswith("note/") for key in room.clients[Audience.PARTICIPANTS])
    told(walk, room, Role.RAPPORTEUR, c.Undo(command=str(walk.session.undo[0].command)))
    assert for_all(room)["id"] == first


@pytest.mark.parametrize("panellists", AttributionMode)
@pytest.mark.parametrize("mode", AttributionMode)
def test_the_map_of_participants_tells_no_more_of_a_note_than_the_record(
    mode: AttributionMode, panellists: AttributionMode
) -> None:
    room = played(with_modes(mode, panellists))
    in_record = {note.text: note for note in record_of(room).notes}
    attached = {note.id for note in room.session.notes.values() if note.released and note.intervention}
    shown = [value for key, value in Maps(room.session).of(Audience.PARTICIPANTS).items() if key.startswith("note/")]
    assert len(shown) == len(in_record) > len(attached) > 3
    for note in shown:
        assert isinstance(note, dict)
        # The record withholds names in what was typed as well; the order of both is the same here.
        tells_no_more(note, next(each for each in in_record.values() if each.text[-5:] == note["text"][-5:]))
    leading = [note for note in shown if isinstance(note, dict) and note["intervention"]]
    assert bool(leading) == (AttributionMode.ATTRIBUTED in {mode, panellists})
    assert len(leading) < len(attached), "nothing is hidden"


def tells_no_more(shown: dict[str, Any], record: Note) -> None:
    assert shown["group"] in {None, record.group}
    if shown["intervention"] is not None:
        assert shown["intervention"] == record.intervention
        assert record.who is not None
        assert record.who.name is not None
    for name in ("added_at", "written_at"):
        exact = getattr(record, name)
        if shown[name] is not None:
            assert exact is not None
            assert shown[name] in {format_time(exact), format_time(exact.replace(second=0, microsecond=0))}
