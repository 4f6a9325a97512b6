"""Screens in a real browser: each a context of its own, signed in by a person's link as that person would."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.journeys.server import Link

TABLET = ViewportSize(width=1180, height=820)
PHONE = ViewportSize(width=390, height=844)
LAPTOP = ViewportSize(width=1440, height=900)
PROJECTOR = ViewportSize(width=1920, height=1080)

_OF_THE_NETWORK = re.compile(r"net::ERR_|WebSocket connection to|Failed to load resource")


@dataclass(slots=True)
class Screens:
    """Opens screens, and keeps what went wrong on them. `may_lose_the_network`: a lost connection is no trouble."""

    browser: Browser
    may_lose_the_network: bool = False
    troubles: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, link: Link, size: ViewportSize, base_url: str, path: str, *, before: str = "") -> Page:
        """Return a page that came in by `link` and shows `path`; the script `before` runs before those of each page."""
        context = self.browser.new_context(viewport=size, locale="en-GB", accept_downloads=True)
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"{link.role}: {error}"))
        page.on("console", lambda message: self._heard(link, message))
        page.goto(f"{base_url}/enter#{link.key}")
        page.wait_for_url(re.compile(r"/(sessions/|secretariat)"), wait_until="domcontentloaded")
        if not page.url.endswith(path):
            page.goto(f"{base_url}{path}")
        return page

    def moderator(self, link: Link, base_url: str, session: str, *, before: str = "") -> Page:
        """Return a moderator's tablet, ready."""
        page = self.open(link, TABLET, base_url, f"/sessions/{session}/moderator", before=before)
        expect(page.locator("session-bar h1")).not_to_be_empty()
        return page

    def phone(self, link: Link, base_url: str, session: str, *, before: str = "") -> Page:
        """Return a participant's phone, ready."""
        page = self.open(link, PHONE, base_url, f"/sessions/{session}/participant", before=before)
        expect(page.get_by_text("Connected", exact=True)).to_be_visible()
        return page

    def display(self, link: Link, base_url: str, session: str, *, before: str = "") -> Page:
        """Return the room display, ready."""
        page = self.open(link, PROJECTOR, base_url, f"/sessions/{session}/display", before=before)
        expect(page.locator("room-display h1")).not_to_be_empty()
        return page

    def close(self) -> None:
        """Close all contexts."""
        for context in self._contexts:
            context.close()

    def _heard(self, link: Link, message: ConsoleMessage) -> None:
        lost = self.may_lose_the_network and _OF_THE_NETWORK.search(message.text)
        if message.type == "error" and not lost:
            self.troubles.append(f"{link.role}: {message.text}")


def button(page: Page | Locator, name: str) -> Locator:
    """Return the button whose name begins so."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))


def state(phone: Page) -> Locator:
    """Return the one big state of a participant's phone."""
    return phone.locator(".card.state")


def rows(moderator: Page) -> Locator:
    """Return the names on the moderator's list of speakers, in order."""
    return moderator.locator("speakers-list speaker-rows").first.locator("speaker-card .name")


def on_the_floor(page: Page) -> Locator:
    """Return the name of who speaks, on whichever screen this is."""
    return page.locator("floor-panel h2.name, room-list .now:not(.nobody) h2, participant-now .now-name").first


def seconds(clock: str) -> int:
    """Return the seconds that a clock shows as left: `1:05` is 65, `+0:05` is -5."""
    minutes, rest = clock.lstrip("+").split(":")
    shown = int(minutes) * 60 + int(rest)
    return -shown if clock.startswith("+") else shown
