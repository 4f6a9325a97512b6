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
