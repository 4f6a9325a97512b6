"""People who type into notes of a session, with a Yjs document each, and what they and the readers get to see of it."""

import asyncio
import base64
import random
import time
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from pycrdt import Doc, Text, TransactionEvent

from bench.light_client import LightClient
from tests.house.typist import clocks

KEYS_PER_SECOND: Final = 5
FULL: Final = 8_000
"""Characters of a note from which on as much is deleted as is written."""
_GOES_ELSEWHERE: Final = 0.02
_DELETES: Final = 0.12
_DELETES_WHEN_FULL: Final = 0.5
_LETTERS: Final = "etaoinshrdlu ,.éи人ب😀"


@dataclass(slots=True)
class Kept:
    """What was measured: when which letter was sent, how long it took to editors, answers and readers."""

    sent: dict[tuple[int, int], float] = field(default_factory=dict)
    to_editors: list[float] = field(default_factory=list)
    to_answers: list[float] = field(default_factory=list)
    to_readers: list[float] = field(default_factory=list)
    unread: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    keys: int = 0
    refused: list[str] = field(default_factory=list)


class Typist:
    """One rapporteur at one note: types, deletes, goes elsewhere in the text, and merges what others type.

    The caret stays where it is in the text when others write before it, as it does in every field.
    """

    def __init__(self, socket: LightClient, session: str, note: str, client: int, kept: Kept) -> None:
        self.doc: Doc[Text] = Doc(client_id=client)
        self._text = self.doc.get("text", type=Text)
        self._socket, self._session, self._note, self._client = socket, session, note, client
        self._kept = kept
        self._key = f"note/{note}"
        self._typed: list[bytes] = []
        self._types = False
        self._caret = 0
        """In bytes of UTF-8, as the document counts."""
        self._heard: dict[int, int] = {}
        self._observed = (self.doc.observe(self._changed), self._text.observe(self._moved))
        self._dice = random.Random(client)  # noqa: S311 (the same every time)

    async def join(self) -> dict[str, Any]:
        """Join, take the note's document, and begin to hear."""
        early: list[bytes] = []
        self._socket.heard = early.append
        joined = dict(await self._socket.call("join", {"session": self._session}))
        self.doc.apply_update(base64.b64decode(joined["snapshot"][self._key]["state"]))
        self._heard = clocks(self.doc.get_state())
        self._socket.heard = self._hear
        for message in early:
            self._hear(message)
        return joined

    async def type_until(self, end: float) -> None:
        """Type until then, at an even pace that begins at any moment."""
        due = time.perf_counter() + self._dice.random() / KEYS_PER_SECOND
        while due < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            self._press()
            due = max(due + 1 / KEYS_PER_SECOND, time.perf_counter())  # nobody types faster for having waited

    @property
    def text(self) -> str:
        """Return the text as it is before this typist."""
        return str(self._text)

    def _changed(self, event: TransactionEvent) -> None:
        self._typed.append(event.update)

    def _moved(self, event: Any) -> None:  # noqa: ANN401 (its stub does not have what it has)
        """Keep the caret at its letter, whoever wrote before it; one's own letter goes before it as well."""
        at = 0
        for part in event.delta:
            many = part["retain"] if "retain" in part else part.get("delete") or len(part["insert"].encode())
            if "delete" in part:
                self._caret -= min(many, max(0, self._caret - at))
                continue
            if "insert" in part and (at < self._caret or self._types):
                self._caret += many
            at += many

    def _press(self) -> None:
        text, dice, kept = self.text.encode(), self._dice, self._kept
        if dice.random() < _GOES_ELSEWHERE:
            self._caret = len(self.text[: dice.randint(0, len(self.text))].encode())
        before = text[: self._caret].decode()
        full = len(self.text) > FULL
        deletes = bool(before) and dice.random() < (_DELETES_WHEN_FULL if full else _DELETES)
        self._typed.clear()
        self._types = True
        if deletes:
            del self._text[self._caret - len(before[-1].encode()) : self._caret]
        else:
            self._text.insert(self._caret, dice.choice(_LETTERS))
        self._types = False
        clock, began = clocks(self.doc.get_state()).get(self._client, 0), time.perf_counter()
        if not deletes:
            kept.sent[self._client, clock] = began
        kept.keys += 1
        data = {"note": self._note, "update": base64.b64encode(self._typed[-1]).decode(), "client": self._client}
        command = {"session": self._session, "id": f"typed-{self._client}-{kept.keys}", "type": "note.text"}
        self._socket.ask(
            "command", {**command, "data": {**data, "clock": clock}}, lambda raw: self._answered(raw, began)
        )

    def _answered(self, raw: bytes, began: float) -> None:
        answer = msgspec.json.decode(raw)[0]
        if not answer["ok"]:
            self._kept.refused.append(answer["code"])
            return
        self._kept.to_answers.append(time.perf_counter() - began)
        if "result" in answer:
            self._kept.unread[self._note].append((answer["result"]["version"], began))

    def _hear(self, message: bytes) -> None:
        at = time.perf_counter()
        _, patch = msgspec.json.decode(message[message.index(b"[") :])
        updates = patch.get("set", {}).get(self._key, {}).get("updates", ())
        if not updates:
            return
        for update in updates:
            self.doc.apply_update(base64.b64decode(update))
        now = clocks(self.doc.get_state())
        for client, clock in now.items():
            for each in range(self._heard.get(client, 0) + 1, clock + 1):
                if client != self._client and (client, each) in self._kept.sent:
                    self._kept.to_editors.append(at - self._kept.sent[client, each])
        self._heard = now


class Reader:
    """A participant, who sees released notes as text."""

    def __init__(self, socket: LightClient, kept: Kept, names: dict[str, str]) -> None:
        """Make one; `names` are the notes by the keys under which participants see them."""
        self._kept, self._names = kept, names
        self._heard = dict.fromkeys(names.values(), 0)
        socket.heard = self._hear

    def _hear(self, message: bytes) -> None:
        at = time.perf_counter()
        _, patch = msgspec.json.decode(message[message.index(b"[") :])
        for key, note in self._names.items():
            version = patch.get("set", {}).get(key, {}).get("version", 0)
            if version > self._heard[note]:
                heard, self._heard[note] = self._heard[note], version
                told = self._kept.unread[note]
                self._kept.to_readers += [at - began for each, began in told[-2_000:] if heard < each <= version]
