"""What axe finds on a page, and what is wrong with its layout, in the ways in which people have it before them."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from tests.accessibility.browsing import SMALL_PHONE, right_to_left

_HERE = Path(__file__).parent
_AXE = (_HERE.parent.parent / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
_LAYOUT = (_HERE / "layout.js").read_text(encoding="utf-8").partition("*/")[2].strip()
# What lies under a dialog or a menu was looked at before it was opened. Style sheets and sounds are for rules that find
# nothing to look at here.
_RUN = """async (rules) => {
  const top = document.querySelector(':popover-open:not(.toast)') ?? document.querySelector('dialog:modal') ?? document;
  return (await axe.run(top, { resultTypes: ['violations'], preload: false, ...(rules && { runOnly: rules }) })).violations;
}"""
# What colours and the direction can change; the rest reads the same elements again.
_OF_COLOUR_AND_DIRECTION = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")


class Looking:
    """Looks at pages, and keeps what is wrong with them as sentences."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def look(self, page: Page, name: str, *, narrow: bool = True) -> None:
        """Look at a page in light and dark and in both directions, and, unless not, 320 px wide and with text at 200 %."""
        size = page.viewport_size
        assert size is not None
        self.audit(page, f"{name}, light")
        self.measure(page, name, [size, *([_zoomed(size), SMALL_PHONE] if narrow else [])])
        page.emulate_media(color_scheme="dark")
        right_to_left(page)
        self.measure(page, f"{name}, right to left", [SMALL_PHONE if narrow else size])
        self.audit(page, f"{name}, dark and right to left", _OF_COLOUR_AND_DIRECTION)
        page.emulate_media(color_scheme="light")
        right_to_left(page, on=False)
        page.set_viewport_size(size)

    def look_as_it_is(self, page: Page, name: str, *, narrow: bool = True) -> None:
        """Look at a page in the language and the direction that it has."""
        size = page.viewport_size
        assert size is not None
        self.audit(page, name)
        self.measure(page, name, [size, *([SMALL_PHONE, _zoomed(size)] if narrow else [])])
        page.set_viewport_size(size)

    def assert_nothing_wrong(self) -> None:
        """Fail with everything that is wrong."""
        assert not self.problems, "\n".join(self.problems)

    def audit(self, page: Page, name: str, rules: Sequence[str] | None = None) -> None:
        """Have axe look, with all of its rules if none are named."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(_AXE)
        for violation in page.evaluate(_RUN, rules):
            for node in violation["nodes"]:
                self.problems.append(f"{name}: {violation['id']}: {node['target']} {node.get('failureSummary', '')}")

    def measure(self, page: Page, name: str, sizes: Sequence[ViewportSize]) -> None:
        """Look at the layout in windows of these sizes."""
        for size in sizes:
            if page.viewport_size != size:
                page.set_viewport_size(size)
            page.evaluate("() => new Promise(requestAnimationFrame)")
            found = page.evaluate(_LAYOUT)
            self.problems += [f"{name}, {size['width']} × {size['height']}: {problem}" for problem in found]


def _zoomed(size: ViewportSize) -> ViewportSize:
    """Return the window as a page finds it that is shown twice as large."""
    return {"width": max(size["width"] // 2, SMALL_PHONE["width"]), "height": size["height"] // 2}
