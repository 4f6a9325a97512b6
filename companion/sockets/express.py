"""The express: an event that asks for an answer goes from its frame to its handler, and the answer back, without detours.

What it replaces, for text messages `42<id>["event",payload]` on the main namespace that reach one of our handlers: five layers
of Engine.IO and Socket.IO on the way in and four on the way out (`Socket.receive`, `Server._handle_eio_message`,
`_handle_event`, `_send_packet`, …), which parse each packet twice and look through each answer for binary parts. Everything
else goes through them, and so does whatever is not sound. Written against python-socketio 5.18; `tests/sockets/test_express.py`
holds that both ways come to the same.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from engineio.packet import MESSAGE, Packet

from companion.codec import json

_EVENT: Final = "42"
_MOST_DIGITS: Final = 16
_NAME_AND_PAYLOAD: Final = 2

# The libraries ship no types: a `socketio.Server`, and a socket of Engine.IO's.
Server = Any
EngineSocket = Any
Handler = Callable[[str, object], Mapping[str, Any]]


class Express:
    """Takes messages on their shortest way, to the `handlers` of events by name."""

    def __init__(self, server: Server, handlers: Mapping[str, Handler]) -> None:
        self._handlers = handlers
        self._sid_of: Callable[[str, str], str | None] = server.manager.sid_from_eio_sid
        self._is_in: Callable[[str, str], bool] = server.manager.is_connected
        self._expects_binary: Mapping[str, object] = server._binary_packet  # noqa: SLF001 (no public seam)

    def take(self, engine_socket: EngineSocket, message: str | bytes) -> bool:
        """Answer a message if it is one of those, and say so."""
        if not isinstance(message, str) or not message.startswith(_EVENT) or engine_socket.sid in self._expects_binary:
            return False
        begin = message.find("[", len(_EVENT), len(_EVENT) + _MOST_DIGITS)
        number = message[len(_EVENT) : begin]
        if begin < 0 or not (number.isascii() and number.isdigit()):
            return False
        sid = self._sid_of(engine_socket.sid, "/")
        try:
            said = json.loads(message[begin:])
        except ValueError:
            return False
        if sid is None or not self._is_in(sid, "/") or len(said) != _NAME_AND_PAYLOAD or not isinstance(said[0], str):
            return False
        handler = self._handlers.get(said[0])
        if handler is None:
            return False
        answer = json.dumps([handler(sid, said[1])])
        if not engine_socket.closed:  # the handler has waited
            engine_socket.send(Packet(MESSAGE, f"3{int(number)}{answer}"))
        return True
