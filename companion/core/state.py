"""Everything that is true in a session, and the one way to put a changed part back.

Every part is immutable. What can grow into the thousands is a persistent map, so that an event costs the same in a
room of ten and of ten thousand. A part is addressed by a `Ref`, which undo and the audiences use.
"""

from __future__ import annotations  # HashTrieMap cannot be subscripted at run time

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, TypeAlias

from rpds import HashTrieMap

from companion.core.documents import Note, Recommendation
from companion.core.ids import (
    CommandId,
    GroupId,
    InterventionId,
    NoteId,
    PersonId,
    PollId,
    Rank,
    RecommendationId,
    RequestId,
    SegmentId,
    SessionId,
)
from companion.core.people import Attendance, Person, Spoken, StakeholderGroup
from companion.core.polling import Poll
from companion.core.procedure import (
    AttributionMode,
    ListStatus,
    RequestKind,
    RequestList,
    RequestStatus,
    Rule,
    Ruling,
    Segment,
    SessionStatus,
    Showing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What the programme says of the session; fixed when it is prepared."""

    session: SessionId = ""
    workshop: str = ""
    workshop_title: tuple[tuple[str, str], ...] = ()
    number: str = ""
    title: str = ""
    short_title: str = ""
    room: str = ""
    time_zone: str = "UTC"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    segments: tuple[Segment, ...] = ()
    groups: tuple[StakeholderGroup, ...] = ()
    panellists: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How far the session has come."""

    status: SessionStatus = SessionStatus.SCHEDULED
    segment: SegmentId | None = None
    segment_started_at: datetime | None = None
    started_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the secretariat may set for the session."""

    warning_seconds: int = 30
    attribution_mode: AttributionMode = AttributionMode.ATTRIBUTED
    attribution_mode_panellists: AttributionMode = AttributionMode.ATTRIBUTED


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLimit:
    """The speaking time of one person; the reason is for the technical audience alone."""

    seconds: int
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Speaking times in seconds: person over kind over group over default; None: no limit."""

    default: int | None = None
    groups: HashTrieMap[GroupId, int] = HashTrieMap()
    kinds: HashTrieMap[RequestKind, int] = HashTrieMap()
    people: HashTrieMap[PersonId, PersonLimit] = HashTrieMap()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOfSpeakers:
    """Whether the list takes requests, and by which rule it is ordered."""

    status: ListStatus = ListStatus.NOT_OPEN
    rule: Rule = Rule.FIRST_COME
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRequest:
    """One person's ask for the floor."""

    id: RequestId
    person: PersonId
    list: RequestList
    kind: RequestKind
    status: RequestStatus
    rank: Rank
    requested_at: datetime
    by: PersonId
    topic: str | None = None
    on_behalf_of: str | None = None
    language: str | None = None
    segment: SegmentId | None = None
    ready: bool = False
    ended_at: datetime | None = None
    intervention: InterventionId | None = None
    ruling: Ruling | None = None
    ruled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch in which the clock stood; `until` is None while it stands."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """The time that one person held the floor."""

    id: InterventionId
    request: RequestId
    person: PersonId
    list: RequestList
    kind: RequestKind
    attendance: Attendance
    started_at: datetime
    given_by: PersonId
    segment: SegmentId | None = None
    topic: str | None = None
    on_behalf_of: str | None = None
    language: str | None = None
    limit_seconds: int | None = None
    extended_seconds: int = 0
    pauses: tuple[Pause, ...] = ()
    ended_at: datetime | None = None
    void: bool = False

    @property
    def paused_at(self) -> datetime | None:
        """Return since when the clock stands, or None while it runs."""
        return self.pauses[-1].since if self.pauses and self.pauses[-1].until is None else None

    @property
    def paused(self) -> timedelta:
        """Return the time of the pauses that are over."""
        return sum((pause.until - pause.since for pause in self.pauses if pause.until), timedelta(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Who has the floor; `interrupted` waits for a point of order to end and then goes on if it was `running`."""

    intervention: InterventionId | None = None
    interrupted: InterventionId | None = None
    running: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """What the room display shows."""

    what: Showing = Showing.LIST
    ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What everybody is told; an empty text is none."""

    text: str = ""
    at: datetime | None = None


Part: TypeAlias = (
    Course
    | Settings
    | Limits
    | ListOfSpeakers
    | FloorRequest
    | Intervention
    | Floor
    | Display
    | Announcement
    | Person
    | Spoken
    | Note
    | Recommendation
    | Poll
)


class Ref(NamedTuple):
    """The address of a part: the noun, and which one where there are many."""

    noun: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A part as it was before a command (None: it was not there) and after it."""

    ref: Ref
    before: Part | None
    after: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoable:
    """A command of staff that may be taken back: `command` is the sequence number of its first event."""

    command: int
    last: int
    actor: PersonId
    id: CommandId
    type: str
    person: PersonId | None
    images: tuple[Image, ...]


Places: TypeAlias = tuple[tuple[Rank, RequestId], ...]

COURSE: Final = Ref("course")
SETTINGS: Final = Ref("settings")
LIMITS: Final = Ref("limits")
LIST: Final = Ref("list")
FLOOR: Final = Ref("floor")
DISPLAY: Final = Ref("display")
ANNOUNCEMENT: Final = Ref("announcement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One agenda item's panel, as it stands after event `seq`.

    `waiting` holds, for each list, the places in order; `requests_of` the requests of each person, oldest first;
    `ended` the interventions that are over, oldest first. All three follow from the maps and are kept by `put`.
    """

    seq: int = 0
    programme: Programme = Programme()
    course: Course = Course()
    settings: Settings = Settings()
    limits: Limits = Limits()
    list: ListOfSpeakers = ListOfSpeakers()
    floor: Floor = Floor()
    notes: HashTrieMap[NoteId, Note] = HashTrieMap()
    note_places: Places = ()
    recommendations: HashTrieMap[RecommendationId, Recommendation] = HashTrieMap()
    polls: HashTrieMap[PollId, Poll] = HashTrieMap()
    display: Display = Display()
    announcement: Announcement = Announcement()
    people: HashTrieMap[PersonId, Person] = HashTrieMap()
    spoken: HashTrieMap[PersonId, Spoken] = HashTrieMap()
    requests: HashTrieMap[RequestId, FloorRequest] = HashTrieMap()
    interventions: HashTrieMap[InterventionId, Intervention] = HashTrieMap()
    waiting: HashTrieMap[RequestList, Places] = HashTrieMap()
    requests_of: HashTrieMap[PersonId, tuple[RequestId, ...]] = HashTrieMap()
    ended: tuple[InterventionId, ...] = ()
    undo: tuple[Undoable, ...] = ()

    @property
    def id(self) -> SessionId:
        """Return the session's identifier."""
        return self.programme.session

    def places(self, which: RequestList) -> Places:
        """Return the (rank, request) of those who wait on a list, first in line first."""
        return self.waiting.get(which, ())

    def requests_by(self, person: PersonId) -> tuple[FloorRequest, ...]:
        """Return all requests of a person, oldest first."""
        return tuple(self.requests[request] for request in self.requests_of.get(person, ()))

    @property
    def speaking(self) -> Intervention | None:
        """Return the intervention that has the floor."""
        return self.interventions[self.floor.intervention] if self.floor.intervention else None


def part(session: Session, ref: Ref) -> Part | None:
    """Return the part at `ref`, or None where there is none."""
    match ref.noun:
        case "request":
            return session.requests.get(ref.id)
        case "intervention":
            return session.interventions.get(ref.id)
        case "person":
            return session.people.get(ref.id)
        case "note":
            return session.notes.get(ref.id)
        case "recommendation":
            return session.recommendations.get(ref.id)
        case "poll":
            return session.polls.get(ref.id)
        case "spoken":
            return session.spoken.get(ref.id, Spoken())
        case _:
            only: Part = getattr(session, ref.noun)
            return only


def put(session: Session, ref: Ref, value: Part) -> Session:
    """Return the session with `value` put back at `ref`; polls never are."""
    match value:
        case FloorRequest():
            return put_request(session, value)
        case Intervention():
            return put_intervention(session, value)
        case Person():
            return replace(session, people=session.people.insert(value.id, value))
        case Note():
            return put_note(session, value)
        case Recommendation():
            return replace(session, recommendations=session.recommendations.insert(value.id, value))
        case Spoken():
            return replace(session, spoken=session.spoken.insert(ref.id, value))
        case _:
            only: dict[str, Any] = {ref.noun: value}
            return replace(session, **only)


def put_request(session: Session, request: FloorRequest) -> Session:
    """Return the session with `request` in it, and in its place on the list if it waits."""
    before = session.requests.get(request.id)
    waiting = session.waiting
    if before is not None and before.status is RequestStatus.WAITING:
        waiting = waiting.insert(before.list, _without(waiting[before.list], (before.rank, before.id)))
    if request.status is RequestStatus.WAITING:
        waiting = waiting.insert(request.list, _with(waiting.get(request.list, ()), (request.rank, request.id)))
    requests_of = session.requests_of
    if before is None:
        requests_of = requests_of.insert(request.person, (*requests_of.get(request.person, ()), request.id))
    return replace(
        session, requests=session.requests.insert(request.id, request), waiting=waiting, requests_of=requests_of
    )


def put_note(session: Session, note: Note) -> Session:
    """Return the session with `note` in it, and in its place unless it was removed."""
    before, places = session.notes.get(note.id), session.note_places
    if before is not None and not before.removed:
        places = _without(places, (before.rank, before.id))
    if not note.removed:
        places = _with(places, (note.rank, note.id))
    return replace(session, notes=session.notes.insert(note.id, note), note_places=places)


def put_intervention(session: Session, intervention: Intervention) -> Session:
    """Return the session with `intervention` in it, and among those that ended if it is over and not void."""
    before = session.interventions.get(intervention.id)
    counted = before is not None and _counts(before)
    ended = session.ended
    if _counts(intervention) and not counted:
        ended = (*ended, intervention.id)
    elif counted and not _counts(intervention):
        ended = tuple(each for each in ended if each != intervention.id)
    return replace(session, interventions=session.interventions.insert(intervention.id, intervention), ended=ended)


def _counts(intervention: Intervention) -> bool:
    return intervention.ended_at is not None and not intervention.void


def _with(places: Places, place: tuple[Rank, str]) -> Places:
    at = bisect_left(places, place)
    return (*places[:at], place, *places[at:])


def _without(places: Places, place: tuple[Rank, str]) -> Places:
    at = bisect_left(places, place)
    return places[:at] + places[at + 1 :]
