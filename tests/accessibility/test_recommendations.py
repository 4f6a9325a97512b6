"""The board of recommendations, one in full, and what participants say of them: as `test_screens` looks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.accessibility.browsing import LAPTOP, PHONE, TABLET
from tests.accessibility.looking import Looking
from tests.accessibility.meeting import Meeting, meeting_of, opened
from tests.accessibility.papers import CASE_LAW, FOCAL_POINTS, IDEA, OBSTACLES, Papers
from tests.journeys.server import DemoServer

pytestmark = [pytest.mark.journey, pytest.mark.browser]

ME = "p28"
BRACKETED = "Regional mechanisms [and the United Nations] should name focal points and [publish them."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """Run a server of their own: every session of the other is used up by one test."""
    running = DemoServer(tmp_path_factory.mktemp("recommendations")).start()
    yield running
    running.stop()


def test_the_board_and_a_recommendation_in_full(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with meeting_of(server, 0) as elsewhere:
        elsewhere.start_discussion()
        Papers(elsewhere).propose(CASE_LAW)
    with meeting_of(server, 1) as meeting:
        text = _prepare(meeting, server)
        with opened(browser, meeting, server.person("p03"), _at(meeting, "rapporteur"), LAPTOP) as page:
            page.get_by_role("button", name="Board").click()
            page.locator("dialog.board board-card").nth(1).wait_for()
            looking.look(page, "the board")
            page.get_by_role("button", name="Bring from another session").click()
            page.locator("bring-dialog").get_by_text("Yearly exchange").wait_for()
            looking.look(page, "what can be brought", narrow=False)
            page.keyboard.press("Escape")
            page.get_by_role("button", name="Details: Recommendation R4").click()
            page.locator("amendment-list").get_by_role("button", name="Take in").wait_for()
            page.get_by_text("Write a position down").click()
            looking.look(page, "a recommendation in full")
            page.locator("amendment-list").get_by_role("button", name="Take in").click()
            page.get_by_text("is opened and not closed").wait_for()
            looking.look(page, "an amendment is taken in", narrow=False)
        with opened(browser, meeting, meeting.moderator_link, _at(meeting, "moderator"), TABLET) as page:
            page.locator("#polls-button").click()
            page.get_by_role("button", name="Board").click()
            page.locator(f'[data-status-of="{text}"]').click()
            page.get_by_role("menu").wait_for()
            looking.look(page, "the board of the moderator", narrow=False)
    looking.assert_nothing_wrong()


def test_what_participants_propose_and_state_on_the_phone(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with meeting_of(server, 2) as meeting:
        _prepare(meeting, server)
        with opened(browser, meeting, server.person(ME), _at(meeting, "participant"), PHONE) as phone:
            phone.locator("summary", has_text="Texts under discussion").click()
            card = phone.locator("participant-recommendation").first
            card.locator("summary", has_text="Amendments").click()
            card.get_by_role("button", name="Propose an amendment").click()
            card.locator("participant-proposal textarea").fill(BRACKETED)
            card.get_by_role("button", name="State your position").click()
            expect(card.get_by_label("reserves its position")).to_be_visible()
            looking.look(phone, "an amendment and a position are written")
            card.get_by_label("reserves its position").check()
            card.get_by_role("button", name="State it").click()
            phone.get_by_text("Your position:").wait_for()
            looking.look(phone, "a position is stated")
    looking.assert_nothing_wrong()


def _prepare(meeting: Meeting, server: DemoServer) -> str:
    """Have one made from a note, amended and commented on, and another one."""
    meeting.start_discussion()
    allow = {"participants_may_propose": True, "participants_may_take_positions": True}
    meeting.client(server.people("secretariat")[0]).do("session.settings", allow)
    papers = Papers(meeting)
    (idea,) = papers.note_down(papers.hear("p21"), IDEA)
    text = papers.propose(FOCAL_POINTS, note=idea)
    papers.propose(OBSTACLES)
    other = meeting.client(server.person("p09"))
    other.do("recommendation.amend", {"recommendation": text, "text": BRACKETED})
    other.do("recommendation.position", {"recommendation": text, "position": "dissociates", "text": "على الفقرة 2"})
    return text


def _at(meeting: Meeting, screen: str) -> str:
    return f"/sessions/{meeting.session}/{screen}"
