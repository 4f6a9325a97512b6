"""A client of the protocol: signs in by a link, joins a session, keeps its map by patches."""

import threading
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import requests
import socketio

from tests.journeys.server import Link

WAIT_SECONDS = 15.0


def sign_in(base_url: str, link: Link) -> str:
    """Return the token that a personal link's key is exchanged for."""
    answer = requests.post(f"{base_url}/api/redeem", json={"key": link.key}, timeout=10)
    assert answer.status_code == requests.codes.created, answer.text
    return str(answer.json()["token"])


class ConnectionLost(socketio.exceptions.SocketIOError):  # type: ignore[misc]  # untyped library
    """The connection went before the answer came: nobody knows whether the command arrived."""


class Client:
    """One socket of one person in one session."""

    def __init__(self, base_url: str, token: str, session: str, *, transports: list[str] | None = None) -> None:
        self.map: dict[str, Any] = {}
        self.patches: list[Mapping[str, Any]] = []
        self.signals: list[Mapping[str, Any]] = []
        self.joined: dict[str, Any] = {}
        self._base_url = base_url
        self._token = token
        self._session = session
        self._transports = transports or ["websocket"]
        self._changed = threading.Condition()
        self._early: list[Mapping[str, Any]] | None = []
        self._lost = self._closing = False
        self.socket = socketio.Client(reconnection=False)
        self.socket.on("disconnect", self._on_disconnect)
        self.socket.on("patch", self._on_patch)
        self.socket.on("signal", self._on_signal)

    def connect(self, *, join: bool = True) -> "Client":
        """Connect, join, and take the snapshot; without joining, commands can be sent and nothing is heard."""
        self.socket.connect(
            self._base_url, auth={"token": self._token}, transports=self._transports, wait_timeout=int(WAIT_SECONDS)
        )
        return self.join() if join else self

    def join(self, **more: object) -> "Client":
        """Join the session; with `epoch`, `since` and `audience`, from there on."""
        self._early = []
        self.joined = self.ask("join", {"session": self._session, **more})
        assert self.joined["ok"], self.joined
        with self._changed:
            if "snapshot" in self.joined:
                self.map = dict(self.joined["snapshot"])
            for patch in [*self.joined.get("patches", ()), *(self._early or ())]:
                self._apply(patch)
            self._early = None
            self._changed.notify_all()
        return self

    @property
    def is_lost(self) -> bool:
        """Say whether the connection is gone."""
        return self._lost

    def close(self) -> None:
        """Go away."""
        self._closing = True
        self.socket.disconnect()

    def send(self, type_: str, data: Mapping[str, Any] | None = None, **more: object) -> dict[str, Any]:
        """Send a command and return its answer."""
        command = {"session": self._session, "id": uuid.uuid4().hex, "type": type_, "data": data or {}, **more}
        return self.ask("command", command)

    def ask(self, event: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to an event; raise `ConnectionLost` as soon as none can come any more."""
        answers: list[dict[str, Any]] = []

        def answered(answer: dict[str, Any]) -> None:
            with self._changed:
                answers.append(answer)
                self._changed.notify_all()

        self.socket.emit(event, payload, callback=answered)
        with self._changed:
            assert self._changed.wait_for(lambda: answers or self._lost, timeout=WAIT_SECONDS), payload
        if not answers:
            raise ConnectionLost
        return answers[0]

    def do(self, type_: str, data: Mapping[str, Any] | None = None, **more: object) -> dict[str, Any]:
        """Send a command that is accepted, and wait until the map reflects it."""
        answer = self.send(type_, data, **more)
        assert answer["ok"], answer
        return answer

    def on_the_floor(self, type_: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Send a command that says whom this client sees on the floor."""
        return self.do(type_, data, expect={"intervention": self.map["floor"]["intervention"]})

    def wait_until(self, true: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until the map is so, and return it."""
        with self._changed:
            assert self._changed.wait_for(lambda: true(self.map), timeout=WAIT_SECONDS), self._what_moves()
            return dict(self.map)

    def wait_for_signal(self, type_: str) -> Mapping[str, Any]:
        """Wait for a signal of a type, and return the last one."""
        with self._changed:
            assert self._changed.wait_for(
                lambda: any(signal["type"] == type_ for signal in self.signals), timeout=WAIT_SECONDS
            ), self.signals
            return next(signal for signal in reversed(self.signals) if signal["type"] == type_)

    def waiting(self) -> list[str]:
        """Return the ids of the requests on the list of speakers, in order."""
        requests_ = [value for key, value in self.map.items() if key.startswith("request/")]
        waiting = [each for each in requests_ if each["status"] == "waiting" and each["list"] == "speakers"]
        return [each["id"] for each in sorted(waiting, key=lambda each: (each["rank"], each["id"]))]

    def _what_moves(self) -> dict[str, Any]:
        """Return whether it is connected, what is noted, and the few keys that say how a session stands: not the whole map."""
        notes = {key: value["text"] for key, value in self.map.items() if key.startswith("note/")}
        stands = {key: self.map.get(key) for key in ("session", "list", "floor")}
        return {"lost": self._lost, "notes": notes, "waiting": self.waiting(), **stands}

    def _on_disconnect(self) -> None:
        with self._changed:
            self._lost = True
            self._changed.notify_all()
        if not self._closing and self.socket.eio.ws is not None:
            self.socket.eio.ws.shutdown()  # the library leaves the socket of a lost connection open

    def _on_patch(self, patch: Mapping[str, Any]) -> None:
        with self._changed:
            self.patches.append(patch)
            if self._early is not None:
                self._early.append(patch)
            else:
                self._apply(patch)
            self._changed.notify_all()

    def _apply(self, patch: Mapping[str, Any]) -> None:
        self.map.update(patch["set"])
        for key in patch["unset"]:
            self.map.pop(key, None)

    def _on_signal(self, signal: Mapping[str, Any]) -> None:
        with self._changed:
            self.signals.append(signal)
            self._changed.notify_all()
