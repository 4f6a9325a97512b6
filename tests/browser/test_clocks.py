"""Every clock shows the server's time: with 200 ms of round trip, on devices whose own clocks are an hour off."""

import json
from collections.abc import Iterator
from datetime import datetime
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tell
from tests.browser.screens import PHONE, PROJECTOR, TABLET, Screens, on_the_floor, seconds
from tests.journeys.client import Client, sign_in
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

SESSION = "ai2"
ONE_WAY_SECONDS = 0.1
AGREE_WITHIN_MS = 100
HOUR_MS = 3_600_000
FLIPS = 4

# The device's wall clock is off; `performance`, which no setting moves, goes on telling when something happened.
OFF_BY = """(() => {
  const Right = Date;
  const off = %d;
  globalThis.Date = class Date extends Right {
    constructor(...parts) { super(...(parts.length ? parts : [Right.now() + off])); }
    static now() { return Right.now() + off; }
  };
})()"""

# Notes when the clock's text changes, as the frame that shows it is made: that is what a person sees.
WATCH = """() => {
  const clock = document.querySelector('speaking-clock');
  globalThis.flips = [];
  new MutationObserver(() => {
    const text = clock.textContent;
    requestAnimationFrame(() => globalThis.flips.push([text, performance.timeOrigin + performance.now()]));
  }).observe(clock, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def slow_road(server: DemoServer) -> Iterator[ChaosProxy]:
    running = ChaosProxy(server.port, delay_seconds=ONE_WAY_SECONDS).start()
    yield running
    running.stop()


def test_all_clocks_agree_with_the_server(
    server: DemoServer, slow_road: ChaosProxy, screens: Screens, tell: Tell
) -> None:
    moderator = Client(server.base_url, sign_in(server.base_url, server.people("moderator")[1]), SESSION).connect()
    given = give_the_floor(moderator)
    url = f"{slow_road.base_url}/sessions/{SESSION}"
    pages = {
        "moderator": screens.open(server.people("moderator")[0], TABLET, f"{url}/moderator", before=OFF_BY % HOUR_MS),
        "participant": screens.open(server.person("p36"), PHONE, f"{url}/participant", before=OFF_BY % -HOUR_MS),
        "display": screens.open(
            server.people("display")[0], PROJECTOR, f"{url}/display", before=OFF_BY % (24 * HOUR_MS)
        ),
    }
    for page in pages.values():
        expect(on_the_floor(page)).to_be_visible()
        page.evaluate(WATCH)
    seen = {name: flips(page) for name, page in pages.items()}
    moderator.close()
    off = {name: [at - due(given, text) for text, at in changes] for name, changes in seen.items()}
    tell("clocks, against the server's: " + ", ".join(f"{name} {figures(each)}" for name, each in off.items()))
    usual = [0.0, *(median(each) for each in off.values())]
    assert max(usual) - min(usual) < AGREE_WITHIN_MS


def figures(late: list[float]) -> str:
    """Return how late a clock is, usually and at most."""
    return f"{median(late):+.0f} ms ({min(late):+.0f} … {max(late):+.0f})"


def give_the_floor(moderator: Client) -> dict[str, Any]:
    """Give the floor to somebody, and return the intervention."""
    moderator.do("session.start")
    moderator.do("session.segment", {"segment": moderator.map["programme"]["segments"][1]["id"], "waiting": "hold"})
    moderator.do("floor.request", {"kind": "statement", "person": "p39"})
    given = moderator.on_the_floor("floor.next")["result"]["intervention"]
    intervention: dict[str, Any] = moderator.wait_until(lambda map_: f"intervention/{given}" in map_)[
        f"intervention/{given}"
    ]
    return intervention


def flips(page: Page) -> list[tuple[str, float]]:
    """Return what the clock showed from when on, in the machine's milliseconds."""
    page.wait_for_function(f"() => globalThis.flips.length >= {FLIPS}")
    return [(text, at) for text, at in json.loads(page.evaluate("() => JSON.stringify(globalThis.flips)"))]


def due(intervention: dict[str, Any], text: str) -> float:
    """Return when the clock was due to show `text`. The server runs on this machine: its milliseconds are the machine's."""
    runs_out: float = datetime.fromisoformat(intervention["started_at"]).timestamp() + intervention["limit_seconds"]
    return (runs_out - seconds(text)) * 1_000
