"""What the promise stands on, taken out one at a time: with any of it gone, the proof has to fail.

Each patches one seam of the program, in the process of a server under test alone, and raises where the seam is not
there any more.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final


def _without_fsync() -> None:
    """Leave it to the system when what was written reaches the disk."""
    from companion.store import opening

    connect = opening.connect

    def careless(*given: Any, **named: Any) -> Any:
        connection = connect(*given, **named)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    opening.connect = careless


def _without_commit() -> None:
    """Acknowledge a batch when it is handed over, and write it when the next one comes."""
    from companion.live import committer

    writer: Any = committer._Writer
    write, done = writer.append_all, committer._Done

    def hasty(self: Any, jobs: Any) -> Any:
        held, self._held = getattr(self, "_held", []), jobs
        if held:
            write(self, held)
        return done(tuple(job.ticket.recorded for job in jobs))

    writer.append_all = hasty


def _without_idempotency() -> None:
    """Remember no answer, and let a second one take the place of the first."""
    from companion.live import answers
    from companion.store import journal

    remembered: Any = answers.Remembered
    remembered.find = _in_place_of(remembered.find, lambda *_: None)
    if "INSERT INTO command" not in journal._APPEND_ANSWERS:
        raise AttributeError("answers are written otherwise")
    journal._APPEND_ANSWERS = journal._APPEND_ANSWERS.replace("INSERT INTO", "INSERT OR REPLACE INTO")


def _without_expect() -> None:
    """Take whoever has the floor for the one whom the sender saw."""
    from companion.core import floor

    decide: Any = floor.decide

    def trusting(session: Any, command: Any, *more: Any, **named: Any) -> Any:
        seen = replace(command, expect=session.floor.intervention) if hasattr(command, "expect") else command
        return decide(session, seen, *more, **named)

    floor.decide = trusting


def _without_resume() -> None:
    """Tell whoever comes back that they have missed nothing."""
    from companion.live import catch_up

    ring: Any = catch_up.Ring
    since = ring.since
    ring.since = lambda self, *given: None if since(self, *given) is None else []


def _in_place_of(_: object, new: Callable[..., Any]) -> Callable[..., Any]:
    return new


WITHOUT: Final[Mapping[str, Callable[[], None]]] = {
    "fsync": _without_fsync,
    "commit": _without_commit,
    "idempotency": _without_idempotency,
    "expect": _without_expect,
    "resume": _without_resume,
}
