"""The widened road: one frame for all, written straight to whoever can take it, and nothing ever overtakes anything.

On the libraries' own sockets and queues, and a pair of real sockets; what needs eventlet is in `test_wide_websocket.py`.
"""

import inspect
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import engineio.packet
import engineio.socket
import pytest
import socketio

from companion import engine
from companion.sockets.frames import framed
from companion.sockets.transport import Lanes, WideManager, frame_of

MOST_WAITING = 5


class WebSocket:
    """What a lane needs of a WebSocket; the rest of a frame is written when the test says so."""

    def __init__(self, descriptor: socket.socket) -> None:
        self.socket = SimpleNamespace(fd=descriptor)
        self.senders = 0
        self.rest = b""

    def begin_rest(self) -> None:
        self.senders += 1

    def send_rest(self, rest: bytes) -> None:
        self.rest += rest


class Room:
    """A server with sockets that speak WebSocket, each with the far end of its connection."""

    def __init__(self) -> None:
        self.lanes = Lanes(SimpleNamespace(spawn=lambda work, *args: work(*args)), most_waiting=MOST_WAITING)
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
        self.lanes.limit(one)
        if not polling:
            self.lanes.open(one, websocket)
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


def test_pings_pass_through_the_queue_and_answers_go_straight(room: Room) -> None:
    somebody = room.come()
    room.server.eio.send_packet("e0", engineio.packet.Packet(engineio.packet.PING))
    assert (room.seen(somebody), room.waiting(somebody)) == (b"", ["2"])
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


def test_a_socket_whose_lane_is_closed_is_the_librarys_again(room: Room) -> None:
    somebody = room.come()
    room.lanes.close(room.sockets[somebody])
    room.lanes.close(room.sockets[somebody])
    room.tell("as it comes")
    assert (room.seen(somebody), room.waiting(somebody)) == (b"", [patch("as it comes")])


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
    assert "ws.send(pkt.encode())" in inspect.getsource(engineio.socket.Socket._websocket_handler)
    made = engineio.socket.Socket(socketio.Server(async_mode="threading").eio, "e")
    for name in ("queue", "last_ping", "connected", "upgraded", "upgrading", "closing", "closed"):
        assert hasattr(made, name), name


def test_without_eventlet_the_road_is_the_librarys_own() -> None:
    lanes = Lanes(engine.choose("threading"), most_waiting=MOST_WAITING)
    assert lanes.get("e0") is None
