"""Which files are read, and in what order, the longest first, so that no worker is left alone with one; and one Chromium for all of a worker's.

Servers under test make no copies of their databases, but where a test is about that.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ.setdefault("COMPANION_BACKUP_EVERY_SECONDS", "0")

# What scripts/stages.py asks for, and what tells, by a file's text alone, that it has nothing of it: every worker of a stage
# reads all files there are, and to import them takes longer than most tests.
_UNIT: Final = "not journey and not browser"
_END_TO_END: Final = "journey or browser"
_SOME_END_TO_END: Final = re.compile(r"pytest\.mark\.(browser|journey)\b")
_ALL_END_TO_END: Final = re.compile(r"^pytestmark = .*pytest\.mark\.(browser|journey)\b", re.MULTILINE)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    from tests.chromium import chromium  # most tests need none of it

    with chromium() as running:
        yield running


def pytest_configure(config: pytest.Config) -> None:
    """Have the scripts of the pages as their sources are now, once for all workers."""
    if not hasattr(config, "workerinput"):
        from hatch_build import build_pages

        build_pages(Path(__file__).resolve().parents[1])


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the files in which a stage finds no test."""
    if collection_path.suffix != ".py":
        return None
    asked, text = config.option.markexpr, collection_path.read_text(encoding="utf-8")
    nothing_end_to_end = asked == _END_TO_END and not _SOME_END_TO_END.search(text)
    nothing_else = asked == _UNIT and _ALL_END_TO_END.search(text)
    return True if nothing_end_to_end or nothing_else else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files that take long first, then those of many tests; within a file the order stays random.

    A mark that stands elsewhere than in its file would have that left out of one stage by its text, of the other by the mark.
    """
    end_to_end = {item.path for item in items if any(item.iter_markers("browser")) or any(item.iter_markers("journey"))}
    unnamed = [str(file) for file in end_to_end if not _SOME_END_TO_END.search(file.read_text(encoding="utf-8"))]
    if unnamed:
        raise pytest.UsageError(f"no mark of the end-to-end tests is named in {', '.join(sorted(unnamed))}")
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, -tests[item.path], str(item.path)))
