"""What follows from all the rest and is kept beside it, so that nothing is counted anew at every tap.

`reckoning.py` keeps it up to date.
"""

from __future__ import annotations  # HashTrieMap cannot be subscripted at run time

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from rpds import HashTrieMap

from companion.core.ids import PersonId, RequestId
from companion.core.procedure import RequestList


class Dimension(StrEnum):
    """What a balance is of."""

    GROUP = "group"
    REGION = "region"
    ATTENDANCE = "attendance"
    LANGUAGE = "language"
    GENDER = "gender"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of the list of speakers was somebody's: requests made, turns that are over, and their length."""

    requests: int = 0
    interventions: int = 0
    duration: timedelta = timedelta(0)


Shares: TypeAlias = "HashTrieMap[tuple[Dimension, str], Share]"


class Filing(NamedTuple):
    """Where a request stands for the rule in force: its category, and its place among its like."""

    category: str
    distance: int
    name: str
    since: int


Entry: TypeAlias = tuple[int, str, int, RequestId]
"""Distance, name, since, request: sorted, the first of a category comes first."""


@dataclass(frozen=True, kw_only=True)  # no slots: see renewal.py
class Turns:
    """Those who wait, by the categories of the rule in force, and what it remembers of those who had a turn.

    `last` is the number of each category's latest turn and `last_at` when it began, `count` how many it had; `latest` the category that had the
    last of the `heard` turns; `times` how many turns each person had.
    """

    filed: HashTrieMap[RequestId, Filing] = HashTrieMap()
    pending: HashTrieMap[str, tuple[Entry, ...]] = HashTrieMap()
    last: HashTrieMap[str, int] = HashTrieMap()
    last_at: HashTrieMap[str, datetime] = HashTrieMap()
    count: HashTrieMap[str, int] = HashTrieMap()
    times: HashTrieMap[PersonId, int] = HashTrieMap()
    latest: str | None = None
    heard: int = 0


NO_TURNS: Final = Turns()


@dataclass(frozen=True, kw_only=True)  # no slots: see renewal.py
class Reckoning:
    """Sums that follow from requests and interventions.

    `expected` says for each request that waits on a list, or is inscribed for a later segment (None), how long it is
    expected to take, in seconds; `waiting_seconds` is the sum of each list, `later_seconds` of those inscribed for later.
    """

    as_of: datetime | None = None
    """When anything last happened that the forecast depends on."""
    shares: Shares = HashTrieMap()
    expected: HashTrieMap[RequestId, tuple[RequestList | None, int]] = HashTrieMap()
    waiting_seconds: HashTrieMap[RequestList, int] = HashTrieMap()
    later_seconds: int = 0
    turns: Turns = NO_TURNS
