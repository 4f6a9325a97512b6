"""The server is asked to stop: everybody is told when to come back, nobody waits for whoever does not listen."""

import asyncio
import itertools
import json
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests

from bench.light_client import LightClient
from companion.serve import STOPS_WITHIN_SECONDS
from companion.sockets.handlers import BACK_PER_SECOND, FIRST_BACK_SECONDS
from companion.store import journal
from companion.store.database import open_for_reading
from companion.store.verification import Verified, verify
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

CLIENTS = 200
SOCKETS_EACH = 5
BUSY = 60
TAKEN_BEFORE = 5 * BUSY
SNAPSHOTS = 450
"""More than the system keeps for somebody who does not read, and fewer than a client is dropped for."""
PATIENCE_SECONDS = 30


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DemoServer]:
    running = DemoServer(tmp_path, engine="eventlet", environ={"COMPANION_LIMITS_BURST": "100000"}).start()
    yield running
    running.kill()


class Guest(LightClient):
    """A client that does what it is told: it comes back at its moment, or as soon after as there is somebody."""

    def __init__(self, server: DemoServer, token: str) -> None:
        super().__init__(token, f"127.0.0.1:{server.port}")
        self.token = token
        self.told_seconds: list[float] = []
        self.gone = asyncio.get_running_loop().create_future()
        self.heard = self._hear

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.road = transport

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.gone.set_result(None)

    def _hear(self, message: bytes) -> None:
        name, payload = json.loads(message[1:])
        if name == "signal" and payload["type"] == "restarting":
            self.told_seconds.append(payload["data"]["retry_in_seconds"])


async def come_in(server: DemoServer, token: str, *, within: float = 0.0) -> Guest:
    """Return a guest who is connected and has joined; tries again for so many seconds."""
    until = time.monotonic() + within
    while True:
        try:
            _, guest = await asyncio.get_running_loop().create_connection(
                lambda: Guest(server, token), "127.0.0.1", server.port
            )
            await guest.connected
            break
        except OSError:
            assert time.monotonic() < until
            await asyncio.sleep(0.5)
    joined = await guest.call("join", {"session": server.session})
    assert joined["ok"]
    return guest


def tokens(server: DemoServer, people: int = CLIENTS // SOCKETS_EACH) -> list[str]:
    """Let people in by the join code, and return the token of each."""
    with requests.Session() as http:
        return [
            http.post(
                f"{server.base_url}/api/join",
                json={"code": server.links["join_code"], "name": f"Guest {number}"},
                timeout=10,
            ).json()["token"]
            for number in range(people)
        ]


def test_everybody_is_told_a_moment_of_their_own_and_is_back(server: DemoServer) -> None:
    moderator = sign_in(server.base_url, server.people("moderator")[0])
    guests = tokens(server) * SOCKETS_EACH
    with ThreadPoolExecutor() as aside:  # a browser of this worker's may have a loop of its own on this thread
        told, came_back, answer = aside.submit(asyncio.run, stopped_and_started(server, moderator, guests)).result()
    first, *others = told
    assert first == FIRST_BACK_SECONDS  # whoever runs the room comes first
    assert sorted(others) == [round(FIRST_BACK_SECONDS + place / BACK_PER_SECOND, 2) for place in range(1, CLIENTS + 1)]
    assert came_back == CLIENTS + 1
    assert answer["ok"]
    log = server.log()
    assert "Traceback" not in log
    assert "Guest" not in log


async def stopped_and_started(
    server: DemoServer, moderator: str, guests: list[str]
) -> tuple[list[float], int, dict[str, Any]]:
    """Return what each was told, the moderator first; how many came back; and what became of a command under way."""
    everybody = [await come_in(server, token) for token in (*guests, moderator)][::-1]
    command = {"session": server.session, "id": "under-way-as-it-ends", "type": "announce", "data": {"text": "Soon"}}
    answers: list[bytes] = []
    everybody[0].ask("command", command, answers.append)
    server.ask_to_stop()
    await asyncio.wait_for(asyncio.gather(*(each.gone for each in everybody)), PATIENCE_SECONDS)
    ended = time.monotonic()
    assert server.ended() == 0
    starting = asyncio.create_task(asyncio.to_thread(server.start))

    async def come_back(guest: Guest) -> Guest:
        await asyncio.sleep(max(0.0, ended + guest.told_seconds[0] - time.monotonic()))
        return await come_in(server, guest.token, within=PATIENCE_SECONDS)

    back = await asyncio.gather(*(come_back(each) for each in everybody))
    await starting
    answer = await back[0].call("command", command)  # again: whether it was answered before is nobody's concern
    for each in back:
        each.road.close()
    await asyncio.gather(*(each.gone for each in back))
    return [seconds for each in everybody for seconds in each.told_seconds], len(back), answer


def test_under_load_it_ends_in_time_with_all_on_disk_that_was_taken_and_everybody_told(tmp_path: Path) -> None:
    server = DemoServer(tmp_path, environ={"COMPANION_LIMITS_BURST": "100000"}).start()
    try:
        moderator = Client(server.base_url, sign_in(server.base_url, server.people("moderator")[0]), server.session)
        moderator.connect().do("session.start")
        moderator.do("list.open")
        guests = tokens(server, BUSY)
        with ThreadPoolExecutor() as aside:
            taken, told, seconds = aside.submit(asyncio.run, stopped_under_load(server, guests)).result()
        assert server.ended() == 0
        moderator.close()
    finally:
        server.kill()
    assert seconds < STOPS_WITHIN_SECONDS
    assert [len(moments) for moments in told] == [1] * BUSY
    with open_for_reading(server.database) as database:
        answered = {each.id for each in journal.answers(database, server.session)}
        assert isinstance(verify(database, server.session), Verified)
    assert len(taken) > TAKEN_BEFORE
    assert [each for each in taken if each not in answered] == []
    assert "Traceback" not in server.log()


async def stopped_under_load(server: DemoServer, guests: list[str]) -> tuple[list[str], list[list[float]], float]:
    """Return the ids of the commands that were taken, what each client was told, and how long it took to the end."""
    everybody = [await come_in(server, token) for token in guests]
    taken: list[str] = []
    enough = asyncio.Event()

    async def ask_and_withdraw(number: int, guest: Guest) -> None:
        request = None
        for count in itertools.count():
            asks = ("floor.withdraw", {"request": request}) if request else ("floor.request", {"kind": "statement"})
            command = {"session": server.session, "id": f"busy-{number}-{count}", "type": asks[0], "data": asks[1]}
            answer = asyncio.ensure_future(guest.call("command", command))
            await asyncio.wait({answer, guest.gone}, return_when=asyncio.FIRST_COMPLETED)
            if not answer.done():
                answer.cancel()
                return
            assert answer.result()["ok"], answer.result()
            taken.append(str(command["id"]))
            request = None if request else answer.result()["result"]["request"]
            if len(taken) > TAKEN_BEFORE:
                enough.set()

    async def stop() -> float:
        await enough.wait()
        began = time.monotonic()
        server.ask_to_stop()
        await asyncio.gather(*(each.gone for each in everybody))
        return time.monotonic() - began

    busy = (ask_and_withdraw(number, guest) for number, guest in enumerate(everybody))
    stopping = asyncio.create_task(stop())
    await asyncio.wait_for(asyncio.gather(stopping, *busy), PATIENCE_SECONDS)
    return taken, [each.told_seconds for each in everybody], stopping.result()


def test_nobody_waits_for_a_client_that_does_not_read(server: DemoServer) -> None:
    with closing(stuck(server)):
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < STOPS_WITHIN_SECONDS


def test_a_second_signal_ends_it_at_once(server: DemoServer) -> None:
    with closing(stuck(server)):
        server.ask_to_stop()
        while "event=stopping" not in server.log():
            time.sleep(0.01)  # it is waiting for the one that does not read
        server.ask_to_stop()
        assert server.ended() == -signal.SIGTERM


def stuck(server: DemoServer) -> socket.socket:
    """Return the socket of somebody who has joined, and reads nothing of what waits for them."""
    token = sign_in(server.base_url, server.people("observer")[0])
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.connect(("127.0.0.1", server.port))
    handshake = "\r\n".join(
        (
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: 127.0.0.1:{server.port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
            "Sec-WebSocket-Version: 13\r\n\r\n",
        )
    )
    reader.sendall(handshake.encode())
    assert b"101" in reader.recv(4096)
    for packet in (f'40{{"token":"{token}"}}', f'421["join",{{"session":"{server.session}"}}]'):
        reader.sendall(masked(packet.encode()))
    for number in range(SNAPSHOTS):
        reader.sendall(masked(f'42{number + 2}["join",{{"session":"{server.session}"}}]'.encode()))
    waits_for_packets(server)
    return reader


def waits_for_packets(server: DemoServer) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "companion_waiting_packets 0.0" in requests.get(f"{server.base_url}/metrics", timeout=5).text:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def masked(packet: bytes) -> bytes:
    """Return a text frame whose mask of zeros leaves the bytes as they are."""
    size = len(packet)
    return (bytes((0x81, 0x80 | size)) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")) + bytes(4) + packet
