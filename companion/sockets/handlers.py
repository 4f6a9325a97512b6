"""What is said on a socket: come in, join a session, send commands, ask the time.

The handlers wait for the commit, and what they return is the acknowledgement, so one client's commands keep their
order. No rule lives here. Identity comes from the token alone; the role is read anew at every message.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final, TypeVar

import msgspec
from socketio.exceptions import ConnectionRefusedError as Refuse

from companion import wording
from companion.audiences.audience import AUDIENCE_OF, SEES_PRESENCE, Audience
from companion.clock import Clock
from companion.codec.commands import read_command
from companion.codec.messages import AskClock, JoinSession, LeaveSession, SendCommand, read_message
from companion.codec.problems import BadMessage
from companion.config import LimitSettings
from companion.core.people import Actor
from companion.core.refusals import Refusal, Refused
from companion.counters import Counters
from companion.engine import Engine
from companion.live import identities
from companion.live.arrivals import Caller
from companion.live.desk import Desk
from companion.live.host import Host
from companion.live.presence import Presence
from companion.live.sessions import Sessions
from companion.logs import Log
from companion.sockets.allowances import Allowances
from companion.sockets.connections import Connection, Connections, Road, SocketServer
from companion.sockets.strangers import Strangers

COOKIES: Final = ("__Host-companion", "companion")
FIRST_BACK_SECONDS: Final = 2.0
BACK_PER_SECOND: Final = 250
"""After a restart: those who run the room first, and no more of the others at once than are taken in without delay."""
_BACK_FIRST: Final = (Audience.STAFF, Audience.TECHNICAL, Audience.BOOTH)
_LOOK_SECONDS: Final = 0.02
T = TypeVar("T", bound=msgspec.Struct)
Answer = Mapping[str, Any]
_log = Log(__name__)


class SocketDoor:
    """The handlers of all sockets."""

    def __init__(  # noqa: PLR0913 (a composition)
        self,
        *,
        desk: Desk,
        sessions: Sessions,
        presence: Presence,
        road: Road,
        clock: Clock,
        limits: LimitSettings,
        engine: Engine,
        counters: Counters,
    ) -> None:
        self.connections = Connections()
        self.strangers = Strangers(most=limits.not_signed_in, seconds=limits.sign_in_seconds, steady=time.monotonic)
        self._desk = desk
        self._sessions = sessions
        self._presence = presence
        self._road = road
        self._clock = clock
        self._limits = limits
        self._engine = engine
        self._outcomes = counters.commands
        self._allowances = Allowances(engine, limits, is_here=lambda person: bool(self.connections.of(person)))
        self._joining = engine.lock()
        self.handlers: dict[str, Callable[[str, object], Answer]] = {
            "join": self._answering(JoinSession, self._join),
            "leave": self._answering(LeaveSession, self._leave),
            "command": self._answering(SendCommand, self._command),
            "clock": self._answering(AskClock, self._tell_time),
        }
        desk.when_revoked(self._sign_out)
        desk.when_otherwise(self._come_back)

    def open(self, server: SocketServer) -> None:
        """Listen to a `socketio.Server`."""
        self._road.lay(server)
        server.on("connect", self._connect)
        server.on("disconnect", self._disconnect)
        for event, handler in self.handlers.items():
            server.on(event, handler)

    def say_restarting(self) -> None:
        """Tell everybody that the server goes away, and each of them when to come back: evenly one after the other."""
        for place, connection in enumerate(sorted(self.connections, key=_comes_back_later)):
            seconds = round(FIRST_BACK_SECONDS + place / BACK_PER_SECOND, 2)
            signal = {"session": None, "type": "restarting", "data": {"retry_in_seconds": seconds}}
            self._road.signal_one(connection.sid, signal)

    def wait_until_told(self, *, seconds: float) -> None:
        """Wait until nothing waits for anybody any more, but no longer than `seconds`."""
        until = time.monotonic() + seconds
        self._engine.sleep(_LOOK_SECONDS)
        while self._road.waiting_packets() and time.monotonic() < until:
            self._engine.sleep(_LOOK_SECONDS)

    def by_audience(self) -> dict[str, int]:
        """Return how many sockets of people who are signed in are in each audience, or in none."""
        return Counter(str(connection.audience or "none") for connection in self.connections)

    def _connect(self, sid: str, environ: Mapping[str, Any], auth: object) -> None:
        token = _token(environ, auth)
        caller = self._desk.who(token) if token else None
        language = wording.for_reader(
            chosen=_cookie(environ, wording.COOKIE),
            accept_language=environ.get("HTTP_ACCEPT_LANGUAGE"),
            spoken=None if caller is None else caller.person.language,
        )
        if caller is None:
            raise _refuse(Refusal.REVOKED if token else Refusal.NOT_SIGNED_IN, language)
        if not self._has_room_for_one_more(caller.person.id):
            raise _refuse(Refusal.TOO_MANY_CONNECTIONS, language)
        self.connections.add(Connection(sid, caller.key.id, caller.person.id, language))
        self.strangers.forget(self._road.name_of(sid))
        self._allowances.grant(caller.person.id)
        self._desk.note_use(caller)

    def _has_room_for_one_more(self, person: str) -> bool:
        """Say whether a person may open another socket; those that have gone silent make way for it."""
        theirs = self.connections.of(person)
        if len(theirs) < self._limits.sockets_per_person:
            return True
        silent = [connection for connection in theirs if self._road.is_silent(connection.sid)]
        for connection in silent:
            self._road.cut(connection.sid)
        return len(theirs) - len(silent) < self._limits.sockets_per_person

    def _disconnect(self, sid: str, reason: str = "") -> None:
        connection = self.connections.remove(sid)
        if connection is None:
            return
        if connection.session is not None:
            self._presence.left(connection.session, connection.person)
        _log.debug("disconnected", reason=reason)

    def _answering(
        self, kind: type[T], handle: Callable[[Connection, Caller, T], Answer]
    ) -> Callable[[str, object], Answer]:
        """Return a handler that reads its message, knows its caller, and answers whatever happens."""

        def answering(sid: str, payload: object = None) -> Answer:
            connection = self.connections.get(sid)
            if connection is None:
                return _refused(Refusal.NOT_SIGNED_IN, "en")
            answer = self._answer(connection, kind, handle, payload)
            if kind is SendCommand:
                self._outcomes[answer.get("code", "ok")] += 1
            return answer

        return answering

    def _answer(
        self, connection: Connection, kind: type[T], handle: Callable[[Connection, Caller, T], Answer], payload: object
    ) -> Answer:
        try:
            caller = self._desk.still(connection.key)
            if caller is None:
                return _refused(Refusal.REVOKED, connection.language)
            allowed = self._allowances.may_ask_the_time if kind is AskClock else self._allowances.may_send
            if not allowed(connection.person):
                return _refused(Refusal.RATE_LIMITED, connection.language)
            return handle(connection, caller, read_message(kind, {} if payload is None else payload))
        except Refused as refused:
            _log.info("refused", event_name=kind.__name__, code=refused.reason)
            answer = _refused(refused.reason, connection.language, refused.because)
            return answer if refused.depends_on is None else {**answer, "depends_on": str(refused.depends_on)}
        except BadMessage as bad:
            _log.warning("bad_message", event_name=kind.__name__, field=bad.field)
            reason = Refusal.TOO_LARGE if bad.too_large else Refusal.BAD_MESSAGE
            sentence = wording.sentence(reason, connection.language)
            return {"ok": False, "code": reason, "message": f"{sentence} ({bad})", "field": bad.field}
        except Exception:  # noqa: BLE001 (the door: a bug is answered, and its traceback goes to the log)
            incident = self._clock.make_id("incident-")
            _log.error("unexpected", event_name=kind.__name__, incident=incident)
            return {**_refused(Refusal.UNEXPECTED, connection.language), "incident": incident}

    def out_of_protocol(self, sid: str | None) -> None:
        """Hear of a message that is none of the protocol's: it counts like any other."""
        connection = self.connections.get(sid) if sid else None
        if connection is not None:
            self._allowances.may_send(connection.person)

    def _join(self, connection: Connection, caller: Caller, message: JoinSession) -> Answer:
        host = self._host(caller, message.session)
        host.enter(self._desk.as_person(caller.person))
        with self._joining:
            self._engine.sleep(0)  # of a thousand who come back at once, one at a time: others have turns in between
        with host.lock:
            # All of this has waited: the role may have been taken away meanwhile, and the socket may be gone.
            now = self._still(connection)
            audience = AUDIENCE_OF[now.role]
            since = message.since if message.audience == audience else None
            arrived = connection.session != host.id
            if arrived:
                self._go(connection)
            self._road.leave(connection)
            connection.session, connection.audience = host.id, audience
            self._road.enter(connection)
            joined = host.join(now.person.id, audience, epoch=message.epoch, since=since)
        if arrived:
            self._presence.arrived(host.id, now.person.id)
        if audience in SEES_PRESENCE:
            self._road.signal_one(connection.sid, self._presence.full(host.id))
        if self._sessions.read_only:
            self._road.signal_one(connection.sid, self._sessions.read_only_signal(host.id))
        return joined.answer()

    def _still(self, connection: Connection) -> Caller:
        """Return who is at a socket after a wait; raise `Refused` (revoked) if nobody is any more."""
        now = self._desk.still(connection.key)
        if now is None or self.connections.get(connection.sid) is not connection:
            raise Refused(Refusal.REVOKED)
        return now

    def _leave(self, connection: Connection, _: Caller, message: LeaveSession) -> Answer:
        if connection.session == message.session:
            self._go(connection)
        return {"ok": True}

    def _command(self, connection: Connection, caller: Caller, message: SendCommand) -> Answer:
        host = self._host(caller, message.session)
        command = read_command(message.type, message.data, message.expect)
        command = self._sessions.complete(command, host.id, caller.person.workshop)
        if not host.knows_as(caller.person.id, caller.role):
            host.enter(self._desk.as_person(caller.person))
            caller = self._still(connection)
        before = host.staged
        answer = host.command(Actor(person=caller.person.id, role=caller.role), message.id, command)
        after = host.committed
        for person, was in identities.changed(command, before, after):
            self._desk.follow(caller.person.workshop, person, was=was)
            host.followed(person.id, after.seq)
        done: dict[str, Any] = {"ok": True, "seq": answer.seq}
        return done if answer.result is None else {**done, "result": answer.result}

    def _come_back(self, person: str) -> None:
        """Take a person's screens out of their audience at once; they join again, by what they may see now."""
        for connection in self.connections.of(person):
            session = connection.session
            self._go(connection)
            caller = self._desk.still(connection.key)
            if caller is not None and caller.person.id != person:
                self._allowances.grant(caller.person.id)
                self.connections.rename(connection, caller.person.id)
            self._road.signal_one(connection.sid, {"session": session, "type": "rejoin", "data": {}})

    def _tell_time(self, _: Connection, __: Caller, ___: AskClock) -> Answer:
        return {"server_ms": self._clock.milliseconds()}

    def _host(self, caller: Caller, session: str) -> Host:
        host = self._sessions.find(session)
        if host is None or host.committed.programme.workshop != caller.person.workshop:
            raise Refused(Refusal.NOT_FOUND)
        return host

    def _go(self, connection: Connection) -> None:
        """Leave the session that the socket has joined, if any."""
        self._road.leave(connection)
        session, connection.session, connection.audience = connection.session, None, None
        if session is not None:
            self._presence.left(session, connection.person)

    def _sign_out(self, keys: frozenset[str]) -> None:
        for connection in self.connections:
            if connection.key in keys:
                self._road.signal_one(connection.sid, {"session": None, "type": "signed_out", "data": {}})
                self._road.cut(connection.sid)


def _comes_back_later(connection: Connection) -> bool:
    return connection.audience not in _BACK_FIRST


def _token(environ: Mapping[str, Any], auth: object) -> str | None:
    """Return the token that a client came with: in `auth`, else in the cookie of its browser."""
    if isinstance(auth, dict) and isinstance(auth.get("token"), str):
        return str(auth["token"])
    return _cookie(environ, *COOKIES)


def _cookie(environ: Mapping[str, Any], *names: str) -> str | None:
    """Return the first of these cookies that the browser sends."""
    try:
        cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    except CookieError:
        return None
    return next((cookies[name].value for name in names if name in cookies), None)


def _refuse(reason: Refusal, language: str) -> Refuse:
    sentence = wording.sentence(reason, language)
    return Refuse(sentence, {"code": reason.value, "message": sentence})


def _refused(reason: Refusal, language: str, because: str = "") -> dict[str, Any]:
    return {"ok": False, "code": reason.value, "message": wording.sentence(reason, language, because)}
