"""`docs/COMPARISON.md` claims nothing of ours without a test that is there."""

import re
from pathlib import Path
from typing import Final

from tests.docs.named_tests import missing_tests

DOCS: Final = Path(__file__).parents[2] / "docs"
PAGE: Final = (DOCS / "COMPARISON.md").read_text(encoding="utf-8")
ROWS: Final = [re.split(r"(?<!\\)\|", line)[1:-1] for line in PAGE.splitlines() if line.startswith("| ")][1:]


def test_each_row_names_the_tests_that_prove_it() -> None:
    assert [row[0].strip() for row in ROWS if "[test](" not in row[1]] == []
    assert [missing for row in ROWS for missing in missing_tests(row[1], DOCS)] == []


def test_each_row_says_something_of_each() -> None:
    assert {len(row) for row in ROWS} == {5}
    assert all(cell.strip() for row in ROWS for cell in row)
