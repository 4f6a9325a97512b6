"""A WebSocket client that sends whatever frames it is told to, also wrong ones; written independently of the server's."""

import base64
import os
import socket
import struct
from typing import Self

MASK = b"\x11\x22\x33\x44"
_PATIENCE_SECONDS = 10


def from_client(opcode: int, payload: bytes, *, final: bool = True, mask: bytes = MASK) -> bytes:
    """Return a frame as a client sends it; `opcode` may have reserved bits."""
    first = opcode | (0x80 if final else 0)
    if len(payload) <= 125:
        header = struct.pack("!BB", first, 0x80 | len(payload))
    elif len(payload) <= 0xFFFF:
        header = struct.pack("!BBH", first, 0x80 | 126, len(payload))
    else:
        header = struct.pack("!BBQ", first, 0x80 | 127, len(payload))
    return header + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))


class WebSocket:
    """One connection to a Socket.IO server, after Engine.IO's handshake."""

    def __init__(self, port: int, *, receive_bytes: int | None = None, offers: str = "") -> None:
        self._socket = socket.socket()
        if receive_bytes:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self._socket.settimeout(_PATIENCE_SECONDS)
        self._socket.connect(("127.0.0.1", port))
        key = base64.b64encode(os.urandom(16)).decode()
        lines = (
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Extensions: {offers}" if offers else "Accept: */*",
            "\r\n",
        )
        self._socket.sendall("\r\n".join(lines).encode())
        self._read = b""
        while b"\r\n\r\n" not in self._read:
            self._read += self._more()
        self.head, _, self._read = self._read.partition(b"\r\n\r\n")
        self.frame()  # Engine.IO says that it is open

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, opcode: int, payload: bytes, *, final: bool = True) -> None:
        """Send a frame."""
        self._socket.sendall(from_client(opcode, payload, final=final))

    def send_raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._socket.sendall(data)

    def frame(self, *, but: bytes | None = None) -> tuple[int, bytes]:
        """Return the opcode and payload of the next frame that is not `but`."""
        while True:
            self._await(2)
            size, header = self._read[1] & 0x7F, 2
            if size in {126, 127}:
                header += 2 if size == 126 else 8
                self._await(header)
                size = int.from_bytes(self._read[2:header], "big")
            self._await(header + size)
            opcode, payload = self._read[0] & 0x0F, self._read[header : header + size]
            self._read = self._read[header + size :]
            if payload != but:
                return opcode, payload

    def rest(self) -> list[bytes]:
        """Return the payloads of all whole frames that still come, until the connection ends."""
        payloads = []
        try:
            while True:
                payloads.append(self.frame()[1])
        except (EOFError, ConnectionError):
            return payloads

    def ended(self) -> bool:
        """Wait for the end of the connection, and say whether it came."""
        try:
            self.rest()
        except TimeoutError:
            return False
        return True

    def _await(self, size: int) -> None:
        while len(self._read) < size:
            self._read += self._more()

    def _more(self) -> bytes:
        data = self._socket.recv(65_536)
        if not data:
            raise EOFError
        return data
