"""The tests that a page names: `[test](path) `name``, more names after commas."""

import ast
import re
from pathlib import Path


def missing_tests(text: str, folder: Path) -> list[str]:
    """Return the tests that a text names and that are not there, with paths as seen from `folder`."""
    proofs = re.findall(r"\[test\]\(([^)]+)\) `(\w+)`", text)
    return [f"{file}: {name}" for file, name in proofs if name not in _names_in((folder / file).resolve())]


def _names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
