"""A discussion on five screens at once, from its start to the record of it, which must say what happened."""

import csv
import io
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.room import Room
from tests.browser.screens import Screens, button, first_in_line, rows, seconds, state
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

SESSION = "ai1"
PANELLISTS = 4


@pytest.fixture
def room(server: DemoServer, screens: Screens) -> Room:
    return Room.open(server, screens, SESSION)


def test_a_panel_is_played_and_its_record_says_what_happened(room: Room, server: DemoServer, tmp_path: Path) -> None:
    start_the_discussion(room)
    ask_for_the_floor(room)
    hear_the_panellists(room)
    hear_a_point_of_order(room)
    end_undo_and_give_by_mistake(room)
    look_in_from_the_secretariat(room)
    record, rows_, page = download_the_record(room, tmp_path)
    compare(room, record, rows_, page)
    verified = subprocess.run(
        [sys.executable, "-m", "companion", "verify", str(server.database)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    assert f"session {SESSION}: {record['head']['seq']} entries, head {record['head']['chain']}" in verified.stdout


def start_the_discussion(room: Room) -> None:
    expect(button(room.phone, "Request the floor")).to_have_count(0)
    expect(state(room.phone).locator("h2")).to_have_text("The session has not started yet")
    button(room.moderator, "Start the session").click()
    expect(room.phone.get_by_text("The list of speakers is not open yet")).to_be_visible()
    button(room.moderator, "Discussion").click()
    expect(room.display.locator("header p")).to_contain_text("Discussion")
    button(room.moderator, "Open the list").click()
    expect(rows(room.moderator)).to_have_count(PANELLISTS)


def ask_for_the_floor(room: Room) -> None:
    """Ask from both phones. The panellists, who have not presented yet, go first: the places are the fifth and the sixth."""
    for phone, place, topic in ((room.phone, "5th", "Remedy"), (room.other_phone, "6th", "Due diligence")):
        phone.get_by_label("Topic").fill(topic)
        button(phone, "Request the floor").click()
        expect(state(phone).locator(".number")).to_have_text(place)
    names = rows(room.moderator)
    expect(names).to_have_count(PANELLISTS + 2)
    expect(names.nth(PANELLISTS)).to_have_text(room.speaker.name)
    expect(names.nth(PANELLISTS + 1)).to_have_text(room.objector.name)
    expect(room.display.locator("room-list .next")).to_contain_text("and 3 more")


def hear_the_panellists(room: Room) -> None:
    """One tap ends a statement and begins the next; those who wait move up, and are told to get ready."""
    for _ in range(PANELLISTS):
        name = first_in_line(room.moderator)
        button(room.moderator, f"Give the floor to {name}").click()
        room.all_show(name)
    expect(state(room.phone)).to_contain_text("You are next")
    expect(state(room.phone).locator("h2")).to_have_text("Get ready")
    button(room.phone, "I am ready").click()
    expect(room.moderator.locator("primary-action")).to_contain_text("ready")
    button(room.moderator, f"Give the floor to {room.speaker.name}").click()
    room.all_show(room.speaker.name)
    expect(state(room.other_phone)).to_contain_text("You are next")


def hear_a_point_of_order(room: Room) -> None:
    room.other_phone.get_by_text("Point of order, right of reply").click()
    button(room.other_phone, "Point of order").click()
    order = room.moderator.locator("point-of-order")
    expect(order).to_contain_text(room.objector.name)
    button(order, "Give the floor").click()
    room.all_show(room.objector.name)
    expect(state(room.phone).locator("h2")).to_have_text("One moment: a point of order")
    expect(state(room.phone)).to_contain_text("Your clock stands.")
    left = room.phone.locator("participant-floor speaking-clock").inner_text()
    expect(room.moderator.locator("floor-panel .interrupted")).to_contain_text(left)
    button(order, "Not sustained").click()
    expect(order.get_by_role("button")).to_have_count(0)
    # While the clock of the point of order runs on, the other one stands.
    began = room.display.locator("speaking-clock").inner_text()
    expect(room.display.locator("speaking-clock")).not_to_have_text(began)
    expect(room.phone.locator("participant-floor speaking-clock")).to_have_text(left)
    button(room.moderator, f"Give the floor back to {room.speaker.name}").click()
    room.all_show(room.speaker.name)
    on = seconds(room.phone.locator("participant-floor speaking-clock").inner_text())
    assert 0 <= seconds(left) - on <= 2  # it goes on with what was left, and has been read a moment later
    expect(room.other_phone.locator("participant-page")).to_contain_text("Not sustained")


def end_undo_and_give_by_mistake(room: Room) -> None:
    """Undo an end that was a slip; then give the floor to the objector by mistake, take it back, and give it again."""
    button(room.moderator, "End").click()
    expect(room.phone.get_by_text("You spoke for")).to_be_visible()
    expect(button(room.moderator, "Undo")).to_contain_text(f"statement of {room.speaker.name} ended")
    button(room.moderator, "Undo").click()
    room.all_show(room.speaker.name)
    button(room.moderator, "End").click()
    expect(room.phone.get_by_text("You spoke for")).to_be_visible()
    expect(room.display.locator("room-list .now.nobody h2")).to_have_text("Nobody has the floor")
    for slip in (True, False):
        button(room.moderator, f"Give the floor to {room.objector.name}").click()
        room.all_show(room.objector.name)
        if slip:
            button(room.moderator, "Undo").click()
            expect(rows(room.moderator)).to_have_text([room.objector.name])
            expect(state(room.other_phone)).to_contain_text("You are next")
    button(room.moderator, "End").click()
    expect(room.other_phone.get_by_text("You spoke for")).to_be_visible()


def look_in_from_the_secretariat(room: Room) -> None:
    room.secretariat.reload()
    session = room.secretariat.locator(".desk-sessions li").first
    expect(session).to_contain_text("Open")
    session.get_by_role("link", name="Moderator").click()
    expect(room.secretariat.locator("floor-panel")).to_contain_text("Nobody has the floor")
    expect(room.secretariat.locator("floor-panel .heard li").first).to_contain_text(room.objector.name)
    room.secretariat.go_back()


def download_the_record(room: Room, folder: Path) -> tuple[dict[str, Any], list[dict[str, str]], Page]:
    links = room.secretariat.locator(".desk-sessions li").first
    saved = {}
    for format_ in ("JSON", "CSV", "HTML"):
        with room.secretariat.expect_download() as download:
            links.get_by_role("link", name=format_, exact=True).click()
        saved[format_] = folder / download.value.suggested_filename
        download.value.save_as(saved[format_])
    page = room.secretariat.context.new_page()
    page.goto(saved["HTML"].as_uri())
    table = list(csv.DictReader(io.StringIO(saved["CSV"].read_text(encoding="utf-8-sig"))))
    return json.loads(saved["JSON"].read_text()), table, page


def compare(room: Room, record: dict[str, Any], table: list[dict[str, str]], page: Page) -> None:
    heard = record["interventions"]
    assert [(each["kind"], each["void"], each["ruling"]) for each in heard] == [
        *[("panel_presentation", False, None)] * PANELLISTS,
        ("statement", False, None),
        ("point_of_order", False, "not_sustained"),
        ("statement", True, None),
        ("statement", False, None),
    ]
    *_, statement, order, mistake, last = heard
    assert [each["topic"] for each in (statement, order, mistake, last)] == [
        "Remedy",
        None,
        "Due diligence",
        "Due diligence",
    ]
    # Participants are recorded by their affiliation only: who spoke is told by it, and by one reference for each person.
    assert statement["who"]["name"] is None
    assert statement["who"]["organisation"] != order["who"]["organisation"]
    assert order["who"] == mistake["who"] == last["who"]
    assert [each["who"]["name"] is not None for each in heard[:PANELLISTS]] == [True] * PANELLISTS
    for before, after in pairwise(heard[: PANELLISTS + 1]):
        assert before["requested_at"] <= before["started_at"] <= before["ended_at"] == after["started_at"]
    (pause,) = statement["pauses"]
    assert statement["requested_at"] < statement["started_at"] < pause["since"] < pause["until"] < statement["ended_at"]
    assert (pause["since"], pause["until"]) == (order["started_at"], order["ended_at"])
    assert statement["ended_at"] < mistake["started_at"] < last["started_at"] < last["ended_at"]
    assert mistake["request"] == last["request"] != order["request"]
    assert statement["spoken_seconds"] < order["spoken_seconds"] + 60
    assert [(each["status"], each["kind"]) for each in record["requests"] if each["status"] == "delivered"] != []
    assert [each["ruling"] for each in record["rulings"]] == ["not_sustained"]
    assert record["totals"]["points_of_order"] == 1
    assert record["totals"]["interventions"] == PANELLISTS + 2
    rows_ = [row for row in table if row["entry"] == "intervention"]
    assert [(row["kind"], row["started_at"], row["void"]) for row in rows_] == [
        (each["kind"], each["started_at"], "yes" if each["void"] else "no") for each in heard
    ]
    text = page.locator("body").inner_text()
    positions = [text.index(each["who"]["name"] or each["who"]["organisation"]) for each in heard[: PANELLISTS + 2]]
    assert len(set(positions)) == PANELLISTS + 2
    assert re.search("not sustained", text, re.IGNORECASE)
    assert room.speaker.name not in text + json.dumps(record)
