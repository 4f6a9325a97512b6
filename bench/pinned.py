"""A server as a process of its own on the first core; whoever measures keeps to the second."""

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

SERVER_CORE: Final = 0
CLIENT_CORE: Final = 1
_STOPS_WITHIN_SECONDS: Final = 20


def keep_to_the_clients_core() -> None:
    """Leave the first core to the servers, and allow as many open sockets as the system does."""
    os.sched_setaffinity(0, {CLIENT_CORE})
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class Pinned:
    """A process that stays on the servers' core, with all that it starts."""

    def __init__(self, command: Sequence[str | Path], environ: Mapping[str, str] | None = None) -> None:
        keep_to_the_clients_core()
        self._process = subprocess.Popen(
            ["taskset", "--cpu-list", str(SERVER_CORE), *command],
            env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        self.pid = self._process.pid

    def runs(self) -> bool:
        """Say whether it has not ended."""
        return self._process.poll() is None

    def end(self) -> None:
        """Ask it to end, and wait until it has."""
        self._process.terminate()
        try:
            self._process.wait(_STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def cpu_seconds(self) -> float:
        """Return the processor time that all of its threads have used, to the nanosecond."""
        # The system's clock of a process, by its number: see clock_getcpuclockid(3).
        return time.clock_gettime((~self.pid << 3) | 2)

    def resident_bytes(self) -> int:
        """Return how much memory it has now."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
