"""What those who play have in common: who they are, chance, ids, and the account that is kept."""

import random
from dataclasses import dataclass

from companion.clock import Clock
from companion.simulate.account import Account
from companion.simulate.cast import Listed
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
