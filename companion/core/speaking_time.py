"""How long people may speak, and how long they have spoken."""

from datetime import datetime, timedelta
from typing import Final

from companion.core.ids import PersonId
from companion.core.procedure import RequestKind
from companion.core.proceedings import EVERYBODY, Intervention, of_group, of_kind, of_person
from companion.core.state import Session

EXPECTED_WITHOUT_LIMIT: Final = 120
"""Seconds that an intervention without a limit is expected to take."""


def limit_for(session: Session, person: PersonId, kind: RequestKind) -> int | None:
    """Return the speaking time in seconds: person over kind over group over default; None: no limit."""
    group = session.people[person].group
    for address in (of_person(person), of_kind(kind), *((of_group(group),) if group else ()), EVERYBODY):
        limit = session.limits.get(address)
        if limit is not None and limit.seconds is not None:
            return limit.seconds
    return None


def expected_seconds(session: Session, person: PersonId, kind: RequestKind) -> int:
    """Return how long an intervention is expected to take, in seconds."""
    limit = limit_for(session, person, kind)
    return EXPECTED_WITHOUT_LIMIT if limit is None else limit


def spoken(intervention: Intervention, *, at: datetime) -> timedelta:
    """Return how long the intervention has lasted at `at`, pauses apart."""
    until = intervention.ended_at or intervention.paused_at or at
    return until - intervention.started_at - intervention.paused


def remaining(intervention: Intervention, *, at: datetime) -> timedelta | None:
    """Return the time left of the limit at `at`; negative once the speaker has run over; None without a limit."""
    if intervention.limit_seconds is None:
        return None
    return timedelta(seconds=intervention.limit_seconds) - spoken(intervention, at=at)
