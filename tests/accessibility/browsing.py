"""Windows of Chromium with a page of the program in them, signed in as somebody."""

from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

COOKIE = "companion"  # over plain HTTP

TABLET: Final[ViewportSize] = {"width": 1180, "height": 820}
TABLET_UPRIGHT: Final[ViewportSize] = {"width": 820, "height": 1180}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
SMALL_PHONE: Final[ViewportSize] = {"width": 320, "height": 568}
LAPTOP: Final[ViewportSize] = {"width": 1440, "height": 900}
ROOM_DISPLAY: Final[ViewportSize] = {"width": 1920, "height": 1080}


def window(
    browser: Browser,
    base_url: str,
    token: str | None,
    size: ViewportSize,
    *,
    language: str = "en-GB",
    zoom: int = 1,
) -> BrowserContext:
    """Return a window of its own, signed in by `token`; nothing in it moves, so that what is looked at stands still."""
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": size["width"] // zoom, "height": size["height"] // zoom},
        device_scale_factor=zoom,
        reduced_motion="reduce",
        locale=language,
    )
    context.set_default_timeout(15_000)
    if token is not None:
        context.add_cookies([{"name": COOKIE, "value": token, "url": base_url}])
    return context


def right_to_left(page: Page, *, on: bool = True) -> None:
    """Lay the page out for a language that is written from right to left."""
    page.evaluate("dir => { document.documentElement.dir = dir; }", "rtl" if on else "ltr")
