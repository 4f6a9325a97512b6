"""How long people may speak, and how long they have spoken."""

from datetime import datetime, timedelta
from typing import Final

from companion.core.ids import PersonId
from companion.core.procedure import RequestKind
from companion.core.state import Intervention, Session

EXPECTED_WITHOUT_LIMIT: Final = 120
"""Seconds that an intervention without a limit is expected to take."""


def limit_for(session: Session, person: PersonId, kind: RequestKind) -> int | None:
    """Return the speaking time in seconds: person over kind over group over default; None: no limit."""
    limits = session.limits
    if (own := limits.people.get(person)) is not None:
        return own.seconds
    if (of_kind := limits.kinds.get(kind)) is not None:
        return of_kind
    group = session.people[person].group
    if group is not None and (of_group := limits.groups.get(group)) is not None:
        return of_group
    return limits.default


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
