"""The secretariat's pages."""

from scripts.screenshots.album import Album
from tests.accessibility.browsing import LAPTOP
from tests.accessibility.meeting import Meeting


def take_secretariat(album: Album, meeting: Meeting) -> None:
    """Take the secretariat's pages."""
    page = album.open("/secretariat", meeting.server.person("p05"), LAPTOP)
    page.get_by_role("rowheader").first.wait_for()
    album.take(page, "secretariat", "Sessions, people, the way in")
    page.get_by_text("links are valid").click()
    page.get_by_text("links are valid").evaluate("element => element.scrollIntoView({ block: 'start' })")
    album.take(page, "secretariat-links", "All links that are valid")
    page.get_by_role("link", name="QR sheet").click()
    page.get_by_label("The join code only").check()
    album.take(page, "secretariat-sheet", "QR codes to print and cut")
    page.context.close()
