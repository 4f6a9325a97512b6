"""Servers, proxies and browsers for the journeys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.client import Client, sign_in
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer, Link

ENGINES = ("eventlet", "threading")
Connect = Callable[..., Client]


@pytest.fixture(params=ENGINES)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DemoServer]:
    running = DemoServer(tmp_path, engine=request.param).start()
    yield running
    running.stop()


@pytest.fixture
def connect(server: DemoServer) -> Iterator[Connect]:
    """Return what connects a person's client to the session that begins now."""
    clients: list[Client] = []

    def connected(link: Link, *, transports: list[str] | None = None) -> Client:
        client = Client(server.base_url, sign_in(server.base_url, link), server.session, transports=transports)
        clients.append(client)
        return client.connect()

    yield connected
    for client in clients:
        client.close()


@pytest.fixture
def proxy(server: DemoServer) -> Iterator[ChaosProxy]:
    running = ChaosProxy(server.port).start()
    yield running
    running.stop()
