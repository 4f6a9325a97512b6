"""`docs/COMPARISON.md` claims nothing of ours without a test that is there."""

import ast
import re
from pathlib import Path
from typing import Final

DOCS: Final = Path(__file__).parents[2] / "docs"
PAGE: Final = (DOCS / "COMPARISON.md").read_text(encoding="utf-8")
ROWS: Final = [re.split(r"(?<!\\)\|", line)[1:-1] for line in PAGE.splitlines() if line.startswith("| ")][1:]


def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_row_names_the_tests_that_prove_it() -> None:
    missing = []
    for row in ROWS:
        proofs = re.findall(r"\[test\]\(([^)]+)\) `(\w+)`", row[1])
        assert proofs, f"{row[0].strip()}: no test"
        missing += [f"{file}: {name}" for file, name in proofs if name not in names_in((DOCS / file).resolve())]
    assert missing == []


def test_each_row_says_something_of_each() -> None:
    assert {len(row) for row in ROWS} == {5}
    assert all(cell.strip() for row in ROWS for cell in row)
