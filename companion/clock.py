"""Time and identifiers: the one home of the clock and of randomness.

Times are aware UTC datetimes of whole milliseconds, as they are written down, so that a replayed journal gives the same
state. They follow a steady clock from where the wall clock stood at the start, and so never go backwards.
"""

import functools
import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

# No vowels, so no words; none of 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. 21 to the power of 8 is 3.8e10.
JOIN_CODE_LETTERS = "34679CDFGHJKMNPQRTWXY"
JOIN_CODE_LENGTH = 8

_ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32
_ID_TIME_LETTERS = 9  # milliseconds until the year 3084
_ID_RANDOM_LETTERS = 9
_KEY_BYTES = 16
_SALTS_AT_ONCE = 256


# Linux counts the time asleep in this clock only: a laptop's lid may be closed between two sittings.
_STEADY_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def _wall() -> datetime:
    return datetime.now(UTC)


def _steady() -> float:
    return time.clock_gettime(_STEADY_CLOCK)


class Clock:
    """Tells the time, and makes identifiers, keys and join codes. `steady` counts seconds and never goes backwards."""

    def __init__(self, *, wall: Callable[[], datetime] = _wall, steady: Callable[[], float] = _steady) -> None:
        self._steady = steady
        self._started_at = wall()
        self._started_steady = steady()
        self._salts: list[str] = []

    def now(self) -> datetime:
        """Return the time, aware, in UTC, to the millisecond."""
        now = self._started_at + timedelta(seconds=self._steady() - self._started_steady)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def milliseconds(self) -> int:
        """Return the time in milliseconds since 1970."""
        return int(self.now().timestamp() * 1000)

    def make_id(self, prefix: str = "") -> str:
        """Return an identifier that nothing else has: `prefix` and 18 letters and digits that sort by time."""
        milliseconds = self.milliseconds()
        stamp = "".join(_ID_LETTERS[milliseconds >> 5 * place & 31] for place in reversed(range(_ID_TIME_LETTERS)))
        return prefix + stamp + "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_RANDOM_LETTERS))

    def make_key(self) -> str:
        """Return a secret of 128 bits that can stand in an address."""
        return secrets.token_urlsafe(_KEY_BYTES)

    def make_salt(self) -> str:
        """Return 16 random bytes in hexadecimal, which keep a body from being guessed from its digest."""
        if not self._salts:
            # Asked for one by one, each would have the loop wait for the interpreter's lock, which another thread takes meanwhile.
            drawn, digits = secrets.token_hex(_KEY_BYTES * _SALTS_AT_ONCE), 2 * _KEY_BYTES
            self._salts = [drawn[at : at + digits] for at in range(0, len(drawn), digits)]
        return self._salts.pop()

    def make_join_code(self) -> str:
        """Return a code of eight characters that can be read out and typed; it locates a session, it proves nothing."""
        return "".join(secrets.choice(JOIN_CODE_LETTERS) for _ in range(JOIN_CODE_LENGTH))


@functools.lru_cache(maxsize=4096)  # the same times stand in many keys, and are written again with each patch
def format_time(at: datetime) -> str:
    """Return `at` as `2022-10-18T08:45:05.120Z`; raise `ValueError` if it has no time zone."""
    if at.tzinfo is UTC:
        return at.isoformat(timespec="milliseconds")[: -len("+00:00")] + "Z"
    if at.tzinfo is None:
        raise ValueError("a time without a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def parse_time(text: str) -> datetime:
    """Return the time that `format_time` wrote; raise `ValueError` for any other form."""
    # The marks stand where they stand; that the rest are digits is seen below. A journal has 100,000 of them.
    if text[4:20:3] != "--T::." or text[23:] != "Z":
        raise ValueError("not a time in UTC with three decimals")
    return datetime.fromisoformat(text)


def read_join_code(typed: str) -> str:
    """Return the join code in what somebody typed: `k7wm-3qxd` and `K7WM 3QXD` are the same."""
    return re.sub(r"[\s-]", "", typed).upper()


def show_join_code(code: str) -> str:
    """Return `code` as people read it, in two halves: `K7WM 3QXD`."""
    half = JOIN_CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}"
