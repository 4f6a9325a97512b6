"""The demo as a server of its own, on a core that the clients leave to it."""

import http.client
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from bench.pinned import Pinned

NO_LIMITS: Final = {"COMPANION_LIMITS_COMMANDS_PER_SECOND": "1000000", "COMPANION_LIMITS_BURST": "1000000"}
_READY_SECONDS: Final = 30
_ANSWER_SECONDS: Final = 60
_AT_ONCE: Final = 16


class Server:
    """`companion demo` on a port of its own, pinned to the first core; the clients keep to the second."""

    def __init__(self, folder: Path, port: int, *, sampled_into: Path | None = None) -> None:
        program = ["companion"] if sampled_into is None else ["bench.sampled", sampled_into]
        self.port = port
        self.database = folder / "bench.db"
        self._links = folder / "links.json"
        self._process = Pinned(
            [sys.executable, "-m", *program, "demo", "--port", str(port), "--database", self.database,
             "--links", self._links],
            NO_LIMITS,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.end()

    @property
    def base_url(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def session(self) -> str:
        """Return the session that begins now."""
        return str(self.links()["sessions"][0]["id"])

    def links(self) -> dict[str, Any]:
        """Return the links of the demo, once the server is up."""
        deadline = time.monotonic() + _READY_SECONDS
        while not self._links.exists():
            if not self._process.runs() or time.monotonic() > deadline:
                raise SystemExit("the server did not start")
            time.sleep(0.1)
        return dict(json.loads(self._links.read_text()))

    def token_of(self, role: str) -> str:
        """Return a token of the first person of a role."""
        key = next(person["key"] for person in self.links()["people"] if person["role"] == role)
        return self._tokens("/api/redeem", [{"key": key}])[0]

    def tokens_of_all(self, *roles: str) -> list[str]:
        """Return a token of each person of some roles."""
        people = [person for person in self.links()["people"] if person["role"] in roles]
        return self._tokens("/api/redeem", [{"key": person["key"]} for person in people])

    def tokens_of_guests(self, count: int) -> list[str]:
        """Let `count` people in by the join code, and return their tokens."""
        code = self.links()["join_code"]
        bodies = [{"code": code, "name": f"Participant {number}"} for number in range(count)]
        # A few at a time, each over one connection: what is asked together is written to the disk together.
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            shares = [bodies[first::_AT_ONCE] for first in range(_AT_ONCE)]
            found = threads.map(lambda share: self._tokens("/api/join", share), shares)
            return [token for tokens in found for token in tokens]

    def cpu_seconds(self) -> float:
        """Return the processor time that the server has used."""
        return self._process.cpu_seconds()

    def resident_bytes(self) -> int:
        """Return how much memory the server has now."""
        return self._process.resident_bytes()

    def signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self._process.pid, number)

    def _tokens(self, path: str, bodies: list[dict[str, Any]]) -> list[str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_ANSWER_SECONDS)
        tokens = []
        for body in bodies:
            connection.request("POST", path, json.dumps(body))
            answer = json.loads(connection.getresponse().read())
            if "token" not in answer:
                raise SystemExit(f"{path}: {answer}")
            tokens.append(str(answer["token"]))
        connection.close()
        return tokens
