"""The course of a session in time: one line for whatever a reader of the record wants to come across where it happened.

Requests and moves on the list of speakers, answers in polls and what is only for the screens stand elsewhere, or nowhere.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from companion.codec.events import EVENT_NAMES
from companion.core import events as e
from companion.core.procedure import RequestList
from companion.record.history import History
from companion.record.model import Record
from companion.record.model_documents import Moment, Note

NOTE_ADDED: Final = EVENT_NAMES[e.NoteAdded]
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
_OF_A_POLL: Final = (e.PollOpened, e.RoomCounted, e.PollClosed, e.PollPublished, e.PollOutcomeSet)


def transcript(history: History, record: Record, notes: dict[str, Note]) -> tuple[Moment, ...]:
    """Return the lines in the order in which things happened, notes under their interventions.

    `notes` are those of the record, by the ids that the session has.
    """
    return tuple(_Transcript(history, record, notes).moments())


def lines(record: Record) -> Iterator[tuple[Moment, tuple[Moment, ...]]]:
    """Yield the lines of a transcript; with that of an intervention, those of the notes under it."""
    under: list[Moment] = []
    line: Moment | None = None
    for moment in record.transcript:
        if moment.of == "notes" and record.notes[moment.index or 0].intervention is not None:
            under.append(moment)
            continue
        if line is not None:
            yield line, tuple(under)
        line, under = moment, []
    if line is not None:
        yield line, tuple(under)


class _Transcript:
    """Looks up what the record tells of each event."""

    def __init__(self, history: History, record: Record, notes: dict[str, Note]) -> None:
        self._history, self._record = history, record
        self._notes = {id_: (index, note) for index, (id_, note) in enumerate(notes.items())}
        self._interventions = {each.id: index for index, each in enumerate(record.interventions)}
        self._recommendations = {each.id: index for index, each in enumerate(record.recommendations)}
        self._polls = {each.id: index for index, each in enumerate(record.polls)}
        self._statuses = dict.fromkeys(self._recommendations, 0)
        self._apart: list[int] = []
        """Notes of the segment that have no time."""
        self._corrections = 0
        self._announcements = 0

    def moments(self) -> Iterator[Moment]:
        segments = {span.began_at: index for index, span in enumerate(self._history.spans)}
        for recorded in self._history.happened:
            began = isinstance(recorded.event, e.SegmentBegan) and not self._was_undone(recorded)
            begun = segments.get(recorded.at) if began else None
            if begun is not None or isinstance(recorded.event, e.SessionClosed):
                yield from self._without_time()
            yield from self._of(recorded)
            if begun is not None:
                yield Moment(at=recorded.at, type=EVENT_NAMES[e.SegmentBegan], of="segments", index=begun)
        yield from self._without_time()

    def _was_undone(self, recorded: e.Recorded) -> bool:
        return recorded.seq in self._history.undone

    def _of(self, recorded: e.Recorded) -> Iterator[Moment]:
        match recorded.event:
            case event if isinstance(event, _OF_THE_SESSION):
                undone = self._was_undone(recorded)
                yield Moment(at=recorded.at, type=EVENT_NAMES[type(event)], undone=undone)
            case e.FloorGiven() | e.RulingMade():
                yield from self._of_the_floor(recorded, recorded.event)
            case e.NoteAdded() as added:
                yield from self._of_a_note(added)
            case e.RecommendationProposed() | e.RecommendationRevised() | e.RecommendationStatusChanged():
                yield from self._of_a_recommendation(recorded, recorded.event)
            case e.Announced() as announced if announced.text:
                yield Moment(at=recorded.at, type="announced", of="announcements", index=self._announcements)
                self._announcements += 1
            case e.PersonCorrected():
                yield from self._of_a_correction(recorded)
            case event if isinstance(event, _OF_A_POLL) and event.poll in self._polls:
                index = self._polls[event.poll]
                yield Moment(at=recorded.at, type=EVENT_NAMES[type(event)], of="polls", index=index)
            case _:
                pass

    def _of_the_floor(self, recorded: e.Recorded, event: e.FloorGiven | e.RulingMade) -> Iterator[Moment]:
        type_ = EVENT_NAMES[type(event)]
        if isinstance(event, e.RulingMade):
            request = self._history.session.requests[event.request]
            rulings = [ruling.request for ruling in self._record.rulings]
            if request.list is RequestList.ORDER and event.request in rulings:
                index = rulings.index(event.request)
                at = self._record.rulings[index].ruled_at or recorded.at
                yield Moment(at=at, type=type_, of="rulings", index=index, undone=self._was_undone(recorded))
            return
        index = self._interventions[event.intervention]
        yield Moment(at=self._record.interventions[index].started_at, type=type_, of="interventions", index=index)
        for number, note in self._notes.values():
            if note.intervention == event.intervention:
                yield _noted(number, note)

    def _of_a_note(self, event: e.NoteAdded) -> Iterator[Moment]:
        number, note = self._notes.get(event.note, (0, None))
        if note is None or note.intervention is not None:
            return
        if note.added_at is None:
            self._apart.append(number)
        else:
            yield _noted(number, note)

    def _without_time(self) -> Iterator[Moment]:
        """Yield the notes of a segment whose time may not be told, at its end, in the order of the notes."""
        for number in sorted(self._apart):
            yield _noted(number, self._record.notes[number])
        self._apart.clear()

    def _of_a_recommendation(
        self,
        recorded: e.Recorded,
        event: e.RecommendationProposed | e.RecommendationRevised | e.RecommendationStatusChanged,
    ) -> Iterator[Moment]:
        index = self._recommendations[event.recommendation]
        versions = self._record.recommendations[index].versions
        part = 0
        if isinstance(event, e.RecommendationRevised):
            part = [version.number for version in versions].index(event.version)
        elif isinstance(event, e.RecommendationStatusChanged):
            self._statuses[event.recommendation] += 1
            part = self._statuses[event.recommendation]
        moment = Moment(at=recorded.at, type=EVENT_NAMES[type(event)], of="recommendations", index=index, part=part)
        yield replace(moment, undone=self._was_undone(recorded))

    def _of_a_correction(self, recorded: e.Recorded) -> Iterator[Moment]:
        """Yield what of a person was corrected, if it stands in the record; the corrections there are in order."""
        corrections = self._record.corrections
        while self._corrections < len(corrections) and corrections[self._corrections].at == recorded.at:
            if self._was_undone(recorded):
                return
            yield Moment(at=recorded.at, type=EVENT_NAMES[e.PersonCorrected], of="corrections", index=self._corrections)
            self._corrections += 1


def _noted(index: int, note: Note) -> Moment:
    return Moment(at=note.added_at, type=NOTE_ADDED, of="notes", index=index)
