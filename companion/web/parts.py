"""What the door is made of, handed to each of its nouns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from flask import request

from companion.clock import Clock
from companion.config import Settings
from companion.core.procedure import SessionStatus
from companion.core.refusals import Refusal, Refused
from companion.counters import Counters
from companion.engine import Engine
from companion.finding.searcher import Searcher
from companion.keeping.keeper import Kept
from companion.live.arrivals import Caller
from companion.live.corrections import Corrections
from companion.live.desk import Desk
from companion.live.host import Host
from companion.live.presence import Presence
from companion.live.sessions import Sessions
from companion.store.directory import SessionRow

_THIS_MACHINE: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The program as the door sees it; `base_url` is the address listened on, as the network sees it."""

    settings: Settings
    desk: Desk
    sessions: Sessions
    presence: Presence
    corrections: Corrections
    searcher: Searcher
    clock: Clock
    engine: Engine
    base_url: str
    sockets: Callable[[], int]
    kept: Callable[[], Kept]
    counters: Counters

    def address(self) -> str:
        """Return what people type or scan: as configured, else as the reader reached us, unless only they can."""
        if self.settings.server.public_url:
            return self.settings.server.public_url
        if self.base_url and urlsplit(request.host_url).hostname in _THIS_MACHINE:
            return self.base_url
        return request.host_url.removesuffix("/")

    def session(self, caller: Caller, id_: str) -> tuple[SessionRow, Host]:
        """Return a session of the caller's workshop; raise `Refused` (not_found)."""
        row = next((row for row in self.desk.sessions(caller.person.workshop) if row.id == id_), None)
        host = self.sessions.find(id_)
        if row is None or host is None:
            raise Refused(Refusal.NOT_FOUND)
        return row, host

    def status(self, session: str) -> SessionStatus:
        """Return the status of a session as it is on disk; what has no journal yet is scheduled."""
        host = self.sessions.find(session)
        return SessionStatus.SCHEDULED if host is None else host.committed.course.status
