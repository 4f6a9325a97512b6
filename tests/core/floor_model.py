"""A small model of the floor, made of lists and numbers: what a clerk with a stopwatch would write down.

It shares no code with the rules, knows no ranks, no events and no undo.
"""

from dataclasses import dataclass, field
from typing import Final

LISTS: Final = ("order", "speakers", "reply")


@dataclass
class Model:
    """Who waits on which list, who has the floor, whom a point of order interrupted, and how long everybody spoke."""

    lists: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in LISTS})
    held: dict[str, int] = field(default_factory=dict)
    """Requests set aside, with how many stood before them."""
    person: dict[str, str] = field(default_factory=dict)
    of_list: dict[str, str] = field(default_factory=dict)
    fate: dict[str, str] = field(default_factory=dict)
    absences: dict[str, int] = field(default_factory=dict)
    floor: str | None = None
    interrupted: str | None = None
    clock_runs: bool = False
    ran_before: bool = False
    seconds: dict[str, int] = field(default_factory=dict)

    def pass_time(self, seconds: int) -> None:
        if self.floor is not None and self.clock_runs:
            self.seconds[self.floor] += seconds

    def ask(self, request: str, person: str, which: str) -> None:
        self.person[request], self.of_list[request] = person, which
        self.absences[request] = 0
        self.lists[which].append(request)

    def leave(self, request: str, fate: str) -> None:
        """Take a request off its list, or from those set aside."""
        self.held.pop(request, None)
        if request in self.lists[self.of_list[request]]:
            self.lists[self.of_list[request]].remove(request)
        self.fate[request] = fate

    def move(self, request: str, after: str | None, *, last: bool) -> None:
        line = self.lists[self.of_list[request]]
        line.remove(request)
        line.insert(len(line) if last else 0 if after is None else line.index(after) + 1, request)

    def exchange(self, one: str, other: str) -> None:
        line = self.lists[self.of_list[one]]
        here, there = line.index(one), line.index(other)
        line[here], line[there] = other, one

    def arrange(self, order: list[str]) -> None:
        assert sorted(order) == sorted(self.lists["speakers"]), "nobody is lost or added by arranging"
        self.lists["speakers"] = order

    def give(self, request: str) -> None:
        self.lists[self.of_list[request]] = [each for each in self.lists[self.of_list[request]] if each != request]
        self.held.pop(request, None)
        interrupts = self.of_list[request] == "order" and self.floor is not None
        if interrupts and self.of_list[str(self.floor)] == "order":
            self._over(str(self.floor))
        elif interrupts:
            self.interrupted, self.ran_before = self.floor, self.clock_runs
        else:
            for each in (self.floor, self.interrupted):
                if each is not None:
                    self._over(each)
            self.interrupted = None
        self.floor, self.clock_runs = request, True
        self.seconds[request] = 0

    def next(self) -> None:
        if self.lists["order"]:
            self.give(self.lists["order"][0])
        elif self.interrupted is not None:
            self.end()
        else:
            self.give((self.lists["speakers"] or self.lists["reply"])[0])

    def end(self) -> None:
        self._over(str(self.floor))
        self._give_back()

    def absent(self, request: str) -> None:
        """Whoever is called and not there goes to the end once, then is struck."""
        if request == self.floor:
            del self.seconds[request]
            self._give_back()
        else:
            self.lists[self.of_list[request]].remove(request)
        self.absences[request] += 1
        line = self.lists[self.of_list[request]]
        if any(self.person[each] == self.person[request] for each in line):
            self.fate[request] = "absent"
        elif self.absences[request] > 1:
            self.fate[request] = "struck"
        else:
            line.append(request)

    def _over(self, request: str) -> None:
        self.fate[request] = "delivered"

    def _give_back(self) -> None:
        self.floor, self.interrupted, self.clock_runs = self.interrupted, None, self.ran_before
        if self.floor is None:
            self.clock_runs = False
