"""Who is connected: by person, not by socket. Told as signals, never recorded."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from companion.audiences.audience import SEES_PRESENCE
from companion.engine import Engine
from companion.live.announcer import Announcer

ABSENT_AFTER_SECONDS: Final = 3.0
"""A shorter gap is a change of network, and nobody's business."""


class Presence:
    """The people who are connected to each session."""

    def __init__(self, engine: Engine, announcer: Announcer) -> None:
        self._engine = engine
        self._announcer = announcer
        self._sockets: dict[str, Counter[str]] = {}
        self._shown: dict[str, set[str]] = {}
        self._lock = engine.lock()

    def arrived(self, session: str, person: str) -> None:
        """Count one more socket of a person."""
        with self._lock:
            self._sockets.setdefault(session, Counter())[person] += 1
            self._show(session, person)

    def left(self, session: str, person: str) -> None:
        """Count one socket less; told only if none comes back within a moment."""
        with self._lock:
            sockets = self._sockets.setdefault(session, Counter())
            sockets[person] -= 1
            if sockets[person] <= 0:
                del sockets[person]
                self._engine.spawn(self._show_later, session, person)

    def full(self, session: str) -> Mapping[str, Any]:
        """Return the signal that tells a newcomer of everybody who is shown as connected."""
        with self._lock:
            people = dict.fromkeys(self._shown.get(session, ()), True)
        return {"session": session, "type": "presence", "data": {"people": people, "full": True}}

    def connected(self) -> set[str]:
        """Return everybody who is connected to any session."""
        with self._lock:
            return {person for people in self._shown.values() for person in people}

    def _show_later(self, session: str, person: str) -> None:
        self._engine.sleep(ABSENT_AFTER_SECONDS)
        with self._lock:
            self._show(session, person)

    def _show(self, session: str, person: str) -> None:
        here = self._sockets[session][person] > 0
        shown = self._shown.setdefault(session, set())
        if here == (person in shown):
            return
        (shown.add if here else shown.discard)(person)
        signal = {"session": session, "type": "presence", "data": {"people": {person: here}}}
        for audience in SEES_PRESENCE:
            self._announcer.signal(session, audience, signal)
