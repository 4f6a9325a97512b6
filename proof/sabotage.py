"""A server with one thing taken out that the promise stands on: `python -m proof.sabotage fsync demo --port …`.

For the proof of the proof: with any of them it has to fail. Each patches one seam of the program in this process alone,
once the engine is chosen, and raises where the seam is not there any more.
"""

import sys
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


def main(name: str, arguments: list[str]) -> int:
    """Run the program's command line without `name`, and return its exit status."""
    from companion import cli
    from companion.cli import serving

    choose = serving._choose_engine

    def choose_and_take_out(options: Any) -> Any:
        engine = choose(options)
        WITHOUT[name]()
        return engine

    serving._choose_engine = choose_and_take_out
    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
