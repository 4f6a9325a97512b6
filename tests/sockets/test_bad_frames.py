"""Frames and packets out of protocol, sent to a running server: each has its answer, and everybody else notices nothing."""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
MOST_BYTES = 65_536
CLOSES_WITHIN_SECONDS = 4
"""Less than a socket that never signs in is given, so that it is the frame which ends it."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    running = DemoServer(tmp_path_factory.mktemp("frames"), engine="eventlet", traced=True).start()
    yield running
    assert "Traceback" not in running.log()
    running.stop()


@pytest.fixture(scope="module")
def bystander(server: DemoServer) -> Iterator[Client]:
    link = server.people("participant")[0]
    client = Client(server.base_url, sign_in(server.base_url, link), server.session).connect()
    yield client
    client.close()


def frame(opcode: int, data: bytes = b"", *, final: bool = True, masked: bool = True, rsv: int = 0) -> bytes:
    """Return a frame; its mask of zeros leaves the bytes as they are."""
    first, mask = (0x80 if final else 0) | rsv << 4 | opcode, 0x80 if masked else 0
    size = len(data)
    if size < 126:
        head = bytes((first, mask | size))
    elif size < 1 << 16:
        head = bytes((first, mask | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, mask | 127)) + size.to_bytes(8, "big")
    return head + (bytes(4) if masked else b"") + data


class Raw:
    """A WebSocket of which every byte is ours."""

    def __init__(self, server: DemoServer) -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=CLOSES_WITHIN_SECONDS)
        self.socket.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n"
            % server.port
        )
        self.file = self.socket.makefile("rb")
        while self.file.readline() != b"\r\n":
            pass
        assert self.frame()[1].startswith(b"0{")

    def signed_in(self, token: str) -> "Raw":
        self.send(frame(TEXT, b'40{"token":"%s"}' % token.encode()))
        assert self.frame()[1].startswith(b"40{")
        return self

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def frame(self) -> tuple[int, bytes]:
        """Return the next frame's opcode and data; the end of the connection is a close without a code."""
        try:
            head = self.file.read(2)
            if len(head) < 2:
                return CLOSE, b""
            size = head[1]
            if size >= 126:
                size = int.from_bytes(self.file.read(2 if size == 126 else 8), "big")
            return head[0] & 15, self.file.read(size)
        except ConnectionResetError:
            return CLOSE, b""

    def closing_code(self) -> int | None:
        """Return with which code the server closes the connection; None where it only ends it."""
        while True:
            opcode, data = self.frame()
            if opcode == CLOSE:
                return struct.unpack("!H", data[:2])[0] if data else None

    def close(self) -> None:
        self.file.close()
        self.socket.close()


FRAMES = {
    "not masked": (frame(TEXT, b"4", masked=False), 1002),
    "a reserved opcode": (frame(3, b"x"), 1002),
    "a reserved control opcode": (frame(11, b"x"), 1002),
    "a reserved bit": (frame(TEXT, b"4", rsv=1), 1002),
    "compressed without negotiation": (frame(TEXT, b"4", rsv=4), 1002),
    "a ping of more than 125 bytes": (frame(PING, b"x" * 126), 1002),
    "a ping in fragments": (frame(PING, b"x", final=False), 1002),
    "a continuation of nothing": (frame(0, b"x"), 1002),
    "a message within a message": (frame(TEXT, b"4", final=False) + frame(TEXT, b"4"), 1002),
    "no UTF-8": (frame(TEXT, b"4\xff\xfe"), 1007),
    "UTF-8 that ends too soon": (frame(TEXT, b"4\xe2\x82"), 1007),
    "too long": (frame(TEXT, b"4" * (MOST_BYTES + 1)), 1009),
    "of a gigantic length": (b"\x81\xff" + (1 << 60).to_bytes(8, "big") + bytes(4), 1009),
    "too long in fragments": (frame(TEXT, b"4" * 40_000, final=False) + frame(0, b"4" * 40_000), 1009),
    "a close with a code that is none": (frame(CLOSE, struct.pack("!H", 1005)), 1002),
    "a close of one byte": (frame(CLOSE, b"x"), 1002),
}


@pytest.mark.parametrize("what", FRAMES)
def test_a_frame_out_of_protocol_closes_the_connection_with_its_code(
    server: DemoServer, bystander: Client, what: str
) -> None:
    sent, code = FRAMES[what]
    with closing(Raw(server)) as raw:
        raw.send(sent)
        assert raw.closing_code() == code
    assert bystander.ask("clock", {})["server_ms"]


def test_fragments_without_end_are_not_collected_for_ever(server: DemoServer, bystander: Client) -> None:
    with closing(Raw(server)) as raw:
        endless = frame(TEXT, b"4", final=False) + frame(0, b"", final=False) * (MOST_BYTES + 1)
        raw.send(endless)
        assert raw.closing_code() in {1002, 1008, 1009}
    assert bystander.ask("clock", {})["server_ms"]


PACKETS = {
    "no packet of Engine.IO": b"x",
    "an empty message": b"",
    "no packet of Socket.IO": b"49",
    "an event that is no JSON": b'42["join",{',
    "an event that is no list": b"42{}",
    "an event in another namespace": b'42/admin,["join",{}]',
    "an acknowledgement of nothing": b'43999["x"]',
    "a refusal": b"44{}",
    "a number of attachments without end": b'451000000-["command",{"_placeholder":true,"num":0}]',
    "a deep nest": b'42["join",' + b"[" * 2_000 + b"]" * 2_000 + b"]",
}
HARMLESS = {"an event that is no list", "an event in another namespace", "an acknowledgement of nothing"}


@pytest.mark.parametrize("what", PACKETS)
def test_a_packet_out_of_protocol_is_refused_or_ends_the_connection(
    server: DemoServer, bystander: Client, what: str
) -> None:
    token = sign_in(server.base_url, server.people("participant")[1])
    with closing(Raw(server).signed_in(token)) as raw:
        raw.send(frame(TEXT, PACKETS[what]))
        raw.send(frame(TEXT, b'427["clock",{}]'))
        opcode, data = raw.frame()
        while data[:2] not in {b"43", b""} and opcode != CLOSE and data != b"1":
            opcode, data = raw.frame()
        assert data.startswith(b"437[") == (what in HARMLESS), data
    assert bystander.ask("clock", {})["server_ms"]


def test_attachments_that_were_not_announced_end_the_connection(server: DemoServer) -> None:
    token = sign_in(server.base_url, server.people("participant")[2])
    with closing(Raw(server).signed_in(token)) as raw:
        raw.send(frame(BINARY, b"x" * 1_000))
        assert raw.closing_code() is None


def test_whoever_is_in_already_does_not_come_in_again_by_the_same_socket(server: DemoServer) -> None:
    token = sign_in(server.base_url, server.people("participant")[3])
    again = frame(TEXT, b'40{"token":"%s"}' % token.encode())
    with closing(Raw(server).signed_in(token)) as raw:
        raw.send(again)
        assert raw.closing_code() is None
    # What was forgotten would still count: five sockets a person.
    for _ in range(6):
        with closing(Raw(server).signed_in(token)):
            pass


def test_after_a_few_refusals_nobody_listens_to_this_socket(server: DemoServer) -> None:
    with closing(Raw(server)) as raw:
        began = time.monotonic()
        raw.send(frame(TEXT, b'40{"token":"wrong"}') * 10)
        refusals = 0
        while raw.frame()[1].startswith(b"44{"):
            refusals += 1
        assert refusals == 3
        assert time.monotonic() - began < CLOSES_WITHIN_SECONDS


def test_nobody_notices_a_connection_that_breaks_off_before_its_answer(server: DemoServer, bystander: Client) -> None:
    """What is answered has nobody to read it: that is no error of the server's (its log would have a traceback)."""
    token = sign_in(server.base_url, server.people("participant")[4])
    for sent in (b"", frame(PING) * 20, frame(TEXT, b'427["clock",{}]'), frame(3)):
        raw = Raw(server).signed_in(token)
        raw.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raw.send(sent)
        raw.close()
    # What was forgotten would still count: five sockets a person.
    for _ in range(6):
        with closing(Raw(server).signed_in(token)):
            pass
    assert bystander.ask("clock", {})["server_ms"]
