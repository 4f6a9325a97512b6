"""The guards: each fails here when the library changes under it."""

import inspect
import time
from collections.abc import Callable
from typing import Any

import engineio.exceptions
import engineio.packet
import engineio.payload
import engineio.socket
import pytest
import socketio

from companion import engine
from companion.sockets.guards import make_safe
from companion.sockets.packets import NOISE_AT_ONCE
from companion.sockets.strangers import Strangers


def test_the_seams_of_the_library_are_where_they_were() -> None:
    assert list(inspect.signature(socketio.Server._handle_event).parameters) == [
        "self",
        "eio_sid",
        "namespace",
        "id",
        "data",
    ]
    assert list(inspect.signature(socketio.Server._handle_eio_connect).parameters) == ["self", "eio_sid", "environ"]
    assert list(inspect.signature(socketio.Server._handle_eio_disconnect).parameters) == ["self", "eio_sid", "reason"]
    assert list(inspect.signature(socketio.Server._handle_eio_message).parameters) == ["self", "eio_sid", "data"]
    assert {"wait", "reason"} <= {*inspect.signature(engineio.socket.Socket.close).parameters}
    assert list(inspect.signature(socketio.Server._send_packet).parameters) == ["self", "eio_sid", "pkt"]
    assert "self._handle_event(" in inspect.getsource(socketio.Server._handle_eio_message)


def guard(
    server: socketio.Server, *, arrived: Callable[[Any], object], out_of_protocol: Callable[[str | None], object]
) -> Strangers:
    """Guard a server; return the strangers, of whom two may wait."""
    strangers = Strangers(most=2, seconds=5, steady=time.monotonic)
    make_safe(
        server,
        engine.choose("threading"),
        strangers=strangers,
        arrived=[arrived],
        out_of_protocol=out_of_protocol,
    )
    return strangers


class Closed:
    """A socket of Engine.IO that only keeps whether it was closed."""

    def __init__(self) -> None:
        self.session: dict[str, int] = {}
        self.reasons: list[str] = []
        self.heard = 0

    def receive(self, packet: engineio.packet.Packet) -> None:
        assert packet.packet_type in {engineio.packet.PONG, engineio.packet.MESSAGE}
        self.heard += 1

    def close(self, *, wait: bool, reason: str) -> None:
        assert not wait
        self.reasons.append(reason)


class Sent:
    """Collects the packets that a server would send."""

    def __init__(self, server: socketio.Server) -> None:
        self.packets: list[object] = []
        server._send_packet = lambda _, packet: self.packets.append(packet.data)


def guarded() -> tuple[socketio.Server, Sent, list[object]]:
    server = socketio.Server(async_mode="threading", async_handlers=False)
    reached: list[object] = []
    server._handle_event = lambda _sid, _namespace, _id, data: reached.append(data)
    guard(server, arrived=print, out_of_protocol=lambda sid: reached.append(("out of protocol", sid)))
    return server, Sent(server), reached


def test_only_the_events_of_the_protocol_reach_a_handler() -> None:
    server, sent, reached = guarded()
    for data in (["command", {}], ["join", {}], ["leave", {}], ["clock"]):
        server._handle_event("e", "/", 1, data)
    assert [each[0] for each in reached] == ["command", "join", "leave", "clock"]  # type: ignore[index]
    assert sent.packets == []


def test_reserved_names_and_malformed_events_are_refused_and_answered_where_they_ask_for_it() -> None:
    server, sent, reached = guarded()
    wrong: list[object] = [["connect", {}], ["disconnect"], [], {}, "join", None, [1], ["join", {}, {}], [["join"]]]
    for number, data in enumerate(wrong):
        server._handle_event("e", "/", number or None, data)
    assert reached == [("out of protocol", None)] * len(wrong)
    assert len(sent.packets) == len(wrong) - 1
    assert all(packet[0]["code"] == "bad_message" for packet in sent.packets)  # type: ignore[index]


def test_an_outbox_may_be_flushed_in_one_post() -> None:
    guarded()
    assert engineio.payload.Payload.max_decode_packets == 64


def test_whoever_comes_is_told_with_their_socket_before_anything_is_sent_to_them() -> None:
    server = socketio.Server(async_mode="threading")
    came: list[Any] = []
    guard(server, arrived=came.append, out_of_protocol=print)
    socket = server.eio.sockets["e"] = Closed()
    server.eio._trigger_event("connect", "e", {"REQUEST_METHOD": "GET"})
    assert came == [socket]
    assert server.environ["e"] == {"REQUEST_METHOD": "GET"}


def test_of_too_many_strangers_the_first_is_closed_and_whoever_is_gone_counts_no_more() -> None:
    server = socketio.Server(async_mode="threading")
    strangers = guard(server, arrived=lambda _: None, out_of_protocol=print)
    sockets = {name: Closed() for name in "abcd"}
    for name in "abc":
        server.eio.sockets[name] = sockets[name]
        server.eio._trigger_event("connect", name, {})
    server.eio._trigger_event("disconnect", "b", "gone")
    server.eio.sockets["d"] = sockets["d"]
    server.eio._trigger_event("connect", "d", {})
    assert [name for name, socket in sockets.items() if socket.reasons] == ["a"]
    assert "a" not in server.eio.sockets
    assert (len(strangers), strangers.turned_away) == (2, 1)


def test_a_broken_packet_closes_its_socket() -> None:
    for broken in ("9", "4{}", '2["join"', b"binary", '5999-["command",{"_placeholder":true,"num":0}]'):
        server = socketio.Server(async_mode="threading")
        guard(server, arrived=lambda _: None, out_of_protocol=print)
        socket = server.eio.sockets["e"] = Closed()
        server.environ["e"] = {}
        server.manager.pre_connect("e", "/")
        server.eio._trigger_event("message", "e", broken, run_async=False)
        assert socket.reasons == ["server disconnect"], broken
        assert server._binary_packet == {}


def test_before_they_are_in_nobody_says_anything_else() -> None:
    server = socketio.Server(async_mode="threading")
    guard(server, arrived=lambda _: None, out_of_protocol=print)
    socket = server.eio.sockets["e"] = Closed()
    server.eio._trigger_event("message", "e", '2["clock",{}]', run_async=False)
    assert socket.reasons == ["server disconnect"]


def test_whoever_is_closed_is_waited_for_by_nobody() -> None:
    server = socketio.Server(async_mode="threading")
    guard(server, arrived=lambda _: None, out_of_protocol=print)
    socket = server.eio.sockets["e"] = engineio.socket.Socket(server.eio, "e")
    server.environ["e"] = {}
    server.eio.disconnect("e")  # the library's waits until what is sent to them has been fetched
    assert socket.closed
    assert socket.queue.qsize() > 0
    assert "e" not in server.eio.sockets
    server.eio.disconnect("e")
    server.eio.disconnect()
    assert "self.disconnect(sid)" in inspect.getsource(engineio.Server.handle_request)


def test_a_client_may_send_messages_without_end_but_few_other_packets() -> None:
    server = socketio.Server(async_mode="threading")
    guard(server, arrived=lambda _: None, out_of_protocol=print)
    socket = server.eio.sockets["e"] = Closed()
    server.eio._trigger_event("connect", "e", {})
    for _ in range(200):
        socket.receive(engineio.packet.Packet(engineio.packet.MESSAGE, "x"))
    for _ in range(NOISE_AT_ONCE):
        socket.receive(engineio.packet.Packet(engineio.packet.PONG))
    with pytest.raises(engineio.exceptions.SocketIsClosedError):
        socket.receive(engineio.packet.Packet(engineio.packet.PONG))
    assert socket.heard == 200 + NOISE_AT_ONCE
    assert "except exceptions.SocketIsClosedError" in inspect.getsource(engineio.socket.Socket._websocket_handler)
