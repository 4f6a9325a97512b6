"""A Socket.IO client light enough not to be what is measured: one asyncio protocol, WebSocket only, no extensions."""

import asyncio
import base64
import json
import os
from collections.abc import Callable, Mapping
from typing import Any

_SHORT, _MEDIUM = 126, 127
_MASK = b"\0\0\0\0"  # a mask of zeros leaves the bytes as they are


class LightClient(asyncio.Protocol):
    """One socket; `heard(text)` is called with every Socket.IO event (`42…`) as it comes, undecoded."""

    def __init__(self, token: str, host: str) -> None:
        self.heard: Callable[[bytes], None] = lambda _: None
        self.connected: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._token = token
        self._host = host
        self._buffer = bytearray()
        self._upgraded = False
        self._answers: dict[int, Callable[[bytes], None]] = {}
        self._next = 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 (narrows the type)
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits for the connection."""
        if not self.connected.done():
            self.connected.set_exception(exc or ConnectionError("the server closed the connection"))

    def data_received(self, data: bytes) -> None:
        """Take whole frames out of what has come."""
        self._buffer += data
        if not self._upgraded:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self._upgraded = True
            del self._buffer[: end + 4]
        while (frame := self._frame()) is not None:
            self._packet(frame)

    def close(self) -> None:
        """Go away without a word."""
        assert self._transport is not None  # noqa: S101 (narrows the type)
        self._transport.close()

    def ask(self, event: str, payload: Mapping[str, Any], answered: Callable[[bytes], None]) -> None:
        """Send an event; `answered` is called with the undecoded acknowledgement."""
        self._next += 1
        self._answers[self._next] = answered
        self._say(f"42{self._next}{json.dumps([event, payload])}".encode())

    async def call(self, event: str, payload: Mapping[str, Any]) -> Any:  # noqa: ANN401 (JSON)
        """Send an event and return its answer."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.ask(event, payload, answer.set_result)
        return json.loads(await answer)[0]

    def _frame(self) -> bytes | None:
        buffer = self._buffer
        start, size = 2, buffer[1] & 127 if len(buffer) > 1 else 0
        if size == _SHORT:
            start, size = 4, int.from_bytes(buffer[2:4], "big")
        elif size == _MEDIUM:
            start, size = 10, int.from_bytes(buffer[2:10], "big")
        if len(buffer) < max(2, start) or len(buffer) < start + size:
            return None
        frame = bytes(buffer[start : start + size])
        del buffer[: start + size]
        return frame

    def _packet(self, packet: bytes) -> None:
        match packet[:1]:
            case b"0":
                self._say(b"40" + json.dumps({"token": self._token}).encode())
            case b"2":
                self._say(b"3")
            case b"4":
                self._message(packet[1:])
            case _:
                pass

    def _message(self, message: bytes) -> None:
        match message[:1]:
            case b"0":
                self.connected.set_result(None)
            case b"2":
                self.heard(message)
            case b"3":
                bracket = message.index(b"[")
                self._answers.pop(int(message[1:bracket]))(message[bracket:])
            case b"4":
                self.connected.set_exception(ConnectionError(message.decode()))
            case _:
                pass

    def _say(self, packet: bytes) -> None:
        assert self._transport is not None  # noqa: S101 (narrows the type)
        size = len(packet)
        head = bytes((0x81, 0x80 | size)) if size < _SHORT else b"\x81\xfe" + size.to_bytes(2, "big")
        self._transport.write(head + _MASK + packet)


async def connected(port: int, token: str) -> LightClient:
    """Return a client that is signed in."""
    host = f"127.0.0.1:{port}"
    _, client = await asyncio.get_running_loop().create_connection(lambda: LightClient(token, host), "127.0.0.1", port)
    await client.connected
    return client
