"""The course of a session in time: one line for whatever a reader of the record wants to come across where it happened.

Requests and moves on the list of speakers, answers in polls and what is only for the screens stand elsewhere, or nowhere;
a statement that was handed in instead of being delivered stands where it was handed in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from companion.codec.events import EVENT_NAMES
from companion.core import events as e
from companion.record.history import History
from companion.record.model import EntryCorrection, Record
from companion.record.model_documents import Moment, Note
from companion.record.naming import Naming
from companion.record.sources import Sources

NOTE_ADDED: Final = EVENT_NAMES[e.NoteAdded]
_IN_A_LIST: Final[Mapping[type[e.Event], str]] = {
    e.PresidingPassed: "presiding",
    e.Announced: "announcements",
    e.PersonCorrected: "corrections",
    e.GuestLinked: "corrections",
}
"""The events that the record tells in a list of their own, and which."""

_OF_THE_SESSION: Final = (
    e.SessionStarted,
    e.SessionSuspended,
    e.SessionResumed,
    e.SessionClosed,
    e.SessionReopened,
    e.SessionFinalised,
    e.ListOpened,
    e.ListClosed,
)
_OF_A_RECOMMENDATION: Final = (
    e.RecommendationProposed,
    e.RecommendationRevised,
    e.RecommendationStatusChanged,
    e.AmendmentProposed,
    e.AmendmentSetAside,
    e.PositionTaken,
)
_FIRST: Final[Mapping[type[e.Event], int]] = {e.RecommendationRevised: 0, e.RecommendationStatusChanged: 0}
"""The first version and the first status of a recommendation come with the line of the proposal."""

_OF_A_POLL: Final = (e.PollOpened, e.RoomCounted, e.PollClosed, e.PollPublished, e.PollOutcomeSet)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the transcript, with what was corrected of it, and the lines of the notes under it."""

    moment: Moment
    corrections: tuple[EntryCorrection, ...]
    notes: tuple["Line", ...]


def transcript(
    history: History, naming: Naming, record: Record, sources: Sources, notes: dict[str, Note]
) -> Iterator[tuple[int | str, Moment]]:
    """Yield the lines in the order in which things happened, notes under their interventions.

    Each comes with the number of its entry, that of a note with the id that the note has in the session, as in `notes`.
    """
    return _Transcript(history, naming, record, sources, notes).moments()


def lines(record: Record) -> Iterator[Line]:
    """Yield the lines of a transcript; with that of an intervention, those of the notes under it."""
    corrected: dict[int, list[EntryCorrection]] = {}
    for each in record.entry_corrections:
        if each.of == "transcript" and each.index is not None:
            corrected.setdefault(each.index, []).append(each)
    under: list[Line] = []
    line: Line | None = None
    for index, moment in enumerate(record.transcript):
        now = Line(moment, tuple(corrected.get(index, ())), ())
        if moment.of == "notes" and record.notes[moment.index or 0].intervention is not None:
            under.append(now)
            continue
        if line is not None:
            yield replace(line, notes=tuple(under))
        line, under = now, []
    if line is not None:
        yield replace(line, notes=tuple(under))


class _Transcript:
    """Looks up what the record tells of each event."""

    def __init__(
        self, history: History, naming: Naming, record: Record, sources: Sources, notes: dict[str, Note]
    ) -> None:
        self._history, self._naming, self._record, self._sources = history, naming, record, sources
        self._notes = {id_: (index, note) for index, (id_, note) in enumerate(notes.items())}
        self._recommendations = {each.id: index for index, each in enumerate(record.recommendations)}
        self._polls = {each.id: index for index, each in enumerate(record.polls)}
        self._requests = {
            recorded.event.request: sources.indices("requests", recorded.seq)[0]
            for recorded in history.happened
            if isinstance(recorded.event, e.FloorRequested)
        }
        self._rulings = {each.request: index for index, each in enumerate(record.rulings)}
        self._parts: dict[tuple[str, str], int] = {}
        self._apart: list[str] = []
        """Notes of the segment that have no time."""

    def moments(self) -> Iterator[tuple[int | str, Moment]]:
        segments = {span.began_at: index for index, span in enumerate(self._history.spans)}
        for recorded in self._history.happened:
            began = isinstance(recorded.event, e.SegmentBegan) and not self._was_undone(recorded)
            begun = segments.get(recorded.at) if began else None
            if begun is not None or isinstance(recorded.event, e.SessionClosed):
                yield from self._without_time()
            yield from self._of(recorded)
            if begun is not None:
                moment = Moment(at=recorded.at, type=EVENT_NAMES[e.SegmentBegan], of="segments", index=begun)
                yield recorded.seq, moment
        yield from self._without_time()

    def _was_undone(self, recorded: e.Recorded) -> bool:
        return recorded.seq in self._history.undone

    def _of(self, recorded: e.Recorded) -> Iterator[tuple[int | str, Moment]]:
        match recorded.event:
            case e.FloorGiven() as given:
                yield from self._of_an_intervention(recorded, given)
            case e.NoteAdded() as added:
                yield from self._of_a_note(added)
            case _:
                yield from ((recorded.seq, moment) for moment in self._moments_of(recorded))

    def _moments_of(self, recorded: e.Recorded) -> Iterator[Moment]:
        undone, at = self._was_undone(recorded), recorded.at
        type_ = EVENT_NAMES[type(recorded.event)]
        match recorded.event:
            case event if isinstance(event, _OF_THE_SESSION):
                yield Moment(at=at, type=type_, undone=undone)
            case e.RulingMade() as ruled:
                yield from self._of_a_ruling(ruled, at, undone=undone)
            case e.StatementHandedIn() as written:
                person = self._naming.person(self._history.session.requests[written.request].person)
                index = self._requests[written.request]
                yield Moment(at=self._naming.at(person, at), type=type_, of="requests", index=index, undone=undone)
            case event if type(event) in _IN_A_LIST:
                of = _IN_A_LIST[type(event)]
                for index in self._sources.indices(of, recorded.seq):
                    item = getattr(self._record, of)[index]
                    yield Moment(at=item.at, type=type_, of=of, index=index, undone=undone)
            case event if isinstance(event, _OF_A_RECOMMENDATION):
                yield self._of_a_recommendation(event, type_, at, undone=undone)
            case event if isinstance(event, _OF_A_POLL) and event.poll in self._polls:
                yield Moment(at=at, type=type_, of="polls", index=self._polls[event.poll])
            case _:
                pass

    def _of_an_intervention(self, recorded: e.Recorded, given: e.FloorGiven) -> Iterator[tuple[int | str, Moment]]:
        index = self._sources.indices("interventions", recorded.seq)[0]
        at = self._record.interventions[index].started_at
        yield recorded.seq, Moment(at=at, type=EVENT_NAMES[e.FloorGiven], of="interventions", index=index)
        for id_, (number, note) in self._notes.items():
            if note.intervention == given.intervention:
                yield id_, _noted(number, note)

    def _of_a_ruling(self, ruled: e.RulingMade, at: datetime, *, undone: bool) -> Iterator[Moment]:
        request = self._record.requests[self._requests[ruled.request]].id
        if request in self._rulings:
            index = self._rulings[request]
            at = self._record.rulings[index].ruled_at or at
            yield Moment(at=at, type=EVENT_NAMES[e.RulingMade], of="rulings", index=index, undone=undone)

    def _of_a_note(self, event: e.NoteAdded) -> Iterator[tuple[int | str, Moment]]:
        number, note = self._notes.get(event.note, (0, None))
        if note is None or note.intervention is not None:
            return
        if note.added_at is None:
            self._apart.append(event.note)
        else:
            yield event.note, _noted(number, note)

    def _without_time(self) -> Iterator[tuple[int | str, Moment]]:
        """Yield the notes of a segment whose time may not be told, at its end, in the order of the notes."""
        for id_ in sorted(self._apart, key=lambda each: self._notes[each][0]):
            yield id_, _noted(*self._notes[id_])
        self._apart.clear()

    def _of_a_recommendation(self, event: e.RecommendationEvent, type_: str, at: datetime, *, undone: bool) -> Moment:
        """Return the line; how many of a kind there were before says which one it is."""
        index = self._recommendations[event.recommendation]
        told = self._record.recommendations[index]
        if isinstance(event, e.RecommendationProposed):
            return Moment(at=told.proposed_at, type=type_, of="recommendations", index=index, part=0, undone=undone)
        key = event.recommendation, type_
        part = self._parts[key] = self._parts.get(key, _FIRST.get(type(event), -1)) + 1
        if isinstance(event, e.AmendmentProposed):
            at = told.amendments[part].at
        elif isinstance(event, e.PositionTaken):
            at = told.positions[part].at
        return Moment(at=at, type=type_, of="recommendations", index=index, part=part, undone=undone)


def _noted(index: int, note: Note) -> Moment:
    return Moment(at=note.added_at, type=NOTE_ADDED, of="notes", index=index)
