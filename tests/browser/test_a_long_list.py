"""Sixty on the list: arranged by the keyboard alone, and in the same order on every screen."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import (
    PHONE,
    PROJECTOR,
    TABLET,
    Screens,
    button,
    on_the_floor,
    rows,
    state,
    wait_until_ready,
)
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

SESSION = "ai3"
GUESTS = 60
MOST_STEPS = 30
NEXT = 3

# The order that a screen was told, whatever it shows of it.
ORDER = """page => [...page.session.values('request/')]
  .filter(({ status, list }) => status === 'waiting' && list === 'speakers')
  .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1))
  .map(({ person }) => page.session.get(`person/${person}`).name)"""


def test_sixty_are_arranged_by_keyboard_and_every_screen_has_the_same_order(
    server: DemoServer, screens: Screens
) -> None:
    url = f"{server.base_url}/sessions/{SESSION}"
    put_on_the_list(server)
    last = server.person("p36")
    moderator = screens.open(server.people("moderator")[0], TABLET, f"{url}/moderator")
    phone = screens.open(last, PHONE, f"{url}/participant")
    display = screens.open(server.people("display")[0], PROJECTOR, f"{url}/display")
    wait_until_ready(moderator, phone, display)
    button(phone, "Request the floor").click()
    expect(state(phone).locator(".number")).to_have_text("61st")
    names = rows(moderator)
    expect(names).to_have_count(GUESTS + 1)
    expect(names.last).to_have_text(last.name)
    order = [name.strip() for name in names.all_text_contents()]

    focus_with(moderator, "Tab", moderator.locator("speaker-card .grip").first)
    for key, place in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", GUESTS), ("ArrowUp", GUESTS - 1)):
        moderator.keyboard.press(key)
        moved = order.pop(order.index(focused_name(moderator)))
        order.insert(place, moved)
        expect(names).to_have_text(order)
        expect(moderator.get_by_role("button", name=f"Move {moved}")).to_be_focused()
    # The list follows the focus, which now is at its end; the menu of whoever stands there brings them to the first place.
    moderator.keyboard.press("Tab")
    moderator.keyboard.press("Enter")
    expect(moderator.get_by_role("menuitem", name="Give the floor now")).to_be_focused()
    focus_with(moderator, "ArrowDown", moderator.get_by_role("menuitem", name="Move to the first place"))
    moderator.keyboard.press("Enter")
    order.insert(0, order.pop(GUESTS - 1))
    expect(names).to_have_text(order)
    every_screen_has(order, moderator, phone, display)

    focus_with(moderator, "Shift+Tab", button(moderator, f"Give the floor to {order[0]}"))
    moderator.keyboard.press("Enter")
    speaker = order.pop(0)
    for page in (moderator, phone, display):
        expect(on_the_floor(page)).to_have_text(speaker)
    every_screen_has(order, moderator, phone, display)


def put_on_the_list(server: DemoServer) -> None:
    """Open the session and put sixty guests on its list: by four of the staff, since each may send thirty at once."""
    links = [
        *server.people("moderator"),
        *(server.people(role)[0] for role in ("secretariat", "list_officer")),
    ]
    staff = [Client(server.base_url, sign_in(server.base_url, link), SESSION).connect() for link in links]
    first = staff[0]
    first.do("session.start")
    first.do("session.segment", {"segment": first.map["programme"]["segments"][1]["id"], "waiting": "hold"})
    first.do("list.open")

    def put(client: Client) -> None:
        for number in range(GUESTS // len(staff)):
            guest = {"name": f"Guest {number} of {client.map['me/person']['name']}", "attendance": "in_room"}
            client.do("floor.request", {"kind": "statement", "guest": guest})

    with ThreadPoolExecutor(len(staff)) as hands:
        [*hands.map(put, staff)]
    first.wait_until(lambda map_: map_["list"]["waiting"] == GUESTS)
    for client in staff:
        client.close()


def every_screen_has(order: list[str], moderator: Page, phone: Page, display: Page) -> None:
    """Wait until every screen shows its part of the order, and check that it was told the whole."""
    expect(rows(moderator)).to_have_text(order)
    for shown in (phone.locator("participant-now .now-next li bdi"), display.locator("room-list .next li .name")):
        expect(shown).to_have_text(order[:NEXT])
    for page, element in ((moderator, "moderator-page"), (phone, "participant-page"), (display, "room-display")):
        assert page.locator(element).evaluate(ORDER) == order


def focus_with(page: Page, key: str, wanted: Locator) -> None:
    """Press a key until what is wanted has the focus."""
    for _ in range(MOST_STEPS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {wanted}")


def focused_name(moderator: Page) -> str:
    """Return the name on the card that has the focus."""
    return (moderator.locator("speaker-card:focus-within .name").text_content() or "").strip()
