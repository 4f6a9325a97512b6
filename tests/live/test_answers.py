"""What is remembered of answers: all that the disk has, but of what is typed the newest alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core import commands as c
from companion.core.procedure import NoteKind
from companion.live import answers
from companion.live.answers import Answer, Remembered
from tests.house.typist import Typist
from tests.live.conftest import Start
from tests.live.house import MODERATOR, House
from tests.live.two_sessions import RAPPORTEUR

NOTE = "note-one"


class Disk:
    """Answers that are on a disk, and how often it was asked."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], Answer] = {}
        self.asked = 0

    def read(self, key: tuple[str, str]) -> Answer | None:
        self.asked += 1
        return self.answers.get(key)


def test_the_first_answer_to_what_leads_to_nothing_holds() -> None:
    remembered = Remembered(Disk().read)
    first = remembered.keep_of_nothing(("ana", "one"), Answer(seq=1))
    assert remembered.keep_of_nothing(("ana", "one"), Answer(seq=2)) == first
    assert remembered.find(("ana", "one")) == first
    assert remembered.find(("ben", "one")) is None


def test_the_newest_answers_are_at_hand_and_the_older_ones_on_the_disk_but_for_what_is_typed_or_led_to_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers, "MOST_AT_HAND", 10)
    monkeypatch.setattr(answers, "MOST_TYPED", 10)
    disk = Disk()
    remembered = Remembered(disk.read)
    for number in range(20):
        answer = disk.answers["ana", f"tap-{number}"] = Answer(seq=number, result={"request": f"r.{number}"})
        remembered.keep(("ana", f"tap-{number}"), answer, typed=False)
        disk.answers["ana", f"key-{number}"] = Answer(seq=number)
        remembered.keep(("ana", f"key-{number}"), Answer(seq=number), typed=True)
        remembered.keep_of_nothing(("ana", f"sign-{number}"), Answer(seq=number))

    def found(what: str) -> list[int]:
        return [number for number in range(20) if remembered.find(("ana", f"{what}-{number}")) is not None]

    assert (found("key"), found("sign"), disk.asked) == ([*range(10, 20)], [*range(10, 20)], 0)
    assert (found("tap"), disk.asked) == ([*range(20)], 10)
    assert remembered.find(("ana", "tap-3")) == Answer(seq=3, result={"request": "r.3"})
    assert (remembered.find(("ana", "tap-20")), disk.asked) == (None, 11)


@given(st.lists(st.integers(-(1 << 63), (1 << 63) - 1), max_size=30), st.lists(st.integers(-9, 9), max_size=30))
def test_numbers_are_there_in_order_or_not_yet(first: list[int], more: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers, "MOST_UNORDERED", 3)
        numbers = answers.Numbers(first)
        for number in more:
            numbers.add(number)
        for number in (*first, *more, *range(-10, 11)):
            assert (number in numbers) == (number in {*first, *more})


def test_a_command_that_is_sent_again_long_after_has_its_first_answer(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "MOST_AT_HAND", 2)
    house = start()
    first = house.command(MODERATOR, c.Announce(text="Coffee"), "tap-for-coffee")
    closed = house.command(MODERATOR, c.CloseList(), "tap-to-close")
    house.command(MODERATOR, c.OpenList(), "tap-to-open")
    for number in range(5):
        house.command(MODERATOR, c.Announce(text=f"Tea {number}"), f"tap-for-tea-{number}")
    for _ in range(2):
        seq = house.on_disk()
        assert house.command(MODERATOR, c.Announce(text="Coffee"), "tap-for-coffee") == first
        assert house.command(MODERATOR, c.CloseList(), "tap-to-close") == closed
        assert house.on_disk() == seq
        house = start()


def typed(house: House, typist: Typist, id_: str, *, at: int) -> tuple[c.TypeNote, Answer]:
    command = typist.command(NOTE, at, 0, "x")
    return command, house.command(RAPPORTEUR, command, id_)


def test_what_is_typed_and_forgotten_is_merged_once_however_often_it_is_sent(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "MOST_TYPED", 2)
    house, typist = start(), Typist(5)
    house.command(RAPPORTEUR, c.AddNote(note=NOTE, kind=NoteKind.GAP))
    announced = house.command(MODERATOR, c.Announce(text="Lunch"), "tap-for-lunch")
    sent = [typed(house, typist, f"key-number-{number}", at=number) for number in range(4)]
    for _ in range(2):
        seq = house.on_disk()
        assert house.command(RAPPORTEUR, sent[-1][0], "key-number-3") == sent[-1][1]
        for number, (command, _answer) in enumerate(sent[:2]):
            assert house.command(RAPPORTEUR, command, f"key-number-{number}") == Answer(seq=seq)
        assert house.command(MODERATOR, c.Announce(text="Lunch"), "tap-for-lunch") == announced
        assert (house.host.committed.notes[NOTE].text, house.on_disk()) == ("xxxx", seq)
        house = start()
