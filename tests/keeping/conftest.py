"""A database with a workshop of two sessions that have begun, made once and copied for each test."""

import shutil
from pathlib import Path

import pytest

from companion.core import commands as c
from companion.store.database import Database
from tests.live.house import MODERATOR, Hands, House, prepare


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("prepared") / "workshop.db"
    prepare(file)
    return file


@pytest.fixture
def database(tmp_path: Path, prepared_database: Path) -> Path:
    """Return the path of a database that nobody has opened."""
    return Path(shutil.copy(prepared_database, tmp_path / "workshop.db")).resolve()


def change_history(database: Path) -> None:
    """Change what an entry says, as somebody with access to the disk could."""
    with Database.open(database) as db:
        db.sql.conn.execute("UPDATE event SET actor = 'somebody' WHERE seq = 2")


def go_on(database: Path, times: int = 1) -> None:
    """Have something more recorded."""
    house = House(database, Hands())
    for number in range(times):
        house.command(MODERATOR, c.Announce(text=f"Number {number}"))
    house.close()
