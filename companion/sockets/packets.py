"""Packets that no client of ours sends: whoever does is out of protocol, and their socket is closed.

The library would log a traceback for each broken packet and go on; keep as many attachments as a packet announces; and make
another connection of each CONNECT on the same socket, of which it forgets all but the last. Written against python-socketio
5.18.
"""

from collections.abc import Callable
from typing import Any, Final

from companion.logs import Log

CONNECTS_ON_A_SOCKET: Final = 3
"""So often may it be tried on one socket to come in."""
MOST_ATTACHMENTS: Final = 8
_CONNECT: Final = "0"
_log = Log(__name__)


def guard_packets(server: Any, close: Callable[[str], None]) -> None:  # noqa: ANN401 (untyped library)
    """Replace `socketio.Server._handle_eio_message`, for all packets; `close` closes the socket of that name."""
    handle = server._handle_eio_message  # noqa: SLF001 (no public seam)

    def guarded(eio_sid: str, data: object) -> None:
        try:
            if _comes_in_again(server, eio_sid, data):
                raise ValueError("connected already")  # noqa: TRY301 (one way out)
            handle(eio_sid, data)
            pending = server._binary_packet.get(eio_sid)  # noqa: SLF001 (no public seam)
            if pending is not None and pending.attachment_count > MOST_ATTACHMENTS:
                raise ValueError("too many attachments")  # noqa: TRY301 (likewise)
        except Exception as error:  # noqa: BLE001 (handlers answer for themselves: it is the packet that is broken)
            _log.info("out_of_protocol", error=type(error).__name__)
            server._binary_packet.pop(eio_sid, None)  # noqa: SLF001 (no public seam)
            close(eio_sid)

    server.eio.on("message", guarded)


def _comes_in_again(server: Any, eio_sid: str, data: object) -> bool:  # noqa: ANN401 (untyped library)
    """Say whether this is a CONNECT of somebody who is in already, or one too many of somebody who is not let in."""
    if not isinstance(data, str) or not data.startswith(_CONNECT):
        return False
    socket = server.eio.sockets.get(eio_sid)
    if socket is None or server.manager.sid_from_eio_sid(eio_sid, "/") is not None:
        return True
    socket.session["connects"] = socket.session.get("connects", 0) + 1
    return bool(socket.session["connects"] > CONNECTS_ON_A_SOCKET)
