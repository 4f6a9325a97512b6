"""Everything that is true in a session, and the one way to put a changed part back.

Every part is immutable. What can grow into the thousands is a persistent map, so that an event costs the same in a
room of ten and of ten thousand. A part is addressed by a `Ref`, which undo and the audiences use.
"""

from __future__ import annotations  # HashTrieMap cannot be subscripted at run time

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias

from rpds import HashTrieMap, HashTrieSet

from companion.core.documents import Amendment, Note, Position, Recommendation
from companion.core.ids import (
    AmendmentId,
    CommandId,
    InterventionId,
    NoteId,
    PersonId,
    PollId,
    Rank,
    RecommendationId,
    RequestId,
    SessionId,
)
from companion.core.people import Person, Spoken
from companion.core.polling import Poll
from companion.core.procedure import RequestList, RequestStatus
from companion.core.proceedings import (
    Announcement,
    Course,
    Display,
    Floor,
    FloorRequest,
    Intervention,
    Limit,
    LimitAddress,
    ListOfSpeakers,
    Programme,
    Settings,
    TimeShare,
)
from companion.core.reckoned import Reckoning
from companion.core.renewal import replace

Part: TypeAlias = (
    Course
    | Settings
    | Limit
    | ListOfSpeakers
    | TimeShare
    | FloorRequest
    | Intervention
    | Floor
    | Display
    | Announcement
    | Person
    | Spoken
    | Note
    | Recommendation
    | Amendment
    | Position
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
LIST: Final = Ref("list")
SHARE: Final = Ref("share")
FLOOR: Final = Ref("floor")
DISPLAY: Final = Ref("display")
ANNOUNCEMENT: Final = Ref("announcement")


@dataclass(frozen=True, kw_only=True)  # no slots: see renewal.py
class Session:
    """One agenda item's panel, as it stands after event `seq`, which happened at `at`.

    `waiting` holds, for each list, the places of those who wait, in order; `ranked` those of all that were ever on it;
    `requests_of` the requests of each person, oldest first; `ended` the interventions that are over, oldest first. They
    follow from the maps and are kept by `put`; `reckoning` follows too and is kept by `session.evolve`. `positions` stand
    under `position_of`. `amendments_to` are those to a recommendation, oldest first, `positions_on` who has ever taken one;
    `recommendations_of` what each person has put forward, amended or taken a position on: kept by `recommendations.evolve`.
    """

    seq: int = 0
    at: datetime | None = None
    programme: Programme = Programme()
    course: Course = Course()
    settings: Settings = Settings()
    limits: HashTrieMap[LimitAddress, Limit] = HashTrieMap()
    list: ListOfSpeakers = ListOfSpeakers()
    share: TimeShare = TimeShare()
    floor: Floor = Floor()
    notes: HashTrieMap[NoteId, Note] = HashTrieMap()
    note_places: Places = ()
    recommendations: HashTrieMap[RecommendationId, Recommendation] = HashTrieMap()
    amendments: HashTrieMap[AmendmentId, Amendment] = HashTrieMap()
    positions: HashTrieMap[str, Position] = HashTrieMap()
    amendments_to: HashTrieMap[RecommendationId, tuple[AmendmentId, ...]] = HashTrieMap()
    positions_on: HashTrieMap[RecommendationId, HashTrieSet[PersonId]] = HashTrieMap()
    recommendations_of: HashTrieMap[PersonId, tuple[RecommendationId, ...]] = HashTrieMap()
    polls: HashTrieMap[PollId, Poll] = HashTrieMap()
    display: Display = Display()
    announcement: Announcement = Announcement()
    people: HashTrieMap[PersonId, Person] = HashTrieMap()
    spoken: HashTrieMap[PersonId, Spoken] = HashTrieMap()
    requests: HashTrieMap[RequestId, FloorRequest] = HashTrieMap()
    interventions: HashTrieMap[InterventionId, Intervention] = HashTrieMap()
    waiting: HashTrieMap[RequestList, Places] = HashTrieMap()
    ranked: HashTrieMap[RequestList, Places] = HashTrieMap()
    requests_of: HashTrieMap[PersonId, tuple[RequestId, ...]] = HashTrieMap()
    ended: tuple[InterventionId, ...] = ()
    reckoning: Reckoning = Reckoning()
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

    def recognised(self, person: PersonId) -> PersonId:
        """Return who somebody is: a guest who was recognised is the person of the list, everybody else themselves."""
        known = self.people.get(person)
        return person if known is None or known.linked_to is None else known.linked_to

    @property
    def speaking(self) -> Intervention | None:
        """Return the intervention that has the floor."""
        return self.interventions[self.floor.intervention] if self.floor.intervention else None


_MANY: Final = {
    "request": "requests",
    "intervention": "interventions",
    "person": "people",
    "note": "notes",
    "recommendation": "recommendations",
    "amendment": "amendments",
    "position": "positions",
    "poll": "polls",
    "limit": "limits",
    "spoken": "spoken",
}
"""The nouns of which there are many, and where they are kept."""

_IF_NONE: Final[dict[str, Part]] = {"limit": Limit(), "spoken": Spoken()}


def position_of(recommendation: RecommendationId, person: PersonId) -> str:
    """Return where somebody's position on a recommendation is kept."""
    return f"{recommendation}/{person}"


def part(session: Session, ref: Ref) -> Part | None:
    """Return the part at `ref`, or None where there is none."""
    if ref.noun not in _MANY:
        only: Part = getattr(session, ref.noun)
        return only
    many: HashTrieMap[str, Part] = getattr(session, _MANY[ref.noun])
    return many.get(ref.id, _IF_NONE.get(ref.noun))


def put(session: Session, ref: Ref, value: Part) -> Session:
    """Return the session with `value` put back at `ref`; polls never are."""
    match value:
        case FloorRequest():
            return put_request(session, value)
        case Intervention():
            return put_intervention(session, value)
        case Note():
            return put_note(session, value)
        case Limit():
            return put_limit(session, ref.id, value)
        case _ if ref.noun in _MANY:
            many: HashTrieMap[str, Part] = getattr(session, _MANY[ref.noun])
            kept: dict[str, Any] = {_MANY[ref.noun]: many.insert(ref.id, value)}
            return replace(session, **kept)
        case _:
            only: dict[str, Any] = {ref.noun: value}
            return replace(session, **only)


def put_request(session: Session, request: FloorRequest) -> Session:
    """Return the session with `request` in it, and in its place on the list if it waits."""
    before = session.requests.get(request.id)
    waiting = session.waiting
    if before is not None and _place_of(before) == _place_of(request) and before.person == request.person:
        return replace(session, requests=session.requests.insert(request.id, request))
    if before is not None and before.status is RequestStatus.WAITING:
        waiting = waiting.insert(before.list, _without(waiting[before.list], (before.rank, before.id)))
    if request.status is RequestStatus.WAITING:
        waiting = waiting.insert(request.list, _with(waiting.get(request.list, ()), (request.rank, request.id)))
    return replace(
        session,
        requests=session.requests.insert(request.id, request),
        waiting=waiting,
        ranked=_ranked(session.ranked, before, request),
        requests_of=_owned(session.requests_of, before, request),
    )


def _place_of(request: FloorRequest) -> tuple[RequestList, Rank, bool]:
    return request.list, request.rank, request.status is RequestStatus.WAITING


def put_limit(session: Session, address: LimitAddress, limit: Limit) -> Session:
    """Return the session with a speaking time set, or taken away."""
    limits = session.limits.discard(address)
    return replace(session, limits=limits if limit.seconds is None else limits.insert(address, limit))


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
        ended += (intervention.id,)
    elif counted and not _counts(intervention):
        ended = tuple(each for each in ended if each != intervention.id)
    return replace(session, interventions=session.interventions.insert(intervention.id, intervention), ended=ended)


def _ranked(
    ranked: HashTrieMap[RequestList, Places], before: FloorRequest | None, request: FloorRequest
) -> HashTrieMap[RequestList, Places]:
    if before is not None:
        if (before.list, before.rank) == (request.list, request.rank):
            return ranked
        ranked = ranked.insert(before.list, _without(ranked[before.list], (before.rank, before.id)))
    return ranked.insert(request.list, _with(ranked.get(request.list, ()), (request.rank, request.id)))


def _owned(
    requests_of: HashTrieMap[PersonId, tuple[RequestId, ...]], before: FloorRequest | None, request: FloorRequest
) -> HashTrieMap[PersonId, tuple[RequestId, ...]]:
    if before is not None:
        if before.person == request.person:
            return requests_of
        kept = tuple(each for each in requests_of[before.person] if each != request.id)
        requests_of = requests_of.insert(before.person, kept) if kept else requests_of.discard(before.person)
    return requests_of.insert(request.person, (*requests_of.get(request.person, ()), request.id))


def _counts(intervention: Intervention) -> bool:
    return intervention.ended_at is not None and not intervention.void


def _with(places: Places, place: tuple[Rank, str]) -> Places:
    at = bisect_left(places, place)
    return places[:at] + (place,) + places[at:]  # noqa: RUF005 (at the end, where most are put, nothing is copied twice)


def _without(places: Places, place: tuple[Rank, str]) -> Places:
    at = bisect_left(places, place)
    return places[:at] + places[at + 1 :]
