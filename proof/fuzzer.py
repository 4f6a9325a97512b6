"""Sends what no client sends: frames, packets, commands and Yjs updates that are wrong in every way that dice find.

`python -m proof.fuzzer '{"port": …}'` goes on until its standard input is closed, and prints how much it sent. A server that
is away is tried again. It never answers a poll, so that counts are still where everybody compares maps.
"""

import base64
import contextlib
import dataclasses
import json
import os
import random
import socket
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Final

from companion.codec.commands import COMMANDS
from tests.house.typist import Typist

NOTE: Final = "note-of-a-fuzzer"
PAUSE_SECONDS: Final = 0.05
ANSWER_SECONDS: Final = 2.0
PACKETS_EACH: Final = 12
_CONTINUATION, _TEXT, _BINARY, _CLOSE, _PING = 0x0, 0x1, 0x2, 0x8, 0x9
_UNKNOWN = (0x3, 0x7, 0xB, 0xF)
_NEVER_SENT = frozenset({"poll.vote"})
_WORDS: Final = (
    "", "a", "statement", "\x00", "\ud7ff", "é" * 300, "x" * 5_000, "../..", "<script>", "=1+1", "participant", "en", "p01",
)  # fmt: skip
_PACKETS: Final = (
    "", "0", "1x", "2probe", "3", "4", "5", "6", "7", "9", "é", "40", "41/other,", "42", "42[]", "42[1]", "42{}", "42null", "421[",
    '42["connect",{}]', '42["disconnect"]', '421["connect",{}]', '42["command"]', '423["command",{},{},{}]', '425["join",[]]',
    "43", "43[]", "43999[1]", "44", "4", '451-["command",{"_placeholder":true,"num":0}]', "452-[]", "45-[", '46["x"]', "49",
    '42/nowhere,["join",{}]', "42" + "9" * 40 + '["clock",{}]', '42["command",' + "[" * 4_000 + "]" * 4_000 + "]",
    '426["command",{"session":1e999}]', '427["clock",{"x":NaN}]', '428["join",{"session":"' + "s" * 70_000 + '"}]',
)  # fmt: skip


def frame(
    data: bytes, opcode: int = _TEXT, *, fin: bool = True, masked: bool = True, claims: int | None = None, rsv: int = 0
) -> bytes:
    """Return a WebSocket frame that may be out of protocol; `claims` is the length that it says it has."""
    length, bit = len(data) if claims is None else claims, 0x80 if masked else 0
    head = bytes([(0x80 if fin else 0) | rsv << 4 | opcode])
    if length < 126:
        head += bytes([bit | length])
    elif length < 1 << 16:
        head += bytes([bit | 126]) + length.to_bytes(2, "big")
    else:
        head += bytes([bit | 127]) + length.to_bytes(8, "big")
    return head + (bytes(4) if masked else b"") + data  # a mask of zeros leaves the bytes as they are


class Fuzzer:
    """One who sends nonsense, as a participant, a rapporteur, or nobody."""

    def __init__(self, told: dict[str, Any], seed: int) -> None:
        self.sent = 0
        self.over = threading.Event()
        self._dice = random.Random(seed)  # noqa: S311 (the same every time)
        self._told = told
        self._typist = Typist(77)

    def run(self) -> None:
        """Send nonsense of one kind after the other until it is over."""
        kinds: tuple[Callable[[], None], ...] = (
            self._frames,
            self._packets,
            self._commands,
            self._updates,
            self._posts,
        )
        while not self.over.is_set():
            with contextlib.suppress(OSError):
                self._dice.choice(kinds)()
            self.sent += 1
            self.over.wait(PAUSE_SECONDS)

    def _frames(self) -> None:
        with self._connected() as road:
            if self._dice.random() < 0.5:
                self._sign_in(road, self._told["tokens"])
            for piece in self._dice.choice(self._bad_frames())():
                road.sendall(piece)
            self._listen(road)

    def _bad_frames(self) -> tuple[Callable[[], Iterator[bytes]], ...]:
        dice = self._dice
        return (
            lambda: iter([frame(b"2", masked=False)]),
            lambda: iter([frame(b"x", dice.choice(_UNKNOWN))]),
            lambda: iter([frame(b"4", rsv=dice.randint(1, 7))]),
            lambda: iter([frame(b"x" * 200, _PING)]),
            lambda: iter([frame(b"x", _CLOSE)]),
            lambda: iter([frame(b"abc", claims=(1 << 63) + 5)]),
            lambda: iter([frame(b"abc" * 1_000, claims=100_000_000)]),
            lambda: iter([frame(b"4", _CONTINUATION)]),
            lambda: iter([frame(b"4\xff\xfe\x80")]),
            lambda: iter([frame(os.urandom(500), _BINARY)]),
            lambda: iter([os.urandom(dice.randint(1, 3_000))]),
            lambda: (frame(b"4" * 4_096, _CONTINUATION if each else _TEXT, fin=False) for each in range(40)),
            lambda: (frame(b"", _CONTINUATION if each else _TEXT, fin=False) for each in range(2_000)),
        )

    def _packets(self) -> None:
        with self._connected() as road:
            self._sign_in(road, self._told["tokens"])
            for _ in range(PACKETS_EACH):
                road.sendall(frame(self._dice.choice(_PACKETS).encode()))
            self._listen(road)

    def _commands(self) -> None:
        with self._connected() as road:
            self._sign_in(road, self._told["tokens"])
            for number in range(PACKETS_EACH):
                self._send(road, number, self._dice.choice([*COMMANDS.keys() - _NEVER_SENT]))
            self._listen(road)

    def _send(self, road: socket.socket, number: int, type_: str) -> None:
        fields = [field.name for field in dataclasses.fields(COMMANDS[type_])]
        data = {self._dice.choice(["x", *fields]): self._value(3) for _ in range(self._dice.randint(0, 4))}
        command = {"session": self._told["session"], "id": uuid.uuid4().hex, "type": type_, "data": data}
        if self._dice.random() < 0.3:
            command["expect"] = self._value(2)
        if self._dice.random() < 0.2:
            command[self._dice.choice([*command, "more"])] = self._value(4)
        road.sendall(frame(f"42{number}{json.dumps(['command', command])}".encode()))

    def _updates(self) -> None:
        """Type into a note of one's own by updates that are cut, changed, out of order, or someone else's."""
        with self._connected() as road:
            self._sign_in(road, [self._told["rapporteur"]])
            note = {"note": NOTE, "kind": "key_point", "text": "Of a fuzzer."}
            self._emit(road, 0, "note.add", note)
            for number in range(1, PACKETS_EACH):
                update = bytearray(self._typist.type(0, 0, self._dice.choice(("a", "é", "😀", "word "))))
                for _ in range(self._dice.randint(0, 3)):
                    update[self._dice.randrange(len(update))] = self._dice.randrange(256)
                data = {
                    "note": NOTE,
                    "update": base64.b64encode(bytes(update[: self._dice.randint(0, len(update))])).decode(),
                    "client": self._dice.choice((77, 1, 2**32 - 1, 0)),
                    "clock": self._dice.choice((self._typist.clock, 0, 1, 2**31)),
                }
                self._emit(road, number, "note.text", data)
            self._listen(road)

    def _posts(self) -> None:
        body = self._dice.choice([b"", b"40", os.urandom(2_000), b"4" * 2_000_000, b"\x1e" * 500, b"42[]\x1e" * 200])
        path = self._dice.choice(
            ("/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=4&transport=polling&sid=nobody", "/api/me", "/%00")
        )
        said = f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self._told["port"]), ANSWER_SECONDS) as road:
            road.sendall(said.encode() + body)
            self._listen(road)

    def _emit(self, road: socket.socket, number: int, type_: str, data: dict[str, Any]) -> None:
        command = {"session": self._told["session"], "id": uuid.uuid4().hex, "type": type_, "data": data}
        road.sendall(frame(f"42{number}{json.dumps(['command', command])}".encode()))

    def _value(self, depth: int) -> Any:
        kind = self._dice.randrange(9 if depth else 7)
        match kind:
            case 0 | 1 | 2:
                return self._dice.choice(_WORDS)
            case 3:
                return self._dice.choice((0, -1, 1, 10**30, 2**53, 1e308, 0.1))
            case 4:
                return self._dice.choice((None, True, False))
            case 5 | 6:
                return uuid.UUID(int=self._dice.getrandbits(128)).hex
            case 7:
                return [self._value(depth - 1) for _ in range(self._dice.randint(0, 4))]
            case _:
                return {self._dice.choice(_WORDS): self._value(depth - 1) for _ in range(self._dice.randint(0, 4))}

    @property
    def _host(self) -> str:
        return f"127.0.0.1:{self._told['port']}"

    @contextlib.contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        with socket.create_connection(("127.0.0.1", self._told["port"]), ANSWER_SECONDS) as road:
            key = base64.b64encode(os.urandom(16)).decode()
            road.sendall(
                f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\n"
                f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            road.recv(4_096)
            yield road

    def _sign_in(self, road: socket.socket, tokens: list[str]) -> None:
        road.sendall(frame(f"40{json.dumps({'token': self._dice.choice(tokens)})}".encode()))
        road.recv(4_096)

    def _listen(self, road: socket.socket) -> None:
        """Hear what is said to that, for a moment; some hang up at once."""
        road.settimeout(self._dice.choice((0.001, 0.1, 0.3)))
        with contextlib.suppress(OSError):
            while road.recv(65_536):
                pass


def main(told: dict[str, Any]) -> None:
    """Run until standard input is closed, then print how much was sent."""
    fuzzer = Fuzzer(told, told["seed"])
    running = threading.Thread(target=fuzzer.run)
    running.start()
    sys.stdin.read()
    fuzzer.over.set()
    running.join()
    print(fuzzer.sent)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
