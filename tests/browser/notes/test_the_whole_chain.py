"""From what was said to what is recommended: two rapporteurs, a note, four versions, two polls, another item; and the record of it."""

from typing import Any

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from tests.browser.notes.conftest import Lay
from tests.browser.notes.desk import House, block, composer, notes, write
from tests.browser.screens import TABLET, Screens, button, wait_until_ready
from tests.journeys.client import Client, sign_in

pytestmark = pytest.mark.browser

# Two of one delegation, one of another: none of them is on the panel.
MEMBER, COLLEAGUE, OTHER = "p35", "p44", "p37"
TOGETHER = "Name focal points, and publish them."
TEXTS = ("Name focal points and publish them.", "Name focal points and publish them every year.")
AFTER_THE_POLL = "Name focal points and publish them every second year."


def typed_together_through_an_outage(house: House, cut: Lay, screens: Screens) -> Page:
    """Have two rapporteurs write into one note, one of them without a connection for a while; return the other's screen."""
    road = cut(house)
    cut_off, page = house.desk(screens, "p04", base_url=road.base_url), house.desk(screens)
    write(page, "Name focal points.")
    house.all_noted(["Name focal points."])
    expect(cut_off.locator("note-block textarea")).to_have_value("Name focal points.")
    road.cut()
    for screen, at in ((cut_off, 0), (page, len("Name focal points"))):
        field = screen.locator("note-block textarea")
        field.focus()
        field.evaluate("(field, at) => field.setSelectionRange(at, at)", at)
    cut_off.keyboard.type("Agreed here: ")
    page.keyboard.type(", and publish them")
    expect(cut_off.locator("note-block .state")).to_have_text("not yet saved")
    road.mend()
    for screen in (page, cut_off):
        expect(screen.locator("note-block textarea")).to_have_value(f"Agreed here: {TOGETHER}", timeout=30_000)
    field = page.locator("note-block textarea")
    field.focus()
    field.evaluate("(field, end) => field.setSelectionRange(0, end)", len("Agreed here: "))
    page.keyboard.press("Delete")
    house.all_noted([TOGETHER])
    return page


def recommended(house: House, page: Page) -> tuple[str, Locator]:
    """Make a recommendation of the note and revise it twice; return it, and its card."""
    block(page, "Name focal").get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Make a recommendation").click()
    page.get_by_role("button", name="Propose").click()
    card = page.locator("recommendation-card")
    expect(card).to_contain_text("proposed")
    for version, text in enumerate(TEXTS, start=2):
        revise(page, card, text, version)
    map_ = house.moderator.wait_until(lambda map_: any(key.startswith("recommendation/") for key in map_))
    return next(key.removeprefix("recommendation/") for key in map_ if key.startswith("recommendation/")), card


def revise(page: Page, card: Locator, text: str, version: int) -> None:
    card.get_by_role("button", name="Revise").click()
    page.locator("recommendation-editor textarea").fill(text)
    page.get_by_role("button", name=f"Make version {version}").click()
    expect(card).to_contain_text(f"version {version}")


class Tablet:
    """The moderator's tablet, with the polls unfolded."""

    def __init__(self, house: House, screens: Screens) -> None:
        self.house = house
        url = f"{house.server.base_url}/sessions/{house.session}/moderator"
        self.page = screens.open(house.server.person("p01"), TABLET, url)
        wait_until_ready(self.page)
        self.page.locator("#polls-button").click()

    def card(self, status: str) -> Locator:
        return self.page.locator("poll-card").filter(has=self.page.locator(f"[data-status={status}]")).first

    def opened(self) -> str:
        expect(self.page.get_by_role("heading", name="Open now")).to_be_visible()
        map_ = self.house.moderator.wait_until(lambda map_: bool(map_["polls"]["open"]))
        return str(map_["polls"]["open"][0])

    def count_hands(self, **hands: str) -> None:
        card = self.card("open")
        for label, count in hands.items():
            card.get_by_label(label.replace("_", " "), exact=True).fill(count)
        button(card, "Save the counts").click()

    def close(self, outcome: str) -> None:
        """Close the open poll and write down what follows from it."""
        button(self.card("open"), "Close the poll").click()
        button(self.card("open"), "Close it").click()
        dialog = self.page.get_by_role("dialog", name="What follows from it?")
        dialog.get_by_label("Outcome").fill(outcome)
        button(dialog, "Save the outcome").click()
        expect(self.card("closed")).to_contain_text(outcome)


def votes(house: House, poll: str, **options: str) -> None:
    for person, option in options.items():
        client = house.join(person)
        client.do("poll.vote", {"poll": poll, "option": option})
        client.close()


def polled_twice(house: House, screens: Screens, page: Page, card: Locator) -> tuple[str, str]:
    """Poll the text by delegation with hands in the room, revise it, and ask again; return both polls."""
    tablet = Tablet(house, screens)
    button(tablet.page.locator("text-card").last, "Poll on this version").click()
    dialog = tablet.page.get_by_role("dialog", name="Indicative poll on")
    dialog.get_by_label("Those in the room raise their hands").check()
    button(dialog, "Open on version 3").click()
    first = tablet.opened()
    votes(house, first, **{MEMBER: "support", COLLEAGUE: "support_with_changes", OTHER: "support"})
    tablet.count_hands(Can_support="8", Cannot_support="4", Present_in_the_room="20")
    tablet.close("The deadline divides the room.")
    revise(page, card, AFTER_THE_POLL, 4)
    button(tablet.card("closed"), "Ask again").click()
    button(tablet.card("drafted"), "Open on version 4").click()
    second = tablet.opened()
    votes(house, second, **{MEMBER: "support", OTHER: "support"})
    tablet.count_hands(Can_support="12", Present_in_the_room="20")
    tablet.close("Broad support.")
    return first, second


def brought(house: House, screens: Screens) -> str:
    """Bring the recommendation into the last item of the workshop from its board; return that session."""
    later = next(each for each in reversed(house.server.sessions) if each != house.session)
    page = screens.open(house.server.person("p03"), TABLET, f"{house.server.base_url}/sessions/{later}/rapporteur")
    expect(composer(page)).to_be_attached()
    button(page, "Board").click()
    button(page, "Bring from another session").click()
    page.locator("bring-dialog").get_by_role("button", name="version 4").click()
    expect(page.locator("bring-dialog")).to_contain_text("Here already, in version 4.")
    return later


def record(house: House, session: str) -> Any:  # noqa: ANN401 (JSON)
    token = sign_in(house.server.base_url, house.server.people("secretariat")[0])
    url = f"{house.server.base_url}/api/sessions/{session}/record.json?notes=all"
    answer = requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert answer.ok, answer.text
    return answer.json()


def test_from_what_was_said_to_what_is_recommended_and_back(house: House, cut: Lay, screens: Screens) -> None:
    screens.may_lose_the_network = True
    secretary: Client = house.join(house.server.people("secretariat")[0].id)
    for person in (MEMBER, COLLEAGUE, OTHER):
        secretary.do("attendance.mark", {"person": person, "attendance": "remote"})
    secretary.close()
    said = house.give("p09")
    page = typed_together_through_an_outage(house, cut, screens)
    (note,) = notes(house.moderator.map)
    made, card = recommended(house, page)
    first, second = polled_twice(house, screens, page, card)
    later = brought(house, screens)

    told = record(house, house.session)
    (intervention,) = [each for each in told["interventions"] if each["id"] == said]
    (noted,) = told["notes"]
    (recommendation,) = told["recommendations"]
    polls = {each["id"]: each for each in told["polls"]}
    # Forwards: what was said, the note, the text in its versions, the polls on two of them, what follows.
    assert intervention["notes"] == [noted["id"]]
    assert (noted["text"], noted["recommendations"]) == (TOGETHER, [recommendation["id"]])
    assert [each["text"] for each in recommendation["versions"]] == [TOGETHER, *TEXTS, AFTER_THE_POLL]
    assert [each["poll"] for each in recommendation["polls"]] == [first, second]
    assert [(polls[each]["version"], polls[each]["round"]) for each in (first, second)] == [(3, 1), (4, 2)]
    assert polls[first]["outcome"] == "The deadline divides the room."
    # Backwards.
    assert (polls[second]["again"], polls[second]["recommendation"]) == (first, made)
    assert (recommendation["note"], recommendation["intervention"]) == (note["id"], said)
    assert (noted["intervention"], intervention["who"]["organisation"]) == (said, "Treaty Body A")
    # What each poll counted: a delegation's last answer, and the hands beside it.
    assert polls[first]["tally"] == {"support": 1, "support_with_changes": 1, "cannot_support": 0, "abstain": 0}
    assert polls[first]["total"] == {"support": 9, "support_with_changes": 1, "cannot_support": 4, "abstain": 0}
    assert polls[second]["total"] == {"support": 14, "support_with_changes": 0, "cannot_support": 0, "abstain": 0}
    # And the other item knows where it comes from.
    (there,) = [each for each in record(house, later)["recommendations"] if each["id"] == made]
    assert (there["brought_from"], [(each["number"], each["text"]) for each in there["versions"]]) == (
        house.session,
        [(4, AFTER_THE_POLL)],
    )
