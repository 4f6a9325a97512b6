"""The guards: each fails here when the library changes under it."""

import inspect
from typing import Any

import engineio.payload
import socketio

from companion import engine
from companion.sockets.guards import make_safe


def test_the_seams_of_the_library_are_where_they_were() -> None:
    assert list(inspect.signature(socketio.Server._handle_event).parameters) == [
        "self",
        "eio_sid",
        "namespace",
        "id",
        "data",
    ]
    assert list(inspect.signature(socketio.Server._handle_eio_connect).parameters) == ["self", "eio_sid", "environ"]
    assert list(inspect.signature(socketio.Server._send_packet).parameters) == ["self", "eio_sid", "pkt"]
    assert "self._handle_event(" in inspect.getsource(socketio.Server._handle_eio_message)


class Sent:
    """Collects the packets that a server would send."""

    def __init__(self, server: socketio.Server) -> None:
        self.packets: list[object] = []
        server._send_packet = lambda _, packet: self.packets.append(packet.data)


def guarded() -> tuple[socketio.Server, Sent, list[object]]:
    server = socketio.Server(async_mode="threading", async_handlers=False)
    reached: list[object] = []
    server._handle_event = lambda _sid, _namespace, _id, data: reached.append(data)
    make_safe(server, engine.choose("threading"), sign_in_seconds=5, arrived=print)
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
    assert reached == []
    assert len(sent.packets) == len(wrong) - 1
    assert all(packet[0]["code"] == "bad_message" for packet in sent.packets)  # type: ignore[index]


def test_an_outbox_may_be_flushed_in_one_post() -> None:
    guarded()
    assert engineio.payload.Payload.max_decode_packets == 64


def test_whoever_comes_is_told_with_their_socket_before_anything_is_sent_to_them() -> None:
    server = socketio.Server(async_mode="threading")
    came: list[Any] = []
    make_safe(server, engine.choose("threading"), sign_in_seconds=5, arrived=came.append)
    socket = server.eio.sockets["e"] = object()
    server.eio._trigger_event("connect", "e", {"REQUEST_METHOD": "GET"})
    assert came == [socket]
    assert server.environ["e"] == {"REQUEST_METHOD": "GET"}
