"""A journal is read from end to end: what was typed is in the state, and is no step of its own."""

from dataclasses import replace

from companion.core import commands as c
from companion.core import events as e
from companion.core.edits import Edit
from companion.core.procedure import NoteKind
from companion.record import history
from companion.record.history import History
from tests.core.scenario import Scenario, opened
from tests.house.typist import Typist
from tests.record.panel import entries_of, record_of

NOTE = "note-typed"


def typed(word: str = "Ob") -> Scenario:
    """Type a word into a note, and have somebody ask for the floor after each of its letters but the last."""
    room, typist, people = opened(), Typist(501), iter(("ana", "ben"))
    room.by("rapporteur", c.AddNote(note=NOTE, kind=NoteKind.KEY_POINT))
    for at, letter in enumerate(word):
        command = typist.command(NOTE, at, 0, letter)
        room.later(1).by("rapporteur", replace(command, edit=Edit(at=at, gone=0, came=letter)))
        if at < len(word) - 1:
            room.later(1).ask(next(people))
    return room


def read(room: Scenario) -> History:
    return history.read(entries_of(room.recorded))


def test_the_state_is_the_one_that_each_key_led_to() -> None:
    room = typed()
    assert read(room).session == room.session
    room.later(1).ask("ben")
    assert read(room).session == room.session
    room.later(1).by("rapporteur", c.ReleaseNote(note=NOTE, released=True))
    assert read(room).session == room.session


def test_what_was_typed_is_no_step() -> None:
    steps = [type(recorded.event) for _, recorded in read(typed()).steps()]
    assert steps[-2:] == [e.NoteAdded, e.FloorRequested]
    assert e.NoteTyped not in steps


def test_each_step_stands_beside_the_list_as_it_was_before() -> None:
    room = typed("Obj")
    waiting = [len(before.requests) for before, each in read(room).steps() if isinstance(each.event, e.FloorRequested)]
    assert waiting == [0, 1]


def test_a_record_is_as_of_the_last_key() -> None:
    room = typed()
    assert read(room).as_of == room.now
    room.later(60).ask("ben")
    assert read(room).as_of == room.now


def test_a_key_that_was_taken_for_another_is_put_right_where_its_note_stands() -> None:
    room = typed()
    key = room.session.seq
    room.by("rapporteur", c.ReleaseNote(note=NOTE, released=True))
    room.by("secretary", c.CorrectRecord(seq=key, text="It was an a."))
    [told] = record_of(room).entry_corrections
    assert (told.type, told.text) == ("note.typed", "It was an a.")
    assert record_of(room).transcript[told.index or 0].of == "notes"
