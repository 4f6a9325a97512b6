"""Packets that no client of ours sends: whoever does is out of protocol, and their socket is closed.

The library would log a traceback for each broken packet and go on; keep as many attachments as a packet announces; and make
another connection of each CONNECT on the same socket, of which it forgets all but the last. Written against python-socketio
5.18 and python-engineio 4.15.
"""

import time
from collections.abc import Callable
from typing import Any, Final

from engineio.exceptions import SocketIsClosedError
from engineio.packet import MESSAGE

from companion.logs import Log
from companion.sockets.bucket import Bucket

CONNECTS_ON_A_SOCKET: Final = 3
"""So often may it be tried on one socket to come in."""
MOST_ATTACHMENTS: Final = 8
NOISE_AT_ONCE: Final = 30
NOISE_PER_SECOND: Final = 5
_CONNECT: Final = "0"
_log = Log(__name__)


def guard_packets(server: Any, close: Callable[[str], None]) -> None:  # noqa: ANN401 (untyped library)
    """Replace `socketio.Server._handle_eio_message`, for all packets; `close` closes the socket of that name."""
    handle = server._handle_eio_message  # noqa: SLF001 (no public seam)

    def guarded(eio_sid: str, data: object) -> None:
        try:
            _check(server, eio_sid, data)
            handle(eio_sid, data)
            pending = server._binary_packet.get(eio_sid)  # noqa: SLF001 (no public seam)
            if pending is not None and pending.attachment_count > MOST_ATTACHMENTS:
                raise ValueError("too many attachments")  # noqa: TRY301 (one way out)
        except Exception as error:  # noqa: BLE001 (handlers answer for themselves: it is the packet that is broken)
            _log.info("out_of_protocol", error=type(error).__name__)
            server._binary_packet.pop(eio_sid, None)  # noqa: SLF001 (no public seam)
            close(eio_sid)

    server.eio.on("message", guarded)


def _check(server: Any, eio_sid: str, data: object) -> None:  # noqa: ANN401 (untyped library)
    """Raise `ValueError` for a CONNECT of somebody who is in already, or one too many; and before it for anything else."""
    socket = server.eio.sockets.get(eio_sid)
    is_in = server.manager.sid_from_eio_sid(eio_sid, "/") is not None
    connects = isinstance(data, str) and data.startswith(_CONNECT)
    if socket is None or connects is is_in:
        raise ValueError("connected already" if is_in else "not connected")
    if connects:
        socket.session["connects"] = socket.session.get("connects", 0) + 1
        if socket.session["connects"] > CONNECTS_ON_A_SOCKET:
            raise ValueError("not let in")


def bear_no_noise(socket: Any) -> None:  # noqa: ANN401 (untyped library)
    """Replace `engineio.Socket.receive` of a socket: of packets that are no messages, a client has few to send."""
    receive = socket.receive
    allowed = Bucket(most=NOISE_AT_ONCE, per_second=NOISE_PER_SECOND, steady=time.monotonic)

    def heard(packet: Any) -> None:  # noqa: ANN401 (untyped library)
        if packet.packet_type != MESSAGE and not allowed.take():
            raise SocketIsClosedError
        receive(packet)

    socket.receive = heard
