"""WebSocket frames (RFC 6455, section 5): what is sent is built once, what comes is read from whatever arrives.

Pure: bytes in, messages out. No extension is known here, so the reserved bits must be zero.
"""

import struct
from collections.abc import Iterator
from typing import Final

CONTINUATION: Final = 0x0
TEXT: Final = 0x1
BINARY: Final = 0x2
CLOSE: Final = 0x8
PING: Final = 0x9
PONG: Final = 0xA

PROTOCOL_ERROR: Final = 1002
NOT_UTF_8: Final = 1007
POLICY: Final = 1008
TOO_LARGE: Final = 1009

_FINAL: Final = 0x80
_RESERVED: Final = 0x70
CONTROL: Final = 0x08
"""The bit of all opcodes of control frames."""
_MASKED: Final = 0x80
_KNOWN: Final = frozenset({CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG})
_MOST_IN_A_CONTROL_FRAME: Final = 125
_LENGTH_IN_2_BYTES: Final = 126
_LENGTH_IN_8_BYTES: Final = 127


class BadFrame(Exception):  # noqa: N818 (a state of affairs)
    """What came is no frame of a client: the connection ends with this status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason


def framed(payload: str | bytes) -> bytes:
    """Return a message as one unmasked frame, as a server sends it."""
    opcode = BINARY
    if isinstance(payload, str):
        payload, opcode = payload.encode(), TEXT
    size = len(payload)
    if size < _LENGTH_IN_2_BYTES:
        return bytes((_FINAL | opcode, size)) + payload
    if size < 1 << 16:
        return struct.pack("!BBH", _FINAL | opcode, _LENGTH_IN_2_BYTES, size) + payload
    return struct.pack("!BBQ", _FINAL | opcode, _LENGTH_IN_8_BYTES, size) + payload


def unmask(data: bytes, mask: bytes) -> bytes:
    """Return `data` XOR the repeated mask of four bytes, as one big integer: byte by byte it takes 0.6 s a megabyte."""
    size = len(data)
    key = mask * (size // 4 + 1)
    return (int.from_bytes(data, "little") ^ int.from_bytes(key[:size], "little")).to_bytes(size, "little")


class Incoming:
    """What one client sends, put together: `most_bytes` is the largest message, over all of its fragments."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._rest = b""
        self._opcode = CONTINUATION
        self._fragments: list[bytes] = []
        self._bytes = 0

    def take(self, data: bytes) -> Iterator[tuple[int, str | bytes]]:
        """Yield each message and control frame that `data` completes: its opcode, and text as `str`.

        Raises `BadFrame`; after that nothing more can be read from this client.
        """
        buffer = self._rest + data if self._rest else data
        at, size = 0, len(buffer)
        while size - at >= 2:  # noqa: PLR2004 (the first two bytes say what more belongs to the header)
            opcode, body, end = self._header(buffer, at)
            if end > size:
                break
            payload = unmask(buffer[body:end], buffer[body - 4 : body])
            final, at = buffer[at] & _FINAL, end
            if opcode & CONTROL:
                yield opcode, payload
                continue
            whole = self._joined(opcode, payload, final=bool(final))
            if whole is not None:
                yield whole
        self._rest = buffer[at:]

    def _header(self, buffer: bytes, at: int) -> tuple[int, int, int]:
        """Return the opcode of the frame at `at`, and where its payload begins and ends, if all of it has come."""
        first, second = buffer[at], buffer[at + 1]
        opcode, length, body = first & 0x0F, second & 0x7F, at + 2
        self._check(first, second, opcode, length)
        if length == _LENGTH_IN_2_BYTES:
            body += 2
            length = int.from_bytes(buffer[at + 2 : body], "big")
        elif length == _LENGTH_IN_8_BYTES:
            body += 8
            length = int.from_bytes(buffer[at + 2 : body], "big")
        if body > len(buffer):  # not all of the length is there
            return opcode, body, len(buffer) + 1
        if length + self._bytes > self._most_bytes and not opcode & CONTROL:
            raise BadFrame(TOO_LARGE, "message too big")
        return opcode, body + 4, body + 4 + length

    def _check(self, first: int, second: int, opcode: int, length: int) -> None:
        if first & _RESERVED:
            raise BadFrame(PROTOCOL_ERROR, "reserved bits must be zero")
        if opcode not in _KNOWN:
            raise BadFrame(PROTOCOL_ERROR, "unknown opcode")
        if not second & _MASKED:
            raise BadFrame(PROTOCOL_ERROR, "a client masks what it sends")
        if opcode & CONTROL:
            if not first & _FINAL:
                raise BadFrame(PROTOCOL_ERROR, "a control frame is not fragmented")
            if length > _MOST_IN_A_CONTROL_FRAME:
                raise BadFrame(PROTOCOL_ERROR, "a control frame has 125 bytes at most")
        elif bool(opcode) is bool(self._opcode):
            raise BadFrame(PROTOCOL_ERROR, "a message within a message" if opcode else "nothing to continue")

    def _joined(self, opcode: int, payload: bytes, *, final: bool) -> tuple[int, str | bytes] | None:
        """Return the message that a frame completes, or None where more of it is to come."""
        if not final:
            self._opcode = self._opcode or opcode
            self._fragments.append(payload)
            self._bytes += len(payload) or 1  # fragments without anything in them have an end too
            return None
        if self._fragments:
            opcode, payload = self._opcode, b"".join((*self._fragments, payload))
        self._opcode, self._fragments, self._bytes = CONTINUATION, [], 0
        if opcode == BINARY:
            return opcode, payload
        try:
            return opcode, payload.decode()
        except UnicodeDecodeError:
            raise BadFrame(NOT_UTF_8, "text is UTF-8") from None
