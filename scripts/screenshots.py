"""Takes a picture of every screen at its design size from the running demo, into `docs/screenshots/`.

The demo runs on a temporary database and is played by protocol clients; the index beside the pictures is written anew.
"""

import base64
import struct
import sys
import tempfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Page, ViewportSize

from tests.accessibility.browsing import (
    LAPTOP,
    PHONE,
    ROOM_DISPLAY,
    SMALL_PHONE,
    TABLET,
    TABLET_UPRIGHT,
    chromium,
    window,
)
from tests.accessibility.meeting import Meeting
from tests.journeys.server import DemoServer, Link

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
LARGEST_BYTES = 200_000
# By what the names of their pictures begin with.
CHAPTERS = {
    "door": "Coming in",
    "moderator": "Moderator",
    "participant": "Participant",
    "display": "Room display",
    "secretariat": "Secretariat",
}
DISCUSSION = 14
VERY_FULL = 60
SPEAKING_MS = 7_000
SHORT_LIMIT_SECONDS = 10
# Nothing tells when what was sent is drawn everywhere.
SETTLING_MS = 300
# The screens wait a while before they say that the connection is gone.
OUTAGE_MS = 6_000
# Given a PNG, the palette and each pixel's place in it: of similar colours the commonest, of those the 256 commonest.
PALETTE_OF = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const similar = new Map();
  for (const [colour] of [...counts].sort((a, b) => b[1] - a[1])) {
    const kind = (colour >> 3) & 0x1f1f1f;
    if (!similar.has(kind)) similar.set(kind, colour);
  }
  const common = [...similar.values()].slice(0, 256);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const palette = common.map(parts);
  const places = new Map(common.map((colour, place) => [colour, place]));
  for (const colour of counts.keys()) {
    if (places.has(colour)) continue;
    const [red, green, blue] = parts(colour);
    const distances = palette.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2);
    places.set(colour, distances.indexOf(Math.min(...distances)));
  }
  let text = '';
  for (const colour of pixels) text += String.fromCharCode(places.get(colour));
  return { width, height, palette: palette.flat(), pixels: btoa(text) };
}"""
MESSAGE = "The session goes on at 15:00 in Room XXVI. Interpretation in six languages is available on the platform."


class Album:
    """The pictures that were taken, with what they show."""

    def __init__(self, browser: Browser, meeting: Meeting) -> None:
        self._browser = browser
        self._meeting = meeting
        self._blank = browser.new_page()
        self._captions: dict[str, str] = {}

    def open(
        self, path: str, whose: Link | None, size: ViewportSize, *, zoom: int = 1, language: str = "en-GB"
    ) -> Page:
        """Open a page in a window of its own, signed in as somebody."""
        token, base_url = None if whose is None else self._meeting.token(whose), self._meeting.server.base_url
        page = window(self._browser, base_url, token, size, language=language, zoom=zoom).new_page()
        page.goto(path)
        return page

    def take(self, page: Page, name: str, caption: str, size: ViewportSize | None = None) -> None:
        """Take a picture of what the window shows, at `size` if given; the window keeps it."""
        if size is not None:
            page.set_viewport_size(size)
        page.mouse.move(0, 0)
        page.wait_for_timeout(SETTLING_MS)
        file = FOLDER / f"{name}.png"
        file.write_bytes(self._with_palette(page.screenshot(animations="disabled")))
        if file.stat().st_size > LARGEST_BYTES:
            raise SystemExit(f"{file.name} has {file.stat().st_size} bytes, more than {LARGEST_BYTES}")
        self._captions[name] = caption
        print(f"{file.stat().st_size / 1_000:6.0f} KB  {file.name}", flush=True)

    def take_dark(self, page: Page, name: str, caption: str) -> None:
        """Take the same in the dark."""
        page.emulate_media(color_scheme="dark")
        self.take(page, f"{name}-dark", f"{caption}, in the dark")
        page.emulate_media(color_scheme="light")

    def take_zoomed(self, page: Page, whose: Link, name: str, caption: str) -> None:
        """Take the same with text at 200 %."""
        large = self.open(page.url, whose, page.viewport_size or PHONE, zoom=2)
        large.locator("main .clock").first.wait_for()
        self.take(large, f"{name}-text-200", f"{caption}, text at 200 %")
        large.context.close()

    def _with_palette(self, png: bytes) -> bytes:
        """Return the picture in 256 colours, a third as large."""
        found = self._blank.evaluate(PALETTE_OF, base64.b64encode(png).decode())
        width, height, pixels = found["width"], found["height"], base64.b64decode(found["pixels"])
        rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
        parts = (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", bytes(found["palette"])),
            (b"IDAT", zlib.compress(rows, 9)),
            (b"IEND", b""),
        )
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in parts
        )

    def write_index(self) -> None:
        """Write the index, and remove pictures that are taken no more."""
        lines = [
            "# Screenshots",
            "",
            "Made by `make screenshots` from the running demo; nothing in them is drawn by hand.",
            "",
        ]
        for beginning, title in CHAPTERS.items():
            lines += [f"## {title}", ""]
            for name, caption in self._captions.items():
                if name.startswith(beginning):
                    lines += [f"{caption}: `{name}.png`", "", f"![{caption}]({name}.png)", ""]
        (FOLDER / "README.md").write_text("\n".join(lines), encoding="utf-8")
        for old in FOLDER.glob("*.png"):
            if old.stem not in self._captions:
                old.unlink()


class Scenes:
    """One session from before its start to its end, on the screens of everybody at once."""

    def __init__(self, album: Album, meeting: Meeting) -> None:
        server, at = meeting.server, f"/sessions/{meeting.session}"
        self._album = album
        self._meeting = meeting
        self._me = server.person("p28")
        self._moderator = album.open(f"{at}/moderator", meeting.moderator_link, TABLET)
        self._participant = album.open(f"{at}/participant", self._me, PHONE)
        self._display = album.open(f"{at}/display", server.person("p43"), ROOM_DISPLAY)

    def play(self) -> None:
        """Play it, and take the pictures."""
        for scene in (self._before, self._empty, self._discussion, self._dialogs, self._announcing, self._order):
            scene()
        for scene in (self._very_full, self._my_turn, self._over_time, self._held, self._closed):
            scene()
        for page in (self._moderator, self._participant, self._display):
            page.context.close()

    def _before(self) -> None:
        self._moderator.get_by_role("button", name="Start the session").wait_for()
        self._album.take(self._moderator, "moderator-before", "Before the session")
        self._participant.get_by_role("heading", name="not started yet").wait_for()
        self._album.take(self._participant, "participant-before", "Before the session")
        self._display.get_by_role("img", name="QR code").wait_for()
        self._album.take(self._display, "display-before", "Before the session")

    def _empty(self) -> None:
        self._meeting.start_discussion()
        self._moderator.get_by_text("Nobody on the list yet").wait_for()
        self._album.take(self._moderator, "moderator-empty", "The list is open, and nobody on it yet")
        self._participant.get_by_role("button", name="Request the floor").wait_for()
        self._album.take(self._participant, "participant-request", "Requesting the floor")
        self._album.take(self._participant, "participant-request-320", "Requesting the floor, 320 wide", SMALL_PHONE)
        self._participant.set_viewport_size(PHONE)
        self._album.take(self._display, "display-empty", "Nobody waits yet")

    def _discussion(self) -> None:
        meeting, me = self._meeting, self._me
        lost = meeting.server.person("p14")
        meeting.client(lost)
        first, second, third, *_ = meeting.inscribe(DISCUSSION, spare=frozenset({me.id}))
        for request in (second, third):
            meeting.moderator.do("floor.ready", {"request": request, "ready": True})
        self._participant.get_by_label("Topic").fill("L’accès aux voies de recours")
        self._participant.get_by_role("button", name="Request the floor").click()
        meeting.disconnect(lost)
        meeting.give(first)
        self._moderator.wait_for_timeout(SPEAKING_MS)
        album = self._album
        album.take(self._moderator, "moderator", "The interactive discussion")
        album.take_dark(self._moderator, "moderator", "The interactive discussion")
        album.take_zoomed(self._moderator, meeting.moderator_link, "moderator", "The interactive discussion")
        album.take(self._moderator, "moderator-upright", "The tablet held upright", TABLET_UPRIGHT)
        self._moderator.set_viewport_size(TABLET)
        album.take(self._participant, "participant-waiting", "Waiting")
        album.take_dark(self._participant, "participant-waiting", "Waiting")
        album.take_zoomed(self._participant, me, "participant-waiting", "Waiting")
        album.take(self._participant, "participant-waiting-320", "Waiting, 320 wide", SMALL_PHONE)
        album.take(self._participant, "participant-waiting-laptop", "Waiting, on a laptop", LAPTOP)
        self._participant.set_viewport_size(PHONE)
        album.take(self._display, "display", "The list of speakers")
        self._in_arabic()

    def _in_arabic(self) -> None:
        """Open the same for those who read Arabic; the catalogue is a draft, and the layout what counts."""
        server, at = self._meeting.server, f"/sessions/{self._meeting.session}"
        for whose, screen, size in (
            ("p02", "moderator", TABLET),
            ("p12", "participant", PHONE),
            ("p43", "display", ROOM_DISPLAY),
        ):
            page = self._album.open(f"{at}/{screen}", server.person(whose), size, language="ar")
            page.locator(".clock").first.wait_for()
            self._album.take(page, f"{screen}-arabic", "In Arabic (a draft that no native speaker has read)")
            page.context.close()

    def _dialogs(self) -> None:
        page = self._moderator
        page.get_by_role("button", name="Actions for").nth(1).click()
        self._album.take(page, "moderator-menu", "What can be done with a request")
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
        page.get_by_role("button", name="Add someone in the room").click()
        page.get_by_role("searchbox").fill("de")
        self._album.take(page, "moderator-add", "Adding someone in the room")
        page.get_by_role("button", name="Close", exact=True).click()
        page.get_by_role("button", name="Speaking time").click()
        self._album.take(page, "moderator-limits", "Speaking times")
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")

    def _announcing(self) -> None:
        moderator = self._meeting.moderator
        moderator.do("announce", {"text": MESSAGE})
        moderator.do("display.show", {"what": "message"})
        self._album.take(self._display, "display-message", "An announcement")
        self._album.take(self._participant, "participant-announcement", "An announcement")
        moderator.do("display.show", {"what": "join"})
        self._album.take(self._display, "display-join", "How to join")
        moderator.do("display.show", {"what": "list"})

    def _order(self) -> None:
        meeting = self._meeting
        order = {"kind": "point_of_order", "person": "p36"}
        request = str(meeting.moderator.do("floor.request", order)["result"]["request"])
        self._moderator.get_by_label("Point of order", exact=True).wait_for()
        self._album.take(self._moderator, "moderator-point-of-order", "A point of order is raised")
        meeting.give(request)
        self._moderator.get_by_role("button", name="Sustained", exact=True).wait_for()
        self._album.take(self._moderator, "moderator-ruling", "Ruling on a point of order")
        self._album.take(self._display, "display-point-of-order", "A point of order")
        meeting.moderator.do("floor.rule", {"request": request, "ruling": "not_sustained"})
        meeting.moderator.on_the_floor("floor.next")

    def _very_full(self) -> None:
        waiting = int(self._meeting.moderator.map["list"]["waiting"])
        self._meeting.inscribe_guests(VERY_FULL - waiting)
        self._album.take(self._moderator, "moderator-60", f"{VERY_FULL} on the list")
        self._album.take(self._display, "display-60", f"{VERY_FULL} on the list")

    def _my_turn(self) -> None:
        meeting, album, page = self._meeting, self._album, self._participant
        mine = meeting.waits(self._me.id)
        meeting.moderator.do("floor.move", {"request": mine, "after": meeting.moderator.waiting()[0]})
        page.get_by_role("button", name="I am ready").wait_for()
        album.take(page, "participant-get-ready", "Get ready")
        page.get_by_role("button", name="I am ready").click()
        page.get_by_role("heading", name="You are ready").wait_for()
        album.take(page, "participant-ready", "Ready")
        meeting.give(mine)
        page.get_by_role("heading", name="You have the floor").wait_for()
        page.wait_for_timeout(SPEAKING_MS)
        album.take(page, "participant-speaking", "You have the floor")
        album.take_dark(page, "participant-speaking", "You have the floor")
        album.take_zoomed(page, self._me, "participant-speaking", "You have the floor")
        meeting.end()
        page.get_by_role("heading", name="Thank you").wait_for()
        album.take(page, "participant-thanks", "Thank you")
        album.take(self._moderator, "moderator-nobody", "Nobody has the floor")
        album.take(self._display, "display-nobody", "Nobody has the floor")

    def _over_time(self) -> None:
        meeting, me = self._meeting, self._me
        meeting.moderator.do("list.limit", {"person": me.id, "seconds": SHORT_LIMIT_SECONDS})
        asked = meeting.client(me).do("floor.request", {"kind": "statement", "topic": "L’accès aux voies de recours"})
        meeting.give(str(asked["result"]["request"]))
        self._moderator.get_by_text("over time").wait_for()
        self._moderator.wait_for_timeout(SPEAKING_MS)
        self._album.take(self._moderator, "moderator-over-time", "Over the speaking time")
        self._album.take(self._participant, "participant-over-time", "Over the speaking time")
        self._album.take(self._display, "display-over-time", "Over the speaking time")
        meeting.end()

    def _held(self) -> None:
        meeting = self._meeting
        asked = meeting.client(self._me).do("floor.request", {"kind": "question"})
        meeting.moderator.do("floor.hold", {"request": asked["result"]["request"]})
        self._participant.get_by_role("heading", name="holds your request").wait_for()
        self._album.take(self._participant, "participant-held", "On hold")

    def _closed(self) -> None:
        self._meeting.moderator.do("session.close")
        self._moderator.get_by_role("heading", name="The session is closed").wait_for()
        self._album.take(self._moderator, "moderator-closed", "The session is closed")
        self._participant.get_by_role("heading", name="Your turn did not come").wait_for()
        self._album.take(self._participant, "participant-closed", "The session is over")
        self._album.take(self._display, "display-closed", "The session is closed")


def main() -> None:
    """Play the demo and take the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = DemoServer(Path(folder)).start()
        meeting = Meeting(server, 0)
        album = Album(browser, meeting)
        try:
            take_doors(album, meeting)
            Scenes(album, meeting).play()
            take_secretariat(album, meeting)
            take_outage(album, meeting)
        finally:
            meeting.close()
            server.stop()
        album.write_index()


def take_doors(album: Album, meeting: Meeting) -> None:
    """Take what one sees before one is in."""
    page = album.open(f"/?code={meeting.server.links['join_code']}", None, PHONE)
    album.take(page, "door-join", "Joining by the code of the meeting")
    page.get_by_role("button", name="Join").click()
    album.take(page, "door-join-refused", "What is missing is said at its field")
    page.goto("/enter#0000000000000000000000000")
    page.get_by_role("heading", name="does not let you in").wait_for()
    album.take(page, "door-link-refused", "A link that is not valid")
    arabic = album.open("/", None, PHONE, language="ar")
    album.take(arabic, "door-join-arabic", "Joining, in Arabic (a draft that no native speaker has read)")
    arabic.context.close()
    page.goto("/nowhere")
    album.take(page, "door-error", "An address that is not there")
    page.context.close()


def take_secretariat(album: Album, meeting: Meeting) -> None:
    """Take the secretariat's pages."""
    page = album.open("/secretariat", meeting.server.person("p05"), LAPTOP)
    page.get_by_role("rowheader").first.wait_for()
    album.take(page, "secretariat", "Sessions, people, the way in")
    page.get_by_role("link", name="QR sheet").click()
    page.get_by_label("The join code only").check()
    album.take(page, "secretariat-sheet", "QR codes to print and cut")
    page.context.close()


def take_outage(album: Album, meeting: Meeting) -> None:
    """Take what the screens say when the server is gone."""
    server, later = meeting.server, Meeting(meeting.server, 1)
    later.start_discussion()
    for request in later.inscribe(DISCUSSION)[:1]:
        later.give(request)
    at = f"/sessions/{later.session}"
    pages = (
        (album.open(f"{at}/moderator", later.moderator_link, TABLET), "moderator"),
        (album.open(f"{at}/participant", server.person("p20"), PHONE), "participant"),
        (album.open(f"{at}/display", server.person("p43"), ROOM_DISPLAY), "display"),
    )
    for page, _ in pages:
        page.locator(".clock").first.wait_for()
    server.kill()
    pages[0][0].wait_for_timeout(OUTAGE_MS)
    for page, name in pages:
        album.take(page, f"{name}-offline", "The server cannot be reached")
        page.context.close()


if __name__ == "__main__":
    main()
