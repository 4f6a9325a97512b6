"""All sessions in progress."""

from collections.abc import Iterator

from companion.clock import Clock
from companion.config import Settings
from companion.engine import Engine
from companion.live.announcer import Announcer
from companion.live.committer import Committer
from companion.live.host import Host
from companion.store import journal
from companion.store.database import Database


class Sessions:
    """The hosts of all sessions that a database holds. Each has the same epoch: this start of the server."""

    def __init__(
        self, engine: Engine, clock: Clock, committer: Committer, announcer: Announcer, settings: Settings
    ) -> None:
        self.epoch = clock.make_id()
        self._engine = engine
        self._clock = clock
        self._committer = committer
        self._announcer = announcer
        self._settings = settings
        self._hosts: dict[str, Host] = {}

    def __iter__(self) -> Iterator[Host]:
        return iter(self._hosts.values())

    def open(self, database: Database) -> None:
        """Take up all sessions from their journals."""
        for session in journal.sessions_with_entries(database):
            host = Host(
                session,
                engine=self._engine,
                clock=self._clock,
                committer=self._committer,
                announcer=self._announcer,
                epoch=self.epoch,
                ring_patches=self._settings.limits.ring_patches,
            )
            host.open(database)
            self._hosts[session] = host

    def find(self, session: str) -> Host | None:
        """Return the host of a session, or None where there is no such session."""
        return self._hosts.get(session)
