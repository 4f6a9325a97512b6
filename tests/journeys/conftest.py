"""Servers and proxies for the journeys, and clients to walk them."""

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.client import Client, sign_in
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer, Link

ENGINES = ("eventlet", "threading")
Connect = Callable[..., Client]
Tell = Callable[[str], None]


@pytest.fixture(scope="module", params=ENGINES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """One server for the tests of a module; each takes a session, or people, that no other has touched."""
    running = DemoServer(tmp_path_factory.mktemp(request.param), engine=request.param, traced=True).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def unused_sessions(server: DemoServer) -> Iterator[str]:
    return iter(server.sessions)


@pytest.fixture
def session(unused_sessions: Iterator[str]) -> str:
    """Return a session in which nothing has happened yet."""
    return next(unused_sessions)


@pytest.fixture(scope="module")
def open_session(server: DemoServer, unused_sessions: Iterator[str]) -> str:
    """Return a session whose list of speakers is open, for tests that keep to their own people."""
    session = next(unused_sessions)
    moderator = Client(server.base_url, sign_in(server.base_url, server.people("moderator")[0]), session).connect()
    moderator.do("list.open")
    moderator.close()
    return session


@pytest.fixture(scope="module")
def unused_people(server: DemoServer) -> Iterator[Link]:
    return iter(server.people("participant"))


@pytest.fixture
def participant(unused_people: Iterator[Link]) -> Link:
    """Return a participant who has not been here yet."""
    return next(unused_people)


@pytest.fixture
def other_participant(unused_people: Iterator[Link]) -> Link:
    return next(unused_people)


@pytest.fixture
def connect(server: DemoServer) -> Iterator[Connect]:
    """Return what connects a person's client to a session."""
    clients: list[Client] = []

    def connected(link: Link, session: str | None = None, *, transports: list[str] | None = None) -> Client:
        token = sign_in(server.base_url, link)
        client = Client(server.base_url, token, session or server.session, transports=transports)
        clients.append(client)
        return client.connect()

    yield connected
    for client in clients:
        client.close()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Return what prints a line of figures, also where a test passes."""
    capture = request.config.pluginmanager.getplugin("capturemanager")
    writer = request.config.get_terminal_writer()

    def told(line: str) -> None:
        with capture.global_and_fixture_disabled():
            writer.line(f"\n{line}")

    return told


@pytest.fixture
def proxy(server: DemoServer) -> Iterator[ChaosProxy]:
    running = ChaosProxy(server.port).start()
    yield running
    running.stop()
