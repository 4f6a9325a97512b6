"""What the proceedings of a session consist of: programme, course and settings, list of speakers, floor, display.

Immutable values; `state.py` says how they hang together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from companion.core.events import LimitSet
from companion.core.ids import GroupId, InterventionId, PersonId, Rank, RequestId, SegmentId, SessionId
from companion.core.people import Attendance, StakeholderGroup
from companion.core.procedure import (
    Alarm,
    AttributionMode,
    EarlierShare,
    ListStatus,
    QuotaBy,
    RequestKind,
    RequestList,
    RequestStatus,
    Rule,
    Ruling,
    Segment,
    SessionStatus,
    Showing,
    WhenAbsent,
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
    presiding: PersonId | None = None
    """Who has the moderator's place; None until it was handed to somebody."""
    earlier: tuple[EarlierShare, ...] = ()
    """What was heard in earlier sessions of the workshop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the secretariat may set for the session; `alarms_since` is when the alarms were last set: what would have been due before is not."""

    warning_seconds: int = 30
    attribution_mode: AttributionMode = AttributionMode.ATTRIBUTED
    attribution_mode_panellists: AttributionMode = AttributionMode.ATTRIBUTED
    one_request_each: bool = True
    when_absent: WhenAbsent = WhenAbsent.TO_THE_END
    alarms: tuple[Alarm, ...] = ()
    alarms_since: datetime | None = None
    preset: str | None = None
    participants_may_propose: bool = False
    participants_may_take_positions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A speaking time in seconds, None where there is none; the reason is for the technical audience alone."""

    seconds: int | None = None
    reason: str | None = None


LimitAddress: TypeAlias = str
"""What a speaking time is for: `default`, or a group, a kind of request, a person by its id: `group/ngo`."""

EVERYBODY: Final[LimitAddress] = "default"
SHARED: Final[LimitAddress] = "shared"
"""What time is left, divided among those who wait: no turn is longer, persons' own limits apart."""


def of_group(group: GroupId) -> LimitAddress:
    """Return the address of a stakeholder group's speaking time."""
    return f"group/{group}"


def of_kind(kind: RequestKind) -> LimitAddress:
    """Return the address of the speaking time of a kind of request."""
    return f"kind/{kind.value}"


def of_person(person: PersonId) -> LimitAddress:
    """Return the address of one person's speaking time."""
    return f"person/{person}"


def of_reply(ordinal: int) -> LimitAddress:
    """Return the address of the speaking time of the first or the second right of reply."""
    return f"reply/{ordinal}"


def of_bank(group: GroupId) -> LimitAddress:
    """Return the address of the common time of a stakeholder group."""
    return f"bank/{group}"


def limit_set_by(event: LimitSet) -> LimitAddress:
    """Return which speaking time an event is about."""
    if event.person is not None:
        return of_person(event.person)
    if event.ordinal is not None:
        return of_reply(event.ordinal)
    if event.kind is not None:
        return of_kind(event.kind)
    if event.group is None:
        return EVERYBODY
    return of_bank(event.group) if event.bank else of_group(event.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOfSpeakers:
    """Whether the list takes requests, and by which rule it is ordered; `automatic`: without being asked each time."""

    status: ListStatus = ListStatus.NOT_OPEN
    rule: Rule = Rule.FIRST_COME
    automatic: bool = False
    letter: str | None = None
    by: QuotaBy | None = None
    shares: tuple[tuple[str, int], ...] = ()
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeShare:
    """A proposal to divide what is left of the time among those who wait; none where `seconds` is None."""

    seconds: int | None = None
    names: int = 0
    left_seconds: int = 0
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)  # no slots: see renewal.py
class FloorRequest:
    """One person's ask for the floor; `since` is the number of the event that put it in line, the order of arrival."""

    id: RequestId
    person: PersonId
    list: RequestList
    kind: RequestKind
    status: RequestStatus
    rank: Rank
    requested_at: datetime
    by: PersonId
    since: int = 0
    placed_by: Rule = Rule.FIRST_COME
    absences: int = 0
    sent_back: bool = False
    """Called and not there, and since then at the end of the list: behind those who were not called."""
    exchange_with: RequestId | None = None
    """Whose place it would take in exchange for its own; `exchange_at`: the two ranks then, for which alone the offer stands;
    `offered_by`: who offered theirs, whether or not it still stands."""
    exchange_at: tuple[Rank, Rank] | None = None
    offered_by: tuple[RequestId, ...] = ()
    reply_to: InterventionId | None = None
    text: str | None = None
    """A statement that was handed in; `written`: instead of being delivered."""
    carried_from: tuple[SessionId, RequestId] | None = None
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
    reply_to: InterventionId | None = None
    placed_by: Rule = Rule.FIRST_COME
    suggested: RequestId | None = None
    """Whom the rule in force would have had in this place, where it was somebody else."""
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
