"""When the list will be through, how late that is, and which speaking time would fit.

Speakers seldom take just their time: the last turns tell by how much they stay below it or run over, and how long it takes
to change from one to the next.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from companion.core import speaking_time, whose_turn
from companion.core.procedure import RequestList
from companion.core.proceedings import Intervention
from companion.core.state import Session

_LATEST: Final = 10
"""Turns that the pace is taken from."""

_PRESUMED_SECONDS: Final = 360
"""Seconds presumed to have been spoken at just their limit, so that the first speaker alone does not set the pace."""

_LONGEST_CHANGE: Final = timedelta(seconds=120)
"""A longer gap between two speakers is a break, not a change."""

_STEP_SECONDS: Final = 5
_LEAST_SECONDS: Final = 15
"""In a shorter speaking time nothing can be said: it is never proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What is to be expected at `as_of`; all seconds are whole.

    `pace` is what is spoken for each second allotted, in hundredths; `fits_seconds` the speaking time with which those
    who wait would be through in time, None where nobody waits, nothing is planned, or no time in which anything could be said.
    """

    as_of: datetime
    waiting: int
    waiting_seconds: int
    speaking_seconds: int
    later_seconds: int
    changeover_seconds: int
    pace: int
    through_at: datetime
    ends_at: datetime | None
    late_seconds: int | None
    fits_seconds: int | None


def forecast(session: Session, *, at: datetime) -> Forecast:
    """Return what is to be expected, seen from `at`."""
    reckoning, ends_at = session.reckoning, session.programme.ends_at
    waiting = len(session.places(RequestList.SPEAKERS))
    seconds = reckoning.waiting_seconds.get(RequestList.SPEAKERS, 0)
    speaking, changeover, pace = _still_speaking(session, at), _changeover(session), _pace(session)
    through_at = at + timedelta(seconds=speaking + math.ceil(seconds * pace / 100) + waiting * changeover)
    later = math.ceil(reckoning.later_seconds * pace / 100)
    late = None if ends_at is None else math.ceil((through_at - ends_at).total_seconds()) + later
    left = None if ends_at is None else (ends_at - at).total_seconds() - speaking - later - waiting * changeover
    return Forecast(
        as_of=at,
        waiting=waiting,
        waiting_seconds=seconds,
        speaking_seconds=speaking,
        later_seconds=later,
        changeover_seconds=changeover,
        pace=pace,
        through_at=through_at,
        ends_at=ends_at,
        late_seconds=late,
        fits_seconds=None if left is None or not waiting else _sayable(left * 100 / pace / waiting),
    )


def _sayable(seconds: float) -> int | None:
    rounded = math.floor(seconds / _STEP_SECONDS) * _STEP_SECONDS
    return rounded if rounded >= _LEAST_SECONDS else None


def _still_speaking(session: Session, at: datetime) -> int:
    """Return how long whoever has the floor, and whom they interrupted, may still take."""
    on = (session.floor.intervention, session.floor.interrupted)
    return sum(_left(session.interventions[each], at) for each in on if each is not None)


def _left(intervention: Intervention, at: datetime) -> int:
    remaining = speaking_time.remaining(intervention, at=at)
    return 0 if remaining is None else max(0, math.ceil(remaining.total_seconds()))


def _turns(session: Session) -> list[Intervention]:
    """Return the latest turns that are over, oldest first; as many of other kinds among them are looked through."""
    latest = (session.interventions[each] for each in session.ended[-2 * _LATEST :])
    return [each for each in latest if whose_turn.is_turn(each)][-_LATEST:]


def _pace(session: Session) -> int:
    spoken = allotted = float(_PRESUMED_SECONDS)
    for turn in _turns(session):
        if turn.limit_seconds is not None and turn.ended_at is not None:
            spoken += speaking_time.spoken(turn, at=turn.ended_at).total_seconds()
            allotted += turn.limit_seconds
    return max(1, round(100 * spoken / allotted))


def _changeover(session: Session) -> int:
    gaps = [
        gap
        for before, after in pairwise(_turns(session))
        if before.ended_at is not None
        if timedelta(0) <= (gap := after.started_at - before.ended_at) <= _LONGEST_CHANGE
    ]
    return round(sum(gaps, timedelta(0)).total_seconds() / len(gaps)) if gaps else 0
