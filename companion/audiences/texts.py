"""What stands under the keys of notes.

Notes are private to staff until they are released; who wrote one down is never for participants. A released note tells
participants no more of whose point it was than the record may: its own id and rank tell when it was written down, so to
them it stands under those of its release.
"""

from datetime import datetime
from typing import Any

from companion.audiences import attribution
from companion.audiences.views import ABSENT, Value, Views, everybody, public_and_staff
from companion.clock import format_time
from companion.core.documents import Note
from companion.core.ids import NoteId, made_here
from companion.core.speaking_order import at_the_end
from companion.core.state import Session


def notes_views(session: Session) -> Views:
    """Return the views of `notes`: how many there are, and how many everybody may read."""
    standing = [session.notes[note] for _, note in session.note_places]
    released = sum(note.released for note in standing)
    staff: Value = {"count": len(standing), "released": released}
    return public_and_staff({"released": released}, staff)


def note_views(session: Session, note_id: NoteId) -> Views:
    """Return the views of `note/<id>`."""
    note = session.notes[note_id]
    if note.removed:
        return everybody(ABSENT)
    staff = {
        **_note_value(note),
        "author": note.author,
        "written_by": note.written_by,
        "released": note.released,
    }
    if not note.released or note.release is None:
        return public_and_staff(ABSENT, staff)
    public = _released_value(session, note, note.release)
    return public_and_staff(public, staff)._replace(public_key=f"note/{public['id']}")


def _released_value(session: Session, note: Note, release: int) -> dict[str, Any]:
    """Return a note as everybody reads it: its point, and whose it was if that may be told by name."""
    shown = _note_value(note) | {"id": made_here("n", release), "rank": at_the_end(release)}
    if not attribution.may_show_group_of_note(session, note.attribution):
        shown["group"] = None
    if note.intervention is None:
        return shown | {"added_at": _to_the_minute(note.added_at), "written_at": _to_the_minute(note.written_at)}
    speaker = session.people[session.interventions[note.intervention].person]
    if attribution.may_lead_to_speaker(session, speaker, note.attribution):
        return shown
    return shown | {"intervention": None, "added_at": None, "written_at": None}


def _to_the_minute(at: datetime) -> str:
    return format_time(at.replace(second=0, microsecond=0))


def _note_value(note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "kind": note.kind,
        "text": note.text,
        "version": note.version,
        "rank": note.rank,
        "intervention": note.intervention,
        "group": note.group,
        "attribution": note.attribution,
        "added_at": format_time(note.added_at),
        "written_at": format_time(note.written_at),
    }
