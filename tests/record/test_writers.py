"""Every format tells the same, keeps to the attribution, names the head, and lets no name do more than be read."""

import csv
import io
import itertools
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from companion.core.procedure import AttributionMode
from companion.record import as_csv, as_html, as_json, as_markdown
from companion.record.formats import Format, render
from companion.record.markdown import escape
from companion.record.model import Record
from tests.core.scenario import Scenario
from tests.record.panel import PANEL, SECRETS, held, record_of, with_modes

every_format = pytest.mark.parametrize("format_", Format)
HOSTILE = "Dan <b>Bold</b> | [x](http://evil.example)"


@pytest.fixture(scope="module")
def record() -> Record:
    return record_of(held())


@pytest.fixture(scope="module")
def nothing_said() -> Record:
    return record_of(Scenario(PANEL))


class Outline(HTMLParser):
    """The tags and texts of a page, and whether they are nested rightly."""

    VOID = frozenset({"meta", "br", "link", "img", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@every_format
def test_the_head_of_the_journal_stands_in_every_format(format_: Format, record: Record) -> None:
    assert record.head.chain in render(record, format_, "en").decode()


@every_format
def test_a_session_in_which_nothing_was_said_has_a_record_too(format_: Format, nothing_said: Record) -> None:
    assert nothing_said.head.chain in render(nothing_said, format_, "en").decode()


@every_format
def test_the_same_record_is_the_same_bytes(format_: Format) -> None:
    assert render(record_of(held()), format_, "en") == render(record_of(held()), format_, "en")


@every_format
@pytest.mark.parametrize("mode", AttributionMode)
def test_no_format_says_what_may_not_be_said(format_: Format, mode: AttributionMode) -> None:
    written = render(record_of(held(with_modes(mode))), format_, "en").decode()
    hidden = list(SECRETS)
    if mode is not AttributionMode.ATTRIBUTED:
        hidden += ["Иванова", "Ivanova", "بدر", "Badr", "Dan", "Greta", "Pia"]
    if mode is AttributionMode.NON_ATTRIBUTED:
        hidden += ["University A", "State A", "HYPERLINK", "Group of States", "redress"]
    assert [each for each in hidden if each in written] == []


@pytest.mark.parametrize("format_", [Format.HTML, Format.MARKDOWN, Format.CSV])
def test_every_format_has_the_speakers_in_the_order_of_the_model(format_: Format, record: Record) -> None:
    written = render(record, format_, "en").decode()
    names = [each.who.name.split(" <")[0] for each in record.interventions if each.who.name]
    found = iter(re.findall("|".join(map(re.escape, set(names))), written))
    assert [name for name in names if name in found] == names


def test_json_holds_everything(record: Record) -> None:
    value = json.loads(as_json.write(record))
    assert (value["schema"], value["version"]) == ("companion-record", 4)
    assert set(value) == set(Record.__dataclass_fields__)
    first = value["interventions"][0]
    assert (first["who"]["name"], first["started_at"], first["spoken_seconds"]) == (
        "Pia Panellist",
        "2026-10-18T08:46:02.000Z",
        150.0,
    )


def test_html_is_one_page_without_scripts_or_anything_from_elsewhere(record: Record) -> None:
    page = as_html.write(record, "en").decode()
    outline = Outline(page)
    tags = [tag for tag, _ in outline.tags]
    assert set(tags).isdisjoint({"script", "link", "img", "iframe", "a", "form", "object"})
    assert "url(" not in page
    assert "@import" not in page
    assert not [name for _, attributes in outline.tags for name in attributes if name in {"style", "src", "href"}]


def test_html_reads_aloud_headings_and_the_headers_of_tables(record: Record) -> None:
    outline = Outline(as_html.write(record, "en").decode())
    tags = [tag for tag, _ in outline.tags]
    assert outline.tags[0] == ("html", {"lang": "en", "dir": "ltr"})
    assert [tag for tag in tags if tag == "h1"] == ["h1"]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all("scope" in attributes for tag, attributes in outline.tags if tag == "th")
    ids = [str(attributes["id"]) for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_html_shows_names_as_they_are_written_in_their_own_direction(record: Record) -> None:
    page = as_html.write(record, "en").decode()
    assert '<bdi lang="ru">Анна Иванова</bdi>' in page
    assert '<bdi lang="ar">بدر</bdi>' in page
    assert "<b>Bold" not in page
    assert HOSTILE in Outline(page).text


def test_html_in_arabic_runs_from_right_to_left(record: Record) -> None:
    assert '<html lang="ar" dir="rtl">' in as_html.write(record, "ar").decode()


def test_markdown_shows_a_hostile_name_and_obeys_none(record: Record) -> None:
    written = as_markdown.write(record, "en").decode()
    assert r"Dan \<b\>Bold\</b\> \| \[x\](http\://evil.example)" in written
    assert "<b>" not in written


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("# a\n# b", "# a # b"),
        ("a*b_c`d`", r"a\*b\_c\`d\`"),
        ("www.evil.example", r"www\.evil.example"),
        ("a@b.example", r"a\@b.example"),
        ("&lt;i>", r"\&lt;i\>"),
        ("back\\slash", r"back\\slash"),
        ("بدر", "\u2068بدر\u2069"),
    ],
)
def test_markdown_escapes(typed: str, escaped: str) -> None:
    assert escape(typed) == escaped


def test_markdown_rows_have_as_many_cells_as_their_header(record: Record) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", as_markdown.write(record, "en").decode(), re.MULTILINE)
    assert len(tables) == 10
    for table in tables:
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(cells) == 1, table


def test_csv_is_for_spreadsheets_and_runs_no_formula(record: Record) -> None:
    written = as_csv.write(record)
    assert written.startswith(b"\xef\xbb\xbf")
    told = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    rows = [row for row in told if row["entry"] == "intervention"]
    assert [row["number"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert [row["name"] for row in rows] == ["Pia Panellist", "Анна Иванова", HOSTILE, "", "", "Pia Panellist"]
    assert rows[2]["organisation"] == "'=HYPERLINK(1)"
    assert [row["void"] for row in rows] == ["no", "no", "no", "yes", "no", "no"]
    assert {row["journal_head"] for row in told} == {f"{record.head.seq}:{record.head.chain}"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_takes_no_cell_for_a_formula(start: str) -> None:
    assert as_csv._cell(f"{start}1") == f"'{start}1"


def test_csv_without_interventions_has_the_head_with_the_speaking_times_and_who_is_inscribed(
    nothing_said: Record,
) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv.write(nothing_said).decode("utf-8-sig"))))
    assert [row["entry"] for row in rows] == ["request", "request", "limit", "limit"]
    assert {row["journal_head"] for row in rows} == {f"{nothing_said.head.seq}:{nothing_said.head.chain}"}


def test_a_zone_that_this_machine_does_not_know_is_shown_in_utc() -> None:
    room = Scenario(replace(PANEL, time_zone="Mars/Crater"))
    assert "(UTC)" in as_markdown.write(record_of(room), "en").decode()
