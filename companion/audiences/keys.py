"""Which keys of the map an event may change. Naming one too many costs a comparison, one too few a stale screen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias, get_args

from companion.audiences.proceedings import PUBLIC_ENDED, STAFF_ENDED
from companion.core import events as e
from companion.core import reckoning
from companion.core.state import Ref, Session
from companion.core.touched import touches

COUNTED = (e.PollAnswered, e.RoomCounted, e.PositionTaken)
"""The events that change nothing but counts, and each position what is counted of all of them."""
TYPED = (e.NoteTyped, e.NoteWritten)
"""The events that change nothing but a text."""
_LITTLE_TOUCHED: Final = frozenset({*COUNTED, *TYPED})
"""Of these nobody's own keys change but those that are named for each of them below."""
_OF_LISTS: Final = frozenset({*get_args(e.ListEvent), *get_args(e.FloorEvent)})
Own: TypeAlias = frozenset[str]
"""Some of the keys `me/…`."""
ANSWERS: Final[Own] = frozenset({"me/answers"})
WRITTEN: Final[Own] = frozenset({"me/recommendations"})
ON_LISTS: Final[Own] = frozenset({"me/person", "me/requests"})
PERSONAL: Final[Own] = ANSWERS | WRITTEN | ON_LISTS
ALWAYS = ("floor", "list", "undo")
RECKONED = ("forecast", "balance")
_KEY_OF = {"course": "session", "display": "display", "announcement": "announcement"}
WHOLES = {"note": "notes", "recommendation": "recommendations", "poll": "polls"}


def touched(before: Session, after: Session, happened: Iterable[e.Recorded]) -> set[str]:
    """Return the keys that may change between two states; `happened` leaves out what is only counted or typed."""
    happened = tuple(happened)
    if happened:
        return _of_events(before, after, happened)
    # What is counted or typed changes none of them, but may be what staff can undo now.
    return set() if before.undo is after.undo else {"undo"}


def _of_events(before: Session, after: Session, happened: Iterable[e.Recorded]) -> set[str]:
    keys = set(ALWAYS)
    for recorded in happened:
        if isinstance(recorded.event, e.SessionScheduled):
            keys.update(("programme", "session", "display", "announcement"))
        # What an undo puts back is known before it; what any other event makes is known after it.
        known_to = before if isinstance(recorded.event, e.CommandUndone) else after
        refs = touches(known_to, recorded.event)
        for ref in refs:
            keys.update(_keys_of(before, after, ref))
        if reckoning.all_expectations_change(after, refs):
            keys.update(f"request/{request}" for request in after.requests)
    if before.reckoning is not after.reckoning:
        keys.update(RECKONED)
    if before.course.presiding != after.course.presiding:
        keys.update(f"person/{each}" for each in (before.course.presiding, after.course.presiding) if each is not None)
    for intervention in _entered_or_left(before, after):
        keys.update(_of_intervention(after, intervention))
    return keys


def counted(happened: Iterable[e.Recorded]) -> set[str]:
    """Return the keys that change with each answer or position, and can wait for the next ones."""
    found: set[str] = set()
    for each in happened:
        match each.event:
            case e.PollAnswered() | e.RoomCounted() as event:
                found.add(f"poll/{event.poll}")
            case e.PositionTaken() as event:
                found.add(f"recommendation/{event.recommendation}")
            case _:
                pass
    return found


def typed(happened: Iterable[e.Recorded]) -> set[str]:
    """Return the keys of texts that change with each pause of whoever types."""
    return {f"note/{each.event.note}" for each in happened if isinstance(each.event, TYPED)}


def touched_people(before: Session, after: Session, happened: Sequence[e.Recorded]) -> Mapping[str, Own]:
    """Return the people whose own keys `happened` may have changed, and which of those."""
    people: dict[str, Own] = {}
    others = [each for each in happened if type(each.event) not in _LITTLE_TOUCHED]
    if others:
        own = ON_LISTS if all(type(each.event) in _OF_LISTS for each in others) else PERSONAL
        people.update(dict.fromkeys(_named_in(touched(before, after, others), before, after), own))
    for recorded in happened:
        _add(people, _answering(after, recorded.event), ANSWERS)
        _add(people, _writing(before, recorded), WRITTEN)
    return people


def _named_in(keys: Iterable[str], before: Session, after: Session) -> Iterator[str]:
    for key in keys:
        noun, _, id_ = key.partition("/")
        if noun == "person":
            yield id_
        elif noun == "request":
            yield from _about(before, after, id_)


def _add(people: dict[str, Own], more: Iterable[str], own: Own) -> None:
    for person in more:
        people[person] = people.get(person, frozenset()) | own


def _about(before: Session, after: Session, id_: str) -> Iterable[str]:
    """Return whose request it is and was, and with whom an exchange of places is or was on offer."""
    for session in (before, after):
        request = session.requests.get(id_)
        if request is None:
            continue
        yield request.person
        for other in (request.exchange_with, *request.offered_by):
            if other is not None:
                yield session.requests[other].person


def _answering(after: Session, event: e.Event) -> Iterable[str]:
    """Return those whose own answers an event changes: at the opening everybody's, at an answer the delegation's."""
    match event:
        case e.PollOpened():
            return after.people
        case e.PollAnswered():
            return after.polls[event.poll].members[event.voter]
        case _:
            return ()


def _writing(before: Session, recorded: e.Recorded) -> Iterable[str]:
    """Return those whose own amendments and positions an event changes."""
    match recorded.event:
        case e.AmendmentProposed() | e.RecommendationProposed():
            return (recorded.by,)
        case e.PositionTaken() as taken:
            return (taken.person,)
        case e.CommandUndone() as undone:
            refs = touches(before, undone)
            return (before.positions[ref.id].person for ref in refs if ref.noun == "position")
        case _:
            return ()


def _keys_of(before: Session, after: Session, ref: Ref) -> Iterable[str]:  # noqa: C901 (one case each)
    match ref.noun:
        case "request":
            return _of_request(after, ref.id)
        case "intervention":
            return _of_intervention(after, ref.id)
        case "person" | "spoken":
            waiting = (f"request/{request.id}" for request in after.requests_by(ref.id))
            written = after.recommendations_of.get(ref.id, ()) if ref.noun == "person" else ()
            texts = (f"recommendation/{recommendation}" for recommendation in written)
            return (f"person/{ref.id}", *waiting, *texts, *_of_unpublished(before, after, ref.id))
        case "limit":
            return _of_limit(after, ref.id)
        case "settings":
            # A stricter mode of attribution takes from released notes whose point they were, and so from texts.
            texts = (f"recommendation/{recommendation}" for recommendation in after.recommendations)
            return ("session", *(f"note/{note}" for note in after.notes), *texts)
        case "note" | "recommendation" | "poll":
            return f"{ref.noun}/{ref.id}", WHOLES[ref.noun]
        case "amendment":
            return (f"recommendation/{after.amendments[ref.id].recommendation}",)
        case "position":
            return (f"recommendation/{after.positions[ref.id].recommendation}",)
        case "course" | "display" | "announcement":
            return (_KEY_OF[ref.noun],)
        case _:
            return ()


def _entered_or_left(before: Session, after: Session) -> set[str]:
    """Return the interventions that are now among the last ones shown, or no longer are."""
    if (before.ended, before.floor) == (after.ended, after.floor):
        return set()
    moved: set[str] = set()
    for most in (PUBLIC_ENDED, STAFF_ENDED):
        moved |= set(before.ended[-most:]) ^ set(after.ended[-most:])
    on_the_floor = {before.floor.intervention, before.floor.interrupted} ^ {
        after.floor.intervention,
        after.floor.interrupted,
    }
    return moved | {each for each in on_the_floor if each is not None}


def _of_request(after: Session, request: str) -> tuple[str, ...]:
    return f"request/{request}", f"person/{after.requests[request].person}"


def _of_intervention(after: Session, intervention: str) -> tuple[str, ...]:
    return f"intervention/{intervention}", f"person/{after.interventions[intervention].person}"


def _of_limit(after: Session, address: str) -> Iterable[str]:
    """Return the requests, for each says how long it is expected to take, and the person whose own limit it is."""
    what, _, id_ = address.partition("/")
    if what == "person":
        return f"person/{id_}", *(f"request/{request.id}" for request in after.requests_by(id_))
    return "session", *(f"request/{request}" for request in after.requests)


def _of_unpublished(before: Session, after: Session, person: str) -> Iterable[str]:
    """Return the notes of what a person said, if they now ask not to be named in what is published, or no longer do."""
    was, now = before.people.get(person), after.people[person]
    if was is None or was.unpublished == now.unpublished:
        return ()
    theirs = {each.id for each in after.interventions.values() if each.person == person}
    return (f"note/{note.id}" for note in after.notes.values() if note.intervention in theirs)
