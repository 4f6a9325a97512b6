"""The door of the sockets without sockets: its handlers are called as the library calls them, and what goes out is kept."""

from collections.abc import Callable, Mapping
from typing import Any

from companion.audiences.audience import Audience
from companion.config import LimitSettings
from companion.core.people import Actor
from companion.counters import Counters
from companion.sockets.connections import Road
from companion.sockets.handlers import SocketDoor
from tests.live.at_the_desk import signed_in
from tests.live.house import SESSION, House


class Switchboard:
    """In place of the library's server: who is in which room, and what was said to whom."""

    def __init__(self) -> None:
        self.handlers: dict[str, Callable[..., Any]] = {}
        self.said: list[tuple[str, Mapping[str, Any]]] = []
        self.rooms: dict[str, set[str]] = {}
        self.manager = self

    def on(self, event: str, handler: Callable[..., Any]) -> None:
        self.handlers[event] = handler

    def emit(self, _: str, data: Mapping[str, Any], *, to: str) -> None:
        self.said.append((to, data))

    def enter_room(self, sid: str, room: str) -> None:
        self.rooms.setdefault(room, set()).add(sid)

    def leave_room(self, sid: str, room: str) -> None:
        self.rooms.get(room, set()).discard(sid)

    def eio_sid_from_sid(self, sid: str, _: str) -> str:
        return sid


class Door:
    """The handlers in front of a house; a socket is called by its person's id."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.board = Switchboard()
        door = SocketDoor(
            desk=house.desk,
            sessions=house.sessions,
            presence=house.presence,
            road=Road(),
            clock=house.clock,
            limits=LimitSettings(),
            engine=house.engine,
            counters=Counters(),
        )
        door.open(self.board)

    def connect(self, sid: str, token: str) -> None:
        """Open a socket; raises what refuses it."""
        self.board.handlers["connect"](sid, {}, {"token": token})

    def join(self, sid: str) -> Mapping[str, Any]:
        return self._answer("join", sid, {"session": SESSION})

    def come_in(self, who: Actor) -> None:
        """Let somebody sign in, connect and join."""
        self.connect(who.person, signed_in(self._house, who.person).token)
        assert self.join(who.person)["ok"]

    def command(self, who: Actor, type_: str, **data: Any) -> Mapping[str, Any]:  # noqa: ANN401 (fields of the command)
        sent = {"session": SESSION, "id": self._house.clock.make_id("sent-"), "type": type_, "data": data}
        return self._answer("command", who.person, sent)

    def audience(self, sid: str) -> Audience | None:
        """Return whom a socket hears with, or None if it has not joined."""
        return next((each for each in Audience if sid in self.board.rooms.get(f"{SESSION}/{each}", ())), None)

    def _answer(self, event: str, sid: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = self.board.handlers[event](sid, payload)
        return answer
