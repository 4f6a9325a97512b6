"""What people do with a place on the list, on their phones: exchange it, prepare the interpreters, hand in a text instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import PHONE, Screens, button, state, wait_until_ready
from tests.journeys.client import Client, sign_in
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer, Link

pytestmark = pytest.mark.browser

SPEAKER, FIRST, SECOND, THIRD, FOURTH, FIFTH = ("p33", "p35", "p36", "p37", "p38", "p39")
SLOW_SECONDS = 1.0
TEXT = "Señor moderador:\nmuchas gracias."


@dataclass(frozen=True, slots=True)
class Discussion:
    """Somebody speaks, and five wait."""

    server: DemoServer
    session: str
    moderator: Client

    def phone(self, screens: Screens, person: str, base_url: str | None = None) -> Page:
        address = f"{base_url or self.server.base_url}/sessions/{self.session}/participant"
        page = screens.open(self.server.person(person), PHONE, address)
        wait_until_ready(page)
        return page

    def request_of(self, person: str) -> str:
        return next(
            str(value["id"])
            for key, value in self.moderator.map.items()
            if key.startswith("request/") and value["person"] == person
        )

    def own_requests(self, person: str) -> list[dict[str, Any]]:
        client = client_of(self.server, self.session, self.server.person(person))
        own: list[dict[str, Any]] = client.connect().map["me/requests"]
        client.close()
        return own

    def order(self) -> list[str]:
        return [self.moderator.map[f"request/{request}"]["person"] for request in self.moderator.waiting()]


@pytest.fixture(scope="module")
def unused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[tuple[DemoServer, str]]]:
    """Hand out the sessions of a server, one to each test."""
    server = DemoServer(tmp_path_factory.mktemp("places")).start()  # all sessions of the common one are taken
    yield ((server, session) for session in server.sessions)
    server.stop()


@pytest.fixture
def discussion(unused: Iterator[tuple[DemoServer, str]]) -> Iterator[Discussion]:
    server, session = next(unused)
    moderator = client_of(server, session, server.people("moderator")[0]).connect()
    moderator.do("session.start")
    moderator.do("session.segment", {"segment": moderator.map["programme"]["segments"][1]["id"], "waiting": "hold"})
    for person in (SPEAKER, FIRST, SECOND, THIRD, FOURTH, FIFTH):
        moderator.do("floor.request", {"kind": "statement", "person": person})
    moderator.on_the_floor("floor.next")
    yield Discussion(server, session, moderator)
    moderator.close()


def client_of(server: DemoServer, session: str, link: Link) -> Client:
    return Client(server.base_url, sign_in(server.base_url, link), session)


def test_two_who_agree_exchange_their_places(discussion: Discussion, screens: Screens) -> None:
    offering, offered = (discussion.phone(screens, person) for person in (FIFTH, THIRD))
    expect(state(offering).locator(".number")).to_have_text("5th")
    offering.get_by_text("Move back, or exchange places").click()
    offering.get_by_label("Exchange places with").select_option(discussion.request_of(THIRD))
    button(offering, "Offer to exchange places").click()
    expect(button(offering, "Take the offer back")).to_be_visible()

    offer = offered.locator(".offered")
    expect(offer).to_contain_text(discussion.server.person(FIFTH).name)
    expect(offer).to_contain_text("you would be 5th instead of 3rd")
    button(offer, "Keep my place").click()
    expect(offer).to_have_count(0)
    button(offering, "Take the offer back").click()
    offering.get_by_label("Exchange places with").select_option(discussion.request_of(THIRD))
    button(offering, "Offer to exchange places").click()
    button(offer, "Exchange places").click()
    expect(state(offered).locator(".number")).to_have_text("5th")
    expect(state(offering).locator(".number")).to_have_text("3rd")
    discussion.moderator.wait_until(lambda _: discussion.order() == [FIRST, SECOND, FIFTH, FOURTH, THIRD])


def test_whoever_moves_back_chooses_anew_with_whom_to_exchange_unless_they_have_meanwhile(
    discussion: Discussion, screens: Screens
) -> None:
    road = ChaosProxy(discussion.server.port).start()
    phone = discussion.phone(screens, THIRD, road.base_url)
    phone.get_by_text("Move back, or exchange places").click()
    partner = phone.get_by_label("Exchange places with")
    partner.select_option(discussion.request_of(FIRST))
    button(phone, "Let the next one go first").click()
    expect(state(phone).locator(".number")).to_have_text("4th")
    expect(partner).to_have_value("")
    expect(button(phone, "Offer to exchange places")).to_be_disabled()

    partner.select_option(discussion.request_of(FIRST))
    road.delay_seconds = SLOW_SECONDS
    button(phone, "Go to the end of the list").click()
    partner.select_option(discussion.request_of(FOURTH))
    expect(state(phone).locator(".number")).to_have_text("5th")
    expect(button(phone, "Offer to exchange places")).to_be_enabled()
    expect(partner).to_have_value(discussion.request_of(FOURTH))
    phone.close()
    road.stop()


def test_a_statement_handed_in_without_a_connection_arrives_and_an_exchange_does_not(
    discussion: Discussion, screens: Screens
) -> None:
    screens.may_lose_the_network = True
    road = ChaosProxy(discussion.server.port).start()
    phone = discussion.phone(screens, FOURTH, road.base_url)
    request = discussion.request_of(FOURTH)
    button(phone, "Give the interpreters your text").click()
    phone.get_by_label("The text of your statement").fill("Draft")
    button(phone, "Send it").click()
    expect(button(phone, "✓ The interpreters have your text")).to_be_visible()
    discussion.moderator.wait_until(lambda map_: map_[f"request/{request}"]["text"] == "Draft")
    phone.get_by_text("Move back, or exchange places").click()
    phone.get_by_label("Exchange places with").select_option(discussion.request_of(FIRST))

    road.cut()
    expect(phone.get_by_text("Reconnecting")).to_be_visible()
    button(phone, "Offer to exchange places").click()
    expect(phone.locator("participant-exchange .wrong")).to_contain_text("Nothing was sent")
    button(phone, "Hand in a written statement instead").click()
    field = phone.get_by_label("The text of your statement")
    expect(field).to_have_value("Draft")
    field.fill(TEXT)
    button(phone, "Hand in, and leave the list").click()
    expect(phone.get_by_text("1 change not yet saved")).to_be_visible()

    road.mend()
    phone.goto(f"{road.base_url}/sessions/{discussion.session}/participant")
    expect(phone.get_by_role("heading", name="Your statement is handed in")).to_be_visible()
    discussion.moderator.wait_until(lambda map_: f"request/{request}" not in map_)
    assert [(own["status"], own["text"]) for own in discussion.own_requests(FOURTH)] == [("written", TEXT)]
    assert [own["offers"] for own in discussion.own_requests(FIRST)] == [[]]
    road.stop()
