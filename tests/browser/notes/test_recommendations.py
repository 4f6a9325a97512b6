"""A recommendation on the rapporteur's screen: made from a note, revised, polled, and overtaken by somebody else."""

import pytest
from playwright.sync_api import expect

from tests.browser.notes.conftest import Lay
from tests.browser.notes.desk import House, block, write
from tests.browser.screens import Screens

pytestmark = pytest.mark.browser


def test_a_note_becomes_a_recommendation_is_revised_polled_and_has_an_outcome(house: House, screens: Screens) -> None:
    house.give("p09")
    page, moderator = house.desk(screens), house.moderator
    write(page, "Name focal points and share them.")
    (note,) = house.all_noted(["Name focal points and share them."])
    block(page, "Name focal").get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Make a recommendation").click()
    page.get_by_role("button", name="Propose").click()
    card = page.locator("recommendation-card")
    expect(card).to_contain_text("proposed")
    map_ = moderator.wait_until(lambda map_: any(key.startswith("recommendation/") for key in map_))
    proposed = next(value for key, value in map_.items() if key.startswith("recommendation/"))
    assert (proposed["text"], proposed["note"]) == (note["text"], note["id"])
    expect(page.locator("note-block .tag.now")).to_contain_text(f"{proposed['symbol']}, version 1")

    card.get_by_role("button", name="Revise").click()
    page.locator("recommendation-editor textarea").fill("Name focal points and publish them.")
    expect(page.locator("recommendation-editor del")).to_contain_text("share")
    page.get_by_role("button", name="Make version 2").click()
    expect(card.locator("del")).to_contain_text("share")
    expect(card.locator("ins")).to_contain_text("publish")

    card.get_by_role("button", name="Poll version 2").click()
    expect(card).to_contain_text("A poll is asked for")
    map_ = moderator.wait_until(lambda map_: any(key.startswith("poll/") for key in map_))
    draft = next(value for key, value in map_.items() if key.startswith("poll/"))
    assert (draft["status"], draft["unit"], draft["results"]) == ("drafted", "delegation", "after_close")
    moderator.do("poll.open", {"poll": draft["id"]}, expect={"version": 2})
    voter = house.join("p09")
    voter.do("poll.vote", {"poll": draft["id"], "option": "support"})
    voter.close()
    moderator.do("poll.close", {"poll": draft["id"]}, expect={"poll": draft["id"]})
    expect(card).to_contain_text("Version 2, recorded: Can support 1")
    card.get_by_role("button", name="Write the outcome").click()
    page.locator("outcome-form textarea").fill("Broad support; the moderator will report.")
    page.get_by_role("button", name="Save the outcome").click()
    expect(card).to_contain_text("Broad support; the moderator will report.")
    card.get_by_role("button", name="Status of").click()
    page.get_by_role("menuitemradio", name="broad support").click()
    expect(card).to_contain_text("version 2 · broad support")
    outcome = "Broad support; the moderator will report."
    moderator.wait_until(lambda map_: map_[f"poll/{draft['id']}"]["outcome"] == outcome)


def test_a_revision_that_somebody_else_overtook_is_kept_until_its_writer_decides(
    house: House, cut: Lay, screens: Screens
) -> None:
    screens.may_lose_the_network = True
    road, moderator = cut(house), house.moderator
    made = moderator.do("recommendation.propose", {"text": "Report every year."})["result"]["recommendation"]
    page = house.desk(screens, base_url=road.base_url)
    card = page.locator("recommendation-card")
    road.cut()
    card.get_by_role("button", name="Revise").click()
    page.locator("recommendation-editor textarea").fill("Report every second year.")
    page.get_by_role("button", name="Make version 2").click()
    expect(card.locator("ins")).to_contain_text("second")
    expect(card).to_contain_text("not yet saved")
    moderator.do(
        "recommendation.revise", {"recommendation": made, "text": "Report every month."}, expect={"version": 1}
    )
    road.mend()
    conflict = card.locator(".conflict")
    expect(conflict).to_contain_text("Somebody else has revised it meanwhile")
    conflict.get_by_role("button", name="Keep mine").click()
    expect(page.locator("recommendation-editor textarea")).to_have_value("Report every second year.")
    page.get_by_role("button", name="Make version 3").click()
    house.becomes(f"recommendation/{made}", "Report every second year.")
    expect(conflict).to_have_count(0)
    assert moderator.map[f"recommendation/{made}"]["version"] == 3
