"""What a note is marked with: its kind, whose point it was, what it belongs to, and who may read it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.notes.desk import House, block, notes, write
from tests.browser.screens import Screens

pytestmark = pytest.mark.browser

MORE_THAN_A_MENU_OFFERS = 14


def choose(page: Page, text: str, button: str, *items: str) -> None:
    """Open a menu of the note that begins so, and choose in it and in what opens from it."""
    block(page, text).get_by_role("button", name=button).click()
    for item in items:
        page.locator(".menu button", has_text=item).first.click()


def test_a_note_is_marked_attached_to_the_first_of_many_and_released_and_taken_back(
    house: House, screens: Screens
) -> None:
    spoken = [house.give(person) for _ in range(MORE_THAN_A_MENU_OFFERS // 2) for person in ("p09", "p10")]
    page = house.desk(screens)
    write(page, "Said much earlier.")
    (note,) = house.all_noted(["Said much earlier."])
    assert note["intervention"] == spoken[-1]
    key = f"note/{note['id']}"

    choose(page, "Said", "Key point", "To the organisation")
    house.moderator.wait_until(lambda map_: map_[key]["attribution"] == "organisation")
    block(page, "Said").locator("textarea").press("Alt+5")
    house.moderator.wait_until(lambda map_: map_[key]["kind"] == "gap")
    choose(page, "Said", "Actions", "Attach to", "Earlier ones")
    page.locator(".menu button").last.click()
    house.moderator.wait_until(lambda map_: map_[key]["intervention"] == spoken[0])
    expect(page.locator(f'[data-intervention="{spoken[0]}"] textarea')).to_have_value("Said much earlier.")

    reader = house.join("p30")
    choose(page, "Said", "Actions", "Release to everybody")
    reader.wait_until(lambda map_: len(notes(map_)) == 1)
    choose(page, "Said", "Actions", "Take back: staff only")
    reader.wait_until(lambda map_: not notes(map_))
    house.moderator.wait_until(lambda map_: not map_[key]["released"])
    reader.close()
