import gettext
import json
from pathlib import Path

import pytest

import hatch_build

ARABIC = """\
msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

#: static/js/components/list.js:3
msgid "Request the floor"
msgstr "اطلب الكلمة"

#: static/js/components/list.js:9
msgid "one waits"
msgid_plural "%(n)s wait"
msgstr[0] "0"
msgstr[1] "1"
msgstr[2] "2"
msgstr[3] "3"
msgstr[4] "4"
msgstr[5] "5"

#: static/js/pages/display.js:2
msgctxt "the room"
msgid "Room"
msgstr "القاعة"

#: templates/pages/join.html:4
msgid "Join"
msgstr "انضم"

#: static/js/pages/display.js:5
msgid "Not translated yet"
msgstr ""
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    catalogue = tmp_path / "companion" / "translations" / "ar" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(ARABIC, encoding="utf-8")
    return tmp_path


def test_a_catalogue_is_compiled_for_the_server(checkout: Path) -> None:
    hatch_build.compile_catalogues(checkout)
    messages = gettext.translation("messages", checkout / "companion" / "translations", ["ar"])
    assert messages.gettext("Join") == "انضم"


def test_the_screens_get_their_own_messages_and_plurals_without_an_expression(checkout: Path) -> None:
    hatch_build.compile_catalogues(checkout)
    assert json.loads((checkout / "static" / "i18n" / "ar.json").read_text(encoding="utf-8")) == {
        "language": "ar",
        "plurals": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 4, "other": 5},
        "messages": {
            "Request the floor": "اطلب الكلمة",
            "one waits": ["0", "1", "2", "3", "4", "5"],
            "the room\4Room": "القاعة",
        },
    }


def test_nothing_is_compiled_twice(checkout: Path) -> None:
    built = checkout / "static" / "i18n" / "ar.json"
    hatch_build.compile_catalogues(checkout)
    built.write_text("untouched", encoding="utf-8")
    hatch_build.compile_catalogues(checkout)
    assert built.read_text(encoding="utf-8") == "untouched"
    catalogue = next(checkout.glob("**/messages.po"))
    catalogue.write_text(ARABIC.replace("انضم", "انضموا"), encoding="utf-8")
    hatch_build.compile_catalogues(checkout)
    assert built.read_text(encoding="utf-8") != "untouched"


def test_without_catalogues_there_is_nothing_to_do(tmp_path: Path) -> None:
    hatch_build.compile_catalogues(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def front_end(tmp_path: Path) -> Path:
    """Return a folder with two pages, one of which waits for a part and imports another later."""
    (tmp_path / "node_modules").symlink_to(Path(hatch_build.__file__).parent / "node_modules")
    sources = {
        "js/pages/one.js": "import { word } from '../lib/word.js';\nawait import('../part.js');\nimport('../later.js');\nword();\n",
        "js/pages/two.js": "import { word } from '../lib/word.js';\nword();\n",
        "js/lib/word.js": "export function word() { document.title += 'a word'; }\n",
        "js/part.js": "import { word } from './lib/word.js';\nword();\nconsole.log('part');\n",
        "js/later.js": "import { word } from './lib/word.js';\nword();\nconsole.log('later');\n",
    }
    for name, source in sources.items():
        file = tmp_path / "static" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8")
    return tmp_path


def index_of(folder: Path) -> dict[str, list[str]]:
    return dict(json.loads((folder / "static" / "pages" / "index.json").read_text(encoding="utf-8")))


def test_a_page_is_one_script_with_all_it_imports_but_for_what_it_imports_later(front_end: Path) -> None:
    hatch_build.build_pages(front_end)
    index, pages = index_of(front_end), front_end / "static" / "pages"
    (script,) = index["two"]
    assert "a word" in (pages / script).read_text(encoding="utf-8")
    assert [name.rpartition("-")[0] for name in index["one"]] == ["one", "chunk", "part"]
    waited_for = "".join((pages / name).read_text(encoding="utf-8") for name in index["one"])
    assert (waited_for.count("a word"), "part" in waited_for, 'console.log("later")' in waited_for) == (1, True, False)
    (later,) = pages.glob("later-*.js")
    assert later.name in waited_for


def test_a_script_that_changes_has_another_name_and_the_old_one_is_gone(front_end: Path) -> None:
    hatch_build.build_pages(front_end)
    (before,) = index_of(front_end)["two"]
    pages = front_end / "static" / "pages"
    (pages / before).write_text("untouched", encoding="utf-8")
    hatch_build.build_pages(front_end)
    assert (pages / before).read_text(encoding="utf-8") == "untouched"
    word = front_end / "static" / "js" / "lib" / "word.js"
    word.write_text(word.read_text(encoding="utf-8").replace("a word", "another word"), encoding="utf-8")
    hatch_build.build_pages(front_end)
    (after,) = index_of(front_end)["two"]
    assert after != before
    assert not (pages / before).exists()


def test_a_script_that_cannot_be_read_stops_the_build(front_end: Path) -> None:
    (front_end / "static" / "js" / "part.js").write_text("const = 1;", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"part\.js"):
        hatch_build.build_pages(front_end)
