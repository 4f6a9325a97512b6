"""Scripts and styles as they are sent."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from companion import places
from companion.web.assets import Assets
from companion.web.scripts import without_comments
from tests.web.house import House

FOR_GOOD = "public, max-age=31536000, immutable"


def test_every_address_on_a_page_is_kept_for_good(house: House) -> None:
    browser = house.browser()
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+\?[^"]+)"', browser.get("/").text)
    assert len(addresses) > 3
    for address in addresses:
        answer = browser.get(address)
        assert (address, answer.status_code, answer.headers["Cache-Control"]) == (address, 200, FOR_GOOD)


def test_a_page_names_every_script_that_its_own_waits_for(house: House) -> None:
    browser = house.browser()
    links = re.findall(r'<link rel="modulepreload" href="([^"]+)">', browser.get("/").text)
    assert links[0] == "/static/js/components/join-form.js"
    assert "/static/js/lib/i18n.js" in links
    for address in links:
        answer = browser.get(address)
        assert (address, answer.status_code, answer.headers["Cache-Control"]) == (address, 200, "no-cache")
    assert "modulepreload" not in browser.get("/nothing").text


@pytest.mark.parametrize("page", sorted(file.stem for file in (places.static_folder() / "js" / "pages").iterdir()))
def test_every_script_that_a_page_names_is_there(house: House, page: str) -> None:
    modules = Assets(places.static_folder()).modules(f"js/pages/{page}.js")
    assert modules
    assert [house.browser().get(address).status_code for address in modules] == [200] * len(modules)


def test_only_rapporteurs_load_what_merges_texts() -> None:
    pages = [file.stem for file in (places.static_folder() / "js" / "pages").iterdir()]
    assets = Assets(places.static_folder())
    modules = {page: assets.modules(f"js/pages/{page}.js") for page in pages}
    assert [page for page in pages if "/static/vendor/yjs.js" in modules[page]] == ["rapporteur"]


def test_imports_are_read_as_browsers_read_them(tmp_path: Path) -> None:
    (tmp_path / "js" / "lib").mkdir(parents=True)
    (tmp_path / "js" / "one.js").write_text("""\
/**
 * @typedef {import('./types.js').Type} Type
 */
import './lib/two.js';
import {
  first,
  second,
} from "/static/js/lib/three.js";
import whole, * as all from './lib/four.js';
export { again } from './lib/two.js';
export const from = 'neither/of.js';
export function imported() { return import('./later.js'); }
await import('./lib/awaited.js');
""")
    (tmp_path / "js" / "lib" / "two.js").write_text("import '../one.js';\nimport './five.js';\n")
    for name in ("three", "four", "five", "awaited"):
        (tmp_path / "js" / "lib" / f"{name}.js").write_text("")
    names = ("two", "three", "four", "awaited", "five")
    assert Assets(tmp_path).modules("js/one.js") == tuple(f"/static/js/lib/{name}.js" for name in names)
    assert Assets(tmp_path).modules("js/missing.js") == ()


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
    files = [file for kind in ("js", "css", "img", "vendor") for file in (folder / kind).rglob("*.*")]
    files = [file for file in files if file.suffix != ".ts" and file.name != ".stamp"]
    assert len(files) > 50
    for file in files:
        sent = browser.get(f"/static/{file.relative_to(folder)}").data
        ours = file.is_relative_to(folder / "js")
        assert sent == (without_comments(file.read_text()).encode() if ours else file.read_bytes())
