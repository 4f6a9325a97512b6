"""Somebody who types into notes with a pycrdt document each, over a road that is cut and a server that dies."""

import base64
import random
import threading
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

import socketio
from pycrdt import Doc, Text, merge_updates

from tests.house.typist import Typist
from tests.journeys.client import Client

PIECES: Final = ("a", "remedy ", "é", "人权", "😀", "حق ", "𝒳", "\n", "e\u0301", "👩‍👩‍👧")
PATIENCE_SECONDS: Final = 0.15
BETWEEN_EDITS_SECONDS: Final = 0.2


class Writer(threading.Thread):
    """Types until it is enough, then sends what is left; `counted` is told of each edit."""

    def __init__(
        self, connect: Callable[[], Client], notes: list[str], number: int, counted: Callable[[], None]
    ) -> None:
        super().__init__(daemon=True)
        self.edits = self.resyncs = 0
        self.failure: BaseException | None = None
        self.over = threading.Event()
        self._connect = connect
        self._counted = counted
        self._dice = random.Random(number)  # noqa: S311 (the same every time)
        self._typists = {note: Typist(1_000 * number + place + 2) for place, note in enumerate(notes)}
        self._unsent: dict[str, list[tuple[bytes, int]]] = {note: [] for note in notes}
        self._commands: list[dict[str, Any]] = []
        self._client: Client | None = None
        self._position: dict[str, Any] = {}

    def run(self) -> None:
        """Type, and deliver, until there is nothing more."""
        try:
            self._whatever_happens(self._join)
            while not self.over.is_set() or self._commands or any(self._unsent.values()):
                if not self.over.is_set():
                    self._edit()
                self._whatever_happens(self._deliver)
                self.over.wait(self._dice.random() * 2 * BETWEEN_EDITS_SECONDS)
        except BaseException as error:  # noqa: BLE001 (told to the test, which waits for this thread)
            self.failure = error

    def texts(self) -> dict[str, str]:
        """Catch up, and return what stands in each note."""
        self._whatever_happens(self._join)
        if self._client is not None:
            self._client.close()
        return {note: str(typist.text) for note, typist in self._typists.items()}

    def _edit(self) -> None:
        note, dice = self._dice.choice([*self._typists]), self._dice
        typist = self._typists[note]
        length = len(str(typist.text))
        at = dice.randint(0, length)
        gone = dice.randint(0, min(4, length - at)) if dice.random() < 0.25 else 0
        self._unsent[note].append((typist.type(at, gone, dice.choice(PIECES)), typist.clock))
        self.edits += 1
        self._counted()

    def _whatever_happens(self, work: Callable[[], object]) -> None:
        while True:
            try:
                work()
            except (socketio.exceptions.SocketIOError, AssertionError) as error:
                if isinstance(error, AssertionError) and self._client is not None and not self._client.is_lost:
                    raise
                self._client = None
                threading.Event().wait(PATIENCE_SECONDS)
            else:
                return

    def _join(self, *, anew: bool | None = None) -> None:
        """Connect, and catch up from where one was, or take everything anew."""
        self._client = self._client or self._connect()
        position = {} if (self._dice.random() < 0.5 if anew is None else anew) else self._position
        joined = self._client.join(**position).joined
        self._position = {"epoch": joined["epoch"], "audience": joined["audience"], "since": joined["seq"]}
        for patch in joined.get("patches") or [{"set": joined["snapshot"]}]:
            self._hear(patch)
        # What was told on the same connection meanwhile is heard as well: some of it may be newer than what came with the answer.
        self._hear_what_came()

    def _deliver(self) -> None:
        if self._client is None:
            self._join()
        self._hear_what_came()
        for note, unsent in self._unsent.items():
            if not self._commands and unsent:
                (first, *rest), unsent[:] = [*unsent], []
                out_of_order = rest and self._dice.random() < 0.25
                several = [_merged(rest), first] if out_of_order else [_merged([first, *rest])]
                self._commands = [self._command(note, update, clock) for update, clock in several]
            while self._commands:
                self._send(self._commands[0])

    def _command(self, note: str, update: bytes, clock: int) -> dict[str, Any]:
        data = {"note": note, "update": base64.b64encode(update).decode(), "clock": clock}
        return {"id": uuid.uuid4().hex, "data": {**data, "client": self._typists[note].client}}

    def _send(self, command: dict[str, Any]) -> None:
        assert self._client is not None
        answer = self._client.send("note.text", command["data"], id=command["id"])
        if answer.get("code") == "resync":
            self._resync(command["data"]["note"])
        elif answer.get("code") in {"rate_limited", "not_recorded"}:
            threading.Event().wait(PATIENCE_SECONDS)
        else:
            if not answer["ok"]:
                raise ValueError(answer)
            self._commands.pop(0)

    def _resync(self, note: str) -> None:
        """Take the new state first, then send all that it does not have, as one update."""
        self._join(anew=True)
        assert self._client is not None
        there: Doc[Text] = Doc()
        there.apply_update(base64.b64decode(self._client.joined["snapshot"][f"note/{note}"]["state"]))
        typist = self._typists[note]
        self._unsent[note].clear()
        self._commands = [self._command(note, typist.doc.get_update(there.get_state()), typist.clock)]
        self.resyncs += 1

    def _hear_what_came(self) -> None:
        assert self._client is not None
        patches = [*self._client.patches]
        del self._client.patches[: len(patches)]
        for patch in patches:
            self._hear(patch)

    def _hear(self, patch: Mapping[str, Any]) -> None:
        if "seq" in patch and self._position:
            self._position["since"] = max(self._position["since"], patch["seq"])
        for note, typist in self._typists.items():
            value = patch["set"].get(f"note/{note}", {})
            typist.hear(*([value["state"]] if "state" in value else []), *value.get("updates", ()))


def _merged(several: list[tuple[bytes, int]]) -> tuple[bytes, int]:
    return merge_updates(*(update for update, _ in several)), several[-1][1]
