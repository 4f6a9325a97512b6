"""A panel on which two rapporteurs type into one note, and the whole of its text is written anew."""

import base64
from dataclasses import replace
from typing import Final

from companion.core import commands as c
from companion.core.procedure import NoteKind
from companion.crdt import Manuscript
from tests.core.scenario import Scenario, opened
from tests.house.typist import Typist

NOTE: Final = "note-shared"
IN_THE_END: Final = "Better access to remedy"


def played() -> Scenario:
    """Play it, with two Yjs clients and the server's document between them."""
    room, shared = opened(), Manuscript()
    one, other = Typist(501), Typist(502)
    room.later(5).by("rapporteur", c.AddNote(note=NOTE, kind=NoteKind.KEY_POINT))
    room.later(1).by("rapporteur", _merged(shared, one.command(NOTE, 0, 0, "Access to remedy")))
    other.doc.apply_update(shared.state)
    room.later(1).by("secretary", _merged(shared, other.command(NOTE, 16, 0, " 补救 😀")))
    room.later(1).by("rapporteur", _merged(shared, one.command(NOTE, 0, 1, "Better a")))
    written = shared.rewritten(IN_THE_END)
    update = base64.b64encode(written).decode()
    room.later(5).by("rapporteur", c.WriteNote(note=NOTE, text=IN_THE_END, expect=4, update=update))
    room.later(5).by("moderator", c.CloseSession())
    return room


def _merged(shared: Manuscript, command: c.TypeNote) -> c.TypeNote:
    merged = shared.merged(base64.b64decode(command.update), client=command.client, clock=command.clock)
    assert merged is not None
    changes, edit = merged
    shared.take(changes)
    return replace(command, update=base64.b64encode(changes).decode(), edit=edit)
