"""What a poll counts is its ballots: whatever the order, changes, repeats, restarts and hands, by a model of its own."""

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from companion.audiences.audience import Audience
from companion.core import commands as c
from companion.core.people import Actor, Attendance, Person, Role
from companion.core.procedure import PollUnit, Results, RoomAnswers
from companion.core.refusals import Refusal
from tests.audiences.walk import PEOPLE
from tests.core.profile import PROFILE
from tests.core.scenario import poll_of
from tests.live.house import MODERATOR, SECRETARY, Hands, House
from tests.live.screens import Screen, whole

POLL: Final = "poll-that-is-open"
OPTIONS: Final = ("support", "support_with_changes", "cannot_support", "abstain")
VOTERS: Final = [each for each in PEOPLE if each.role in {Role.PANELLIST, Role.PARTICIPANT, Role.OBSERVER}]

votes = st.tuples(st.just("vote"), st.integers(0, len(VOTERS) - 1), st.sampled_from(OPTIONS))
repeats = st.tuples(st.just("repeat"), st.integers(0, 200), st.just(""))
restarts = st.tuples(st.just("restart"), st.just(0), st.just(""))
moves = st.tuples(st.just("move"), st.integers(0, len(VOTERS) - 1), st.sampled_from([*Attendance]))
hands = st.tuples(st.just("hands"), st.integers(0, 9), st.sampled_from(OPTIONS))
STEPS: Final = st.lists(st.one_of(votes, votes, votes, votes, repeats, repeats, moves, hands, restarts), max_size=40)


@dataclass
class Model:
    """A box of ballots as one would keep it by hand: of each unit the last paper, and the hands counted last."""

    unit: PollUnit
    room: RoomAnswers
    remote: frozenset[str]
    papers: dict[str, str] = field(default_factory=dict)
    raised: Counter[str] = field(default_factory=Counter)

    def unit_of(self, person: Person) -> str | None:
        if person.role is Role.OBSERVER or (self.room is RoomAnswers.BY_HANDS and person.id not in self.remote):
            return None
        return person.id if self.unit is PollUnit.PERSON else person.delegation

    def takes(self, person: Person, option: str) -> bool:
        unit = self.unit_of(person)
        if unit is not None:
            self.papers[unit] = option
        return unit is not None


@dataclass
class Room:
    """A started server, all that was sent to it, and the model beside it."""

    house: House
    model: Model
    hands: Hands
    file: Path
    sent: list[tuple[str, Actor, c.Command]] = field(default_factory=list)

    def vote(self, number: int, option: str) -> None:
        person = VOTERS[number]
        command, id_ = c.AnswerPoll(poll=POLL, option=option), f"ballot-{len(self.sent):04}"
        actor = Actor(person=person.id, role=person.role)
        if self.model.takes(person, option):
            self.house.command(actor, command, id_)
            self.sent.append((id_, actor, command))
        else:
            assert self.house.refusal(actor, command, id_) in {Refusal.NOT_ELIGIBLE, Refusal.NOT_ALLOWED}

    def repeat(self, number: int) -> None:
        """Send one of the ballots again, as a client does that has lost its connection: it counts once."""
        if self.sent:
            id_, actor, command = self.sent[number % len(self.sent)]
            self.house.command(actor, command, id_)

    def restart(self) -> None:
        self.house.close()
        self.house = House(self.file, self.hands)

    def move(self, number: int, attendance: str) -> None:
        """Have somebody come or go while the poll is open: that changes neither who answers nor for whom."""
        person = VOTERS[number].id
        self.house.command(SECRETARY, c.MarkAttendance(person=person, attendance=Attendance(attendance)))

    def raised(self, count: int, option: str) -> None:
        command = c.CountRoom(poll=POLL, counts={option: count}, present=20)
        if self.model.room is RoomAnswers.BY_APP:
            assert self.house.refusal(MODERATOR, command) is Refusal.NOT_NOW
        else:
            self.house.command(MODERATOR, command)
            self.model.raised = Counter({option: count})

    def do(self, what: str, number: int, word: str) -> None:
        match what:
            case "vote":
                self.vote(number, word)
            case "repeat":
                self.repeat(number)
            case "restart":
                self.restart()
            case "move":
                self.move(number, word)
            case _:
                self.raised(number, word)


@given(
    unit=st.sampled_from(PollUnit),
    room=st.sampled_from(RoomAnswers),
    remote=st.sets(st.integers(0, len(VOTERS) - 1)),
    steps=STEPS,
)
@PROFILE
def test_the_tally_is_the_ballots(
    prepared: Path, unit: PollUnit, room: RoomAnswers, remote: set[int], steps: list[tuple[str, int, str]]
) -> None:
    with TemporaryDirectory() as folder:
        file, hands = Path(folder) / "workshop.db", Hands()
        shutil.copy(prepared, file)
        model = Model(unit, room, frozenset(VOTERS[number].id for number in remote))
        there = Room(House(file, hands), model, hands, file)
        try:
            for number in remote:
                there.move(number, Attendance.REMOTE)
            there.house.command(MODERATOR, poll_of(c.OpenPoll, poll=POLL, unit=unit, room=room, results=Results.LIVE))
            for step in steps:
                there.do(*step)
            # Counts follow to the screens a moment later: here, what the server itself counts.
            compare(model, whole(there.house.host.committed, MODERATOR.person, Audience.STAFF))
            there.house.command(MODERATOR, c.ClosePoll(poll=POLL, expect=POLL))
            for who in (MODERATOR, Actor(person=VOTERS[0].id, role=VOTERS[0].role)):
                compare(model, Screen(there.house, who).map())
        finally:
            there.house.close()


def compare(model: Model, map_: Mapping[str, Any]) -> None:
    """Compare what a map says of the poll with the model."""
    shown, ballots = map_[f"poll/{POLL}"], Counter(model.papers.values())
    assert shown["tally"] == {option: ballots[option] for option in OPTIONS}
    assert shown["total"] == {option: ballots[option] + model.raised[option] for option in OPTIONS}
    assert shown["answered"] == len(model.papers)
    assert (shown["room_tally"] is None) == (not model.raised)
    assert shown["eligible"] == len({model.unit_of(person) for person in VOTERS} - {None})
