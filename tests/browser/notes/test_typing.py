"""Rapporteurs who type at the same time: nobody is disturbed, nobody writes over anybody."""

import pytest
from playwright.sync_api import expect

from tests.browser.notes.conftest import Lay
from tests.browser.notes.desk import House, block, composer, notes, write
from tests.browser.screens import Screens

pytestmark = pytest.mark.browser

COMPOSING_MS = 1_500


def test_a_note_that_somebody_removes_while_another_writes_in_it_lives_on_as_another(
    house: House, cut: Lay, screens: Screens
) -> None:
    screens.may_lose_the_network = True
    road = cut(house)
    house.give("p09")
    mine, theirs = house.desk(screens, base_url=road.base_url), house.desk(screens, "p04")
    for text in ("First note.", "Second note."):
        write(mine, text)
    house.all_noted(["First note.", "Second note."])
    road.cut()
    block(mine, "Second").locator("textarea").press("End")
    mine.keyboard.type(" Mine.")
    block(theirs, "Second").get_by_role("button", name="Actions").click()
    theirs.get_by_role("menuitem", name="Remove").click()
    house.all_noted(["First note."])
    road.mend()
    expect(mine.locator(".toast")).to_contain_text("Somebody else has removed this note.")
    (_, kept) = house.all_noted(["First note.", "Second note. Mine."])
    assert kept["version"] >= 1
    expect(mine.locator("note-block")).to_have_count(2)

    composer(mine).focus()
    mine.keyboard.type("Third")
    house.all_noted(["First note.", "Second note. Mine.", "Third"])
    block(theirs, "Third").locator("textarea").press("End")
    theirs.keyboard.type("!")
    expect(composer(mine)).to_have_value("Third!")
    expect(mine.locator("note-composer .writers")).to_contain_text("is writing here")
    block(theirs, "Third").get_by_role("button", name="Actions").click()
    theirs.get_by_role("menuitem", name="Remove").click()
    house.all_noted(["First note.", "Second note. Mine."])
    mine.keyboard.press("End")
    mine.keyboard.type(" note.")
    mine.keyboard.press("Enter")
    house.all_noted(["First note.", "Second note. Mine.", "Third! note."])
    expect(composer(mine)).to_have_value("")


def test_typing_goes_on_undisturbed_while_everything_around_it_changes(house: House, screens: Screens) -> None:
    first = house.give("p09")
    page, other = house.desk(screens), house.join("p04")
    composer(page).focus()
    page.keyboard.type("Half of a sentence")
    page.evaluate("() => document.activeElement.setSelectionRange(4, 8)")
    second = house.give("p10")
    expect(page.locator(f'[data-intervention="{second}"] h2')).to_be_visible()
    others = [f"Of somebody else, {number}." for number in range(5)]
    for text in others:
        other.do("note.add", {"kind": "gap", "text": text, "intervention": first})
    expect(page.locator("note-block")).to_have_count(len(others))
    where = "() => [document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    assert page.evaluate(where) == [4, 8]
    page.keyboard.press("End")
    page.keyboard.type(", and the rest.")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+5")
    page.keyboard.type("About the next one.")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("On two lines.")
    page.keyboard.press("Enter")
    map_ = house.moderator.wait_until(lambda map_: any(note["text"].endswith("On two lines.") for note in notes(map_)))
    kept = {note["text"]: (note["intervention"], note["kind"]) for note in notes(map_)}
    assert kept["Half of a sentence, and the rest."] == (first, "key_point")
    assert kept["About the next one.\nOn two lines."] == (second, "gap")
    assert len(kept) == len(notes(map_)) == len(others) + 2
    other.close()


def test_nothing_is_sent_while_an_input_method_composes_and_keys_can_be_switched_off(
    house: House, screens: Screens
) -> None:
    house.give("p09")
    page = house.desk(screens)
    composer(page).focus()
    keyboard = page.context.new_cdp_session(page)
    for text in ("h", "hu", "hui", "回"):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    page.wait_for_timeout(COMPOSING_MS)  # that nothing happens cannot be awaited
    assert notes(house.moderator.map) == []
    keyboard.send("Input.insertText", {"text": "回应"})
    house.all_noted(["回应"])
    page.keyboard.press("Enter")

    switch = page.get_by_role("button", name="Keys with Alt")
    switch.click()
    composer(page).focus()
    page.keyboard.press("Alt+5")
    write(page, "Still a key point.")
    assert {note["kind"] for note in house.all_noted(["回应", "Still a key point."])} == {"key_point"}
    page.reload()
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    block(page, "Still").locator("textarea").focus()
    page.keyboard.press("Alt+5")
    house.moderator.wait_until(lambda map_: [note["kind"] for note in notes(map_)] == ["key_point", "gap"])


def test_a_text_that_was_handed_in_becomes_notes(house: House, screens: Screens) -> None:
    spoken = house.give("p09")
    page = house.desk(screens)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", "One.\n\nTwo,\non two lines.\n\nThree.")
    composer(page).focus()
    page.keyboard.press("Control+V")
    page.get_by_role("button", name="Make 3 notes of it").click()
    expect(composer(page)).to_have_value("")
    kept = house.all_noted(["One.", "Two,\non two lines.", "Three."])
    assert {note["intervention"] for note in kept} == {spoken}
    heading = page.locator(f'[data-intervention="{spoken}"]')
    heading.get_by_role("button", name="Notes on").click()
    page.get_by_role("menuitem", name="Release 3 notes to everybody").click()
    house.moderator.wait_until(lambda map_: map_["notes"] == {"count": 3, "released": 3})
    reader = house.join("p12")
    assert [note["text"] for note in notes(reader.map)] == [note["text"] for note in kept]
    reader.close()
