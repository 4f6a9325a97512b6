"""One server for everything that is looked at here, but for what has one of its own."""

from collections.abc import Iterator

import pytest

from tests.journeys.server import DemoServer


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    running = DemoServer(tmp_path_factory.mktemp("accessibility")).start()
    yield running
    running.stop()
