"""Sockets that have not said yet who they are."""

from companion.sockets.strangers import Strangers


class Room:
    def __init__(self) -> None:
        self.now = 0.0
        self.strangers = Strangers(most=3, seconds=5, steady=lambda: self.now)


def test_whoever_says_nothing_is_overdue_after_a_time_and_nobody_else_is() -> None:
    room = Room()
    room.strangers.came("silent")
    room.now = 2
    room.strangers.came("later")
    room.strangers.came("known")
    room.strangers.forget("known")
    room.now = 4.9
    assert room.strangers.overdue() == []
    room.now = 5
    assert room.strangers.overdue() == ["silent"]
    assert room.strangers.overdue() == []
    room.now = 100
    assert room.strangers.overdue() == ["later"]
    assert (len(room.strangers), room.strangers.turned_away) == (0, 2)


def test_of_too_many_the_one_that_has_waited_longest_makes_way() -> None:
    strangers = Room().strangers
    assert [strangers.came(name) for name in "abcde"] == [None, None, None, "a", "b"]
    strangers.forget("c")
    assert [strangers.came(name) for name in "fg"] == [None, "d"]
    assert (len(strangers), strangers.turned_away) == (3, 3)


def test_whoever_is_gone_is_forgotten_once() -> None:
    strangers = Room().strangers
    strangers.came("gone")
    strangers.forget("gone")
    strangers.forget("gone")
    assert (len(strangers), strangers.turned_away) == (0, 0)
