"""Searching a session, the notes of all items, and the draft of one: as `test_screens` looks, and with the keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility.browsing import LAPTOP, PHONE
from tests.accessibility.keyboard import Keyboard
from tests.accessibility.looking import Looking
from tests.accessibility.meeting import Meeting, meeting_of, opened
from tests.accessibility.papers import FOCAL_POINTS, NOTES, Papers
from tests.journeys.server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """Run a server of their own: every session of the other is used up by one test."""
    running = DemoServer(tmp_path_factory.mktemp("views")).start()
    yield running
    running.stop()


def _noted(meeting: Meeting) -> None:
    meeting.start_discussion()
    papers = Papers(meeting)
    papers.note_down(papers.hear("p10"), *NOTES)
    papers.propose(FOCAL_POINTS)


def _search(page: Page, typed: str, shown: str) -> None:
    page.get_by_role("searchbox").fill(typed)
    page.locator("session-search .found").get_by_text(shown).first.wait_for()


def test_searching_and_the_views(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with (
        meeting_of(server, 0) as meeting,
        opened(browser, meeting, server.person("p03"), f"/sessions/{meeting.session}/rapporteur", LAPTOP) as page,
    ):
        _noted(meeting)
        page.locator("recommendation-card").wait_for()
        _search(page, "re", "rights-holders")
        looking.look(page, "what was found")
        _search(page, "nowhere", "Nothing found")
        looking.look(page, "nothing found")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="By agenda item").click()
        page.locator("rapporteur-items details li").first.wait_for()
        looking.look(page, "by agenda item")
        page.set_viewport_size(PHONE)
        looking.look(page, "by agenda item, on a phone")
        page.set_viewport_size(LAPTOP)
        page.goto(f"/sessions/{meeting.session}/draft?notes=all")
        page.locator(".draft article h2").first.wait_for()
        looking.look(page, "the draft")
    looking.assert_nothing_wrong()


def test_them_in_arabic(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    at = "/sessions/{}/rapporteur"
    with meeting_of(server, 1) as meeting:
        _noted(meeting)
        with opened(browser, meeting, server.person("p03"), at.format(meeting.session), LAPTOP, language="ar") as page:
            page.get_by_role("searchbox").fill("المنطقه")
            expect(page.locator("session-search mark")).to_have_text("المنطقة")
            looking.look_as_it_is(page, "what was found, in Arabic")
            page.goto(f"/sessions/{meeting.session}/draft?notes=all")
            page.locator(".draft article h2").first.wait_for()
            looking.look_as_it_is(page, "the draft, in Arabic")
    looking.assert_nothing_wrong()


def test_the_keyboard_alone_finds_a_note_and_comes_to_the_draft(browser: Browser, server: DemoServer) -> None:
    with (
        meeting_of(server, 2) as meeting,
        opened(browser, meeting, server.person("p03"), f"/sessions/{meeting.session}/rapporteur", LAPTOP) as page,
    ):
        _noted(meeting)
        keyboard = Keyboard(page)
        keyboard.type(page.get_by_role("searchbox"), "hotline")
        expect(page.locator("session-search li button")).to_have_count(1)
        keyboard.press("ArrowDown", "Enter")
        expect(page.locator("note-block textarea:focus")).to_have_value(NOTES[0][1])
        keyboard.use(page.get_by_role("button", name="By agenda item"), by="Shift+Tab")
        draft = f"/sessions/{meeting.session}/draft?notes=all"
        keyboard.use(page.get_by_role("link", name="Draft on one page").and_(page.locator(f'[href="{draft}"]')))
        page.locator(".draft article h2").first.wait_for()
        keyboard.use(page.get_by_role("button", name="Released notes"))
        expect(page.get_by_text("With released notes only.")).to_be_visible()
