"""The keyboard alone: a moderator runs a session, a participant joins, requests and withdraws; the focus is always seen."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.accessibility.browsing import PHONE, TABLET, window
from tests.accessibility.keyboard import Keyboard
from tests.accessibility.meeting import Meeting
from tests.journeys.server import DemoServer

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_the_keyboard_alone_runs_the_panel(browser: Browser, server: DemoServer) -> None:
    meeting = Meeting(server, 3)
    page = window(browser, server.base_url, meeting.token(meeting.moderator_link), TABLET).new_page()
    page.goto(f"/sessions/{meeting.session}/moderator")
    keyboard, speaker = Keyboard(page), page.locator(".speaking .name")

    keyboard.use(page.get_by_role("button", name="Start the session"))
    discussion = page.get_by_role("button", name="Discussion")
    expect(discussion).not_to_have_attribute("aria-disabled", "true")
    keyboard.use(discussion, by="Shift+Tab")
    expect(discussion).to_have_attribute("aria-current", "step")
    _empty(meeting)
    keyboard.use(page.get_by_role("button", name="Open the list"), key="Space")
    for name in ("State A", "State B", "Alpha"):
        keyboard.use(page.get_by_role("button", name="Add someone in the room"), by="Shift+Tab")
        keyboard.type(page.get_by_role("searchbox"), name)
        keyboard.press("ArrowDown", "Enter")
        expect(page.get_by_role("dialog")).to_be_hidden()
    rows = page.locator(".rows[data-ordered] .entry")
    expect(rows).to_have_count(3)

    keyboard.use(page.get_by_role("button", name="Give the floor to"), by="Shift+Tab")
    expect(speaker).to_have_text("Delegate, Sample State A")
    keyboard.use(page.get_by_role("button", name="Pause"), by="Shift+Tab")
    keyboard.use(page.get_by_role("button", name="Go on"), key="Space")
    keyboard.use(page.get_by_role("button", name="+1 min"))
    expect(page.get_by_text("of 4:00")).to_be_visible()

    _move_and_hold(keyboard, page, rows)
    keyboard.use(page.get_by_role("button", name="End", exact=True), by="Shift+Tab")
    expect(speaker).to_have_text("Nobody has the floor")
    keyboard.use(page.get_by_role("button", name="Undo"), by="Shift+Tab")
    expect(speaker).to_have_text("Delegate, Sample State A")
    keyboard.use(page.get_by_role("button", name="End", exact=True))

    keyboard.use(page.get_by_role("button", name="Session:"), by="Shift+Tab")
    keyboard.use(page.get_by_role("menuitem", name="Close the session"), by="ArrowDown")
    keyboard.use(page.get_by_role("dialog").get_by_role("button", name="Close the session"))
    expect(speaker).to_have_text("The session is closed")
    page.context.close()
    meeting.close()


def test_the_keyboard_alone_joins_requests_and_withdraws(browser: Browser, server: DemoServer) -> None:
    meeting = Meeting(server, 4)
    meeting.start_discussion()
    page = window(browser, server.base_url, None, PHONE).new_page()
    page.goto("/")
    keyboard = Keyboard(page)

    keyboard.type(page.get_by_label("Join code"), server.links["join_code"])
    keyboard.type(page.get_by_label("Your name"), "Zoë Ñandú")
    keyboard.go_to(page.get_by_label("In the room"))
    keyboard.press("ArrowRight")
    expect(page.get_by_label("Remotely")).to_be_checked()
    keyboard.use(page.get_by_role("button", name="Join"))
    page.wait_for_url("**/participant")
    page.goto(f"/sessions/{meeting.session}/participant")

    keyboard.go_to(page.get_by_label("Make a statement"))
    keyboard.press("ArrowRight")
    keyboard.type(page.get_by_label("Topic"), "Access to remedy")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Get ready")).to_be_visible()
    meeting.moderator.wait_until(lambda map_: map_["list"]["waiting"] == 1)
    keyboard.use(page.get_by_role("button", name="I am ready"))
    keyboard.use(page.get_by_role("button", name="Withdraw"))
    keyboard.use(page.get_by_role("button", name="Withdraw"))
    expect(page.get_by_role("heading", name="You are off the list")).to_be_visible()
    page.context.close()
    meeting.close()


def _empty(meeting: Meeting) -> None:
    """Hold the panellists, who stand on the list of every session beforehand."""
    for request in meeting.moderator.waiting():
        meeting.moderator.do("floor.hold", {"request": request})


def _move_and_hold(keyboard: Keyboard, page: Page, rows: Locator) -> None:
    last = rows.nth(1)
    keyboard.go_to(last.get_by_role("button", name="Move Representative, Sample NGO Alpha"))
    keyboard.press("ArrowUp")
    expect(rows.first).to_contain_text("Sample NGO Alpha")
    keyboard.go_to(page.get_by_role("button", name="Move Representative, Sample NGO Alpha"))
    keyboard.use(page.get_by_role("button", name="Actions for Representative, Sample NGO Alpha"))
    keyboard.use(page.get_by_role("menuitem", name="Hold for later"), by="ArrowDown")
    expect(page.get_by_text("held for later")).to_be_visible()
