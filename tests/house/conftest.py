"""A folder to work in, and a database that was made by the command line."""

import shutil
from pathlib import Path

import pytest

from companion.cli import demonstrating
from companion.config import SessionSettings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working folder, so that no config.toml is found."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("made") / "demo.db"
    demonstrating.prepare_database(file, SessionSettings())
    return file


@pytest.fixture
def database(folder: Path, made: Path) -> Path:
    shutil.copy(made, folder / "demo.db")
    return folder / "demo.db"
