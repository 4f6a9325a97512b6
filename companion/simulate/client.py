"""One of those who take part: signed in by their link, connected by Socket.IO, with the map of their screen."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final

import socketio
import socketio.exceptions

from companion.clock import Clock
from companion.simulate.cast import CannotPlay, Linked

_PATIENCE: Final = 20.0
_AGAIN_SECONDS: Final = 0.25
_SIGNALS_KEPT: Final = 50


class Unexpected(Exception):  # noqa: N818 (a state of affairs)
    """The server answered otherwise than the play expects."""


class Player:
    """A client; its methods wait for the server's answer."""

    def __init__(self, base_url: str, person: Linked, clock: Clock) -> None:
        self.person = person
        self.token = ""
        self.map: dict[str, Any] = {}
        self.waits: list[float] = []
        """How long each answer took, in seconds."""
        self._base_url = base_url
        self._clock = clock
        self._session = ""
        self._heard: deque[Mapping[str, Any]] = deque(maxlen=_SIGNALS_KEPT)
        self._changed = threading.Condition()
        self._early: list[Mapping[str, Any]] | None = []
        self._socket = socketio.Client(reconnection=False, handle_sigint=False)
        self._socket.on("patch", self._take)
        self._socket.on("signal", self._hear)

    def sign_in(self) -> dict[str, Any]:
        """Exchange the link for a token; return the server's answer."""
        answer: dict[str, Any] = self._fetch("POST", "/api/redeem", {"key": self.person.key})
        self.token = answer["token"]
        return answer

    def enter(self, session: str) -> None:
        """Sign in, connect, and join a session."""
        self.sign_in()
        try:
            self._socket.connect(self._base_url, auth={"token": self.token}, transports=["websocket"], wait_timeout=10)
        except socketio.exceptions.ConnectionError as error:
            raise CannotPlay(f"{self.person.id} was not let in: {error}") from error
        self._session = session
        self._join()

    def leave(self) -> None:
        """Go away."""
        self._socket.disconnect()

    def say(
        self, type_: str, data: Mapping[str, Any] | None = None, *, expect: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Send a command and return its answer, also where it is a refusal; wait where that was too fast."""
        message: dict[str, Any] = {
            "session": self._session,
            "id": self._clock.make_id("sim-"),
            "type": type_,
            "data": dict(data or {}),
        }
        if expect is not None:
            message["expect"] = dict(expect)
        while True:
            began = time.perf_counter()
            answer = self._call("command", message)
            self.waits.append(time.perf_counter() - began)
            if answer["ok"] or answer["code"] != "rate_limited":
                return answer
            time.sleep(_AGAIN_SECONDS)

    def do(
        self, type_: str, data: Mapping[str, Any] | None = None, *, expect: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Send a command that has to be taken; return its result. Raises `Unexpected` for a refusal."""
        answer = self.say(type_, data, expect=expect)
        if not answer["ok"]:
            raise Unexpected(f"{self.person.id} sent {type_} and was told: {answer['code']} ({answer['message']})")
        return answer.get("result") or {}

    def refused(
        self, code: str, type_: str, data: Mapping[str, Any], *, expect: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Send a command that has to be refused with `code`; return the refusal. Raises `Unexpected` where it is not."""
        answer = self.say(type_, data, expect=expect)
        if answer.get("code") != code:
            raise Unexpected(f"{self.person.id} sent {type_}, which was to be refused ({code}), and was told: {answer}")
        return answer

    def catch_up(self) -> None:
        """Wait until the map shows what anybody's command has brought about so far."""
        self._call("clock", {})

    def until(self, holds: Callable[[Mapping[str, Any]], bool]) -> None:
        """Wait until the map says so."""
        with self._changed:
            if not self._changed.wait_for(lambda: holds(self.map), _PATIENCE):
                raise Unexpected(f"the screen of {self.person.id} did not show in {_PATIENCE:.0f} s what had happened")

    def until_heard(self, type_: str, data: Mapping[str, Any]) -> None:
        """Wait until a signal has come."""
        signal = {"session": self._session, "type": type_, "data": data}
        with self._changed:
            if not self._changed.wait_for(lambda: signal in self._heard, _PATIENCE):
                raise Unexpected(f"{self.person.id} did not hear the signal {type_} within {_PATIENCE:.0f} s")

    def fetch(self, path: str) -> Any:  # noqa: ANN401 (JSON)
        """Return what stands at an address of the server."""
        return self._fetch("GET", path, None)

    def _call(self, event: str, message: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = self._socket.call(event, message, timeout=_PATIENCE)
        except socketio.exceptions.SocketIOError as error:
            what = message.get("type", event)
            raise Unexpected(f"{self.person.id} had no answer to {what} within {_PATIENCE:.0f} s") from error
        return answer

    def _fetch(self, method: str, path: str, body: Mapping[str, Any] | None) -> Any:  # noqa: ANN401 (JSON)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(  # noqa: S310 (the address is http or https: see `enter`)
            self._base_url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers=headers,
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 (likewise)
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise CannotPlay(f"{method} {path} for {self.person.id}: {error.code} {error.reason}") from error
        except (urllib.error.URLError, OSError, ValueError) as error:
            raise CannotPlay(f"no answer from {self._base_url} ({error})") from error

    def _join(self) -> None:
        self._early = []
        answer = self._call("join", {"session": self._session})
        if not answer["ok"]:
            raise CannotPlay(f"{self.person.id} could not join session {self._session}: {answer['message']}")
        with self._changed:
            self.map = dict(answer["snapshot"])
            early, self._early = self._early or [], None
            for patch in early:
                if patch["seq"] >= answer["seq"]:  # counts may follow with the same
                    self._apply(patch)
            self._changed.notify_all()

    def _hear(self, signal: Mapping[str, Any]) -> None:
        with self._changed:
            self._heard.append(signal)
            self._changed.notify_all()
        if signal["type"] == "rejoin":
            # Not here: what hears the signal would hear the answer to it too.
            self._socket.start_background_task(self._join)

    def _take(self, patch: Mapping[str, Any]) -> None:
        with self._changed:
            if self._early is not None:
                self._early.append(patch)
            else:
                self._apply(patch)

    def _apply(self, patch: Mapping[str, Any]) -> None:
        self.map.update(patch["set"])
        for key in patch["unset"]:
            self.map.pop(key, None)
        self._changed.notify_all()
