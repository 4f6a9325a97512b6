"""What those who play have in common: the plan, who they are, chance, ids, and the account that is kept."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from companion.clock import Clock
from companion.simulate.account import Account, Asked
from companion.simulate.cast import Links, Listed
from companion.simulate.client import Player
from companion.simulate.screen import Screen
from companion.simulate.speaking_times import SpeakingTimes


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
class Left:
    """The requests that were not reached in a session that was played before, in their order there."""

    session: str
    requests: tuple[Asked, ...]


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
    left: Left | None = None
    """Whom the session before did not reach, to be carried over into this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The players of one panel, all of them in `players` by their ids.

    `deputy` presides for the moderator, `officer` keeps the list of speakers, `writers` take turns at notes, `voters` may
    answer polls.
    """

    session: str
    players: Mapping[str, Player]
    moderator: Player
    deputy: Player
    officer: Player
    secretariat: Player
    interpreter: Player | None
    participants: tuple[Player, ...]
    writers: tuple[Player, ...]
    voters: tuple[Player, ...]
    screen: Screen
    times: SpeakingTimes
    given: Listed
    earlier: tuple[Source, ...]
    left: Left | None
    speed: float
    random: random.Random
    clock: Clock
    account: Account
