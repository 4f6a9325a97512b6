"""Two tablets on one session: its order, its time and its chair; what one does the other sees, and neither undoes the other unawares."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility.meeting import Meeting, meeting_of
from tests.browser.screens import TABLET, Screens, button, on_the_floor, rows, wait_until_ready
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

WAITING = 8
VERY_LONG = 84
DRAGGED_TO = 5
LONGER_THAN_IT_TAKES_TO_LET_GO_MS = 600


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """Start a server of our own: three of its sessions are used up here."""
    running = DemoServer(tmp_path_factory.mktemp("tablets")).start()
    yield running
    running.stop()


def tablet(screens: Screens, meeting: Meeting, person: str) -> Page:
    path = f"/sessions/{meeting.session}/moderator"
    page = screens.open(meeting.server.person(person), TABLET, meeting.server.base_url + path)
    wait_until_ready(page)
    return page


def names(page: Page) -> list[str]:
    return [name.strip() for name in rows(page).all_text_contents()]


def menu(page: Page, row: int, item: str) -> None:
    page.locator("speakers-list .more-actions").nth(row).click()
    page.get_by_role("menuitem", name=item).click()


def test_two_moderators_run_one_session(server: DemoServer, screens: Screens) -> None:
    with meeting_of(server, 0) as meeting:
        meeting.start_discussion()
        meeting.inscribe(WAITING)
        one, other = tablet(screens, meeting, "p01"), tablet(screens, meeting, "p02")
        expect(rows(one)).to_have_count(WAITING)
        choose_a_rule_and_arrange(one, other)
        call_somebody_who_is_not_there(one, other)
        press_give_at_once(one, other)
        tap_late(one, other)
        end_and_give_in_one_breath(one, other)
        let_a_press_slide_off(one, other)
        press_twice_and_hold_a_key(one, other)
        hand_over_the_chair(one, other)
        take_the_floor_oneself(one, other)
        exchange_places_and_hand_in(one, other)
        share_the_time(one, other, meeting)
        hear_an_interpreter(one, meeting)
        undo_more_than_the_last(one, other)


def choose_a_rule_and_arrange(one: Page, other: Page) -> None:
    """Choose a rule, see the order that it suggests as a change, and take it."""
    before = names(one)
    button(one, "Rule…").click()
    one.get_by_label("Room and remote take turns").check()
    button(one, "Use this rule").click()
    suggestion = one.get_by_role("dialog", name="Suggested order")
    expect(suggestion).to_contain_text(re.compile(rf"\d of {WAITING} would move"))
    assert names(one) == before
    button(suggestion, "Arrange so").click()
    expect(suggestion).to_be_hidden()
    expect(rows(one)).not_to_have_text(before)
    after = names(one)
    assert sorted(after) == sorted(before)
    expect(rows(other)).to_have_text(after)
    expect(other.locator("list-rule")).to_contain_text("Room and remote take turns:")
    expect(other.locator("list-rule .reason")).to_contain_text("next, not heard yet")
    expect(button(other, "Undo")).to_contain_text("list arranged")
    # Where the first is somebody else, the rule's own is one tap away.
    menu(one, 1, "Move to the first place")
    expect(button(other, f"Give to {after[0]}")).to_be_visible()
    button(other, "Undo").click()
    expect(rows(one)).to_have_text(after)
    expect(button(other, "Give to")).to_have_count(0)


def call_somebody_who_is_not_there(one: Page, other: Page) -> None:
    called, following, *_ = names(one)
    button(one, "Give the floor to").click()
    expect(on_the_floor(other)).to_have_text(called)
    button(other, "Not here").click()
    expect(on_the_floor(one)).to_have_text("Nobody has the floor")
    expect(rows(one).last).to_have_text(called)
    expect(one.locator("speakers-list .entry").last).to_contain_text("called, was not there")
    assert names(one)[0] == following


def press_give_at_once(one: Page, other: Page) -> None:
    """Have a finger on the button of both tablets: the first gives the floor, the other is told who has it, and advances nothing."""
    first = names(one)[0]
    for page in (one, other):
        button(page, f"Give the floor to {first}").dispatch_event("pointerdown")
    for page in (one, other):
        page.locator("button.primary").dispatch_event("click")
        expect(on_the_floor(other)).to_have_text(first)
    expect(other.locator(".toast")).to_have_text(f"Somebody was quicker: {first} has the floor now.")
    for page in (one, other):
        page.locator("button.primary").dispatch_event("pointerup")
        expect(on_the_floor(page)).to_have_text(first)
        expect(rows(page)).to_have_count(WAITING - 1)


def tap_late(one: Page, other: Page) -> None:
    """Tap when the floor has just been given to somebody out of turn: they are not cut off, though who comes next is the same."""
    speaking, following, out_of_turn = on_the_floor(one).inner_text(), names(one)[0], names(one)[2]
    button(other, f"Give the floor to {following}").dispatch_event("pointerdown")
    menu(one, 2, "Give the floor now")
    expect(on_the_floor(other)).to_have_text(out_of_turn)
    other.locator("button.primary").dispatch_event("click")
    expect(other.locator(".toast")).to_have_text(f"Somebody was quicker: {out_of_turn} has the floor now.")
    other.locator("button.primary").dispatch_event("pointerup")
    expect(on_the_floor(one)).to_have_text(out_of_turn)
    button(one, "Undo").click()
    expect(on_the_floor(other)).to_have_text(speaking)


def end_and_give_in_one_breath(one: Page, other: Page) -> None:
    """Tap *Give the floor to …* when the end of the last statement is known, and not drawn yet: it still says what is right."""
    following = names(one)[0]
    expect(button(one, f"Give the floor to {following}")).to_be_visible()
    one.evaluate(
        """async () => {
          const primary = document.querySelector("primary-action");
          [...document.querySelectorAll("floor-panel button")].find((each) => each.textContent.trim() === "End").click();
          while (primary.get("floor").intervention) await new Promise((resolve) => setTimeout(resolve, 0));
          primary.querySelector("button").click();
        }"""
    )
    expect(on_the_floor(other)).to_have_text(following)
    expect(button(one, "Undo")).to_contain_text(f"floor given to {following}")
    button(one, "Undo").click()
    expect(on_the_floor(other)).to_have_text("Nobody has the floor")


def let_a_press_slide_off(one: Page, other: Page) -> None:
    """Press, think better of it and slide off the button: it goes on saying who comes next."""
    expect(rows(one)).to_have_count(WAITING - 1)
    first, second, *_ = names(one)
    box = button(one, f"Give the floor to {first}").bounding_box()
    assert box is not None
    one.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    one.mouse.down()
    one.mouse.move(box["x"] + box["width"] / 2, box["y"] - 40)
    one.mouse.up()
    button(other, f"Give the floor to {first}").click()
    expect(button(one, f"Give the floor to {second}")).to_be_visible()
    button(other, "Undo").click()
    expect(on_the_floor(one)).to_have_text("Nobody has the floor")


def press_twice_and_hold_a_key(one: Page, other: Page) -> None:
    """Press again soon after the first press: the button is what it was until it is let go. A key that is held gives the floor once."""
    expect(rows(one)).to_have_count(WAITING - 1)
    first, second, *_ = names(one)
    primary = one.locator("button.primary")
    expect(primary).to_contain_text(first)
    for event in ("pointerdown", "pointerup", "pointerdown"):
        primary.dispatch_event(event)
    button(other, f"Give the floor to {first}").click()
    expect(on_the_floor(one)).to_have_text(first)
    one.wait_for_timeout(LONGER_THAN_IT_TAKES_TO_LET_GO_MS)
    expect(primary).to_contain_text(first)
    primary.dispatch_event("pointerup")
    expect(primary).to_contain_text(second)
    button(other, "Undo").click()
    expect(primary).to_contain_text(first)
    primary.focus()
    one.keyboard.down("Enter")
    expect(on_the_floor(one)).to_have_text(first)
    expect(primary).to_contain_text(second)
    for _ in range(3):
        one.keyboard.down("Enter")
    one.keyboard.up("Enter")
    expect(button(other, f"Give the floor to {second}")).to_be_visible()
    expect(on_the_floor(one)).to_have_text(first)
    button(other, "Undo").click()
    expect(on_the_floor(one)).to_have_text("Nobody has the floor")


def hand_over_the_chair(one: Page, other: Page) -> None:
    expect(one.locator(".chair")).to_contain_text("Chair: you")
    other.locator(".chair").click()
    expect(other.locator(".chair")).to_contain_text("Chair: you")
    expect(one.locator(".chair")).to_contain_text("Take the chair")
    button(other, "Chair: you Hand over").click()
    expect(one.locator(".chair")).to_contain_text("Chair: you")


def take_the_floor_oneself(one: Page, other: Page) -> None:
    button(one, "I take the floor").click()
    expect(on_the_floor(other)).to_have_text("Moderator (sample)")
    expect(other.locator(".speaking .tags")).to_contain_text("Moderator")
    button(one, "End").click()
    expect(on_the_floor(other)).to_have_text("Nobody has the floor")


def exchange_places_and_hand_in(one: Page, other: Page) -> None:
    expect(rows(one)).to_have_count(WAITING - 1)
    first, second, third, *rest = names(one)
    menu(one, 0, "Exchange places with")
    one.get_by_role("dialog", name="Exchange places").get_by_role("button", name=third).click()
    expect(rows(other)).to_have_text([third, second, first, *rest])
    menu(one, 1, "Written statement instead")
    one.get_by_label("Text (can be left empty)").fill("Access to remedy needs focal points.")
    button(one, "Take it as written").click()
    expect(rows(other)).to_have_text([third, first, *rest])


def share_the_time(one: Page, other: Page, meeting: Meeting) -> None:
    meeting.moderator.do("list.limit", {"seconds": 2_400, "kind": "statement"})
    late = one.locator("time-share[quiet]")
    expect(late).to_contain_text(re.compile(r"Through at \d\d:\d\d, .* late"))
    button(late, "Propose").click()
    proposed = other.locator("time-share[quiet]")
    expect(proposed).to_contain_text("Proposed to everybody")
    button(proposed, "Take back").click()
    expect(late).not_to_contain_text("Proposed")
    button(late, "Propose").click()
    button(proposed, "Apply").click()
    expect(late).to_be_empty()
    meeting.moderator.wait_until(lambda map_: map_["session"]["limits"]["shared_seconds"])


def hear_an_interpreter(one: Page, meeting: Meeting) -> None:
    meeting.client(meeting.server.people("interpreter")[0]).do("booth.signal", {"kind": "cannot_hear"})
    call = one.locator(".booth-call")
    expect(call).to_contain_text("cannot hear the speaker")
    button(call, "Put away").click()
    expect(call).to_have_count(0)
    button(one, "Overview").click()
    expect(one.locator(".overview")).to_contain_text("cannot hear the speaker just now")
    expect(one.locator("balance-view")).to_contain_text("1 turn")
    button(one, "Back to the list").click()


def undo_more_than_the_last(one: Page, other: Page) -> None:
    """Undo an exchange of places below what came later; what something later depends on is refused by its name."""
    expect(rows(one)).to_have_count(WAITING - 2)
    first, second, *rest = names(one)
    for name in (first, second):
        button(other, f"Give the floor to {name}").click()
        expect(on_the_floor(one)).to_have_text(name)
    button(one, "Take back an earlier step").click()
    one.get_by_role("menuitem", name=f"floor given to {first}").click()
    expect(one.locator(".toast")).to_contain_text(f"First undo: floor given to {second}")
    button(one, "Take back an earlier step").click()
    one.get_by_role("menuitem", name="time shared out").first.click()
    expect(one.locator("time-share[quiet]")).to_contain_text("Proposed to everybody")
    expect(rows(one)).to_have_text(rest)


def test_a_very_long_list_stands_on_the_page_as_far_as_it_is_seen(server: DemoServer, screens: Screens) -> None:
    with meeting_of(server, 1) as meeting:
        meeting.start_discussion()
        order = meeting.inscribe_guests(VERY_LONG)
        page = tablet(screens, meeting, "p01")
        entries = page.locator("speakers-list .rows[data-ordered] .entry")
        expect(entries.first).to_have_attribute("aria-setsize", str(VERY_LONG))
        assert entries.count() < VERY_LONG / 2
        drag_the_third(page)
        meeting.moderator.wait_until(lambda _: meeting.moderator.waiting().index(order[2]) == DRAGGED_TO - 1)
        # By the keyboard to the very end, where the list follows, and on from there.
        page.locator(".entry .grip").first.focus()
        page.keyboard.press("End")
        meeting.moderator.wait_until(lambda _: meeting.moderator.waiting()[-1] == order[0])
        moved = page.locator(f'.entry[data-id="{order[0]}"]')
        expect(moved.locator(".grip")).to_be_focused()
        expect(moved).to_be_in_viewport()
        expect(moved).to_have_attribute("aria-posinset", str(VERY_LONG))
        expect(moved.locator(".place")).to_have_text(str(VERY_LONG))
        page.keyboard.press("ArrowUp")
        meeting.moderator.wait_until(lambda _: meeting.moderator.waiting()[-2] == order[0])
        expect(moved.locator(".grip")).to_be_focused()
        the_fields_of_dialogs_come_and_go_with_them(page)


def the_fields_of_dialogs_come_and_go_with_them(page: Page) -> None:
    """Each field on a page takes time in every frame of a slow device; what was typed about one is not there for the next."""
    fields = page.locator("dialog :is(input, select, textarea)")
    expect(fields).to_have_count(0)
    reason = page.get_by_label("Reason (can be left empty")
    for row in (1, 2):
        menu(page, row, "Speaking time")
        expect(reason).to_have_value("")
        reason.fill("an interpreter is needed")
        page.keyboard.press("Escape")
        expect(fields).to_have_count(0)
    button(page, "Speaking time:").click()
    expect(page.get_by_label("Usually")).to_be_focused()
    page.keyboard.press("Escape")
    button(page, "Rule…").click()
    expect(page.locator("rule-dialog input:checked")).to_be_focused()
    page.keyboard.press("Escape")
    expect(fields).to_have_count(0)
    # What was being written to everybody is not lost by a slip of the finger.
    button(page, "Announce…").click()
    page.get_by_label("To everybody in the session").fill("The report is out")
    page.keyboard.press("Escape")
    expect(fields).to_have_count(0)
    button(page, "Announce…").click()
    expect(page.get_by_label("To everybody in the session")).to_have_value("The report is out")
    page.keyboard.press("Escape")
    button(page, "Polls").click()
    for other in ("own", "yes_no_abstain"):
        button(page, "Own question").click()
        answers = page.get_by_label("Answers")
        expect(answers).to_have_value("support_scale")
        answers.select_option(other)
        expect(answers).to_have_value(other)
        page.keyboard.press("Escape")
        expect(fields).to_have_count(0)


def test_the_secretariat_says_who_a_guest_is_and_what_kind_of_meeting_it_is(
    server: DemoServer, screens: Screens
) -> None:
    with meeting_of(server, 2) as meeting:
        meeting.start_discussion()
        _, guest = meeting.inscribe_guests(2)
        page = tablet(screens, meeting, "p05")
        button(page, "More about the list").click()
        page.get_by_role("menuitem", name="Kind of meeting").click()
        button(page.get_by_role("dialog", name="Kind of meeting"), "Free discussion").click()
        expect(page.locator("list-rule")).to_contain_text("Who spoke least goes first")
        set_what_holds(page, meeting)
        menu(page, 1, "Who is this guest")
        page.get_by_role("searchbox", name="Name or organisation").fill("sample state a")
        page.get_by_role("dialog").get_by_role("button", name="Delegate, Sample State A").click()
        expect(rows(page).last).to_have_text("Delegate, Sample State A")
        meeting.moderator.wait_until(lambda map_: map_[f"request/{guest}"]["person"] == "p35")
        expect(button(page, "Undo")).to_contain_text("guest linked to Delegate, Sample State A")
        menus = [meeting.moderator.map["may/moderator"].get(each) for each in ("person.link", "session.settings")]
        assert menus == [None, None]


def set_what_holds(page: Page, meeting: Meeting) -> None:
    """Set an alarm and what becomes of the absent; take all of it back with one undo."""
    before = meeting.moderator.map["session"]
    button(page, "More about the list").click()
    page.get_by_role("menuitem", name="Settings of the session").click()
    dialog = page.get_by_role("dialog", name="Settings of the session")
    dialog.get_by_label("Who is called and not there").select_option("loses the place")
    dialog.get_by_role("button", name="Add").click()
    dialog.get_by_label("After minutes").last.fill("20")
    dialog.get_by_role("combobox", name="What happens").last.select_option("everybody is told")
    button(dialog, "Save").click()
    expect(dialog).to_be_visible()
    dialog.get_by_placeholder("What everybody is told").fill("Twenty minutes are over")
    button(dialog, "Save").click()
    expect(dialog).to_be_hidden()
    told = {"action": "announce", "after_seconds": 1200, "since": "session", "text": "Twenty minutes are over"}
    meeting.moderator.wait_until(
        lambda map_: map_["session"]["when_absent"] == "lost" and map_["session"]["alarms"] == [*before["alarms"], told]
    )
    button(page, "Undo").click()
    meeting.moderator.wait_until(lambda map_: map_["session"] == before)


def drag_the_third(page: Page) -> None:
    """Drag the third card below the fifth and let go at once: where the finger left counts, not where a frame was last drawn."""
    boxes = [page.locator(".entry").nth(place).bounding_box() for place in (2, DRAGGED_TO - 1)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    expect(page.locator(".entry .grip").nth(2)).to_be_visible()
    x, y = boxes[0]["x"] + 20, boxes[0]["y"] + boxes[0]["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 20)
    expect(page.locator(".entry.ghost")).to_be_visible()
    expect(page.locator(".drop-line")).to_be_visible()
    page.mouse.move(x, boxes[1]["y"] + boxes[1]["height"] - 10)
    page.mouse.up()
    expect(page.locator(".entry.ghost")).to_have_count(0)
