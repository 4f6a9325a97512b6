"""Shared texts as they are kept: read when they are asked for, and before too much is unread."""

import base64
from datetime import UTC, datetime

from companion.core import events as e
from companion.core.procedure import NoteAttribution, NoteKind
from companion.crdt import Manuscript
from companion.live.manuscripts import _UNREAD_AT_MOST, Manuscripts
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


def text(manuscripts: Manuscripts) -> str:
    state = manuscripts.in_snapshot({f"note/{NOTE}": {"id": NOTE}})[f"note/{NOTE}"]["state"]
    return str(Typist(9, base64.b64decode(state)).text)


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
