"""The interventions of a session, as its record has them: who had the floor, by which rule, when and for how long."""

from collections.abc import Iterator
from datetime import timedelta

from companion.core import events as e
from companion.core import speaking_time
from companion.core.ids import InterventionId
from companion.core.people import Person
from companion.core.proceedings import Intervention as Held
from companion.record.history import History
from companion.record.model_floor import Intervention, Stretch, VoidReason
from companion.record.naming import Naming
from companion.record.requests import placed_at


def interventions(history: History, naming: Naming) -> Iterator[tuple[int, Intervention]]:
    """Yield the interventions in the order in which the floor was given, each with the number of its entry."""
    session, placed, vacant = history.session, placed_at(history), _not_there(history)
    for then, recorded in history.steps():
        given = recorded.event
        if not isinstance(given, e.FloorGiven):
            continue
        held = session.interventions[given.intervention]
        request = session.requests[held.request]
        person = naming.person(held.person)
        rule = naming.rule(given.rule)
        suggested = held.suggested if rule is not None else None
        yield (
            recorded.seq,
            Intervention(
                id=held.id,
                request=naming.request(held.request),
                segment=held.segment,
                who=naming.who(person.id),
                kind=held.kind,
                on_behalf_of=naming.said(person, held.on_behalf_of),
                topic=naming.said(person, held.topic),
                language=naming.said(person, held.language),
                attendance=naming.attendance(person, held.attendance),
                reply_to=naming.reply_to(person, held.reply_to),
                requested_at=naming.at(person, request.requested_at),
                placed_at=naming.at_or_none(person, placed.get(request.id)),
                placed_by=naming.rule(held.placed_by),
                rule=rule,
                suggested=naming.request(suggested) if suggested else None,
                given_by=naming.role(held.given_by, then=then),
                started_at=naming.at(person, held.started_at),
                pauses=_pauses(naming, person, held),
                ended_at=naming.at_or_none(person, held.ended_at),
                # Groups have speaking times of their own, and some people too.
                allotted_seconds=held.limit_seconds if naming.is_traceable(person) else None,
                extended_seconds=held.extended_seconds,
                spoken_seconds=_seconds(history, naming, person, held),
                ruling=None if held.void else request.ruling,
                void=held.void,
                void_reason=_why_void(held, vacant),
            ),
        )


def spoken(history: History, held: Held) -> timedelta:
    """Return how long an intervention lasted, until now if it goes on."""
    return speaking_time.spoken(held, at=history.as_of)


def _pauses(naming: Naming, person: Person, held: Held) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(since=naming.at(person, pause.since), until=naming.at_or_none(person, pause.until))
        for pause in held.pauses
    )


def _seconds(history: History, naming: Naming, person: Person, held: Held) -> float:
    seconds = spoken(history, held).total_seconds()
    return seconds if naming.is_traceable(person) else round(seconds / 60) * 60.0


def _why_void(held: Held, vacant: frozenset[InterventionId]) -> VoidReason | None:
    if not held.void:
        return None
    return VoidReason.ABSENT if held.id in vacant else VoidReason.UNDONE


def _not_there(history: History) -> frozenset[InterventionId]:
    """Return the interventions that never were, for whoever was called was not there."""
    return frozenset(
        recorded.event.intervention
        for recorded in history.happened
        if isinstance(recorded.event, e.FloorVoided) and recorded.seq not in history.undone
    )
