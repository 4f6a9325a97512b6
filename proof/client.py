"""A real client of the protocol that logs what happens to it: python-socketio as it comes, but that it hears in order."""

import contextlib
import random
import threading
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

import engineio
import requests
import socketio

from proof.history import AGAIN, Answer, History

ANSWER_SECONDS: Final = 2.0
"""Without an answer for so long, a client takes its connection for lost."""
PATIENCE_SECONDS: Final = 0.3
LATE_SECONDS: Final = 1.5
"""Within so long, counts and texts have followed."""
_FINAL = frozenset({"not_signed_in", "revoked", "not_allowed", "not_found"})


class Lost(Exception):  # noqa: N818 (a state of affairs)
    """The connection went, or nothing comes over it: nobody knows whether what was sent arrived."""


class _InOrder(engineio.Client):  # type: ignore[misc]  # untyped library
    """Calls each handler before the next packet is read, where the library starts a thread for each."""

    def _trigger_event(self, event: str, *args: object, **_: object) -> object:
        return super()._trigger_event(event, *args, run_async=False)


class _Socket(socketio.Client):  # type: ignore[misc]  # untyped library
    def _engineio_client_class(self) -> type[_InOrder]:
        return _InOrder


class Client:
    """One person's screen: connects by `base_url`, joins, and comes back from where it was, with what was not answered."""

    def __init__(
        self, history: History, session: str, token: str, base_url: Callable[[], str], *, transport: str = "websocket"
    ) -> None:
        self.history = history
        self.over = threading.Event()
        self._session = session
        self._token = token
        self._base_url = base_url
        self._transport = transport
        self._socket: Any = None
        self._changed = threading.Condition()
        self._lost = True
        self._settled: list[Mapping[str, Any]] = []
        self._early: list[Mapping[str, Any]] | None = []
        """What overtook the answer to `join`; None once it is there."""

    @property
    def map(self) -> Mapping[str, Any]:
        """Return the map as it stands."""
        return self.history.map

    @property
    def is_connected(self) -> bool:
        """Say whether the connection stands, as far as one knows."""
        return not self._lost

    def deliver(
        self, type_: str, data: Mapping[str, Any], *, expect: Mapping[str, Any] | None = None, twice: bool = False
    ) -> Answer | None:
        """Send a command until it is settled, always under the same id; `twice`: and once more. None once it is over."""
        command = {"session": self._session, "id": uuid.uuid4().hex, "type": type_, "data": data}
        payload = command if expect is None else {**command, "expect": expect}
        answer = self._until_settled(payload)
        if answer is not None and answer["ok"]:
            self._settled.append(payload)
            if twice:
                self._until_settled(payload)
        return answer

    def send_again(self, dice: random.Random) -> None:
        """Send a command once more that was accepted some time ago, maybe before the server was killed."""
        if self._settled:
            self._until_settled(dice.choice(self._settled))

    def compare(self, *, whole: bool = False) -> None:
        """Join anew, and compare; `whole`: once all that is late has come, which takes a quiet moment."""
        self._whatever_happens(lambda: self._compare(whole=whole))

    def come(self) -> None:
        """Connect and join, however long it takes."""
        self._whatever_happens(self._connected)

    def go(self) -> None:
        """Leave without a word, as a phone does."""
        self._lost = True
        socket, self._socket = self._socket, None
        if socket is None:
            return
        with contextlib.suppress(OSError, AttributeError):
            if self._transport == "websocket":
                socket.eio.ws.shutdown()
            else:
                socket.eio.disconnect(abort=True)

    def _until_settled(self, payload: Mapping[str, Any]) -> Answer | None:
        answer: Answer | None = None
        while not self.over.is_set():
            try:
                self._connected()
                self.history.sent(payload["id"], payload["type"], payload.get("expect"))
                answer = self._ask("command", payload, heard=lambda said: self.history.told(payload["id"], said))
            except Lost:
                self.over.wait(PATIENCE_SECONDS)
                continue
            if answer["ok"] or answer["code"] not in AGAIN:
                return answer
            self.over.wait(PATIENCE_SECONDS)
        return answer

    def _whatever_happens(self, work: Callable[[], object]) -> None:
        while not self.over.is_set():
            try:
                work()
            except Lost:
                self.over.wait(PATIENCE_SECONDS)
            else:
                return

    def _connected(self) -> None:
        if not self._lost:
            return
        self.go()
        socket = _Socket(reconnection=False, request_timeout=ANSWER_SECONDS, handle_sigint=False)
        socket.on("disconnect", lambda *_: self._on_disconnect(socket))
        socket.on("patch", lambda patch: self._on_patch(socket, patch))
        self._socket, self._lost = socket, False
        try:
            socket.connect(
                self._base_url(), auth={"token": self._token}, transports=[self._transport], wait_timeout=ANSWER_SECONDS
            )
        except (socketio.exceptions.SocketIOError, OSError, ValueError) as error:
            self.go()
            raise Lost from error
        self._join()

    def _join(self) -> None:
        """Join from where one was: the map is changed where the answer is read, before the next patch is."""
        position = self.history.position
        self._take(position, lambda said, early: self.history.joined(said, position.get("since"), early))

    def _compare(self, *, whole: bool) -> None:
        self._connected()
        if whole:
            self.over.wait(LATE_SECONDS)
            self._connected()
        self._take({}, lambda said, early: self.history.refreshed(said, early, whole=whole))

    def _take(self, position: Mapping[str, Any], take: Callable[[Answer, list[Mapping[str, Any]]], None]) -> None:
        def heard(answer: Answer) -> None:
            if answer["ok"]:
                early, self._early = self._early or [], None
                take(answer, early)

        self._early = []
        answer = self._ask("join", {"session": self._session, **position}, heard=heard)
        if not answer["ok"]:
            if answer["code"] in _FINAL:
                self.history.oddities.append(f"could not join: {answer['code']}")
            self.go()
            raise Lost

    def _ask(self, event: str, payload: Mapping[str, Any], *, heard: Callable[[Answer], None]) -> Answer:
        socket, answers = self._socket, list[Answer]()

        def answered(answer: Answer) -> None:
            with self._changed:
                if socket is self._socket:
                    heard(answer)
                    answers.append(answer)
                self._changed.notify_all()

        with self._changed:
            if socket is None:
                raise Lost
            try:
                socket.emit(event, payload, callback=answered)
            except (socketio.exceptions.SocketIOError, OSError) as error:
                self.go()
                raise Lost from error
            if not self._changed.wait_for(lambda: answers or self._lost, timeout=ANSWER_SECONDS) or not answers:
                self.go()
                raise Lost
        return answers[0]

    def _on_disconnect(self, socket: object) -> None:
        with self._changed:
            if socket is self._socket:
                self._lost = True
            self._changed.notify_all()

    def _on_patch(self, socket: object, patch: Mapping[str, Any]) -> None:
        with self._changed:
            # What still comes over a connection that was given up belongs to no stay.
            if socket is not self._socket or self._lost:
                return
            if self._early is None:
                self.history.heard(patch)
            else:
                self._early.append(patch)
            self._changed.notify_all()


def come_in(base_url: str, code: str, name: str) -> tuple[str, str]:
    """Join by the code; return the person that one is, and the token."""
    answer = requests.post(f"{base_url}/api/join", json={"code": code, "name": name}, timeout=20)
    answer.raise_for_status()
    joined = answer.json()
    return str(joined["person"]), str(joined["token"])
