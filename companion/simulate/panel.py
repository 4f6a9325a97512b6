"""The play: presentations, a discussion with all that may happen in one, replies; then the record is compared.

It is the same for the same seed. Times are lived `speed` times faster than in a room; the server's clock is not.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from companion.clock import Clock
from companion.core.people import Role
from companion.core.procedure import SegmentKind
from companion.simulate.account import Account, Spoke
from companion.simulate.cast import FEWEST_PARTICIPANTS, CannotPlay, Linked, choose
from companion.simulate.client import Player, Unexpected
from companion.simulate.company import Company, Plan, Source
from companion.simulate.polling import Pollsters
from companion.simulate.screen import Screen
from companion.simulate.writing import Rapporteurs

OPENING, PRESENTATIONS, DISCUSSION = "opening", "presentations", "discussion"
_NOT_REACHED: Final = 2
_WITHOUT_LIMIT_SECONDS: Final = 120
_TOPICS: Final = (
    "Access to remedy",
    "Suivi des recommandations de 2019",
    "Debida diligencia obligatoria",
    "الانتصاف الفعال",
    "参与和协商",
    "Защита правозащитников",
    None,
)


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
        self._random = random.Random(plan.seed)  # noqa: S311 (a play, no secret)
        self._players = [Player(plan.links.base_url, person, clock) for person in crew]
        self._by_id = {player.person.id: player for player in self._players}
        self._moderator = self._by_id[plan.links.one(Role.MODERATOR).id]
        self._screen = Screen(self._moderator)
        self._secretariat = self._by_id[plan.links.one(Role.SECRETARIAT).id]
        self._participants = [player for player in self._players if player.person.role is Role.PARTICIPANT]
        self._to_ask: list[Player] = []
        self._floor: str | None = None
        self._session = plan.session or ""
        self.account = Account()

    def enter(self) -> None:
        """Choose the session and let everybody into it."""
        if len(self._participants) < FEWEST_PARTICIPANTS:
            raise CannotPlay(f"at least {FEWEST_PARTICIPANTS} participants are needed in the links file")
        self._session = self._session or self._first_session()
        for player in self._players:
            player.enter(self._session)
        self._random.shuffle(self._participants)
        self._to_ask = [*self._participants]
        self._floor = self._moderator.map["floor"]["intervention"]
        company = self._company()
        self._rapporteurs, self._pollsters = Rapporteurs(company), Pollsters(company)
        self._say(f"{len(self._players)} people are in session {self._session}.")

    def _company(self) -> Company:
        by_role = {role: [each for each in self._players if each.person.role is role] for role in Role}
        return Company(
            moderator=self._moderator,
            writers=tuple(by_role[Role.RAPPORTEUR] or [self._secretariat]),
            voters=tuple(by_role[Role.PANELLIST] + by_role[Role.PARTICIPANT]),
            given=self._plan.links.session(self._session),
            earlier=self._plan.earlier,
            random=self._random,
            clock=self._clock,
            account=self.account,
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
            *self.account.differences(self._secretariat.fetch(f"{record}?notes=all")),
            *self.account.differences_in_released(self._secretariat.fetch(record)),
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

    def waits(self) -> list[float]:
        """Return how long each command waited for its answer, in seconds, shortest first."""
        return sorted(wait for player in self._players for wait in player.waits)

    # The course of the session

    def _open(self) -> None:
        self._moderator.do("session.start")
        self._moderator.until(lambda map_: map_["session"]["status"] == "open")
        self._moderator.do("announce", {"text": "Welcome. Please say your name and organisation when you begin."})
        self.account.announcements += 1
        self._say("The session is open.")

    def _present(self) -> None:
        """Let the panellists present; the list of speakers opens meanwhile."""
        count = self._screen.waiting()
        for number in range(count):
            held = self._next()
            if number == 0:
                self._moderator.do("list.open")
            if number == 1:
                self._pause(held)
            if number == 2:  # noqa: PLR2004 (the third)
                self._extend(held, 60)
            self._ask(2)
            self._speak(share=0.5)
            self._rapporteurs.note(self._floor)
            self._speak(share=0.5)
        self._end()
        segment = self._screen.segment(SegmentKind.INTERACTIVE_DISCUSSION)
        self._moderator.do("session.segment", {"segment": segment})
        self._moderator.until(lambda map_: map_["session"]["segment"] == segment)
        self._ask(3)
        self._say(f"{count} presentations were heard, {self._screen.waiting()} wait for the discussion.")

    def _discuss(self) -> None:
        """Hear everybody who asks but the last few, with what happens on the way."""
        texts = [self._rapporteurs.propose, self._rapporteurs.discuss, self._rapporteurs.revise, self._poll]
        texts.append(self._pollsters.on_question)
        happens = {1: self._change_the_list, 2: self._point_of_order, 3: self._slip, 4: self._ask_twice}
        number = 0
        while self._to_ask or self._screen.waiting() > _NOT_REACHED:
            self._ask(2)
            if self._screen.waiting() == 0:
                break
            self._be_ready()
            self._next()
            self._speak(share=0.5)
            self._rapporteurs.note(self._floor)
            happens.get(number, lambda: None)()
            if texts:
                texts.pop(0)()
            self._speak(share=0.5)
            number += 1
            if not self._to_ask and self._screen.list_is_open:
                self._moderator.do("list.close")
            if self._plan.stop_after == DISCUSSION and not self._to_ask:
                return
        for each in texts:
            each()
        self._right_of_reply()
        self._say(f"The discussion: {number} statements and a right of reply, {self._screen.waiting()} not reached.")

    def _reply(self) -> None:
        segment = self._screen.segment(SegmentKind.PANELLISTS_REPLIES)
        for request, _ in self._screen.waiting_requests():
            self._settle(request, "not_reached")
        self._moderator.do("session.segment", {"segment": segment, "waiting": "not_reached"})
        self._moderator.until(lambda map_: map_["session"]["segment"] == segment)
        count = self._screen.waiting()
        for _ in range(count):
            self._next()
            self._speak()
        self._say(f"{count} panellists replied.")

    def _close(self) -> None:
        self._end()
        self._moderator.do("session.close")
        self._say("The session is closed.")

    def _poll(self) -> None:
        recommendation, status = self._pollsters.on_recommendation()
        self._rapporteurs.set_status(recommendation, status)

    # The list

    def _ask(self, count: int) -> None:
        """Let the next few participants ask for the floor, if the list is open."""
        if not self._screen.list_is_open:
            return
        asking, self._to_ask = self._to_ask[:count], self._to_ask[count:]
        for player in asking:
            self._request(player, "statement")

    def _request(self, player: Player, kind: str) -> str:
        request = self._clock.make_id("r-")
        player.do("floor.request", {"request": request, "kind": kind, "topic": self._random.choice(_TOPICS)})
        self.account.requests[request] = "waiting"
        self._moderator.until(lambda map_: f"request/{request}" in map_)
        return request

    def _be_ready(self) -> None:
        """Let the next two say that they are ready, as their phones ask them to."""
        for request, value in self._screen.waiting_requests()[:2]:
            player = self._by_id.get(value["person"])
            if player is not None and not value["ready"]:
                player.do("floor.ready", {"request": request, "ready": True})

    def _change_the_list(self) -> None:
        """Withdraw, set aside, move, change: what people do with their places."""
        waiting = [request for request, value in self._screen.waiting_requests() if value["person"] in self._by_id]
        if len(waiting) < 4:  # noqa: PLR2004 (one for each)
            return
        first, second, third, last = waiting[0], waiting[1], waiting[2], waiting[-1]
        self._by_id[self._screen.person_of(f"request/{third}")].do("floor.withdraw", {"request": third})
        self.account.requests[third] = "withdrawn"
        self._moderator.do("floor.hold", {"request": second})
        self._moderator.do("floor.move", {"request": last, "after": None})
        self._moderator.do("floor.release", {"request": second})
        self._by_id[self._screen.person_of(f"request/{first}")].do(
            "floor.change", {"request": first, "on_behalf_of": "a group of organisations"}
        )

    def _ask_twice(self) -> None:
        """Tap once more while waiting: refused, and the place is kept."""
        waiting = [value for _, value in self._screen.waiting_requests() if value["person"] in self._by_id]
        if not waiting or not self._screen.list_is_open:
            return
        answer = self._by_id[waiting[0]["person"]].say("floor.request", {"kind": "statement"})
        if answer.get("code") != "already_on_list":
            raise Unexpected(f"a second request was answered with {answer}")

    def _fill(self, count: int) -> None:
        """Have somebody speak and `count` people wait: participants by themselves, and guests whom the moderator adds."""
        if self._screen.status == "scheduled":
            self._moderator.do("session.start")
        discussion = self._screen.segment(SegmentKind.INTERACTIVE_DISCUSSION)
        self._moderator.until(lambda map_: map_["session"]["status"] != "scheduled")
        if self._moderator.map["session"]["segment"] != discussion:
            self._moderator.do("session.segment", {"segment": discussion, "waiting": "not_reached"})
        if not self._screen.list_is_open:
            self._moderator.do("list.open")
        self._moderator.until(lambda map_: map_["list"]["status"] == "open")
        on_list = {value["person"] for _, value in self._screen.waiting_requests()}
        if (speaking := self._moderator.map["floor"]["intervention"]) is not None:
            on_list.add(self._moderator.map[f"intervention/{speaking}"]["person"])
        askers = [player for player in self._to_ask if player.person.id not in on_list]
        needed = count + (self._floor is None) - self._screen.waiting()
        for player in askers[:needed]:
            self._request(player, "statement")
        for number in range(needed - len(askers[:needed])):
            guest = {"name": f"Delegate {number + 1}, Sample Observer", "organisation": f"Sample Observer {number + 1}"}
            self._moderator.do("floor.request", {"kind": "statement", "guest": guest})
        if self._floor is None:
            self._next()
        self._be_ready()
        self._moderator.until(lambda map_: map_["list"]["waiting"] == count)
        self._say(f"{count} people wait, one has the floor.")

    # The floor

    def _next(self) -> Spoke:
        """Give the floor to whoever comes next."""
        return self._given(self._moderator.do("floor.next", expect={"intervention": self._floor})["intervention"])

    def _given(self, intervention: str, *, interrupts: bool = False) -> Spoke:
        self._moderator.until(lambda map_: map_["floor"]["intervention"] == intervention)
        value = self._moderator.map[f"intervention/{intervention}"]
        if self._floor is not None and not interrupts:
            self.account.find(self._floor).ended = True
        self._floor = intervention
        self._settle(value["request"], "delivered")
        spoke = Spoke(intervention=intervention, request=value["request"], kind=value["kind"])
        self.account.spoke.append(spoke)
        return spoke

    def _settle(self, request: str, status: str) -> None:
        """Write down what becomes of a request that a player made."""
        if request in self.account.requests:
            self.account.requests[request] = status

    def _speak(self, *, share: float = 1.0) -> None:
        """Let the speaker speak for most of the time allotted, or a little longer."""
        limit = self._moderator.map[f"intervention/{self._floor}"]["limit_seconds"] or _WITHOUT_LIMIT_SECONDS
        time.sleep(limit * share * self._random.uniform(0.6, 1.1) / self._plan.speed)

    def _end(self) -> None:
        if self._floor is not None:
            self._moderator.do("floor.end", expect={"intervention": self._floor})
            self.account.find(self._floor).ended = True
            self._moderator.until(lambda map_: map_["floor"]["intervention"] is None)
            self._floor = None

    def _pause(self, spoke: Spoke) -> None:
        self._moderator.do("floor.pause", expect={"intervention": self._floor})
        self._moderator.do("floor.resume", expect={"intervention": self._floor})
        spoke.pauses += 1

    def _extend(self, spoke: Spoke, seconds: int) -> None:
        self._moderator.do("floor.extend", {"seconds": seconds}, expect={"intervention": self._floor})
        spoke.extended_seconds += seconds

    def _point_of_order(self) -> None:
        """Interrupt the speaker, rule, and give the floor back."""
        interrupted = str(self._floor)
        player = next(
            each
            for each in self._participants
            if each.person.id != self._screen.person_of(f"intervention/{self._floor}")
        )
        request = self._request(player, "point_of_order")
        given = self._moderator.do("floor.give", {"request": request}, expect={"intervention": interrupted})[
            "intervention"
        ]
        self._given(given, interrupts=True)
        self._speak(share=0.2)
        self._moderator.do("floor.rule", {"request": request, "ruling": "sustained"})
        self.account.rulings[request] = "sustained"
        self._moderator.do("floor.end", expect={"intervention": given})
        self.account.find(given).ended = True
        self.account.find(interrupted).pauses += 1
        self._floor = interrupted
        self._moderator.until(lambda map_: map_["floor"]["intervention"] == interrupted)

    def _slip(self) -> None:
        """Tap *Next* by mistake and take it back: the speaker goes on, the other waits first again."""
        if self._screen.waiting() == 0:
            return
        before = str(self._floor)
        slip = self._next()
        self._moderator.until(lambda map_: bool(map_["undo"]) and map_["undo"][0]["type"] == "floor.give")
        self._moderator.do("session.undo", {"command": self._moderator.map["undo"][0]["command"]})
        slip.void = slip.ended = True
        self._settle(slip.request, "waiting")
        self.account.find(before).ended = False
        self._floor = before
        self._moderator.until(lambda map_: map_["floor"]["intervention"] == before)

    def _right_of_reply(self) -> None:
        player = next(
            each
            for each in self._participants
            if each.person.id != self._screen.person_of(f"intervention/{self._floor}")
        )
        request = self._request(player, "right_of_reply")
        self._given(
            self._moderator.do("floor.give", {"request": request}, expect={"intervention": self._floor})["intervention"]
        )
        self._speak(share=0.5)

    def _first_session(self) -> str:
        """Return the first session that has not begun, or, where people are only to be put on a list, is not over."""
        wanted = {"scheduled"} if self._plan.requests is None else {"scheduled", "open"}
        sessions = self._secretariat.sign_in()["sessions"]
        found = next((session["id"] for session in sessions if session["status"] in wanted), None)
        if found is None:
            raise CannotPlay("no session of the workshop can be played any more: start with a new database")
        return str(found)
