"""Notes and recommendations of a session, as its record has them.

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
from companion.core.procedure import PollStatus
from companion.core.state import Session
from companion.record.history import History
from companion.record.model_documents import Note, Notes, PolledOn, Recommendation, StatusChange, Version
from companion.record.model_people import Who
from companion.record.model_polls import Poll
from companion.record.naming import Naming
from companion.record.revising import edits


@dataclass(frozen=True, slots=True)
class Documents:
    """The notes in order, by the ids that the session has, and the recommendations as they were proposed."""

    notes: dict[str, Note]
    recommendations: dict[str, Recommendation]


def documents(history: History, naming: Naming, scope: Notes, polls: dict[str, Poll]) -> Documents:
    """Return the documents of a session; `polls` are those of the record."""
    notes = dict(_notes(history, naming, scope))
    return Documents(notes=notes, recommendations=dict(_recommendations(history, naming, notes, polls)))


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


# Recommendations


def _recommendations(
    history: History, naming: Naming, notes: dict[str, Note], polls: dict[str, Poll]
) -> Iterator[tuple[str, Recommendation]]:
    session = history.session
    for recorded in history.happened:
        if not isinstance(recorded.event, e.RecommendationProposed):
            continue
        found = session.recommendations[recorded.event.recommendation]
        note = notes.get(found.note or "")
        yield (
            found.id,
            Recommendation(
                id=found.id,
                symbol=found.symbol,
                status=found.status,
                group=found.group if attribution.may_show_groups(session) else None,
                note=note.id if note else None,
                brought_from=found.brought_from,
                proposed_at=found.proposed_at,
                by=naming.role(found.by),
                versions=tuple(_versions(naming, found)),
                statuses=tuple(_statuses(history, naming, found)),
                polls=tuple(
                    PolledOn(poll=poll.id, version=poll.version, outcome=poll.outcome)
                    for poll in polls.values()
                    if poll.recommendation == found.id and poll.status is not PollStatus.DRAFTED
                ),
            ),
        )


def _versions(naming: Naming, recommendation: core.Recommendation) -> Iterator[Version]:
    before: core.Version | None = None
    for version in recommendation.versions:
        yield Version(
            number=version.number,
            title=version.title,
            text=version.text,
            addressees=version.addressees,
            at=version.at,
            by=naming.role(version.by),
            changed=_changed(before, version) if before else (),
            edits=edits(before.text, version.text) if before else (),
        )
        before = version


def _changed(before: core.Version, after: core.Version) -> tuple[str, ...]:
    names = ("title", "text", "addressees")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _statuses(history: History, naming: Naming, recommendation: core.Recommendation) -> Iterator[StatusChange]:
    version = recommendation.versions[0].number
    for recorded in history.happened:
        event, status = recorded.event, None
        if isinstance(event, e.RecommendationProposed | e.RecommendationStatusChanged):
            status = event.status if event.recommendation == recommendation.id else None
        elif isinstance(event, e.RecommendationRevised) and event.recommendation == recommendation.id:
            version = event.version
        if status is not None:
            yield StatusChange(
                at=recorded.at,
                status=status,
                version=version,
                by=naming.role(recorded.by),
                undone=recorded.seq in history.undone,
            )
