"""Who is connected by which socket, and which rooms of the library are which audiences."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from companion.audiences.audience import Audience

SILENT_SECONDS: Final = 3.0

# socketio ships no types; this is all that is used of its server here.
SocketServer = Any


@dataclass(slots=True)
class Connection:
    """A socket of somebody who is signed in; `session` is the one that it has joined."""

    sid: str
    key: str
    person: str
    language: str
    session: str | None = None
    audience: Audience | None = None


class Connections:
    """All sockets of people who are signed in."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Connection] = {}
        self._by_person: dict[str, dict[str, Connection]] = {}

    def __len__(self) -> int:
        return len(self._by_sid)

    def __iter__(self) -> Iterator[Connection]:
        return iter([*self._by_sid.values()])

    def add(self, connection: Connection) -> None:
        """Take note of a socket."""
        self._by_sid[connection.sid] = connection
        self._by_person.setdefault(connection.person, {})[connection.sid] = connection

    def remove(self, sid: str) -> Connection | None:
        """Forget a socket; return what was known of it."""
        connection = self._by_sid.pop(sid, None)
        if connection is not None:
            theirs = self._by_person[connection.person]
            del theirs[sid]
            if not theirs:
                del self._by_person[connection.person]
        return connection

    def rename(self, connection: Connection, person: str) -> None:
        """Let a socket be that of another person: the one that a guest turned out to be."""
        self.remove(connection.sid)
        connection.person = person
        self.add(connection)

    def get(self, sid: str) -> Connection | None:
        """Return what is known of a socket."""
        return self._by_sid.get(sid)

    def of(self, person: str) -> list[Connection]:
        """Return the sockets of a person, the oldest first."""
        return [*self._by_person.get(person, {}).values()]


class Road:
    """The announcer: sends to the sockets of an audience, or of a person, through the library's rooms."""

    def __init__(self) -> None:
        self._server: SocketServer = None

    def lay(self, server: SocketServer) -> None:
        """Say which `socketio.Server` the road goes over."""
        self._server = server

    def enter(self, connection: Connection) -> None:
        """Put a socket into the rooms of the session and the audience that it has joined."""
        for room in _rooms(connection):
            self._server.enter_room(connection.sid, room)

    def leave(self, connection: Connection) -> None:
        """Take a socket out of its rooms."""
        for room in _rooms(connection):
            self._server.leave_room(connection.sid, room)

    def patch(self, session: str, audience: Audience, patch: Mapping[str, Any]) -> None:
        """Send a patch to every socket of an audience."""
        self._server.emit("patch", patch, to=_shared(session, audience))

    def patch_person(self, session: str, person: str, patch: Mapping[str, Any]) -> None:
        """Send a patch of own keys to every socket of a person."""
        self._server.emit("patch", patch, to=_own(session, person))

    def signal(self, session: str, audience: Audience, signal: Mapping[str, Any]) -> None:
        """Send a signal to every socket of an audience."""
        self._server.emit("signal", signal, to=_shared(session, audience))

    def signal_one(self, sid: str, signal: Mapping[str, Any]) -> None:
        """Send a signal to one socket."""
        self._server.emit("signal", signal, to=sid)

    def is_silent(self, sid: str) -> bool:
        """Say whether the last ping to a socket has gone unanswered for longer than any network takes."""
        socket = self._server.eio.sockets.get(self.name_of(sid))
        return socket is None or (socket.last_ping is not None and time.time() - socket.last_ping > SILENT_SECONDS)

    def waiting_packets(self) -> int:
        """Return how many packets wait in the library's queues, over all sockets."""
        return sum(socket.queue.qsize() for socket in [*self._server.eio.sockets.values()])

    def name_of(self, sid: str) -> str:
        """Return the name that Engine.IO has for a socket."""
        return str(self._server.manager.eio_sid_from_sid(sid, "/"))

    def cut(self, sid: str) -> None:
        """Close a socket."""
        self._server.disconnect(sid)


def _rooms(connection: Connection) -> tuple[str, ...]:
    if connection.session is None or connection.audience is None:
        return ()
    return _shared(connection.session, connection.audience), _own(connection.session, connection.person)


def _shared(session: str, audience: Audience) -> str:
    return f"{session}/{audience}"


def _own(session: str, person: str) -> str:
    return f"{session}/me/{person}"
