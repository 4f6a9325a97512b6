"""The widened road: one frame for all, written straight to whoever can take it, and nothing ever overtakes anything.

On the libraries' own sockets and queues, and a pair of real sockets; what needs eventlet is in `tests/journeys/test_the_road.py`.
"""

import hashlib
import inspect
import socket
import time

import engineio.packet
import engineio.socket
import pytest
import socketio

from companion import engine
from companion.sockets.frames import framed
from companion.sockets.lanes import Lanes, frame_of
from tests.sockets.hall import MOST_WAITING, Room, patch


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
