"""Whose turn it is: what each rule of the list of speakers means.

A rule suggests, and the moderator decides. Within a category those who came first go first. What a rule remembers of the
turns that were had is such that serving one by one gives the order that arranging once gives. Whoever was called and not
there comes after all others, once.

first_come                     everybody in the order of arrival
joint_first                    joint statements, then the others
round_robin_group              the stakeholder group that was heard longest ago; those not heard yet in the order of arrival
joint_first_round_robin_group  joint statements, which are nobody's turn, then the groups in turn
not_yet_spoken_first           whoever had the fewest turns in this session
alternate_attendance           the room and remote participants in turn, beginning with whoever came first
quota                          the category furthest below its share (highest averages, Sainte-Laguë)
alphabetical_from_letter       by the name of the delegation, from a letter that was drawn
manual                         as the moderator places them
"""

import heapq
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rpds import HashTrieMap

from companion.core.ids import PersonId, RequestId
from companion.core.people import Attendance, Person
from companion.core.procedure import TURNS, QuotaBy, RequestKind, RequestList, RequestStatus, Rule
from companion.core.proceedings import FloorRequest, Intervention, ListOfSpeakers
from companion.core.reckoned import Entry, Filing, Turns
from companion.core.renewal import replace
from companion.core.state import Session

ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"
"""Of the Latin names by which lists of delegations are sorted; names in other letters come after all of it."""

_JOINT: Final = "joint"
_OTHERS: Final = "others"
SENT_BACK: Final = "absent"
"""Those who were called and not there come after all others; in the order of arrival they are the last to have come."""
_OTHER_SIDE: Final = {
    Attendance.IN_ROOM.value: Attendance.REMOTE.value,
    Attendance.REMOTE.value: Attendance.IN_ROOM.value,
}


@dataclass(slots=True)
class _Memory:
    """What a rule remembers, to be gone on from: see `Turns`."""

    last: dict[str, int]
    count: dict[str, int]
    latest: str | None
    heard: int

    def note(self, category: str) -> None:
        """Remember one more turn."""
        self.last[category], self.latest = self.heard, category
        self.count[category] = self.count.get(category, 0) + 1
        self.heard += 1


def _memory(turns: Turns) -> _Memory:
    return _Memory(dict(turns.last.items()), dict(turns.count.items()), turns.latest, turns.heard)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Whom the rule in force would have next, and why: the category whose turn it is, and when it last had one."""

    request: RequestId
    category: str
    last_at: datetime | None


def suggestion(session: Session) -> RequestId | None:
    """Return the request that the rule in force would have next, or None where it has none to suggest."""
    found = suggested(session)
    return None if found is None else found.request


def suggested(session: Session) -> Suggestion | None:
    """Return whom the rule in force would have next, with its reason, or None where it has none to suggest.

    The category is `joint`, `group/<id>`, `in_room` or `remote`, a region, or a number of turns, as the rule orders; and
    `absent` where only people wait who were called before and not there.
    """
    turns = session.reckoning.turns
    if session.list.rule is Rule.MANUAL or not turns.pending:
        return None
    heads = {category: entries[0] for category, entries in turns.pending.items()}
    category = _choose(session.list, heads, _memory(turns))
    return Suggestion(request=heads[category][3], category=category, last_at=turns.last_at.get(category))


def arranged(session: Session, *, keep_moved: bool) -> tuple[RequestId, ...]:
    """Return those who wait on the list of speakers in the order of its rule.

    What a rule does not order (presentations and replies of panellists, the words of those who preside) stays behind
    whoever it stands behind now; so, with `keep_moved`, do those whom somebody placed by hand.
    """
    followers: dict[RequestId | None, list[RequestId]] = {}
    ordered: set[RequestId] = set()
    before: RequestId | None = None
    for _, id_ in session.places(RequestList.SPEAKERS):
        request = session.requests[id_]
        if not _is_ordered(request) or (keep_moved and request.placed_by is Rule.MANUAL):
            followers.setdefault(before, []).append(id_)
        else:
            ordered.add(id_)
        before = id_
    chain = [None, *(each for each in _in_turn(session, ordered))]
    return tuple(each for head in chain for each in _with_followers(head, followers))


def file(session: Session, turns: Turns, request: FloorRequest) -> Turns:
    """Return the turns with `request` filed where it stands now, or taken out if it does not wait for one."""
    was, filing = turns.filed.get(request.id), _filing(session, turns, request)
    if was == filing:
        return turns
    pending, filed = turns.pending, turns.filed
    if was is not None:
        entry = (*was[1:], request.id)
        entries = pending[was.category]
        at = bisect_left(entries, entry)
        rest = entries[:at] + entries[at + 1 :]
        pending = pending.insert(was.category, rest) if rest else pending.discard(was.category)
        filed = filed.discard(request.id)
    if filing is not None:
        entry = (*filing[1:], request.id)
        entries = pending.get(filing.category, ())
        at = bisect_left(entries, entry)
        pending = pending.insert(filing.category, (*entries[:at], entry, *entries[at:]))
        filed = filed.insert(request.id, filing)
    return replace(turns, pending=pending, filed=filed)


def heard(session: Session, turns: Turns, intervention: Intervention) -> Turns:
    """Return the turns with one more that was had."""
    category = _category_of(session, intervention)
    turns = _noted(turns, category, intervention.person)
    return replace(turns, last_at=turns.last_at.insert(category, intervention.started_at))


def all_heard(session: Session, turns: Turns, interventions: Iterable[Intervention]) -> Turns:
    """Return the turns with these that were had, in this order, and no others: as if `heard` one by one."""
    memory, last_at, times = _Memory({}, {}, None, 0), dict[str, datetime](), Counter[PersonId]()
    for each in interventions:
        category = _category_of(session, each)
        memory.note(category)
        last_at[category] = each.started_at
        times[each.person] += 1
    return replace(
        turns,
        last=HashTrieMap(memory.last),
        last_at=HashTrieMap(last_at),
        count=HashTrieMap(memory.count),
        times=HashTrieMap(times),
        latest=memory.latest,
        heard=memory.heard,
    )


def _category_of(session: Session, turn: Intervention) -> str:
    """Return the category that had a turn."""
    return _category(
        session.list,
        session.people[turn.person],
        joint=_is_joint(turn.kind, turn.on_behalf_of),
        attendance=turn.attendance,
        times=0,
    )


def is_turn(intervention: Intervention) -> bool:
    """Say whether an intervention counts as a turn on the list of speakers."""
    return intervention.list is RequestList.SPEAKERS and intervention.kind in TURNS and not intervention.void


def sorting_name(person: Person) -> str:
    """Return the name by which a delegation is sorted: Latin letters without marks, small."""
    candidates = [fold(name) for name in (person.organisation, person.latin_name, person.name) if name]
    return next((name for name in candidates if name[:1] in ALPHABET and name), candidates[0] if candidates else "")


def fold(text: str) -> str:
    """Return a text without marks and capitals, as it is compared in a list of names."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold().strip()


def _is_ordered(request: FloorRequest) -> bool:
    return request.kind in TURNS


def _is_joint(kind: RequestKind, on_behalf_of: str | None) -> bool:
    return kind is RequestKind.JOINT_STATEMENT or (kind is RequestKind.STATEMENT and on_behalf_of is not None)


def _filing(session: Session, turns: Turns, request: FloorRequest) -> Filing | None:
    waits = request.status is RequestStatus.WAITING and request.list is RequestList.SPEAKERS
    if not waits or not _is_ordered(request):
        return None
    if request.sent_back and session.list.rule is not Rule.FIRST_COME:
        return Filing(SENT_BACK, 0, "", request.since)
    person = session.people[request.person]
    category = _category(
        session.list,
        person,
        joint=_is_joint(request.kind, request.on_behalf_of),
        attendance=person.attendance,
        times=turns.times.get(person.id, 0),
    )
    if session.list.rule is not Rule.ALPHABETICAL_FROM_LETTER:
        return Filing(category, 0, "", request.since)
    name = sorting_name(person)
    return Filing(category, _distance(name[:1], session.list.letter or ALPHABET[0]), name, request.since)


def _distance(initial: str, letter: str) -> int:
    if not initial or initial not in ALPHABET:
        return len(ALPHABET)
    return (ALPHABET.index(initial) - ALPHABET.index(letter)) % len(ALPHABET)


def _category(list_: ListOfSpeakers, person: Person, *, joint: bool, attendance: Attendance, times: int) -> str:
    """Return the category that a request or a turn of `person` belongs to; where names decide, the first comes first."""
    match list_.rule:
        case Rule.JOINT_FIRST:
            return _JOINT if joint else _OTHERS
        case Rule.ROUND_ROBIN_GROUP:
            return f"group/{person.group or ''}"
        case Rule.JOINT_FIRST_ROUND_ROBIN_GROUP:
            return _JOINT if joint else f"group/{person.group or ''}"
        case Rule.NOT_YET_SPOKEN_FIRST:
            return f"{times:06}"
        case Rule.ALTERNATE_ATTENDANCE:
            return attendance.value
        case Rule.QUOTA:
            return _of_quota(list_.by, person, attendance)
        case _:
            return ""


def _of_quota(by: QuotaBy | None, person: Person, attendance: Attendance) -> str:
    match by:
        case QuotaBy.ATTENDANCE:
            return attendance.value
        case QuotaBy.REGION:
            return person.region or ""
        case _:
            return person.group or ""


def _choose(list_: ListOfSpeakers, heads: Mapping[str, Entry], memory: _Memory) -> str:
    """Return the category whose turn it is, of those that have somebody waiting."""
    if SENT_BACK in heads:
        heads = {category: entry for category, entry in heads.items() if category != SENT_BACK} or heads
    match list_.rule:
        case Rule.ROUND_ROBIN_GROUP:
            return _heard_longest_ago(heads, memory)
        case Rule.JOINT_FIRST_ROUND_ROBIN_GROUP:
            return _JOINT if _JOINT in heads else _heard_longest_ago(heads, memory)
        case Rule.ALTERNATE_ATTENDANCE:
            other = _OTHER_SIDE.get(memory.latest or "")
            return other if other is not None and other in heads else min(heads, key=lambda category: heads[category])
        case Rule.QUOTA:
            shares = dict(list_.shares)
            return min(heads, key=lambda category: (_quotient(category, shares, memory), heads[category]))
        case _:
            return min(heads)


def _heard_longest_ago(heads: Mapping[str, Entry], memory: _Memory) -> str:
    return min(heads, key=lambda category: (memory.last.get(category, -1), heads[category]))


def _quotient(category: str, shares: Mapping[str, int], memory: _Memory) -> float:
    share = shares.get(category, 1)
    return (2 * memory.count.get(category, 0) + 1) / share if share else float("inf")


def _noted(turns: Turns, category: str, person: PersonId) -> Turns:
    return replace(
        turns,
        last=turns.last.insert(category, turns.heard),
        count=turns.count.insert(category, turns.count.get(category, 0) + 1),
        times=turns.times.insert(person, turns.times.get(person, 0) + 1),
        latest=category,
        heard=turns.heard + 1,
    )


def _in_turn(session: Session, among: set[RequestId]) -> Iterator[RequestId]:
    """Yield the requests of `among` in the order in which the rule would have them."""
    turns = session.reckoning.turns
    match session.list.rule:
        case Rule.MANUAL:
            yield from (id_ for _, id_ in session.places(RequestList.SPEAKERS) if id_ in among)
        case Rule.NOT_YET_SPOKEN_FIRST:
            yield from _fewest_first(session, turns, among)
        case _:
            lines = {
                category: iter([entry for entry in entries if entry[3] in among])
                for category, entries in turns.pending.items()
            }
            yield from _one_by_one(session.list, _memory(turns), lines)


def _one_by_one(list_: ListOfSpeakers, memory: _Memory, lines: Mapping[str, Iterator[Entry]]) -> Iterator[RequestId]:
    """Yield whom the rule would have, one after the other, as if each had had their turn before the next is chosen."""
    heads = {category: entry for category, line in lines.items() if (entry := next(line, None)) is not None}
    while heads:
        category = _choose(list_, heads, memory)
        yield heads.pop(category)[3]
        memory.note(category)
        if (following := next(lines[category], None)) is not None:
            heads[category] = following


def _fewest_first(session: Session, turns: Turns, among: set[RequestId]) -> Iterator[RequestId]:
    """Yield those who had the fewest turns first; whoever waits twice has had one more by the second time."""
    times = dict(turns.times.items())
    waiting = [
        (last := category == SENT_BACK, 0 if last else times.get(session.requests[entry[3]].person, 0), entry)
        for category, entries in turns.pending.items()
        for entry in entries
        if entry[3] in among
    ]
    heapq.heapify(waiting)
    while waiting:
        last, counted, entry = heapq.heappop(waiting)
        person = session.requests[entry[3]].person
        now = times.get(person, 0)
        if now > counted and not last:
            heapq.heappush(waiting, (last, now, entry))
            continue
        times[person] = now + 1
        yield entry[3]


def _with_followers(
    head: RequestId | None, followers: Mapping[RequestId | None, list[RequestId]]
) -> Iterator[RequestId]:
    """Yield a request and those that stay behind it, one behind the other."""
    stack = [head]
    while stack:
        each = stack.pop()
        if each is not None:
            yield each
        stack += reversed(followers.get(each, []))
