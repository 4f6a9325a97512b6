"""`make bench`: every row of the targets, beside the peers, in one run; it writes `docs/benchmarks.md`.

The servers run on the first core, the clients on the second. Ours is measured through the whole product: a demo workshop,
people who joined with the code, commands that are on disk before they are answered, patches of the session's map.
"""

import argparse
import os
import sqlite3
import time
import tomllib
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final

from bench import ballots, commands, delivery, exports, first_load, floor, opened, page, peers, storm, taps
from bench.crowd import Lost
from bench.pinned import keep_to_the_clients_core
from bench.rows import Measured, Row, Scale, holds, table

TOPICS: Final[dict[str, Callable[[Scale], Measured]]] = {
    "first_load": first_load.measure,  # before what makes the machine busy
    "delivery": delivery.measure,
    "commands": commands.measure,
    "taps": taps.measure,
    "ballots": ballots.measure,
    "storm": storm.measure,
    "floor": floor.measure,
    "opening": opened.measure,
    "exports": exports.measure,
}
_WHY: Final = Path(__file__).with_name("why.toml")
_OURS: Final = ("msgspec", "rpds-py", "pycrdt", "sqlite-utils")


def main() -> None:
    """Measure what is asked for, print it, and write the page if all of it was measured at its full size."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "topics", nargs="*", metavar="TOPIC", help=f"only these, printed and not written: {', '.join(TOPICS)}"
    )
    parser.add_argument("--quick", action="store_true", help="small numbers, printed and not written")
    given = parser.parse_args()
    unknown = [topic for topic in given.topics if topic not in TOPICS]
    if unknown:
        parser.error(f"there is no {unknown[0]}; there are {', '.join(TOPICS)}")
    keep_to_the_clients_core()
    load, began = os.getloadavg()[0], time.monotonic()
    found = [_measured(topic, Scale(quick=given.quick)) for topic in given.topics or TOPICS]
    targets = _targets(found, load, time.monotonic() - began)
    print(targets)
    if not given.quick and not given.topics:
        page.write_first([("Targets", targets), *((each.title, _with_charts(each)) for each in found)])


def _measured(topic: str, scale: Scale) -> Measured:
    print(f"\n{topic} …", flush=True)
    try:
        measured = TOPICS[topic](scale)
    except Lost as lost:
        row = holds(topic, f"{topic}: as far as its measurement came", "to the end", str(lost), true=False)
        measured = Measured(title=topic.capitalize(), rows=[row], text=f"Broken off: {lost}.")
    print(measured.text, flush=True)
    return measured


def _targets(found: Sequence[Measured], load: float, seconds: float) -> str:
    rows = [row for each in found for row in each.rows]
    met = sum(not row.missed and row.measured for row in rows)
    ours = ", ".join(f"{each} {metadata.version(each)}" for each in _OURS)
    return f"""\
Made by `make bench` in one run of {seconds / 60:.0f} minutes on {page.machine()}: {page.processor()}; SQLite {sqlite3.sqlite_version},
{ours}. Beside: {peers.versions()}.
4 KiB are on this disk after {page.sync_ms():.2f} ms (`fdatasync`). Load of the machine before: {load:.1f}. Servers on one core, clients on the other.
Figures differ from machine to machine, and from run to run; ratios of one run less so.

{met} of {len(rows)} met.

{table(("", "target", "figure", ""), [(row.what, row.target, row.figure, row.verdict) for row in rows])}
{_why(rows)}"""


def _why(rows: Sequence[Row]) -> str:
    """Return why targets are missed, as far as that is known."""
    told = tomllib.loads(_WHY.read_text())
    missed = dict.fromkeys(row.topic for row in rows if row.missed)
    return "".join(f"\n**Why, {topic}:** {told.get(topic, 'not known yet.').strip()}\n" for topic in missed)


def _with_charts(measured: Measured) -> str:
    return "\n\n".join((measured.text.strip(), *map(page.draw, measured.charts)))


if __name__ == "__main__":
    main()
