"""What was put right: of people during the session, and of entries of the journal by the secretariat.

A correction of an entry is told where the record tells of the entry. What corrects something that is kept from the reader,
as another's answer, a need, or a note that is not released, is kept from them too.
"""

from collections.abc import Container, Iterator, Mapping
from itertools import chain
from typing import Final

from companion.audiences import attribution
from companion.codec.events import EVENT_NAMES
from companion.core import events as e
from companion.core.state import Session
from companion.record.history import History
from companion.record.model import Correction, EntryCorrection
from companion.record.naming import Naming
from companion.record.sources import Sources

_LINKED: Final = "person"
"""The field of a correction that says who a guest turned out to be."""

_CORRECTED: Final = ("name", "latin_name", "organisation", "group")
_OF_A_NOTE: Final = (e.NoteAdded, e.NoteWritten, e.NoteTyped, e.NoteMarked, e.NoteMoved, e.NoteRemoved, e.NoteReleased)
_OF_A_POLL: Final = (e.PollDrafted, e.PollOpened, e.RoomCounted, e.PollClosed, e.PollPublished, e.PollOutcomeSet)
_ELSEWHERE: Final = ("list_events", "limits", "requests")
"""The lists that tell what the transcript does not."""

_OF_THE_FLOOR: Final = (
    e.FloorGiven,
    e.FloorPaused,
    e.FloorResumed,
    e.FloorExtended,
    e.FloorEnded,
    e.FloorVoided,
    e.FloorGivenBack,
)


def corrections(history: History, naming: Naming) -> Iterator[tuple[int, Correction]]:
    """Yield what was put right of people who are in the record, each with the number of its entry."""
    for then, recorded in history.steps():
        if recorded.seq in history.undone:
            continue
        for field, person, before, after in _changes(history.session, then, recorded.event):
            yield (
                recorded.seq,
                Correction(at=recorded.at, who=naming.who(person), field=field, before=before, after=after),
            )


def _changes(session: Session, then: Session, event: e.Event) -> Iterator[tuple[str, str, str, str]]:
    """Yield (field, person, before, after) of what may be told; who never asked for the floor is not in the record."""
    match event:
        case e.PersonCorrected(person=now) if session.requests_of.get(now.id):
            was, shown = then.people[now.id], attribution.attributed(session, session.people[now.id])
            for name in _CORRECTED:
                old, new = getattr(was, name) or "", getattr(now, name) or ""
                if old != new and getattr(shown, name) is not None:
                    yield name, now.id, old, new
        case e.GuestLinked() if session.requests_of.get(event.person):
            guest, person = then.people[event.guest], then.people[event.person]
            # The guest is shown as the person is, once they are known to be the same.
            shown = attribution.attributed(session, session.people[event.guest])
            if shown.name is not None:
                yield _LINKED, person.id, guest.name, person.name
            elif shown.organisation is not None and guest.organisation not in {"", person.organisation}:
                yield _LINKED, person.id, guest.organisation, person.organisation
        case _:
            pass


class EntryCorrections:
    """Finds out what the record tells of an entry, and where: `lines` of its transcript, by entry or note, and `polls`."""

    def __init__(
        self,
        history: History,
        naming: Naming,
        sources: Sources,
        lines: Mapping[int | str, int],
        polls: Container[str],
    ) -> None:
        self._history, self._naming, self._sources = history, naming, sources
        self._lines, self._polls = lines, polls
        wanted = {recorded.event.seq for recorded in history.happened if isinstance(recorded.event, e.RecordCorrected)}
        self._entries = {
            recorded.seq: recorded for recorded in chain(history.happened, history.typed) if recorded.seq in wanted
        }
        self._given = {
            recorded.event.intervention: recorded.seq
            for recorded in history.happened
            if isinstance(recorded.event, e.FloorGiven)
        }
        self._told: dict[int, int] = {}

    def told(self) -> Iterator[EntryCorrection]:
        """Yield the corrections that may be told."""
        for then, recorded in self._history.steps():
            if not isinstance(recorded.event, e.RecordCorrected):
                continue
            corrected = self._entries.get(recorded.event.seq)
            if corrected is not None and self._is_kept_back(corrected.event):
                continue
            self._told[recorded.seq] = len(self._told)
            yield self._correction(then, recorded, recorded.event, corrected)

    def _correction(
        self, then: Session, recorded: e.Recorded, event: e.RecordCorrected, corrected: e.Recorded | None
    ) -> EntryCorrection:
        type_, of, index = None, None, None
        if corrected is not None:
            type_ = EVENT_NAMES[type(corrected.event)]
            of, index = self._place(corrected) or (None, None)
        # The number of a note's entry tells during whose intervention it was written down.
        tells_when = corrected is None or isinstance(corrected.event, _OF_A_NOTE)
        return EntryCorrection(
            at=recorded.at,
            by=self._naming.role(recorded.by, then=then),
            text=self._naming.text(event.text),
            seq=None if tells_when else event.seq,
            type=type_,
            of=of,
            index=index,
        )

    def _place(self, corrected: e.Recorded) -> tuple[str, int] | None:
        """Return the list that tells of the entry, and where; a line of the transcript if there is one."""
        key: int | str = corrected.seq
        match corrected.event:
            case event if isinstance(event, _OF_A_NOTE):
                key = event.note
            case event if isinstance(event, _OF_THE_FLOOR):
                key = self._given[event.intervention]
            case e.RecordCorrected():
                return "entry_corrections", self._told[corrected.seq]
            case e.SessionScheduled():
                return None
            case _:
                pass
        if key in self._lines:
            return "transcript", self._lines[key]
        return self._sources.find(corrected.seq, _ELSEWHERE)

    def _is_kept_back(self, event: e.Event) -> bool:
        match event:
            case e.LimitSet():
                return event.person is not None
            case e.PollAnswered():
                return True
            case e.PersonEntered() | e.PersonCorrected():
                return not self._is_named(event.person.id)
            case e.GuestLinked():
                return not self._is_named(event.person)
            case e.RecordCorrected():
                corrected = self._entries.get(event.seq)
                return corrected is not None and self._is_kept_back(corrected.event)
            case _ if isinstance(event, _OF_A_NOTE):
                return event.note not in self._lines
            case _:
                return isinstance(event, _OF_A_POLL) and event.poll not in self._polls

    def _is_named(self, person: str) -> bool:
        session = self._history.session
        shown = attribution.attributed(session, session.people[person])
        return shown.name is not None and bool(session.requests_of.get(person))
