"""Coming in."""

from scripts.screenshots.album import Album
from tests.accessibility.browsing import PHONE
from tests.accessibility.meeting import Meeting


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
