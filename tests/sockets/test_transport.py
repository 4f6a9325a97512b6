"""The overrides of the road: each fails here when the library changes under it.

What needs eventlet runs in a process of its own, since a unit test must not patch the standard library.
"""

import inspect
import subprocess
import sys
import textwrap
import time

import engineio.payload
import engineio.socket
import socketio
from hypothesis import given
from hypothesis import strategies as st

from companion import engine
from companion.sockets.strangers import Strangers
from companion.sockets.transport import make_safe, unmask


def byte_by_byte(data: bytes, mask: bytes, offset: int = 0) -> bytes:
    return bytes(byte ^ mask[(offset + index) % 4] for index, byte in enumerate(data))


@given(st.binary(max_size=300), st.binary(min_size=4, max_size=4), st.integers(0, 7))
def test_unmasking_as_one_number_is_unmasking_byte_by_byte(data: bytes, mask: bytes, offset: int) -> None:
    assert unmask(data, mask, offset=offset) == byte_by_byte(data, mask, offset)
    assert unmask(data, mask, length=len(data) // 2) == byte_by_byte(data[: len(data) // 2], mask)


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
    assert {"wait", "reason"} <= {*inspect.signature(engineio.socket.Socket.close).parameters}
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
    strangers = Strangers(most=10, seconds=5, steady=time.monotonic)
    make_safe(
        server,
        engine.choose("threading"),
        message_bytes=65_536,
        strangers=strangers,
        out_of_protocol=lambda sid: reached.append(("out of protocol", sid)),
    )
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


IN_EVENTLET = textwrap.dedent("""
    from companion import engine
    chosen = engine.choose("eventlet")
    import inspect
    import socketio
    from eventlet.websocket import FailedConnectionError, RFC6455WebSocket
    before = list(inspect.signature(RFC6455WebSocket._apply_mask).parameters)
    assert before == ["data", "mask", "length", "offset"], before
    from companion.sockets.transport import make_safe, unmask
    server = socketio.Server(async_mode="eventlet")
    from companion.sockets.strangers import Strangers
    strangers = Strangers(most=10, seconds=5, steady=lambda: 0.0)
    taking = RFC6455WebSocket.wait
    make_safe(server, chosen, message_bytes=100, strangers=strangers, out_of_protocol=lambda sid: None)
    assert RFC6455WebSocket.wait is not taking
    assert list(inspect.signature(taking).parameters) == ["self"]
    assert RFC6455WebSocket._apply_mask is unmask
    message = RFC6455WebSocket.Message(1, max_frame_length=1000)
    message.push(b"x" * 60)
    try:
        message.push(b"x" * 60)
    except FailedConnectionError as error:
        assert error.args[0] == 1009, error.args
    else:
        raise SystemExit("a message of 120 bytes in two fragments went through")
    heard = {}
    websocket = server.eio._async["websocket"]
    assert websocket.__name__ == "PlainWebSocket"
    try:
        environ = {"HTTP_SEC_WEBSOCKET_EXTENSIONS": "permessage-deflate"}
        websocket(lambda ws: None, server.eio)(environ, None)
    except RuntimeError:
        pass  # the library wants its own server; by then the offer is gone
    assert "HTTP_SEC_WEBSOCKET_EXTENSIONS" not in environ
    print("held")
""")


def test_with_eventlet_messages_are_capped_across_fragments_and_no_extension_is_negotiated() -> None:
    ran = subprocess.run([sys.executable, "-c", IN_EVENTLET], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "held\n"), ran.stderr
