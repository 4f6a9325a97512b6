"""Notes: what rapporteurs write down while a session goes on.

A note is a block with a place, a kind and a text in versions. It is private to staff until it is released. Several people
type into the same block at once (`note.text`, a Yjs text, which is merged outside of the core); whoever writes the whole text
(`note.write`) and saw an older version is told so.
"""

from typing import assert_never

from companion.core import commands as c
from companion.core import events as e
from companion.core import speaking_order
from companion.core.documents import Note
from companion.core.ids import NoteId, Rank, Unset, made_here
from companion.core.procedure import SessionStatus
from companion.core.refusals import Refusal, Refused
from companion.core.renewal import replace
from companion.core.state import Session, put_note


def decide(session: Session, command: c.NoteCommand) -> list[e.Event]:
    """Return what happens to the notes, or raise `Refused`."""
    match command:
        case c.AddNote():
            return _add(session, command)
        case c.WriteNote():
            return _write(session, command)
        case c.TypeNote():
            return _type(session, command)
        case c.MarkNote():
            return _mark(session, command)
        case c.MoveNote():
            return _move(session, command)
        case c.RemoveNote():
            return [e.NoteRemoved(note=_note(session, command.note).id)]
        case c.ReleaseNote():
            return _release(session, command)
        case _:
            assert_never(command)


def evolve(session: Session, recorded: e.Recorded, event: e.NoteEvent) -> Session:  # noqa: C901 (one case each)
    """Return the session after `event`."""
    match event:
        case e.NoteAdded():
            return put_note(session, _added(recorded, event))
        case e.NotesRenumbered():
            for each, rank in event.ranks:
                session = put_note(session, replace(session.notes[each], rank=rank))
            return session
        case e.NoteWritten():
            note = _rewritten(recorded, session.notes[event.note], event.text, event.version)
        case e.NoteTyped():
            note = session.notes[event.note]
            note = _rewritten(recorded, note, event.edit.of(note.text), event.version)
        case e.NoteMarked():
            note = replace(
                session.notes[event.note],
                kind=event.kind,
                attribution=event.attribution,
                intervention=event.intervention,
                group=event.group,
            )
        case e.NoteMoved():
            note = replace(session.notes[event.note], rank=event.rank)
        case e.NoteRemoved():
            note = replace(session.notes[event.note], removed=True)
        case e.NoteReleased():
            note = session.notes[event.note]
            note = replace(note, released=event.released, release=recorded.seq if event.released else note.release)
        case _:
            assert_never(event)
    return put_note(session, note)


def _note(session: Session, note: NoteId) -> Note:
    found = session.notes.get(note)
    if found is None or found.removed:
        raise Refused(Refusal.NOT_FOUND)
    return found


def _add(session: Session, command: c.AddNote) -> list[e.Event]:
    if session.course.status is SessionStatus.SCHEDULED:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    note = command.note or made_here("n", session.seq + 1)
    if note in session.notes:
        raise Refused(Refusal.ID_IN_USE)
    _check_links(session, command.intervention, command.group)
    renumbered, rank = _place(session, note, command.after)
    added = e.NoteAdded(
        note=note,
        kind=command.kind,
        text=command.text,
        rank=rank,
        intervention=command.intervention,
        group=command.group,
        attribution=command.attribution,
    )
    return [*renumbered, added]


def _write(session: Session, command: c.WriteNote) -> list[e.Event]:
    note = _note(session, command.note)
    if command.expect != note.version:
        raise Refused(Refusal.STALE)
    if command.text == note.text:
        return []
    return [e.NoteWritten(note=note.id, text=command.text, version=note.version + 1, update=command.update)]


def _type(session: Session, command: c.TypeNote) -> list[e.Event]:
    note = _note(session, command.note)
    if command.edit is None:
        return []
    return [e.NoteTyped(note=note.id, update=command.update, edit=command.edit, version=note.version + 1)]


def _rewritten(recorded: e.Recorded, note: Note, text: str, version: int) -> Note:
    return replace(note, text=text, version=version, written_at=recorded.at, written_by=recorded.by)


def _mark(session: Session, command: c.MarkNote) -> list[e.Event]:
    note = _note(session, command.note)
    intervention = note.intervention if isinstance(command.intervention, Unset) else command.intervention
    group = note.group if isinstance(command.group, Unset) else command.group
    _check_links(session, intervention, group)
    return [
        e.NoteMarked(
            note=note.id,
            kind=note.kind if isinstance(command.kind, Unset) else command.kind,
            attribution=note.attribution if isinstance(command.attribution, Unset) else command.attribution,
            intervention=intervention,
            group=group,
        )
    ]


def _move(session: Session, command: c.MoveNote) -> list[e.Event]:
    note = _note(session, command.note)
    if command.after == note.id:
        raise Refused(Refusal.BAD_MESSAGE)
    renumbered, rank = _place(session, note.id, command.after)
    return [*renumbered, e.NoteMoved(note=note.id, rank=rank)]


def _release(session: Session, command: c.ReleaseNote) -> list[e.Event]:
    note = _note(session, command.note)
    if note.released == command.released:
        raise Refused(Refusal.NOT_NOW)
    return [e.NoteReleased(note=note.id, released=command.released)]


def _check_links(session: Session, intervention: str | None, group: str | None) -> None:
    if intervention is not None and intervention not in session.interventions:
        raise Refused(Refusal.NOT_FOUND)
    if group is not None and group not in {each.id for each in session.programme.groups}:
        raise Refused(Refusal.NOT_FOUND)


def _place(session: Session, note: NoteId, after: NoteId | Unset | None) -> tuple[list[e.Event], Rank]:
    """Return the rank behind `after`, and the renumbering that makes room for it where there is none."""
    others = [place for place in session.note_places if place[1] != note]
    before = _before([each for _, each in others], after)
    if before == len(others):
        return [], speaking_order.at_the_end(session.seq + 1)
    ranks = [rank for rank, _ in others]
    try:
        rank = speaking_order.between(ranks[before - 1] if before else None, ranks[before])
        if len(rank) <= speaking_order.LONGEST:
            return [], rank
    except ValueError:
        pass  # Undo has brought a note back to a place that another has taken since.
    # Also those that were removed, and the one that moves: undo brings them back to where they were.
    everywhere = sorted((each.rank, each.id) for each in session.notes.values())
    renumbered = speaking_order.renumbered(tuple(each for _, each in everywhere))
    anew = dict(renumbered)
    rank = speaking_order.between(anew[others[before - 1][1]] if before else None, anew[others[before][1]])
    return [e.NotesRenumbered(ranks=renumbered)], rank


def _before(others: list[NoteId], after: NoteId | Unset | None) -> int:
    """Return how many of `others` stand before the place behind `after`."""
    if isinstance(after, Unset):
        return len(others)
    if after is None:
        return 0
    if after not in others:
        raise Refused(Refusal.NOT_FOUND)
    return others.index(after) + 1


def _added(recorded: e.Recorded, event: e.NoteAdded) -> Note:
    return Note(
        id=event.note,
        kind=event.kind,
        text=event.text,
        version=1,
        rank=event.rank,
        author=recorded.by,
        written_by=recorded.by,
        added_at=recorded.at,
        written_at=recorded.at,
        intervention=event.intervention,
        group=event.group,
        attribution=event.attribution,
    )
