"""Frames of WebSocket: whatever a client's bytes are cut into, the same messages come out, and nothing that is no frame passes."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.sockets.frames import BINARY, CLOSE, CONTINUATION, PING, TEXT, BadFrame, Incoming, framed, unmask
from tests.sockets.client_frames import from_client

MOST_BYTES = 65_536


def byte_by_byte(data: bytes, mask: bytes) -> bytes:
    return bytes(byte ^ mask[index % 4] for index, byte in enumerate(data))


def taken(incoming: Incoming, *parts: bytes) -> list[tuple[int, str | bytes]]:
    return [message for part in parts for message in incoming.take(part)]


@given(st.binary(max_size=300), st.binary(min_size=4, max_size=4))
def test_unmasking_as_one_number_is_unmasking_byte_by_byte(data: bytes, mask: bytes) -> None:
    assert unmask(data, mask) == byte_by_byte(data, mask)


@given(st.data())
def test_messages_come_out_whole_wherever_their_bytes_are_cut(data: st.DataObject) -> None:
    messages = data.draw(st.lists(st.one_of(st.text(max_size=200), st.binary(max_size=200)), max_size=6))
    stream, expected = b"", list[tuple[int, str | bytes]]()
    for message in messages:
        opcode = TEXT if isinstance(message, str) else BINARY
        payload = message.encode() if isinstance(message, str) else message
        mask = data.draw(st.binary(min_size=4, max_size=4))
        middle = data.draw(st.integers(0, len(payload)))
        stream += from_client(opcode, payload[:middle], final=False, mask=mask)
        stream += from_client(PING, b"now and then", mask=mask)
        stream += from_client(CONTINUATION, payload[middle:], mask=mask)
        expected += [(PING, b"now and then"), (opcode, message)]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    parts = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert taken(Incoming(MOST_BYTES), *parts) == expected


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536])
def test_a_message_of_each_kind_of_length_is_read_and_written(size: int) -> None:
    assert taken(Incoming(MOST_BYTES), from_client(TEXT, b"x" * size)) == [(TEXT, "x" * size)]
    lengths = {0: 2, 1: 2, 125: 2, 126: 4, 127: 4, 65_535: 4, 65_536: 10}
    frame = framed(b"y" * size)
    assert (frame[0], len(frame)) == (0x80 | BINARY, lengths[size] + size)
    assert framed("é")[:2] == bytes((0x80 | TEXT, 2))


@pytest.mark.parametrize(
    ("status", "stream"),
    [
        (1002, from_client(TEXT | 0x40, b"compressed, as nobody agreed")),
        (1002, from_client(0x3, b"an opcode that does not exist")),
        (1002, from_client(0xB, b"a control frame that does not exist")),
        (1002, framed("not masked")),
        (1002, from_client(PING, b"in parts", final=False)),
        (1002, from_client(PING, b"p" * 126)),
        (1002, from_client(CLOSE, b"c" * 70_000)),
        (1002, from_client(CONTINUATION, b"of nothing")),
        (1002, from_client(TEXT, b"one", final=False) + from_client(TEXT, b"within another")),
        (1007, from_client(TEXT, b"\xff\xfe")),
        (1007, from_client(TEXT, "é".encode()[:1], final=False) + from_client(CONTINUATION, b"x")),
        (1009, from_client(TEXT, b"x" * (MOST_BYTES + 1))),
        (1009, struct.pack("!BBQ", 0x81, 0xFF, 1 << 62)),
        (1009, from_client(TEXT, b"x" * MOST_BYTES, final=False) + from_client(CONTINUATION, b"x")),
    ],
)
def test_what_is_no_frame_of_a_client_ends_the_connection(status: int, stream: bytes) -> None:
    with pytest.raises(BadFrame) as bad:
        taken(Incoming(MOST_BYTES), stream)
    assert bad.value.status == status


def test_a_giant_is_refused_when_it_is_announced_not_when_it_has_come() -> None:
    with pytest.raises(BadFrame) as bad:
        taken(Incoming(MOST_BYTES), struct.pack("!BBQ", 0x81, 0xFF, MOST_BYTES + 1))
    assert bad.value.status == 1009


def test_fragments_without_end_have_an_end_also_where_they_are_empty() -> None:
    incoming = Incoming(1000)
    assert taken(incoming, from_client(TEXT, b"", final=False)) == []
    with pytest.raises(BadFrame) as bad:
        for _ in range(1001):
            taken(incoming, from_client(CONTINUATION, b"", final=False))
    assert bad.value.status == 1009


def test_the_limit_is_of_each_message_alone() -> None:
    incoming = Incoming(10)
    assert taken(incoming, *[from_client(TEXT, b"x" * 10)] * 3) == [(TEXT, "x" * 10)] * 3


@given(st.binary(max_size=400))
def test_nothing_but_messages_or_a_bad_frame_comes_of_noise(noise: bytes) -> None:
    try:
        seen = taken(Incoming(100), noise)
    except BadFrame:
        return
    assert all(len(payload) <= 125 for _, payload in seen)
