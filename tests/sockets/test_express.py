"""The express: the same answers as through all of the libraries' layers, and only for what is sound."""

from types import SimpleNamespace

import engineio.packet
import engineio.socket
import pytest
import socketio

from companion.codec import json
from companion.sockets.express import EngineSocket, Express


class Desk:
    """A server with one handler, and somebody who is in."""

    def __init__(self) -> None:
        self.server = socketio.Server(async_mode="threading", async_handlers=False, json=json)
        self.heard: list[tuple[str, object]] = []
        self.server.on("command", self.handle)
        self.one = self.come("e0")
        self.sid = self.server.manager.connect("e0", "/")
        self.express = Express(self.server, {"command": self.handle})

    def come(self, name: str) -> EngineSocket:
        one = engineio.socket.Socket(self.server.eio, name)
        one.connected, one.last_ping = True, None
        self.server.eio.sockets[name] = one
        return one

    def handle(self, sid: str, payload: object = None) -> dict[str, object]:
        self.heard.append((sid, payload))
        return {"ok": True, "you said": payload}

    def answers(self) -> list[str]:
        return [self.one.queue.get().encode() for _ in range(self.one.queue.qsize())]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    "message",
    [
        '421["command",{"type":"floor.next"}]',
        '42007["command",[1,"ü",null]]',
        '420["command","العربية"]',
        '429["command",null]',
    ],
)
def test_the_answer_is_the_same_on_both_ways(desk: Desk, message: str) -> None:
    assert desk.express.take(desk.one, message)
    by_express, heard = desk.answers(), [*desk.heard]
    desk.one.receive(engineio.packet.Packet(encoded_packet=message))
    assert by_express == desk.answers() != []
    assert desk.heard == heard * 2 == [(desk.sid, heard[0][1])] * 2


@pytest.mark.parametrize(
    "message",
    [
        b"binary",
        "2",
        "41",
        '42["command",{}]',
        '421["unknown",{}]',
        '421["connect",{}]',
        '421["command"]',
        '421["command",{},{}]',
        '421[["command"],{}]',
        "421[]",
        '421{"command":1}',
        '421["command",{]',
        "421[" * 3000,
        '421["command",NaN]',
        '42/other,1["command",{}]',
        '42-1["command",{}]',
        '42٣["command",{}]',
        '42²["command",{}]',
        '4212345678901234567890["command",{}]',
        '431[{"ok":true}]',
        '451-["command",{"_placeholder":true,"num":0}]',
    ],
)
def test_everything_else_is_left_to_the_library(desk: Desk, message: str | bytes) -> None:
    assert not desk.express.take(desk.one, message)
    assert (desk.heard, desk.answers()) == ([], [])


def test_whoever_is_not_in_is_left_to_the_library(desk: Desk) -> None:
    assert not desk.express.take(desk.come("e1"), '421["command",{}]')
    desk.server.manager.pre_disconnect(desk.sid, "/")
    desk.server.manager.disconnect(desk.sid, "/")
    assert not desk.express.take(desk.one, '421["command",{}]')
    assert desk.heard == []


def test_whoever_is_still_coming_in_is_left_to_the_library(desk: Desk) -> None:
    coming = desk.come("e1")
    desk.server.manager.pre_connect("e1", "/")
    assert not desk.express.take(coming, '421["command",{}]')
    assert desk.heard == []


def test_while_attachments_are_expected_nothing_else_is_heard(desk: Desk) -> None:
    desk.server._binary_packet["e0"] = SimpleNamespace()
    assert not desk.express.take(desk.one, '421["command",{}]')


def test_whoever_has_gone_meanwhile_gets_no_answer(desk: Desk) -> None:
    def handle(*_: object) -> dict[str, object]:
        desk.one.close(wait=False, abort=True)
        return {"ok": True}

    assert Express(desk.server, {"command": handle}).take(desk.one, '421["command",{}]')
    assert desk.one.queue.get() is None
