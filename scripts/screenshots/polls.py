"""Recommendations and polls, on the screens of everybody at once."""

from playwright.sync_api import Locator

from scripts.screenshots.album import Album
from tests.accessibility.browsing import PHONE, ROOM_DISPLAY, SMALL_PHONE, TABLET, TABLET_UPRIGHT
from tests.accessibility.meeting import Meeting
from tests.accessibility.papers import OUTCOME, Papers

# One of each delegation that answers but the one whose phone is looked at.
ANSWERING = tuple(
    f"p{number:02}" for number in (8, 10, 11, 12, 15, 16, 18, 19, 20, 21, 23, 25, 27, 29, 31, 33, 35, 36, 38, 39)
)
QUESTION = "Should the next workshop be held in the spring, with interpretation in all six official languages?"
# What stood there a moment ago was tapped, not the poll: a tap counts a second after the poll came up.
STILL_MS = 1_100
TO_THE_TOP = "element => element.scrollIntoView({ block: 'start' })"


class Polling:
    """A poll from the form to the result."""

    def __init__(self, album: Album, meeting: Meeting, papers: Papers) -> None:
        server, at = meeting.server, f"/sessions/{meeting.session}"
        self._album = album
        self._meeting = meeting
        self._papers = papers
        self._me = server.person("p28")
        self._moderator = album.open(f"{at}/moderator", meeting.moderator_link, TABLET)
        self._participant = album.open(f"{at}/participant", self._me, PHONE)
        self._display = album.open(f"{at}/display", server.person("p43"), ROOM_DISPLAY)

    def play(self) -> None:
        """Play it, and take the pictures."""
        for scene in (self._asking, self._before_the_first_tap, self._answering, self._closing, self._result):
            scene()
        for scene in (self._texts, self._by_hands):
            scene()
        for page in (self._moderator, self._participant, self._display):
            page.context.close()

    def _asking(self) -> None:
        page = self._moderator
        page.locator("#polls-button").click()
        page.locator("text-card").first.wait_for()
        self._album.take(page, "moderator-texts", "The recommendations, in the place of the list")
        page.get_by_role("button", name="Poll on this version: Recommendation R4").click()
        form = page.get_by_role("dialog")
        form.get_by_label("Reasons").select_option("optional")
        self._album.take(page, "moderator-poll-form", "A poll on a version of a text")
        form.get_by_role("button", name="Open on version 2").click()
        self._card("open").wait_for()
        self._card("open").get_by_role("button", name="Show in the room").click()

    def _before_the_first_tap(self) -> None:
        album, page = self._album, self._participant
        page.locator(".option").first.wait_for()
        caption = "A poll, before the first tap"
        album.take(page, "participant-poll", caption)
        album.take_dark(page, "participant-poll", caption)
        album.take_zoomed(page, self._me, "participant-poll", caption, shows=".option")
        album.take_in_arabic(page, self._meeting.server.person("p22"), "participant-poll", shows=".option")
        album.take(page, "participant-poll-320", f"{caption}, 320 wide", SMALL_PHONE)
        page.set_viewport_size(PHONE)
        self._display.locator("room-poll .answers").wait_for()
        album.take(self._display, "display-poll", "A poll")
        album.take_in_arabic(
            self._display, self._meeting.server.person("p43"), "display-poll", shows="room-poll .answers"
        )

    def _answering(self) -> None:
        album, page, phone = self._album, self._moderator, self._participant
        (poll,) = self._meeting.moderator.map["polls"]["open"]
        self._papers.answer(poll, ANSWERING)
        phone.wait_for_timeout(STILL_MS)
        phone.get_by_role("radio", name="Can support with changes").click()
        phone.locator(".saved").wait_for()
        album.take(phone, "participant-poll-saved", "An answer is saved, and can be changed")
        caption = "A poll is open: the answers as they come"
        album.take(page, "moderator-poll", caption)
        album.take_dark(page, "moderator-poll", caption)
        album.take(page, "moderator-poll-upright", "A poll, the tablet held upright", TABLET_UPRIGHT)
        page.set_viewport_size(TABLET)
        for language, zoom, name in (("ar", 1, "moderator-poll-arabic"), ("en-GB", 2, "moderator-poll-text-200")):
            other = album.open(page.url, self._meeting.server.person("p02"), TABLET, language=language, zoom=zoom)
            other.locator("#polls-button").click()
            other.locator("poll-card").first.wait_for()
            album.take(
                other,
                name,
                "In Arabic (a draft that no native speaker has read)" if zoom == 1 else f"{caption}, text at 200 %",
            )
            other.context.close()

    def _closing(self) -> None:
        album, page, card = self._album, self._moderator, self._card("open")
        card.get_by_role("button", name="Close the poll").click()
        album.take(page, "moderator-poll-closing", "Closing asks once, in place")
        card.get_by_role("button", name="Close it").click()
        form = page.get_by_role("dialog")
        form.get_by_label("Outcome").fill(OUTCOME)
        album.take(page, "moderator-poll-outcome", "What follows from a poll")
        form.get_by_role("button", name="Save the outcome").click()
        form.wait_for(state="hidden")
        self._card("closed").scroll_into_view_if_needed()
        album.take(page, "moderator-poll-closed", "Polls that are closed")

    def _result(self) -> None:
        album, phone = self._album, self._participant
        phone.locator(".bars").first.wait_for()
        album.take(phone, "participant-poll-closed", "The result, and what follows from it")
        album.take_dark(phone, "participant-poll-closed", "The result, and what follows from it")
        self._card("closed").get_by_role("button", name="Show the result").click()
        self._display.locator(".bars").wait_for()
        album.take(self._display, "display-result", "The result of a poll")
        album.take_in_arabic(self._display, self._meeting.server.person("p43"), "display-result", shows=".bars")

    def _texts(self) -> None:
        album, display, phone = self._album, self._display, self._participant
        first, long, *_ = sorted(
            (value for key, value in self._meeting.moderator.map.items() if key.startswith("recommendation/")),
            key=lambda text: str(text["symbol"]),
        )
        for text, name, caption in (
            (first, "display-recommendation", "A text under discussion"),
            (long, "display-recommendation-long", "A long text under discussion"),
        ):
            self._papers.show("recommendation", text["id"])
            display.get_by_role("heading", name=text["title"]).wait_for()
            album.take(display, name, caption)
        phone.get_by_role("button", name="Put this result away").click()
        texts = phone.locator("summary", has_text="Texts under discussion")
        texts.click()
        texts.evaluate(TO_THE_TOP)
        album.take(phone, "participant-texts", "The texts under discussion")

    def _by_hands(self) -> None:
        album, page, phone = self._album, self._moderator, self._participant
        page.get_by_role("button", name="Own question").click()
        form = page.get_by_role("dialog")
        form.get_by_label("Question").fill(QUESTION)
        form.get_by_label("Reasons").select_option("required_for_cannot_support")
        form.get_by_label("Those in the room raise their hands").check()
        form.get_by_role("button", name="Open the poll").click()
        card = self._card("open")
        for label, hands in (("Can support", "17"), ("Cannot support", "9"), ("Present in the room", "20")):
            card.get_by_label(label, exact=True).fill(hands)
        card.get_by_role("button", name="Save the counts").click()
        card.get_by_text("More hands than people").wait_for()
        card.evaluate(TO_THE_TOP)
        album.take(page, "moderator-poll-hands", "Hands counted in the room")
        phone.get_by_role("radio", name="Cannot support").click()
        phone.get_by_label("A reason is needed").scroll_into_view_if_needed()
        album.take(phone, "participant-poll-reason", "An answer that needs its reason")

    def _card(self, status: str) -> Locator:
        return self._moderator.locator("poll-card").filter(has=self._moderator.locator(f"[data-status={status}]")).first
