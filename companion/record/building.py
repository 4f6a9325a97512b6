"""The record of a session, built from the entries of its journal."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from companion.audiences import attribution
from companion.codec.events import EVENT_NAMES
from companion.core import events as e
from companion.core import speaking_time
from companion.core.ids import SYSTEM, RequestId
from companion.core.people import Attendance, Person
from companion.core.procedure import RequestList, RequestStatus
from companion.core.proceedings import FloorRequest
from companion.core.proceedings import Intervention as Held
from companion.core.state import Session
from companion.record import history as histories
from companion.record.documents import documents
from companion.record.history import History
from companion.record.model import (
    SCHEMA,
    VERSION,
    About,
    Announcement,
    Correction,
    Group,
    Head,
    Intervention,
    Limit,
    ListEvent,
    Record,
    Request,
    RulingGiven,
    SegmentStretch,
    Share,
    Stretch,
    Totals,
    Workshop,
)
from companion.record.model_documents import Notes
from companion.record.naming import Naming
from companion.record.polls import polls
from companion.record.transcript import transcript
from companion.store.journal import Entry

_ON_THE_LIST: Final = (
    e.RequestChanged,
    e.RequestWithdrawn,
    e.RequestMoved,
    e.RequestHeld,
    e.RequestReleased,
    e.RequestNotReached,
    e.FloorRequested,
)
_CORRECTED: Final = ("name", "latin_name", "organisation", "group")


def build(entries: Iterable[Entry], notes: Notes = Notes.RELEASED) -> Record:
    """Return the record of the session that the entries are the journal of; with all notes it is for staff.

    Raises `NothingRecorded` where there are none, and `UnknownEvent` for one of a later version.
    """
    return _Builder(histories.read(entries), notes).record()


class _Builder:
    """Holds the history while its record is put together."""

    def __init__(self, history: History, notes: Notes) -> None:
        self._history = history
        self._notes = notes
        self._session: Session = history.session
        self._naming = Naming(history)
        self._placed = dict(_placed(history))

    def record(self) -> Record:
        session, history, naming = self._session, self._history, self._naming
        polled = polls(history, naming, self._notes)
        texts = documents(history, naming, self._notes, polled)
        record = Record(
            schema=SCHEMA,
            version=VERSION,
            as_of=self._history.as_of,
            head=Head(seq=self._history.seq, chain=self._history.chain),
            workshop=Workshop(
                id=session.programme.workshop,
                title=dict(session.programme.workshop_title),
                room=session.programme.room,
                time_zone=session.programme.time_zone,
            ),
            session=self._about(),
            groups=tuple(Group(id=group.id, name=dict(group.name)) for group in session.programme.groups),
            segments=self._segments(),
            breaks=tuple(Stretch(since=each.since, until=each.until) for each in self._history.breaks),
            requests=tuple(self._request(request) for request in self._requests()),
            interventions=tuple(self._intervention(held) for held in self._held()),
            rulings=tuple(self._rulings()),
            list_events=tuple(self._list_events()),
            limits=tuple(self._limits()),
            corrections=tuple(self._corrections()),
            announcements=tuple(self._announcements()),
            totals=self._totals(),
            notes_shown=self._notes,
            notes=tuple(texts.notes.values()),
            recommendations=tuple(texts.recommendations.values()),
            polls=tuple(polled.values()),
            transcript=(),
        )
        return replace(record, transcript=transcript(history, record, texts.notes))

    def _about(self) -> About:
        programme, course, settings = self._session.programme, self._session.course, self._session.settings
        return About(
            id=programme.session,
            number=programme.number,
            title=programme.title,
            status=course.status,
            scheduled_start=programme.starts_at,
            scheduled_end=programme.ends_at,
            started_at=course.started_at,
            closed_at=course.closed_at,
            attribution_mode=settings.attribution_mode,
            attribution_mode_panellists=settings.attribution_mode_panellists,
        )

    def _segments(self) -> tuple[SegmentStretch, ...]:
        kinds = {segment.id: segment.kind for segment in self._session.programme.segments}
        return tuple(
            SegmentStretch(
                segment=span.segment, kind=kinds[span.segment], began_at=span.began_at, ended_at=span.ended_at
            )
            for span in self._history.spans
        )

    # The list

    def _requests(self) -> Iterator[FloorRequest]:
        """Yield all requests in the order in which they were made."""
        for recorded in self._history.happened:
            if isinstance(recorded.event, e.FloorRequested):
                yield self._session.requests[recorded.event.request]

    def _request(self, request: FloorRequest) -> Request:
        person = self._naming.person(request.person)
        return Request(
            id=request.id,
            who=self._naming.who(person.id),
            list=request.list,
            kind=request.kind,
            on_behalf_of=self._naming.said(person, request.on_behalf_of),
            topic=self._naming.said(person, request.topic),
            language=self._naming.said(person, request.language),
            requested_at=self._naming.at(person, request.requested_at),
            placed_at=self._naming.at_or_none(person, self._placed.get(request.id)),
            by=self._naming.role(request.by, person.id),
            status=request.status,
            ended_at=self._naming.at_or_none(person, request.ended_at),
        )

    def _rulings(self) -> Iterator[RulingGiven]:
        heard = {RequestStatus.SPEAKING, RequestStatus.DELIVERED}
        for request in self._requests():
            if request.list is not RequestList.ORDER or request.status not in heard:
                continue
            person = self._naming.person(request.person)
            yield RulingGiven(
                request=request.id,
                who=self._naming.who(person.id),
                kind=request.kind,
                topic=self._naming.said(person, request.topic),
                asked_at=self._naming.at(person, request.requested_at),
                ruling=request.ruling,
                ruled_at=self._naming.at_or_none(person, request.ruled_at),
            )

    def _list_events(self) -> Iterator[ListEvent]:
        """Yield what people did; those who were inscribed with the programme stand among the requests."""
        for recorded in self._history.happened:
            event, undone = recorded.event, recorded.seq in self._history.undone
            if isinstance(event, e.ListOpened | e.ListClosed):
                yield ListEvent(
                    at=recorded.at,
                    type=EVENT_NAMES[type(event)],
                    by=self._naming.role(recorded.by),
                    request=None,
                    who=None,
                    undone=undone,
                )
            elif isinstance(event, _ON_THE_LIST) and recorded.by != SYSTEM:
                person = self._naming.person(self._session.requests[event.request].person)
                yield ListEvent(
                    at=self._naming.at(person, recorded.at),
                    type=EVENT_NAMES[type(event)],
                    by=self._naming.role(recorded.by, person.id),
                    request=event.request,
                    who=self._naming.who(person.id),
                    undone=undone,
                )

    def _limits(self) -> Iterator[Limit]:
        """Yield the speaking times; not those of one person, which may tell of a need that is nobody's business."""
        for recorded in self._history.happened:
            event, at = recorded.event, recorded.at
            if isinstance(event, e.SessionScheduled):
                yield Limit(at=at, group=None, kind=None, seconds=event.default_seconds, undone=False)
                for group, seconds in event.group_seconds:
                    yield Limit(at=at, group=group, kind=None, seconds=seconds, undone=False)
                for kind, seconds in event.kind_seconds:
                    yield Limit(at=at, group=None, kind=kind, seconds=seconds, undone=False)
            elif isinstance(event, e.LimitSet) and event.person is None:
                undone = recorded.seq in self._history.undone
                yield Limit(at=at, group=event.group, kind=event.kind, seconds=event.seconds, undone=undone)

    # The floor

    def _held(self) -> Iterator[Held]:
        """Yield all interventions in the order in which the floor was given, void ones too."""
        for recorded in self._history.happened:
            if isinstance(recorded.event, e.FloorGiven):
                yield self._session.interventions[recorded.event.intervention]

    def _intervention(self, held: Held) -> Intervention:
        request = self._session.requests[held.request]
        person = self._naming.person(request.person)
        return Intervention(
            id=held.id,
            request=held.request,
            segment=held.segment,
            who=self._naming.who(person.id),
            kind=held.kind,
            on_behalf_of=self._naming.said(person, held.on_behalf_of),
            topic=self._naming.said(person, held.topic),
            language=self._naming.said(person, held.language),
            attendance=held.attendance,
            requested_at=self._naming.at(person, request.requested_at),
            placed_at=self._naming.at_or_none(person, self._placed.get(request.id)),
            started_at=self._naming.at(person, held.started_at),
            pauses=tuple(
                Stretch(since=self._naming.at(person, pause.since), until=self._naming.at_or_none(person, pause.until))
                for pause in held.pauses
            ),
            ended_at=self._naming.at_or_none(person, held.ended_at),
            allotted_seconds=held.limit_seconds,
            extended_seconds=held.extended_seconds,
            spoken_seconds=self._seconds(person, held),
            ruling=None if held.void else request.ruling,
            void=held.void,
        )

    def _seconds(self, person: Person, held: Held) -> float:
        seconds = self._spoken(held).total_seconds()
        return seconds if self._naming.is_traceable(person) else round(seconds / 60) * 60.0

    def _spoken(self, held: Held) -> timedelta:
        return speaking_time.spoken(held, at=self._history.as_of)

    # People and announcements

    def _corrections(self) -> Iterator[Correction]:
        for before, recorded in zip(self._history.before, self._history.happened, strict=True):
            event = recorded.event
            if not isinstance(event, e.PersonCorrected) or recorded.seq in self._history.undone:
                continue
            was = before.people[event.person.id]
            for name in _CORRECTED:
                old, new = getattr(was, name) or "", getattr(event.person, name) or ""
                if old != new and self._may_correct(event.person.id, name):
                    yield Correction(
                        at=recorded.at, who=self._naming.who(event.person.id), field=name, before=old, after=new
                    )

    def _may_correct(self, person: str, name: str) -> bool:
        """Return whether this of a person is shown at all; those who never asked for the floor are not in the record."""
        if not self._session.requests_of.get(person):
            return False
        shown = attribution.attributed(self._session, self._session.people[person])
        return getattr(shown, name) is not None

    def _announcements(self) -> Iterator[Announcement]:
        for recorded in self._history.happened:
            if isinstance(recorded.event, e.Announced) and recorded.event.text:
                yield Announcement(at=recorded.at, text=self._naming.text(recorded.event.text))

    # Figures

    def _totals(self) -> Totals:
        held = [each for each in self._held() if not each.void]
        spoke = [each for each in held if each.list is not RequestList.ORDER]
        requests = self._session.requests.values()
        whole = self._share("", spoke)
        groups = [group.id for group in self._session.programme.groups]
        by_group = [self._share(group, [each for each in spoke if self._group_of(each) == group]) for group in groups]
        ways = [self._share(way.value, [each for each in spoke if each.attendance is way]) for way in Attendance]
        return Totals(
            interventions=whole.interventions,
            speakers=whole.speakers,
            spoken_seconds=whole.spoken_seconds,
            points_of_order=len(held) - len(spoke),
            not_reached=sum(request.status is RequestStatus.NOT_REACHED for request in requests),
            by_group=self._revealing_nobody(by_group),
            by_attendance=self._revealing_nobody(ways),
        )

    def _share(self, what: str, spoke: list[Held]) -> Share:
        return Share(
            what=what,
            speakers=len({each.person for each in spoke}),
            interventions=len(spoke),
            spoken_seconds=sum((self._spoken(each) for each in spoke), timedelta(0)).total_seconds(),
        )

    def _revealing_nobody(self, shares: list[Share]) -> tuple[Share, ...]:
        """Return the shares of those who spoke; all or none, since one that is missing is the difference of the others."""
        spoken = [share for share in shares if share.interventions]
        open_ = all(attribution.may_show_figures(self._session, share.speakers) for share in spoken)
        return tuple(spoken) if open_ else ()

    def _group_of(self, held: Held) -> str | None:
        return self._session.people[held.person].group


def _placed(history: History) -> Iterator[tuple[RequestId, datetime]]:
    """Yield when each request first stood on the list: as it was made, or as the one inscribed for later was released."""
    seen: set[RequestId] = set()
    for recorded in history.happened:
        event = recorded.event
        placed = isinstance(event, e.RequestReleased) or (isinstance(event, e.FloorRequested) and not event.held)
        if placed and isinstance(event, e.RequestReleased | e.FloorRequested) and event.request not in seen:
            seen.add(event.request)
            yield event.request, recorded.at
