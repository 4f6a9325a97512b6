"""One server and one Chromium for everything that is looked at here.

Playwright's synchronous API has one user in a thread, and the journeys on screens have theirs in the main one: these tests
run in a thread of their own.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.accessibility.browsing import chromium
from tests.journeys.server import DemoServer


@pytest.fixture(scope="session")
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as alone:
        yield alone


@pytest.fixture(scope="session")
def browser(thread: ThreadPoolExecutor) -> Iterator[Browser]:
    running = ExitStack()
    yield thread.submit(lambda: running.enter_context(chromium())).result()
    thread.submit(running.close).result()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    running = DemoServer(tmp_path_factory.mktemp("accessibility")).start()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def run_in_the_thread_of_the_browser(request: pytest.FixtureRequest, thread: ThreadPoolExecutor) -> None:
    test = request.node.obj
    request.node.obj = lambda **arguments: thread.submit(test, **arguments).result()
