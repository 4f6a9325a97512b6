"""Those who ask for the floor: one after the other, and what they do with their places."""

from typing import Any, Final

from companion.simulate.account import Asked
from companion.simulate.client import Player, Unexpected
from companion.simulate.company import Company

_NOT_REACHED: Final = 2
"""So many are left at the end, whom the session does not reach."""

_TOPICS: Final = (
    "Access to remedy",
    "Suivi des recommandations de 2019",
    "Debida diligencia obligatoria",
    "الانتصاف الفعال",
    "参与和协商",
    "Защита правозащитников",
    None,
)
_STATEMENT: Final = "Señora Presidenta,\nwe thank the panel, and hand in the rest of our statement."


class Askers:
    """Participants, each of whom asks once; `left` are those who have not asked yet."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._account = company.account
        self._screen = company.screen
        self.left = [*company.participants]

    def ask(self, count: int) -> None:
        """Let the next few ask for the floor, if the list is open."""
        if not self._screen.list_is_open:
            return
        asking, self.left = self.left[:count], self.left[count:]
        for player in asking:
            self.request(player, "statement")

    def request(self, player: Player, kind: str, reply_to: str | None = None) -> str:
        """Let somebody ask for the floor; return the request."""
        request = self._company.clock.make_id("r-")
        topic = self._company.random.choice(_TOPICS)
        data: dict[str, Any] = {"request": request, "kind": kind, "topic": topic}
        player.do("floor.request", data if reply_to is None else {**data, "reply_to": reply_to})
        self._account.ask(request, Asked(person=player.person.id, kind=kind, topic=topic, reply_to=reply_to))
        self._company.moderator.until(lambda map_: f"request/{request}" in map_)
        return request

    def can_spare_one(self) -> bool:
        """Say whether more wait than are to be left at the end."""
        return self._screen.waiting() > _NOT_REACHED

    def drop(self, person: str) -> None:
        """Take note that somebody does not ask any more."""
        self.left = [player for player in self.left if player.person.id != person]

    def waiting(self) -> list[tuple[str, Player]]:
        """Return the requests of those who play and were there whenever they were called, in the order of the list."""
        self._screen.catch_up()
        return [
            (request, self._company.players[value["person"]])
            for request, value in self._screen.waiting_requests()
            if value["person"] in self._company.players and not value["absences"]
        ]

    def get_ready(self) -> None:
        """Let the next two say that they are ready, as their phones ask them to."""
        for request, value in self._screen.waiting_requests()[:2]:
            player = self._company.players.get(value["person"])
            if player is not None and not value["ready"]:
                player.do("floor.ready", {"request": request, "ready": True})

    def change_places(self) -> None:
        """Withdraw, be set aside, be moved, speak for others: what happens to places on the list."""
        waiting, moderator = self.waiting(), self._company.moderator
        if len(waiting) < 4:  # noqa: PLR2004 (one for each)
            return
        (first, speaks_for_others), (second, _), (third, withdraws), (last, _) = *waiting[:3], waiting[-1]
        by = moderator.person.role.value
        withdraws.do("floor.withdraw", {"request": third})
        self._account.settle(third, "withdrawn", "request.withdrawn", by=None)
        moderator.do("floor.hold", {"request": second})
        self._account.settle(second, "held", "request.held", by=by)
        moderator.do("floor.move", {"request": last, "after": None})
        self._account.happen("request.moved", by=by, request=last)
        self._account.requests[last].placed_by = "manual"
        moderator.do("floor.release", {"request": second})
        self._account.settle(second, "waiting", "request.released", by=by)
        group = "a group of organisations"
        speaks_for_others.do("floor.change", {"request": first, "on_behalf_of": group})
        self._account.happen("request.changed", by=None, request=first)
        self._account.requests[first].on_behalf_of = group

    def ask_twice(self) -> None:
        """Tap once more while waiting: refused, and the place is kept."""
        waiting = self.waiting()
        if waiting and self._screen.list_is_open:
            waiting[0][1].refused("already_on_list", "floor.request", {"kind": "statement"})

    def exchange(self) -> None:
        """Let two agree to exchange their places: one offers, the other takes it up."""
        waiting = self.waiting()
        if len(waiting) < 2:  # noqa: PLR2004 (the two)
            return
        (early, offers), (late, agrees) = waiting[0], waiting[-1]
        before = [request for request, _ in self._screen.waiting_requests()]
        offers.do("floor.exchange", {"request": early, "with": late})
        agrees.until(lambda map_: any(early in each["offers"] for each in map_["me/requests"]))
        agrees.do("floor.exchange", {"request": late, "with": early})
        self._account.happen("requests.exchanged", by=None, request=late, partner=early)
        for request in (early, late):
            self._account.requests[request].placed_by = "manual"
        self._screen.catch_up()
        swapped = [{early: late, late: early}.get(request, request) for request in before]
        if [request for request, _ in self._screen.waiting_requests()] != swapped:
            raise Unexpected(
                f"{offers.person.id} and {agrees.person.id} exchanged places, and the list does not show it"
            )

    def hand_in(self) -> None:
        """Let the last one hand in a statement instead of speaking."""
        waiting = self.waiting()
        if not waiting or not self.can_spare_one():
            return
        request, player = waiting[-1]
        player.do("floor.written", {"request": request, "text": _STATEMENT})
        self._account.settle(request, "written", "request.written", by=None)
        self._account.requests[request].text = _STATEMENT

    def point_of_order(self, speaker: str | None) -> str:
        """Let somebody who does not speak raise a point of order; return the request."""
        return self.request(self.other_than(speaker), "point_of_order")

    def other_than(self, speaker: str | None) -> Player:
        """Return a participant who does not speak."""
        return next(each for each in self._company.participants if each.person.id != speaker)
