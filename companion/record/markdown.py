"""What Markdown is made of: text that shows exactly itself, tables, people.

What Markdown or HTML could take for a sign is escaped, so that no name can add a link, a tag or a cell. What people wrote
never begins a line, so it can add no heading or list either.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from companion.record.model_people import Who
from companion.record.words import Words

_SIGNS: Final = re.compile(r"[\\`*_\[\]<>&|~$@{}]|(?<=www)\.|:(?=//)", re.IGNORECASE)
_WHITE: Final = re.compile(r"\s+")
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"


def escape(text: str) -> str:
    """Return `text` as Markdown that shows exactly it, on one line, and does not turn its surroundings around."""
    line = _SIGNS.sub(r"\\\g<0>", _WHITE.sub(" ", text))
    return f"{_ISOLATE}{line}{_END_OF_ISOLATE}" if _RIGHT_TO_LEFT.search(line) else line


def named(who: Who, words: Words) -> str:
    """Return a person as the record shows them."""
    return ", ".join(escape(part) for part in (words.title(who), words.affiliation(who)) if part)


def marked(said: str, mark: str) -> str:
    """Return what is said, escaped already, with a mark behind it if there is one."""
    return f"{said} (**{escape(mark)}**)" if mark else said


def facts(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a line for each name and value; none for what has no value."""
    return (f"- {escape(name)}: {escape(value)}" for name, value in facts if value)


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table, as a section where it has a title; the cells are escaped already."""
    heads = [escape(column) for column in columns]
    lines = [heads, ["---"] * len(heads), *rows]
    rows_ = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"## {escape(title)}\n\n{rows_}" if title else rows_
