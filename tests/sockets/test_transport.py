"""The widened road: one frame for all, written straight to whoever can take it, and nothing ever overtakes anything.

On the libraries' own sockets and queues, and a pair of real sockets; what needs eventlet is in `tests/journeys/test_the_road.py`.
"""

import contextlib
import hashlib
import inspect
import socket
import time
from collections.abc import Callable, Iterator
from queue import Queue
from types import SimpleNamespace
from typing import Any

import engineio.packet
import engineio.socket
import pytest
import socketio
from engineio.exceptions import SocketIsClosedError

from companion import engine
from companion.sockets.frames import framed
from companion.sockets.lanes import Lane, Lanes, frame_of
from companion.sockets.transport import WideManager

MOST_WAITING = 5


class WebSocket:
    """What a lane needs of a WebSocket; the rest of a frame is written when the test says so."""

    def __init__(self, descriptor: socket.socket) -> None:
        self.socket = SimpleNamespace(fd=descriptor)
        self.senders = 0
        self.rest = b""
        self.iterator: Iterator[str | bytes] = iter(())
        self.sent: list[str] = []
        self.closed: object = None
        self.reads = True

    def begin_rest(self) -> None:
        self.senders += 1

    def send_rest(self, rest: bytes) -> None:
        self.rest += rest

    def send(self, message: str) -> None:
        self.sent.append(message)

    def close(self, close_data: object = "the end") -> None:
        self.closed = self.closed or close_data

    def within(self, seconds: float) -> contextlib.AbstractContextManager[None]:
        assert seconds > 0
        return contextlib.nullcontext()

    def stop_reading(self) -> None:
        self.reads = False


class Outbox(Queue[Any]):
    """The library's queue, which says when something was put in."""

    heard: Any = None

    def put(self, item: object, block: bool = True, timeout: float | None = None) -> None:  # noqa: FBT001, FBT002
        super().put(item, block, timeout)
        if self.heard is not None:
            self.heard()


def spawn(work: Callable[..., object], *args: object) -> None:
    work(*args)


class Room:
    """A server with sockets that speak WebSocket, each with the far end of its connection."""

    def __init__(self) -> None:
        self.lanes = Lanes(SimpleNamespace(spawn=spawn), most_waiting=MOST_WAITING)
        self.server = socketio.Server(async_mode="threading", client_manager=WideManager(self.lanes))
        self.sockets: list[Any] = []
        self.websockets: list[WebSocket] = []
        self.screens: list[socket.socket] = []

    def come(self, *, polling: bool = False) -> int:
        """Let somebody come who is in room `hall`; return their number."""
        number = len(self.sockets)
        one = engineio.socket.Socket(self.server.eio, f"e{number}")
        one.connected, one.upgraded, one.last_ping = True, not polling, None
        self.server.eio.sockets[one.sid] = one
        sid = self.server.manager.connect(one.sid, "/")
        self.server.manager.enter_room(sid, "/", "hall")
        near, far = socket.socketpair()
        near.settimeout(0)
        far.settimeout(0)
        websocket = WebSocket(near)
        one.queue = Outbox()
        self.lanes.limit(one)
        if not polling:
            lane = self.lanes.by_socket[one.sid] = Lane(one, websocket, self.lanes.traffic, spawn)
            one.send = lane.send
        self.sockets.append(one)
        self.websockets.append(websocket)
        self.screens.append(far)
        return number

    def tell(self, text: str) -> None:
        self.server.emit("patch", {"text": text}, to="hall")

    def seen(self, number: int) -> bytes:
        """Return what has arrived at the far end."""
        try:
            return self.screens[number].recv(1 << 20)
        except BlockingIOError:
            return b""

    def waiting(self, number: int) -> list[str]:
        """Take what waits in the library's queue, as it would be sent."""
        queue = self.sockets[number].queue
        return [queue.get().encode() for _ in range(queue.qsize())]


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    yield made
    for websocket, screen in zip(made.websockets, made.screens, strict=True):
        websocket.socket.fd.close()
        screen.close()


def patch(text: str) -> str:
    return f'42["patch",{{"text":"{text}"}}]'


def test_all_of_a_room_get_the_same_frame_at_once(room: Room) -> None:
    everybody = [room.come() for _ in range(3)]
    room.tell("the list is open")
    assert [room.seen(each) for each in everybody] == [framed(patch("the list is open"))] * 3
    assert [room.waiting(each) for each in everybody] == [[]] * 3
    assert (room.lanes.traffic.written, room.lanes.traffic.queued) == (3, 0)


def test_a_packet_is_framed_once_however_many_share_it() -> None:
    packet = engineio.packet.Packet(engineio.packet.MESSAGE, "2[]")
    assert frame_of(packet) is frame_of(packet)


def test_who_polls_is_told_by_the_library(room: Room) -> None:
    polling, other = room.come(polling=True), room.come()
    room.tell("hello")
    assert (room.waiting(polling), room.seen(other)) == ([patch("hello")], framed(patch("hello")))


def test_nothing_overtakes_what_waits_in_the_queue(room: Room) -> None:
    somebody = room.come()
    room.sockets[somebody].queue.put(engineio.packet.Packet(engineio.packet.PING))
    room.tell("after the ping")
    assert (room.seen(somebody), room.waiting(somebody)) == (b"", ["2", patch("after the ping")])


def test_nothing_overtakes_whoever_is_writing_or_waits_to(room: Room) -> None:
    somebody = room.come()
    room.websockets[somebody].senders = 1
    room.tell("after theirs")
    assert (room.seen(somebody), room.waiting(somebody)) == (b"", [patch("after theirs")])


def test_what_is_sent_to_one_goes_straight_too(room: Room) -> None:
    somebody = room.come()
    room.server.eio.send_packet("e0", engineio.packet.Packet(engineio.packet.PING))
    assert (room.seen(somebody), room.waiting(somebody)) == (framed("2"), [])
    room.server._send_packet("e0", room.server.packet_class(3, data=[{"ok": True}], id=7))
    assert (room.seen(somebody), room.waiting(somebody)) == (framed('437[{"ok":true}]'), [])


def test_during_an_upgrade_nothing_is_written_straight(room: Room) -> None:
    somebody = room.come()
    room.sockets[somebody].upgrading = True
    room.tell("held")
    assert (room.seen(somebody), room.waiting(somebody)) == (b"", [patch("held")])


def test_a_frame_that_was_begun_is_finished_before_anything_else(room: Room) -> None:
    somebody = room.come()
    near = room.websockets[somebody].socket.fd
    near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    room.tell("x" * 400_000)
    room.tell("then this")
    whole = framed(patch("x" * 400_000))
    seen = b""
    while piece := room.seen(somebody):
        seen += piece
    assert 0 < len(seen) < len(whole)
    assert (seen + room.websockets[somebody].rest, room.waiting(somebody)) == (whole, [patch("then this")])


def test_what_cannot_be_begun_waits(room: Room) -> None:
    somebody = room.come()
    near = room.websockets[somebody].socket.fd
    with pytest.raises(BlockingIOError):
        while True:
            near.send(b"x" * 65_536)
    room.tell("later")
    assert room.waiting(somebody) == [patch("later")]


def test_a_connection_that_is_gone_is_left_to_the_library(room: Room) -> None:
    somebody, other = room.come(), room.come()
    room.websockets[somebody].socket.fd.close()
    room.tell("still there?")
    assert room.waiting(somebody) == [patch("still there?")]
    assert room.seen(other) == framed(patch("still there?"))


def test_whoever_has_been_silent_for_too_long_is_closed_as_the_library_does(room: Room) -> None:
    somebody = room.come()
    room.sockets[somebody].last_ping = time.time() - room.server.eio.ping_timeout - 1
    room.tell("anybody?")
    assert room.sockets[somebody].closed
    assert room.seen(somebody) == b""


def test_who_does_not_read_is_dropped_with_what_the_kernel_holds_and_the_others_notice_nothing(room: Room) -> None:
    somebody, other = room.come(), room.come()
    room.websockets[somebody].senders = 1
    for number in range(MOST_WAITING):
        room.tell(f"patch {number}")
    assert not room.sockets[somebody].closed
    room.tell("one too many")
    assert (room.sockets[somebody].closed, room.lanes.traffic.dropped) == (True, 1)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        room.screens[somebody].send(b"I am back") and room.screens[somebody].send(b"am I not?")
    room.tell("we go on")
    assert room.seen(other).endswith(framed(patch("we go on")))


def test_who_polls_and_does_not_come_back_is_dropped_too(room: Room) -> None:
    somebody = room.come(polling=True)
    for number in range(MOST_WAITING + 1):
        room.tell(f"patch {number}")
    assert (room.sockets[somebody].closed, room.lanes.traffic.dropped) == (True, 1)


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
    room.lanes.serve(one, room.websockets[somebody])
    assert (one.closed, room.lanes.by_socket) == (True, {})


def test_several_rooms_are_told_by_the_library(room: Room) -> None:
    somebody = room.come()
    room.server.emit("patch", {"text": "all of you"}, to=["hall", "cellar"])
    assert room.seen(somebody) == framed(patch("all of you"))


def test_nobody_is_told_in_a_room_that_is_empty(room: Room) -> None:
    room.server.emit("patch", {"text": "anybody?"}, to="cellar")
    somebody = room.come()
    room.server.emit("patch", {"text": "anybody?"}, to="cellar")
    assert room.seen(somebody) == b""


def test_a_socket_that_goes_is_forgotten_as_the_library_forgets_it(room: Room) -> None:
    libraries = socketio.Manager()
    libraries.set_server(room.server)
    for manager in (room.server.manager, libraries):
        sids = [manager.connect(f"e{number}", "/") for number in range(3)]
        for number, sid in enumerate(sids):
            for name in ("all", f"own {number}"):
                manager.basic_enter_room(sid, "/", name)
        manager.basic_leave_room(sids[0], "/", "all")
        manager.pre_disconnect(sids[0], "/")
        manager.pre_disconnect(sids[1], "/")
        manager.pending_connect["/"] = [sids[2]]
        manager.callbacks[sids[0]] = {1: print}
        for sid in (sids[0], sids[2]):
            manager.basic_disconnect(sid, "/")
        assert {name: [*members.values()] for name, members in manager.rooms["/"].items()} == {
            None: ["e1"],
            sids[1]: ["e1"],
            "all": ["e1"],
            "own 1": ["e1"],
        }
        assert (manager.pending_disconnect, manager.pending_connect, manager.callbacks) == ({"/": [sids[1]]}, {}, {})
    assert len(room.server.manager._rooms_of) == 1


def test_binary_parts_callbacks_and_those_to_skip_go_the_librarys_way(room: Room) -> None:
    somebody = room.come()
    room.server.emit("picture", {"png": b"\x89PNG"}, to="hall")
    assert room.seen(somebody) == framed('451-["picture",{"png":{"_placeholder":true,"num":0}}]') + framed(b"\x89PNG")
    room.server.emit("patch", "not for you", to="hall", skip_sid=room.server.manager.sid_from_eio_sid("e0", "/"))
    assert room.seen(somebody) == b""
    sid = room.server.manager.sid_from_eio_sid("e0", "/")
    room.server.emit("asked", "there?", to=sid, callback=print)
    assert room.seen(somebody) == framed('421["asked","there?"]')


def test_arguments_are_sent_as_the_library_sends_them(room: Room) -> None:
    somebody = room.come()
    for data in (None, (1, "two"), [1, 2], "text"):
        room.server.emit("said", data, to="hall")
    expected = ['42["said"]', '42["said",1,"two"]', '42["said",[1,2]]', '42["said","text"]']
    assert room.seen(somebody) == b"".join(framed(each) for each in expected)


def test_the_seams_of_the_libraries_are_where_they_were() -> None:
    assert list(inspect.signature(socketio.Manager.emit).parameters) == [
        "self",
        "event",
        "data",
        "namespace",
        "room",
        "skip_sid",
        "callback",
        "to",
        "kwargs",
    ]
    assert "self.server._send_eio_packet(eio_sid, p)" in inspect.getsource(socketio.Manager.emit)
    assert "socket.send(pkt)" in inspect.getsource(engineio.Server.send_packet)
    handler = inspect.getsource(engineio.socket.Socket._websocket_handler)
    assert (
        hashlib.sha256(handler.encode()).hexdigest()[:16] == "58afe122719282de"
    )  # read it again, and follow it in lanes.py
    assert inspect.getsource(socketio.Manager.basic_disconnect) == inspect.getsource(
        socketio.base_manager.BaseManager.basic_disconnect
    )
    made = engineio.socket.Socket(socketio.Server(async_mode="threading").eio, "e")
    for name in ("queue", "last_ping", "connected", "upgraded", "upgrading", "closing", "closed"):
        assert hasattr(made, name), name


def test_without_eventlet_the_road_is_the_librarys_own() -> None:
    lanes = Lanes(engine.choose("threading"), most_waiting=MOST_WAITING)
    assert lanes.by_socket == {}
