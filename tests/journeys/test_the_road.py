"""The widened road beside the library's own: an unmodified client cannot tell them apart, and a slow one harms nobody."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import socketio

from tests.journeys.server import free_port
from tests.sockets.client_frames import WebSocket

pytestmark = pytest.mark.journey

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(sys.executable).with_name("node")
ROAD = ROOT / "tests" / "npm_client" / "road.js"
QUIET_MS = int(os.environ.get("ROAD_QUIET_MS", "1200"))  # three pings, or for minutes
FLOOD = 200  # packets of 60 kB: more than the kernel takes for somebody, and more than may wait
STARTS_WITHIN_SECONDS = 30
SELDOM_SECONDS = "100"
SENT_AWAY = 20


@contextlib.contextmanager
def serving(road: str, *more: str) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "tests.sockets.road_server", road, str(port), *more]
    with subprocess.Popen(command, cwd=ROOT) as process:
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)  # another process is awaited: there is nothing to listen to yet
        try:
            yield port
        finally:
            process.kill()


@pytest.fixture(scope="module")
def ports() -> Iterator[dict[str, int]]:
    with serving("wide") as wide, serving("library") as library:
        yield {"wide": wide, "library": library}


def asked_by_npm(port: int, transports: str) -> object:
    command = [str(NODE), str(ROAD), f"http://127.0.0.1:{port}", transports, str(QUIET_MS)]
    finished = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=90 + QUIET_MS / 1000, cwd=ROOT
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


@pytest.mark.parametrize("transports", ["websocket", "polling", "polling,websocket"])
def test_the_npm_client_gets_the_same_answers_on_either_road(ports: dict[str, int], transports: str) -> None:
    wide, library = (asked_by_npm(ports[road], transports) for road in ("wide", "library"))
    assert wide == library
    told = dict(wide)  # type: ignore[call-overload]
    assert told["transport"] == ("polling" if transports == "polling" else "websocket")
    assert told["text"] == ["العربية", 7, None, {"a": [1, "ü"]}]
    assert told["binary"] == ["bytes 0001ff", {"deep": "bytes 78"}]
    assert told["many at once, in order"] == [[n] for n in range(12)]
    assert told["after a silence"] == [True, ["still here"]]
    assert told["closed by the server"] == "io server disconnect"


@pytest.mark.parametrize("transports", [["websocket"], ["polling"], ["polling", "websocket"]])
def test_the_python_client_gets_the_same_answers_on_either_road(ports: dict[str, int], transports: list[str]) -> None:
    seen = []
    for road in ("wide", "library"):
        with socketio.SimpleClient() as client:
            client.connect(f"http://127.0.0.1:{ports[road]}", transports=transports)
            answers = [client.call("echo", said) for said in ("text", b"\x00\xff", {"deep": [b"x"]})]
            client.emit("tell", ("news", {"n": 1}))
            seen.append([*answers, client.receive(timeout=10), client.transport])
    assert seen[0] == seen[1]
    assert seen[0][:2] == ["text", b"\x00\xff"]


def test_frames_of_the_protocol_itself_are_answered_as_the_library_answers_them(ports: dict[str, int]) -> None:
    answers = []
    for road in ("wide", "library"):
        with WebSocket(ports[road]) as one:
            one.send(0x9, b"are you there?")
            pong = one.frame(but=b"2")
            one.send(0x1, b"40", final=False)
            one.send(0x9, b"in between")
            one.send(0x0, b"")
            seen = {one.frame(but=b"2")[1][:2] for _ in range(2)}
            one.send(0x8, b"\x03\xe8bye")
            answers.append([pong, seen, one.frame(but=b"2")[0], one.ended()])
    assert answers[0] == answers[1]
    assert answers[0] == [(0xA, b"are you there?"), {b"in", b"40"}, 0x8, True]


def test_no_extension_is_agreed_to_and_the_drafts_before_the_standard_are_refused(ports: dict[str, int]) -> None:
    with WebSocket(ports["wide"], offers="permessage-deflate; client_max_window_bits") as one:
        assert b"extensions" not in one.head.lower()
        one.send(0x1, b"40")
        assert one.frame(but=b"2")[1].startswith(b"40")
    with socket.create_connection(("127.0.0.1", ports["wide"]), timeout=10) as draft:
        lines = (
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            "Host: x",
            "Upgrade: websocket",
            "Connection: Upgrade",
        )
        draft.sendall("\r\n".join((*lines, "\r\n")).encode())
        assert draft.recv(100).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (1002, [(0x41, b"compressed")]),
        (1002, [(0x0, b"nothing to continue")]),
        (1007, [(0x1, b"\xff")]),
        (1009, [(0x1, b"x" * 70_000)]),
        (1002, [(0x1, b"")]),
        (1002, [(0x1, b"no packet")]),
    ],
)
def test_what_is_no_message_ends_the_connection_with_its_reason(
    ports: dict[str, int], status: int, sent: list[tuple[int, bytes]]
) -> None:
    with WebSocket(ports["wide"]) as one:
        for opcode, payload in sent:
            one.send(opcode, payload)
        opcode, payload = one.frame(but=b"2")
        assert (opcode, int.from_bytes(payload[:2], "big"), one.ended()) == (0x8, status, True)


def test_of_those_who_were_sent_away_nothing_is_kept_until_they_would_have_been_pinged() -> None:
    with serving("wide", SELDOM_SECONDS) as port, socketio.SimpleClient() as client:
        client.connect(f"http://127.0.0.1:{port}", transports=["websocket"])
        before = client.call("kept")
        for _ in range(SENT_AWAY):
            with WebSocket(port) as one:
                one.send(0x1, b"\xff")
                assert one.ended()
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while (now := client.call("kept")) != before:
            assert time.monotonic() < deadline, (before, now)
            time.sleep(0.05)  # the last of them may be about to go


def test_who_does_not_read_is_dropped_and_has_missed_nothing_until_then_while_others_go_on(
    ports: dict[str, int],
) -> None:
    wide = ports["wide"]
    with WebSocket(wide, receive_bytes=4096) as slow, WebSocket(wide) as quick, socketio.SimpleClient() as teller:
        for one in (slow, quick):
            for sent, answer in ((b"40", b"40"), (b'420["enter","hall"]', b"430[]")):
                one.send(0x1, sent)
                assert one.frame(but=b"2")[1].startswith(answer)
        teller.connect(f"http://127.0.0.1:{wide}", transports=["websocket"])
        with ThreadPoolExecutor() as aside:
            numbers = aside.submit(lambda: [number_in(quick.frame(but=b"2")[1]) for _ in range(FLOOD)])
            assert teller.call("hall", ("hall", FLOOD)) == FLOOD
            assert numbers.result(timeout=30) == list(range(FLOOD))
        assert teller.call("traffic")[2] == 1

        read = [number_in(frame) for frame in slow.rest() if frame != b"2"]
        assert read == list(range(len(read)))
        assert len(read) < FLOOD


def number_in(frame: bytes) -> int:
    """Return which packet of the flood a frame is."""
    assert frame.startswith(b'42["flood",{"number":')
    return int(frame[21 : frame.index(b",", 21)])
