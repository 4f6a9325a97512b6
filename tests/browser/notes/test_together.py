"""Rapporteurs in the same note: every letter is there, in everybody's field and in the record, whatever happens meanwhile."""

import itertools
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.notes.conftest import Lay
from tests.browser.notes.desk import House, block, composer, notes, write
from tests.browser.screens import Screens
from tests.house.typist import Typist

pytestmark = [pytest.mark.browser, pytest.mark.long]

OUTAGE_MS = 6_000
MINE, THEIRS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"


def field(page: Page, beginning: str) -> Locator:
    return block(page, beginning).locator("textarea")


def all_say(text: str, house: House, *pages: Page) -> None:
    """Wait until the first note says so in every field and in the record, and everything is saved."""
    for page in pages:
        expect(page.locator("note-block textarea").first).to_have_value(text, timeout=30_000)
        expect(page.locator("note-block .state").first).to_have_text("Saved")
        expect(page.locator("saved-chip")).to_have_text("Saved")
    house.moderator.wait_until(lambda map_: notes(map_)[0]["text"] == text)


def two_in_one_note(house: House, screens: Screens, base_url: str | None = None) -> tuple[Page, Page]:
    """Return the screens of two rapporteurs, both of whom are about to write behind what stands in the same note."""
    house.give("p09")
    mine, theirs = house.desk(screens, base_url=base_url), house.desk(screens, "p04")
    write(mine, ": .")
    house.all_noted([": ."])
    for page in (mine, theirs):
        expect(page.locator("note-block textarea")).to_have_value(": .")
        field(page, ":").focus()
    mine.keyboard.press("End")
    theirs.keyboard.press("Home")
    return mine, theirs


def test_two_type_into_the_same_note_at_once_and_each_sees_that_the_other_does(house: House, screens: Screens) -> None:
    mine, theirs = two_in_one_note(house, screens)
    for one, other in zip(MINE, THEIRS, strict=True):
        mine.keyboard.type(one)
        theirs.keyboard.type(other)
    here = mine.locator("note-block .writers")
    expect(here).to_have_text(re.compile("is writing here$"))
    expect(theirs.locator("note-block .writers")).to_have_text(re.compile("is writing here$"))
    all_say(f"{THEIRS}: .{MINE}", house, mine, theirs)
    where = "() => [document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    assert mine.evaluate(where) == [len(f"{THEIRS}: .{MINE}")] * 2
    assert theirs.evaluate(where) == [len(THEIRS)] * 2
    for page in (mine, theirs):
        expect(page.locator("note-block .writers")).to_have_count(0)  # some seconds later

    mine.keyboard.press("Control+A")
    theirs.keyboard.type("!")
    expect(field(mine, THEIRS)).to_have_value(f"{THEIRS}!: .{MINE}")
    assert mine.evaluate(where) == [0, len(f"{THEIRS}!: .{MINE}")]


def test_one_types_through_an_outage_a_reload_and_a_closed_tab_while_the_other_goes_on(
    house: House, cut: Lay, screens: Screens
) -> None:
    screens.may_lose_the_network = True
    road = cut(house)
    mine, theirs = two_in_one_note(house, screens, road.base_url)
    mine.keyboard.type(MINE[:3])
    all_say(f": .{MINE[:3]}", house, mine, theirs)
    road.cut()
    for one, other in zip(MINE[3:13], THEIRS[:10], strict=True):
        mine.keyboard.type(one)
        theirs.keyboard.type(other)
        mine.wait_for_timeout(OUTAGE_MS / 10)  # typing takes its time
    expect(mine.locator("note-block .state")).to_have_text("not yet saved")
    expect(field(mine, ":")).to_have_value(f": .{MINE[:13]}")
    expect(mine.locator("saved-chip")).to_contain_text("1 change not yet saved")

    road.mend()
    mine.keyboard.type(MINE[13:20])
    mine.reload()  # in the middle of what was typed last
    expect(composer(mine)).to_be_enabled()
    field(mine, THEIRS[:10]).focus()
    mine.keyboard.press("End")
    for one, other in itertools.zip_longest(MINE[20:], THEIRS[10:], fillvalue=""):
        mine.keyboard.type(one)
        theirs.keyboard.type(other)
    all_say(f"{THEIRS}: .{MINE}", house, mine, theirs)

    again = mine.context.new_page()
    mine.keyboard.type("!")
    mine.close()  # at once
    again.goto(f"{road.base_url}/sessions/{house.session}/rapporteur")
    all_say(f"{THEIRS}: .{MINE}!", house, again, theirs)


@pytest.mark.parametrize(
    ("steps", "typed"), [(("n", "ni", "ni'h", "ni'hao", "你好"), "你好"), (("م", "مر", "مرح", "مرحبا"), "مرحبا")]
)
def test_what_an_input_method_composes_is_not_disturbed_by_what_others_type(
    house: House, screens: Screens, steps: tuple[str, ...], typed: str
) -> None:
    mine, theirs = two_in_one_note(house, screens)
    keyboard = mine.context.new_cdp_session(mine)
    for index, text in enumerate(steps):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        theirs.keyboard.type(THEIRS[index])
        house.all_noted([f"{THEIRS[: index + 1]}: ."])
        assert field(mine, ":").input_value() == f": .{text}"
    keyboard.send("Input.insertText", {"text": typed})
    all_say(f"{THEIRS[: len(steps)]}: .{typed}", house, mine, theirs)
    theirs.keyboard.type("!")
    mine.keyboard.type("?")
    all_say(f"{THEIRS[: len(steps)]}!: .{typed}?", house, mine, theirs)
    expect(field(mine, THEIRS[: len(steps)])).to_have_attribute("dir", "auto")


def test_undo_takes_back_what_one_typed_and_nothing_that_others_did(house: House, screens: Screens) -> None:
    mine, theirs = two_in_one_note(house, screens)
    mine.keyboard.type("MINE")
    theirs.keyboard.type("theirs")
    all_say("theirs: .MINE", house, mine, theirs)
    mine.keyboard.press("Control+Z")
    all_say("theirs: .", house, mine, theirs)
    for _ in range(3):
        mine.keyboard.press("Control+Z")  # also what the note was begun with, and then nothing more
    all_say("theirs", house, mine, theirs)
    for _ in range(3):
        mine.keyboard.press("Control+Shift+Z")
    all_say("theirs: .MINE", house, mine, theirs)
    theirs.keyboard.press("Control+Z")
    all_say(": .MINE", house, mine, theirs)

    composer(mine).focus()
    mine.keyboard.type("Begun")
    expect(mine.locator("note-composer .state")).to_have_text("saved")
    mine.keyboard.press("Control+Z")
    expect(composer(mine)).to_have_value("")


def test_an_earlier_version_is_restored_and_that_is_undone(house: House, screens: Screens) -> None:
    house.give("p09")
    page = house.desk(screens)
    write(page, "Remedy takes years.")
    (note,) = house.all_noted(["Remedy takes years."])
    other = house.join("p04")
    other.do("note.write", {"note": note["id"], "text": "Remedy takes ten years."}, expect={"version": note["version"]})
    expect(field(page, "Remedy")).to_have_value("Remedy takes ten years.")
    other.close()
    block(page, "Remedy").get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Versions").click()
    versions = page.locator("note-versions li")
    expect(versions).to_have_count(2)
    expect(versions.first.locator("ins")).to_contain_text("ten")
    expect(versions.first).to_contain_text("as it is now")
    versions.last.get_by_role("button", name="Restore").click()
    expect(field(page, "Remedy")).to_have_value("Remedy takes years.")
    house.all_noted(["Remedy takes years."])
    field(page, "Remedy").press("Control+Z")
    house.all_noted(["Remedy takes ten years."])


def test_what_nobody_can_see_or_is_too_long_is_not_taken(house: House, screens: Screens) -> None:
    mine, theirs = two_in_one_note(house, screens)
    paste(mine, "Ab\u202ecd\u0007\u2028Ef")
    expect(mine.locator(".toast")).to_contain_text("Characters that nobody can see were left out.")
    all_say(": .Abcd\nEf", house, mine, theirs)
    paste(mine, "x" * 20_000)
    expect(mine.locator(".toast")).to_contain_text("A note has at most 20000 characters.")
    all_say(": .Abcd\nEf", house, mine, theirs)
    mine.keyboard.type("!")
    paste(mine, "\U0001d11e" * 19_000)  # two places each in JavaScript, four bytes on the wire
    all_say(": .Abcd\nEf!" + "\U0001d11e" * 19_000, house, mine, theirs)


def test_a_text_that_is_refused_stays_with_its_writer_until_they_decide(
    house: House, cut: Lay, screens: Screens
) -> None:
    screens.may_lose_the_network = True
    road = cut(house)
    mine, theirs = two_in_one_note(house, screens, road.base_url)
    road.cut()
    paste(mine, "m" * 12_000)
    paste(theirs, "t" * 12_000)
    expect(theirs.locator("saved-chip")).to_have_text("Saved")
    road.mend()
    refused = mine.locator("note-block .conflict")
    expect(refused).to_contain_text("too long")
    here = mine.locator("note-block textarea")
    assert sorted(here.input_value()) == sorted("m" * 12_000 + "t" * 12_000 + ": .")
    refused.get_by_role("button", name="Try again").click()
    expect(refused).to_contain_text("too long")
    here.fill("m: .")
    theirs.keyboard.press("Control+Home")
    theirs.keyboard.type("T")
    house.moderator.wait_until(lambda map_: notes(map_)[0]["text"].startswith("T"))
    refused.get_by_role("button", name="Try again").click()
    expect(refused).to_have_count(0)
    all_say("Tm: .", house, mine, theirs)


def test_where_the_server_lacks_something_the_page_takes_its_state_and_goes_on(house: House, screens: Screens) -> None:
    mine, theirs = two_in_one_note(house, screens)
    (note,) = notes(house.moderator.map)
    snapshots = mine.evaluate(_COUNT_SNAPSHOTS)
    typist = Typist(77)
    typist.type(0, 0, "first")
    second = typist.command(note["id"], 5, 0, "second")
    data = {"note": second.note, "update": second.update, "client": second.client, "clock": second.clock}
    assert mine.evaluate(_SEND, data) == "resync"
    mine.keyboard.type(MINE)
    theirs.keyboard.type(THEIRS)
    all_say(f"{THEIRS}: .{MINE}", house, mine, theirs)
    assert (snapshots, mine.evaluate("() => window.snapshots")) == (0, 1)


_COUNT_SNAPSHOTS = """() => {
  window.snapshots = 0;
  document.querySelector('rapporteur-page').session.addEventListener('snapshot', () => { window.snapshots += 1; });
  return window.snapshots;
}"""
_SEND = """async (data) => (await document.querySelector('rapporteur-page').session.send('note.text', data)).code"""


def paste(page: Page, text: str) -> None:
    """Put a text in where the caret is, as a paste does."""
    page.evaluate("text => document.execCommand('insertText', false, text)", text)
