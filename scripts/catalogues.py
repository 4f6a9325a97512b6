"""Collects the messages of Python, templates and screens into the catalogues: `make i18n`.

Writes `companion/translations/messages.pot` and brings every `messages.po` up to date with it, then compiles them. With a
language as its argument it begins a new catalogue, marked as a draft until someone who speaks the language has read it.
"""

import ast
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from companion import __version__  # noqa: E402
from hatch_build import compile_catalogues  # noqa: E402

TRANSLATIONS = ROOT / "companion" / "translations"
TEMPLATE = TRANSLATIONS / "messages.pot"
WIDTH = 120

_TEXT = r"'(?:[^'\\\n]|\\.)*'"
_CALL = re.compile(rf"(?<![\w.$])(_|ngettext)\(\s*({_TEXT})(?:\s*,\s*({_TEXT}))?")
_TEMPLATE = "# The program's own words, in English, as `make i18n` collects them."
_HEADER: Any = {
    "project": "Companion",
    "version": __version__,
    "msgid_bugs_address": "the secretariat",
    "last_translator": "nobody yet",
    "charset": "utf-8",
    "fuzzy": False,
}
# In a header that Babel keeps; `wording.is_draft` looks for it.
_DRAFT_TEAM = "draft, not yet read by a native speaker"


def main(arguments: list[str]) -> int:
    """Bring the catalogues up to date; return the exit status."""
    template = collect()
    _write(template, TEMPLATE)
    for language in arguments:
        begin(language)
    for file in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        catalogue = _read(file, file.parent.parent.name)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        _write(catalogue, file)
        missing = len([message for message in catalogue if message.id and not (message.string and all(message.string))])
        print(f"{file.parent.parent.name}: {len(catalogue) - missing} of {len(catalogue)} messages translated")
    compile_catalogues(ROOT)
    return 0


def collect() -> Catalog:
    """Return all messages, by where they stand; without line numbers, which every edit would change."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel's
    # Babel's own loses calls inside template literals.
    methods = [(pattern, extract_screens if method == "javascript" else method) for pattern, method in methods]
    template = Catalog(header_comment=_TEMPLATE, **_HEADER)
    if TEMPLATE.exists():  # the same messages make the same file
        template.creation_date = _read(TEMPLATE).creation_date
    for name, _line, message, comments, context in extract_from_dir(ROOT, methods, options, comment_tags=("i18n:",)):
        template.add(message, None, [(name, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return template


def begin(language: str) -> None:
    """Make an empty catalogue of a language, unless there is one."""
    file = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if file.exists():
        return
    file.parent.mkdir(parents=True)
    header = f"# Companion in {Locale.parse(language).english_name}."
    catalogue = Catalog(locale=language, header_comment=header, language_team=_DRAFT_TEAM, **_HEADER)
    _write(catalogue, file)


def extract_screens(
    source: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, str | tuple[str, ...], list[str]]]:
    """Yield the messages of a script: `_('…')` and `ngettext('…', '…', n)`, wherever they stand."""
    del keywords, comment_tags, options
    text = source.read().decode()
    for found in _CALL.finditer(text):
        name, *literals = found.groups()
        texts = tuple(ast.literal_eval(literal) for literal in literals if literal is not None)
        line = text.count("\n", 0, found.start()) + 1
        yield line, name, texts if name == "ngettext" else texts[0], []


def _read(file: Path, language: str | None = None) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=language)


def _write(catalogue: Catalog, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False, ignore_obsolete=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
