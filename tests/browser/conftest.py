"""One demo server for all journeys on screens; each test takes a session that no other touches."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screens import Screens
from tests.journeys.server import DemoServer

WAIT_MS = 10_000
Tell = Callable[[str], None]


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    expect.set_options(timeout=WAIT_MS)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    running = DemoServer(tmp_path_factory.mktemp("demo")).start()
    yield running
    running.stop()


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
def screens(browser: Browser) -> Iterator[Screens]:
    """Open screens; what a page throws, or writes to its console as an error, fails the test."""
    opened = Screens(browser)
    yield opened
    opened.close()
    assert opened.troubles == []
