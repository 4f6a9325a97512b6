"""The door on a database of its own, for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.config import JoiningSettings, ServerSettings
from tests.web.house import Build, House, settings_at


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """Return what makes the house with other settings."""
    built: list[House] = []

    def make(
        *, server: ServerSettings | None = None, joining: JoiningSettings | None = None, base_url: str = ""
    ) -> House:
        built.append(House(tmp_path, settings_at(tmp_path, server=server, joining=joining), base_url))
        return built[-1]

    yield make
    for house in built:
        house.close()


@pytest.fixture
def house(build: Callable[..., House]) -> House:
    return build()
