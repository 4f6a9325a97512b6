import shutil
import subprocess
import sys
from pathlib import Path

from companion import places

CHECKOUT = Path(__file__).parents[2]


def test_in_a_checkout_the_files_stand_beside_the_package() -> None:
    assert places.static_folder() == CHECKOUT / "static"
    assert places.templates_folder() == CHECKOUT / "templates"
    assert places.translations_folder() == CHECKOUT / "companion" / "translations"
    assert places.demo_file() == CHECKOUT / "companion" / "demo" / "workshop.json"


def test_in_a_wheel_they_stand_inside_it(tmp_path: Path) -> None:
    package = tmp_path / "companion"
    for folder in ("_static", "_templates"):
        (package / folder).mkdir(parents=True)
    for module in ("__init__.py", "places.py"):
        shutil.copy(CHECKOUT / "companion" / module, package)
    ask = "from companion import places; print(places.static_folder(), places.templates_folder(), places.demo_file())"
    answer = subprocess.run([sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == [
        str(package / "_static"),
        str(package / "_templates"),
        str(package / "demo" / "workshop.json"),
    ]
