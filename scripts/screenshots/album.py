"""The pictures that are taken, and the index beside them."""

from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from scripts.screenshots.palette import with_palette
from tests.accessibility.browsing import PHONE, window
from tests.accessibility.meeting import Meeting
from tests.journeys.server import Link

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
LARGEST_BYTES = 200_000
# By what the names of their pictures begin with.
CHAPTERS = {
    "door": "Coming in",
    "moderator": "Moderator",
    "list-officer": "List officer",
    "technical-moderator": "Technical moderator",
    "rapporteur": "Rapporteur",
    "participant": "Participant",
    "display": "Room display",
    "secretariat": "Secretariat",
}
# Nothing tells when what was sent is drawn everywhere.
SETTLING_MS = 300


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
        file.write_bytes(with_palette(page.screenshot(animations="disabled"), self._blank))
        if file.stat().st_size > LARGEST_BYTES:
            raise SystemExit(f"{file.name} has {file.stat().st_size} bytes, more than {LARGEST_BYTES}")
        self._captions[name] = caption
        print(f"{file.stat().st_size / 1_000:6.0f} KB  {file.name}", flush=True)

    def take_dark(self, page: Page, name: str, caption: str) -> None:
        """Take the same in the dark."""
        page.emulate_media(color_scheme="dark")
        self.take(page, f"{name}-dark", f"{caption}, in the dark")
        page.emulate_media(color_scheme="light")

    def take_zoomed(self, page: Page, whose: Link, name: str, caption: str, *, shows: str = "main .clock") -> None:
        """Take the same with text at 200 %, as soon as it shows what it must."""
        large = self.open(page.url, whose, page.viewport_size or PHONE, zoom=2)
        large.locator(shows).first.wait_for()
        self.take(large, f"{name}-text-200", f"{caption}, text at 200 %")
        large.context.close()

    def take_in_arabic(self, page: Page, whose: Link, name: str, *, shows: str = ".clock") -> None:
        """Take the same for those who read Arabic; the catalogue is a draft, and the layout what counts."""
        arabic = self.open(page.url, whose, page.viewport_size or PHONE, language="ar")
        arabic.locator(shows).first.wait_for()
        self.take(arabic, f"{name}-arabic", "In Arabic (a draft that no native speaker has read)")
        arabic.context.close()

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
