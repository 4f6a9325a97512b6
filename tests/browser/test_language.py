"""Choosing the language of the screens: before one is in, with and without scripts, and at the desk."""

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import TABLET, Screens
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

LONG_NAME = "Representative of the Sample Intergovernmental Organization"
SHOWS_ITS_BEGINNING = """text => {
  const first = document.createRange();
  first.selectNodeContents(text);
  const box = text.getBoundingClientRect();
  return first.getClientRects()[0].left >= box.left - 1 && box.width > 30 && text.scrollWidth > text.clientWidth;
}"""


def test_without_scripts_a_link_is_enough(browser: Browser, server: DemoServer) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{server.base_url}/?code=K7WM3QXD")
    page.get_by_role("navigation", name="Language").get_by_role("link", name="العربية").click()
    assert page.url == f"{server.base_url}/?code=K7WM3QXD"
    assert language(page) == ("ar", "rtl")
    page.goto(f"{server.base_url}/enter")
    assert language(page) == ("ar", "rtl")
    page.get_by_role("navigation", name="اللغة").get_by_role("link", name="English").click()
    assert language(page) == ("en", "ltr")
    context.close()


def test_a_link_for_a_role_is_kept_and_the_desk_has_it_in_its_menu(browser: Browser, server: DemoServer) -> None:
    context = browser.new_context(viewport=TABLET, locale="en-GB")
    page = context.new_page()
    page.goto(link_for_a_moderator(server))
    page.get_by_label("Your name").wait_for()
    page.get_by_role("link", name="العربية").click()
    page.get_by_label("اسمك").fill("ليلى")
    page.get_by_role("button", name="ادخل").click()
    page.wait_for_url("**/moderator")
    expect(page.locator("session-bar h1")).not_to_be_empty()
    assert language(page) == ("ar", "rtl")
    page.locator("session-menu button").first.click()
    page.get_by_role("menuitem", name="English").click()
    page.locator("html[lang=en]").wait_for()
    expect(page.get_by_role("heading", name="List of speakers")).to_be_visible()
    context.close()


def test_a_topic_and_a_name_in_another_script_are_cut_at_their_end(screens: Screens, server: DemoServer) -> None:
    moderator = Client(
        server.base_url, sign_in(server.base_url, server.people("moderator")[0]), server.session
    ).connect()
    for type_ in ("session.start", "list.open"):
        assert moderator.send(type_)["ok"]
    speaker = Client(server.base_url, sign_in(server.base_url, server.person("p39")), server.session).connect()
    assert speaker.send("floor.request", {"kind": "statement", "topic": "Access to remedy " * 8})["ok"]
    guest = {"name": LONG_NAME, "group": "ngo", "attendance": "in_room"}
    assert moderator.send("floor.request", {"kind": "statement", "guest": guest})["ok"]
    page = screens.open(
        server.people("moderator")[0], TABLET, f"{server.base_url}/sessions/{server.session}/moderator?lang=ar"
    )
    assert language(page) == ("ar", "rtl")
    for text in (
        page.locator("speaker-card .more", has_text="Access to remedy"),
        page.locator("undo-button bdi", has_text=LONG_NAME),
    ):
        expect(text).to_have_css("direction", "ltr")
        assert text.evaluate(SHOWS_ITS_BEGINNING)
    for client in (moderator, speaker):
        client.close()


def link_for_a_moderator(server: DemoServer) -> str:
    headers = {"Authorization": f"Bearer {sign_in(server.base_url, server.people('secretariat')[0])}"}
    made = requests.post(f"{server.base_url}/api/links", json={"role": "moderator"}, headers=headers, timeout=10)
    return str(made.json()["url"])


def language(page: Page) -> tuple[str | None, str | None]:
    """Return the language of the page, and the way in which it is written."""
    return page.locator("html").get_attribute("lang"), page.locator("html").get_attribute("dir")
