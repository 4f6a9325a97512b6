"""How long people may speak, and how long they have spoken."""

import math
from datetime import datetime, timedelta
from typing import Final

from companion.core.ids import GroupId, PersonId
from companion.core.procedure import TURNS, RequestKind
from companion.core.proceedings import (
    EVERYBODY,
    SHARED,
    Intervention,
    LimitAddress,
    of_bank,
    of_group,
    of_kind,
    of_person,
    of_reply,
)
from companion.core.reckoned import Dimension
from companion.core.state import Session

EXPECTED_WITHOUT_LIMIT: Final = 120
"""Seconds that an intervention without a limit is expected to take."""

MOST_REPLIES: Final = 2
"""Rights of reply of one delegation on one item (General Assembly decision 34/401)."""


def limit_for(session: Session, person: PersonId, kind: RequestKind) -> int | None:
    """Return the speaking time in seconds: person over kind over group over default; None: no limit.

    A right of reply is limited as the first or the second of its delegation. Where the time that is left has been
    shared out, no turn on the list of speakers is longer, but for those who have a limit of their own.
    """
    own = _seconds(session, of_person(person))
    if own is not None:
        return own
    group = session.people[person].group
    reply = (of_reply(min(next_reply(session, person), MOST_REPLIES)),) if kind is RequestKind.RIGHT_OF_REPLY else ()
    addresses = (*reply, of_kind(kind), *((of_group(group),) if group else ()), EVERYBODY)
    limit = next((seconds for each in addresses if (seconds := _seconds(session, each)) is not None), None)
    shared = _seconds(session, SHARED) if kind in TURNS else None
    return limit if shared is None else min(shared, limit or shared)


def allotted(session: Session, person: PersonId, kind: RequestKind) -> int | None:
    """Return the speaking time that a turn beginning now gets, in seconds: no more than is left of the group's common time.

    Once that is used up the usual limit holds: whether to give the floor at all is the moderator's to decide.
    """
    limit = limit_for(session, person, kind)
    group = session.people[person].group
    left = None if group is None or kind not in TURNS else bank_left(session, group)
    return limit if left is None or left <= 0 else min(left, limit or left)


def bank_left(session: Session, group: GroupId) -> int | None:
    """Return what is left of a group's common time in seconds, negative once overdrawn; None where it has none."""
    bank = _seconds(session, of_bank(group))
    if bank is None:
        return None
    used = session.reckoning.shares.get((Dimension.GROUP, group))
    return bank if used is None else bank - math.ceil(used.duration.total_seconds())


def next_reply(session: Session, person: PersonId) -> int:
    """Return whether the next right of reply of the person's delegation is its first (1) or a further one (2, 3 …)."""
    return 1 + replies(session, person)


def replies(session: Session, person: PersonId) -> int:
    """Return how many rights of reply the person's delegation has had; one without delegation stands alone."""
    mine = session.people[person]
    return sum(
        held.kind is RequestKind.RIGHT_OF_REPLY
        and not held.void
        and (held.person == person or (mine.delegation is not None and _delegation(session, held) == mine.delegation))
        for held in session.interventions.values()
    )


def expected_seconds(session: Session, person: PersonId, kind: RequestKind) -> int:
    """Return how long an intervention is expected to take, in seconds."""
    limit = allotted(session, person, kind)
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


def _seconds(session: Session, address: LimitAddress) -> int | None:
    limit = session.limits.get(address)
    return None if limit is None else limit.seconds


def _delegation(session: Session, held: Intervention) -> str | None:
    return session.people[held.person].delegation
