"""Rapporteurs at work in a real browser: nothing typed is lost or doubled, and nobody writes over anybody."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.accessibility.browsing import SMALL_PHONE, right_to_left
from tests.browser.screens import LAPTOP, PHONE, TABLET, Screens
from tests.journeys.client import Client, sign_in
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Longer than the road needs to notice that nobody is there any more.
OUTAGE_SECONDS = 25
BETWEEN_NOTES_SECONDS = 2.5
COMPOSING_MS = 1_500


@dataclass(frozen=True, slots=True)
class House:
    """A session on a server, and its moderator."""

    server: DemoServer
    session: str
    moderator: Client

    def join(self, person: str) -> Client:
        return join(self.server, self.session, person)

    def desk(self, screens: Screens, person: str = "p03", base_url: str | None = None) -> Page:
        """Return a rapporteur's screen, ready to be written on."""
        url = f"{base_url or self.server.base_url}/sessions/{self.session}/rapporteur"
        page = screens.open(self.server.person(person), LAPTOP, url)
        expect(composer(page)).to_be_enabled()
        return page

    def give(self, person: str) -> str:
        """Give the floor to a person, and return the intervention."""
        asked = self.moderator.do("floor.request", {"kind": "statement", "person": person})["result"]["request"]
        given = str(self.moderator.on_the_floor("floor.give", {"request": asked})["result"]["intervention"])
        self.moderator.wait_until(lambda map_: map_["floor"]["intervention"] == given)
        return given

    def all_noted(self, texts_: list[str]) -> list[dict[str, Any]]:
        """Wait until the notes say just this, in order, and return them."""
        return notes(self.moderator.wait_until(lambda map_: [note["text"] for note in notes(map_)] == texts_))

    def becomes(self, key: str, text: str) -> None:
        """Wait until what stands under `key` says `text`."""
        self.moderator.wait_until(lambda map_: map_[key]["text"] == text)


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[House]]:
    """Hand out the sessions of one server, begun, one to each test."""
    server = DemoServer(tmp_path_factory.mktemp("notes")).start()
    yield (begun(server, session) for session in server.sessions)
    server.stop()


@pytest.fixture
def house(houses: Iterator[House]) -> Iterator[House]:
    house = next(houses)
    yield house
    house.moderator.close()


@pytest.fixture
def frail(tmp_path: Path) -> Iterator[House]:
    """Run a server of its own, which a test may kill."""
    server = DemoServer(tmp_path).start()
    house = begun(server, server.session)
    yield house
    house.moderator.close()
    server.stop()


@pytest.fixture
def cut() -> Iterator[Callable[[House], ChaosProxy]]:
    """Lay roads to servers, which a test may cut."""
    roads: list[ChaosProxy] = []

    def lay(house: House) -> ChaosProxy:
        roads.append(ChaosProxy(house.server.port).start())
        return roads[-1]

    yield lay
    for road in roads:
        road.stop()


def join(server: DemoServer, session: str, person: str) -> Client:
    return Client(server.base_url, sign_in(server.base_url, server.person(person)), session).connect()


def begun(server: DemoServer, session: str) -> House:
    moderator = join(server, session, "p01")
    moderator.do("session.start")
    return House(server, session, moderator)


def composer(page: Page) -> Locator:
    return page.locator("note-composer textarea")


def block(page: Page, text: str) -> Locator:
    """Return the note whose field begins with `text`."""
    index = page.locator("note-block textarea").evaluate_all(
        "(fields, text) => fields.findIndex(({ value }) => value.startsWith(text))", text
    )
    assert index >= 0, text
    return page.locator("note-block").nth(index)


def texts(page: Page) -> list[str]:
    """Return the texts of all notes as the screen shows them, in order."""
    found: list[str] = page.locator("note-block textarea").evaluate_all("fields => fields.map(({ value }) => value)")
    return found


def write(page: Page, text: str) -> None:
    composer(page).focus()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def notes(map_: dict[str, Any]) -> list[dict[str, Any]]:
    found = [value for key, value in map_.items() if key.startswith("note/")]
    return sorted(found, key=lambda note: (note["rank"], note["id"]))


class Typist:
    """Types notes on a page, and keeps what must have become of them: text and intervention, in order."""

    def __init__(self, page: Page, intervention: str) -> None:
        self.page = page
        self.intervention = intervention
        self.expected: list[tuple[str, str]] = []

    def note(self, text: str) -> None:
        write(self.page, text)
        self.expected.append((text, self.intervention))

    def adds_to(self, beginning: str, more: str) -> None:
        """Write on at the end of the note that begins so."""
        block(self.page, beginning).locator("textarea").press("End")
        self.page.keyboard.type(more)
        place = next(place for place, (text, _) in enumerate(self.expected) if text.startswith(beginning))
        text, under = self.expected[place]
        self.expected[place] = (text + more, under)

    def leaves_unfinished(self, text: str) -> None:
        composer(self.page).focus()
        self.page.keyboard.type(text)
        self.expected.append((text, self.intervention))

    def saved(self) -> None:
        """Wait until all is saved, and see that the page shows just what was typed."""
        expect(self.page.locator("saved-chip")).to_have_text("Saved", timeout=30_000)
        assert texts(self.page) == [text for text, _ in self.expected]


def test_notes_typed_through_an_outage_a_reload_and_a_killed_server_are_all_there_once(
    frail: House, cut: Callable[[House], ChaosProxy], screens: Screens
) -> None:
    screens.may_lose_the_network = True
    road, server = cut(frail), frail.server
    spoken = frail.give("p09")
    page = frail.desk(screens, base_url=road.base_url)
    typist = Typist(page, spoken)
    typist.note("Before the outage.")
    typist.saved()

    road.cut()
    began = time.monotonic()
    while time.monotonic() - began < OUTAGE_SECONDS:
        typist.note(f"Typed while nothing went through, {len(typist.expected)}.")
        page.wait_for_timeout(BETWEEN_NOTES_SECONDS * 1_000)  # typing takes its time
    expect(page.locator("saved-chip")).to_contain_text("changes not yet saved")
    expect(block(page, "Typed while").locator(".state")).to_have_text("not yet saved")
    typist.adds_to("Before the outage.", " And changed in it.")
    typist.leaves_unfinished("Half a sentence when the page")
    road.mend()
    page.reload()
    expect(composer(page)).to_be_enabled()
    typist.saved()

    typist.intervention = frail.give("p10")
    expect(page.locator(f'[data-intervention="{typist.intervention}"]')).to_be_visible()
    typist.note("The next speaker has the floor.")
    server.kill()
    for number in range(3):
        typist.note(f"Typed while the server lay dead, {number}.")
    typist.adds_to("The next speaker", " Still.")
    server.start()
    typist.saved()

    reader = frail.join("p05")
    kept = [(note["text"], note["intervention"]) for note in notes(reader.map)]
    reader.close()
    assert kept == typist.expected
    expect(page.locator("note-block .conflict")).to_have_count(0)
    command = [sys.executable, "-m", "companion", "verify", str(server.database)]
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 0


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


def test_a_note_becomes_a_recommendation_is_revised_polled_and_has_an_outcome(house: House, screens: Screens) -> None:
    house.give("p09")
    page, moderator = house.desk(screens), house.moderator
    write(page, "Name focal points and share them.")
    (note,) = house.all_noted(["Name focal points and share them."])
    block(page, "Name focal").get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Make a recommendation").click()
    page.get_by_role("button", name="Propose").click()
    card = page.locator("recommendation-card")
    expect(card).to_contain_text("proposed")
    map_ = moderator.wait_until(lambda map_: any(key.startswith("recommendation/") for key in map_))
    proposed = next(value for key, value in map_.items() if key.startswith("recommendation/"))
    assert (proposed["text"], proposed["note"]) == (note["text"], note["id"])
    expect(page.locator("note-block .tag.now")).to_contain_text(f"{proposed['symbol']}, version 1")

    card.get_by_role("button", name="Revise").click()
    page.locator("recommendation-editor textarea").fill("Name focal points and publish them.")
    expect(page.locator("recommendation-editor del")).to_contain_text("share")
    page.get_by_role("button", name="Make version 2").click()
    expect(card.locator("del")).to_contain_text("share")
    expect(card.locator("ins")).to_contain_text("publish")

    card.get_by_role("button", name="Poll version 2").click()
    expect(card).to_contain_text("A poll is asked for")
    draft = next(value for key, value in moderator.map.items() if key.startswith("poll/"))
    assert (draft["status"], draft["unit"], draft["results"]) == ("drafted", "delegation", "after_close")
    moderator.do("poll.open", {"poll": draft["id"]}, expect={"version": 2})
    voter = house.join("p09")
    voter.do("poll.vote", {"poll": draft["id"], "option": "support"})
    voter.close()
    moderator.do("poll.close", {"poll": draft["id"]}, expect={"poll": draft["id"]})
    expect(card).to_contain_text("Version 2, recorded: Can support 1")
    card.get_by_role("button", name="Write the outcome").click()
    page.locator("outcome-form textarea").fill("Broad support; the moderator will report.")
    page.get_by_role("button", name="Save the outcome").click()
    expect(card).to_contain_text("Broad support; the moderator will report.")
    card.get_by_role("button", name="Status of").click()
    page.get_by_role("menuitemradio", name="broad support").click()
    expect(card).to_contain_text("version 2 · broad support")
    assert moderator.map[f"poll/{draft['id']}"]["outcome"] == "Broad support; the moderator will report."


def test_a_revision_that_somebody_else_overtook_is_kept_until_its_writer_decides(
    frail: House, cut: Callable[[House], ChaosProxy], screens: Screens
) -> None:
    screens.may_lose_the_network = True
    road, moderator = cut(frail), frail.moderator
    made = moderator.do("recommendation.propose", {"text": "Report every year."})["result"]["recommendation"]
    page = frail.desk(screens, base_url=road.base_url)
    card = page.locator("recommendation-card")
    road.cut()
    card.get_by_role("button", name="Revise").click()
    page.locator("recommendation-editor textarea").fill("Report every second year.")
    page.get_by_role("button", name="Make version 2").click()
    expect(card.locator("ins")).to_contain_text("second")
    expect(card).to_contain_text("not yet saved")
    moderator.do(
        "recommendation.revise", {"recommendation": made, "text": "Report every month."}, expect={"version": 1}
    )
    road.mend()
    conflict = card.locator(".conflict")
    expect(conflict).to_contain_text("Somebody else has revised it meanwhile")
    conflict.get_by_role("button", name="Keep mine").click()
    expect(page.locator("recommendation-editor textarea")).to_have_value("Report every second year.")
    page.get_by_role("button", name="Make version 3").click()
    frail.becomes(f"recommendation/{made}", "Report every second year.")
    expect(conflict).to_have_count(0)
    assert moderator.map[f"recommendation/{made}"]["version"] == 3


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
