"""The README promises nothing without a test that is there."""

from pathlib import Path
from typing import Final

from tests.docs.named_tests import missing_tests

ROOT: Final = Path(__file__).parents[2]
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
PROMISED: Final = README.partition("## What is promised")[2].partition("\n## ")[0]
ROWS: Final = [line for line in PROMISED.splitlines() if line.startswith("| ") and not line.startswith("| promise ")]


def test_each_promise_names_tests_that_are_there() -> None:
    assert len(ROWS) >= 8
    assert missing_tests(PROMISED, ROOT) == []
    assert [row for row in ROWS if "[test](" not in row] == []
