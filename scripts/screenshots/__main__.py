"""`make screenshots`: takes a picture of every screen at its design size from the running demo, into `docs/screenshots/`.

The demo runs on a temporary database and is played by protocol clients; the index beside the pictures is written anew.
"""

import tempfile
from pathlib import Path

from scripts.screenshots.album import FOLDER, Album
from scripts.screenshots.doors import take_doors
from scripts.screenshots.floor import Scenes
from scripts.screenshots.outage import take_outage
from scripts.screenshots.polls import Polling
from scripts.screenshots.rapporteur import Desk
from scripts.screenshots.secretariat import take_secretariat
from tests.accessibility.meeting import Meeting
from tests.accessibility.papers import Papers
from tests.chromium import chromium
from tests.journeys.server import DemoServer


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
            take_papers(album, server)
            take_secretariat(album, meeting)
            take_outage(album, meeting)
        finally:
            meeting.close()
            server.stop()
        album.write_index()


def take_papers(album: Album, server: DemoServer) -> None:
    """Take what is written and asked in another session."""
    meeting = Meeting(server, 2)
    meeting.start_discussion()
    papers = Papers(meeting)
    Desk(album, meeting, papers).play()
    Polling(album, meeting, papers).play()
    meeting.close()


if __name__ == "__main__":
    main()
