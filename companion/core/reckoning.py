"""Keeps what follows from requests, interventions, people and limits: sums, shares, and whose turn it is.

At each event only what it touched is reckoned anew; `build` does it all, and must give the same.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Final, Protocol

from rpds import HashTrieMap

from companion.core import speaking_time, whose_turn
from companion.core.ids import RequestId
from companion.core.people import Person
from companion.core.procedure import TURNS, RequestKind, RequestList, RequestStatus
from companion.core.proceedings import FloorRequest, Intervention
from companion.core.reckoned import NO_TURNS, Dimension, Reckoning, Share, Shares, Turns
from companion.core.renewal import replace
from companion.core.state import Ref, Session

NOTHING: Final = Share()
_OF_THE_FLOOR: Final = frozenset({"request", "intervention", "limit", "list", "course", "floor"})


class Follow(Protocol):
    """What becomes of the reckoning at an event."""

    def __call__(self, before: Session, after: Session, touched: Iterable[Ref], *, at: datetime) -> Session:
        """Return `after`, the state after an event at `at` that touched these parts."""


def follows_from(before: Session, after: Session, touched: Iterable[Ref]) -> bool:
    """Say whether anything reckoned here can follow from what an event changed, the parts that it `touched`."""
    return any(_matters(before, after, ref) for ref in touched)


def follow(before: Session, after: Session, touched: Iterable[Ref], *, at: datetime) -> Session:
    """Return `after` with its reckoning, which `touched`, all that changed since `before` at `at`, has changed."""
    touched = tuple(touched)
    if not follows_from(before, after, touched):
        return after
    if all(_says_only_whether_ready(before, after, ref) for ref in touched):
        return replace(after, reckoning=replace(after.reckoning, as_of=at))
    requests = _affected(before, after, touched)
    turns = _turns(before, after, touched, requests)
    shares = after.reckoning.shares
    for request in requests:
        shares = _exchanged(shares, parts_of(before, request), parts_of(after, request))
    reckoning = replace(after.reckoning, as_of=at, shares=shares, turns=turns)
    after = replace(after, reckoning=reckoning)
    again = after.requests if all_expectations_change(after, touched) else requests
    return replace(after, reckoning=_expecting(after, again))


def _matters(before: Session, after: Session, ref: Ref) -> bool:
    """Say whether anything reckoned here can follow from what `ref` stands for."""
    if ref.noun != "person":
        return ref.noun in _OF_THE_FLOOR
    return _speaks_for(before.people.get(ref.id)) != _speaks_for(after.people.get(ref.id))


def _says_only_whether_ready(before: Session, after: Session, ref: Ref) -> bool:
    """Say whether `ref` is a request of which nothing has changed but whether its person is ready: nothing follows from that."""
    if ref.noun != "request" or (was := before.requests.get(ref.id)) is None:
        return False
    now = after.requests[ref.id]
    return was.ready is not now.ready and replace(now, ready=was.ready) == was


def _speaks_for(person: Person | None) -> tuple[object, ...] | None:
    if person is None:
        return None
    named = (person.name, person.latin_name, person.organisation)
    return (*named, person.group, person.region, person.attendance, person.language, person.gender, person.linked_to)


def build(session: Session, *, as_of: datetime | None) -> Reckoning:
    """Return the reckoning of a session from nothing; `as_of` is when something last happened that the reckoning follows from."""
    reckoning = Reckoning(as_of=as_of, shares=_shares_anew(session), turns=_turns_anew(session))
    return _expecting(replace(session, reckoning=reckoning), session.requests)


def _affected(before: Session, after: Session, touched: Iterable[Ref]) -> set[RequestId]:
    affected: set[RequestId] = set()
    for ref in touched:
        match ref.noun:
            case "request":
                affected.add(ref.id)
            case "intervention" if ref.id in after.interventions:
                affected.add(after.interventions[ref.id].request)
            case "person":
                affected.update(before.requests_of.get(ref.id, ()), after.requests_of.get(ref.id, ()))
            case _:
                pass
    return {request for request in affected if request in after.requests}


# Whose turn it is


def _turns(before: Session, after: Session, touched: Iterable[Ref], requests: set[RequestId]) -> Turns:
    if _by(before) != _by(after):
        return _turns_anew(after)
    turns = after.reckoning.turns
    people: set[str] = set()
    for ref in touched:
        if ref.noun == "intervention" and ref.id in after.interventions:
            was, now = before.interventions.get(ref.id), after.interventions[ref.id]
            counted = was is not None and whose_turn.is_turn(was)
            if was is not None and counted and (not whose_turn.is_turn(now) or was.person != now.person):
                turns = _remembered_anew(after, turns)
                people.update((was.person, now.person))
            elif whose_turn.is_turn(now) and not counted:
                turns = whose_turn.heard(after, turns, now)
                people.add(now.person)
        elif ref.noun == "person" and turns.times.get(ref.id) and before.people.get(ref.id) != after.people.get(ref.id):
            turns = _remembered_anew(after, turns)
            people.add(ref.id)
    theirs = chain.from_iterable(after.requests_of.get(person, ()) for person in people)
    for request in {*requests, *theirs}:
        turns = whose_turn.file(after, turns, after.requests[request])
    return turns


def _by(session: Session) -> tuple[object, ...]:
    list_ = session.list
    return list_.rule, list_.letter, list_.by, list_.shares


def _remembered_anew(session: Session, turns: Turns) -> Turns:
    """Return the turns with what is remembered of those that were had put together from nothing."""
    had = [each for each in session.interventions.values() if whose_turn.is_turn(each)]
    return whose_turn.all_heard(session, turns, sorted(had, key=_given))


def _turns_anew(session: Session) -> Turns:
    turns = _remembered_anew(session, NO_TURNS)
    for request in session.requests.values():
        turns = whose_turn.file(session, turns, request)
    return turns


def _given(intervention: Intervention) -> int:
    """Return the number of the event that gave the floor, which its id tells."""
    return int(intervention.id.partition(".")[2])


# Shares


def parts_of(session: Session, id_: RequestId) -> list[tuple[tuple[Dimension, str], Share]]:
    """Return what a request, and the intervention that came of it, adds to the shares."""
    request = session.requests.get(id_)
    if request is None or request.list is not RequestList.SPEAKERS or request.kind not in TURNS:
        return []
    person = session.people[request.person]
    parts: list[tuple[tuple[Dimension, str], Share]] = []
    if request.status is not RequestStatus.WITHDRAWN:
        parts += _along(person, request.language, person.attendance.value, Share(requests=1))
    held = session.interventions.get(request.intervention) if request.intervention else None
    if held is not None and held.ended_at is not None and whose_turn.is_turn(held):
        one = Share(interventions=1, duration=speaking_time.spoken(held, at=held.ended_at))
        parts += _along(person, held.language, held.attendance.value, one)
    return parts


def _shares_anew(session: Session) -> Shares:
    shares: dict[tuple[Dimension, str], Share] = {}
    for request in session.requests:
        for what, part in parts_of(session, request):
            shares[what] = _added(shares.get(what, NOTHING), part, 1)
    return HashTrieMap(shares)


def _along(
    person: Person, language: str | None, attendance: str, share: Share
) -> Iterator[tuple[tuple[Dimension, str], Share]]:
    whose = {
        Dimension.GROUP: person.group,
        Dimension.REGION: person.region,
        Dimension.ATTENDANCE: attendance,
        Dimension.LANGUAGE: language or person.language,
        Dimension.GENDER: person.gender,
    }
    return (((dimension, value), share) for dimension, value in whose.items() if value)


def _exchanged(
    shares: Shares, out: list[tuple[tuple[Dimension, str], Share]], in_: list[tuple[tuple[Dimension, str], Share]]
) -> Shares:
    if out == in_:
        return shares
    for sign, parts in ((-1, out), (1, in_)):
        for what, part in parts:
            summed = _added(shares.get(what, NOTHING), part, sign)
            shares = shares.discard(what) if summed == NOTHING else shares.insert(what, summed)
    return shares


def _added(share: Share, part: Share, sign: int) -> Share:
    return Share(
        requests=share.requests + sign * part.requests,
        interventions=share.interventions + sign * part.interventions,
        duration=share.duration + sign * part.duration,
    )


# Expectations


def all_expectations_change(session: Session, touched: Iterable[Ref]) -> bool:
    """Say whether every request may be expected to take another time now.

    A limit was set, the common time of a group was used or is another's, or a delegation has had one more right of reply.
    """
    return any(
        ref.noun == "limit"
        or (ref.noun == "intervention" and (_is_reply(session.interventions.get(ref.id)) or _has_banks(session)))
        or (ref.noun == "person" and ref.id in session.spoken and _has_banks(session))
        for ref in touched
    )


def _has_banks(session: Session) -> bool:
    return any(address.startswith("bank/") for address in session.limits)


def _is_reply(intervention: Intervention | None) -> bool:
    return intervention is not None and intervention.kind is RequestKind.RIGHT_OF_REPLY


def _expecting(session: Session, requests: Iterable[RequestId]) -> Reckoning:
    reckoning = session.reckoning
    expected, waiting, later = reckoning.expected, reckoning.waiting_seconds, reckoning.later_seconds
    for id_ in requests:
        request = session.requests[id_]
        now = _expectation(session, request)
        was = expected.get(id_)
        if was == now:
            continue
        if was is not None:
            waiting, later = _summed(waiting, later, was, -1)
        if now is not None:
            waiting, later = _summed(waiting, later, now, 1)
        expected = expected.discard(id_) if now is None else expected.insert(id_, now)
    return replace(reckoning, expected=expected, waiting_seconds=waiting, later_seconds=later)


def _expectation(session: Session, request: FloorRequest) -> tuple[RequestList | None, int] | None:
    """Return the list that a request waits on (None: inscribed for a later segment) and its expected seconds."""
    later = request.status is RequestStatus.HELD and request.segment is not None
    if request.status is not RequestStatus.WAITING and not later:
        return None
    seconds = speaking_time.expected_seconds(session, request.person, request.kind)
    return (None if later else request.list), seconds


def _summed(
    waiting: "HashTrieMap[RequestList, int]", later: int, expectation: tuple[RequestList | None, int], sign: int
) -> "tuple[HashTrieMap[RequestList, int], int]":
    which, seconds = expectation
    if which is None:
        return waiting, later + sign * seconds
    total = waiting.get(which, 0) + sign * seconds
    return (waiting.insert(which, total) if total else waiting.discard(which)), later
