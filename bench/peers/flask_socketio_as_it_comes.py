"""Flask-SocketIO on eventlet as it comes, with two jobs: send what one says to all who have joined, and acknowledge.

Nothing is stored. Its defaults but one: more than 1,024 connections may be open.
"""

import sys
import warnings
from typing import Any

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
import eventlet  # noqa: E402 (after the filter)

eventlet.monkey_patch()
from flask import Flask  # noqa: E402 (after everything is patched)
from flask_socketio import SocketIO, emit, join_room  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(app, async_mode="eventlet")
taken = 0


@socketio.on("join")  # type: ignore[untyped-decorator]  # untyped library
def join(message: dict[str, Any]) -> dict[str, Any]:
    """Put a socket into the session's room."""
    join_room(message["session"])
    return {"ok": True, "seq": taken}


@socketio.on("command")  # type: ignore[untyped-decorator]  # untyped library
def command(message: dict[str, Any]) -> dict[str, Any]:
    """Acknowledge a command; tell everybody what is to be announced."""
    global taken  # noqa: PLW0603 (as its documentation has it)
    taken += 1
    if message["type"] == "announce":
        emit("patch", message["data"], to=message["session"])
    return {"ok": True, "seq": taken}


if __name__ == "__main__":
    socketio.run(app, host="127.0.0.1", port=int(sys.argv[1]), max_size=20_000)
