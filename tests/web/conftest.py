"""The door on a database of its own, for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.config import JoiningSettings, MetricsSettings, ServerSettings
from tests.web.house import Build, House, make_workshop, settings_at


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database to be copied: to make it takes ten times as long."""
    made = tmp_path_factory.mktemp("workshop") / "workshop.db"
    make_workshop(made)
    return made


@pytest.fixture
def build(tmp_path: Path, workshop: Path) -> Iterator[Build]:
    """Return what makes the house with other settings."""
    built: list[House] = []
    shutil.copy(workshop, tmp_path / "workshop.db")

    def make(
        *,
        server: ServerSettings | None = None,
        joining: JoiningSettings | None = None,
        metrics: MetricsSettings | None = None,
        base_url: str = "",
    ) -> House:
        built.append(House(settings_at(tmp_path, server=server, joining=joining, metrics=metrics), base_url))
        return built[-1]

    yield make
    for house in built:
        house.close()


@pytest.fixture
def house(build: Callable[..., House]) -> House:
    return build()
