"""A discussion of sixty on two moderators' tablets, by touch: everything that goes wrong in one, and the record of it."""

import re
import time
from collections.abc import Iterator
from typing import Any, Final

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from tests.accessibility.meeting import Meeting
from tests.browser.screens import TABLET, Screens, button, first_in_line, on_the_floor, rows, wait_until_ready
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

PARTICIPANTS: Final = 20
GUESTS: Final = 40
ORDER_BY: Final = "p36"
REPLY_BY: Final = "p37"
LOST: Final = "p28"
"""Of these, two raise something in the course of the discussion, and one is connected and then no longer."""

TAP_AT: Final = """(button, moment) => {
  const finger = (what) => button.dispatchEvent(new PointerEvent(what, { bubbles: true }));
  finger('pointerdown');
  setTimeout(() => { button.click(); finger('pointerup'); }, moment - Date.now());
}"""


@pytest.fixture
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    server = DemoServer(tmp_path_factory.mktemp("discussion")).start()
    meeting = Meeting(server, 0)
    yield meeting
    meeting.close()
    server.stop()


class Discussion:
    """Two tablets, and what has happened in the order in which it did: (person, kind, void)."""

    def __init__(self, meeting: Meeting, screens: Screens) -> None:
        self.meeting = meeting
        url = f"{meeting.server.base_url}/sessions/{meeting.session}/moderator"
        first, second = meeting.server.people("moderator")[:2]
        self.tablet = screens.open(first, TABLET, url, touch=True)
        self.other = screens.open(second, TABLET, url, touch=True)
        wait_until_ready(self.tablet, self.other)
        self.heard: list[tuple[str, str, bool]] = []

    def map(self) -> dict[str, Any]:
        return self.meeting.moderator.map

    def give(self, on: Page) -> str:
        """Tap the primary action on a tablet, and return who has the floor then, on both."""
        name, before = first_in_line(self.tablet), self.map()["floor"]["intervention"]
        button(on, f"Give the floor to {name}").tap()
        self.both_show(name)
        self.note(after=before)
        return name

    def note(self, *, after: str | None = None) -> None:
        """Keep who has the floor for what, once it is somebody else than `after`."""
        given = self.meeting.moderator.wait_until(lambda map_: map_["floor"]["intervention"] not in {after, None})
        intervention = given[f"intervention/{given['floor']['intervention']}"]
        self.heard.append((intervention["person"], intervention["kind"], False))

    def both_show(self, name: str) -> None:
        for page in (self.tablet, self.other):
            expect(on_the_floor(page)).to_have_text(name)

    def waiting(self, count: int) -> None:
        self.meeting.moderator.wait_until(lambda map_: map_["list"]["waiting"] == count)


def test_sixty_ask_and_everything_that_can_go_wrong_does(meeting: Meeting, screens: Screens) -> None:
    meeting.start_discussion()
    meeting.client(meeting.server.person(LOST))
    meeting.inscribe(PARTICIPANTS, spare=frozenset({ORDER_BY, REPLY_BY}))
    meeting.inscribe_guests(GUESTS)
    discussion = Discussion(meeting, screens)
    sixty_wait(discussion)
    a_connection_is_lost(discussion)
    a_point_of_order_interrupts(discussion)
    somebody_is_not_there(discussion)
    the_time_is_shared_out(discussion)
    two_moderators_press_together(discussion)
    a_step_is_taken_back_and_done_again(discussion)
    the_rest_is_heard_and_the_reply_comes_last(discussion)
    compare(discussion)


def sixty_wait(discussion: Discussion) -> None:
    expect(discussion.tablet.locator("speakers-list")).to_contain_text(re.compile(r"60"))
    discussion.waiting(PARTICIPANTS + GUESTS)
    discussion.give(discussion.tablet)


def a_connection_is_lost(discussion: Discussion) -> None:
    """Whoever is gone is shown as such, and keeps the place."""
    meeting = discussion.meeting
    before = meeting.moderator.waiting()
    name = meeting.moderator.map[f"person/{LOST}"]["name"]
    meeting.disconnect(meeting.server.person(LOST))
    expect(card(discussion.tablet, name)).to_contain_text("connection lost")
    assert meeting.moderator.waiting() == before


def a_point_of_order_interrupts(discussion: Discussion) -> None:
    meeting = discussion.meeting
    speaker, before = on_the_floor(discussion.tablet).inner_text(), discussion.map()["floor"]["intervention"]
    meeting.client(meeting.server.person(ORDER_BY)).do("floor.request", {"kind": "point_of_order"})
    order = discussion.tablet.locator("point-of-order")
    button(order, "Give the floor").tap()
    discussion.both_show(str(meeting.moderator.map[f"person/{ORDER_BY}"]["name"]))
    discussion.note(after=before)
    button(order, "Not sustained").tap()
    expect(order.get_by_role("button")).to_have_count(0)
    button(discussion.other, f"Give the floor back to {speaker}").tap()
    discussion.both_show(speaker)


def somebody_is_not_there(discussion: Discussion) -> None:
    """Whoever was given the floor and is not there has not spoken, and waits once more, at the end."""
    name = discussion.give(discussion.tablet)
    person, kind, _ = discussion.heard.pop()
    discussion.heard.append((person, kind, True))
    button(discussion.tablet, "Not here").tap()
    for page in (discussion.tablet, discussion.other):
        expect(page.locator("floor-panel")).to_contain_text("Nobody has the floor")
    discussion.waiting(PARTICIPANTS + GUESTS - 1)
    last = discussion.meeting.moderator.waiting()[-1]
    assert discussion.map()[f"request/{last}"]["person"] == person
    assert name == discussion.map()[f"person/{person}"]["name"]


def the_time_is_shared_out(discussion: Discussion) -> None:
    """Sixty names do not fit into what is left: a shorter time is proposed to everybody, then applied."""
    outlook = discussion.tablet.locator("speakers-list time-share, .side time-share").first
    button(outlook, "Propose").tap()
    proposed = discussion.meeting.moderator.wait_until(lambda map_: map_["list"]["proposed"] is not None)
    seconds = proposed["list"]["proposed"]["seconds"]
    button(discussion.other.locator(".side time-share").first, "Apply").tap()
    shared = discussion.meeting.moderator.wait_until(
        lambda map_: map_["session"]["limits"]["shared_seconds"] is not None
    )
    assert shared["session"]["limits"]["shared_seconds"] == seconds
    discussion.give(discussion.other)
    given = discussion.map()
    assert given[f"intervention/{given['floor']['intervention']}"]["limit_seconds"] <= seconds


def two_moderators_press_together(discussion: Discussion) -> None:
    """Both tap for the same person: the list goes on by one, and neither tablet is left behind."""
    name = first_in_line(discussion.tablet)
    for page in (discussion.tablet, discussion.other):
        expect(button(page, f"Give the floor to {name}")).to_be_enabled()
    waiting, before = discussion.map()["list"]["waiting"], discussion.map()["floor"]["intervention"]
    moment = int(time.time() * 1_000) + 500
    for page in (discussion.tablet, discussion.other):
        button(page, f"Give the floor to {name}").evaluate(TAP_AT, moment)
    discussion.both_show(name)
    discussion.note(after=before)
    discussion.waiting(waiting - 1)


def a_step_is_taken_back_and_done_again(discussion: Discussion) -> None:
    """One moderator gives the floor, the other takes it back; the record keeps the slip as void."""
    name = discussion.give(discussion.tablet)
    person, kind, _ = discussion.heard.pop()
    discussion.heard.append((person, kind, True))
    button(discussion.other, "Undo").tap()
    expect(rows(discussion.tablet).first).to_have_text(name)
    discussion.give(discussion.other)


def the_rest_is_heard_and_the_reply_comes_last(discussion: Discussion) -> None:
    """Close the list: a right of reply can still be asked for, and waits until the list is through."""
    meeting, moderator = discussion.meeting, discussion.meeting.moderator
    button(discussion.tablet, "Close the list").tap()
    moderator.wait_until(lambda map_: map_["list"]["status"] == "closed")
    meeting.client(meeting.server.person(REPLY_BY)).do("floor.request", {"kind": "right_of_reply"})
    for _ in range(moderator.map["list"]["waiting"]):
        seen = moderator.map["floor"]["intervention"]
        advance(meeting)
        discussion.note(after=seen)
    name, before = str(moderator.map[f"person/{REPLY_BY}"]["name"]), moderator.map["floor"]["intervention"]
    button(discussion.tablet, f"Give the floor to {name}").tap()
    discussion.both_show(name)
    discussion.note(after=before)
    button(discussion.tablet, "End").tap()
    moderator.wait_until(lambda map_: map_["floor"]["intervention"] is None)


def advance(meeting: Meeting) -> None:
    """Give the floor to the next, as fast as one moderator may: ten commands a second."""
    expect_ = {"intervention": meeting.moderator.map["floor"]["intervention"]}
    while not (answer := meeting.moderator.send("floor.next", expect=expect_))["ok"]:
        assert answer["code"] == "rate_limited", answer
        time.sleep(0.1)  # the bucket refills by itself, and tells nobody


def compare(discussion: Discussion) -> None:
    """Find everybody in the record once and in order, what was void as such, and the reply at the end."""
    meeting = discussion.meeting
    secretary = meeting.token(meeting.server.people("secretariat")[0])
    url = f"{meeting.server.base_url}/api/sessions/{meeting.session}/record.json"
    record = requests.get(url, headers={"Authorization": f"Bearer {secretary}"}, timeout=60).json()
    assert [(each["kind"], each["void"]) for each in record["interventions"]] == [
        (kind, void) for _, kind, void in discussion.heard
    ]
    people = [each["who"]["ref"] for each in record["interventions"]]
    by_person: dict[str, set[Any]] = {}
    for (person, _, _), ref in zip(discussion.heard, people, strict=True):
        by_person.setdefault(person, set()).add(ref)
    assert all(len(refs) == 1 for refs in by_person.values())
    delivered = [person for person, kind, void in discussion.heard if not void and kind != "point_of_order"]
    assert len(delivered) == len(set(delivered)) == PARTICIPANTS + GUESTS + 1
    assert discussion.heard[-1][:2] == (REPLY_BY, "right_of_reply")
    assert record["totals"]["points_of_order"] == 1
    assert [each["ruling"] for each in record["rulings"]] == ["not_sustained"]
    assert record["totals"]["not_reached"] == 0


def card(tablet: Page, name: str) -> Locator:
    """Return the card of a person, scrolled to."""
    found = tablet.locator("speaker-card").filter(has_text=name).first
    found.scroll_into_view_if_needed()
    return found
