"""What a page brings with it when it is opened for the first time."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Response

from tests.browser.conftest import Tell
from tests.browser.screens import PHONE
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

PARTICIPANT = "/sessions/{session}/participant"
PAGES = {
    "/": None,
    "/enter": None,
    "/sessions/{session}/moderator": "moderator",
    "/sessions/{session}/rapporteur": "rapporteur",
    PARTICIPANT: "participant",
    "/sessions/{session}/display": "display",
    "/sessions/{session}/booth": "interpreter",
    "/sessions/{session}/technical": "technical_moderator",
    "/secretariat": "secretariat",
    "/secretariat/sheet": "secretariat",
}
LATER = {PARTICIPANT: re.compile(r"/static/pages/participant-papers-[A-Z0-9]{8}\.js")}
"""What a page fetches once it can be used."""
FEW_SCRIPTS = 3
MOST_BYTES = 80_000
"""On a phone, with what the road adds to every request left out: the participant's page until it can be used."""


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
    later = [each for each in fetched if path in LATER and LATER[path].fullmatch(each)]
    assert set(fetched) == named_on(page) | set(later)
    assert 0 < len(fetched) == len(set(fetched)) <= FEW_SCRIPTS
    assert len(later) == (path in LATER)


def test_the_words_of_another_language_are_fetched_once_and_beforehand(browser: Browser, server: DemoServer) -> None:
    context = browser.new_context(viewport=PHONE, locale="ar")
    page, catalogues = context.new_page(), []

    def note(request: Request) -> None:
        if address(request.url).startswith("/static/i18n/"):
            catalogues.append(request.url)

    page.on("request", note)
    sign_in(page, server, "participant")
    page.goto(urljoin(server.base_url, PARTICIPANT.format(session=server.session)), wait_until="networkidle")
    assert catalogues == [page.locator("link[rel=preload]").evaluate("link => link.href")]
    context.close()


def test_the_participants_page_is_light(page: Page, server: DemoServer, tell: Tell) -> None:
    sign_in(page, server, "participant")
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))  # noqa: PLW0108 (Playwright marks what it is given)
    page.goto(urljoin(server.base_url, PARTICIPANT.format(session=server.session)), wait_until="networkidle")
    weights = {
        address(answer.url): int(answer.header_value("content-length") or 0)
        for answer in answers
        if not LATER[PARTICIPANT].fullmatch(address(answer.url))
    }
    assert all(weights.values())
    tell(f"participant's page: {len(weights)} answers, {sum(weights.values()) / 1_000:.1f} KB compressed")
    assert sum(weights.values()) < MOST_BYTES


def named_on(page: Page) -> set[str]:
    """Return the addresses of the scripts that the page itself names."""
    links = page.locator("link[rel=modulepreload], script").evaluate_all(
        "all => all.map(({ href, src }) => href || src)"
    )
    return {address(link) for link in links}


def sign_in(page: Page, server: DemoServer, role: str | None) -> None:
    if role is not None:
        answer = page.request.post(f"{server.base_url}/api/redeem", data={"key": server.people(role)[0].key})
        assert answer.ok, answer.text()


def address(url: str) -> str:
    return urlsplit(url).path
