"""What each person may send: so many messages, and beside them so many questions for the time.

Whoever goes on sending after a refusal is heard slowly: their socket is not read for a moment, so that what they send waits
with them and not here. Theirs alone: everybody else has turns meanwhile.
"""

import time
from collections.abc import Callable
from typing import Final

from companion.config import LimitSettings
from companion.engine import Engine
from companion.sockets.bucket import Bucket

_KEPT_UNUSED: Final = 1_000


class Allowances:
    """The buckets of all people who are here, or were until a moment ago: to leave and come back fills none."""

    def __init__(
        self,
        engine: Engine,
        limits: LimitSettings,
        *,
        is_here: Callable[[str], bool],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._steady = steady
        self._limits = limits
        self._is_here = is_here
        self._of: dict[str, _Buckets] = {}

    def grant(self, person: str) -> None:
        """See to it that a person has buckets."""
        if person in self._of:
            return
        if self._of and len(self._of) % _KEPT_UNUSED == 0:
            self._of = {who: each for who, each in self._of.items() if self._is_here(who) or not each.are_full}
        self._of[person] = _Buckets(self._limits, self._steady)

    def may_send(self, person: str) -> bool:
        """Say whether a message of a person is heard; where it is not, say so after a while."""
        return self._has_a_turn(self._of[person].messages)

    def may_ask_the_time(self, person: str) -> bool:
        """Say whether a question for the time is answered; likewise."""
        return self._has_a_turn(self._of[person].clock)

    def _has_a_turn(self, bucket: Bucket) -> bool:
        taken = bucket.take()
        if not taken:
            self._engine.sleep(bucket.pause_seconds)
        return taken


class _Buckets:
    def __init__(self, limits: LimitSettings, steady: Callable[[], float]) -> None:
        self.messages, self.clock = (
            Bucket(most=limits.burst, per_second=limits.commands_per_second, steady=steady) for _ in range(2)
        )

    @property
    def are_full(self) -> bool:
        """Say whether they are as good as new ones."""
        return self.messages.is_full and self.clock.is_full
