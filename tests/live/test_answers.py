"""What is remembered of answers: all of them, but of what is typed the newest alone."""

import pytest

from companion.core import commands as c
from companion.core.procedure import NoteKind
from companion.live import answers
from companion.live.answers import Answer, Remembered
from tests.house.typist import Typist
from tests.live.conftest import Start
from tests.live.house import MODERATOR, House
from tests.live.two_sessions import RAPPORTEUR

NOTE = "note-one"


def test_the_first_answer_holds() -> None:
    remembered = Remembered()
    first = remembered.keep(("ana", "one"), Answer(seq=1), typed=False)
    assert remembered.keep(("ana", "one"), Answer(seq=2), typed=True) == first
    assert remembered.find(("ana", "one")) == first
    assert remembered.find(("ben", "one")) is None


def test_of_what_is_typed_the_newest_answers_are_remembered_and_of_all_else_all() -> None:
    remembered = Remembered()
    for number in range(answers.MOST_TYPED + 10):
        remembered.keep(("ana", f"key-{number}"), Answer(seq=number), typed=True)
        remembered.keep(("ana", f"tap-{number}"), Answer(seq=number), typed=False)
    assert [("ana", f"key-{number}") in remembered for number in (0, 9, 10)] == [False, False, True]
    assert all(("ana", f"tap-{number}") in remembered for number in (0, 9, 10))


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
