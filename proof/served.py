"""A server that is not as it should be: `python -m proof.served --without fsync demo --port …`.

What it takes out, or puts wrong, it does once the engine is chosen, before the rest of the program is loaded.
"""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from companion import cli
from companion.cli import serving
from proof.sabotage import WITHOUT


def main() -> int:
    """Run the program's command line in this way, and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m proof.served", description=__doc__)
    parser.add_argument("--without", choices=WITHOUT)
    parser.add_argument(
        "--clock", type=Path, metavar="FILE", help="the wall clock is wrong by the seconds that it says"
    )
    options, arguments = parser.parse_known_args()
    program: Any = serving
    choose = program._choose_engine

    def choose_and_alter(given: argparse.Namespace) -> Any:
        engine = choose(given)
        if options.without:
            WITHOUT[options.without]()
        if options.clock:
            _put_wrong(options.clock)
        return engine

    program._choose_engine = choose_and_alter
    return cli.main(arguments)


def _put_wrong(file: Path) -> None:
    """Have the wall clock, and it alone, be wrong by as much as the file says at the moment."""
    from companion.clock import Clock

    wall = time.time

    def wrong() -> float:
        return wall() + float(file.read_text())

    time.time = wrong
    defaults = Clock.__init__.__kwdefaults__ or {}
    if "wall" not in defaults:
        raise AttributeError("the clock is read otherwise")
    defaults["wall"] = lambda: datetime.fromtimestamp(wrong(), UTC)


if __name__ == "__main__":
    sys.exit(main())
