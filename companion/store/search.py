"""What can be searched, by its words: an index of SQLite's full text search, in memory.

It follows from the journal and can be made anew at any time, so nothing of it is written to the disk. It holds folded words
alone; whoever asks keeps the texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
import sqlite_utils

from companion.folding import words_in, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

COLUMNS: Final = ("who", "about", "text")
_WEIGHTS: Final = "4.0, 2.0, 1.0"
"""Somebody's name counts for more than a topic, and that for more than a word in a text."""
_FIND: Final = f"""
SELECT findable.key FROM findable JOIN findable_fts ON findable.rowid = findable_fts.rowid
WHERE findable_fts MATCH ? ORDER BY bm25(findable_fts, {_WEIGHTS}), findable.at DESC, findable.key LIMIT ?
"""  # noqa: S608 (of constants)
_COUNT: Final = "SELECT count(*) FROM findable_fts WHERE findable_fts MATCH ?"
MOST_TERMS: Final = 24
"""What is asked for beyond that is left out."""


class Term(NamedTuple):
    """Words that have to stand one behind the other; `open`: the last of them may go on."""

    words: tuple[str, ...]
    open: bool


class Row(NamedTuple):
    """Something to be found: its texts by column, and when it was, as a string that sorts by time."""

    key: str
    at: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of the best, best first, and how many there are."""

    keys: tuple[str, ...]
    count: int


def terms_of(typed: str) -> list[Term]:
    """Return what somebody typed as what has to be found, all of it; the last word may be the beginning of one.

    Signs that a query language would take for its own are none.
    """
    groups: list[list[str]] = []
    before = None
    for word in words_in(typed):
        follows = before is not None and before.alone and word.alone and before.end == word.start
        if follows:
            groups[-1].append(word.folded)
        else:
            groups.append([word.folded])
        before = word
    groups = groups[:MOST_TERMS]
    return [Term(tuple(group), open=number == len(groups)) for number, group in enumerate(groups, start=1)]


class SearchIndex:
    """What can be found, by key. Belongs to the thread that made it."""

    def __init__(self) -> None:
        self._db = sqlite_utils.Database(memory=True)
        table = self._db.table("findable")
        table.create({"key": str, "at": str, **dict.fromkeys(COLUMNS, str)}, pk="key")
        # The words are made here, with a space between them; all but ASCII signs are letters to this tokenizer.
        table.enable_fts(COLUMNS, tokenize="ascii", create_triggers=True)
        self._table = table

    def put(self, rows: Iterable[Row]) -> None:
        """Take in rows, in place of those with the same keys."""
        self._table.insert_all(
            (
                {"key": row.key, "at": row.at, **{name: _joined(row.texts.get(name, "")) for name in COLUMNS}}
                for row in rows
            ),
            replace=True,
        )

    def drop(self, keys: Iterable[str]) -> None:
        """Take out rows; of those that are not there nothing is said."""
        self._table.delete_where("key IN (SELECT value FROM json_each(?))", [_as_json(keys)])

    def find(self, terms: Sequence[Term], limit: int) -> Found:
        """Return the best rows that have all terms, at most `limit`, the newer first among equals."""
        if not terms:
            return Found((), 0)
        query = " AND ".join(_quoted(term) for term in terms)
        keys = tuple(key for (key,) in self._db.execute(_FIND, [query, limit]))
        return Found(keys, self._db.execute(_COUNT, [query]).fetchone()[0])

    def close(self) -> None:
        """Let go of the memory."""
        self._db.close()


def _joined(text: str) -> str:
    return " ".join(words_of(text))


def _quoted(term: Term) -> str:
    # Folded words hold letters, digits and marks alone: no quote can end the string.
    return f'"{" ".join(term.words)}"{" *" if term.open else ""}'


def _as_json(keys: Iterable[str]) -> str:
    return msgspec.json.encode([*keys]).decode()
