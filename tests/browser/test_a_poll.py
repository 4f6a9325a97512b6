"""An indicative poll on the screens of a room: opened, answered from phones, changed by a colleague, closed, shown, published."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.polling import (
    COLLEAGUE,
    IN_THE_ROOM,
    MEMBER,
    OTHER,
    SESSION,
    TEXT,
    Room,
    answer,
    answering,
    card_of,
    close_with_the_sentence_offered,
    first_round,
    latecomer,
    numbers,
    open_on,
    open_with_hands,
    option,
    raise_hands,
    wait_until_taps_count,
)
from tests.browser.screens import PROJECTOR, TABLET, Screens, button, wait_until_ready
from tests.journeys.client import Client, sign_in
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser
OUTAGE_MS = 5_000


@pytest.fixture(scope="module")
def front(server: DemoServer, browser: Browser) -> Iterator[tuple[Page, Page, Client]]:
    """Set up the moderator's tablet and the room display, once: a poll leaves nothing behind that the next one minds."""
    address = f"{server.base_url}/sessions/{SESSION}"
    staff = Client(server.base_url, sign_in(server.base_url, server.person("p01")), SESSION).connect()
    staff.do("session.start")
    screens = Screens(browser)
    moderator = screens.open(server.person("p01"), TABLET, f"{address}/moderator")
    display = screens.open(server.people("display")[0], PROJECTOR, f"{address}/display")
    wait_until_ready(moderator, display)
    moderator.locator("#polls-button").click()
    yield moderator, display, staff
    screens.close()
    staff.close()
    assert screens.troubles == []


@pytest.fixture
def room(front: tuple[Page, Page, Client], server: DemoServer, screens: Screens) -> Iterator[Room]:
    moderator, display, staff = front
    running = Room(moderator, display, staff, server, screens)
    yield running
    for poll in staff.map["polls"]["open"]:
        running.end(poll)
    for client in running.clients:
        client.close()


def test_a_poll_is_opened_answered_changed_closed_shown_and_published(room: Room) -> None:
    recommendation = room.staff.do("recommendation.propose", {"symbol": "R4", "title": "Focal points", "text": TEXT})
    member, colleague, other = (room.phone(person) for person in (MEMBER, COLLEAGUE, OTHER))
    poll = open_on(room, str(recommendation["result"]["recommendation"]))
    expect(room.display.locator("room-poll h2")).to_have_text("Recommendation R4, version 1")
    expect(room.display.locator("room-poll .fitted")).to_have_text(TEXT)
    expect(room.display.locator("room-poll .answers li")).to_have_count(4)

    terms = answering(member).locator(".terms")
    expect(answering(member).locator("h2")).to_have_text("Recommendation R4, version 1")
    for said in ("nothing is adopted", "One answer per delegation, for", "Recorded, not secret", "when it closes"):
        expect(terms).to_contain_text(said)
    wait_until_taps_count(member, colleague, other)
    answer(member, "Can support")
    expect(answering(member).locator(".poll-state")).to_contain_text(
        re.compile(r"saved \d\d:\d\d.*1 of 31 delegations", re.DOTALL)
    )
    expect(option(colleague, "Can support")).to_be_checked()
    expect(answering(colleague)).to_contain_text("given by another member of your delegation")
    answer(colleague, "Cannot support")
    expect(option(member, "Cannot support")).to_be_checked()
    expect(answering(member)).to_contain_text("given by another member of your delegation")
    answer(other, "Can support with changes")
    expect(room.display.locator("room-poll .count")).to_contain_text("2 of 31 delegations have answered")
    card = room.moderator.locator("poll-card").first
    expect(numbers(card)).to_have_text(["0", "1", "1", "0"])
    expect(member.locator("participant-polls .bars")).to_have_count(0)

    button(card, "Close the poll").click()
    button(card, "Close it").click()
    dialog = room.moderator.get_by_role("dialog", name="What follows from it?")
    dialog.get_by_label("Outcome").fill("Views differ; the text stays under discussion.")
    button(dialog, "Save the outcome").click()
    button(card_of(room, "closed"), "Show the result").click()
    expect(room.display.locator(".bar-label")).to_have_text(
        ["Can support", "Can support with changes", "Cannot support", "Abstain"]
    )
    expect(numbers(room.display)).to_have_text(["0", "1", "1", "0"])
    expect(room.display.locator("room-poll .facts")).to_contain_text("2 of 31 delegations answered · 29 did not answer")
    expect(room.display.locator("room-poll .label")).to_contain_text("nothing is adopted by it")
    expect(room.display.locator("room-poll .room-outcome")).to_contain_text("Views differ")
    expect(numbers(answering(member))).to_have_text(["0", "1", "1", "0"])
    expect(answering(member)).to_contain_text("Your delegation’s answer: Cannot support.")
    expect(answering(other).locator(".outcome")).to_contain_text("Views differ")
    button(card_of(room, "closed"), "Publish").click()
    expect(card_of(room, "published").filter(has_text="Recommendation R4")).to_contain_text("Views differ")
    room.staff.wait_until(lambda map_: map_[f"poll/{poll}"]["status"] == "published")


def test_numbers_wait_for_the_moderator_and_hands_are_counted_apart(room: Room) -> None:
    poll = room.ask(results="when_published", room="by_hands")
    phone, in_the_room = room.phone(OTHER), room.phone(IN_THE_ROOM)
    expect(answering(in_the_room)).to_contain_text("Those in the room answer by show of hands")
    wait_until_taps_count(phone)
    answer(phone, "Abstain")
    card = card_of(room, "open")
    for label, hands in (("Can support", "12"), ("Cannot support", "3")):
        card.get_by_label(label, exact=True).fill(hands)
    button(card, "Save the counts").click()
    expect(card).to_contain_text("Say how many are present in the room.")
    card.get_by_label("Present in the room").fill("10")
    button(card, "Save the counts").click()
    expect(card).to_contain_text("More hands than people present: 15 of 10.")
    card.get_by_label("Present in the room").fill("20")
    button(card, "Save the counts").click()
    expect(numbers(card)).to_have_text(["12", "0", "3", "1"])
    room.end(poll)
    expect(answering(phone)).to_contain_text("The numbers are shown when the moderator publishes them.")
    room.staff.do("display.show", {"what": "result", "ref": poll})
    expect(room.display.locator("room-poll .unseen")).to_be_visible()
    button(card_of(room, "closed"), "Publish").click()
    expect(numbers(room.display)).to_have_text(["12", "0", "3", "1"])
    expect(room.display.locator(".bar-apart").first).to_have_text(re.compile(r"by app: 0\s*in the room: 12"))
    expect(room.display.locator("room-poll .facts")).to_contain_text("15 of 20 present")


def test_a_poll_by_delegation_with_hands_is_asked_again_and_stands_beside_the_first_round(room: Room) -> None:
    for person in (MEMBER, COLLEAGUE):
        room.secretary.do("attendance.mark", {"person": person, "attendance": "remote"})
    made = room.staff.do("recommendation.propose", {"symbol": "R7", "title": "A deadline", "text": TEXT})
    first = open_with_hands(room, "Recommendation R7")
    member, colleague, in_the_room = (room.phone(person) for person in (MEMBER, COLLEAGUE, IN_THE_ROOM))
    expect(answering(in_the_room)).to_contain_text("Those in the room answer by show of hands")
    expect(answering(member).locator(".terms")).to_contain_text("Those in the room raise their hands instead")
    late = latecomer(room)
    expect(answering(late)).to_contain_text("You came in after this poll had opened.")
    expect(answering(late).get_by_role("radio")).to_have_count(0)

    first_round(room, first, member, colleague)
    close_with_the_sentence_offered(
        room, "Of 1 delegation that answered and 12 hands raised in the room, 8 can support and 5 cannot support."
    )
    room.staff.do(
        "recommendation.revise",
        {"recommendation": made["result"]["recommendation"], "text": f"By 2027, {TEXT}"},
        expect={"version": 1},
    )
    button(card_of(room, "closed"), "Ask again").click()
    expect(room.moderator.locator("#polls-title")).to_be_focused()
    drafted = room.moderator.locator("poll-card").filter(has=room.moderator.locator("[data-status=drafted]"))
    button(drafted.filter(has_text="Recommendation R7"), "Open on version 2").click()
    expect(answering(colleague).locator("h2")).to_have_text(re.compile(r"Recommendation R7, version 2\s*Round 2"))
    wait_until_taps_count(colleague)
    answer(colleague, "Can support")
    expect(answering(colleague).locator(".saved")).to_be_visible()
    card = card_of(room, "open")
    raise_hands(card, {"Can support": "11", "Cannot support": "1", "Present in the room": "20"})
    expect(numbers(card)).to_have_text(["12", "0", "1", "0"])
    expect(card.locator(".bar-change").first).to_have_text("round 1: 8, 4 more now")
    # The numbers come when the poll closes: until then the first round stands beside nothing on other screens.
    expect(answering(colleague).locator(".bar-change")).to_have_count(0)
    button(card, "Close the poll").click()
    button(card, "Close it").click()
    button(room.moderator.get_by_role("dialog", name="What follows from it?"), "Later").click()
    button(card_of(room, "closed"), "Show the result").click()
    for screen in (room.display, answering(colleague), card_of(room, "closed")):
        expect(screen.locator("ul.bars:not(poll-breakdown *) .bar-change")).to_have_text(
            [
                "round 1: 8, 4 more now",
                "round 1: 0, unchanged",
                "round 1: 5, 4 fewer now",
                "round 1: 0, unchanged",
            ]
        )
    expect(room.display.locator("room-poll .facts")).to_contain_text("Round 2")


def test_a_poll_is_prepared_with_answers_of_ones_own_added_and_taken_out(room: Room) -> None:
    button(room.moderator, "Own question").click()
    dialog = room.moderator.get_by_role("dialog", name="Indicative poll on a question")
    dialog.get_by_label("Question").fill("Where shall we meet next?")
    dialog.locator("select[name=preset]").select_option(label="My own…")
    expect(button(dialog, "Take out answer 1")).to_be_disabled()
    dialog.get_by_label("Answer 1", exact=True).fill("Geneva")
    button(dialog, "Only prepare").click()
    expect(dialog.get_by_role("alert")).to_have_text("Please write at least two answers.")
    dialog.get_by_label("Answer 2", exact=True).fill("To be taken out")
    button(dialog, "Another answer").click()
    expect(dialog.get_by_label("Answer 3", exact=True)).to_be_focused()
    room.moderator.keyboard.type("Online")
    button(dialog, "Take out answer 2").click()
    expect(dialog.get_by_label("Answer 2", exact=True)).to_have_value("Online")
    dialog.get_by_role("radio", name="secret").check()
    expect(dialog.get_by_label("Reasons")).to_have_count(0)
    expect(dialog.get_by_label("Everybody sees the numbers").get_by_role("option")).to_have_count(2)
    dialog.get_by_role("radio", name="recorded").check()
    expect(dialog.get_by_label("Reasons")).to_be_visible()
    button(dialog, "Only prepare").click()
    prepared = room.moderator.locator("poll-card").filter(has_text="Where shall we meet next?")
    expect(prepared).to_contain_text("Geneva · Online")


def test_refusals_are_said_in_words(room: Room, server: DemoServer) -> None:
    """Somebody who is not asked, an answer without its reason, and one that comes too late."""
    proxy = ChaosProxy(server.port).start()
    room.screens.may_lose_the_network = True
    poll = room.ask(unit="person", reasons="required_for_cannot_support", eligible=[OTHER])
    left_out = room.phone(MEMBER)
    expect(answering(left_out)).to_contain_text("You are not among those asked")
    expect(answering(left_out).get_by_role("radio")).to_have_count(0)

    phone = room.phone(OTHER, base_url=proxy.base_url)
    wait_until_taps_count(phone)
    answer(phone, "Cannot support")
    expect(answering(phone).get_by_label("A reason is needed")).to_be_visible()
    button(answering(phone), "Send: Cannot support").click()
    expect(answering(phone).locator(".wrong")).to_contain_text("reason")
    answering(phone).get_by_label("A reason is needed").fill("The deadline is too short.")
    button(answering(phone), "Send: Cannot support").click()
    expect(answering(phone).locator(".saved")).to_be_visible()

    proxy.cut()
    answer(phone, "Abstain")
    expect(answering(phone)).to_contain_text("Not yet saved")
    room.end(poll)
    proxy.mend()
    expect(answering(phone)).to_contain_text(
        "Your last answer came too late: the poll had closed. What was saved before counts."
    )
    expect(numbers(answering(phone))).to_have_text(["0", "0", "1", "0"])
    proxy.stop()


def test_an_answer_given_in_an_outage_is_saved_once(room: Room, server: DemoServer) -> None:
    proxy = ChaosProxy(server.port).start()
    room.screens.may_lose_the_network = True
    poll = room.ask(unit="person")
    phone = room.phone(OTHER, base_url=proxy.base_url)
    wait_until_taps_count(phone)
    proxy.fall_silent()
    for label in ("Can support", "Abstain", "Can support with changes"):
        answer(phone, label)
    expect(answering(phone)).to_contain_text("Not yet saved")
    expect(button(phone, "Request the floor")).to_be_visible()
    phone.wait_for_timeout(OUTAGE_MS)  # the outage itself is awaited
    proxy.mend()
    expect(answering(phone).locator(".saved")).to_be_visible()
    expect(option(phone, "Can support with changes")).to_be_checked()
    counted = {"support": 0, "support_with_changes": 1, "cannot_support": 0, "abstain": 0}
    room.staff.wait_until(lambda map_: map_[f"poll/{poll}"]["tally"] == counted)
    mine = room.client(OTHER)
    assert {key: mine.map["me/answers"][poll][key] for key in ("option", "by_me")} == {
        "option": "support_with_changes",
        "by_me": True,
    }
    proxy.stop()


def test_a_poll_waits_behind_what_cannot_wait_and_is_answered_from_the_keyboard(room: Room) -> None:
    room.staff.do("list.open")
    given = room.staff.do("floor.request", {"kind": "statement", "person": OTHER})["result"]["request"]
    room.staff.on_the_floor("floor.give", {"request": given})
    phone = room.phone(OTHER)
    room.ask(unit="person")
    banner = phone.locator(".poll-waits")
    expect(banner).to_contain_text("A poll is open: Question to the meeting")
    expect(phone.locator(".card.state h2")).to_have_text("You have the floor")
    expect(phone.locator("participant-poll")).to_have_count(0)
    button(banner, "Show the poll").press("Enter")
    option(phone, "Can support").focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowDown")
    expect(option(phone, "Can support with changes")).to_be_checked()
    assert phone.locator(".saved").count() == 0  # moving about sends nothing
    phone.keyboard.press("Enter")
    expect(phone.locator(".saved")).to_be_visible()
    room.staff.on_the_floor("floor.end")
