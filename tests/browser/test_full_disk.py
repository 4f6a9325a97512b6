"""The disk of the server fills up in the midst of a panel: everybody is told, nothing is lost, and all goes on by itself."""

from pathlib import Path

import pytest
import requests
from playwright.sync_api import expect

from companion.store.database import open_for_reading
from companion.store.verification import Verified, verify
from tests.browser.screens import PHONE, TABLET, Screens, button, rows, wait_until_ready
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer
from tests.journeys.small_disk import SmallDisk

pytestmark = pytest.mark.browser

ROOM_AGAIN_MS = 15_000


def test_a_full_disk_is_told_and_what_was_asked_meanwhile_is_saved_by_itself(tmp_path: Path, screens: Screens) -> None:
    with SmallDisk(tmp_path / "disk", megabytes=8) as disk:
        server = DemoServer(disk.folder).start()
        try:
            fills_and_has_room_again(server, disk, screens)
        finally:
            screens.close()
            server.stop()
        with open_for_reading(server.database) as db:
            assert isinstance(verify(db, server.session), Verified)


def fills_and_has_room_again(server: DemoServer, disk: SmallDisk, screens: Screens) -> None:
    path, person = f"/sessions/{server.session}", server.person("p36")
    token = sign_in(server.base_url, server.people("moderator")[0])
    desk = Client(server.base_url, token, server.session).connect()
    desk.do("session.start")
    desk.do("list.open")
    moderator = screens.enter(server.people("moderator")[0], TABLET, f"{server.base_url}{path}/moderator")
    phone = screens.enter(person, PHONE, f"{server.base_url}{path}/participant")
    wait_until_ready(moderator, phone)
    disk.fill()
    button(phone, "Request the floor").click()
    for page, where in ((moderator, ".banner"), (phone, "participant-notices")):
        expect(page.locator(where)).to_contain_text("the disk of the server is full")
    expect(phone.get_by_text("1 change not yet saved")).to_be_visible()
    assert desk.wait_for_signal("read_only")["data"] == {"read_only": True}
    refused = desk.send("announce", {"text": "Nobody hears this"})
    assert (refused["ok"], refused["code"]) == (False, "not_recorded")
    assert requests.get(f"{server.base_url}/healthz", timeout=5).json()["status"] == "read_only"
    late = Client(server.base_url, token, server.session).connect()
    assert late.wait_for_signal("read_only")["data"] == {"read_only": True}
    disk.make_room()
    expect(rows(moderator).last).to_have_text(person.name, timeout=ROOM_AGAIN_MS)
    expect(moderator.locator(".banner")).to_have_count(0)
    expect(phone.get_by_text("Connected", exact=True)).to_be_visible()
    assert desk.map["announcement"] is None
    desk.do("announce", {"text": "Everybody hears this"})
    for client in (desk, late):
        client.close()
