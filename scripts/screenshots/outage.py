"""The screens when the server is gone."""

from scripts.screenshots.album import Album
from tests.accessibility.browsing import LAPTOP, PHONE, ROOM_DISPLAY, TABLET
from tests.accessibility.meeting import Meeting

DISCUSSION = 14
NOTES = ("Typed while the server is gone.", "Kept in the browser, and sent as soon as it is back.")
# The screens wait a while before they say that the connection is gone.
OUTAGE_MS = 6_000


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
        (album.open(f"{at}/rapporteur", server.person("p03"), LAPTOP), "rapporteur"),
    )
    for page, _ in pages:
        page.locator("speaking-clock").first.wait_for()
    server.kill()
    pages[0][0].wait_for_timeout(OUTAGE_MS)
    composer = pages[-1][0].locator("note-composer textarea")
    for text in NOTES:
        composer.fill(text)
        composer.press("Enter")
    for page, name in pages:
        album.take(page, f"{name}-offline", "The server cannot be reached")
        page.context.close()
