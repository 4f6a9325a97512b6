"""Whatever people type, a record shows it and does nothing else with it: in a spreadsheet, in Markdown, on a page."""

import csv
import io
import re
from dataclasses import replace
from functools import cache
from typing import Final

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion import text
from companion.core.procedure import NoteAttribution, RequestStatus
from companion.core.reckoned import Dimension
from companion.record import as_csv, as_html, as_json, as_markdown
from companion.record.markdown import escape
from companion.record.model import EntryCorrection, Record
from companion.record.model_documents import Notes
from tests.core.profile import THOROUGH
from tests.record.reading import Page, csv_rows, markdown_entries, shown, spaced
from tests.record.whole import played, record_of

FEW: Final = settings(max_examples=300 if THOROUGH else 12, deadline=None, database=None)
MANY: Final = settings(max_examples=2000 if THOROUGH else 100, deadline=None, database=None)
SIGNS: Final = "=+-@\t\r\n,;\"'|*_`~#<>&[](){}!\\$:/.0 aé中م\u202e\u2066\u0000＝"
HOSTILE: Final = (
    "=HYPERLINK(1)",
    "\n=1+1",
    " =1+1",
    "＝1",
    "</td></table><script>alert(1)</script>",
    '" onload="alert(1)',
    "</title></svg><img src=x onerror=alert(1)>",
    "a | b\n| --- |\n# c",
    "![x](http://evil.example) <http://evil.example> www.evil.example https://evil.example",
    "- [ ] a\n\n***\n> b\n```\nc",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&#x3c;",
)


@cache
def whole() -> Record:
    return record_of(played(), Notes.ALL)


def typed() -> st.SearchStrategy[str]:
    """Return what may reach a journal: clean text of any script, or of signs."""
    anything = st.one_of(st.text(SIGNS, max_size=60), st.text(max_size=60), st.sampled_from(HOSTILE))
    return anything.map(lambda each: text.clean_text(each, most=2_000) or "x")


def saying(said: str) -> Record:
    """Return the record with `said` wherever people can type."""
    record = whole()
    who = [each.who for each in record.interventions][1]
    named = replace(who, name=said, organisation=said)
    line = EntryCorrection(at=record.as_of, by=None, text=said, seq=9, type="floor.given", of="transcript", index=2)
    return replace(
        record,
        requests=tuple(
            replace(each, who=named, topic=said, on_behalf_of=said, status=RequestStatus.WRITTEN, text=said)
            for each in record.requests
        ),
        list_events=tuple(replace(each, who=named, partner_who=named) for each in record.list_events),
        entry_corrections=(line, replace(line, of="list_events"), replace(line, of="limits", index=0)),
        balance=tuple(
            replace(each, dimension=Dimension.REGION, session=tuple(replace(part, what=said) for part in each.session))
            for each in record.balance[:1]
        ),
        session=replace(record.session, title=said),
        notes=tuple(replace(note, text=said) for note in record.notes),
        interventions=tuple(replace(each, who=named, topic=said, on_behalf_of=said) for each in record.interventions),
        announcements=tuple(replace(each, text=said) for each in record.announcements),
        corrections=tuple(replace(each, before=said, after=said) for each in record.corrections),
        recommendations=tuple(
            replace(
                each,
                symbol=said,
                versions=tuple(
                    replace(version, title=said, text=said, addressees=(said,)) for version in each.versions
                ),
            )
            for each in record.recommendations
        ),
        polls=tuple(
            replace(
                poll,
                question=said,
                outcome=said,
                options=tuple(replace(option, label=said) for option in poll.options),
                answers=tuple(replace(answer, reason=said, organisation=said) for answer in poll.answers),
            )
            for poll in record.polls
        ),
    )


def test_where_people_can_type_is_known() -> None:
    """The record that the others try holds the text in every place that the journal takes text for."""
    written = as_json.write(saying("typed-here")).decode()
    assert written.count("typed-here") > 80
    assert NoteAttribution.PERSON in {note.attribution for note in whole().notes}


@FEW
@given(typed())
@example("=1")
@example("</script>")
def test_html_has_the_same_tags_whatever_is_typed(said: str) -> None:
    plain = Page(as_html.write(saying("x"), "en").decode())
    page = Page(as_html.write(saying(said), "en").decode())
    allowed = {"ins", "del", "span"}
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags} | allowed
    assert [tag for tag, _ in page.tags if tag not in allowed] == [tag for tag, _ in plain.tags if tag not in allowed]
    assert {name for _, attributes in page.tags for name in attributes} == {
        name for _, attributes in plain.tags for name in attributes
    }
    assert spaced(said) in spaced(page.text)


@FEW
@given(typed())
def test_markdown_has_the_same_lines_whatever_is_typed(said: str) -> None:
    plain = as_markdown.write(saying("x"), "en").decode().splitlines()
    lines = as_markdown.write(saying(said), "en").decode().split("\n")
    assert [beginning(line) for line in lines[: len(plain)]] == [beginning(line) for line in plain]
    assert len(lines) == len(plain) + 1
    cells = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines if line.startswith("| ")]
    assert cells == [line.count("|") for line in plain if line.startswith("| ")]
    entries = markdown_entries("\n".join(lines).encode())
    assert sum(spaced(said) in entry for entry, _depth in entries) >= len(whole().notes)


def beginning(line: str) -> str:
    found = re.match(r"(#+ |\s*- |\| |---|)", line)
    assert found is not None
    return found[0]


@MANY
@given(typed())
def test_escaped_markdown_shows_what_was_typed_on_one_line(said: str) -> None:
    line = escape(said)
    assert "\n" not in line
    assert shown(line) == spaced(re.sub("[\u2068\u2069]", "", said))
    assert re.search(r"(?<!\\)(?:\\\\)*[<>\[\]`*_|]", line) is None


@FEW
@given(typed())
@example("=1+1")
@example(" +1")
@example("\n@x")
@example("'=1")
def test_csv_has_the_same_rows_and_runs_nothing_whatever_is_typed(said: str) -> None:
    written = as_csv.write(saying(said)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(written, newline="")) for cell in row]
    assert len(cells) == len(as_csv.COLUMNS) * (1 + len(csv_rows(as_csv.write(saying("x")))))
    assert [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]", cell)] == []
    assert {cell for cell in cells if said in cell} >= {said if f"'{said}" not in cells else f"'{said}"}


@FEW
@given(typed())
def test_json_gives_back_what_was_typed(said: str) -> None:
    record = saying(said)
    assert msgspec.json.decode(as_json.write(record), type=Record) == record
