"""Notes, recommendations and polls on every screen: as `test_screens` looks, and with the keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.accessibility.browsing import LAPTOP, PHONE, ROOM_DISPLAY, TABLET
from tests.accessibility.keyboard import Keyboard
from tests.accessibility.looking import Looking
from tests.accessibility.meeting import Meeting, meeting_of, opened
from tests.accessibility.papers import CASE_LAW, FOCAL_POINTS, IDEA, NOTES, OBSTACLES, Papers
from tests.journeys.server import DemoServer, Link

pytestmark = [pytest.mark.browser, pytest.mark.long]

ME = "p28"
SOME = 8
_REFUSED = """({ session }, note) => session.dispatchEvent(new CustomEvent('refused', {
  detail: { command: { type: 'note.text', data: { note } }, answer: { ok: false, code: 'too_large' } } }))"""
LOW_WINDOW = ViewportSize(width=1440, height=500)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """Run a server of their own: every session of the other is used up by one test."""
    running = DemoServer(tmp_path_factory.mktemp("papers")).start()
    yield running
    running.stop()


def test_the_rapporteurs_screen(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with (
        meeting_of(server, 0) as meeting,
        opened(browser, meeting, server.person("p03"), _at(meeting, "rapporteur"), LAPTOP) as page,
    ):
        page.get_by_text("The session has not started yet").wait_for()
        looking.look(page, "nothing noted")
        meeting.start_discussion()
        papers = Papers(meeting)
        _write(papers)
        page.locator("recommendation-card").nth(2).wait_for()
        looking.look(page, "in the middle of a discussion")
        _look_at_menus(looking, page)
        _look_at_writing_together(looking, page, papers)
        page.locator("recommendation-card").first.get_by_role("button", name="Revise").click()
        page.get_by_role("dialog").get_by_label("Text").fill("Name focal points.")
        page.get_by_text("What changes").wait_for()
        looking.look(page, "revising")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="By theme").click()
        looking.look(page, "by theme")
        page.set_viewport_size(LOW_WINDOW)
        papers.hear_everybody(meeting.inscribe_guests(SOME))
        expect(page.locator("rapporteur-timeline button[aria-current]")).to_be_in_viewport()
        page.set_viewport_size(PHONE)
        for pane in ("Timeline", "Recommendations"):
            page.get_by_role("navigation", name="What is shown").get_by_role("button", name=pane).click()
            looking.look(page, f"{pane} alone")
    looking.assert_nothing_wrong()


def test_the_panel_of_texts_and_polls(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with meeting_of(server, 1) as meeting:
        meeting.start_discussion()
        papers = Papers(meeting)
        with opened(browser, meeting, meeting.moderator_link, _at(meeting, "moderator"), TABLET) as page:
            page.locator("#polls-button").click()
            page.get_by_text("No recommendation yet").wait_for()
            looking.look(page, "no text yet")
            first = papers.propose(FOCAL_POINTS)
            papers.propose(OBSTACLES)
            _look_at_forms(looking, page)
            poll = papers.ask(first, room="by_hands", reasons="optional")
            papers.count_hands(poll)
            papers.answer(poll, ("p09", "p14", "p20"))
            page.get_by_text("3 of 16").wait_for()
            page.locator("poll-unanswered summary").click()
            page.locator("poll-breakdown summary").click()
            page.locator("poll-breakdown li").first.wait_for()
            page.locator("poll-unanswered li").first.wait_for()
            looking.look(page, "a poll is open")
            page.get_by_role("button", name="Close the poll").click()
            page.get_by_role("button", name="Close it").click()
            page.get_by_role("dialog").get_by_label("Outcome").fill("Broad support.")
            looking.look(page, "the outcome")
            page.get_by_role("button", name="Save the outcome").click()
            page.get_by_text("Correct the hands").click()
            looking.look(page, "a poll is closed")
            page.get_by_role("button", name="Ask again").click()
            page.get_by_role("button", name="Open on version 1").click()
            page.locator(".bar-change").first.wait_for()
            looking.look(page, "a second round is open")
        meeting.give(meeting.inscribe(SOME)[0])
        _look_at_the_panel_of(looking, browser, meeting, server.person("p06"))
    looking.assert_nothing_wrong()


def test_a_poll_on_the_phone_and_on_the_room_display(browser: Browser, server: DemoServer) -> None:
    looking, me = Looking(), server.person(ME)
    with (
        meeting_of(server, 2) as meeting,
        opened(browser, meeting, me, _at(meeting, "participant"), PHONE) as phone,
        opened(browser, meeting, server.person("p43"), _at(meeting, "display"), ROOM_DISPLAY) as display,
    ):
        meeting.start_discussion()
        papers = Papers(meeting)
        text, long = papers.propose(FOCAL_POINTS), papers.propose(OBSTACLES)
        poll = papers.ask(text, reasons="required_for_cannot_support")
        papers.show("poll", poll)
        phone.get_by_role("radio", name="Cannot support").wait_for()
        looking.look(phone, "before the first tap")
        display.locator("room-poll .answers").wait_for()
        looking.look(display, "a poll in the room", narrow=False)
        phone.get_by_role("radio", name="Cannot support").check()
        looking.look(phone, "a reason is needed")
        phone.get_by_label("A reason is needed").fill("The date is missing.")
        phone.get_by_role("button", name="Send: Cannot support").click()
        phone.locator(".saved").wait_for()
        looking.look(phone, "an answer is saved")
        papers.end(poll)
        papers.show("result", poll)
        phone.get_by_role("button", name="Put this result away").wait_for()
        looking.look(phone, "the result")
        display.locator(".bars").wait_for()
        looking.look(display, "the result in the room", narrow=False)
        papers.show("recommendation", long)
        display.get_by_text("The text goes on").wait_for()
        looking.look(display, "a long text in the room", narrow=False)
        _look_behind(looking, phone, meeting, papers, long)
    looking.assert_nothing_wrong()


def test_them_in_arabic(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with meeting_of(server, 3) as meeting:
        meeting.start_discussion()
        papers = Papers(meeting)
        _write(papers)
        poll = papers.ask(papers.propose({**OBSTACLES, "symbol": "R8"}))
        papers.show("poll", poll)
        for whose, screen, size, shown in (
            ("p03", "rapporteur", LAPTOP, "note-block textarea"),
            ("p02", "moderator", TABLET, "#polls-button"),
            ("p22", "participant", PHONE, ".option"),
            ("p43", "display", ROOM_DISPLAY, "room-poll .answers"),
        ):
            with opened(browser, meeting, server.person(whose), _at(meeting, screen), size, language="ar") as page:
                page.locator(shown).first.wait_for()
                if screen == "moderator":
                    page.locator(shown).click()
                assert page.locator("html").get_attribute("dir") == "rtl"
                looking.look_as_it_is(page, f"{screen} in Arabic", narrow=size != ROOM_DISPLAY)
    looking.assert_nothing_wrong()


def test_the_keyboard_alone_writes_notes_and_makes_a_recommendation(browser: Browser, server: DemoServer) -> None:
    with (
        meeting_of(server, 4) as meeting,
        opened(browser, meeting, server.person("p03"), _at(meeting, "rapporteur"), LAPTOP) as page,
    ):
        meeting.start_discussion()
        Papers(meeting).hear("p10")
        keyboard, blocks = Keyboard(page), page.locator("note-block")
        keyboard.type(page.get_by_label("New note"), "Name focal points.")
        keyboard.press("Alt+R", "Enter")
        page.keyboard.type("A hotline across the border.")
        keyboard.press("Enter")
        expect(blocks.locator(".kind")).to_have_text(["Recommendation Not attributed", "Key point Not attributed"])
        kind = blocks.nth(1).locator(".kind")
        keyboard.use(kind, by="Shift+Tab")
        keyboard.use(page.get_by_role("menuitemradio", name="Good practice"), by="ArrowDown")
        expect(kind).to_have_text("Good practice Not attributed")
        keyboard.go_to(kind, by="Shift+Tab")

        keyboard.use(blocks.first.get_by_role("button", name="Actions for this note"), by="Shift+Tab")
        keyboard.use(page.get_by_role("menuitem", name="Make a recommendation"), by="ArrowDown")
        expect(page.get_by_label("Text")).to_be_focused()
        keyboard.use(page.get_by_role("button", name="Propose"))
        card = page.locator("recommendation-card")
        expect(card).to_contain_text("Name focal points.")
        keyboard.use(card.get_by_role("button", name="Revise"))
        page.keyboard.press("Control+End")
        page.keyboard.type(" And publish them.")
        keyboard.use(page.get_by_role("button", name="Make version 2"))
        expect(card.locator("ins")).to_contain_text("And publish them.")
        expect(page.locator("saved-chip")).to_have_text("Saved")


def test_the_keyboard_alone_answers_a_poll(browser: Browser, server: DemoServer) -> None:
    with (
        meeting_of(server, 5) as meeting,
        opened(browser, meeting, server.person(ME), _at(meeting, "participant"), PHONE) as page,
    ):
        meeting.start()
        papers = Papers(meeting)
        poll = papers.ask(papers.propose(FOCAL_POINTS), reasons="optional")
        keyboard, answers = Keyboard(page), page.get_by_role("radio")
        keyboard.go_to(answers.first)
        keyboard.press("ArrowDown", "ArrowDown")
        keyboard.go_to(page.get_by_role("radio", name="Cannot support"))
        keyboard.type(page.get_by_label("Why, or what would you change?"), "The date is missing.")
        keyboard.use(page.get_by_role("button", name="Send: Cannot support"))
        expect(page.locator(".saved")).to_be_visible()
        mine = meeting.client(server.person(ME)).map["me/answers"][poll]
        assert (mine["option"], mine["reason"]) == ("cannot_support", "The date is missing.")


def _at(meeting: Meeting, screen: str) -> str:
    return f"/sessions/{meeting.session}/{screen}"


def _write(papers: Papers) -> None:
    papers.note_down(papers.hear_guest(0), *NOTES)
    papers.hear("p12")
    (idea,) = papers.note_down(papers.hear("p21"), IDEA)
    text = papers.propose(FOCAL_POINTS, note=idea)
    papers.end(papers.ask(text))
    papers.revise(text)
    papers.propose(OBSTACLES)
    papers.propose(CASE_LAW)


def _look_at_menus(looking: Looking, page: Page) -> None:
    for opener, name in (
        (page.locator("note-block .kind").first, "the kind of a note"),
        (page.get_by_role("button", name="Actions for this note").first, "the menu of a note"),
        (page.get_by_role("button", name="Status of R4"), "the status of a recommendation"),
    ):
        opener.click()
        page.get_by_role("menu").wait_for()
        looking.look(page, name, narrow=False)
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()


def _look_at_writing_together(looking: Looking, page: Page, papers: Papers) -> None:
    block = page.locator("note-block").first
    field = block.locator("textarea")
    field.press("End")
    text = field.input_value()
    papers.overtake(text, "Theirs.")
    expect(field).to_have_value(f"{text} Theirs.")
    block.get_by_text("is writing here").wait_for()
    looking.look(page, "two write the same note")
    block.get_by_role("button", name="Actions for this note").click()
    page.get_by_role("menuitem", name="Versions").click()
    page.get_by_role("button", name="Restore the version").first.wait_for()
    looking.look(page, "versions of a note")
    page.keyboard.press("Escape")
    field.focus()
    page.locator("rapporteur-stream").evaluate(_REFUSED, block.evaluate("({ note }) => note.id"))
    page.get_by_role("button", name="Try again").wait_for()
    looking.look(page, "a text was refused")
    page.get_by_role("button", name="Discard").click()


def _look_at_forms(looking: Looking, page: Page) -> None:
    page.get_by_role("button", name="Poll on this version: Recommendation R5").click()
    looking.look(page, "a poll on a text")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Own question").click()
    page.get_by_label("Answers").select_option("own")
    page.get_by_role("button", name="Open the poll").click()
    page.get_by_text("Please write the question").wait_for()
    looking.look(page, "a poll on a question, refused")
    page.get_by_role("button", name="Cancel").click()


def _look_at_the_panel_of(looking: Looking, browser: Browser, meeting: Meeting, link: Link) -> None:
    with opened(browser, meeting, link, _at(meeting, "moderator"), TABLET) as page:
        page.locator("speaker-card").first.wait_for()
        looking.look(page, f"the list, {link.role}")
        expect(page.get_by_role("button", name="Actions for")).to_have_count(SOME - 1)
        page.locator("#polls-button").click()
        page.locator("poll-card").first.wait_for()
        looking.look(page, f"texts and polls, {link.role}", narrow=False)


def _look_behind(looking: Looking, phone: Page, meeting: Meeting, papers: Papers, text: str) -> None:
    """Look at a poll that waits behind the own turn, and at the texts below."""
    asked = meeting.client(meeting.server.person(ME)).do("floor.request", {"kind": "statement"})
    phone.get_by_role("heading", name="Get ready").wait_for()
    papers.ask(text)
    _poll_that_waits(phone).wait_for()
    for part in ("Texts under discussion", "Results of polls"):
        phone.locator("summary", has_text=part).click()
    looking.look(phone, "a poll waits behind the own turn, texts unfolded")
    meeting.moderator.do("floor.hold", {"request": asked["result"]["request"]})


def _poll_that_waits(phone: Page) -> Locator:
    return phone.get_by_role("button", name="Show the poll")
