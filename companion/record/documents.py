"""Notes of a session, as its record has them, and the recommendations that were made from them.

A note that is linked to an intervention stands under it where the intervention says no more of the speaker than the note
may. Elsewhere it loses the link, the time and its own id, which all tell during whose intervention it was written down.
Staff, who write on the notes, have them under their interventions in any case.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from companion.audiences import attribution
from companion.core import documents as core
from companion.core import events as e
from companion.core.state import Session
from companion.record.history import History
from companion.record.model_documents import Note, Notes, Recommendation
from companion.record.model_people import Who
from companion.record.model_polls import Poll
from companion.record.naming import Naming
from companion.record.recommendations import recommendations


@dataclass(frozen=True, slots=True)
class Documents:
    """The notes in order, by the ids that the session has, and the recommendations as they were proposed."""

    notes: dict[str, Note]
    recommendations: dict[str, Recommendation]


def documents(history: History, naming: Naming, scope: Notes, polls: dict[str, Poll]) -> Documents:
    """Return the documents of a session; `polls` are those of the record."""
    notes = dict(_notes(history, naming, scope))
    made = dict(recommendations(history, naming, notes, polls))
    return Documents(notes={id_: _with_made(note, made) for id_, note in notes.items()}, recommendations=made)


def _with_made(note: Note, made: dict[str, Recommendation]) -> Note:
    return replace(note, recommendations=tuple(each.id for each in made.values() if each.note == note.id))


# Notes


def _notes(history: History, naming: Naming, scope: Notes) -> Iterator[tuple[str, Note]]:
    session = history.session
    segments = dict(_segments(history))
    renamed = 0
    for _rank, note_id in session.note_places:
        note = session.notes[note_id]
        if not (note.released or scope is Notes.ALL):
            continue
        written = _note(session, naming, note, segment=segments[note_id])
        if scope is Notes.RELEASED and _tells_by_its_id(session, naming, note):
            # An id that a client made holds the time to the millisecond; one of ours the place in the journal.
            renamed += 1
            written = replace(written, id=f"note-{renamed}")
        if scope is Notes.RELEASED and not _may_stand_under(session, note):
            written = replace(written, intervention=None, added_at=None, written_at=None)
        yield note_id, written


def _tells_by_its_id(session: Session, naming: Naming, note: core.Note) -> bool:
    """Say whether the time of a note tells more than it may, so that its id must not tell it either."""
    if note.intervention is None:
        return False
    speaker = naming.person(session.interventions[note.intervention].person)
    return not (naming.is_traceable(speaker) and _may_stand_under(session, note))


def _segments(history: History) -> Iterator[tuple[str, str | None]]:
    """Yield in which segment each note was written down."""
    for before, recorded in zip(history.before, history.happened, strict=True):
        if isinstance(recorded.event, e.NoteAdded):
            yield recorded.event.note, before.course.segment


def _may_stand_under(session: Session, note: core.Note) -> bool:
    if note.intervention is None:
        return True
    person = session.people[session.interventions[note.intervention].person]
    return attribution.may_stand_under(session, person, note.attribution)


def _note(session: Session, naming: Naming, note: core.Note, *, segment: str | None) -> Note:
    whose = _whose(session, naming, note)
    group = note.group or (whose.group if whose else None)
    return Note(
        id=note.id,
        kind=note.kind,
        text=naming.text(note.text),
        version=note.version,
        attribution=note.attribution,
        who=whose,
        group=group if attribution.may_show_group_of_note(session, note.attribution) else None,
        intervention=note.intervention,
        segment=session.interventions[note.intervention].segment if note.intervention else segment,
        by=naming.role(note.author),
        added_at=_at(session, naming, note, note.added_at),
        written_at=_at(session, naming, note, note.written_at),
        released=note.released,
        recommendations=(),
    )


def _at(session: Session, naming: Naming, note: core.Note, at: datetime) -> datetime:
    """Return a time of a note, as exact as those of the intervention that it belongs to."""
    if note.intervention is None:
        return at
    return naming.at(naming.person(session.interventions[note.intervention].person), at)


def _whose(session: Session, naming: Naming, note: core.Note) -> Who | None:
    if note.intervention is None:
        return None
    return naming.who_in_note(session.interventions[note.intervention].person, note.attribution)
