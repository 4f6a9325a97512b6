"""The desk of a rapporteur: a session to note down, the screen that is written on, and what was typed there."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import LAPTOP, Screens
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer


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


def begun(server: DemoServer, session: str) -> House:
    moderator = join(server, session, "p01")
    moderator.do("session.start")
    return House(server, session, moderator)


def join(server: DemoServer, session: str, person: str) -> Client:
    return Client(server.base_url, sign_in(server.base_url, server.person(person)), session).connect()


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
