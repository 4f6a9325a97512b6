"""A socket's lane for as long as its connection lasts: the upgrade, what comes, what waits, and the end.

On the libraries' own sockets and queues; what needs eventlet is in `tests/journeys/test_the_road.py`.
"""

from collections.abc import Iterator

import pytest
from engineio.exceptions import SocketIsClosedError

from companion.sockets.frames import framed
from tests.sockets.hall import Room, WebSocket, patch


def serve(room: Room, *messages: str | bytes, connected: bool = True) -> int:
    """Let somebody come, say this and go; return their number."""
    somebody = room.come(polling=True)
    one, websocket = room.sockets[somebody], room.websockets[somebody]
    one.connected = connected
    websocket.iterator = iter(messages)
    room.lanes.serve(one, websocket)
    return somebody


def test_while_a_connection_lasts_its_socket_has_a_lane(room: Room) -> None:
    heard = []
    room.server.eio.on("message", lambda sid, data: heard.append((sid, data, sid in room.lanes.by_socket)))
    somebody = serve(room, "4first", b"second", connected=False)
    assert heard == [("e0", "first", True), ("e0", b"second", True)]
    assert (room.sockets[somebody].upgraded, room.sockets[somebody].closed) == (True, True)
    assert room.lanes.by_socket == {}


def test_whoever_holds_something_of_a_socket_is_told_once_its_connection_is_over(room: Room) -> None:
    over: list[str] = []
    room.lanes.ended = lambda one: over.append(one.sid)
    serve(room, "2probe")  # goes on polling
    assert over == []
    serve(room, "4hello", connected=False)
    assert over == ["e1"]


def test_what_is_taken_beforehand_the_library_does_not_hear(room: Room) -> None:
    heard = []
    room.server.eio.on("message", lambda _, data: heard.append(data))
    room.lanes.take = lambda _, message: message == "4mine"
    serve(room, "4yours", "4mine", "4yours too", connected=False)
    assert heard == ["yours", "yours too"]


def test_an_upgrade_is_agreed_on_and_ends_the_request_that_polls(room: Room) -> None:
    heard = []
    room.server.eio.on("message", lambda _, data: heard.append(data))
    somebody = serve(room, "2probe", "5", "4hello")
    assert (room.websockets[somebody].sent, room.sockets[somebody].upgraded, heard) == (
        ["3probe", "6"],
        True,
        ["hello"],
    )


@pytest.mark.parametrize("said", [(), ("2",), ("4hello",), ("2probe",), ("2probe", "4hello"), ("2probe", "x")])
def test_an_upgrade_that_is_not_finished_leaves_the_socket_polling(room: Room, said: tuple[str, ...]) -> None:
    one = room.sockets[serve(room, *said)]
    assert (one.upgraded, one.upgrading, one.closed) == (False, False, False)


def test_a_packet_that_is_none_ends_the_connection(room: Room) -> None:
    somebody = serve(room, "", "4never heard", connected=False)
    assert (room.websockets[somebody].closed, room.sockets[somebody].closed) == ((1002, "no packet of Engine.IO"), True)


def test_a_packet_of_an_unknown_kind_is_passed_over_and_one_too_many_ends_it(room: Room) -> None:
    heard = []

    def hear(_: str, data: str) -> None:
        heard.append(data)
        if data == "enough":
            raise SocketIsClosedError

    room.server.eio._trigger_event = lambda event, sid, data, **_: hear(sid, data) if event == "message" else None
    serve(room, "9what", "4heard", "4enough", "4not heard", connected=False)
    assert heard == ["heard", "enough"]


def test_what_waits_is_written_in_order_and_the_end_comes_last(room: Room) -> None:
    somebody = room.come(polling=True)
    one, websocket = room.sockets[somebody], room.websockets[somebody]
    room.tell("while it polled")

    def messages() -> Iterator[str]:
        websocket.senders = 1  # somebody is writing
        room.tell("behind them")
        websocket.senders = 0
        one.close(wait=True)
        yield from ()

    one.connected = False
    websocket.iterator = messages()
    room.lanes.serve(one, websocket)
    assert websocket.sent == ["4" + patch("while it polled")[1:], "4" + patch("behind them")[1:]]
    assert (room.seen(somebody), websocket.closed) == (framed("1"), "the end")


def test_what_cannot_be_written_any_more_is_taken_out_and_the_connection_closed(room: Room) -> None:
    somebody = room.come(polling=True)
    one, websocket = room.sockets[somebody], room.websockets[somebody]

    def fail(message: str) -> None:
        raise BrokenPipeError(message)

    websocket.send = fail  # type: ignore[method-assign]
    room.tell("lost")
    room.tell("lost too")
    one.connected = False
    room.lanes.serve(one, websocket)
    assert (one.queue.unfinished_tasks, websocket.closed) == (1, "the end")  # the end itself, after which nobody waits


def test_a_connection_that_is_hung_up_is_read_no_more(room: Room) -> None:
    somebody = room.come()
    room.lanes.hang_up(room.sockets[somebody])
    room.lanes.hang_up(room.sockets[room.come(polling=True)])
    assert not room.websockets[somebody].reads


def test_whoever_upgrades_a_second_time_is_sent_away_and_the_first_goes_on(room: Room) -> None:
    somebody = room.come()
    one, lane = room.sockets[somebody], room.lanes.by_socket["e0"]
    second = WebSocket(room.websockets[somebody].socket.fd)
    second.iterator = iter(["2probe", "5"])
    room.lanes.serve(one, second)
    assert (second.closed, second.sent) == ("the end", [])
    assert room.lanes.by_socket["e0"] is lane
    room.tell("still you")
    assert room.seen(somebody) == framed(patch("still you"))


def test_a_reader_that_fails_ends_the_connection(room: Room) -> None:
    def fails() -> Iterator[str]:
        yield "4heard"
        raise TimeoutError

    somebody = room.come(polling=True)
    one = room.sockets[somebody]
    one.connected, room.websockets[somebody].iterator = False, fails()
    with pytest.raises(TimeoutError):
        room.lanes.serve(one, room.websockets[somebody])
    assert (one.closed, room.lanes.by_socket) == (True, {})
