"""Both engines keep the same promises; each is tried in a process of its own."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

SCENARIOS_FILE = Path(__file__).with_name("engine_scenarios.py")
SCENARIOS = re.findall(r"^def (\w+)\(\) -> None:", SCENARIOS_FILE.read_text(encoding="utf-8"), re.MULTILINE)


@cache
def outcomes(engine: str) -> dict[str, str]:
    finished = subprocess.run(
        [sys.executable, "-W", "error", str(SCENARIOS_FILE), engine],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    found: dict[str, str] = json.loads(finished.stdout)
    return found


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("engine", ["eventlet", "threading"])
def test_engine(engine: str, scenario: str) -> None:
    assert outcomes(engine)[scenario] == ""


def test_no_unit_test_imports_eventlet() -> None:
    assert "eventlet" not in sys.modules
