"""The short proof: once through every act, with real clients; `make proof` goes on for ten minutes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.conftest import Tell

pytestmark = [pytest.mark.journey, pytest.mark.long]

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"(\d+) commands, (\d+) kills, (\d+) partitions, 0 lost, 0 duplicated")


@pytest.mark.timeout(500)
def test_nothing_is_lost_and_nothing_done_twice_whatever_happens(tell: Tell) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "proof", "--seconds", "0"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    line = finished.stdout.splitlines()[-1]
    counted = LINE.fullmatch(line)
    assert counted is not None, finished.stdout
    commands, kills, partitions = map(int, counted.groups())
    assert (commands > 300, kills, partitions) == (True, 3, 6)
    tell(line)
