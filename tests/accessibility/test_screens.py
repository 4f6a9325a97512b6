"""Every screen: no violation that axe knows, light and dark, in both directions; nothing cut off, covered or too small."""

import re

import pytest
import requests
from playwright.sync_api import Browser, Page

from tests.accessibility.browsing import LAPTOP, PHONE, ROOM_DISPLAY, TABLET
from tests.accessibility.looking import Looking
from tests.accessibility.meeting import Meeting, meeting_of, opened
from tests.journeys.server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.long]

FULL = 20
SOME = 8
IN_THE_ROOM = 6


def test_the_doors(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with meeting_of(server, 0) as meeting, opened(browser, meeting, None, "/", PHONE) as page:
        looking.look(page, "join")
        page.get_by_label("Join code").fill("AAAA AAAA")
        page.get_by_label("Your name").fill("Zoë")
        page.get_by_label("Remotely").check()
        page.get_by_role("button", name="Join").click()
        page.get_by_text("No meeting has this code").wait_for()
        looking.look(page, "join, refused")

        secretariat = {"Authorization": f"Bearer {meeting.token(server.person('p05'))}"}
        made = requests.post(f"{server.base_url}/api/links", json={"role": "display"}, headers=secretariat, timeout=10)
        page.goto(f"/enter#{made.json()['key']}")
        page.get_by_label("Your name").wait_for()
        looking.look(page, "enter by a role's link")
        page.goto("/nowhere")
        looking.look(page, "error")
        page.goto("/enter#0000000000000000000000000")
        page.get_by_role("heading", name="does not let you in").wait_for()
        looking.look(page, "enter, refused")
    looking.assert_nothing_wrong()


def test_the_secretariats_pages(browser: Browser, server: DemoServer) -> None:
    looking, secretary = Looking(), server.person("p05")
    with meeting_of(server, 0) as meeting, opened(browser, meeting, secretary, "/secretariat", LAPTOP) as page:
        _find_some(page)
        page.get_by_text("links are valid").click()
        looking.look(page, "secretariat")
        page.get_by_role("button", name="New link for").first.click()
        page.get_by_role("button", name="Done").wait_for()
        looking.look(page, "secretariat, a link was made")
        page.get_by_role("button", name="Done").click()
        page.get_by_role("button", name="Show large").click()
        looking.look(page, "secretariat, the join code large")
        page.goto("/secretariat/sheet")
        page.get_by_role("button", name=re.compile(r"Make \d+ links")).wait_for()
        looking.look(page, "sheet")
        page.get_by_label("The join code only").check()
        looking.look(page, "sheet of join codes")
    looking.assert_nothing_wrong()


def test_the_moderators_panel(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with meeting_of(server, 0) as meeting:
        path = f"/sessions/{meeting.session}/moderator"
        with opened(browser, meeting, meeting.moderator_link, path, TABLET) as page:
            page.get_by_role("button", name="Start the session").wait_for()
            looking.look(page, "before the start")
            meeting.start_discussion()
            page.get_by_text("Nobody on the list yet").wait_for()
            looking.look(page, "an empty list")
            _fill(meeting)
            page.get_by_label("Point of order", exact=True).wait_for()
            looking.look(page, "a full list, a speaker, a point of order")
            _look_at_dialogs(looking, page)
            _look_at_the_order(looking, page, meeting)
        with opened(browser, meeting, server.person("p05"), path, TABLET) as page:
            _look_at_settings(looking, page)
            order = meeting.waits("p36")
            meeting.give(order)
            page.get_by_role("button", name="Sustained", exact=True).wait_for()
            looking.look(page, "a ruling")
            meeting.moderator.do("session.close")
            page.get_by_role("heading", name="The session is closed").wait_for()
            looking.look(page, "closed")
    looking.assert_nothing_wrong()


def test_the_participants_screen(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with meeting_of(server, 1) as meeting:
        me = server.person("p28")
        with opened(browser, meeting, me, f"/sessions/{meeting.session}/participant", PHONE) as page:
            page.get_by_role("heading", name="not started yet").wait_for()
            looking.look(page, "before")
            _look_at_asking(looking, page, meeting)
            mine = _look_at_waiting(looking, page, meeting)
            _look_at_speaking(looking, page, meeting, mine)
            again = str(meeting.client(me).do("floor.request", {"kind": "question"})["result"]["request"])
            meeting.moderator.do("floor.hold", {"request": again})
            page.get_by_role("heading", name="holds your request").wait_for()
            looking.look(page, "held")
            meeting.moderator.do("session.suspend")
            meeting.moderator.do("session.resume")
            meeting.moderator.do("session.close")
            page.get_by_role("heading", name="Your turn did not come").wait_for()
            looking.look(page, "not reached")
    looking.assert_nothing_wrong()


def test_the_room_display(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with meeting_of(server, 2) as meeting:
        path = f"/sessions/{meeting.session}/display"
        with opened(browser, meeting, server.person("p43"), path, ROOM_DISPLAY) as page:
            page.get_by_role("img", name="QR code").wait_for()
            looking.look(page, "before", narrow=False)
            meeting.start_discussion()
            first, *_ = meeting.inscribe(FULL)
            page.get_by_text("and 17 more").wait_for()
            looking.look(page, "nobody speaks", narrow=False)
            meeting.give(first)
            page.get_by_text("Speaking").wait_for()
            looking.look(page, "the list", narrow=False)
            meeting.moderator.do("announce", {"text": "The session goes on at 15:00."})
            for what, shown in (("message", "goes on at 15:00"), ("join", "Ask for the floor on your phone")):
                meeting.moderator.do("display.show", {"what": what})
                page.get_by_text(shown).wait_for()
                looking.look(page, what, narrow=False)
            meeting.moderator.do("display.show", {"what": "nothing"})
            page.locator("[data-what=nothing]").wait_for()
            looking.look(page, "nothing", narrow=False)
    looking.assert_nothing_wrong()


def test_the_screens_in_arabic(browser: Browser, server: DemoServer) -> None:
    looking = Looking()
    with meeting_of(server, 5) as meeting:
        meeting.start_discussion()
        _fill(meeting)
        for whose, path, size in (
            ("p02", f"/sessions/{meeting.session}/moderator", TABLET),
            ("p12", f"/sessions/{meeting.session}/participant", PHONE),
            ("p43", f"/sessions/{meeting.session}/display", ROOM_DISPLAY),
            ("p05", "/secretariat", LAPTOP),
        ):
            with opened(browser, meeting, server.person(whose), path, size, language="ar") as page:
                if size == LAPTOP:
                    _find_some(page)
                else:
                    page.locator(".clock").first.wait_for()
                assert page.locator("html").get_attribute("dir") == "rtl"
                looking.look_as_it_is(page, f"{path} in Arabic", narrow=size != ROOM_DISPLAY)
    looking.assert_nothing_wrong()


def _find_some(page: Page) -> None:
    """Leave some of the people in the table: the others are rows of the same kind."""
    page.get_by_role("rowheader").first.wait_for()
    page.get_by_role("searchbox").fill("sample state")
    page.get_by_role("rowheader").nth(9).wait_for(state="hidden")


def _fill(meeting: Meeting) -> None:
    first, second, *_ = meeting.inscribe(SOME, spare=frozenset({"p36"}))
    meeting.inscribe_guests(IN_THE_ROOM)
    moderator = meeting.moderator
    moderator.do("floor.ready", {"request": second, "ready": True})
    moderator.do("floor.request", {"kind": "right_of_reply", "person": "p37"})
    meeting.give(first)
    moderator.do("floor.request", {"kind": "point_of_order", "person": "p36", "topic": "The time limits"})


def _look_at_dialogs(looking: Looking, page: Page) -> None:
    page.get_by_role("button", name="Actions for").nth(1).click()
    page.get_by_role("menu").wait_for()
    looking.look(page, "the menu of a request", narrow=False)
    page.get_by_role("menuitem", name="Speaking time").click()
    looking.look(page, "the speaking time of a person")
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Speaking time").click()
    looking.look(page, "speaking times")
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Add someone in the room").click()
    page.get_by_role("searchbox").fill("de")
    looking.look(page, "adding someone")
    page.get_by_role("button", name="Somebody else").click()
    looking.look(page, "adding a guest")
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("button", name="Announce").click()
    looking.look(page, "announcing")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Session:").click()
    page.get_by_role("menu").wait_for()
    looking.look(page, "the menu of the session", narrow=False)
    page.get_by_role("menuitem", name="Close the session").click()
    looking.look(page, "closing")
    page.get_by_role("button", name="Not yet").click()


def _look_at_the_order(looking: Looking, page: Page, meeting: Meeting) -> None:
    page.get_by_role("button", name="Rule…").click()
    page.get_by_label("By shares").check()
    looking.look(page, "the rule of the list")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Arrange").click()
    page.get_by_text("would move").wait_for()
    looking.look(page, "the suggested order")
    page.get_by_role("button", name="Leave it as it is").click()
    page.get_by_role("button", name="Actions for").nth(1).click()
    page.get_by_role("menuitem", name="Exchange places").click()
    looking.look(page, "exchanging places")
    page.get_by_role("button", name="Close", exact=True).click()
    meeting.client(meeting.server.people("interpreter")[0]).do("booth.signal", {"kind": "slower"})
    page.get_by_role("button", name="Put away").wait_for()
    page.get_by_role("button", name="Overview").click()
    page.get_by_role("heading", name="Balance").wait_for()
    looking.look(page, "the overview, and an interpreter's signal")
    page.get_by_role("button", name="Back to the list").click()


def _look_at_settings(looking: Looking, page: Page) -> None:
    page.get_by_role("button", name="More about the list").click()
    page.get_by_role("menuitem", name="Settings of the session").click()
    dialog = page.get_by_role("dialog", name="Settings of the session")
    dialog.get_by_role("button", name="Add").click()
    dialog.get_by_role("combobox", name="What happens").last.select_option("everybody is told")
    looking.look(page, "the settings of the session")
    dialog.get_by_role("button", name="Cancel").click()


def _look_at_asking(looking: Looking, page: Page, meeting: Meeting) -> None:
    meeting.start()
    page.get_by_text("The list of speakers is not open yet").wait_for()
    looking.look(page, "the list is not open")
    meeting.moderator.do("list.open")
    page.get_by_text("Nobody is waiting").wait_for()
    for part in page.locator("summary").all():
        part.click()
    looking.look(page, "ask, with everything unfolded")
    for part in page.locator("summary").all():
        part.click()


def _look_at_waiting(looking: Looking, page: Page, meeting: Meeting) -> str:
    meeting.inscribe(FULL - 1, spare=frozenset({"p28"}))
    page.get_by_label("Topic").fill("L’accès aux voies de recours")
    page.get_by_role("button", name="Request the floor").click()
    page.get_by_role("button", name="Change topic or kind").click()
    page.get_by_role("button", name="Withdraw").click()
    looking.look(page, "waiting, changing and withdrawing")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Leave as it was").click()
    meeting.moderator.do("announce", {"text": "The session goes on at 15:00."})
    page.get_by_text("goes on at 15:00").first.wait_for()
    looking.look(page, "waiting")
    return meeting.waits("p28")


def _look_at_speaking(looking: Looking, page: Page, meeting: Meeting, mine: str) -> None:
    meeting.moderator.do("floor.move", {"request": mine, "after": meeting.moderator.waiting()[0]})
    page.get_by_role("button", name="I am ready").wait_for()
    looking.look(page, "get ready")
    page.get_by_role("button", name="I am ready").click()
    page.get_by_role("heading", name="You are ready").wait_for()
    looking.look(page, "ready")
    meeting.give(mine)
    page.get_by_role("heading", name="You have the floor").wait_for()
    looking.look(page, "speaking")
    meeting.end()
    page.get_by_role("heading", name="Thank you").wait_for()
    looking.look(page, "thank you")
