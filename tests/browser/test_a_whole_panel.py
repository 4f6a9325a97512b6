"""A whole panel of the sample on six screens at once; its transcript in all four formats says what was seen on them."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from playwright.sync_api import Locator, Page, expect

from companion.places import demo_file
from tests.browser.notes.desk import block, composer
from tests.browser.room import Room
from tests.browser.screens import LAPTOP, Screens, button, rows, state
from tests.browser.transcripts import Account, in_csv, in_html, in_json, in_markdown
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer
from tests.record.reading import Page as Parsed
from tests.record.reading import csv_rows, json_value

pytestmark = [pytest.mark.browser, pytest.mark.long]

SESSION = "ai4"
WORKSHOP: Final = msgspec.json.decode(demo_file().read_bytes())
POLL: Final = next(poll for poll in WORKSHOP["polls"] if poll["ballot"] == "recorded")
TEXT: Final = next(each for each in WORKSHOP["recommendations"] if each["id"] == POLL["recommendation"])
IDEA: Final = next(each["text"] for each in WORKSHOP["rapporteur_notes"] if each["agenda_item"] == SESSION)
PANELLISTS: Final = next(each["panellists"] for each in WORKSHOP["agenda_items"] if each["id"] == SESSION)
OPTIONS: Final = {
    "support": "Can support",
    "support_with_changes": "Can support with changes",
    "cannot_support": "Cannot support",
    "abstain": "Abstain",
}
EXPECTED: Final = [f"{OPTIONS[option]} {count}" for option, count in POLL["expected_counts"].items()]
OUTCOME = "Broad support; the working group will report."
NOT_ATTRIBUTED = "Captioning was asked for in every sitting."
FOR_STAFF_ALONE = "To be checked with the speaker before anything is said of it."
# What stood there a moment ago was tapped, not the poll: a tap counts a second after the poll came up.
STILL_MS = 1_100
AT_ONCE = 8
"""Clients that come in at the same time."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The room, the rapporteur in it, and what was seen so far."""

    room: Room
    rapporteur: Page
    server: DemoServer
    account: Account = field(default_factory=Account)

    def organisation(self, person: str) -> str:
        """Return the organisation of somebody, as their name plates have it."""
        return str(next(each["organisation"] for each in self.server.links["people"] if each["id"] == person))

    def named(self, person: str) -> tuple[str, str]:
        """Return what a panellist, who is named, is called in the record."""
        return self.server.person(person).name, self.organisation(person)

    def note(self, key: str, attribution: str, text: str) -> None:
        """Type a note under whoever has the floor, with its kind by a key, and wait until it is saved."""
        page = self.rapporteur
        composer(page).focus()
        page.keyboard.press(f"Alt+{key}")
        page.locator("note-composer .kind").click()
        page.get_by_role("menuitemradio", name=attribution).click()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator("note-block").last.locator("textarea")).to_have_value(text)
        expect(block(page, text).locator(".state")).to_have_text("Saved")

    def speaks(self, person: str, kind: str, *topic: str) -> None:
        """Wait until all screens, that of the rapporteur too, show who speaks, and take it down."""
        name = self.server.person(person).name
        self.room.all_show(name)
        expect(self.rapporteur.locator("[data-speaking] h2")).to_contain_text(name)
        who = self.named(person) if person in PANELLISTS else (self.organisation(person),)
        self.account.saw("floor.given", *who, kind, *topic)


@pytest.fixture
def panel(server: DemoServer, screens: Screens) -> Panel:
    room = Room.open(server, screens, SESSION)
    desk = screens.enter(server.people("rapporteur")[0], LAPTOP, f"/sessions/{SESSION}/rapporteur")
    expect(desk.locator("note-composer")).to_be_visible()
    return Panel(room, desk, server)


def test_a_whole_panel_is_played_and_each_format_tells_what_was_seen(panel: Panel, tmp_path: Path) -> None:
    hear_the_presentations(panel)
    discuss(panel)
    hear_a_point_of_order(panel)
    about = propose_and_revise(panel)
    ask_for_support(panel, about)
    hear_the_other_and_release_the_notes(panel)
    reply_and_close(panel)
    saved = download(panel, tmp_path)
    compare(panel, saved)
    compare_answers(saved)
    nothing_is_told_that_must_not_be(panel, saved)
    the_head_of_the_journal_stands_on_each(panel, saved)


def hear_the_presentations(panel: Panel) -> None:
    room, account = panel.room, panel.account
    button(room.moderator, "Start the session").click()
    expect(room.display.locator("header p")).to_contain_text("Presentations")
    expect(composer(panel.rapporteur)).to_be_enabled()
    account.saw("session.segment_began", "Panel presentations")
    account.saw_with_it("session.started")
    for person in PANELLISTS:
        name = panel.server.person(person).name
        expect(rows(room.moderator).first).to_have_text(name)
        button(room.moderator, f"Give the floor to {name}").click()
        panel.speaks(person, "Presentation")
        point = f"What {name} presented."
        panel.note("1", "To the person", point)
        account.noted("Key point", *panel.named(person), point, under=name)
    panel.note("3", "Not attributed", NOT_ATTRIBUTED)
    account.noted_apart("Challenge", NOT_ATTRIBUTED)
    button(room.moderator, "End").click()
    account.end_segment()


def discuss(panel: Panel) -> None:
    """Open the list; both ask from their phones, and the first is heard and noted down."""
    room, account = panel.room, panel.account
    button(room.moderator, "Discussion").click()
    expect(room.display.locator("header p")).to_contain_text("Discussion")
    account.saw("session.segment_began", "Interactive discussion")
    button(room.moderator, "Open the list").click()
    expect(button(room.phone, "Request the floor")).to_be_visible()
    account.saw("list.opened")
    for phone, place, topic in ((room.phone, "1st", "Consultation"), (room.other_phone, "2nd", "Data")):
        phone.get_by_label("Topic").fill(topic)
        button(phone, "Request the floor").click()
        expect(state(phone).locator(".number, h2").first).to_contain_text(re.compile(f"{place}|Get ready"))
    button(room.moderator, f"Give the floor to {room.speaker.name}").click()
    panel.speaks(room.speaker.id, "Statement", "Consultation")
    panel.note("R", "To the organisation", IDEA)
    organisation = panel.organisation(room.speaker.id)
    account.noted("Idea for a recommendation", organisation, IDEA, under=organisation)


def hear_a_point_of_order(panel: Panel) -> None:
    room = panel.room
    organisation = panel.organisation(room.objector.id)
    room.other_phone.get_by_text("Point of order, right of reply").click()
    button(room.other_phone, "Point of order").click()
    order = room.moderator.locator("point-of-order")
    button(order, "Give the floor").click()
    panel.speaks(room.objector.id, "Point of order")
    button(order, "Not sustained").click()
    expect(order.get_by_role("button")).to_have_count(0)
    panel.account.saw("request.ruled", "Not sustained", organisation)
    button(room.moderator, f"Give the floor back to {room.speaker.name}").click()
    room.all_show(room.speaker.name)
    expect(room.other_phone.locator("participant-page")).to_contain_text("Not sustained")


def propose_and_revise(panel: Panel) -> str:
    """Make a recommendation of the note, and revise it; return what it is called."""
    desk, account = panel.rapporteur, panel.account
    block(desk, IDEA).get_by_role("button", name="Actions").click()
    desk.get_by_role("menuitem", name="Make a recommendation").click()
    desk.get_by_label("Title").fill(TEXT["title"])
    desk.get_by_role("button", name="Propose").click()
    card = desk.locator("recommendation-card")
    texts = panel.room.phone.locator("participant-texts")
    expect(texts).to_contain_text("version 1")
    expect(texts).to_contain_text(IDEA)
    symbol = card.locator("h3").inner_text()
    account.saw("recommendation.proposed", symbol, TEXT["title"], "version 1", IDEA)
    expect(block(desk, IDEA)).to_contain_text(symbol)
    account.became(IDEA, symbol)
    card.get_by_role("button", name="Revise").click()
    desk.locator("recommendation-editor textarea").fill(TEXT["text"])
    desk.get_by_role("button", name="Make version 2").click()
    expect(texts).to_contain_text("version 2")
    expect(texts).to_contain_text(TEXT["text"])
    account.saw("recommendation.revised", symbol, TEXT["title"], "version 2", TEXT["text"])
    set_status(panel, symbol, "Under discussion")
    return f"Recommendation {symbol}, version 2"


def set_status(panel: Panel, symbol: str, status: str) -> None:
    desk = panel.rapporteur
    button(desk.locator("recommendation-card"), "Status of").click()
    desk.get_by_role("menuitemradio", name=status).click()
    expect(panel.room.phone.locator("participant-texts")).to_contain_text(f"version 2 · {status}", ignore_case=True)
    panel.account.saw("recommendation.status_changed", symbol, status, "version 2")


def ask_for_support(panel: Panel, about: str) -> None:
    """Open a poll on the version that stands, have everybody answer, close it, and show what came of it."""
    room, account = panel.room, panel.account
    room.moderator.locator("#polls-button").click()
    button(room.moderator.locator("text-card"), f"Poll on this version: {about}").click()
    button(room.moderator.get_by_role("dialog"), "Open on version 2").click()
    card = room.moderator.locator("poll-card")
    button(card, "Show in the room").click()
    expect(room.display.locator("room-poll h2")).to_have_text(about)
    expect(room.display.locator("room-poll .fitted")).to_have_text(TEXT["text"])
    expect(room.display.locator("room-poll .count")).to_contain_text("0 of 31 delegations have answered")
    account.saw("poll.opened", about, "31 delegations")
    answer_from_the_phones(room)
    everybody_else_answers(panel)
    expect(room.display.locator("room-poll .count")).to_contain_text("31 of 31 delegations have answered")
    button(card, "Close the poll").click()
    button(card, "Close it").click()
    dialog = room.moderator.get_by_role("dialog", name="What follows from it?")
    expect(dialog).to_be_visible()
    account.saw("poll.closed", about, "31 of 31 have answered", *result(card))
    dialog.get_by_label("Outcome").fill(OUTCOME)
    button(dialog, "Save the outcome").click()
    expect(card).to_contain_text(OUTCOME)
    account.saw("poll.outcome_set", about, OUTCOME)
    button(card, "Show the result").click()
    expect(room.display.locator("room-poll .room-outcome")).to_have_text(OUTCOME)
    assert result(room.display) == result(room.phone.locator("participant-poll")) == result(card) == EXPECTED
    button(card, "Publish").click()
    expect(card.locator("[data-status=published]")).to_be_visible()
    account.saw("poll.published", about)
    set_status(panel, about.split()[1].rstrip(","), "Broad support")


def answer_from_the_phones(room: Room) -> None:
    """Answer from both; whoever has the floor, or has it next, is not disturbed until they ask for the poll."""
    phones = {"state-e": room.phone, "state-b": room.other_phone}
    for phone in phones.values():
        button(phone, "Show the poll").click()
        expect(phone.get_by_role("radio").first).to_be_attached()
    room.phone.wait_for_timeout(STILL_MS)  # a tap too early chooses without sending
    for delegation, phone in phones.items():
        phone.get_by_role("radio", name=OPTIONS[POLL["ballots"][delegation]], exact=True).click()
        expect(phone.locator("participant-poll .saved")).to_be_visible()


def everybody_else_answers(panel: Panel) -> None:
    """Answer for the delegations that have no screen here, as the sample says, several at once."""
    room, server = panel.room, panel.server
    (poll,) = room.moderator.evaluate("document.querySelector('moderator-page').session.get('polls').open")
    of_delegation = {
        person["delegation"]: person["id"]
        for person in reversed(server.links["people"])
        if person["role"] in {"participant", "panellist"}
    }

    def answer(delegation: str) -> None:
        token = sign_in(server.base_url, server.person(of_delegation[delegation]))
        client = Client(server.base_url, token, SESSION).connect()
        client.do("poll.vote", {"poll": poll, "option": POLL["ballots"][delegation]})
        client.close()

    with ThreadPoolExecutor(AT_ONCE) as others:
        [*others.map(answer, POLL["ballots"].keys() - {"state-e", "state-b"})]


def result(place: Page | Locator) -> list[str]:
    """Return the result of the poll as it is shown there: each answer and its number; phones mark the one given on them."""
    labels, counts = place.locator(".bar-label"), place.locator(".bar-number b")
    expect(counts).to_have_count(len(OPTIONS))
    answers = [label.removesuffix("(your answer)").strip() for label in labels.all_inner_texts()]
    return [f"{label} {count}" for label, count in zip(answers, counts.all_inner_texts(), strict=True)]


def hear_the_other_and_release_the_notes(panel: Panel) -> None:
    room, desk = panel.room, panel.rapporteur
    button(room.moderator.locator("poll-card"), "On the room display").click()
    room.moderator.locator("#polls-button").click()
    button(room.moderator, f"Give the floor to {room.objector.name}").click()
    panel.speaks(room.objector.id, "Statement", "Data")
    organisation, said = panel.organisation(room.objector.id), "Common data help all."
    panel.note("2", "To the organisation", said)
    panel.account.noted("Good practice", organisation, said, under=organisation)
    button(room.moderator, "End").click()
    for group in desk.locator("rapporteur-stream .group").filter(has=desk.locator("note-block")).all():
        group.get_by_role("button", name="Notes on").click()
        desk.get_by_role("menuitem", name="to everybody").click()
    expect(room.phone.locator("participant-texts")).to_contain_text(f"Notes of the session · {len(PANELLISTS) + 3}")


def reply_and_close(panel: Panel) -> None:
    """Have the panellists reply; what is noted down now is not released."""
    room, account = panel.room, panel.account
    button(room.moderator, "Replies").click()
    expect(room.display.locator("header p")).to_contain_text("Replies")
    account.saw("session.segment_began", "Panellists’ replies")
    for person in PANELLISTS:
        button(room.moderator, f"Give the floor to {panel.server.person(person).name}").click()
        panel.speaks(person, "Panellist’s reply")
    panel.note("1", "To the person", FOR_STAFF_ALONE)
    room.moderator.locator("session-menu .status").click()
    room.moderator.get_by_role("menuitem", name="Close the session").click()
    button(room.moderator.get_by_role("dialog"), "Close the session").click()
    for page in (room.phone, room.other_phone):
        expect(page.locator("participant-page")).to_contain_text("This session is over")
    expect(room.display.locator("header p")).to_contain_text("Closed")
    account.saw("list.closed")
    account.saw_with_it("session.closed")


def download(panel: Panel, folder: Path) -> dict[str, bytes]:
    """Return the transcript in each format, as the secretariat gets it by a click."""
    page, saved = panel.room.secretariat, {}
    page.reload()
    session = page.locator(".desk-sessions li").filter(has=page.locator(f'a[href="/sessions/{SESSION}/moderator"]'))
    expect(session).to_contain_text("Closed")
    for format_ in ("JSON", "HTML", "MD", "CSV"):
        with page.expect_download() as downloading:
            session.get_by_role("link", name=format_, exact=True).click()
        path = folder / downloading.value.suggested_filename
        downloading.value.save_as(path)
        saved[format_] = path.read_bytes()
    return saved


def compare(panel: Panel, saved: dict[str, bytes]) -> None:
    """Compare each format, read back, with what was seen, line by line."""
    lines = panel.account.lines
    assert in_json(saved["JSON"]) == lines
    assert in_csv(saved["CSV"]) == lines
    assert in_html(saved["HTML"], lines) == lines
    assert in_markdown(saved["MD"], lines) == lines
    assert panel.account.not_when_seen(json_value(saved["JSON"])["transcript"]) == []


def compare_answers(saved: dict[str, bytes]) -> None:
    """Compare the answers, by delegation, where a format tells them; and what was made of which note."""
    record, table = json_value(saved["JSON"]), csv_rows(saved["CSV"])
    (poll,) = record["polls"]
    assert poll["tally"] == poll["total"] == POLL["expected_counts"]
    assert {answer["delegation"]: answer["option"] for answer in poll["answers"]} == POLL["ballots"]
    assert {row["id"]: row["option"] for row in table if row["entry"] == "answer"} == POLL["ballots"]
    (recommendation,) = record["recommendations"]
    made_of: dict[str, Any] = next(note for note in record["notes"] if note["id"] == recommendation["note"])
    assert made_of["text"] == IDEA
    (proposed,) = (row for row in table if row["entry"] == "recommendation" and row["of"])
    assert proposed["of"] == made_of["id"]


def nothing_is_told_that_must_not_be(panel: Panel, saved: dict[str, bytes]) -> None:
    """Look in the bytes of each format for the names of those who are not named, and for the note that stayed with staff."""
    names = [link.name for link in panel.server.people("participant")]
    found = [
        (format_, text)
        for format_, written in saved.items()
        for text in (*names, FOR_STAFF_ALONE)
        if text in written.decode("utf-8-sig").replace("\\", "")
    ]
    assert found == []


def the_head_of_the_journal_stands_on_each(panel: Panel, saved: dict[str, bytes]) -> None:
    command = [sys.executable, "-m", "companion", "verify", str(panel.server.database)]
    verified = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(rf"^session {SESSION}: (\d+) entries, head (\w+)$", verified.stdout, re.MULTILINE)
    assert found is not None
    seq, chain = found.groups()
    assert json_value(saved["JSON"])["head"] == {"seq": int(seq), "chain": chain}
    assert {row["journal_head"] for row in csv_rows(saved["CSV"])} == {f"{seq}:{chain}"}
    for text in (Parsed(saved["HTML"].decode()).text, saved["MD"].decode()):
        assert re.search(rf"entry {seq}\W+{chain}\b", text)
