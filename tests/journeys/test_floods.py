"""Whoever floods has an answer, and a bystander who sends a little meanwhile is answered soon."""

import contextlib
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
import requests
import websocket

from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

REQUEST_SECONDS = 2
MOST_STRANGERS = 20
MOST_SOCKETS = 120
SOON_SECONDS = 3.0
"""For an answer while there is a flood, on a machine that has much else to do; without the limits it takes far longer."""
ENDS_WITHIN_SECONDS = 10


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    environ = {
        "COMPANION_LIMITS_REQUEST_SECONDS": str(REQUEST_SECONDS),
        "COMPANION_LIMITS_NOT_SIGNED_IN": str(MOST_STRANGERS),
        "COMPANION_SERVER_MAX_SOCKETS": str(MOST_SOCKETS),
    }
    running = DemoServer(tmp_path_factory.mktemp("floods"), engine="eventlet", traced=True, environ=environ).start()
    yield running
    assert "Traceback" not in running.log()
    assert running.stop() == 0


@pytest.fixture(scope="module")
def bystander(server: DemoServer) -> Iterator[Client]:
    link = server.people("participant")[0]
    client = Client(server.base_url, sign_in(server.base_url, link), server.session).connect()
    yield client
    client.close()


@pytest.fixture
def notices_nothing(bystander: Client) -> Callable[[], None]:
    """Return what asks the time as the bystander, again and again."""

    def asks() -> None:
        for _ in range(2):
            began = time.monotonic()
            assert bystander.ask("clock", {})["server_ms"]
            assert time.monotonic() - began < SOON_SECONDS

    return asks


def connection(server: DemoServer, *words: bytes) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", server.port), timeout=ENDS_WITHIN_SECONDS)
    for each in words:
        opened.sendall(each)
    return opened


def is_closed(opened: socket.socket) -> bool:
    """Read to the end, and say whether there is one."""
    with contextlib.suppress(ConnectionResetError):
        while opened.recv(65_536):
            pass
    return True


def number(server: DemoServer, name: str) -> float:
    """Return a number that the server tells of itself."""
    text = requests.get(f"{server.base_url}/metrics", timeout=10).text
    return float(next(line for line in text.splitlines() if line.startswith(f"companion_{name} ")).split()[1])


FLOODS: dict[str, bytes] = {
    "the time": b'421["clock",{}]',
    "commands": b'421["command",{"session":"s","id":"12345678","type":"list.open","data":{}}]',
    "no event of ours": b'421["connect",{}]',
    "packets that mean nothing": b"6",
    "pings": b"",
}
MANY = 2_000


@pytest.mark.parametrize("what", FLOODS)
def test_a_flood_from_one_socket_waits_with_whoever_sends_it(
    server: DemoServer, notices_nothing: Callable[[], None], what: str
) -> None:
    token = sign_in(server.base_url, server.people("participant")[1 + list(FLOODS).index(what)])
    flood = websocket.create_connection(
        f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket", timeout=10
    )
    flood.recv()
    flood.send(f'40{{"token":"{token}"}}')
    flood.recv()
    raw = flood.sock
    assert raw is not None
    raw.settimeout(None)
    pouring = threading.Thread(target=pour, args=(raw, masked(FLOODS[what], 1 if FLOODS[what] else 9) * MANY))
    with closing(raw):
        pouring.start()
        for _ in range(3):
            notices_nothing()
            time.sleep(0.1)  # while it pours
        with contextlib.suppress(OSError):
            raw.shutdown(socket.SHUT_RDWR)
        pouring.join()


def pour(raw: socket.socket, packets: bytes) -> None:
    """Send the packets again and again, as fast as they are taken, until the connection ends."""
    with contextlib.suppress(OSError):
        while True:
            raw.sendall(packets)


def masked(packet: bytes, opcode: int) -> bytes:
    """Return a frame whose mask of zeros leaves the bytes as they are."""
    return bytes((0x80 | opcode, 0x80 | len(packet))) + bytes(4) + packet


def test_of_those_who_never_sign_in_only_so_many_are_kept(
    server: DemoServer, notices_nothing: Callable[[], None]
) -> None:
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    with ExitStack() as stack:
        silent = []
        for _ in range(3 * MOST_STRANGERS):
            silent.append(stack.enter_context(closing(websocket.create_connection(address, timeout=10))))
            silent[-1].recv()
        assert number(server, "strangers") <= MOST_STRANGERS
        assert number(server, "strangers_turned_away_total") >= 2 * MOST_STRANGERS
        with contextlib.suppress(websocket.WebSocketException, ConnectionError):
            while silent[0].recv() not in {"", "1"}:
                pass
        token = sign_in(server.base_url, server.people("panellist")[0])
        Client(server.base_url, token, server.session).connect().close()
        notices_nothing()


def test_whoever_takes_too_long_to_ask_is_not_waited_for(
    server: DemoServer, notices_nothing: Callable[[], None]
) -> None:
    began = time.monotonic()
    with ExitStack() as stack:
        slow = [
            stack.enter_context(closing(connection(server, *words)))
            for words in (
                (),
                (b"GET / HT",),
                (b"GET / HTTP/1.1\r\n", b"Host: x\r\n"),
                (b"POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", b"{"),
            )
        ]
        while time.monotonic() - began < REQUEST_SECONDS + 1:
            for each in slow[1:]:
                with contextlib.suppress(OSError):
                    each.sendall(b"x")
            time.sleep(0.3)  # a letter at a time, never done
        notices_nothing()
        assert all(is_closed(each) for each in slow)
    assert time.monotonic() - began < ENDS_WITHIN_SECONDS


def test_a_head_or_a_body_that_is_too_large_is_refused(server: DemoServer) -> None:
    for head in (b"GET /" + b"x" * 9_000, b"GET / HTTP/1.1\r\nX: " + b"x" * 9_000 + b"\r\n\r\n"):
        with closing(connection(server, head)) as sender:
            assert sender.recv(100).split()[1] in {b"400", b"414"}
    many = b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"x" * 4_000) for n in range(30))
    with closing(connection(server)) as sender, contextlib.suppress(ConnectionError):
        sender.sendall(many)
        assert sender.recv(100).split()[1] in {b"400", b"431"}
    answer = requests.post(f"{server.base_url}/api/join", data=b"x" * 500_000, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    endless = b"POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n"
    with closing(connection(server, endless)) as sender:
        assert b" 413 " in sender.recv(100)


def test_a_full_house_lets_go_of_those_who_only_keep_their_connection(server: DemoServer) -> None:
    with ExitStack() as stack:
        kept = []
        for _ in range(MOST_SOCKETS + 30):
            kept.append(stack.enter_context(closing(connection(server, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"))))
            assert b" 200 " in kept[-1].recv(4_096)
        assert is_closed(kept[0])


def test_too_many_open_files_are_borne_until_there_is_room_again(
    server: DemoServer, notices_nothing: Callable[[], None]
) -> None:
    most = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
    with ExitStack() as stack:
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (40, most[1]))
        for _ in range(60):
            stack.enter_context(closing(connection(server)))
        deadline = time.monotonic() + ENDS_WITHIN_SECONDS
        while "event=nobody_else_can_come_in" not in server.log():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        notices_nothing()
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, most)
    assert server.answers()
