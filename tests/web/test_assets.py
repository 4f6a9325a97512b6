"""Scripts and styles as they are sent."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from companion import places
from companion.web.assets import Assets
from tests.web.house import House

PAGES = sorted(file.stem for file in (places.static_folder() / "js" / "pages").iterdir())
FOR_GOOD = "public, max-age=31536000, immutable"


def test_every_address_on_a_page_is_kept_for_good(house: House) -> None:
    browser = house.browser()
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+\?[^"]+)"', browser.get("/").text)
    assert len(addresses) > 3
    for address in addresses:
        answer = browser.get(address)
        assert (address, answer.status_code, answer.headers["Cache-Control"]) == (address, 200, FOR_GOOD)


def test_a_page_names_its_script_and_every_other_that_this_waits_for_and_all_are_kept_for_good(house: House) -> None:
    browser = house.browser()
    for page in PAGES:
        scripts = Assets(places.static_folder()).scripts_of(page)
        assert re.fullmatch(rf"/static/pages/{page}-[A-Z0-9]{{8}}\.js", scripts[0])
        for address in scripts:
            answer = browser.get(address)
            assert (address, answer.status_code, answer.headers["Cache-Control"]) == (address, 200, FOR_GOOD)
    scripts = Assets(places.static_folder()).scripts_of("join")
    shown = browser.get("/").text
    assert re.findall(r'<script type="module" src="([^"]+)">', shown) == [scripts[0]]
    assert re.findall(r'<link rel="modulepreload" href="([^"]+)">', shown) == [*scripts[1:]]
    assert "<script" not in browser.get("/nothing").text
    assert browser.get("/static/pages/index.json").headers["Cache-Control"] == "no-cache"


def test_only_rapporteurs_load_what_merges_texts() -> None:
    folder, assets = places.static_folder(), Assets(places.static_folder())
    loaded = {
        page: "".join((folder / address.removeprefix("/static/")).read_text() for address in assets.scripts_of(page))
        for page in PAGES
    }
    assert [page for page in PAGES if "Yjs was already imported" in loaded[page]] == ["rapporteur"]


def test_without_the_scripts_of_pages_it_says_who_makes_them(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make setup"):
        Assets(tmp_path).scripts_of("join")


def test_an_address_without_its_version_or_with_another_is_asked_for_again(house: House) -> None:
    for address in ("/static/css/base.css", "/static/css/base.css?v=000000000000"):
        answer = house.browser().get(address)
        assert answer.headers["Cache-Control"] == "no-cache"
        again = house.browser().get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_text_is_compressed_for_those_who_take_it(house: House) -> None:
    plain = house.browser().get("/static/css/base.css")
    packed = house.browser().get("/static/css/base.css", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    refused = house.browser().get("/static/css/base.css", headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == refused.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) < len(plain.data) / 2


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("js/pages/join.js", "text/javascript; charset=utf-8"),
        ("css/base.css", "text/css; charset=utf-8"),
        ("img/icon.svg", "image/svg+xml"),
    ],
)
def test_files_are_of_their_type(house: House, path: str, type_: str) -> None:
    assert house.browser().get(f"/static/{path}").headers["Content-Type"] == type_


@pytest.mark.parametrize(
    "path",
    [
        "../pyproject.toml",
        "..%2fpyproject.toml",
        "%2e%2e/companion/cli.py",
        "//etc/passwd",
        "css",
        "css/",
        "",
        "vendor/.stamp",
        ".hidden/base.css",
        "css/base.css%00.js",
        "vendor/lit.d.ts",
        "x" * 5_000 + ".css",
        "css\\..\\..\\config.toml",
    ],
)
def test_nothing_else_is_sent(house: House, path: str) -> None:
    assert house.browser().get(f"/static/{path}").status_code == 404


def test_a_file_that_changes_has_another_address(tmp_path: Path) -> None:
    file, assets = tmp_path / "one.css", Assets(tmp_path)
    file.write_text("a{}")
    first = assets.address("one.css")
    file.write_text("a{color:red}")
    assert assets.address("one.css") != first
    assert assets.address("missing.css") == "/static/missing.css"


def test_what_grows_when_compressed_is_sent_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text("a{}")
    (tmp_path / "one.png").write_bytes(b"\x89PNG" + b"0" * 999)
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(Assets(tmp_path).blueprint())
    for name in ("one.css", "one.png"):
        answer = app.test_client().get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
        assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, None)


def test_every_script_and_style_of_the_house_can_be_sent(house: House) -> None:
    folder, browser = places.static_folder(), house.browser()
    files = [file for kind in ("js", "css", "img", "vendor", "pages") for file in (folder / kind).rglob("*.*")]
    files = [file for file in files if file.suffix != ".ts" and file.name != ".stamp"]
    assert len(files) > 50
    for file in files:
        sent = browser.get(f"/static/{file.relative_to(folder)}").data
        assert sent == file.read_bytes()
