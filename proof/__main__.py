"""`make proof`: disturbs a room full of real clients for a while, and says whether anything was lost or done twice."""

import argparse
import logging
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from proof import acts, checker
from proof.checker import Fault, Kind
from proof.hall import Hall
from proof.history import History
from proof.sabotage import WITHOUT
from proof.storm import Storm

SHOWN_FAULTS: Final = 12
ENOUGH: Final = ("roads are cut", "kill -9", "answers are lost", "kill -9 while answers are lost", "a black hole")
"""Of the storm, to show that something was taken out; after the last, everybody comes back to the same server."""
_PROGRAM: Final = ("-m", "companion")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof and return 0 if everything is as promised."""
    parser = argparse.ArgumentParser(prog="python -m proof", description=__doc__)
    parser.add_argument(
        "--seconds", type=int, default=600, help="how long to go on, once through everything at least (600)"
    )
    parser.add_argument("--without", choices=WITHOUT, help="take this out of the server first: the proof has to fail")
    options = parser.parse_args(arguments)
    logging.disable()  # the client library's: that a connection was cut is no news here
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="proof-"))
    proof = Proof(folder)
    keep = True
    try:
        proof.without(options.without) if options.without else proof.whole(options.seconds)
        keep = bool(proof.faults) and not options.without
    finally:
        say(f"what is on the disk stays in {folder}") if keep else shutil.rmtree(folder)
    for fault in proof.faults[:SHOWN_FAULTS]:
        say(f"  {fault}")
    if len(proof.faults) > SHOWN_FAULTS:
        say(f"  and {len(proof.faults) - SHOWN_FAULTS} more: {dict(checker.counted(proof.faults))}")
    say(f"{time.monotonic() - began:.0f} s")
    say(proof.line)
    return int(bool(proof.faults))


class Proof:
    """What was done so far, and what was found wrong."""

    def __init__(self, folder: Path) -> None:
        self.faults: list[Fault] = []
        self._folder = folder
        self._commands = self._kills = self._partitions = 0

    @property
    def line(self) -> str:
        """Return the line that says it all."""
        count = checker.counted(self.faults)
        return (
            f"{self._commands} commands, {self._kills} kills, {self._partitions} partitions, "
            f"{count[Kind.LOST]} lost, {count[Kind.DUPLICATED]} duplicated"
        )

    def whole(self, seconds: float) -> None:
        """Play every act, and the storm until so many seconds are over, once through all of it at least.

        A small disk has to be mounted, which not everybody may: the shortest proof leaves it out.
        """
        until = time.monotonic() + seconds
        with ThreadPoolExecutor() as pool:
            played = [
                pool.submit(acts.cut_the_power, self._folder / "power", _PROGRAM, say),
                pool.submit(acts.put_an_older_copy_in_place, self._folder / "copy", say),
                *([pool.submit(acts.fill_the_disk, self._folder / "full", say)] if seconds else ()),
            ]
        for act in played:
            self._count(*act.result())
        self._storm(until)

    def without(self, what: str) -> None:
        """Take something out, and play what shows it."""
        if what in {"fsync", "commit"}:
            program = ("-m", "proof.served", "--without", what)
            self._count(*acts.cut_the_power(self._folder / "power", program, say))
        if not self.faults:
            self._storm(time.monotonic(), without=what, only=ENOUGH)

    def _storm(self, until: float, *, without: str | None = None, only: Collection[str] = ()) -> None:
        folder = self._folder / "storm"
        folder.mkdir()
        with Hall(folder, without=without) as hall:
            storm = Storm(hall, say, only)
            hall.fill()
            storm.blow(until)
            hall.end()
            status = hall.server.stop()
        faults = [
            *(Fault(Kind.SERVER, complaint) for complaint in _complaints(hall, storm, status)),
            *checker.check(hall.histories, checker.read_journal(hall.server.database, hall.session)),
        ]
        self._count(hall.accepted, faults)
        self._kills, self._partitions = storm.tally.kills, storm.tally.partitions
        say(
            f"{sum(history.comparisons for history in hall.histories)} maps compared with fresh ones, {hall.nonsense} lots of "
            f"nonsense, {storm.tally.ends} ends of the server, slowest return {storm.tally.slowest_return_seconds:.1f} s, "
            f"{_sent_again(hall.histories)} commands sent more than once, refused: {_refusals(hall.histories)}"
        )

    def _count(self, commands: int, faults: Iterable[Fault]) -> None:
        self._commands += commands
        self.faults += faults


def _sent_again(histories: Iterable[History]) -> int:
    return sum(command.sent > 1 for history in histories for command in history.commands.values())


def _refusals(histories: Iterable[History]) -> str:
    """Return how often each refusal was given."""
    answers = (answer for history in histories for command in history.commands.values() for answer in command.answers)
    counts = Counter(answer["code"] for answer in answers if not answer["ok"])
    return ", ".join(f"{code} {many}" for code, many in counts.most_common())


def _complaints(hall: Hall, storm: Storm, status: int) -> list[str]:
    """Return what else is not as it should be: the server's end, its log, and its file."""
    complaints = [*storm.tally.complaints]
    if status:
        complaints.append(f"told to stop, the server ended with {status}")
    complaints += _errors_in(hall.server.log())
    verified = subprocess.run(
        [sys.executable, "-m", "companion", "verify", str(hall.server.database)],
        capture_output=True,
        text=True,
        check=False,
    )
    if verified.returncode:
        complaints.append(f"companion verify: {verified.stdout}{verified.stderr}")
    return complaints


def _errors_in(log: str) -> list[str]:
    """Return what went wrong in the server by its log: nothing that anybody sends may raise there."""
    lines = log.splitlines()
    at = next((place for place, line in enumerate(lines) if line.startswith("Traceback")), None)
    return [] if at is None else ["the server's log holds:\n" + "\n".join(lines[max(0, at - 1) : at + 40])]


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
