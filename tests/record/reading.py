"""Records read back by a parser of their format, as the lines of their transcripts."""

import csv
import io
import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, Final

VOID_TAGS: Final = frozenset({"meta", "br", "link", "img", "hr"})
_FORMULA: Final = re.compile(r"^'(?=\s*[=+\-@＝＋－＠\t\r\n])")


class Page(HTMLParser):
    """A page: its tags, its text, and the entries of its transcript as (type, text, how deep)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.entries: list[tuple[str, str, int]] = []
        self._open: list[tuple[str, bool]] = []
        self._reading: list[int] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag in VOID_TAGS:
            return
        entry = "data-entry" in attributes
        if entry:
            self.entries.append((str(attributes["data-entry"]), "", len(self._reading)))
            self._reading.append(len(self.entries) - 1)
        self._open.append((tag, entry))

    def handle_endtag(self, tag: str) -> None:
        opened, entry = self._open.pop()
        assert opened == tag
        if entry:
            self._reading.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._reading:
            type_, text, depth = self.entries[self._reading[-1]]
            self.entries[self._reading[-1]] = (type_, text + data, depth)


def html_entries(written: bytes) -> list[tuple[str, str, int]]:
    """Return (type, text with single spaces, depth) for each entry of a page's transcript."""
    return [(type_, spaced(text), depth) for type_, text, depth in Page(written.decode()).entries]


def markdown_entries(written: bytes) -> list[tuple[str, int]]:
    """Return (text as it shows, depth) for each line of the transcript in Markdown."""
    section = written.decode().split("\n## ")[1]
    found = re.findall(r"^( *)- (.*)$", section, re.MULTILINE)
    return [(shown(text), len(spaces) // 2) for spaces, text in found]


def csv_rows(written: bytes) -> list[dict[str, str]]:
    """Return the rows, without the apostrophes that keep formulas from running."""
    rows = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    return [{name: _FORMULA.sub("", value) for name, value in row.items()} for row in rows]


def json_value(written: bytes) -> dict[str, Any]:
    """Return a record in JSON."""
    value: dict[str, Any] = json.loads(written)
    return value


def pointed_to(value: Mapping[str, Any], moment: Mapping[str, Any]) -> Any:  # noqa: ANN401 (JSON)
    """Return what a line of the transcript points to, in a record in JSON."""
    return None if moment["of"] is None else value[moment["of"]][moment["index"]]


def spaced(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def shown(markdown: str) -> str:
    """Return what a line of Markdown shows: emphasis and isolates gone, escaped signs themselves."""
    plain = re.sub(r"(?<!\\)(\*\*|\*|~~)", "", markdown)
    return spaced(re.sub(r"\\(.)", r"\1", re.sub("[\u2068\u2069]", "", plain)))
