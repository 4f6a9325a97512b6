"""The order of the files: the longest first, so that others run beside them and no worker is left alone with one.

Servers under test make no copies of their databases, but where a test is about that.
"""

import os
from collections import Counter

import pytest

os.environ.setdefault("COMPANION_BACKUP_EVERY_SECONDS", "0")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files that take long first, then those of many tests; within a file the order stays random."""
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, -tests[item.path], str(item.path)))
