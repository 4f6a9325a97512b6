"""The order of the files, the longest first, so that no worker is left alone with one; and one Chromium for all of a worker's.

Servers under test make no copies of their databases, but where a test is about that.
"""

import os
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ.setdefault("COMPANION_BACKUP_EVERY_SECONDS", "0")


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    from tests.chromium import chromium  # most tests need none of it

    with chromium() as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files that take long first, then those of many tests; within a file the order stays random."""
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, -tests[item.path], str(item.path)))
