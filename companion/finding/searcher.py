"""The server's side of the search: starts the process that does it, and asks one thing after the other."""

import subprocess
import sys
from collections import Counter
from typing import Final

import msgspec

from companion.core.refusals import Refusal, Refused
from companion.engine import Engine
from companion.finding.answering import FAILED, Forget, Question

MOST_AT_ONCE: Final = 3
"""Questions of one person that may be open: that of a field that somebody types in, and those overtaken by it."""


class CannotFind(Exception):  # noqa: N818 (a state of affairs)
    """The process that searches gave no answer; the next question starts a new one."""


class Searcher:
    """Asks a process that follows the journals of `database`; it is started with the first question, and ends with the server.

    Nothing of a search is written to the disk. What is asked is what is on disk by then: whoever was told that a note is
    recorded finds it.
    """

    def __init__(self, engine: Engine, database: str) -> None:
        self._engine = engine
        self._database = database
        self._lock = engine.lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._open: Counter[str] = Counter()

    @property
    def pid(self) -> int | None:
        """Return the id of the process, None where it does not run."""
        return None if self._process is None else self._process.pid

    def ask(self, question: Question, *, by: str) -> bytes:
        """Return the answer as JSON, once it is this question's turn.

        Raises `Refused` (rate_limited) where a person has too many open already, and `CannotFind`.
        """
        if self._open[by] >= MOST_AT_ONCE:
            raise Refused(Refusal.RATE_LIMITED)
        self._open[by] += 1
        try:
            with self._lock:
                return self._engine.run_blocking(self._answer, msgspec.json.encode(question) + b"\n")
        finally:
            self._open[by] -= 1
            if not self._open[by]:
                del self._open[by]

    def forget(self, session: str) -> None:
        """Drop all that was made of a session's journal: entries have lost their bodies, and must not be found.

        What is left of it is read again with the next question.
        """
        with self._lock:
            if self._process is not None:
                self._engine.run_blocking(self._answer, msgspec.json.encode(Forget(session=session)) + b"\n")

    def close(self) -> None:
        """End the process, also while it answers; harmless to repeat."""
        if self._process is not None:
            self._process.kill()
        with self._lock:
            self._engine.run_blocking(self._end)

    def _answer(self, line: bytes) -> bytes:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise CannotFind("the process has no pipes")
        try:
            process.stdin.write(line)
            process.stdin.flush()
            said = process.stdout.readline()
        except BrokenPipeError:
            said = b""
        if not said.endswith(b"\n"):
            self._end()
            raise CannotFind("the process that searches has ended")
        if said.startswith(FAILED):
            raise CannotFind(said.removeprefix(FAILED).decode().strip())
        return said

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-m", "companion.finding", self._database],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()
