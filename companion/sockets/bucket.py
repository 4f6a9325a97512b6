"""How fast one person may send."""

from collections.abc import Callable


class Bucket:
    """Holds `most` tokens and refills with `per_second`; `steady` counts seconds and never goes backwards."""

    def __init__(self, *, most: int, per_second: int, steady: Callable[[], float]) -> None:
        self._most = most
        self._per_second = per_second
        self._steady = steady
        self._left = float(most)
        self._at = steady()

    def take(self) -> bool:
        """Take a token; False where there is none."""
        now = self._steady()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
