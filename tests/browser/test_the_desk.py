"""The secretariat's desk in a real browser: a name put right while it is shown, a guest signed out; and how guests come in."""

import re
from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Locator, Page, Request, expect

from tests.accessibility.looking import Looking
from tests.browser.screens import LAPTOP, PHONE, TABLET, Screens, wait_until_ready
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """Start a server of our own: what is put right here is otherwise in all sessions."""
    running = DemoServer(tmp_path_factory.mktemp("desk")).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def moderator(server: DemoServer) -> Iterator[Client]:
    """Open the first session and its list, as its moderator."""
    token = sign_in(server.base_url, server.people("moderator")[0])
    client = Client(server.base_url, token, server.session).connect()
    client.do("session.start")
    client.do("list.open")
    yield client
    client.close()


def desk(screens: Screens, server: DemoServer) -> Page:
    page = screens.enter(server.people("secretariat")[0], LAPTOP, "/secretariat")
    expect(page.locator(".desk-people tbody tr").first).to_be_visible()
    return page


def opened(page: Page, name: str) -> Locator:
    """Return the dialog of a person."""
    page.get_by_label("Search people").fill(name)
    page.get_by_role("button", name=f"{name}: put right").click()
    return page.get_by_role("dialog", name=name)


def at_the_door(screens: Screens, server: DemoServer, code: str) -> Page:
    page = screens.stranger(PHONE)
    page.goto(f"{server.base_url}/?code={code}")
    return page


def test_a_participant_is_made_a_rapporteur_and_goes_on_at_their_own_screen(
    server: DemoServer, moderator: Client, screens: Screens
) -> None:
    assert moderator.map["session"]["status"] == "open"
    person = server.person("p41")
    phone = screens.enter(person, PHONE, f"/sessions/{server.session}/participant")
    wait_until_ready(phone)
    secretariat = desk(screens, server)
    dialog = opened(secretariat, person.name)
    dialog.get_by_label("Role").select_option("Rapporteur")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(secretariat.locator(".desk-people tbody tr").first).to_contain_text("Rapporteur")
    expect(phone).to_have_url(f"{server.base_url}/sessions/{server.session}/rapporteur")
    expect(phone.locator("note-composer textarea")).to_be_visible()
    expect(phone.locator(".toast")).to_have_text("Your role has been changed: Rapporteur.")
    # What is being typed is not taken away where the page can stay.
    phone.locator("note-composer textarea").fill("A note that")
    dialog = opened(secretariat, person.name)
    dialog.get_by_label("Role").select_option("Secretariat")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(phone.locator("new-role")).to_contain_text("Your role has been changed: Secretariat.")
    expect(phone.locator("note-composer textarea")).to_have_value("A note that")
    phone.get_by_role("link", name="Go to your screen").click()
    expect(phone).to_have_url(f"{server.base_url}/sessions/{server.session}/moderator")
    own = opened(secretariat, server.people("secretariat")[0].name)
    expect(own.get_by_label("Role")).to_be_disabled()


def test_a_misspelt_name_is_put_right_on_all_screens_at_once_and_in_the_record(
    server: DemoServer, moderator: Client, screens: Screens
) -> None:
    speaker = server.person("p09")
    asked = moderator.do("floor.request", {"kind": "statement", "person": speaker.id})["result"]["request"]
    moderator.on_the_floor("floor.give", {"request": asked})
    display = screens.enter(server.people("display")[0], LAPTOP, f"/sessions/{server.session}/display")
    tablet = screens.enter(server.people("moderator")[0], TABLET, f"/sessions/{server.session}/moderator")
    for page in (display, tablet):
        expect(page.locator("body")).to_contain_text(speaker.name)

    secretariat = desk(screens, server)
    dialog = opened(secretariat, speaker.name)
    name = dialog.get_by_role("textbox", name="Name", exact=True)
    expect(name).to_be_focused()
    name.fill("")
    name.press("Enter")
    expect(name).to_be_focused()
    expect(dialog).to_contain_text("Nobody can be called by an empty name.")
    name.fill(" \u202eZoë Ångström ")
    dialog.get_by_label("Speaks").select_option("fr")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    for page in (display, tablet):
        expect(page.locator("body")).to_contain_text("Zoë Ångström")
    expect(secretariat.locator("secretariat-people")).not_to_contain_text(speaker.name)

    token = sign_in(server.base_url, server.people("secretariat")[0])
    record = requests.get(
        f"{server.base_url}/api/sessions/{server.session}/events",
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    ).text
    assert '"person.corrected"' in record
    assert "Zoë Ångström" in record
    later = Client(server.base_url, sign_in(server.base_url, speaker), server.sessions[3]).connect()
    assert (later.map["me/person"]["name"], later.map["me/person"]["language"]) == ("Zoë Ångström", "fr")
    later.close()


def test_of_two_who_put_the_same_name_right_the_second_reads_what_stands_there_and_decides(
    server: DemoServer, screens: Screens
) -> None:
    screens.may_lose_the_network = True  # a refused call stands in the console
    person = server.person("p10")
    first, second = desk(screens, server), desk(screens, server)
    dialogs = [opened(page, person.name) for page in (first, second)]
    for dialog, name in zip(dialogs, ("First", "Second"), strict=True):
        dialog.get_by_role("textbox", name="Name", exact=True).fill(name)
    dialogs[0].get_by_role("button", name="Save").click()
    expect(dialogs[0]).to_have_count(0)
    late = second.locator("secretariat-person dialog")
    late.get_by_role("button", name="Save").click()
    expect(late).to_contain_text("Now: First. Saved again, yours stands instead.")
    expect(late.get_by_role("textbox", name="Name", exact=True)).to_have_value("Second")
    late.get_by_role("button", name="Save").click()
    expect(late).not_to_be_visible()
    first.get_by_label("Search people").fill("Second")
    expect(first.get_by_role("button", name="Second: put right")).to_be_visible()


def test_a_guest_chooses_a_group_comes_in_is_seen_and_is_signed_out(
    server: DemoServer, moderator: Client, screens: Screens
) -> None:
    screens.may_lose_the_network = True  # a call of somebody who was signed out stands in the console
    door = at_the_door(screens, server, server.links["join_code"])
    group = door.get_by_label("Group")
    expect(group).to_be_visible()
    known = {each["id"]: each["name"]["en"] for each in moderator.map["programme"]["groups"]}
    assert group.locator("option").all_inner_texts() == ["not given", *known.values()]
    chosen, called = list(known.items())[-1]
    group.select_option(called)
    door.get_by_label("Your name").fill("Dorra Guest")
    door.get_by_role("radio", name="Remotely").check()
    door.get_by_role("button", name="Join").click()
    door.wait_for_url(re.compile("/sessions/"))

    secretariat = desk(screens, server)
    secretariat.get_by_label("Search people").fill("Dorra")
    row = secretariat.locator(".desk-people tbody tr")
    expect(row).to_contain_text("connected")
    expect(row).to_contain_text(called)
    dialog = opened(secretariat, "Dorra Guest")
    expect(dialog.get_by_label("Group")).to_have_value(chosen)
    dialog.get_by_role("button", name="Sign out").click()
    expect(dialog.get_by_role("button", name="Keep")).to_be_focused()
    dialog.get_by_role("button", name="Sign out everywhere").click()
    expect(dialog).to_contain_text("Signed in nowhere")
    expect(door.locator("body")).to_contain_text("no longer valid")
    door.goto(f"{server.base_url}/go")
    expect(door).to_have_url(f"{server.base_url}/")


def test_a_lost_link_is_made_anew(server: DemoServer, screens: Screens) -> None:
    person = server.person("p11")
    finder = screens.enter(person, PHONE, f"/sessions/{server.session}/participant")
    secretariat = desk(screens, server)
    dialog = opened(secretariat, person.name)
    dialog.get_by_role("button", name="Link lost").click()
    dialog.get_by_role("button", name="Make it anew").click()
    made = secretariat.locator("secretariat-made")
    expect(made).to_contain_text(person.name)
    expect(finder.locator("body")).to_contain_text("no longer valid")
    url = made.get_by_role("textbox").input_value()
    answer = requests.post(f"{server.base_url}/api/redeem", json={"key": url.partition("#")[2]}, timeout=10)
    assert answer.json()["person"] == person.id


def test_a_wrong_code_is_said_at_once_heard_once_and_takes_nobody_away_from_their_name(
    server: DemoServer, screens: Screens
) -> None:
    screens.may_lose_the_network = True  # a refused call stands in the console
    door = screens.stranger(PHONE)
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            asked.append(request.url.removeprefix(server.base_url))

    door.on("request", note)
    door.goto(server.base_url)
    code, name = door.get_by_label("Join code"), door.get_by_label("Your name")
    code.press_sequentially("aaaa aaa")
    assert asked == []
    code.press_sequentially("a")
    name.fill("Dora")
    expect(door.locator("#code-refused")).not_to_be_empty()
    expect(name).to_be_focused()
    expect(door.locator("#group-field")).to_be_hidden()
    door.get_by_role("radio", name="Remotely").check()
    door.get_by_role("button", name="Join").click()
    expect(code).to_be_focused()
    assert asked == ["/api/join/groups"]
    code.fill(server.links["join_code"])
    expect(door.get_by_label("Group")).to_be_visible()
    expect(door.locator("#code-refused")).to_be_empty()
    door.get_by_role("button", name="Join").click()
    door.wait_for_url(re.compile("/sessions/"))


def test_a_recommendation_says_to_whom_it_is_addressed(server: DemoServer, moderator: Client, screens: Screens) -> None:
    group = moderator.map["programme"]["groups"][0]
    page = screens.enter(server.people("rapporteur")[0], LAPTOP, f"/sessions/{server.session}/rapporteur")
    page.get_by_role("button", name="Recommendation", exact=True).click()
    page.get_by_label("Text", exact=True).fill("Report every year.")
    page.get_by_label("Addressees").fill(f" {group['name']['en'].upper()} ; OHCHR;")
    page.get_by_role("button", name="Propose").click()
    card = page.locator("recommendation-card")
    expect(card.locator(".addressees")).to_have_text(re.compile(rf"To:\s+{group['name']['en']} · OHCHR"))
    map_ = moderator.wait_until(lambda map_: any(key.startswith("recommendation/") for key in map_))
    (proposed,) = (value for key, value in map_.items() if key.startswith("recommendation/"))
    assert proposed["addressees"] == [group["id"], "OHCHR"]
    card.get_by_role("button", name="Revise").click()
    field = page.get_by_label("Addressees")
    expect(field).to_have_value(f"{group['name']['en']}; OHCHR")
    field.fill("")
    page.get_by_role("button", name="Make version 2").click()
    key = f"recommendation/{proposed['id']}"
    moderator.wait_until(lambda map_: (map_[key]["version"], map_[key]["addressees"]) == (2, []))
    expect(card.locator(".addressees")).to_have_count(0)


def test_the_dialog_is_open_to_all_in_light_dark_right_to_left_and_on_a_phone(
    server: DemoServer, screens: Screens
) -> None:
    page, looking = desk(screens, server), Looking()
    dialog = opened(page, server.person("p12").name)
    looking.look(page, "a person at the desk")
    dialog.get_by_role("button", name="Link lost").click()
    dialog.get_by_role("textbox", name="Name", exact=True).fill("")
    dialog.get_by_role("button", name="Save").click()
    looking.look(page, "a person at the desk, refused and asked")
    looking.assert_nothing_wrong()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("put right")).first).to_be_focused()
