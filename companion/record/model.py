"""What a record says. Attribution has been seen to: a name that may not be published is not in it.

Times are aware and in UTC; durations are seconds. Where nobody is to be recognised, times are whole minutes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from companion.core.people import Role
from companion.core.procedure import AttributionMode, SegmentKind, SessionStatus
from companion.record.model_documents import Moment, Note, Notes, Recommendation
from companion.record.model_figures import Balance, Totals
from companion.record.model_floor import Intervention, Request, RulingGiven, Stretch
from companion.record.model_list import Limit, ListEvent
from companion.record.model_people import Who
from companion.record.model_polls import Poll

SCHEMA: Final = "companion-record"
VERSION: Final = 4
"""Raised when fields are added; none is renamed or taken away, so that a reader of an earlier version reads on.

Who reads version 3 as version 2 has to know: an intervention's `attendance` is None where it may not be told, and a speaking
time without group and kind may be that of a right of reply or of all who share the time.
"""


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
class PresidingPassed:
    """The moderator's place went from one person to another, who has the role `role`; undone: taken back afterwards."""

    at: datetime
    before: Who | None
    who: Who
    role: Role
    by: Role | None
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was put right about a person during the session: the field, and how it read before.

    `field` is `person` where a guest turned out to be somebody: `before` is how the guest was shown.
    """

    at: datetime
    who: Who
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCorrection:
    """With what words the secretariat put right what the record tells of an entry of the journal, which itself stays.

    The entry has the number `seq`, and its event the wire name `type`; it is told by the `index`th of the list `of`. Each is
    None where it would tell more than it may, or where the record tells the entry in no list.
    """

    at: datetime
    by: Role | None
    text: str
    seq: int | None
    type: str | None
    of: str | None
    index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What everybody was told."""

    at: datetime
    text: str


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
    presiding: tuple[PresidingPassed, ...]
    interventions: tuple[Intervention, ...]
    requests: tuple[Request, ...]
    rulings: tuple[RulingGiven, ...]
    list_events: tuple[ListEvent, ...]
    limits: tuple[Limit, ...]
    corrections: tuple[Correction, ...]
    entry_corrections: tuple[EntryCorrection, ...]
    announcements: tuple[Announcement, ...]
    totals: Totals
    balance: tuple[Balance, ...]
    notes_shown: Notes
    notes: tuple[Note, ...]
    recommendations: tuple[Recommendation, ...]
    polls: tuple[Poll, ...]
    transcript: tuple[Moment, ...]
