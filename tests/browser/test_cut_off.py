"""Cut off in the middle of a panel, in every way at once: everybody is back in place, nothing lost, nothing twice, nothing late."""

import contextlib
import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.conftest import Tell
from tests.browser.screens import (
    PHONE,
    TABLET,
    Screens,
    button,
    on_the_floor,
    rows,
    seconds,
    state,
    wait_until_ready,
)
from tests.journeys.client import Client, sign_in
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer, Link

pytestmark = [pytest.mark.browser, pytest.mark.long]

QUIET_SECONDS = 4
"""When nothing has come for so long, a screen asks; after as long without an answer it says so."""
SLACK_SECONDS = 2
SLOW_WAY_SECONDS = 1.2
ANSWERED_WITHIN_MS = 30_000
ANSWERS_AT_FIRST = 6
"""To the joining and to the clock, before the screen has nothing more to ask."""
WATCH = """
window.watched = { answers: 0, said: [] };
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', ({ data }) => { watched.answers += Number(data.includes('"server_ms"')); });
  }
};
new MutationObserver(() => {
  const said = document.querySelector('.top .tag')?.textContent;
  if (said && said !== watched.said.at(-1)) watched.said.push(said);
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


@dataclass(frozen=True, slots=True)
class Room:
    """A panel under way: one road of its screens will be cut, the other fall silent."""

    server: DemoServer
    cut: ChaosProxy
    silent: ChaosProxy
    speaker: Link
    waiting: Link
    asker: Link
    given: dict[str, Any]
    asking: Page
    speaking: Page
    moderator: Page


@pytest.fixture
def room(tmp_path: Path, screens: Screens) -> Iterator[Room]:
    screens.may_lose_the_network = True
    with ExitStack() as opened:
        server = DemoServer(tmp_path).start()
        opened.callback(server.stop)
        cut, silent = ChaosProxy(server.port).start(), ChaosProxy(server.port).start()
        opened.callback(cut.stop)
        opened.callback(silent.stop)
        speaker, waiting, asker = (server.person(id_) for id_ in ("p36", "p33", "p39"))
        path = f"/sessions/{server.session}"
        room = Room(
            server=server,
            cut=cut,
            silent=silent,
            speaker=speaker,
            waiting=waiting,
            asker=asker,
            given=begin(server, speaker, waiting),
            asking=screens.open(asker, PHONE, f"{cut.base_url}{path}/participant"),
            speaking=screens.open(speaker, PHONE, f"{silent.base_url}{path}/participant"),
            moderator=screens.open(server.people("moderator")[0], TABLET, f"{silent.base_url}{path}/moderator"),
        )
        wait_until_ready(room.asking, room.speaking, room.moderator)
        expect(state(room.speaking).locator("h2")).to_have_text("You have the floor")
        yield room


@pytest.fixture
def slow(server: DemoServer) -> Iterator[ChaosProxy]:
    proxy = ChaosProxy(server.port).start()
    yield proxy
    proxy.stop()


def test_everybody_is_back_in_place_after_an_outage(room: Room, tell: Tell) -> None:
    fell_silent = time.monotonic()
    lose_the_connection(room)
    noticed = the_silence_is_noticed(room) - fell_silent
    room.server.kill()
    room.server.start()
    the_request_arrives_from_a_new_page(room)
    back = the_silence_is_left(room)
    tell(f"black hole: said after {noticed:.1f} s; back {back:.1f} s after it was mended")
    assert noticed < QUIET_SECONDS * 2 + SLACK_SECONDS
    everybody_is_where_they_were(room)
    the_panel_goes_on(room)


def test_a_slow_road_is_not_taken_for_a_silent_one(server: DemoServer, slow: ChaosProxy, screens: Screens) -> None:
    url = f"{slow.base_url}/sessions/{server.session}/participant"
    page = screens.open(server.person("p36"), PHONE, url, before=WATCH)
    page.wait_for_function(f"() => watched.answers >= {ANSWERS_AT_FIRST}")
    slow.delay_seconds = SLOW_WAY_SECONDS
    answers = page.evaluate("watched.answers")
    page.wait_for_function(f"() => watched.answers >= {answers} + 2", timeout=ANSWERED_WITHIN_MS)
    assert page.evaluate("watched.said") == ["Connecting …", "Connected"]
    page.close()


def lose_the_connection(room: Room) -> None:
    """Cut one road and silence the other: the moderator's tap goes nowhere, the request is kept, also by a lost page."""
    room.cut.cut()
    room.silent.fall_silent()
    room.asking.get_by_label("Topic").fill("Remedy")
    button(room.asking, "Request the floor").click()
    expect(room.asking.get_by_text("1 change not yet saved")).to_be_visible()
    expect(button(room.asking, "Asking")).to_have_attribute("aria-disabled", "true")
    button(room.moderator, f"Give the floor to {room.waiting.name}").click()
    expect(room.moderator.locator(".toast")).to_have_text("Not confirmed. Tap again: it cannot happen twice.")
    with pytest.raises(Error, match="net::ERR"):
        room.asking.reload()


def the_request_arrives_from_a_new_page(room: Room) -> None:
    room.cut.mend()
    room.asking.goto(f"{room.cut.base_url}/sessions/{room.server.session}/participant")
    expect(state(room.asking)).to_contain_text("2 before you")
    expect(room.asking.get_by_text("Connected", exact=True)).to_be_visible()


def the_silence_is_noticed(room: Room) -> float:
    """Return when the silence was said."""
    expect(room.moderator.locator(".banner")).to_contain_text("Reconnecting")
    noticed = time.monotonic()
    expect(room.speaking.locator("participant-notices")).to_contain_text("Your place is kept")
    return noticed


def the_silence_is_left(room: Room) -> float:
    """Return after how many seconds the screens are back."""
    room.silent.mend()
    mended = time.monotonic()
    expect(room.moderator.locator(".banner")).to_have_count(0)
    expect(room.speaking.get_by_text("Connected", exact=True)).to_be_visible()
    return time.monotonic() - mended


def everybody_is_where_they_were(room: Room) -> None:
    """Check the list, the floor and the clock; the tap was not sent late, and the request not twice."""
    expect(rows(room.moderator)).to_have_text([room.waiting.name, room.asker.name])
    expect(on_the_floor(room.moderator)).to_have_text(room.speaker.name)
    expect(state(room.speaking).locator("h2")).to_have_text("You have the floor")
    clock = room.speaking.locator("participant-floor speaking-clock").inner_text()
    assert abs(seconds(clock) - left(room.given)) <= 1
    button(room.moderator, "Pause").click()
    expect(state(room.speaking)).to_contain_text("Your clock stands.")
    assert journal(room.server, "floor.given") == ["p02"]
    assert journal(room.server, "request.made") == [room.speaker.id, room.waiting.id, room.asker.id]


def the_panel_goes_on(room: Room) -> None:
    button(room.moderator, f"Give the floor to {room.waiting.name}").click()
    expect(on_the_floor(room.moderator)).to_have_text(room.waiting.name)
    expect(state(room.asking)).to_contain_text("You are next")
    expect(room.speaking.get_by_text("You spoke for")).to_be_visible()


def begin(server: DemoServer, speaker: Link, waiting: Link) -> dict[str, Any]:
    """Give the floor to one, put the other on the list, and return the intervention."""
    people = [server.person("p02"), speaker, waiting]
    desk, *others = (Client(server.base_url, sign_in(server.base_url, link), server.session) for link in people)
    desk.connect().do("session.start")
    desk.do("session.segment", {"segment": desk.map["programme"]["segments"][1]["id"], "waiting": "hold"})
    desk.do("list.open")
    for other in others:
        other.connect().do("floor.request", {"kind": "statement"})
        other.close()
    given = desk.on_the_floor("floor.next")["result"]["intervention"]
    map_ = desk.wait_until(lambda map_: f"intervention/{given}" in map_)
    desk.close()
    intervention: dict[str, Any] = map_[f"intervention/{given}"]
    return intervention


def left(intervention: dict[str, Any]) -> int:
    """Return the seconds that an intervention has left now."""
    started = datetime.fromisoformat(intervention["started_at"]).timestamp()
    limit: int = intervention["limit_seconds"]
    return math.ceil(started + limit - time.time())


def journal(server: DemoServer, type_: str) -> list[str]:
    """Return who caused the events of a type, of those whom people cause, in order."""
    with contextlib.closing(sqlite3.connect(f"file:{server.database}?mode=ro", uri=True)) as db:
        found = db.execute(
            "SELECT actor FROM event WHERE session = ? AND type = ? AND actor <> 'system' ORDER BY seq",
            (server.session, type_),
        )
        return [actor for (actor,) in found]
