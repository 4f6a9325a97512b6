"""The record of a session, built from the entries of its journal."""

from collections.abc import Iterable
from dataclasses import replace

from companion.record import course, figures
from companion.record import history as histories
from companion.record.corrections import EntryCorrections, corrections
from companion.record.documents import documents
from companion.record.history import History
from companion.record.interventions import interventions
from companion.record.list_of_speakers import limits, list_events
from companion.record.model import SCHEMA, VERSION, Group, Head, Record, Workshop
from companion.record.model_documents import Note, Notes
from companion.record.model_floor import Intervention, Stretch
from companion.record.naming import Naming
from companion.record.polls import polls
from companion.record.requests import requests, rulings
from companion.record.sources import Sources
from companion.record.transcript import transcript
from companion.store.journal import Brief, Entry


def build(entries: Iterable[Entry | Brief], notes: Notes = Notes.RELEASED) -> Record:
    """Return the record of the session that the entries are the journal of; with all notes it is for staff.

    Raises `NothingRecorded` where there are none, and `UnknownEvent` for one of a later version.
    """
    return _record(histories.read(entries), notes)


def _record(history: History, scope: Notes) -> Record:
    session, naming, sources = history.session, Naming(history, scope), Sources()
    polled = polls(history, naming, scope)
    texts = documents(history, naming, scope, polled)
    record = Record(
        schema=SCHEMA,
        version=VERSION,
        as_of=history.as_of,
        head=Head(seq=history.seq, chain=history.chain),
        workshop=Workshop(
            id=session.programme.workshop,
            title=dict(session.programme.workshop_title),
            room=session.programme.room,
            time_zone=session.programme.time_zone,
        ),
        session=course.about(history),
        groups=tuple(Group(id=group.id, name=dict(group.name)) for group in session.programme.groups),
        segments=tuple(course.segments(history)),
        breaks=tuple(Stretch(since=each.since, until=each.until) for each in history.breaks),
        presiding=sources.keep("presiding", course.presiding(history, naming)),
        interventions=_with_notes(sources.keep("interventions", interventions(history, naming)), texts.notes.values()),
        requests=sources.keep("requests", requests(history, naming)),
        rulings=tuple(rulings(history, naming)),
        list_events=sources.keep("list_events", list_events(history, naming)),
        limits=sources.keep("limits", limits(history)),
        corrections=sources.keep("corrections", corrections(history, naming)),
        entry_corrections=(),
        announcements=sources.keep("announcements", course.announcements(history, naming)),
        totals=figures.totals(history),
        balance=tuple(figures.balance(history)),
        notes_shown=scope,
        notes=tuple(texts.notes.values()),
        recommendations=tuple(texts.recommendations.values()),
        polls=tuple(polled.values()),
        transcript=(),
    )
    told = tuple(transcript(history, naming, record, sources, texts.notes))
    lines: dict[int | str, int] = {}
    for index, (source, _moment) in enumerate(told):
        lines.setdefault(source, index)
    corrected = EntryCorrections(history, naming, sources, lines, polled)
    return replace(record, transcript=tuple(moment for _, moment in told), entry_corrections=tuple(corrected.told()))


def _with_notes(held: tuple[Intervention, ...], notes: Iterable[Note]) -> tuple[Intervention, ...]:
    """Return the interventions with the notes that stand under them."""
    under: dict[str, list[str]] = {}
    for note in notes:
        under.setdefault(note.intervention or "", []).append(note.id)
    return tuple(replace(each, notes=tuple(under.get(each.id, ()))) for each in held)
