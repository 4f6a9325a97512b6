"""How many wrong codes and keys are heard in a minute, from one address and from all.

A right one is never limited: a hall is one address.
"""

from collections import deque
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from companion.clock import Clock
from companion.config import JoiningSettings
from companion.core.refusals import Refusal, Refused

_WINDOW: Final = timedelta(minutes=1)
WRONG: Final = frozenset({Refusal.WRONG_CODE, Refusal.REVOKED})


class TooManyTries(Refused):
    """Wrong too often; the next try is heard in `retry_in_seconds`."""

    def __init__(self, retry_in_seconds: int) -> None:
        super().__init__(Refusal.RATE_LIMITED)
        self.retry_in_seconds = retry_in_seconds


class WrongTries:
    """The wrong tries of the last minute: never more of them than are heard."""

    def __init__(self, clock: Clock, settings: JoiningSettings) -> None:
        self._clock = clock
        self._settings = settings
        self._tries: deque[tuple[datetime, str]] = deque()

    def count(self, address: str) -> None:
        """Count a wrong try; raise `TooManyTries` where there were too many before it."""
        now = self._clock.now()
        while self._tries and now - self._tries[0][0] >= _WINDOW:
            self._tries.popleft()
        theirs = [at for at, whose in self._tries if whose == address]
        if len(theirs) >= self._settings.wrong_codes_per_minute:
            raise _too_many(theirs[-self._settings.wrong_codes_per_minute], now)
        if len(self._tries) >= self._settings.wrong_codes_per_minute_everywhere:
            raise _too_many(self._tries[0][0], now)
        self._tries.append((now, address))


def _too_many(oldest: datetime, now: datetime) -> TooManyTries:
    return TooManyTries(max(1, ceil((oldest + _WINDOW - now).total_seconds())))
