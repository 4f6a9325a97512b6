"""The rapporteur's screen is open to all: axe finds nothing, and it fits a small phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility.browsing import SMALL_PHONE, right_to_left
from tests.browser.notes.desk import House, write
from tests.browser.screens import PHONE, TABLET, Screens

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_the_screen_is_open_to_all_in_light_dark_right_to_left_and_on_a_phone(house: House, screens: Screens) -> None:
    house.give("p09")
    page = house.desk(screens)
    for text in ("One note.", "Another note."):
        write(page, text)
    house.moderator.do("recommendation.propose", {"text": "Report every year."})
    expect(page.locator("recommendation-card")).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == []
    right_to_left(page)
    page.get_by_role("button", name="By kind").click()
    assert violations(page) == []
    right_to_left(page, on=False)
    page.get_by_role("button", name="By time").click()
    page.get_by_role("button", name="Actions for this note").first.click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    for size in (TABLET, SMALL_PHONE, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    for pane in ("Timeline", "Recommendations", "Notes"):
        page.get_by_role("navigation", name="What is shown").get_by_role("button", name=pane).click()
        assert violations(page) == []


def violations(page: Page) -> list[str]:
    run = f"axe.run({{ runOnly: {RULES!r} }})"
    found = page.evaluate(run)["violations"]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]
