"""Sockets that have not said yet who they are: for so many seconds, and only so many of them at once."""

from collections.abc import Callable


class Strangers:
    """They wait in the order in which they came. Where there are too many, the one that has waited longest makes way.

    Whoever means to come in says so within a round trip, so it is those who never will that wait longest. There is no
    limit by address: a hall is one address. `steady` counts seconds and never goes backwards.
    """

    def __init__(self, *, most: int, seconds: float, steady: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._steady = steady
        self._since: dict[str, float] = {}
        self.turned_away = 0

    def __len__(self) -> int:
        return len(self._since)

    def came(self, socket: str) -> str | None:
        """Take note of a new one; return the one that has to make way for it, if any."""
        self._since[socket] = self._steady()
        if len(self._since) <= self._most:
            return None
        return self._turn_away(next(iter(self._since)))

    def forget(self, socket: str) -> None:
        """Take note that a socket is gone, or is no stranger any more."""
        self._since.pop(socket, None)

    def overdue(self) -> list[str]:
        """Return those who have waited for too long, and count them no more."""
        latest = self._steady() - self._seconds
        late = []
        for socket, since in self._since.items():
            if since > latest:
                break
            late.append(socket)
        return [self._turn_away(socket) for socket in late]

    def _turn_away(self, socket: str) -> str:
        del self._since[socket]
        self.turned_away += 1
        return socket
