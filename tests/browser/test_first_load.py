"""What a page brings with it when it is opened for the first time."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.screens import PHONE
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

PAGES = {
    "/": None,
    "/enter": None,
    "/sessions/{session}/moderator": "moderator",
    "/sessions/{session}/rapporteur": "rapporteur",
    "/sessions/{session}/participant": "participant",
    "/sessions/{session}/display": "display",
    "/secretariat": "secretariat",
    "/secretariat/sheet": "secretariat",
}
LATER: dict[str, list[str]] = {}
"""What a page fetches once it is in use."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_waits_for_no_script_that_it_has_not_named(page: Page, server: DemoServer, path: str) -> None:
    sign_in(page, server, PAGES[path])
    fetched: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type == "script":
            fetched.append(address(request.url))

    page.on("request", note)
    page.goto(urljoin(server.base_url, path.format(session=server.session)), wait_until="networkidle")
    named = page.eval_on_selector_all(
        "link[rel=modulepreload], script", "all => all.map(({ href, src }) => href || src)"
    )
    assert sorted(set(fetched) - {address(each) for each in named}) == LATER.get(path, [])
    assert len(fetched) == len(set(fetched)) > 4


def sign_in(page: Page, server: DemoServer, role: str | None) -> None:
    if role is not None:
        answer = page.request.post(f"{server.base_url}/api/redeem", data={"key": server.people(role)[0].key})
        assert answer.ok, answer.text()


def address(url: str) -> str:
    return urlsplit(url).path
