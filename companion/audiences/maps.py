"""The maps of a session, one per audience, kept up to date by patches.

Counts of polls may be left for later, since an answer of each person changes them; and for all but those who write, what is
typed into a note: a map is behind then in these alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from companion.audiences import keys, polls, proceedings, recommendations, texts, views
from companion.audiences.audience import Audience, roles_of
from companion.audiences.views import ABSENT, Value, Views, everybody
from companion.codec import json
from companion.codec.commands import NAMES
from companion.core import events as e
from companion.core.availability import availability
from companion.core.ids import PersonId, PollId
from companion.core.people import Role
from companion.core.procedure import PollStatus, RequestStatus, Rule
from companion.core.proceedings import FloorRequest
from companion.core.state import Session

PERSONAL_KEYS: Final = ("me/person", "me/requests", "me/answers", "me/recommendations")
_PUBLIC: Final = frozenset({Audience.PARTICIPANTS, Audience.BOOTH})
_OPEN: Final = frozenset({RequestStatus.WAITING, RequestStatus.HELD, RequestStatus.SPEAKING})


@dataclass(frozen=True)  # no slots: it remembers what it is as JSON
class Patch:
    """What changes in a map: keys to set, keys to take out."""

    set: Mapping[str, Value] = field(default_factory=dict)
    unset: tuple[str, ...] = ()

    @cached_property
    def set_as_json(self) -> json.Raw:
        """Return the keys to set as JSON: encoded once, however many come back and have missed it."""
        return json.raw(self.set)

    def __bool__(self) -> bool:
        return bool(self.set or self.unset)


class Maps:
    """The maps of all audiences at one state of a session, and of what is marked in its secret polls."""

    def __init__(self, session: Session, marks: polls.Marks = polls.NO_MARKS) -> None:
        self._session = session
        self._marks = marks
        self._maps: dict[Audience, dict[str, Value]] = {audience: {} for audience in Audience}
        self._public_keys: dict[str, str] = {}
        self._behind: set[str] = set()
        self._unread: set[str] = set()
        self._read_late: dict[str, int] = {}
        self._facts: object = None
        self._write(_all_keys(session))

    def of(self, audience: Audience) -> Mapping[str, Value]:
        """Return an audience's whole map; it changes with the next `advance`."""
        return self._maps[audience]

    def advance(
        self, session: Session, happened: Iterable[e.Recorded], *, with_counts: bool = True, with_texts: bool = True
    ) -> Mapping[Audience, Patch]:
        """Go on to `session`, the state after `happened`; return each audience's patch, empty where it sees nothing.

        Without counts, what answers alone have changed is left for `catch_up_counts`; without texts, what somebody typed is
        left for `catch_up_texts`, but not for those who write.
        """
        happened = tuple(happened)
        others = (each for each in happened if not isinstance(each.event, (*keys.COUNTED, *keys.TYPED)))
        touched, typed = keys.touched(self._session, session, others), keys.typed(happened)
        self._behind = (self._behind | keys.counted(happened)) - touched
        self._unread = (self._unread | typed) - touched
        self._read_late.update(dict.fromkeys(self._unread, session.seq))
        self._session = session
        if with_counts:
            touched |= self._take_behind()
        if with_texts:
            touched |= self._take_unread()
        return self._write(touched, typed - touched)

    def marked(self, poll: PollId) -> None:
        """Take note that somebody has answered a secret poll, and leave it for `catch_up_counts`."""
        self._behind.add(f"poll/{poll}")

    def catch_up_counts(self) -> Mapping[Audience, Patch]:
        """Return the patches of the counts that were left for later."""
        return self._write(self._take_behind())

    def catch_up_texts(self) -> Mapping[Audience, Patch]:
        """Return the patches of the texts that were left for later."""
        return self._write(self._take_unread())

    def late(self, audience: Audience, since: int = 0) -> Mapping[str, Value]:
        """Return what of an audience's map may change later than the rest.

        That is open polls, recommendations with positions, and notes typed into from `since` on.
        """
        map_ = self._maps[audience]
        late = {f"poll/{poll.id}" for poll in self._session.polls.values() if poll.status is PollStatus.OPEN}
        late |= {f"recommendation/{each}" for each in self._session.positions_on}
        if audience is not Audience.STAFF:
            typed = {key for key, seq in self._read_late.items() if seq >= since}
            late |= {self._public_keys.get(key, key) if audience in _PUBLIC else key for key in typed}
        return {key: map_[key] for key in sorted(late) if key in map_}

    def _take_behind(self) -> set[str]:
        behind, self._behind = self._behind, set()
        return behind

    def _take_unread(self) -> set[str]:
        unread, self._unread = self._unread, set()
        self._read_late.update(dict.fromkeys(unread, self._session.seq))
        return unread

    def _write(self, touched: Iterable[str], for_staff: Iterable[str] = ()) -> Mapping[Audience, Patch]:
        """Write what was touched for all audiences, and more for those who write."""
        session = self._session
        changed: dict[Audience, dict[str, Value]] = {audience: {} for audience in Audience}
        gone: dict[Audience, list[str]] = {audience: [] for audience in Audience}
        for key in sorted(touched):
            self._compare(key, _views_of(session, key, self._marks), changed, gone)
        for key in sorted(for_staff):
            self._set(Audience.STAFF, key, _views_of(session, key, self._marks).staff, changed)
        if (facts := _facts_for_may(session)) != self._facts:
            self._facts = facts
            for audience in Audience:
                for role in roles_of(audience):
                    self._set(audience, f"may/{role}", may_value(session, role), changed)
        return {audience: Patch(changed[audience], tuple(gone[audience])) for audience in Audience}

    def _compare(
        self, key: str, seen: Views, changed: dict[Audience, dict[str, Value]], gone: dict[Audience, list[str]]
    ) -> None:
        was = self._public_keys.get(key, key)
        if seen.public_key is not None:
            self._public_keys[key] = seen.public_key
        for audience in Audience:
            before, now = (was, seen.public_key or was) if audience in _PUBLIC else (key, key)
            value = _for_audience(seen, audience)
            if (value is ABSENT or before != now) and before in self._maps[audience]:
                del self._maps[audience][before]
                gone[audience].append(before)
            if value is not ABSENT:
                self._set(audience, now, value, changed)

    def _set(self, audience: Audience, key: str, value: Value, changed: dict[Audience, dict[str, Value]]) -> None:
        map_ = self._maps[audience]
        if key not in map_ or map_[key] != value:
            map_[key] = value
            changed[audience][key] = value


def personal(
    session: Session, person_id: PersonId, marks: polls.Marks = polls.NO_MARKS, *, only: keys.Own = keys.PERSONAL
) -> dict[str, Value]:
    """Return the keys `me/…` of a person, or some of them: always the same keys, empty where there is nothing."""
    own: dict[str, Value] = {}
    if "me/person" in only:
        person = session.people.get(person_id)
        own["me/person"] = None if person is None else proceedings.own_person_value(person)
    if "me/requests" in only:
        own["me/requests"] = [
            proceedings.own_request_value(session, each) for each in _own_requests(session, person_id)
        ]
    if "me/answers" in only:
        own["me/answers"] = polls.answers_value(session, person_id, marks)
    if "me/recommendations" in only:
        own["me/recommendations"] = recommendations.own_value(session, person_id)
    return own


def changed_of_person(
    before: Session, after: Session, person: PersonId, marks: polls.Marks, only: keys.Own
) -> Mapping[str, Value]:
    """Return those of `only`, some keys `me/…` of a person, that are not what they were."""
    now = personal(after, person, marks, only=only)
    if only == keys.ANSWERS:
        return now  # whoever has just answered has another answer, or the same at another time
    was = personal(before, person, marks, only=only)
    return {key: value for key, value in now.items() if was[key] != value}


def _own_requests(session: Session, person: PersonId) -> list[FloorRequest]:
    """Return the requests of a person that stand, and the last one that does not any more, oldest first."""
    own = session.requests_by(person)
    shown = [request for request in own if request.status in _OPEN]
    over = [request for request in own if request.status not in _OPEN]
    over.sort(key=lambda request: request.ended_at or request.requested_at)
    return sorted([*shown, *over[-1:]], key=lambda request: request.requested_at)


def may_value(session: Session, role: Role) -> Mapping[str, Any]:
    """Return the key `may/<role>`: wire name → true, or the code of the refusal."""
    return {
        NAMES[command]: True if refusal is None else refusal.value
        for command, refusal in availability(session, role).items()
    }


def _views_of(session: Session, key: str, marks: polls.Marks) -> Views:  # noqa: C901 (one case per key)
    noun, _, id_ = key.partition("/")
    match noun:
        case "request":
            return proceedings.request_views(session, id_)
        case "intervention":
            return proceedings.intervention_views(session, id_)
        case "person":
            return proceedings.person_views(session, id_)
        case "list":
            return proceedings.list_views(session)
        case "floor":
            return everybody(proceedings.floor_view(session))
        case "forecast":
            return proceedings.forecast_views(session)
        case "balance":
            return proceedings.balance_views(session)
        case "undo":
            return views.undo_views(session)
        case "note":
            return texts.note_views(session, id_)
        case "notes":
            return texts.notes_views(session)
        case "recommendation":
            return recommendations.recommendation_views(session, id_)
        case "recommendations":
            return everybody(recommendations.recommendations_value(session))
        case "poll":
            return polls.poll_views(session, id_, marks)
        case "polls":
            return polls.polls_views(session)
        case "session":
            return everybody(views.session_view(session))
        case "programme":
            return everybody(views.programme_view(session))
        case "display":
            return everybody({"what": session.display.what, "ref": session.display.ref})
        case _:
            said = session.announcement
            return everybody({"text": said.text, "at": views.time_or_none(said.at)} if said.text else None)


def _for_audience(seen: Views, audience: Audience) -> Value:
    match audience:
        case Audience.STAFF:
            return seen.staff
        case Audience.TECHNICAL:
            return seen.technical
        case Audience.BOOTH:
            return seen.booth
        case _:
            return seen.public


def _facts_for_may(session: Session) -> object:
    """Return all that the availability of commands depends on."""
    speaking = session.speaking
    return (
        session.course.status,
        session.list.status,
        session.list.rule is Rule.MANUAL,
        speaking is not None and (speaking.paused_at is None, speaking.limit_seconds is None),
        any(session.waiting.values()),
        session.floor.interrupted is None,
        frozenset(each.type for each in session.undo),
        any(poll.status is PollStatus.OPEN for poll in session.polls.values()),
        session.settings.participants_may_propose,
        session.settings.participants_may_take_positions,
    )


def _all_keys(session: Session) -> set[str]:
    return {
        *keys.ALWAYS,
        *keys.RECKONED,
        "session",
        "programme",
        "display",
        "announcement",
        *keys.WHOLES.values(),
        *(f"note/{note}" for note in session.notes),
        *(f"recommendation/{recommendation}" for recommendation in session.recommendations),
        *(f"poll/{poll}" for poll in session.polls),
        *(f"request/{request}" for request in session.requests),
        *(f"intervention/{intervention}" for intervention in session.interventions),
        *(f"person/{person}" for person in session.people),
    }
