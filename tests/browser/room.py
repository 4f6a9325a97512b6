"""A room with a screen in front of everybody who has a part in a panel."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.screens import LAPTOP, PHONE, PROJECTOR, TABLET, Screens, on_the_floor, state, wait_until_ready
from tests.journeys.server import DemoServer, Link


@dataclass(frozen=True, slots=True)
class Room:
    """Who is there, and the screen in front of each."""

    moderator: Page
    phone: Page
    other_phone: Page
    display: Page
    secretariat: Page
    speaker: Link
    objector: Link

    @classmethod
    def open(cls, server: DemoServer, screens: Screens, session: str) -> "Room":
        """Return the room of a session, everybody in it; the two participants are of different delegations."""
        speaker, objector = server.person("p39"), server.person("p36")
        path = f"/sessions/{session}"
        room = cls(
            moderator=screens.enter(server.people("moderator")[0], TABLET, f"{path}/moderator"),
            phone=screens.enter(speaker, PHONE, f"{path}/participant"),
            other_phone=screens.enter(objector, PHONE, f"{path}/participant"),
            display=screens.enter(server.people("display")[0], PROJECTOR, f"{path}/display"),
            secretariat=screens.enter(server.people("secretariat")[0], LAPTOP, "/secretariat"),
            speaker=speaker,
            objector=objector,
        )
        wait_until_ready(room.moderator, room.phone, room.other_phone, room.display)
        return room

    def all_show(self, name: str) -> None:
        """Wait until every screen but the speaker's own says who speaks; there it is the speaker's own clock."""
        for page in (self.moderator, self.display):
            expect(on_the_floor(page)).to_have_text(name)
        for page, link in ((self.phone, self.speaker), (self.other_phone, self.objector)):
            if link.name == name:
                expect(state(page).locator("h2")).to_have_text("You have the floor")
            else:
                expect(on_the_floor(page)).to_have_text(name)
