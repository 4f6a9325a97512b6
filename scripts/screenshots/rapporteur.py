"""The rapporteur's screen, from the first heading to a discussion in which sixty have spoken."""

from playwright.sync_api import Locator, expect

from scripts.screenshots.album import Album
from tests.accessibility.browsing import LAPTOP, SMALL_PHONE, TABLET_UPRIGHT
from tests.accessibility.meeting import Meeting
from tests.accessibility.papers import CASE_LAW, FOCAL_POINTS, IDEA, LONG_NOTE, NOTES, OBSTACLES, REVISED, Papers

HALF_A_NOTE = "Suggests a yearly exchange of case law between the commissions, starting with access to"
VERY_FULL = 60
CAPTION = "Notes under the interventions, recommendations beside them"


class Desk:
    """A rapporteur at work, with a colleague."""

    def __init__(self, album: Album, meeting: Meeting, papers: Papers) -> None:
        self._album = album
        self._meeting = meeting
        self._papers = papers
        self._me = meeting.server.person("p03")
        self._page = album.open(f"/sessions/{meeting.session}/rapporteur", self._me, LAPTOP)

    def play(self) -> None:
        """Play it, and take the pictures; leaves somebody on the floor and recommendations on the table."""
        self._page.get_by_text("Nothing noted yet").wait_for()
        self._album.take(self._page, "rapporteur-empty", "Nothing noted yet")
        self._write()
        self._discussion()
        self._menus()
        self._together()
        self._revising()
        self._very_full()
        self._page.context.close()

    def _write(self) -> None:
        papers, composer = self._papers, self._composer()
        papers.note_down(papers.hear("p10"), *NOTES[:2])
        papers.note_down(papers.hear_guest(0), *NOTES[2:5])
        papers.hear("p12")
        spoken = papers.hear("p21")
        *_, idea = papers.note_down(spoken, ("challenge", LONG_NOTE, "group"), IDEA)
        first = papers.propose(FOCAL_POINTS, note=idea)
        poll = papers.ask(first, room="by_hands")
        papers.count_hands(poll)
        papers.answer(poll, ("p09", "p14", "p20"))
        papers.end(poll)
        papers.revise(first)
        papers.propose(OBSTACLES)
        papers.propose(CASE_LAW)
        composer.focus()
        self._page.keyboard.type(HALF_A_NOTE)

    def _discussion(self) -> None:
        album, page = self._album, self._page
        page.locator("note-block textarea").last.wait_for()
        album.take(page, "rapporteur", CAPTION)
        album.take_dark(page, "rapporteur", CAPTION)
        album.take_zoomed(page, self._me, "rapporteur", CAPTION, shows="note-block textarea")
        album.take_in_arabic(page, self._me, "rapporteur", shows="note-block textarea")
        album.take(page, "rapporteur-upright", "On a tablet held upright, one column at a time", TABLET_UPRIGHT)
        album.take(page, "rapporteur-320", "320 wide", SMALL_PHONE)
        self._pane("Recommendations")
        album.take(page, "rapporteur-recommendations-320", "The recommendations, 320 wide")
        self._pane("Notes")
        page.set_viewport_size(LAPTOP)
        page.get_by_role("button", name="By theme").click()
        album.take(page, "rapporteur-kinds", "The notes by theme")
        page.get_by_role("button", name="By time").click()

    def _menus(self) -> None:
        page = self._page
        kind, more = (
            page.locator("note-block .kind").nth(1),
            page.get_by_role("button", name="Actions for this note").nth(1),
        )
        for opener, name, caption in (
            (kind, "rapporteur-kind", "What a note is, and whose point it was"),
            (more, "rapporteur-menu", "What can be done with a note"),
        ):
            opener.click()
            self._album.take(page, name, caption)
            page.keyboard.press("Escape")
            expect(opener).to_be_focused()

    def _together(self) -> None:
        """Have a colleague write in the same note, then show the board."""
        page, meeting = self._page, self._meeting
        other = self._album.open(f"/sessions/{meeting.session}/rapporteur", meeting.server.person("p04"), LAPTOP)
        field = other.locator("note-block textarea").first
        field.press("End")
        other.keyboard.type(" It answers in three languages.")
        page.locator("note-block .writers").first.wait_for()
        self._album.take(page, "rapporteur-together", "A colleague writes in the same note")
        other.context.close()
        page.get_by_role("button", name="Board").click()
        page.locator("dialog.board board-card").first.wait_for()
        self._album.take(page, "rapporteur-board", "The recommendations by how far they have come")
        page.keyboard.press("Escape")

    def _revising(self) -> None:
        page = self._page
        page.locator("recommendation-card").first.get_by_role("button", name="Revise").click()
        editor = page.get_by_role("dialog")
        editor.get_by_label("Text").fill(f"{REVISED[:-1]} every year.")
        self._album.take(page, "rapporteur-revise", "A recommendation is revised, with what changes")
        page.keyboard.press("Escape")

    def _very_full(self) -> None:
        page = self._page
        self._papers.hear_everybody(self._meeting.inscribe_guests(VERY_FULL))
        page.locator("rapporteur-timeline li").nth(VERY_FULL).wait_for()
        self._composer().focus()
        self._album.take(page, "rapporteur-60", f"More than {VERY_FULL} have spoken")

    def _composer(self) -> Locator:
        return self._page.locator("note-composer textarea")

    def _pane(self, name: str) -> None:
        panes = self._page.get_by_role("navigation", name="What is shown")
        panes.get_by_role("button", name=name).click()
