"""Rapporteurs who type at the same time: nobody is disturbed, nobody writes over anybody."""

import pytest
from playwright.sync_api import expect

from tests.browser.notes.desk import House, block, composer, notes, write
from tests.browser.screens import Screens

pytestmark = pytest.mark.browser

COMPOSING_MS = 1_500


def test_two_who_write_the_same_note_see_both_texts_and_decide(house: House, screens: Screens) -> None:
    house.give("p09")
    mine, theirs = house.desk(screens), house.desk(screens, "p04")
    for text in ("First note.", "Second note."):
        write(mine, text)
    saved = [f"note/{note['id']}" for note in house.all_noted(["First note.", "Second note."])]
    expect(theirs.locator("note-block")).to_have_count(2)

    field = block(mine, "First").locator("textarea")
    field.press("End")
    other = block(theirs, "First").locator("textarea")
    other.press("End")
    theirs.keyboard.type(" Theirs.")
    house.becomes(saved[0], "First note. Theirs.")
    expect(field).to_have_value("First note.")  # it is in use: nothing is written into it
    mine.keyboard.type(" Mine.")
    conflict = mine.locator("note-block .conflict")
    expect(conflict.locator("dd")).to_have_text(["First note. Mine.", "First note. Theirs."])
    expect(field).to_have_value("First note. Mine.")
    mine.keyboard.type(" More.")
    conflict.get_by_role("button", name="Keep mine").click()
    house.becomes(saved[0], "First note. Mine. More.")
    expect(conflict).to_have_count(0)

    second = block(mine, "Second").locator("textarea")
    second.press("End")
    block(theirs, "Second").locator("textarea").press("End")
    theirs.keyboard.type(" Theirs.")
    house.becomes(saved[1], "Second note. Theirs.")
    mine.keyboard.type(" Mine.")
    conflict.get_by_role("button", name="Take theirs").click()
    expect(second).to_have_value("Second note. Theirs.")
    expect(conflict).to_have_count(0)

    block(mine, "Second").locator("textarea").press("End")
    block(theirs, "Second").get_by_role("button", name="Actions").click()
    theirs.get_by_role("menuitem", name="Remove").click()
    expect(theirs.locator("note-block")).to_have_count(1)
    write(mine, "Third note.")
    house.all_noted(["First note. Mine. More.", "Third note."])


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
