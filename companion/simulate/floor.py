"""The floor: who speaks, as whoever presides gives it, and what the account holds of it."""

import time
from typing import Final

from companion.core.procedure import TURNS
from companion.simulate.account import Spoke
from companion.simulate.company import Company

_WITHOUT_LIMIT_SECONDS: Final = 120


class Floor:
    """Given by `chair`; `now` is the intervention that has it."""

    def __init__(self, company: Company) -> None:
        self.chair = company.moderator
        self.now: str | None = company.moderator.map["floor"]["intervention"]
        self._company = company
        self._account = company.account
        self._shown = company.moderator

    @property
    def by(self) -> str:
        """Return the role of whoever presides."""
        return self.chair.person.role.value

    @property
    def speaker(self) -> str | None:
        """Return who speaks."""
        return None if self.now is None else self._company.screen.person_of(f"intervention/{self.now}")

    def next(self) -> Spoke:
        """Give the floor to whoever comes next."""
        suggested = self._suggested()
        given = self.chair.do("floor.next", expect={"intervention": self.now})
        self._end_the_one_before()
        return self._given(given["intervention"], suggested)

    def give(self, request: str) -> Spoke:
        """Give the floor to a request."""
        suggested = self._suggested()
        given = self.chair.do("floor.give", {"request": request}, expect={"intervention": self.now})
        self._end_the_one_before()
        return self._given(given["intervention"], suggested)

    def interrupt(self, request: str) -> None:
        """Hear a point of order, rule, and give the floor back."""
        interrupted = str(self.now)
        given = self.chair.do("floor.give", {"request": request}, expect={"intervention": interrupted})
        order = self._given(given["intervention"], None)
        self.speak(share=0.2)
        self.chair.do("floor.rule", {"request": request, "ruling": "sustained"})
        self._account.rulings[request] = "sustained"
        self.chair.do("floor.end", expect={"intervention": order.intervention})
        order.ended = True
        self._account.find(interrupted).pauses += 1
        self._back_to(interrupted)

    def slip(self) -> None:
        """Tap *Next* by mistake and take it back: the speaker goes on, the other waits first again."""
        if self.now is None or self._company.screen.waiting() == 0:
            return
        before, slip = self.now, self.next()
        self.chair.until(lambda map_: bool(map_["undo"]) and map_["undo"][0]["type"] == "floor.give")
        self.chair.do("session.undo", {"command": self.chair.map["undo"][0]["command"]})
        slip.void_reason, slip.ended = "undone", True
        self._account.requests[slip.request].status = "waiting"
        self._account.find(before).ended = False
        self._back_to(before)

    def speak(self, *, share: float = 1.0) -> None:
        """Let the speaker speak for most of the time allotted, or a little longer."""
        limit = self._shown.map[f"intervention/{self.now}"]["limit_seconds"] or _WITHOUT_LIMIT_SECONDS
        time.sleep(limit * share * self._company.random.uniform(0.6, 1.1) / self._company.speed)

    def pause(self, spoke: Spoke) -> None:
        """Have the clock of the speaker stand for a moment."""
        self.chair.do("floor.pause", expect={"intervention": self.now})
        self.chair.do("floor.resume", expect={"intervention": self.now})
        spoke.pauses += 1

    def extend(self, spoke: Spoke, seconds: int) -> None:
        """Give the speaker more time."""
        self.chair.do("floor.extend", {"seconds": seconds}, expect={"intervention": self.now})
        spoke.extended_seconds += seconds

    def end(self) -> None:
        """End whoever speaks."""
        if self.now is not None:
            self.chair.do("floor.end", expect={"intervention": self.now})
            self._end_the_one_before()
            self._back_to(None)

    def void(self, spoke: Spoke) -> None:
        """Take note that whoever was just given the floor is not there."""
        self.chair.do("floor.absent", {"request": spoke.request})
        spoke.void_reason, spoke.ended = "absent", True
        self._back_to(None)

    def _suggested(self) -> str | None:
        self._company.screen.catch_up()
        return self._company.screen.suggested()

    def _given(self, intervention: str, suggested: str | None) -> Spoke:
        self._shown.until(lambda map_: map_["floor"]["intervention"] == intervention)
        request = self._shown.map[f"intervention/{intervention}"]["request"]
        asked = self._account.requests[request]
        asked.status = "delivered"
        spoke = Spoke(
            intervention=intervention,
            request=request,
            person=asked.person,
            kind=asked.kind,
            by=self.by,
            rule=self._account.rule,
            placed_by=asked.placed_by,
            suggested=suggested if asked.kind in TURNS and suggested != request else None,
            reply_to=asked.reply_to,
            allotted_seconds=self._allotted(asked.person, asked.kind),
        )
        self._account.spoke.append(spoke)
        self.now = intervention
        return spoke

    def _allotted(self, person: str, kind: str) -> int | None:
        company = self._company
        delegation = self._delegation(person)
        replies = [each for each in self._account.spoke if each.kind == "right_of_reply" and each.void_reason is None]
        had = sum(self._delegation(each.person) == delegation for each in replies)
        return company.times.of(person, company.screen.person(person)["group"], kind, reply=1 + had)

    def _delegation(self, person: str) -> str:
        """Return the delegation of a person; one without stands alone."""
        player = self._company.players.get(person)
        return (player.person.delegation if player is not None else "") or person

    def _end_the_one_before(self) -> None:
        if self.now is not None:
            self._account.find(self.now).ended = True

    def _back_to(self, intervention: str | None) -> None:
        self._shown.until(lambda map_: map_["floor"]["intervention"] == intervention)
        self.now = intervention
