"""All sessions in progress."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from companion.audiences.audience import Audience
from companion.clock import Clock
from companion.config import Settings
from companion.core import commands as c
from companion.core.ids import Unset
from companion.core.state import Session
from companion.engine import Engine
from companion.live import completing
from companion.live.announcer import Announcer
from companion.live.committer import Committer
from companion.live.host import Host
from companion.logs import Log
from companion.store import ballots, journal
from companion.store.database import SQLITE_VERSION, Database

_log = Log(__name__)


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
        committer.when_full(self._tell_read_only)

    def __iter__(self) -> Iterator[Host]:
        return iter(self._hosts.values())

    def open(self, database: Database) -> None:
        """Take up all sessions from their journals, and say how many and how much that was."""
        began = self._clock.now()
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
        boxes = [box for host in self for box in host.secret.boxes]
        for _ in ballots.delete_others(database.path, boxes):
            _log.info("closing_finished")
        seconds = (self._clock.now() - began).total_seconds()
        _log.info("opened", sqlite=SQLITE_VERSION, sessions=len(self._hosts), entries=self.entries, seconds=seconds)

    @property
    def read_only(self) -> bool:
        """Return whether nothing can be recorded now, for want of room on the disk."""
        return self._committer.is_full

    @property
    def closed(self) -> int:
        """Return how many sessions are closed."""
        return sum(host.committed.course.status.is_over for host in self)

    @property
    def entries(self) -> int:
        """Return how many entries all journals hold."""
        return sum(host.committed.seq for host in self)

    def read_only_signal(self, session: str) -> Mapping[str, Any]:
        """Return the signal that tells the screens of a session whether anything is recorded."""
        return {"session": session, "type": "read_only", "data": {"read_only": self.read_only}}

    def find(self, session: str) -> Host | None:
        """Return the host of a session, or None where there is no such session."""
        return self._hosts.get(session)

    def complete(self, command: c.ClientCommand, session: str, workshop: str) -> c.ClientCommand:
        """Return a command to `session` with what the server knows beside it: from other sessions, from the settings."""
        match command:
            case c.BringRecommendation():
                return self._brought(command, workshop)
            case c.CarryOver():
                source = self._other(command.source, workshop)
                return (
                    command
                    if source is None
                    else replace(command, found=completing.not_reached(source, self._all(workshop)))
                )
            case c.StartSession():
                return replace(command, earlier=completing.earlier(session, self._all(workshop)))
            case c.ChangeSettings() if not isinstance(command.preset, Unset):
                preset = self._settings.presets.get(command.preset)
                here = self.find(session)
                found = None if preset is None or here is None else completing.preset(preset, here.committed)
                return replace(command, found=found)
            case _:
                return command

    def _tell_read_only(self, full: bool) -> None:  # noqa: FBT001 (what the committer calls)
        (_log.error if full else _log.info)("disk_full" if full else "disk_has_room")
        for host in self:
            for audience in Audience:
                self._announcer.signal(host.id, audience, self.read_only_signal(host.id))

    def _all(self, workshop: str) -> list[Session]:
        """Return all sessions of a workshop as they are on disk."""
        return [host.committed for host in self if host.committed.programme.workshop == workshop]

    def _other(self, session: str, workshop: str) -> Session | None:
        return next((each for each in self._all(workshop) if each.id == session), None)

    def _brought(self, command: c.BringRecommendation, workshop: str) -> c.ClientCommand:
        source = self._other(command.source.session, workshop)
        there = None if source is None else source.recommendations.get(command.source.recommendation)
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
