"""Shared texts as they are kept: read when they are asked for, and before too much is unread."""

import base64
from dataclasses import replace
from datetime import UTC, datetime

from companion.core import commands as c
from companion.core import events as e
from companion.core.edits import Edit
from companion.core.procedure import NoteAttribution, NoteKind
from companion.core.replay import replay
from companion.crdt import Manuscript
from companion.live.manuscripts import _UNREAD_AT_MOST, OPEN_AT_MOST, Manuscripts
from tests.house.typist import Typist

NOTE = "note-one"
ADDED = e.NoteAdded(
    note=NOTE,
    kind=NoteKind.GAP,
    text="Re😀medy",
    rank="m",
    intervention=None,
    group=None,
    attribution=NoteAttribution.NONE,
)


def recorded(seq: int, event: e.Event) -> e.Recorded:
    return e.Recorded(seq=seq, at=datetime(2026, 10, 18, tzinfo=UTC), by="ana", command=f"command-{seq}", event=event)


def typed(many: int) -> tuple[list[e.Recorded], str]:
    """Return a journal of so many keys, and the text in the end."""
    manuscript = Manuscript()
    manuscript.take(manuscript.rewritten(ADDED.text))
    typist, happened = Typist(7, manuscript.state), [recorded(1, ADDED)]
    for number in range(many):
        gone = 1 if number % 3 == 2 else 0
        update = typist.type(3, gone, "" if gone else "x人"[number % 2])
        changes, edit = manuscript.merged(update, client=7, clock=typist.clock) or (b"", None)
        assert edit is not None
        manuscript.take(changes)
        event = e.NoteTyped(note=NOTE, update=base64.b64encode(changes).decode(), edit=edit, version=number + 2)
        happened.append(recorded(number + 2, event))
    return happened, manuscript.text


def state(manuscripts: Manuscripts, note: str) -> bytes:
    key = f"note/{note}"
    return base64.b64decode(manuscripts.in_snapshot({key: {"id": note}})[key]["state"])


def text(manuscripts: Manuscripts, note: str = NOTE) -> str:
    return str(Typist(9, state(manuscripts, note)).text)


def test_what_is_read_at_the_start_and_what_comes_later_is_one_text() -> None:
    happened, end = typed(60)
    manuscripts = Manuscripts()
    for each in happened[:30]:
        manuscripts.recorded([each])
    manuscripts.recorded(happened[30:])
    assert text(manuscripts) == end
    assert text(manuscripts) == end


def test_keys_of_hours_do_not_pile_up_unread() -> None:
    happened, end = typed(_UNREAD_AT_MOST + 10)
    manuscripts = Manuscripts()
    for each in happened:
        manuscripts.recorded([each])
    assert len(manuscripts._on_disk[NOTE]._unread) < 20
    assert text(manuscripts) == end


def test_a_whole_text_from_before_there_were_updates_is_its_smallest_edit() -> None:
    manuscripts = Manuscripts()
    manuscripts.recorded([recorded(1, ADDED)])
    manuscripts.recorded([recorded(2, e.NoteWritten(note=NOTE, text="Remedy for all", version=2))])
    assert text(manuscripts) == "Remedy for all"


def test_of_many_notes_few_documents_stay_open_but_for_those_that_somebody_waits_for() -> None:
    manuscripts, notes = Manuscripts(), [f"note-{number}" for number in range(OPEN_AT_MOST + 20)]
    session = replay([recorded(seq, replace(ADDED, note=note)) for seq, note in enumerate(notes, start=1)])
    waiting = replace(ADDED, note="waiting")
    manuscripts.stage([waiting])
    for seq, note in enumerate(notes, start=1):
        manuscripts.stage([replace(ADDED, note=note)])
        manuscripts.recorded([recorded(seq, replace(ADDED, note=note))])
    assert [*manuscripts._staged] == ["waiting"]
    for note in notes:
        typist = Typist(7, state(manuscripts, note))
        command = manuscripts.complete(typist.command(note, 0, 0, "x"), session)
        assert isinstance(command, c.TypeNote)
        assert command.edit == Edit(at=0, gone=0, came="x")
        typed_ = e.NoteTyped(note=note, update=command.update, edit=command.edit, version=2)
        manuscripts.stage([typed_])
        manuscripts.recorded([recorded(100, typed_)])
        assert text(manuscripts, note) == "xRe😀medy"
    assert [*manuscripts._staged] == ["waiting", *notes[-OPEN_AT_MOST + 1 :]]
