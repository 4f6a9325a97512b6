"""The sums of a record: totals of the interventions, and whose the list of speakers was."""

from dataclasses import dataclass

from companion.core.reckoned import Dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often and how long some of those who spoke did; points of order and void interventions apart."""

    what: str
    speakers: int
    interventions: int
    spoken_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The whole session, then by stakeholder group and by attendance.

    Of the requests: how many were not reached, of how many the person was called in vain, and how many were handed in as
    written statements instead of being delivered.
    """

    interventions: int
    speakers: int
    spoken_seconds: float
    points_of_order: int
    not_reached: int
    absent: int
    written: int
    by_group: tuple[Share, ...]
    by_attendance: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How much of the list of speakers was somebody's: requests, turns that are over, and their length."""

    what: str
    requests: int
    interventions: int
    spoken_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Whose the list of speakers was, by one dimension, in this session and, as it began, in those before it.

    `day`: the earlier sessions of the same day; `workshop`: all of them. Presentations, panellists' replies and points of
    order are not on this list. Only what gives nobody away is in it (`companion/audiences/figures.py`).
    """

    dimension: Dimension
    session: tuple[Part, ...]
    day: tuple[Part, ...]
    workshop: tuple[Part, ...]
