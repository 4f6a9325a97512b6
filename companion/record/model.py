"""What a record says. Attribution has been seen to: a name that may not be published is not in it.

Times are aware and in UTC; durations are seconds. Where nobody is to be recognised, times are whole minutes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from companion.core.people import Attendance, Role
from companion.core.procedure import (
    AttributionMode,
    RequestKind,
    RequestList,
    RequestStatus,
    Ruling,
    SegmentKind,
    SessionStatus,
)
from companion.record.model_documents import Moment, Note, Notes, Recommendation
from companion.record.model_people import Who
from companion.record.model_polls import Poll

SCHEMA: Final = "companion-record"
VERSION: Final = 2
"""Raised when fields are added; none is renamed or taken away, so that a reader of an earlier version reads on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A stakeholder group; `name` is by language."""

    id: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last entry of the journal, to compare with a copy kept elsewhere."""

    seq: int
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """The workshop; `title` is by language."""

    id: str
    title: dict[str, str]
    room: str
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The session: what the programme says, and how far it has come."""

    id: str
    number: str
    title: str
    status: SessionStatus
    scheduled_start: datetime | None
    scheduled_end: datetime | None
    started_at: datetime | None
    closed_at: datetime | None
    attribution_mode: AttributionMode
    attribution_mode_panellists: AttributionMode


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentStretch:
    """A segment from its beginning to its end; `ended_at` None: it goes on."""

    segment: str
    kind: SegmentKind
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of time: a break, or a pause of a speaker's clock; `until` None: it goes on."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """The time that one person held the floor. Void: given by mistake and taken back; it counts nowhere."""

    id: str
    request: str
    segment: str | None
    who: Who
    kind: RequestKind
    on_behalf_of: str | None
    topic: str | None
    language: str | None
    attendance: Attendance
    requested_at: datetime
    placed_at: datetime | None
    started_at: datetime
    pauses: tuple[Stretch, ...]
    ended_at: datetime | None
    allotted_seconds: int | None
    extended_seconds: int
    spoken_seconds: float
    ruling: Ruling | None
    void: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One ask for the floor, and what became of it. `by`: the role of staff who put the person on the list."""

    id: str
    who: Who
    list: RequestList
    kind: RequestKind
    on_behalf_of: str | None
    topic: str | None
    language: str | None
    requested_at: datetime
    placed_at: datetime | None
    by: Role | None
    status: RequestStatus
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingGiven:
    """A point of order, or a procedural motion, that was heard; `ruling` None: nothing was decided on it."""

    request: str
    who: Who
    kind: RequestKind
    topic: str | None
    asked_at: datetime
    ruling: Ruling | None
    ruled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEvent:
    """Something that happened to the list of speakers, by wire name; undone: taken back afterwards."""

    at: datetime
    type: str
    by: Role | None
    request: str | None
    who: Who | None
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A speaking time from `at` on; neither group nor kind: the default. `seconds` None: none."""

    at: datetime
    group: str | None
    kind: RequestKind | None
    seconds: int | None
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was put right about a person during the session: the field, and how it read before."""

    at: datetime
    who: Who
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What everybody was told."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often and how long some of those who spoke did; points of order and void interventions apart."""

    what: str
    speakers: int
    interventions: int
    spoken_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The whole session, then by stakeholder group and by attendance."""

    interventions: int
    speakers: int
    spoken_seconds: float
    points_of_order: int
    not_reached: int
    by_group: tuple[Share, ...]
    by_attendance: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The record of one session, as of `as_of`: its last entry.

    `transcript` is all of it in time; with `notes_shown` `all` it is for staff, who see what is not released or published yet.
    """

    schema: str
    version: int
    as_of: datetime
    head: Head
    workshop: Workshop
    session: About
    groups: tuple[Group, ...]
    segments: tuple[SegmentStretch, ...]
    breaks: tuple[Stretch, ...]
    interventions: tuple[Intervention, ...]
    requests: tuple[Request, ...]
    rulings: tuple[RulingGiven, ...]
    list_events: tuple[ListEvent, ...]
    limits: tuple[Limit, ...]
    corrections: tuple[Correction, ...]
    announcements: tuple[Announcement, ...]
    totals: Totals
    notes_shown: Notes
    notes: tuple[Note, ...]
    recommendations: tuple[Recommendation, ...]
    polls: tuple[Poll, ...]
    transcript: tuple[Moment, ...]
