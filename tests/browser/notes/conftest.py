"""Sessions to note down, one to each test, and roads to their servers that a test may cut."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser.notes.desk import House, begun
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer

Lay = Callable[[House], ChaosProxy]


@pytest.fixture(scope="session")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[House]]:
    """Hand out sessions, begun, one to each test; where those of one server are used up, another is started."""
    servers: list[DemoServer] = []

    def handed_out() -> Iterator[House]:
        while True:
            servers.append(DemoServer(tmp_path_factory.mktemp("notes")).start())
            # What is brought from one session into another goes into the last.
            yield from (begun(servers[-1], session) for session in servers[-1].sessions[:-1])

    yield handed_out()
    for server in servers:
        server.stop()


@pytest.fixture
def house(houses: Iterator[House]) -> Iterator[House]:
    house = next(houses)
    yield house
    house.moderator.close()


@pytest.fixture
def cut() -> Iterator[Lay]:
    """Lay roads to servers, which a test may cut."""
    roads: list[ChaosProxy] = []

    def lay(house: House) -> ChaosProxy:
        roads.append(ChaosProxy(house.server.port).start())
        return roads[-1]

    yield lay
    for road in roads:
        road.stop()
