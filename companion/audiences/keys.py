"""Which keys of the map an event may change. Naming one too many costs a comparison, one too few a stale screen."""

from collections.abc import Iterable, Sequence

from companion.audiences.views import PUBLIC_ENDED, STAFF_ENDED
from companion.core import events as e
from companion.core import undo
from companion.core.state import Ref, Session

COUNTED = (e.PollAnswered, e.RoomCounted)
"""The events that change nothing but counts."""
ALWAYS = ("floor", "list", "undo")
_KEY_OF = {"course": "session", "display": "display", "announcement": "announcement"}
WHOLES = {"note": "notes", "recommendation": "recommendations", "poll": "polls"}


def touched(before: Session, after: Session, happened: Iterable[e.Recorded]) -> set[str]:
    """Return the keys that `happened`, all the events between the two states, may have changed."""
    keys = set(ALWAYS)
    for recorded in happened:
        if isinstance(recorded.event, e.SessionScheduled):
            keys.update(("programme", "session", "display", "announcement"))
        # What an undo puts back is known before it; what any other event makes is known after it.
        known_to = before if isinstance(recorded.event, e.CommandUndone) else after
        for ref in undo.touches(known_to, recorded.event):
            keys.update(_keys_of(before, after, ref))
    for intervention in _entered_or_left(before, after):
        keys.update(_of_intervention(after, intervention))
    return keys


def counted(happened: Iterable[e.Recorded]) -> set[str]:
    """Return the keys that change with each answer, and can wait for the next ones."""
    return {f"poll/{each.event.poll}" for each in happened if isinstance(each.event, COUNTED)}


def touched_people(before: Session, after: Session, happened: Sequence[e.Recorded]) -> set[str]:
    """Return the people whose own keys `happened` may have changed."""
    keys = touched(before, after, happened)
    people = {key.removeprefix("person/") for key in keys if key.startswith("person/")}
    for key in keys:
        if key.startswith("request/") and (request := after.requests.get(key.removeprefix("request/"))) is not None:
            people.add(request.person)
    for recorded in happened:
        people.update(_answering(after, recorded.event))
    return people


def _answering(after: Session, event: e.Event) -> Iterable[str]:
    """Return those whose own answers an event changes: at the opening everybody's, at an answer the delegation's."""
    match event:
        case e.PollOpened():
            return after.people
        case e.PollAnswered():
            return after.polls[event.poll].members[event.voter]
        case _:
            return ()


def _keys_of(before: Session, after: Session, ref: Ref) -> Iterable[str]:
    match ref.noun:
        case "request":
            return _of_request(after, ref.id)
        case "intervention":
            return _of_intervention(after, ref.id)
        case "person" | "spoken":
            waiting = (f"request/{request.id}" for request in after.requests_by(ref.id))
            return (f"person/{ref.id}", *waiting, *_of_unpublished(before, after, ref.id))
        case "limits":
            return _of_limits(before, after)
        case "settings":
            # A stricter mode of attribution takes from released notes whose point they were.
            return ("session", *(f"note/{note}" for note in after.notes))
        case "note" | "recommendation" | "poll":
            return f"{ref.noun}/{ref.id}", WHOLES[ref.noun]
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


def _of_unpublished(before: Session, after: Session, person: str) -> Iterable[str]:
    """Return the notes of what a person said, if they now ask not to be named in what is published, or no longer do."""
    was, now = before.people.get(person), after.people[person]
    if was is None or was.unpublished == now.unpublished:
        return ()
    theirs = {each.id for each in after.interventions.values() if each.person == person}
    return (f"note/{note.id}" for note in after.notes.values() if note.intervention in theirs)


def _of_limits(before: Session, after: Session) -> Iterable[str]:
    """Return all requests, for each says how long it is expected to take, and the person whose own limit changed."""
    yield "session"
    yield from (f"request/{request}" for request in after.requests)
    for person in {*before.limits.people, *after.limits.people}:
        if before.limits.people.get(person) != after.limits.people.get(person):
            yield f"person/{person}"
