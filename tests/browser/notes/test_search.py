"""The rapporteur searches the session, looks at the notes of all items, and has a draft of each."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.notes.conftest import Lay
from tests.browser.notes.desk import House, block, composer, write
from tests.browser.screens import PHONE, Screens

pytestmark = [pytest.mark.browser, pytest.mark.long]


def _field(page: Page) -> Locator:
    return page.get_by_role("search").get_by_role("searchbox", name="Search notes and interventions")


def _found(page: Page) -> Locator:
    return page.locator("session-search li button")


def _show(page: Page, view: str) -> None:
    page.get_by_role("group", name="Order of the notes").get_by_role("button", name=view).click()


def test_what_was_noted_is_found_at_once_by_the_keyboard_alone_and_leads_to_where_it_stands(
    house: House, screens: Screens
) -> None:
    intervention = house.give("p09")
    page = house.desk(screens)
    for text in ("Name a focal point.", "人权保护机制", "Share good practice."):
        write(page, text)
    house.all_noted(["Name a focal point.", "人权保护机制", "Share good practice."])
    proposed = {"recommendation": "rec-00001", "symbol": "R7", "title": "Calendar", "text": "Meet each year."}
    house.moderator.do("recommendation.propose", proposed)

    _field(page).focus()
    page.keyboard.type("foc")
    expect(_found(page)).to_have_count(1)
    expect(_found(page).locator("mark")).to_have_text("focal")
    expect(page.locator("#polite")).to_have_text("1 found")
    page.keyboard.press("Enter")
    expect(block(page, "Name a focal").locator("textarea")).to_be_focused()
    expect(_found(page)).to_be_hidden()

    _field(page).fill("权保")
    expect(_found(page).locator("mark")).to_have_text("权保")
    page.keyboard.press("ArrowDown")
    expect(_found(page).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(_field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(_found(page)).to_be_hidden()
    page.keyboard.press("Escape")
    expect(_field(page)).to_have_value("")

    _field(page).fill("R7")
    expect(_found(page)).to_contain_text(["Calendar"])
    page.keyboard.press("Enter")
    expect(page.locator("recommendation-card").get_by_role("button", name="Status of R7")).to_be_focused()

    name = page.locator(f'[data-intervention="{intervention}"] h2 bdi').inner_text()
    _field(page).fill(name)
    expect(_found(page).filter(has_text="Intervention")).to_have_count(1)
    _found(page).filter(has_text="Intervention").click()
    expect(page.locator(f'[data-intervention="{intervention}"] h2')).to_be_focused()


def test_nothing_found_and_no_connection_are_said_and_searching_goes_on_afterwards(
    house: House, screens: Screens, cut: Lay
) -> None:
    screens.may_lose_the_network = True
    house.give("p09")
    road = cut(house)
    page = house.desk(screens, base_url=road.base_url)
    write(page, "Name a focal point.")
    house.all_noted(["Name a focal point."])
    _field(page).fill("nowhere")
    expect(page.locator("session-search .count")).to_have_text(
        "Nothing found. Search for the beginnings of other words."
    )
    road.cut()
    _field(page).fill("focal")
    expect(page.locator("session-search .count")).to_contain_text("Not connected.")
    road.mend()
    page.get_by_role("button", name="Search again").click()
    expect(_found(page)).to_have_count(1)
    expect(_field(page)).to_have_value("focal")


def test_what_somebody_writes_stays_while_they_look_elsewhere(house: House, screens: Screens) -> None:
    house.give("p09")
    page = house.desk(screens)
    composer(page).fill("Half a thought")
    _show(page, "By agenda item")
    expect(page.locator("rapporteur-items h2").first).to_be_visible()
    expect(composer(page)).to_be_hidden()
    _show(page, "By time")
    expect(composer(page)).to_have_value("Half a thought")


def test_notes_of_all_items_stand_side_by_side_each_with_its_draft(house: House, screens: Screens) -> None:
    house.give("p09")
    page = house.desk(screens)
    write(page, "Name a focal point.")
    house.all_noted(["Name a focal point."])
    _show(page, "By agenda item")
    items = page.locator("rapporteur-items article")
    expect(items).to_have_count(len(house.server.sessions))
    here = items.nth([*house.server.sessions].index(house.session))
    expect(here).to_contain_text("Name a focal point.")
    here.get_by_role("link", name="Draft on one page").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".draft")).to_contain_text("Name a focal point. (not released)")
    page.get_by_role("button", name="Released notes").click()
    expect(page.get_by_text("With released notes only.")).to_be_visible()
    expect(page.locator(".draft")).not_to_contain_text("Name a focal point.")
    page.get_by_role("button", name="All notes").click()
    expect(page.locator(".draft h2").first).to_have_text("Key points")
    with page.expect_download() as carried:
        page.get_by_role("link", name="Download as Markdown").click()
    assert carried.value.suggested_filename == f"{house.session}-draft.md"
    assert "- Name a focal point. (not released)" in carried.value.path().read_text(encoding="utf-8")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".toast")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("# Draft: ")
    page.emulate_media(media="print")
    expect(page.locator(".draft-head")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Back to the session").click()
    expect(page).to_have_url(re.compile("/rapporteur$"))


def test_on_a_phone_what_is_found_shows_the_pane_that_it_stands_in(house: House, screens: Screens) -> None:
    house.moderator.do(
        "recommendation.propose", {"recommendation": "rec-00001", "symbol": "R7", "text": "Meet each year."}
    )
    url = urljoin(house.server.base_url, f"/sessions/{house.session}/rapporteur")
    page = screens.open(house.server.person("p03"), PHONE, url)
    _field(page).fill("each year")
    _found(page).first.click()
    expect(page.locator("recommendation-card")).to_be_visible()
    expect(page.get_by_role("button", name="Recommendations")).to_have_attribute("aria-pressed", "true")


def test_participants_have_no_draft(house: House, screens: Screens) -> None:
    page = screens.open(house.server.person("p09"), PHONE, f"{house.server.base_url}/sessions/{house.session}/draft")
    expect(page).to_have_url(re.compile("/participant$"))
