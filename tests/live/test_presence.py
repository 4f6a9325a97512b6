"""Who is connected: by person, told to staff and booths, and an absence only after a moment."""

import sys
import threading
from collections.abc import Iterator

import pytest

from companion.audiences.audience import SEES_PRESENCE
from companion.live.presence import ABSENT_AFTER_SECONDS, Presence
from tests.live.house import SESSION, SOON, Listener, Sent
from tests.live.pausing import Pausing


class Watched:
    """Presence of one session, what was told, and its sleepers."""

    def __init__(self) -> None:
        self.engine = Pausing()
        self.listener = Listener()
        self.told = threading.Semaphore(0)
        self.listener.at_signal = self.told.release
        self.presence = Presence(self.engine, self.listener)

    def changes(self) -> list[dict[str, bool]]:
        """Return what each audience that sees presence was told; the same to all."""
        by_audience = {
            audience: [signal["data"]["people"] for told, signal in self.listener.signals if told is audience]
            for audience in {told for told, _ in self.listener.signals}
        }
        assert set(by_audience) <= SEES_PRESENCE
        assert all(told == next(iter(by_audience.values())) for told in by_audience.values())
        return next(iter(by_audience.values()), [])

    def hear(self) -> None:
        """Wait for one change."""
        for _ in SEES_PRESENCE:
            assert self.told.acquire(timeout=SOON)

    def left(self, person: str) -> None:
        """Have the last socket of a person go; return when the grace has begun."""
        self.presence.left(SESSION, person)
        assert self.engine.asleep.acquire(timeout=SOON)


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.engine.woken.release(100)


def test_whoever_comes_is_told_at_once_to_all_who_see_presence(watched: Watched) -> None:
    watched.presence.arrived(SESSION, "ana")
    assert watched.changes() == [{"ana": True}]
    assert {audience for audience, _ in watched.listener.signals} == SEES_PRESENCE
    assert watched.presence.connected() == {"ana"}


def test_another_socket_of_the_same_person_is_nothing_new(watched: Watched) -> None:
    for _ in range(3):
        watched.presence.arrived(SESSION, "ana")
    watched.presence.left(SESSION, "ana")
    watched.presence.left(SESSION, "ana")
    assert watched.changes() == [{"ana": True}]
    assert watched.engine.seconds == []


def test_an_absence_is_told_after_three_seconds(watched: Watched) -> None:
    watched.presence.arrived(SESSION, "ana")
    watched.hear()
    watched.left("ana")
    assert watched.engine.seconds == [ABSENT_AFTER_SECONDS] == [3.0]
    assert watched.changes() == [{"ana": True}]
    assert watched.presence.connected() == {"ana"}
    watched.engine.woken.release()
    watched.hear()
    assert watched.changes() == [{"ana": True}, {"ana": False}]
    assert watched.presence.connected() == set()


def test_whoever_comes_back_within_a_moment_was_never_away(watched: Watched) -> None:
    watched.presence.arrived(SESSION, "ana")
    watched.left("ana")
    watched.presence.arrived(SESSION, "ana")
    watched.left("ben")  # a socket of whom nothing is known says nothing either
    watched.engine.woken.release(2)
    watched.engine.finish()
    assert watched.changes() == [{"ana": True}]
    assert watched.presence.connected() == {"ana"}


def test_a_newcomer_is_told_of_everybody_who_is_shown(watched: Watched) -> None:
    for person in ("ana", "ben"):
        watched.presence.arrived(SESSION, person)
    watched.left("ben")
    assert watched.presence.full(SESSION) == {
        "session": SESSION,
        "type": "presence",
        "data": {"people": {"ana": True, "ben": True}, "full": True},
    }
    assert watched.presence.full("another")["data"]["people"] == {}


def test_sockets_that_come_and_go_at_the_same_time_are_all_counted(watched: Watched) -> None:
    together = threading.Barrier(4)
    people = [f"person-{number}" for number in range(300)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def come_and_go() -> None:
        together.wait()
        for person in people:
            watched.presence.arrived(SESSION, person)
            watched.presence.connected()
            watched.presence.arrived(SESSION, person)
            watched.presence.left(SESSION, person)

    try:
        for each in [Sent(come_and_go) for _ in range(4)]:
            each.answer()
    finally:
        sys.setswitchinterval(before)
    assert watched.presence._sockets[SESSION] == dict.fromkeys(people, 4)
    assert watched.presence.connected() == {*people}
    assert len(watched.changes()) == len(people)
