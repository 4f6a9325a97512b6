"""The play: presentations, a discussion with all that may happen in one, replies; then the record is compared.

It is the same for the same seed. Times are lived `speed` times faster than in a room; the server's clock is not.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

from companion.clock import Clock
from companion.core.people import Role
from companion.core.procedure import SegmentKind
from companion.simulate import comparison
from companion.simulate.account import Account, Asked
from companion.simulate.asking import Askers
from companion.simulate.cast import FEWEST_PARTICIPANTS, CannotPlay, Linked, choose
from companion.simulate.client import Player
from companion.simulate.company import Company, Left, Plan, Source
from companion.simulate.floor import Floor
from companion.simulate.listing import ListOfficers
from companion.simulate.polling import Pollsters
from companion.simulate.presiding import Presiders
from companion.simulate.screen import Screen
from companion.simulate.speaking_times import SpeakingTimes
from companion.simulate.writing import Rapporteurs

OPENING, PRESENTATIONS, DISCUSSION = "opening", "presentations", "discussion"
_ACTS_DURING_A_STATEMENT: Final = 2

Act: TypeAlias = Callable[[], None]


@contextmanager
def connected(plan: Plan, say: Callable[[str], None]) -> Iterator["Panel"]:
    """Let everybody in; they leave when the block is left."""
    crew = choose(plan.links, plan.people)
    panel = Panel(plan, crew, say)
    try:
        panel.enter()
        yield panel
    finally:
        panel.leave()


class Panel:
    """A session of the server, and those who play it."""

    def __init__(self, plan: Plan, crew: list[Linked], say: Callable[[str], None]) -> None:
        clock = Clock()
        self._plan = plan
        self._say = say
        self._clock = clock
        self._players = [Player(plan.links.base_url, person, clock) for person in crew]
        self._by_id = {player.person.id: player for player in self._players}
        self._moderator = self._by_id[plan.links.one(Role.MODERATOR).id]
        self._screen = Screen(self._moderator)
        self._secretariat = self._by_id[plan.links.one(Role.SECRETARIAT).id]
        self._session = plan.session or ""
        self.account = Account()

    def enter(self) -> None:
        """Choose the session and let everybody into it."""
        participants = self._having(Role.PARTICIPANT)
        if len(participants) < FEWEST_PARTICIPANTS:
            raise CannotPlay(f"at least {FEWEST_PARTICIPANTS} participants are needed in the links file")
        self._session = self._session or self._first_session()
        for player in self._players:
            player.enter(self._session)
        self._take_note_of_the_list()
        company = self._company(participants)
        self._floor, self._askers = Floor(company), Askers(company)
        self._officers = ListOfficers(company, self._floor, self._askers)
        self._presiders = Presiders(company, self._floor, self._askers, self._officers)
        self._rapporteurs, self._pollsters = Rapporteurs(company), Pollsters(company)
        self._say(f"{len(self._players)} people are in session {self._session}.")

    def _company(self, participants: list[Player]) -> Company:
        chance = random.Random(self._plan.seed)  # noqa: S311 (a play, no secret)
        askers = [*participants]
        chance.shuffle(askers)
        return Company(
            session=self._session,
            players=self._by_id,
            moderator=self._moderator,
            deputy=[*self._having(Role.MODERATOR), self._secretariat][1],
            officer=next(iter(self._having(Role.LIST_OFFICER)), self._moderator),
            secretariat=self._secretariat,
            interpreter=next(iter(self._having(Role.INTERPRETER)), None),
            participants=tuple(askers),
            writers=tuple(self._having(Role.RAPPORTEUR) or [self._secretariat]),
            voters=tuple(self._having(Role.PANELLIST) + participants),
            screen=self._screen,
            times=SpeakingTimes(self._moderator.map["session"]["limits"]),
            given=self._plan.links.session(self._session),
            earlier=self._plan.earlier,
            left=self._plan.left,
            speed=self._plan.speed,
            random=chance,
            clock=self._clock,
            account=self.account,
        )

    def _having(self, role: Role) -> list[Player]:
        return [player for player in self._players if player.person.role is role]

    def _take_note_of_the_list(self) -> None:
        """Write down who is on the list already: panellists are from the beginning."""
        self.account.rule = self._screen.rule
        for value in self._screen.open_requests():
            self.account.requests[value["id"]] = Asked(
                person=value["person"], kind=value["kind"], placed_by=value["placed_by"], status=value["status"]
            )

    def leave(self) -> None:
        """Let everybody go."""
        for player in self._players:
            player.leave()

    def play(self) -> bool:
        """Play as planned; return whether the session was played to its end."""
        if self._plan.requests is not None:
            self._fill(self._plan.requests)
            return False
        if self._screen.status != "scheduled":
            raise CannotPlay(f"session {self._session} has begun already: choose another one (--session)")
        steps = ((OPENING, self._open), (PRESENTATIONS, self._present), (DISCUSSION, self._discuss))
        for name, step in steps:
            step()
            if self._plan.stop_after == name:
                return False
        self._reply()
        self._close()
        return True

    def differences(self) -> list[str]:
        """Return how the record of the server differs from what was played."""
        record = f"/api/sessions/{self._session}/record.json"
        return [
            *comparison.differences(self.account, self._secretariat.fetch(f"{record}?notes=all")),
            *comparison.differences_in_released(self.account, self._secretariat.fetch(record)),
        ]

    def sources(self) -> tuple[Source, ...]:
        """Return the recommendations of this session, for another one to take up."""
        return tuple(
            Source(
                session=self._session,
                recommendation=id_,
                version=each.version,
                symbol=each.symbol,
                text=each.texts[-1],
                status=each.statuses[-1],
            )
            for id_, each in self.account.recommendations.items()
        )

    def left(self) -> Left:
        """Return whom this session did not reach, for another one to carry over."""
        return Left(session=self._session, requests=self.account.not_reached())

    def waits(self) -> list[float]:
        """Return how long each command waited for its answer, in seconds, shortest first."""
        return sorted(wait for player in self._players for wait in player.waits)

    # The course of the session

    def _open(self) -> None:
        self._start()
        self._moderator.do("announce", {"text": "Welcome. Please say your name and organisation when you begin."})
        self.account.announcements += 1
        self._say("The session is open.")

    def _present(self) -> None:
        """Let the panellists present; the list of speakers opens meanwhile."""
        count = self._screen.waiting()
        self._officers.carry_over()
        for number in range(count):
            held = self._floor.next()
            if number == 0:
                self._open_list()
            if number == 1:
                self._floor.pause(held)
            if number == 2:  # noqa: PLR2004 (the third)
                self._floor.extend(held, 60)
            self._askers.ask(2)
            self._floor.speak(share=0.5)
            self._rapporteurs.note(self._floor.now)
            self._floor.speak(share=0.5)
        self._floor.end()
        self._begin(self._screen.segment(SegmentKind.INTERACTIVE_DISCUSSION))
        self._askers.ask(3)
        self._say(f"{count} presentations were heard, {self._screen.waiting()} wait for the discussion.")

    def _discuss(self) -> None:
        """Hear everybody who asks but the last few, with what happens on the way."""
        between, during, texts = self._between(), self._during(), self._texts()
        while self._askers.left or self._askers.can_spare_one():
            self._askers.ask(2)
            if self._screen.waiting() == 0:
                break
            self._some_of(between, 1)
            self._askers.get_ready()
            self._floor.next()
            self._floor.speak(share=0.5)
            self._rapporteurs.note(self._floor.now)
            self._some_of(during, _ACTS_DURING_A_STATEMENT)
            self._some_of(texts, 1)
            self._floor.speak(share=0.5)
            if not self._askers.left and self._screen.list_is_open:
                self._floor.chair.do("list.close")
                self.account.happen("list.closed", by=self._floor.by)
            if self._plan.stop_after == DISCUSSION and not self._askers.left:
                return
        for rest in (during, texts, between):
            self._some_of(rest, len(rest))
        self._presiders.hear_replies()
        heard = sum(each.kind == "statement" and each.void_reason is None for each in self.account.spoke)
        self._say(f"The discussion: {heard} statements and rights of reply, {self._screen.waiting()} not reached.")

    def _between(self) -> list[Act]:
        """Return what happens between two statements, one at a time."""
        return [
            self._officers.take_turns_by_group,
            self._officers.call_in_vain,
            self._presiders.hand_over,
            self._presiders.say_a_word,
            self._officers.take_turns_by_attendance,
            self._presiders.take_back,
            self._officers.hear_the_late_one,
            self._officers.hear_who_came_first,
        ]

    def _during(self) -> list[Act]:
        """Return what happens during statements, a few at a time; what needs a long list comes first."""
        return [
            self._officers.type_in_a_guest,
            self._askers.change_places,
            self._point_of_order,
            self._askers.exchange,
            self._officers.limit,
            self._floor.slip,
            self._officers.miss,
            self._officers.recognise_the_guest,
            self._askers.ask_twice,
            self._presiders.hear_the_booth,
            self._officers.share_time,
            self._presiders.take_back_an_earlier_step,
            self._askers.hand_in,
            self._officers.end_sharing,
            self._officers.strike,
        ]

    def _texts(self) -> list[Act]:
        """Return what is written and polled, one at a time."""
        texts = self._rapporteurs
        return [
            texts.propose,
            texts.discuss,
            texts.revise,
            self._poll,
            self._pollsters.on_question,
            self._pollsters.in_secret,
        ]

    @staticmethod
    def _some_of(acts: list[Act], count: int) -> None:
        """Play the next few of the acts, and take them out."""
        for _ in range(min(count, len(acts))):
            acts.pop(0)()

    def _reply(self) -> None:
        self._begin(self._screen.segment(SegmentKind.PANELLISTS_REPLIES), nobody_waits=True)
        count = self._screen.waiting()
        for _ in range(count):
            self._floor.next()
            self._floor.speak()
        self._say(f"{count} panellists replied.")

    def _close(self) -> None:
        self._floor.end()
        if self._screen.list_is_open:
            self.account.happen("list.closed", by=self._floor.by)
        for value in self._screen.open_requests():
            self._reach_no_more(value["id"])
        self._floor.chair.do("session.close")
        self._say("The session is closed.")

    def _start(self) -> None:
        inscribed = self._screen.inscribed(self._screen.segments()[0])
        self._moderator.do("session.start")
        self._moderator.until(lambda map_: map_["session"]["status"] == "open")
        self._release(inscribed)

    def _begin(self, segment: str, *, nobody_waits: bool = False) -> None:
        """Begin a segment; those who wait keep their places, or were not reached."""
        if nobody_waits:
            for request, _ in self._screen.waiting_requests():
                self._reach_no_more(request)
        inscribed = self._screen.inscribed(segment)
        waiting = {"waiting": "not_reached"} if nobody_waits else {}
        self._floor.chair.do("session.segment", {"segment": segment, **waiting})
        self._moderator.until(lambda map_: map_["session"]["segment"] == segment)
        self._release(inscribed)

    def _release(self, inscribed: list[str]) -> None:
        """Write down that those who were inscribed for a segment wait now."""
        for request in inscribed:
            self.account.settle(request, "waiting", "request.released", by=self._floor.by)

    def _reach_no_more(self, request: str) -> None:
        self.account.settle(request, "not_reached", "request.not_reached", by=self._floor.by)

    def _open_list(self) -> None:
        self._floor.chair.do("list.open")
        self.account.happen("list.opened", by=self._floor.by)
        self._moderator.until(lambda map_: map_["list"]["status"] == "open")

    def _poll(self) -> None:
        recommendation, status = self._pollsters.on_recommendation()
        self._rapporteurs.set_status(recommendation, status)

    def _point_of_order(self) -> None:
        self._floor.interrupt(self._askers.point_of_order(self._floor.speaker))

    def _fill(self, count: int) -> None:
        """Have somebody speak and `count` people wait: participants by themselves, and guests whom staff add."""
        if self._screen.status == "scheduled":
            self._start()
        discussion = self._screen.segment(SegmentKind.INTERACTIVE_DISCUSSION)
        if self._moderator.map["session"]["segment"] != discussion:
            self._begin(discussion, nobody_waits=True)
        if not self._screen.list_is_open:
            self._open_list()
        on_list = {value["person"] for _, value in self._screen.waiting_requests()} | {self._floor.speaker}
        askers = [player for player in self._askers.left if player.person.id not in on_list]
        needed = count + (self._floor.now is None) - self._screen.waiting()
        for player in askers[:needed]:
            self._askers.request(player, "statement")
        for number in range(needed - len(askers[:needed])):
            self._officers.guest(
                {"name": f"Delegate {number + 1}, Sample Observer", "organisation": f"Sample Observer {number + 1}"}
            )
        if self._floor.now is None:
            self._floor.next()
        self._askers.get_ready()
        self._moderator.until(lambda map_: map_["list"]["waiting"] == count)
        self._say(f"{count} people wait, one has the floor.")

    def _first_session(self) -> str:
        """Return the first session that has not begun, or, where people are only to be put on a list, is not over."""
        wanted = {"scheduled"} if self._plan.requests is None else {"scheduled", "open"}
        sessions = self._secretariat.sign_in()["sessions"]
        found = next((session["id"] for session in sessions if session["status"] in wanted), None)
        if found is None:
            raise CannotPlay("no session of the workshop can be played any more: start with a new database")
        return str(found)
