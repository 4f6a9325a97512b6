"""Pings by one task: each is asked once in an interval, and who does not answer is closed."""

import inspect
import time
import weakref

import engineio.server
import engineio.socket
import pytest
import socketio

from companion.sockets.heartbeats import EngineSocket, Heartbeats

INTERVAL = 10
PATIENCE = 5


class Ward:
    """Sockets that are watched, and a clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.server = socketio.Server(async_mode="threading", ping_timeout=PATIENCE).eio
        self.forgotten: list[str] = []
        self.heartbeats = Heartbeats(
            interval=INTERVAL,
            patience=PATIENCE,
            forget=lambda one: self.forgotten.append(one.sid),
            steady=lambda: self.now,
        )

    def come(self, name: str) -> EngineSocket:
        one = engineio.socket.Socket(self.server, name)
        one.connected = True
        self.server.sockets[name] = one
        self.heartbeats.watch(one)
        one.schedule_ping()
        return one

    def after(self, seconds: float) -> None:
        self.now += seconds
        while self.heartbeats.beat():
            pass


def asked(one: EngineSocket) -> list[str]:
    return [packet.encode() for packet in iter(lambda: one.queue.get() if one.queue.qsize() else None, None)]


@pytest.fixture
def ward() -> Ward:
    return Ward()


def test_each_is_asked_once_in_an_interval(ward: Ward) -> None:
    one = ward.come("one")
    ward.after(4)
    other = ward.come("other")
    ward.after(5.9)
    assert (asked(one), asked(other)) == ([], [])
    ward.after(0.1)
    assert (asked(one), asked(other)) == (["2"], [])
    ward.after(4)
    assert (asked(one), asked(other)) == ([], ["2"])


def test_who_answers_is_asked_again_an_interval_later_and_only_once(ward: Ward) -> None:
    one = ward.come("one")
    ward.after(INTERVAL)
    for _ in range(3):
        one.schedule_ping()  # what the library does with each pong
    assert asked(one) == ["2"]
    for _ in range(5):
        ward.after(INTERVAL)
        assert asked(one) == ["2"]
        one.schedule_ping()
    assert (one.closed, ward.forgotten) == (False, [])


def test_who_does_not_answer_is_closed_and_forgotten_after_as_long_again(ward: Ward) -> None:
    gone: list[tuple[str, str]] = []
    ward.server.on("disconnect", lambda sid, reason: gone.append((sid, reason)))
    one = ward.come("one")
    ward.after(INTERVAL)
    ward.after(PATIENCE - 0.1)
    assert not one.closed
    ward.after(0.1)
    assert (one.closed, gone, ward.forgotten) == (True, [("one", "ping timeout")], [])
    ward.after(PATIENCE)
    ward.after(INTERVAL)
    assert ward.forgotten == ["one"]


def test_the_wall_clock_may_jump_meanwhile(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    one = ward.come("one")
    ward.after(INTERVAL)
    monkeypatch.setattr(time, "time", lambda: 5.0)
    ward.after(PATIENCE)
    assert one.closed


@pytest.mark.parametrize("before_it_is_asked", [True, False])
def test_who_is_closed_by_others_is_forgotten_when_their_turn_comes(ward: Ward, *, before_it_is_asked: bool) -> None:
    one = ward.come("one")
    ward.after(0 if before_it_is_asked else INTERVAL)
    one.close(wait=False)
    asked(one)
    ward.after(INTERVAL)
    assert (ward.forgotten, asked(one)) == (["one"], [])


@pytest.mark.parametrize("before_it_is_asked", [True, False])
def test_whoever_is_gone_is_not_kept_until_their_turn_comes(ward: Ward, *, before_it_is_asked: bool) -> None:
    gone, other = ward.come("gone"), ward.come("other")
    ward.after(0 if before_it_is_asked else INTERVAL)
    memory = weakref.ref(gone)
    del gone.schedule_ping, gone, ward.server.sockets["gone"]
    assert memory() is None
    ward.after(INTERVAL)
    ward.after(PATIENCE)
    assert other.closed


def test_between_every_few_of_thousands_others_have_turns(ward: Ward) -> None:
    many = [ward.come(f"{number}") for number in range(120)]
    ward.now += INTERVAL
    turns = []
    while ward.heartbeats.beat():
        turns.append(sum(one.last_ping is not None for one in many))
    assert turns == [50, 100]
    assert all(one.last_ping for one in many)


def test_the_seams_of_the_library_are_where_they_were() -> None:
    assert "self.schedule_ping()" in inspect.getsource(engineio.socket.Socket.receive)
    assert "s.schedule_ping()" in inspect.getsource(engineio.server.Server._handle_connect)
    assert "if self.start_service_task:" in inspect.getsource(engineio.server.Server._handle_connect)
    assert socketio.Server(async_mode="threading").eio.start_service_task is True
