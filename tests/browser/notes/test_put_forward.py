"""Participants propose, amend and say where they stand; the rapporteur takes it in, and another session takes it up."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.notes.conftest import Lay
from tests.browser.notes.desk import House
from tests.browser.screens import PHONE, PROJECTOR, TABLET, Screens, button, wait_until_ready
from tests.journeys.client import Client

pytestmark = pytest.mark.browser

PARTICIPANT, OTHER = "p35", "p37"
TEXT = "States should [soon] report every year."


def open_to_all(house: House) -> None:
    """Let the participants of the session propose, and take positions."""
    secretary = house.join(house.server.people("secretariat")[0].id)
    secretary.do("session.settings", {"participants_may_propose": True, "participants_may_take_positions": True})
    secretary.close()


def proposed(house: House, text: str = TEXT) -> str:
    answer = house.moderator.do("recommendation.propose", {"text": text, "title": "Reports"})
    return str(answer["result"]["recommendation"])


def phone(house: House, screens: Screens, person: str = PARTICIPANT, base_url: str | None = None) -> Page:
    """Return a phone on which the texts under discussion are unfolded."""
    url = f"{base_url or house.server.base_url}/sessions/{house.session}/participant"
    page = screens.open(house.server.person(person), PHONE, url)
    wait_until_ready(page)
    page.locator("summary", has_text="Texts under discussion").click()
    return page


def opened(page: Page, symbol: str) -> Locator:
    """Return the details of a recommendation, opened on the rapporteur's screen."""
    button(page, f"Details: {symbol}").click()
    return page.locator("recommendation-details dialog")


def value(client: Client, recommendation: str) -> dict[str, Any]:
    found: dict[str, Any] = client.map[f"recommendation/{recommendation}"]
    return found


def test_an_amendment_from_a_phone_is_taken_in_and_everybody_reads_what_changed(house: House, screens: Screens) -> None:
    open_to_all(house)
    made = proposed(house)
    symbol = value(house.moderator, made)["symbol"]
    page, mine, other = house.desk(screens), phone(house, screens), phone(house, screens, OTHER)
    display = screens.open(
        house.server.people("display")[0], PROJECTOR, f"{house.server.base_url}/sessions/{house.session}/display"
    )
    house.moderator.do("display.show", {"what": "recommendation", "ref": made})
    expect(display.locator(".bracketed")).to_have_text("[soon]")

    button(mine, "Propose an amendment").click()
    field = mine.locator("participant-proposal textarea")
    field.fill("States should report every year")
    expect(mine.locator("participant-proposal del").first).to_contain_text("[soon]")
    field.fill("States should [soon report every second year.")
    expect(mine.locator("participant-proposal .hint")).to_have_text("A square bracket is opened and not closed.")
    field.fill("States should report every second year.")
    mine.get_by_role("button", name="Propose", exact=True).click()
    expect(field).to_have_count(0)
    house.moderator.wait_until(lambda map_: bool(map_[f"recommendation/{made}"]["amendments"]))
    (amendment,) = value(house.moderator, made)["amendments"]
    assert (amendment["by"], amendment["state"], amendment["version"]) == (PARTICIPANT, "open", 1)
    mine.locator("summary", has_text="Amendments").click()
    expect(mine.locator(".amendments li")).to_contain_text("Yours")
    other.locator("summary", has_text="Amendments").click()
    expect(other.locator(".amendments li ins")).to_contain_text("second")
    assert PARTICIPANT not in other.locator(".amendments").inner_html()

    expect(page.locator("recommendation-card")).to_contain_text("1 amendment to answer")
    details = opened(page, symbol)
    expect(details.locator("amendment-list ins")).to_contain_text("second")
    details.get_by_role("button", name="Take in").click()
    editor = page.locator("recommendation-editor")
    expect(editor.locator("textarea")).to_have_value("States should report every second year.")
    editor.get_by_role("button", name="Make version 2").click()
    expect(details.locator("amendment-list li")).to_contain_text("taken in by version 2")
    expect(details.locator("version-history del").first).to_contain_text("[soon]")
    standing = house.moderator.wait_until(lambda map_: map_[f"recommendation/{made}"]["version"] == 2)
    assert standing[f"recommendation/{made}"]["amendments"][0]["taken_in"] == 2
    for reader in (mine, other):
        expect(reader.locator("participant-recommendation h2")).to_contain_text("version 2")
        reader.locator("summary", has_text="What changed since version 1").click()
        expect(reader.locator("details.inner[open] ins").first).to_contain_text("second")
    expect(display.locator("room-text")).to_contain_text("version 2")
    expect(display.locator(".bracketed")).to_have_count(0)


def test_a_position_is_stated_changed_on_the_next_version_and_taken_back(house: House, screens: Screens) -> None:
    open_to_all(house)
    made = proposed(house)
    page, mine = house.desk(screens), phone(house, screens)
    details = opened(page, value(house.moderator, made)["symbol"])
    expect(details).to_contain_text("Nobody has stated a position.")
    button(mine, "State your position").click()
    mine.get_by_label("reserves its position").check()
    mine.get_by_label("In your words").fill("On the word “soon”.")
    button(mine, "State it").click()
    own = mine.locator(".own-position")
    expect(own).to_contain_text("Your position: reserves its position")
    expect(details.locator("position-list li")).to_contain_text("On the word “soon”.")
    house.moderator.do(
        "recommendation.revise", {"recommendation": made, "text": "Report every year."}, expect={"version": 1}
    )
    expect(own).to_contain_text("on version 1")
    expect(details.locator("position-list li")).to_contain_text("on version 1")
    button(own, "Change your position").click()
    mine.get_by_label("supports it").check()
    mine.get_by_label("In your words").fill("")
    button(mine, "State it").click()
    expect(details.locator("position-list li")).to_contain_text("supports it")
    button(own, "Take it back").click()
    expect(details).to_contain_text("Nobody has stated a position.")
    expect(button(own, "State your position")).to_be_visible()


def test_a_proposal_that_was_written_in_an_outage_arrives_after_it(house: House, cut: Lay, screens: Screens) -> None:
    screens.may_lose_the_network = True
    open_to_all(house)
    proposed(house)
    road = cut(house)
    mine = phone(house, screens, base_url=road.base_url)
    road.cut()
    button(mine, "Propose a recommendation").click()
    form = mine.locator("participant-texts > details > participant-proposal")
    form.get_by_label("Title").fill("Data")
    form.get_by_label("Text").fill("Share the data.")
    form.get_by_role("button", name="Propose", exact=True).click()
    expect(form).to_contain_text("Not yet saved")
    road.mend()
    expect(form).not_to_contain_text("Not yet saved", timeout=30_000)
    map_ = house.moderator.wait_until(
        lambda map_: any(
            value["text"] == "Share the data." for key, value in map_.items() if key.startswith("recomm") and "/" in key
        )
    )
    ours = next(each for key, each in map_.items() if key.startswith("recommendation/") and each["title"] == "Data")
    assert (ours["by"], ours["proposed_by"]["organisation"]) != (None, None)
    assert ours["by"] == PARTICIPANT


def test_nothing_is_offered_to_participants_where_the_session_does_not_let_them(house: House, screens: Screens) -> None:
    proposed(house)
    mine = phone(house, screens)
    expect(mine.locator("participant-recommendation")).to_contain_text("States should")
    expect(mine.get_by_role("button", name=re.compile("Propose|position"))).to_have_count(0)
    open_to_all(house)
    expect(button(mine, "Propose an amendment")).to_be_visible()
    expect(button(mine, "State your position")).to_be_visible()


def test_the_moderator_moves_a_text_on_the_board_and_is_told_why_brackets_are_not_agreed(
    house: House, screens: Screens
) -> None:
    made = proposed(house)
    page = screens.enter(house.server.people("moderator")[0], TABLET, f"/sessions/{house.session}/moderator")
    wait_until_ready(page)
    page.locator("#polls-button").click()
    button(page, "Board").click()
    board = page.locator("dialog.board")
    card = board.locator("board-card")
    expect(board.locator("section[data-status=proposed] board-card")).to_contain_text("has square brackets")
    card.get_by_role("button", name="Status").click()
    page.get_by_role("menuitemradio", name="agreed ad referendum").click()
    expect(page.locator(".toast")).to_contain_text("has no square brackets")
    card.get_by_role("button", name="Status").press("Enter")
    page.get_by_role("menuitemradio", name="under discussion").press("Enter")
    expect(board.locator("section[data-status=under_discussion] board-card")).to_have_count(1)
    expect(card.get_by_role("button", name="Status")).to_be_focused()
    house.moderator.wait_until(lambda map_: map_[f"recommendation/{made}"]["status"] == "under_discussion")
    card.get_by_role("button", name="Details").click()
    button(page, "Write an amendment down").click()
    page.locator("recommendation-editor textarea").fill("States should report every year.")
    button(page, "Propose the amendment").click()
    expect(page.locator("amendment-list li")).to_contain_text("the rapporteurs")
    button(page, "Set aside").click()
    expect(page.locator("amendment-list li")).to_contain_text("set aside")


def test_a_recommendation_is_brought_into_another_session_which_is_told_when_it_goes_on_there(
    house: House, screens: Screens
) -> None:
    made = proposed(house, "Share what was [soon] learnt.")
    later = next(each for each in reversed(house.server.sessions) if each != house.session)
    url = f"{house.server.base_url}/sessions/{later}/rapporteur"
    page = screens.open(house.server.person("p03"), TABLET, url)
    button(page, "Board").click()
    button(page, "Bring from another session").click()
    symbol = value(house.moderator, made)["symbol"]
    expect(page.locator("bring-dialog")).to_contain_text("Share what was")
    button(page, f"Bring {symbol}, version 1").click()
    expect(page.locator("bring-dialog")).to_contain_text("Here already, in version 1.")
    page.locator("bring-dialog").get_by_role("button", name="Close").click()
    board = page.locator("dialog.board")
    card = board.locator("board-card").filter(has_text="Share what was")
    expect(card).to_have_count(1)
    house.moderator.do(
        "recommendation.revise", {"recommendation": made, "text": "Share what was learnt."}, expect={"version": 1}
    )
    board.get_by_role("button", name="Close").click()
    button(page, "Board").click()
    expect(card).to_contain_text("version 2 stands where it came from")
    card.get_by_role("button", name="Details").click()
    expect(page.locator("recommendation-chain")).to_contain_text("Version 1 of another session")
    button(page, "Revise after it").click()
    expect(page.locator("recommendation-editor textarea")).to_have_value("Share what was learnt.")
    button(page, "Make version 2").click()
    expect(page.locator("recommendation-details .words")).to_have_text("Share what was learnt.")


def test_the_chain_leads_back_to_the_note_and_to_what_was_said(house: House, screens: Screens) -> None:
    given = house.give("p09")
    page = house.desk(screens)
    note = house.moderator  # the moderator reads the same map as the rapporteur
    rapporteur = house.join("p03")
    rapporteur.do(
        "note.add", {"note": "note-of-p09", "kind": "recommendation_idea", "text": "Report.", "intervention": given}
    )
    made = rapporteur.do("recommendation.propose", {"text": "Report every year.", "note": "note-of-p09"})
    rapporteur.close()
    key = f"recommendation/{made['result']['recommendation']}"
    symbol = note.wait_until(lambda map_: key in map_)[key]["symbol"]
    details = opened(page, symbol)
    chain = details.locator("recommendation-chain li")
    expect(chain).to_have_count(3)
    chain.nth(1).get_by_role("button", name="Note").click()
    expect(details).to_be_hidden()
    expect(page.locator("note-block textarea").first).to_be_focused()
