"""The list of speakers as staff keep it: its rule, its speaking times, who was called in vain, who was typed in."""

from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from companion.simulate.account import Asked, Limited, Recognised
from companion.simulate.asking import Askers
from companion.simulate.client import Player, Unexpected
from companion.simulate.company import Company
from companion.simulate.floor import Floor

_TAKES_TURNS_BY: Final = {"round_robin_group": "group", "alternate_attendance": "attendance"}
_OF_A_STATEMENT_SECONDS: Final = 150
_OF_ONE_PERSON_SECONDS: Final = 90
_MOST_SHARED_SECONDS: Final = 100
_GUEST: Final = {"name": "Misspelt Delegate", "organisation": "As heard at the door"}


class ListOfficers:
    """Whoever keeps the list puts it in order, sets times, and looks after those who are not there."""

    def __init__(self, company: Company, floor: Floor, askers: Askers) -> None:
        self._company = company
        self._account = company.account
        self._screen = company.screen
        self._floor = floor
        self._askers = askers
        self._officer = company.officer
        self._by = company.officer.person.role.value
        self._missed: str | None = None
        self._called_in_vain: str | None = None
        self._guest: tuple[str, Player | None] | None = None

    def carry_over(self) -> None:
        """Put those whom the session before did not reach on the list of this one, once."""
        left = self._company.left
        if left is None or not left.requests:
            return
        data = {"from": left.session}
        self._officer.do("list.carry_over", data)
        self._screen.catch_up()
        carried = [
            request for request, value in self._screen.waiting_requests() if value["carried_from"] == left.session
        ]
        people = [self._screen.person_of(f"request/{request}") for request in carried]
        if people != [asked.person for asked in left.requests]:
            raise Unexpected(f"{people} were carried over, not those whom session {left.session} did not reach")
        for request, asked in zip(carried, left.requests, strict=True):
            here = Asked(person=asked.person, kind=asked.kind, by=self._by, carried_from=left.session)
            self._account.ask(request, replace(here, topic=asked.topic, on_behalf_of=asked.on_behalf_of))
            self._askers.drop(asked.person)
        self._officer.refused("nothing_to_carry_over", "list.carry_over", data)

    # Its order

    def take_turns_by_group(self) -> None:
        """Have the stakeholder groups take turns."""
        self._order_by("round_robin_group")

    def take_turns_by_attendance(self) -> None:
        """Have the room and remote participants take turns."""
        self._order_by("alternate_attendance")

    def hear_who_came_first(self) -> None:
        """Have everybody heard in the order of arrival."""
        self._order_by("first_come")

    def _order_by(self, rule: str) -> None:
        if self._screen.rule != rule:
            self._officer.do("list.rule", {"rule": rule})
            self._account.happen("list.rule_set", by=self._by, rule=rule, automatic=False)
            self._account.rule = rule
        suggested = self._officer.fetch(f"/api/sessions/{self._company.session}/arrangement")
        self._officer.do("list.arrange")
        if suggested["moved"]:
            self._account.happen(
                "list.arranged", by=self._by, rule=rule, automatic=False, moved=len(suggested["moved"])
            )
        for request in suggested["moved"]:
            self._account.requests[request].placed_by = rule
        self._screen.catch_up()
        shown = self._screen.waiting_requests()
        if [request for request, _ in shown] != suggested["order"] or not self._takes_turns(shown):
            raise Unexpected(f"the list was put into the order of {rule}, and does not stand in it")

    def _takes_turns(self, shown: list[tuple[str, dict[str, Any]]]) -> bool:
        """Say whether nobody comes twice running while others wait; those who were called in vain come after all."""
        by = _TAKES_TURNS_BY.get(self._account.rule)
        if by is None:
            return True
        sides = [self._screen.person(value["person"])[by] for _, value in shown if not value["absences"]]
        return all(one != other or set(sides[place:]) == {one} for place, (one, other) in enumerate(pairwise(sides)))

    # Those who are not there

    def miss(self) -> None:
        """Call the first who waits: they are not there, and come at the end, once."""
        if len(waiting := self._askers.waiting()) > 1:
            self._missed = waiting[0][0]
            self._officer.do("floor.absent", {"request": self._missed})
            self._absent(self._missed, by=self._by)

    def strike(self) -> None:
        """Call them once more in vain: they are struck."""
        if self._missed is not None and self._waits(self._missed) and self._askers.can_spare_one():
            self._officer.do("floor.absent", {"request": self._missed})
            self._absent(self._missed, by=self._by)

    def call_in_vain(self) -> None:
        """Give the floor to the next speaker, who is not there: it was nobody's, and they come at the end."""
        if len(self._askers.waiting()) > 1:
            spoke = self._floor.next()
            self._floor.void(spoke)
            self._absent(spoke.request, by=self._floor.by)
            self._called_in_vain = spoke.request

    def hear_the_late_one(self) -> None:
        """Give the floor to whoever was called in vain and has come, before those whose turn it is."""
        late = self._called_in_vain
        if late is not None and self._waits(late) and self._askers.can_spare_one():
            self._floor.give(late)
            self._floor.speak()

    def _absent(self, request: str, *, by: str) -> None:
        """Write down what becomes of a request whose person is not there, as the session's settings say."""
        asked = self._account.requests[request]
        lost = self._company.moderator.map["session"]["when_absent"] == "lost"
        status = "struck" if asked.absences else "absent" if lost else "waiting"
        asked.absences += 1
        self._account.settle(request, status, "request.absent", by=by).details["status"] = status
        self._screen.catch_up()
        if self._waits(request) is not (status == "waiting"):
            raise Unexpected(f"the list does not show that request {request} of somebody absent is {status}")

    def _waits(self, request: str) -> bool:
        return request in dict(self._screen.waiting_requests())

    # Guests

    def type_in_a_guest(self) -> None:
        """Put somebody on the list by the name that was heard; it is one of those who would have asked, if any are left."""
        request = self.guest(_GUEST)
        meant = self._askers.left.pop() if self._askers.left else None
        self._guest = request, meant

    def guest(self, guest: dict[str, str]) -> str:
        """Put a guest on the list; return the request."""
        request = self._officer.do("floor.request", {"kind": "statement", "guest": guest})["request"]
        self._company.moderator.until(lambda map_: f"request/{request}" in map_)
        person = self._screen.person_of(f"request/{request}")
        self._account.ask(request, Asked(person=person, kind="statement", by=self._by))
        return str(request)

    def recognise_the_guest(self) -> None:
        """Have the secretariat find out who the guest is; all that was the guest's is theirs, and on their phone."""
        if self._guest is None:
            return
        request, meant = self._guest
        guest, meant = self._account.requests[request].person, meant or self._idle()
        if meant is None:
            return
        person = self._screen.person(meant.person.id)
        self._company.secretariat.do("person.link", {"from": guest, "person": meant.person.id})
        self._account.recognised.append(
            Recognised(
                request=request,
                guest_name=_GUEST["name"],
                guest_organisation=_GUEST["organisation"],
                name=person["name"],
                organisation=person["organisation"],
            )
        )
        self._account.recognise(guest, meant.person.id)
        self._screen.catch_up()
        if self._waits(request):
            meant.until(lambda map_: any(each["id"] == request for each in map_["me/requests"]))

    def _idle(self) -> Player | None:
        """Return a participant who neither waits nor speaks."""
        busy = {value["person"] for value in self._screen.open_requests()} | {self._floor.speaker}
        return next((player for player in self._company.participants if player.person.id not in busy), None)

    # Speaking times

    def limit(self) -> None:
        """Set the time of statements, and that of one person, which is nobody's business."""
        self.set_limit(kind="statement", seconds=_OF_A_STATEMENT_SECONDS)
        if waiting := self._askers.waiting():
            person = waiting[0][1].person.id
            data = {"person": person, "seconds": _OF_ONE_PERSON_SECONDS, "reason": "interpretation on the phone"}
            self._officer.do("list.limit", data)
            self._company.times.people[person] = _OF_ONE_PERSON_SECONDS

    def set_limit(self, *, kind: str, seconds: int) -> None:
        """Set the time of a kind."""
        self._officer.do("list.limit", {"kind": kind, "seconds": seconds})
        self._company.times.kinds[kind] = seconds
        self._account.limits.append(Limited(kind=kind, seconds=seconds))

    def share_time(self) -> None:
        """Propose what is left of the time for each on the list, and apply it, or less."""
        self._screen.catch_up()
        by, names = self._floor.by, self._screen.waiting()
        if not names:
            return
        answer = self._floor.chair.say("list.share_time")
        if answer.get("code") == "no_time_left":
            return
        if not answer["ok"]:
            raise Unexpected(f"sharing the time was answered with {answer}")
        self._screen.catch_up()
        proposed = self._company.moderator.map["list"]["proposed"]
        self._account.happen("list.time_share_proposed", by=by, seconds=proposed["seconds"], names=names)
        self._share(min(proposed["seconds"], _MOST_SHARED_SECONDS))

    def end_sharing(self) -> None:
        """Let everybody have their own time again."""
        if self._company.times.shared is not None:
            self._share(None)

    def _share(self, seconds: int | None) -> None:
        self._floor.chair.do("list.share_time", {"seconds": seconds})
        self._account.happen("list.time_shared", by=self._floor.by, seconds=seconds)
        self._account.limits.append(Limited(seconds=seconds, shared=True))
        self._company.times.shared = seconds
