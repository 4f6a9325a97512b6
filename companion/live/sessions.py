"""All sessions in progress."""

from collections.abc import Iterator
from dataclasses import replace

from companion.clock import Clock
from companion.config import Settings
from companion.core import commands as c
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

    def complete(self, command: c.ClientCommand, workshop: str) -> c.ClientCommand:
        """Return the command with what the server knows from other sessions of the workshop."""
        if not isinstance(command, c.BringRecommendation):
            return command
        source = self.find(command.source.session)
        if source is None or source.committed.programme.workshop != workshop:
            return command
        there = source.committed.recommendations.get(command.source.recommendation)
        if there is None:
            return command
        version = next((each for each in there.versions if each.number == command.source.version), None)
        if version is None:
            return command
        brought = c.Brought(
            symbol=there.symbol,
            title=version.title,
            text=version.text,
            addressees=version.addressees,
            group=there.group,
            status=there.status,
        )
        return replace(command, brought=brought)
