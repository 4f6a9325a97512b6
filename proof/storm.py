"""What is done to the server and the roads while everybody goes on: one disturbance after the other, again and again."""

import itertools
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from proof.hall import Hall

BREATH_SECONDS: Final = 0.5
"""Between two disturbances."""
SHORT_SECONDS: Final = 1.0
LONGER_THAN_PATIENCE_SECONDS: Final = 2.5
BACK_WITHIN_SECONDS: Final = 40
TRACER_SECONDS: Final = 10
DELAY_SECONDS: Final = 0.15
FUZZED_SECONDS: Final = 2.0
MOST_MORE_MEMORY: Final = 64_000_000
"""Bytes that a fuzzer may make the server take in that time."""
CLOCK_JUMPS: Final = ("30", "-30")
"""Seconds by which the wall clock is wrong, one after the other."""


@dataclass(slots=True)
class Tally:
    """What was done so far."""

    kills: int = 0
    partitions: int = 0
    ends: int = 0
    """Of the server, in whatever way."""
    slowest_return_seconds: float = 0.0
    complaints: list[str] = field(default_factory=list)


class Storm:
    """Knows how to disturb a hall, and counts."""

    def __init__(self, hall: Hall, say: Callable[[str], None], only: Collection[str] = ()) -> None:
        self.tally = Tally()
        self._only = only
        self._hall = hall
        self._say = say
        self._pause = threading.Event()

    @property
    def disturbances(self) -> Mapping[str, Callable[[], None]]:
        """Return all that can be done, in the order in which it is done."""
        everything: dict[str, Callable[[], None]] = {
            "a fuzzer alone": self._watch_the_fuzzer,
            "roads are cut": self._cut,
            "kill -9": self._kill,
            "roads are cut within a frame": self._cut_within,
            "answers come late": self._delay,
            "the server is stopped, and goes on": self._stop_server,
            "answers are lost": lambda: self._half_open(upwards=False),
            "kill -9 while answers are lost": self._kill_half_open,
            "a disk that is full": self._fill_disk,
            "a black hole": self._black_hole,
            "a second server on the same file": self._second_server,
            "a disk that fails to sync": self._fail_to_sync,
            "commands are lost": lambda: self._half_open(downwards=False),
            "npm clients are stopped, and go on": self._stop_clients,
            "the clock jumps": self._jump,
        }
        return {name: disturb for name, disturb in everything.items() if not self._only or name in self._only}

    def blow(self, until: float) -> None:
        """Disturb, and see that the room comes back each time, until then: once through all of it at least."""
        for number, (name, disturb) in enumerate(self._again_and_again(until)):
            began = time.monotonic()
            disturb()
            took = time.monotonic() - began
            back = self._see_that_it_goes_on(name)
            self._say(f"{number + 1:>4}  {name:<36} {took:5.1f} s, back after {back:4.1f} s")
            if number % len(self.disturbances) == len(self.disturbances) - 1:
                self._hall.muster()
        if (number + 1) % len(self.disturbances):
            self._hall.muster()

    def _again_and_again(self, until: float) -> Iterator[tuple[str, Callable[[], None]]]:
        yield from self.disturbances.items()
        for each in itertools.cycle(self.disturbances.items()):
            if time.monotonic() >= until:
                return
            yield each

    def _see_that_it_goes_on(self, name: str) -> float:
        """Return how long it took until commands were accepted again."""
        before, began = self._hall.accepted, time.monotonic()
        while self._hall.accepted < before + len(self._hall.histories):
            self._hall.failed()
            if time.monotonic() > began + BACK_WITHIN_SECONDS:
                raise TimeoutError(f"after this, nothing goes on: {name}\n{self._hall.server.log()[-3_000:]}")
            self._pause.wait(0.05)
        back = time.monotonic() - began
        self.tally.slowest_return_seconds = max(self.tally.slowest_return_seconds, back)
        self._pause.wait(BREATH_SECONDS)
        return back

    def _watch_the_fuzzer(self) -> None:
        """See that those who look on, on a road that nobody touches, notice nothing, and what it takes of memory."""
        arrivals, before = [each.arrivals for each in self._hall.onlookers], memory_of(self._hall.server.pid)
        self._pause.wait(FUZZED_SECONDS)
        more = memory_of(self._hall.server.pid) - before
        if more > MOST_MORE_MEMORY:
            self.tally.complaints.append(f"a fuzzer took {more // 1_000_000} MB of the server's memory")
        if arrivals != [each.arrivals for each in self._hall.onlookers]:
            self.tally.complaints.append("a fuzzer cut off those who only looked on")

    def _cut(self) -> None:
        self.tally.partitions += 1
        for road in (self._hall.road, self._hall.desk_road):
            road.cut()
            self._pause.wait(SHORT_SECONDS / 4)
            road.mend()

    def _cut_within(self) -> None:
        self.tally.partitions += 1
        self._hall.road.cut_within()
        self._hall.desk_road.cut_within()
        self._pause.wait(SHORT_SECONDS)
        self._mend()

    def _delay(self) -> None:
        for road in (self._hall.road, self._hall.desk_road):
            road.delay_seconds = DELAY_SECONDS
        self._pause.wait(1.5 * SHORT_SECONDS)
        for road in (self._hall.road, self._hall.desk_road):
            road.delay_seconds = 0.0

    def _black_hole(self) -> None:
        self.tally.partitions += 1
        self._hall.road.fall_silent()
        self._pause.wait(LONGER_THAN_PATIENCE_SECONDS)
        self._mend()

    def _half_open(self, *, upwards: bool = True, downwards: bool = True) -> None:
        self.tally.partitions += 1
        for road in (self._hall.road, self._hall.desk_road):
            road.fall_silent(upwards=upwards, downwards=downwards)
        self._pause.wait(LONGER_THAN_PATIENCE_SECONDS)
        self._mend()

    def _mend(self) -> None:
        self._hall.road.mend()
        self._hall.desk_road.mend()

    def _kill(self) -> None:
        self.tally.kills += 1
        self._end_and_start(self._hall.server.kill)

    def _kill_half_open(self) -> None:
        """Kill the server after it took commands whose answers nobody heard: all of them are sent again."""
        self.tally.partitions += 1
        for road in (self._hall.road, self._hall.desk_road):
            road.fall_silent(upwards=False)
        self._pause.wait(SHORT_SECONDS)
        self._kill()
        self._mend()

    def _end_and_start(self, end: Callable[[], object]) -> None:
        self.tally.ends += 1
        end()
        self._hall.server.start()

    def _stop_server(self) -> None:
        with _stopped(self._hall.server.pid):
            self._pause.wait(SHORT_SECONDS)

    def _stop_clients(self) -> None:
        with _stopped(self._hall.npm_pid):
            self._pause.wait(2 * SHORT_SECONDS)

    def _fill_disk(self) -> None:
        """Let no page be written for a while: what is sent meanwhile is not recorded, and sent again."""
        with self._injected("pwrite64:error=ENOSPC", f"{self._hall.server.database}-wal"):
            self._pause.wait(SHORT_SECONDS)

    def _fail_to_sync(self) -> None:
        """Let one fsync fail: nobody can tell what is on disk, and the server ends by itself."""
        with self._injected("fdatasync:error=EIO:when=1"):
            self._end_and_start(self._ended_by_itself)

    def _ended_by_itself(self) -> None:
        status = self._hall.server.wait()
        if status != 1:
            self.tally.complaints.append(f"after an error of the disk the server ended with {status}")

    @contextmanager
    def _injected(self, fault: str, *paths: str) -> Iterator[None]:
        """Have system calls of the running server fail."""
        call, _, _ = fault.partition(":")
        chosen = [word for path in paths for word in ("-P", path)]
        command = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={fault}", *chosen]
        tracer = subprocess.Popen(
            [*command, "-p", str(self._hall.server.pid)], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
        )
        assert tracer.stderr is not None
        said = tracer.stderr.readline()
        if "attached" not in said:
            self.tally.complaints.append(f"strace could not attach: {said}")
        try:
            yield
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.communicate(timeout=TRACER_SECONDS)

    def _second_server(self) -> None:
        refused = subprocess.run(
            [sys.executable, "-m", "companion", "serve", "--port", "0", "--database", str(self._hall.server.database)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if refused.returncode != 1 or "is held by another process" not in refused.stderr:
            self.tally.complaints.append(f"a second server: {refused.returncode} {refused.stderr}")

    def _jump(self) -> None:
        """Start with a clock that is fast, set it back while people act, and start with the right one again."""
        server = self._hall.server
        with tempfile.TemporaryDirectory() as folder:
            wrong = Path(folder, "clock")
            wrong.write_text(CLOCK_JUMPS[0])
            right, server.program = server.program, (*self._hall.program, "--clock", str(wrong))
            self._kill()
            self._pause.wait(SHORT_SECONDS)
            other = Path(folder, "other")
            other.write_text(CLOCK_JUMPS[1])
            other.replace(wrong)  # read by the server at any moment, so never half written
            self._pause.wait(SHORT_SECONDS)
            server.program = right
            self._end_and_start(server.stop)


def memory_of(pid: int) -> int:
    """Return how many bytes of memory a process holds."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    return 1_024 * int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


@contextmanager
def _stopped(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
