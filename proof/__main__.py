"""`make proof`: disturbs a room full of real clients for a while, and says whether anything was lost or done twice."""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from proof import checker
from proof.checker import Fault, Kind
from proof.hall import Hall
from proof.history import History
from proof.sabotage import WITHOUT
from proof.storm import Storm

SHOWN_FAULTS = 12


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof and return 0 if everything is as promised."""
    parser = argparse.ArgumentParser(prog="python -m proof", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="how long the storm lasts (600)")
    parser.add_argument("--without", choices=WITHOUT, help="take this out of the server first: the proof has to fail")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="proof-") as folder:
        line, faults = prove(Path(folder), seconds=options.seconds, without=options.without)
    for fault in faults[:SHOWN_FAULTS]:
        _say(f"  {fault}")
    if len(faults) > SHOWN_FAULTS:
        _say(f"  and {len(faults) - SHOWN_FAULTS} more: {dict(checker.counted(faults))}")
    _say(f"{time.monotonic() - began:.0f} s")
    _say(line)
    return int(bool(faults))


def prove(folder: Path, *, seconds: float, without: str | None = None) -> tuple[str, list[Fault]]:
    """Return the closing line, and all faults."""
    with Hall(folder, without=without) as hall:
        storm = Storm(hall, _say)
        hall.fill()
        storm.blow(time.monotonic() + seconds)
        hall.muster()
        hall.end()
        status = hall.server.stop()
    faults = [
        *checker.check(hall.histories, checker.read_journal(hall.server.database, hall.session)),
        *(Fault(Kind.JOURNAL, complaint) for complaint in _complaints(hall, storm, status)),
    ]
    count, tally = checker.counted(faults), storm.tally
    _say(
        f"{sum(history.comparisons for history in hall.histories)} maps compared with fresh ones, "
        f"{tally.ends} ends of the server, slowest return {tally.slowest_return_seconds:.1f} s, "
        f"{_sent_again(hall.histories)} commands sent more than once, refused: {_refusals(hall.histories)}"
    )
    line = (
        f"{hall.accepted} commands, {tally.kills} kills, {tally.partitions} partitions, "
        f"{count[Kind.LOST]} lost, {count[Kind.DUPLICATED]} duplicated"
    )
    return line, faults


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
    log = hall.server.log()
    if "Traceback" in log:
        complaints.append(f"the server's log holds a traceback: {log[log.index('Traceback') :][:2_000]}")
    verified = subprocess.run(
        [sys.executable, "-m", "companion", "verify", str(hall.server.database)],
        capture_output=True,
        text=True,
        check=False,
    )
    if verified.returncode:
        complaints.append(f"companion verify: {verified.stdout}{verified.stderr}")
    return complaints


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
