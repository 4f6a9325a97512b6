"""A minute without a connection, a reload and a killed server, while a rapporteur goes on typing."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.notes.conftest import Lay
from tests.browser.notes.desk import House, Typist, begun, block, composer, notes
from tests.browser.screens import Screens
from tests.journeys.server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.long]

OUTAGE_SECONDS = 60
BETWEEN_NOTES_SECONDS = 5


@pytest.fixture
def frail(tmp_path: Path) -> Iterator[House]:
    """Run a server of its own, which a test may kill."""
    server = DemoServer(tmp_path).start()
    house = begun(server, server.session)
    yield house
    house.moderator.close()
    server.stop()


def test_notes_typed_through_an_outage_a_reload_and_a_killed_server_are_all_there_once(
    frail: House, cut: Lay, screens: Screens
) -> None:
    screens.may_lose_the_network = True
    road, server = cut(frail), frail.server
    spoken = frail.give("p09")
    page = frail.desk(screens, base_url=road.base_url)
    typist = Typist(page, spoken)
    typist.note("Before the outage.")
    typist.saved()

    road.cut()
    began = time.monotonic()
    while time.monotonic() - began < OUTAGE_SECONDS:
        typist.note(f"Typed while nothing went through, {len(typist.expected)}.")
        page.wait_for_timeout(BETWEEN_NOTES_SECONDS * 1_000)  # typing takes its time
    expect(page.locator("saved-chip")).to_contain_text("changes not yet saved")
    expect(block(page, "Typed while").locator(".state")).to_have_text("not yet saved")
    typist.adds_to("Before the outage.", " And changed in it.")
    typist.leaves_unfinished("Half a sentence when the page")
    road.mend()
    page.reload()
    expect(composer(page)).to_be_enabled()
    typist.saved()

    typist.intervention = frail.give("p10")
    expect(page.locator(f'[data-intervention="{typist.intervention}"]')).to_be_visible()
    typist.note("The next speaker has the floor.")
    server.kill()
    for number in range(3):
        typist.note(f"Typed while the server lay dead, {number}.")
    typist.adds_to("The next speaker", " Still.")
    server.start()
    typist.saved()

    reader = frail.join("p05")
    kept = [(note["text"], note["intervention"]) for note in notes(reader.map)]
    reader.close()
    assert kept == typist.expected
    expect(page.locator("note-block .conflict")).to_have_count(0)
    command = [sys.executable, "-m", "companion", "verify", str(server.database)]
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 0
