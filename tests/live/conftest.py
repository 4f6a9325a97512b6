"""A started house for each test, on a copy of a prepared database."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.engine import Engine
from tests.live.house import Hands, House, prepare

Start = Callable[..., House]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("prepared") / "workshop.db"
    prepare(file)
    return file


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def start(tmp_path: Path, prepared: Path, hands: Hands) -> Iterator[Start]:
    """Start the house; called again, it is started anew on the same file."""
    file = tmp_path / "workshop.db"
    shutil.copy(prepared, file)
    houses: list[House] = []

    def start(*, ring_patches: int = 2_000, engine: Engine | None = None) -> House:
        if houses:
            houses.pop().close()
        houses.append(House(file, hands, ring_patches=ring_patches, engine=engine))
        return houses[-1]

    yield start
    for house in houses:
        house.close()


@pytest.fixture
def house(start: Start) -> House:
    return start()
