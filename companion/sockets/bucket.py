"""How fast one person may send, and how slowly whoever goes on all the same is heard."""

from collections.abc import Callable


class Bucket:
    """Holds `most` tokens and refills with `per_second`; `steady` counts seconds and never goes backwards."""

    def __init__(self, *, most: int, per_second: int, steady: Callable[[], float]) -> None:
        self._most = most
        self._per_second = per_second
        self._steady = steady
        self._left = float(most)
        self._at = steady()
        self._refused = 0

    def take(self) -> bool:
        """Take a token; False where there is none."""
        self._refill()
        if self._left < 1:
            self._refused += 1
            return False
        self._left -= 1
        self._refused = 0
        return True

    @property
    def is_full(self) -> bool:
        """Say whether it is as good as a new one."""
        self._refill()
        return self._left >= self._most

    @property
    def pause_seconds(self) -> float:
        """Return how long to wait before more is read from whoever was refused.

        Nothing at first; once as many were refused in a row as it holds, as long as a token takes to come. What is not
        read waits with the sender.
        """
        return 0.0 if self._refused <= self._most else 1 / self._per_second

    def _refill(self) -> None:
        now = self._steady()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
