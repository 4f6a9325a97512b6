"""A real server as a subprocess, with the demo workshop, for journeys."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

ENGINE = os.environ.get("TEST_ENGINE", "eventlet")
"""What servers under test run on where a test does not say: with `threading` all journeys run on the other engine."""

MEASURED = os.environ.get("TEST_COVERAGE") == "1"
"""Whether `traced` servers run under coverage.

The tests' own processes, with real clients and their threads, and what they play are not measured. Where coverage keeps its data by greenlet,
the main thread clears away what a thread that ended has left, and if one more ends just then, Python 3.11 traces one
instruction for ever: it stopped the whole run twice.
"""

STARTS_WITHIN_SECONDS = 30
_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Link:
    """A person of the demo, and the key that lets them in."""

    id: str
    name: str
    role: str
    key: str
    url: str


class DemoServer:
    """`companion demo` on a port of its own; may be killed and started again on the same file.

    Where coverage is measured, it is measured of a `traced` one alone: it takes more than twice as long.
    """

    def __init__(
        self,
        folder: Path,
        *,
        engine: str = ENGINE,
        port: int | None = None,
        traced: bool = False,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.database = folder / "demo.db"
        self.port = port or free_port()
        self._engine = engine
        self._traced = traced
        self._environ = {**os.environ, **(environ or {})}
        self._verify = self._environ.get("COMPANION_SERVER_TLS_CERTIFICATE", "")
        self._links_file = folder / "links.json"
        self._log_file = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.links: dict[str, Any] = {}

    @property
    def base_url(self) -> str:
        """Return where the server listens."""
        return f"http{'s' if self._verify else ''}://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Return the process id of the running server."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> "DemoServer":
        """Start the server and wait until it answers; the links are those of the first start as well."""
        self._links_file.unlink(missing_ok=True)
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                self._command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environ
            )
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while not (self._links_file.exists() and self.answers()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server did not start:\n{self.log()}")
            time.sleep(_POLL_SECONDS)  # another process is awaited: there is nothing to listen to yet
        self.links = json.loads(self._links_file.read_text())
        return self

    def answers(self) -> bool:
        """Say whether the server answers."""
        try:
            return requests.get(f"{self.base_url}/healthz", timeout=2, verify=self._verify or True).ok
        except requests.ConnectionError:
            return False

    def kill(self) -> None:
        """End the server as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask the server to stop and return its exit status."""
        return self._end(signal.SIGTERM)

    def log(self) -> str:
        """Return what the server has said so far."""
        return self._log_file.read_text(errors="replace") if self._log_file.exists() else ""

    def people(self, role: str) -> Sequence[Link]:
        """Return the people of a role."""
        return [
            Link(person["id"], person["name"], person["role"], person["key"], person["url"])
            for person in self.links["people"]
            if person["role"] == role
        ]

    def person(self, id_: str) -> Link:
        """Return a person by their id."""
        found = next(person for person in self.links["people"] if person["id"] == id_)
        return Link(found["id"], found["name"], found["role"], found["key"], found["url"])

    @property
    def session(self) -> str:
        """Return the session that begins now."""
        return self.sessions[0]

    @property
    def sessions(self) -> Sequence[str]:
        """Return all sessions, in the order of the programme."""
        return [str(session["id"]) for session in self.links["sessions"]]

    def _command(self) -> list[str]:
        coverage = ["-m", "coverage", "run", "--parallel-mode", "--concurrency=greenlet,thread"]
        return [
            sys.executable,
            *(coverage if self._traced and MEASURED else ()),
            "-m",
            "companion",
            "demo",
            "--port",
            str(self.port),
            "--database",
            str(self.database),
            "--links",
            str(self._links_file),
            "--engine",
            self._engine,
        ]

    def ask_to_stop(self) -> None:
        """Ask the server to stop, and do not wait for it."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def ended(self) -> int:
        """Return the exit status of a server that was asked to stop, once it has."""
        process, self._process = self._process, None
        assert process is not None
        return process.wait(timeout=20)

    def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(number)
        return process.wait(timeout=20)


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
