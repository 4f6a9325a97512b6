"""Hands that have nothing but a keyboard: what they go to must have the focus, show it, and be in sight."""

from playwright.sync_api import Locator, Page

MOST_STEPS = 120
IS_FOCUSED = "element => element === document.activeElement"
# An outline, on the element itself or on what stands for it (the words beside a hidden radio button, the frame that a field stands in).
SHOWS_FOCUS = """element => [element, element.nextElementSibling, element.closest('label, .composer')].some((each) => {
  const { outlineStyle, outlineWidth } = each ? getComputedStyle(each) : {};
  return outlineStyle !== undefined && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
})"""
# Focused, and neither outside of the window nor under something else.
IS_IN_SIGHT = """element => {
  const { left, top, width, height } = element.getBoundingClientRect();
  const found = document.elementFromPoint(left + width / 2, top + height / 2);
  return found !== null && (element.contains(found) || found.contains(element));
}"""


class Keyboard:
    """Hands that have nothing but a keyboard."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self._page.keyboard.press(key)

    def go_to(self, wanted: Locator, *, by: str = "Tab") -> None:
        """Press `by` until what is wanted has the focus, and see that it shows."""
        wanted.wait_for()
        for _ in range(MOST_STEPS):
            if wanted.evaluate(IS_FOCUSED):
                assert wanted.evaluate(SHOWS_FOCUS), f"the focus does not show on {wanted}"
                assert wanted.evaluate(IS_IN_SIGHT), f"what has the focus is not in sight: {wanted}"
                return
            self.press(by)
        raise AssertionError(f"{by} does not lead to {wanted}")

    def use(self, wanted: Locator, *, key: str = "Enter", by: str = "Tab") -> None:
        """Go to a button and press it."""
        self.go_to(wanted, by=by)
        self.press(key)

    def type(self, wanted: Locator, text: str) -> None:
        """Go to a field and write in it."""
        self.go_to(wanted)
        self._page.keyboard.type(text)
