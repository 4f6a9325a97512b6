"""What a record says of the floor: requests for it, interventions, rulings."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from companion.core.people import Attendance, Role
from companion.core.procedure import RequestKind, RequestList, RequestStatus, Rule, Ruling
from companion.record.model_people import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of time: a break, or a pause of a speaker's clock; `until` None: it goes on."""

    since: datetime
    until: datetime | None


class VoidReason(StrEnum):
    """Why an intervention counts nowhere: it was taken back, or whoever was called was not there."""

    UNDONE = "undone"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """The time that one person held the floor, given by whoever had the role `given_by`. Void: it counts nowhere.

    `rule` was in force as the floor was given; `suggested` is the request that it would have had, where that is another one.
    `placed_by` is the rule that gave the request its place. None: not told, or, of an old journal, not known. `notes` are those
    that stand under it.
    """

    id: str
    request: str
    segment: str | None
    who: Who
    kind: RequestKind
    on_behalf_of: str | None
    topic: str | None
    language: str | None
    attendance: Attendance | None
    reply_to: str | None
    requested_at: datetime
    placed_at: datetime | None
    placed_by: Rule | None
    rule: Rule | None
    suggested: str | None
    given_by: Role | None
    started_at: datetime
    pauses: tuple[Stretch, ...]
    ended_at: datetime | None
    allotted_seconds: int | None
    extended_seconds: int
    spoken_seconds: float
    ruling: Ruling | None
    void: bool
    void_reason: VoidReason | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One ask for the floor, and what became of it. `by`: the role of staff who put the person on the list.

    `text` is the statement that was handed in instead of being delivered; `reply_to` an intervention, `carried_from` the
    session in which the request was not reached; `absences` how often the person was called and not there.
    """

    id: str
    who: Who
    list: RequestList
    kind: RequestKind
    on_behalf_of: str | None
    topic: str | None
    language: str | None
    reply_to: str | None
    carried_from: str | None
    requested_at: datetime
    placed_at: datetime | None
    placed_by: Rule | None
    by: Role | None
    absences: int
    status: RequestStatus
    text: str | None
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
