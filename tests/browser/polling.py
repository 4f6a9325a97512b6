"""The places where a poll is opened and answered, and what people do there."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import PHONE, Screens, button, wait_until_ready
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

SESSION = "ai5"
# Two of one delegation, one of another, who takes part from afar; none of them is on the panel.
MEMBER, COLLEAGUE, OTHER = "p35", "p44", "p37"
TEXT = (
    "Regional mechanisms and the United Nations should name focal points on business and human rights and publish them."
)
IN_THE_ROOM = "p36"
# What stood there a moment ago was tapped, not the poll: a tap counts a second after the poll came up.
STILL_MS = 1_100


@dataclass(frozen=True, slots=True)
class Room:
    """The screens of a session that runs, and clients of the protocol behind them."""

    moderator: Page
    display: Page
    staff: Client
    server: DemoServer
    screens: Screens
    clients: list[Client] = field(default_factory=list)

    def phone(self, person: str, *, base_url: str | None = None) -> Page:
        """Return the phone of a person in the session."""
        url = f"{base_url or self.server.base_url}/sessions/{SESSION}/participant"
        phone = self.screens.open(self.server.person(person), PHONE, url)
        wait_until_ready(phone)
        return phone

    @property
    def secretary(self) -> Client:
        """Return a client of the secretariat."""
        return self.client(self.server.people("secretariat")[0].id)

    def client(self, person: str) -> Client:
        """Return a client of a person in the session."""
        token = sign_in(self.server.base_url, self.server.person(person))
        self.clients.append(Client(self.server.base_url, token, SESSION).connect())
        return self.clients[-1]

    def ask(self, **terms: object) -> str:
        """Open a poll on a question by the protocol, and return it."""
        usual = {"ballot": "recorded", "unit": "delegation", "results": "after_close", "preset": "support_scale"}
        return str(
            self.staff.do("poll.open", {"question": "Can you support this?", **usual, **terms})["result"]["poll"]
        )

    def end(self, poll: str) -> None:
        """Close a poll by the protocol."""
        self.staff.do("poll.close", {"poll": poll}, expect={"poll": poll})


def open_on(room: Room, recommendation: str) -> str:
    """Open a poll on a recommendation from the moderator's panel, have the room see it, and return it."""
    text = room.moderator.locator("text-card").last
    button(text, "Poll on this version: Recommendation R4").click()
    dialog = room.moderator.get_by_role("dialog", name="Indicative poll on Recommendation R4")
    button(dialog, "Open on version 1").click()
    expect(room.moderator.locator("#polls-button")).to_have_text("Polls · 1")
    button(card_of(room, "open"), "Show in the room").click()
    seen = room.staff.wait_until(lambda map_: bool(map_["polls"]["open"]))
    (poll,) = seen["polls"]["open"]
    assert seen[f"poll/{poll}"]["recommendation"] == recommendation
    return str(poll)


def open_with_hands(room: Room, about: str) -> str:
    """Open a poll on the newest text from the moderator's panel, with hands in the room, and return it."""
    button(room.moderator.locator("text-card").last, f"Poll on this version: {about}").click()
    dialog = room.moderator.get_by_role("dialog", name=f"Indicative poll on {about}")
    dialog.get_by_label("Those in the room raise their hands").check()
    button(dialog, "Open on version 1").click()
    seen = room.staff.wait_until(lambda map_: bool(map_["polls"]["open"]))
    return str(seen["polls"]["open"][0])


def first_round(room: Room, poll: str, member: Page, colleague: Page) -> None:
    """Have a delegation answer and change its answer, and hands be counted, while staff see who is missing, and from where."""
    card = card_of(room, "open")
    of_all = room.staff.map[f"poll/{poll}"]["eligible"]
    expect(card.locator("poll-unanswered summary")).to_have_text(f"Not yet answered · {of_all}")
    card.locator("poll-unanswered summary").click()
    expect(card.locator("poll-unanswered li")).to_have_count(of_all)
    wait_until_taps_count(member, colleague)
    answer(member, "Can support")
    answer(colleague, "Cannot support")
    expect(option(member, "Cannot support")).to_be_checked()
    expect(card.locator("poll-unanswered li")).to_have_count(of_all - 1)
    raise_hands(card, {"Can support": "8", "Cannot support": "4", "Present in the room": "20"})
    expect(numbers(card).first).to_have_text("8")
    card.locator("poll-breakdown summary").click()
    expect(card.locator("poll-breakdown li")).to_have_count(1)
    button(card, "Room or remote").click()
    expect(card.locator("poll-breakdown li")).to_have_text(re.compile(r"Remote\s*1\s*Cannot support 1", re.IGNORECASE))


def raise_hands(card: Locator, hands: dict[str, str]) -> None:
    """Write down hands on the moderator's card, and save them."""
    for label, count in hands.items():
        card.get_by_label(label, exact=True).fill(count)
    button(card, "Save the counts").click()


def close_with_the_sentence_offered(room: Room, sentence: str) -> None:
    """Close the open poll, and save its outcome as it is offered."""
    card = card_of(room, "open")
    button(card, "Close the poll").click()
    button(card, "Close it").click()
    dialog = room.moderator.get_by_role("dialog", name="What follows from it?")
    expect(dialog.get_by_label("Outcome")).to_have_value(sentence)
    button(dialog, "Save the outcome").click()
    expect(card_of(room, "closed").locator(".outcome")).to_contain_text(sentence)


def latecomer(room: Room) -> Page:
    """Return the phone of somebody who comes in by the join code while a poll is open."""
    phone = room.screens.stranger(PHONE)
    joining = {"code": room.server.links["join_code"], "name": "Late Comer", "organisation": "An office"}
    came = phone.request.post(f"{room.server.base_url}/api/join", data=joining)
    assert came.ok, came.text()
    phone.goto(f"{room.server.base_url}/sessions/{SESSION}/participant")
    wait_until_ready(phone)
    return phone


def card_of(room: Room, status: str) -> Locator:
    """Return the moderator's latest poll of a status."""
    return room.moderator.locator("poll-card").filter(has=room.moderator.locator(f"[data-status={status}]")).first


def answering(phone: Page) -> Locator:
    """Return the poll in front of a participant."""
    return phone.locator("participant-polls participant-poll").last


def option(phone: Page, label: str) -> Locator:
    """Return one option of the poll in front."""
    return answering(phone).get_by_role("radio", name=label, exact=True)


def wait_until_taps_count(*phones: Page) -> None:
    """Wait until a tap on the poll that has come up on each is taken for one."""
    for phone in phones:
        expect(answering(phone).get_by_role("radio").first).to_be_attached()
    phones[0].wait_for_timeout(STILL_MS)  # a tap too early chooses without sending


def answer(phone: Page, label: str) -> None:
    """Tap an option."""
    option(phone, label).click()


def numbers(place: Page | Locator) -> Locator:
    """Return the numbers of the bars that are shown, in order."""
    return place.locator(".bar-number b")
