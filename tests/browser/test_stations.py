"""The screens beside the podium: the interpreters' booth, the technical moderator's, and the overlay of the stream."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import LAPTOP, PROJECTOR, TABLET, Screens, button
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

SESSION = "ai6"
TEXT = "Thank you, Moderator.\nWe welcome the report."
NEXT_IN_THE_BOOTH = 5
SPEAKERS = ("p33", "p35", "p36", "p37", "p38", "p39", "p40")


@dataclass(frozen=True, slots=True)
class Panel:
    """A discussion with seven on the list; the first has given the interpreters a text."""

    server: DemoServer
    moderator: Client
    asked: list[str]

    def address(self, screen: str) -> str:
        return f"{self.server.base_url}/sessions/{SESSION}/{screen}"

    def give(self, request: str) -> None:
        self.moderator.on_the_floor("floor.give", {"request": request})


@pytest.fixture(scope="module")
def panel(server: DemoServer) -> Iterator[Panel]:
    moderator = Client(server.base_url, sign_in(server.base_url, server.people("moderator")[0]), SESSION).connect()
    moderator.do("session.start")
    moderator.do("session.segment", {"segment": moderator.map["programme"]["segments"][1]["id"], "waiting": "hold"})
    asked = [
        str(moderator.do("floor.request", {"kind": "statement", "person": person})["result"]["request"])
        for person in SPEAKERS
    ]
    moderator.do("floor.change", {"request": asked[0], "text": TEXT, "topic": "Access to remedy"})
    moderator.do("floor.ready", {"request": asked[1], "ready": True})
    panel = Panel(server, moderator, asked)
    panel.give(asked[0])
    moderator.wait_until(lambda map_: map_["floor"]["intervention"] is not None)
    yield panel
    moderator.close()


def test_the_booth_reads_along_and_says_that_it_cannot_follow(panel: Panel, screens: Screens) -> None:
    interpreter = panel.server.people("interpreter")[0]
    page = screens.enter(interpreter, LAPTOP, f"/sessions/{SESSION}/booth")
    now, coming = page.locator(".booth-now"), page.locator(".booth-next")
    expect(now.get_by_role("heading")).to_have_text(panel.server.person(SPEAKERS[0]).name)
    expect(now.locator(".booth-text")).to_have_text(TEXT)
    expect(now).to_contain_text("Access to remedy")
    names = [panel.server.person(person).name for person in SPEAKERS[1 : 1 + NEXT_IN_THE_BOOTH]]
    expect(coming.get_by_role("heading", level=3)).to_have_text(names)
    expect(coming).to_contain_text("and 1 more")

    slower = button(page, "Slower, please")
    slower.click()
    expect(page.locator("#slower-state")).to_contain_text("Sent.")
    assert panel.moderator.wait_for_signal("booth")["data"] == {"kind": "slower", "language": "en"}
    expect(slower).to_have_attribute("aria-disabled", "true")
    slower.click(force=True)  # it is off, and a finger does not wait until it is not
    button(page, "Cannot hear").click()
    expect(page.locator("#cannot_hear-state")).to_contain_text("Sent.")
    panel.moderator.wait_until(lambda _: len(booth_signals(panel)) > 1)
    assert booth_signals(panel) == ["slower", "cannot_hear"]


def booth_signals(panel: Panel) -> list[str]:
    """Return what the moderator heard from the booth, in order."""
    return [signal["data"]["kind"] for signal in panel.moderator.signals if signal["type"] == "booth"]


def test_the_technical_moderator_sees_whose_microphone_is_open_and_whose_are_next(
    panel: Panel, screens: Screens
) -> None:
    page = screens.enter(panel.server.people("technical_moderator")[0], TABLET, f"/sessions/{SESSION}/technical")
    cards = page.locator("microphone-card")
    expect(cards.get_by_role("heading")).to_have_text([panel.server.person(person).name for person in SPEAKERS[:3]])
    expect(cards.nth(0)).to_contain_text("screen reader")
    expect(cards.nth(1)).to_contain_text("Ready")
    expect(cards.nth(2)).to_contain_text("Not ready yet")
    expect(cards.nth(1)).to_contain_text("Not connected")
    token = sign_in(panel.server.base_url, panel.server.person(SPEAKERS[1]))
    arrived = Client(panel.server.base_url, token, SESSION).connect()
    expect(cards.nth(1).locator(".tag.ready").first).to_have_text("Connected")
    arrived.close()
    expect(cards.nth(1)).to_contain_text("Connection lost")

    was = panel.moderator.map[f"person/{SPEAKERS[1]}"]["attendance"]
    other = {"in_room": "remote", "remote": "in_room"}[was]
    button(cards.nth(1), {"in_room": "In the room", "remote": "Remote"}[other]).click()
    present = button(cards.nth(1), "Is present")
    expect(present).to_have_attribute("aria-pressed", "true")
    present.click()
    expect(present).to_have_attribute("aria-pressed", "false")
    key = f"person/{SPEAKERS[1]}"
    panel.moderator.wait_until(lambda map_: map_[key]["attendance"] == other and map_[key]["present"] is False)


def test_the_overlay_shows_who_speaks_and_lets_the_rest_of_the_picture_through(panel: Panel, screens: Screens) -> None:
    display = panel.server.people("display")[0]
    page = screens.open(display, PROJECTOR, panel.address("display?overlay=lower-third"))
    plate = page.locator(".plate")
    expect(plate.get_by_role("heading")).to_have_text(panel.server.person(SPEAKERS[0]).name)
    assert shows_through(page)
    page.emulate_media(color_scheme="dark")
    assert shows_through(page)
    panel.moderator.on_the_floor("floor.end")
    expect(plate).to_have_count(0)
    ended = panel.moderator.wait_until(lambda map_: map_["undo"][0]["type"] == "floor.end")
    panel.moderator.do("session.undo", {"command": ended["undo"][0]["command"]})
    expect(plate.get_by_role("heading")).to_have_text(panel.server.person(SPEAKERS[0]).name)


def shows_through(page: Page) -> bool:
    """Say whether nothing but the plate is painted: neither the page nor what holds the plate has a ground."""
    grounds = page.locator("html, body, room-lower-third, .lower-third").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).backgroundColor)"
    )
    scheme = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    return set(grounds) == {"rgba(0, 0, 0, 0)"} and scheme == "light"
