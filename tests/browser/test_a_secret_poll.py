"""A secret poll on phones: said before the first tap, sent for good by a second one, kept nowhere on the device."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import PHONE, TABLET, Screens, button, wait_until_ready
from tests.journeys.client import Client, sign_in
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.long]

SESSION = "ai4"
# Two of one delegation, one of another.
MEMBER, COLLEAGUE, OTHER = "p35", "p44", "p37"
SILENCE_MS = 20_000
CHOSEN = "option-aquamarine-5d1e"
# Everything that a browser keeps for a page, as one text.
KEPT = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href];
  for (const { name } of await indexedDB.databases()) {
    const open = indexedDB.open(name);
    const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store).getAll();
      found.push(JSON.stringify(await new Promise((done) => { all.onsuccess = () => done(all.result); })));
    }
    db.close();
  }
  return found.join(' ');
}"""


@dataclass(frozen=True, slots=True)
class Room:
    """A session that runs, with its moderator's tablet and the protocol behind it."""

    moderator: Page
    staff: Client
    server: DemoServer
    screens: Screens

    def phone(self, person: str, *, base_url: str | None = None) -> Page:
        url = f"{base_url or self.server.base_url}/sessions/{SESSION}/participant"
        phone = self.screens.open(self.server.person(person), PHONE, url)
        wait_until_ready(phone)
        return phone

    def ask(self, **terms: object) -> str:
        options = [{"id": CHOSEN, "label": "Aquamarine"}, {"id": "option-vermilion-7b30", "label": "Vermilion"}]
        usual = {"ballot": "secret", "unit": "delegation", "results": "after_close", "options": options}
        return str(self.staff.do("poll.open", {"question": "Which?", **usual, **terms})["result"]["poll"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """Start a server of this file's own: the sessions of the others' are all taken."""
    running = DemoServer(tmp_path_factory.mktemp("secret")).start()
    yield running
    running.stop()


@pytest.fixture
def room(server: DemoServer, screens: Screens) -> Iterator[Room]:
    staff = Client(server.base_url, sign_in(server.base_url, server.person("p01")), SESSION).connect()
    if staff.map["session"]["status"] == "scheduled":
        staff.do("session.start")
    moderator = screens.open(server.person("p01"), TABLET, f"{server.base_url}/sessions/{SESSION}/moderator")
    wait_until_ready(moderator)
    moderator.locator("#polls-button").click()
    yield Room(moderator, staff, server, screens)
    for poll in staff.map["polls"]["open"]:
        staff.send("poll.close", {"poll": poll}, expect={"poll": poll})  # the moderator's tap may be on its way here
    staff.close()


def asked(phone: Page) -> Locator:
    return phone.locator("participant-poll").first


def option(phone: Page, name: str) -> Locator:
    return asked(phone).get_by_role("radio", name=name)


def send(phone: Page, name: str) -> None:
    option(phone, name).click()
    button(asked(phone), f"Send for good: {name}").click()


def test_a_secret_answer_is_final_and_leaves_nothing_on_the_device(room: Room) -> None:
    member, colleague = room.phone(MEMBER), room.phone(COLLEAGUE)
    poll = room.ask()
    expect(asked(member).locator(".chip")).to_have_text("Secret · results after close")
    for said in ("nothing is adopted", "nobody in the meeting can see", "final for your delegation", "when it closes"):
        expect(asked(member).locator(".terms")).to_contain_text(said)
    option(member, "Vermilion").click()
    expect(button(asked(member), "Send for good: Vermilion")).to_be_enabled()
    assert room.staff.map[f"poll/{poll}"]["answered"] == 0
    send(member, "Aquamarine")
    expect(asked(member).locator(".counted")).to_contain_text("An answer of your delegation is counted")
    expect(asked(colleague).locator(".counted")).to_contain_text("it is final")
    expect(asked(colleague).locator("form")).to_have_count(0)
    assert CHOSEN not in member.evaluate(KEPT)
    member.reload()
    expect(asked(member).locator(".counted")).to_be_visible()
    card = room.moderator.locator("poll-card").first
    expect(card).to_contain_text(re.compile(r"1 of \d+ delegations has answered|1 of \d+ delegations have answered"))
    expect(card.locator(".bars")).to_have_count(0)
    button(card, "Close the poll").click()
    button(card, "Close it").click()
    room.moderator.keyboard.press("Escape")
    over = room.moderator.locator('poll-card:has(article[data-status="closed"])').first
    expect(over).to_contain_text("Fewer than five answered")
    expect(over.locator(".bar-number, .bars")).not_to_have_count(0)
    expect(asked(member)).not_to_contain_text("Your delegation’s answer")


def test_an_answer_that_could_not_be_sent_is_not_kept_and_can_be_sent_again(room: Room, screens: Screens) -> None:
    screens.may_lose_the_network = True
    proxy = ChaosProxy(room.server.port).start()
    phone = room.phone(OTHER, base_url=proxy.base_url)
    poll = room.ask(unit="person")
    option(phone, "Aquamarine").click()
    proxy.fall_silent()
    button(asked(phone), "Send for good: Aquamarine").click()
    expect(asked(phone).locator(".wrong")).to_contain_text("not known whether", timeout=SILENCE_MS)
    assert CHOSEN not in phone.evaluate(KEPT)
    proxy.cut()
    expect(phone.get_by_text("Reconnecting").first).to_be_visible(timeout=SILENCE_MS)
    proxy.mend()
    expect(phone.get_by_text("Connected", exact=True)).to_be_visible(timeout=SILENCE_MS)
    button(asked(phone), "Send for good: Aquamarine").click()
    expect(asked(phone).locator(".counted")).to_be_visible()
    assert room.staff.map[f"poll/{poll}"]["answered"] == 1
    proxy.stop()
