"""The catalogues: what is collected, and that no translation loses a value."""

import importlib.util
import io
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from companion import wording
from companion.core.refusals import Refusal
from companion.places import translations_folder

ROOT = Path(__file__).parents[2]
FILES = sorted(translations_folder().glob("*/LC_MESSAGES/messages.po"))


@pytest.fixture(scope="module")
def catalogues() -> ModuleType:
    """Return the program that collects messages."""
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts" / "catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parent.parent.name)


def _values(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}|%\(\w+\)s", text))


def test_messages_are_found_wherever_they_stand_in_a_script(catalogues: ModuleType) -> None:
    script = """
        const a = _('Plain'), b = this._('not ours'), c = $_('not ours');
        html`<p title=${_('It’s \\'quoted\\'', { a })}>${list.map((x) => html`<b>${_('Near {time}', { time: at({ x }) })}</b>`)}</p>`;
        ngettext('{n} minute', '{n} minutes', n);
    """
    found = [each[2] for each in catalogues.extract_screens(io.BytesIO(script.encode()), [], [], {})]
    assert found == ["Plain", "It’s 'quoted'", "Near {time}", ("{n} minute", "{n} minutes")]


def test_messages_of_python_templates_and_scripts_are_collected(catalogues: ModuleType) -> None:
    places: dict[str, set[str]] = {}
    for message in catalogues.collect():
        if message.id:
            for name, _line in message.locations:
                places.setdefault(name.split("/")[0], set()).add(str(message.id))
    assert set(places) == {"companion", "static", "templates"}
    assert min(len(messages) for messages in places.values()) > 20
    assert wording.sentence(Refusal.REVOKED, "en") in places["companion"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.parent.name)
def test_no_translation_invents_or_loses_a_value(file: Path) -> None:
    for message in _read(file):
        if not message.id:
            continue
        if isinstance(message.id, str):
            assert not message.string or _values(str(message.string)) == _values(message.id), message.id
        else:
            allowed = _values("".join(message.id))
            assert all(_values(form) <= allowed for form in message.string or ()), message.id


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.parent.name)
def test_a_catalogue_is_compiled_and_says_if_it_is_a_draft(file: Path) -> None:
    catalogue, lang = _read(file), file.parent.parent.name
    assert lang in wording.languages()
    assert wording.is_draft(lang) is str(catalogue.language_team).startswith("draft")


def test_arabic_counts_in_six_ways() -> None:
    arabic = wording.gettext_for("ar")
    said = [arabic.ngettext("%(num)s speaker", "%(num)s speakers", n) for n in (0, 1, 2, 3, 11, 100)]
    assert len(set(said)) == 6
    assert [said[3], said[4], said[5]] == ["%(num)s متكلمين", "%(num)s متكلماً", "%(num)s متكلم"]
