"""Screens in a real browser: each a context of its own, signed in by a person's link as that person would."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.journeys.server import Link

TABLET = ViewportSize(width=1180, height=820)
PHONE = ViewportSize(width=390, height=844)
LAPTOP = ViewportSize(width=1440, height=900)
PROJECTOR = ViewportSize(width=1920, height=1080)

_OF_THE_NETWORK = re.compile(r"net::ERR_|WebSocket connection to|Failed to load resource")


@dataclass(slots=True)
class Screens:
    """Opens screens, and keeps what went wrong on them.

    `may_lose_the_network`: a lost connection is no trouble; `trusts_all`: nor is a certificate that nobody has signed.
    """

    browser: Browser
    may_lose_the_network: bool = False
    trusts_all: bool = False
    troubles: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def enter(self, link: Link, size: ViewportSize, path: str) -> Page:
        """Return a page that came in by `link`, and goes on to `path` where the link led to another session."""
        page = self._page(link, size)
        page.goto(link.url)
        page.wait_for_url(re.compile(r"/(sessions/|secretariat)"), wait_until="commit")
        if not page.url.endswith(path):
            page.goto(urljoin(link.url, path), wait_until="commit")
        return page

    def open(self, link: Link, size: ViewportSize, url: str, *, before: str = "", touch: bool = False) -> Page:
        """Return a page that is about to show `url`; the script `before` runs in it before all others."""
        page = self._page(link, size, touch=touch)
        page.add_init_script(before)
        signed_in = page.request.post(urljoin(url, "/api/redeem"), data={"key": link.key})
        assert signed_in.ok, signed_in.text()
        page.goto(url, wait_until="commit")
        return page

    def stranger(self, size: ViewportSize) -> Page:
        """Return a page of somebody who has not come in yet."""
        return self._page(Link(id="", name="", role="stranger", key="", url=""), size)

    def close(self) -> None:
        """Close all contexts."""
        for context in self._contexts:
            context.close()

    def _page(self, link: Link, size: ViewportSize, *, touch: bool = False) -> Page:
        context = self.browser.new_context(
            viewport=size, has_touch=touch, locale="en-GB", accept_downloads=True, ignore_https_errors=self.trusts_all
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"{link.role}: {error}"))
        page.on("console", lambda message: self._heard(link, message))
        return page

    def _heard(self, link: Link, message: ConsoleMessage) -> None:
        lost = self.may_lose_the_network and _OF_THE_NETWORK.search(message.text)
        if message.type == "error" and not lost:
            self.troubles.append(f"{link.role}: {message.text}")


def wait_until_ready(*pages: Page) -> None:
    """Wait until the pages show their session, live."""
    for page in pages:
        expect(page.locator("session-bar h1, session-top h1, room-display h1").first).not_to_be_empty()
        expect(page.get_by_text(re.compile("^Connecting"))).to_have_count(0)


def button(page: Page | Locator, name: str) -> Locator:
    """Return the button whose name begins so."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))


def state(phone: Page) -> Locator:
    """Return the one big state of a participant's phone."""
    return phone.locator(".card.state")


def rows(moderator: Page) -> Locator:
    """Return the names on the moderator's list of speakers, in order."""
    return moderator.locator("speakers-list speaker-rows").first.locator("speaker-card .name")


def first_in_line(moderator: Page) -> str:
    """Return the name of the first on the list, which is drawn a moment after the floor: whoever has that is no longer on it."""
    expect(rows(moderator).first).not_to_have_text(on_the_floor(moderator).inner_text())
    return rows(moderator).first.inner_text()


def on_the_floor(page: Page) -> Locator:
    """Return the name of who speaks, on whichever screen this is."""
    return page.locator("floor-panel h2.name, room-list .now:not(.nobody) h2, participant-now .now-name").first


def seconds(clock: str) -> int:
    """Return the seconds that a clock shows as left: `1:05` is 65, `+0:05` is -5."""
    minutes, rest = clock.lstrip("+").split(":")
    shown = int(minutes) * 60 + int(rest)
    return -shown if clock.startswith("+") else shown
