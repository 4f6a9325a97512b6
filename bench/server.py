"""The demo as a server of its own, on a core that the clients leave to it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import requests

_READY_SECONDS: Final = 30
_ANSWER_SECONDS: Final = 10


class Server:
    """`companion demo` on a port of its own, pinned to the first core; the clients keep to the second."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.database = folder / "bench.db"
        self._links = folder / "links.json"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "companion", "demo", "--port", str(port), "--database", str(self.database),
             "--links", str(self._links)],
            env={**os.environ, "COMPANION_LIMITS_COMMANDS_PER_SECOND": "1000000", "COMPANION_LIMITS_BURST": "1000000"},
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        os.sched_setaffinity(self._process.pid, {0})
        os.sched_setaffinity(0, {1})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    @property
    def base_url(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def links(self) -> dict[str, Any]:
        """Return the links of the demo, once the server is up."""
        deadline = time.monotonic() + _READY_SECONDS
        while not self._links.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("the server did not start")
            time.sleep(0.1)
        return dict(json.loads(self._links.read_text()))

    def token_of(self, role: str) -> str:
        """Return a token of the first person of a role."""
        key = next(person["key"] for person in self.links()["people"] if person["role"] == role)
        return self._token("/api/redeem", {"key": key})

    def tokens_of_all(self, *roles: str) -> list[str]:
        """Return a token of each person of some roles."""
        people = [person for person in self.links()["people"] if person["role"] in roles]
        return [self._token("/api/redeem", {"key": person["key"]}) for person in people]

    def tokens_of_guests(self, count: int) -> list[str]:
        """Let `count` people in by the join code, and return their tokens."""
        code = self.links()["join_code"]
        return [self._token("/api/join", {"code": code, "name": f"Participant {number}"}) for number in range(count)]

    def cpu_seconds(self) -> float:
        """Return the processor time that the server has used."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self) -> int:
        """Return how much memory the server has now."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def _token(self, path: str, body: dict[str, Any]) -> str:
        return str(requests.post(self.base_url + path, json=body, timeout=_ANSWER_SECONDS).json()["token"])
