"""The list of speakers and the floor: one session from before its start to its end, on the screens of everybody at once."""

from scripts.screenshots.album import Album
from tests.accessibility.browsing import LAPTOP, PHONE, ROOM_DISPLAY, SMALL_PHONE, TABLET, TABLET_UPRIGHT
from tests.accessibility.meeting import Meeting

DISCUSSION = 14
VERY_FULL = 60
SPEAKING_MS = 7_000
SHORT_LIMIT_SECONDS = 10
MESSAGE = "The session goes on at 15:00 in Room XXVI. Interpretation in six languages is available on the platform."


class Scenes:
    """One session from before its start to its end, on the screens of everybody at once."""

    def __init__(self, album: Album, meeting: Meeting) -> None:
        server, at = meeting.server, f"/sessions/{meeting.session}"
        self._album = album
        self._meeting = meeting
        self._me = server.person("p28")
        self._moderator = album.open(f"{at}/moderator", meeting.moderator_link, TABLET)
        self._participant = album.open(f"{at}/participant", self._me, PHONE)
        self._display = album.open(f"{at}/display", server.person("p43"), ROOM_DISPLAY)

    def play(self) -> None:
        """Play it, and take the pictures."""
        for scene in (self._before, self._empty, self._discussion, self._dialogs, self._announcing, self._order):
            scene()
        for scene in (self._very_full, self._my_turn, self._over_time, self._held, self._closed):
            scene()
        for page in (self._moderator, self._participant, self._display):
            page.context.close()

    def _before(self) -> None:
        self._moderator.get_by_role("button", name="Start the session").wait_for()
        self._album.take(self._moderator, "moderator-before", "Before the session")
        self._participant.get_by_role("heading", name="not started yet").wait_for()
        self._album.take(self._participant, "participant-before", "Before the session")
        self._display.get_by_role("img", name="QR code").wait_for()
        self._album.take(self._display, "display-before", "Before the session")

    def _empty(self) -> None:
        self._meeting.start_discussion()
        self._moderator.get_by_text("Nobody on the list yet").wait_for()
        self._album.take(self._moderator, "moderator-empty", "The list is open, and nobody on it yet")
        self._participant.get_by_role("button", name="Request the floor").wait_for()
        self._album.take(self._participant, "participant-request", "Requesting the floor")
        self._album.take(self._participant, "participant-request-320", "Requesting the floor, 320 wide", SMALL_PHONE)
        self._participant.set_viewport_size(PHONE)
        self._album.take(self._display, "display-empty", "Nobody waits yet")

    def _discussion(self) -> None:
        meeting, me = self._meeting, self._me
        lost = meeting.server.person("p14")
        meeting.client(lost)
        first, second, third, *_ = meeting.inscribe(DISCUSSION, spare=frozenset({me.id}))
        for request in (second, third):
            meeting.moderator.do("floor.ready", {"request": request, "ready": True})
        self._participant.get_by_label("Topic").fill("L’accès aux voies de recours")
        self._participant.get_by_role("button", name="Request the floor").click()
        meeting.disconnect(lost)
        meeting.give(first)
        self._moderator.wait_for_timeout(SPEAKING_MS)
        album = self._album
        album.take(self._moderator, "moderator", "The interactive discussion")
        album.take_dark(self._moderator, "moderator", "The interactive discussion")
        album.take_zoomed(self._moderator, meeting.moderator_link, "moderator", "The interactive discussion")
        album.take(self._moderator, "moderator-upright", "The tablet held upright", TABLET_UPRIGHT)
        self._moderator.set_viewport_size(TABLET)
        album.take(self._participant, "participant-waiting", "Waiting")
        album.take_dark(self._participant, "participant-waiting", "Waiting")
        album.take_zoomed(self._participant, me, "participant-waiting", "Waiting")
        album.take(self._participant, "participant-waiting-320", "Waiting, 320 wide", SMALL_PHONE)
        album.take(self._participant, "participant-waiting-laptop", "Waiting, on a laptop", LAPTOP)
        self._participant.set_viewport_size(PHONE)
        album.take(self._display, "display", "The list of speakers")
        self._in_arabic()

    def _in_arabic(self) -> None:
        server = self._meeting.server
        self._album.take_in_arabic(self._moderator, server.person("p02"), "moderator")
        self._album.take_in_arabic(self._participant, server.person("p12"), "participant")
        self._album.take_in_arabic(self._display, server.person("p43"), "display")

    def _dialogs(self) -> None:
        page = self._moderator
        page.get_by_role("button", name="Actions for").nth(1).click()
        self._album.take(page, "moderator-menu", "What can be done with a request")
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
        page.get_by_role("button", name="Add someone in the room").click()
        page.get_by_role("searchbox").fill("de")
        self._album.take(page, "moderator-add", "Adding someone in the room")
        page.get_by_role("button", name="Close", exact=True).click()
        page.get_by_role("button", name="Speaking time").click()
        self._album.take(page, "moderator-limits", "Speaking times")
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
        secretariat = self._album.open(page.url, self._meeting.server.person("p05"), TABLET)
        secretariat.get_by_role("button", name="More about the list").click()
        secretariat.get_by_role("menuitem", name="Settings of the session").click()
        self._album.take(secretariat, "session-settings", "Settings of the session")
        secretariat.context.close()

    def _announcing(self) -> None:
        moderator = self._meeting.moderator
        moderator.do("announce", {"text": MESSAGE})
        moderator.do("display.show", {"what": "message"})
        self._album.take(self._display, "display-message", "An announcement")
        self._album.take(self._participant, "participant-announcement", "An announcement")
        moderator.do("display.show", {"what": "join"})
        self._album.take(self._display, "display-join", "How to join")
        moderator.do("display.show", {"what": "list"})

    def _order(self) -> None:
        meeting = self._meeting
        order = {"kind": "point_of_order", "person": "p36"}
        request = str(meeting.moderator.do("floor.request", order)["result"]["request"])
        self._moderator.get_by_label("Point of order", exact=True).wait_for()
        self._album.take(self._moderator, "moderator-point-of-order", "A point of order is raised")
        meeting.give(request)
        self._moderator.get_by_role("button", name="Sustained", exact=True).wait_for()
        self._album.take(self._moderator, "moderator-ruling", "Ruling on a point of order")
        self._album.take(self._display, "display-point-of-order", "A point of order")
        meeting.moderator.do("floor.rule", {"request": request, "ruling": "not_sustained"})
        meeting.moderator.on_the_floor("floor.next")

    def _very_full(self) -> None:
        waiting = int(self._meeting.moderator.map["list"]["waiting"])
        self._meeting.inscribe_guests(VERY_FULL - waiting)
        self._album.take(self._moderator, "moderator-60", f"{VERY_FULL} on the list")
        self._album.take(self._display, "display-60", f"{VERY_FULL} on the list")
        for whose, name in (("p06", "list-officer"), ("p07", "technical-moderator")):
            page = self._album.open(self._moderator.url, self._meeting.server.person(whose), TABLET)
            page.locator("speaker-card, microphone-card").first.wait_for()
            self._album.take(page, name, f"What they see of the panel, {VERY_FULL} on the list")
            page.context.close()

    def _my_turn(self) -> None:
        meeting, album, page = self._meeting, self._album, self._participant
        mine = meeting.waits(self._me.id)
        meeting.moderator.do("floor.move", {"request": mine, "after": meeting.moderator.waiting()[0]})
        page.get_by_role("button", name="I am ready").wait_for()
        album.take(page, "participant-get-ready", "Get ready")
        page.get_by_role("button", name="I am ready").click()
        page.get_by_role("heading", name="You are ready").wait_for()
        album.take(page, "participant-ready", "Ready")
        meeting.give(mine)
        page.get_by_role("heading", name="You have the floor").wait_for()
        page.wait_for_timeout(SPEAKING_MS)
        album.take(page, "participant-speaking", "You have the floor")
        album.take_dark(page, "participant-speaking", "You have the floor")
        album.take_zoomed(page, self._me, "participant-speaking", "You have the floor")
        meeting.end()
        page.get_by_role("heading", name="Thank you").wait_for()
        album.take(page, "participant-thanks", "Thank you")
        album.take(self._moderator, "moderator-nobody", "Nobody has the floor")
        album.take(self._display, "display-nobody", "Nobody has the floor")

    def _over_time(self) -> None:
        meeting, me = self._meeting, self._me
        meeting.moderator.do("list.limit", {"person": me.id, "seconds": SHORT_LIMIT_SECONDS})
        asked = meeting.client(me).do("floor.request", {"kind": "statement", "topic": "L’accès aux voies de recours"})
        meeting.give(str(asked["result"]["request"]))
        self._moderator.get_by_text("over time").wait_for()
        self._moderator.wait_for_timeout(SPEAKING_MS)
        self._album.take(self._moderator, "moderator-over-time", "Over the speaking time")
        self._album.take(self._participant, "participant-over-time", "Over the speaking time")
        self._album.take(self._display, "display-over-time", "Over the speaking time")
        meeting.end()

    def _held(self) -> None:
        meeting = self._meeting
        asked = meeting.client(self._me).do("floor.request", {"kind": "question"})
        meeting.moderator.do("floor.hold", {"request": asked["result"]["request"]})
        self._participant.get_by_role("heading", name="holds your request").wait_for()
        self._album.take(self._participant, "participant-held", "On hold")

    def _closed(self) -> None:
        self._meeting.moderator.do("session.close")
        self._moderator.get_by_role("heading", name="The session is closed").wait_for()
        self._album.take(self._moderator, "moderator-closed", "The session is closed")
        self._participant.get_by_role("heading", name="Your turn did not come").wait_for()
        self._album.take(self._participant, "participant-closed", "The session is over")
        self._album.take(self._display, "display-closed", "The session is closed")
