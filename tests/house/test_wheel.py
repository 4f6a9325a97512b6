"""The built wheel holds all that a server needs, and runs without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from companion import __version__

CHECKOUT = Path(__file__).parents[2]

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    # The build's requirements are in the environment of the tests, in the same versions.
    build = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(CHECKOUT)]
    subprocess.run([sys.executable, "-m", *build], check=True, timeout=120)
    return next(folder.glob("companion-*.whl"))


def test_the_wheel_holds_pages_scripts_libraries_and_the_demo(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names >= {
        "companion/demo/workshop.json",
        "companion/_static/vendor/lit.js",
        "companion/_static/vendor/socket.io-client.js",
        "companion/_static/vendor/yjs.js",
        "companion/_static/pages/index.json",
        "companion/_templates/base.html",
    }


def test_the_wheel_holds_nothing_that_only_developers_need(wheel: Path) -> None:
    folders = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert folders == {"companion", f"companion-{__version__}.dist-info"}


def test_the_wheel_runs_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    install = ["pip", "install", "--quiet", "--no-deps", "--target", str(tmp_path / "site"), str(wheel)]
    subprocess.run([sys.executable, "-m", *install], check=True, timeout=120)
    environ = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    where = "import companion.places as p; print(p.static_folder(), p.demo_file().is_file())"
    asked = [[sys.executable, "-c", where], [sys.executable, "-m", "companion", "--help"]]
    answers = [
        subprocess.run(each, env=environ, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60).stdout
        for each in asked
    ]
    assert answers[0].split() == [str(tmp_path / "site" / "companion" / "_static"), "True"]
    assert answers[1].startswith("usage: ")
