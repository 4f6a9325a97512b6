"""What those who play have in common: the plan, who they are, chance, ids, and the account that is kept."""

import random
from dataclasses import dataclass

from companion.clock import Clock
from companion.simulate.account import Account
from companion.simulate.cast import Links, Listed
from companion.simulate.client import Player


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A recommendation of a session that was played before, and the version in which it stands there."""

    session: str
    recommendation: str
    version: int
    symbol: str
    text: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be played. `requests`: put so many on the list and stop; `stop_after`: leave the panel as it is then."""

    links: Links
    session: str | None
    speed: float
    people: int
    seed: int
    requests: int | None = None
    stop_after: str | None = None
    earlier: tuple[Source, ...] = ()
    """Recommendations of sessions played before, to be taken up in the last one of the workshop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The players of one panel. `writers` take turns at notes; `voters` may answer polls."""

    moderator: Player
    writers: tuple[Player, ...]
    voters: tuple[Player, ...]
    given: Listed
    earlier: tuple[Source, ...]
    random: random.Random
    clock: Clock
    account: Account
