"""The server's side: when a copy is due, and the process that makes it.

A copy is due when anything has been recorded since the last one and that is long enough ago, or a session has closed
meanwhile; and with the start, where anything is recorded at all: its check is that of the journals. What goes wrong is
written to the log and told by `state`; it is tried again, and holds up nobody. That each journal leads to a state is checked
with the start and when a session closes: in between, what its chain proves to be unchanged is what this server has made a state of.
"""

import math
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from companion.clock import Clock, format_time
from companion.config import Settings
from companion.engine import Engine
from companion.keeping.making import Order, Report
from companion.logs import Log

LOOK_SECONDS: Final = 1.0
_MOST_SECONDS: Final = 600.0
_log = Log(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How the copies stand: the last one (`at` is None before there is one), and what is wrong since, in a sentence."""

    at: str | None = None
    size: int = 0
    seconds: float = 0
    fault: str = ""
    failures: int = 0
    made_steady: float | None = None


class Keeper:
    """Has copies made. `changes` says how much has been recorded since the start, `closed` how many sessions are closed."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        settings: Settings,
        *,
        changes: Callable[[], int],
        closed: Callable[[], int],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.state = Kept()
        self._engine = engine
        self._clock = clock
        self._settings = settings
        self._changes = changes
        self._closed = closed
        self._steady = steady
        self._copied: int | None = None
        self._closed_then = 0
        self._tried_at = -math.inf

    def start(self, *, anything_recorded: bool) -> None:
        """Make copies from now on; the first one at once if there is anything."""
        self._copied, self._closed_then = None if anything_recorded else self._changes(), self._closed()
        if self._settings.backup.every_seconds:
            self._engine.spawn(self._watch)

    def age_seconds(self) -> float | None:
        """Return how old the last copy of this start is; None before there is one."""
        made = self.state.made_steady
        return None if made is None else self._steady() - made

    def look(self) -> None:
        """Make a copy if one is due; waits for it."""
        changes, closed = self._changes(), self._closed()
        passed = self._steady() - self._tried_at >= self._settings.backup.every_seconds
        if changes != self._copied and (passed or closed != self._closed_then):
            self._copy(changes, closed)

    def _copy(self, changes: int, closed: int) -> None:
        with_fold = self._copied is None or closed != self._closed_then
        self._tried_at, self._closed_then = self._steady(), closed
        report = self._engine.run_blocking(self._ask, with_fold)
        if report.outcome == "failed":
            self.state = replace(self.state, fault=report.fault, failures=self.state.failures + 1)
            _log.warning("not_backed_up", fault=report.fault)
            return
        self._copied = changes
        self.state = Kept(
            at=format_time(self._clock.now()),
            size=report.size,
            seconds=report.seconds,
            fault=report.fault,
            failures=self.state.failures,
            made_steady=self._tried_at,
        )
        facts = {"entries": report.entries, "bytes": report.size, "seconds": f"{report.seconds:.1f}"}
        if report.outcome == "changed":
            _log.error("journal_changed", fault=report.fault, **facts)
        else:
            _log.info("backed_up", **facts)

    def _ask(self, with_fold: bool) -> Report:  # noqa: FBT001 (the engine passes no names)
        order = Order(database=self._settings.database.path, backup=self._settings.backup, with_fold=with_fold)
        try:
            finished = subprocess.run(
                [sys.executable, "-m", "companion.keeping"],
                input=msgspec.json.encode(order),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_MOST_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return Report(outcome="failed", fault=f"the process that copies gave no answer ({type(error).__name__})")
        if finished.returncode:
            fault = f"the process that copies ended with status {finished.returncode}"
            return Report(outcome="failed", fault=fault)
        try:
            return msgspec.json.decode(finished.stdout, type=Report)
        except msgspec.DecodeError:
            return Report(outcome="failed", fault="the process that copies did not say what it did")

    def _watch(self) -> None:
        while True:
            self.look()
            self._engine.sleep(LOOK_SECONDS)
