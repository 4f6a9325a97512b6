"""What the record tells of the floor is read back from every format."""

import re
from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.procedure import AttributionMode, QuotaBy, Rule
from companion.core.reckoned import Dimension
from companion.record import as_csv, as_html, as_markdown, pictures
from companion.record.model import Record
from companion.record.model_figures import Balance, Part
from companion.record.words import Words
from tests.core.scenario import Scenario
from tests.record.floor import DISCUSSION, OF_BEN, OF_CLEO, OF_ZOE, discussed, record_of, with_modes
from tests.record.reading import Page, csv_rows, shown, spaced


@pytest.fixture(scope="module")
def record() -> Record:
    return record_of(discussed())


@pytest.fixture(scope="module")
def html(record: Record) -> str:
    return spaced(Page(as_html.write(record, "en").decode()).text)


@pytest.fixture(scope="module")
def markdown(record: Record) -> str:
    return shown(as_markdown.write(record, "en").decode())


@pytest.fixture(scope="module")
def rows(record: Record) -> list[dict[str, str]]:
    return csv_rows(as_csv.write(record))


@pytest.mark.parametrize(
    "said",
    [
        "Statement handed in, not delivered",
        "The text is not published.",
        "Struck from the list",
        "Handed in, not delivered",
        "void: not there",
        "The rule would have had: A participant",
        "in reply to No. 1",
        "from session panel-0",
        "By shares; Civil society 1, States 2",
        "In alphabetical order; S; by itself",
        "The list was put into the order of its rule; By shares; 1 moved",
        "Absent when called; waits once more",
        "It was proposed to share the time; 1:28:20 each, 2 names",
        "The time was shared; 1:15 each",
        "The time was shared; no longer",
        "Zoé Élan",
        "The moderator’s place was handed over",
        "A guest was recognised",
        "First right of reply",
        "Second right of reply",
        "States, all together",
        "All who are on the list, the time being shared",
        "Correction: They agreed by letter.",
        "Exchanged places (10:46:08)",
        "Intervention (10:46:14)",
        "Correction (10:51:26)",
        "Entry 1",
        "Earlier that day",
        "clock stood 10:46:44–10:46:54",
    ],
)
def test_pages_and_markdown_say_it_in_words(said: str, html: str, markdown: str) -> None:
    assert said in html
    assert said in markdown


def test_in_the_strictest_mode_nobody_is_said_to_have_presided() -> None:
    record = record_of(discussed(with_modes(AttributionMode.NON_ATTRIBUTED)))
    assert "The moderator’s place was handed over: moderator" in spaced(Page(as_html.write(record, "en").decode()).text)
    assert "**The moderator’s place was handed over** moderator\n" in as_markdown.write(record, "en").decode()


def test_a_table_has_every_request_below_the_transcript(record: Record, rows: list[dict[str, str]]) -> None:
    told = [(row["id"], row["status"], row["placed_by"], row["text"]) for row in rows if row["entry"] == "request"]
    assert told == [(each.id, each.status, each.placed_by or "", each.text or "") for each in record.requests]
    late = next(row for row in rows if row["entry"] == "request" and row["absences"])
    assert (late["absences"], late["carried_from"], late["by"]) == ("2", "panel-0", "secretariat")


def test_it_has_the_statements_where_they_were_handed_in(rows: list[dict[str, str]]) -> None:
    told = [(row["of"], row["at"][11:19], row["undone"]) for row in rows if row["entry"] == "statement"]
    assert told[:2] == [(OF_ZOE, "08:49:34", ""), (OF_CLEO, "08:49:36", "")]
    assert told[2][1:] == ("08:49:38", "yes")


def test_it_has_all_of_the_times_of_an_intervention_and_the_rules(rows: list[dict[str, str]]) -> None:
    first, second = [row for row in rows if row["entry"] == "intervention"][:2]
    assert first["paused"] == "2026-10-18T08:46:44.500Z/2026-10-18T08:46:54.500Z"
    assert (first["placed_by"], first["rule"], first["given_by"]) == ("first_come", "round_robin_group", "moderator")
    assert (second["of"], second["suggested"]) == (OF_BEN, OF_CLEO)
    assert [row["void_reason"] for row in rows if row["void"] == "yes"] == ["absent"]


def test_it_has_what_happened_to_the_list_and_the_speaking_times(record: Record, rows: list[dict[str, str]]) -> None:
    told = [(row["kind"], row["rule"], row["moved"], row["partner"]) for row in rows if row["entry"] == "list"]
    assert told == [
        (each.type, each.rule or "", "" if each.moved is None else str(each.moved), each.partner or "")
        for each in record.list_events
    ]
    assert [row["text"] for row in rows if row["rule"] == "quota" and row["kind"] == "list.rule_set"] == [
        "group civil_society 1 states 2"
    ]
    limits = [(row["title"], row["group"], row["allotted_seconds"]) for row in rows if row["entry"] == "limit"]
    assert limits == [
        ("", "", "180"),
        ("reply_1", "", "180"),
        ("reply_2", "", "120"),
        ("reply_2", "", "100"),
        ("bank", "states", "1200"),
        ("shared", "", "75"),
        ("shared", "", ""),
    ]


def test_it_has_the_balance_of_the_session_of_the_day_and_of_the_workshop(rows: list[dict[str, str]]) -> None:
    told = [
        (row["status"], row["title"], row["requests"], row["interventions"], row["spoken_seconds"])
        for row in rows
        if (row["entry"], row["kind"]) == ("balance", "group")
    ]
    assert told == [
        ("session", "civil_society", "3", "1", "20.0"),
        ("session", "states", "5", "3", "156.75"),
        ("day", "states", "4", "3", "360.0"),
        ("workshop", "civil_society", "1", "0", "0.0"),
        ("workshop", "states", "6", "5", "600.0"),
    ]


def test_it_has_each_correction_of_an_entry_below_what_it_corrects(record: Record, rows: list[dict[str, str]]) -> None:
    before = [(rows[index - 1]["entry"], row["text"]) for index, row in enumerate(rows) if is_correction(row)]
    assert before[:3] == [
        ("intervention", "Анна Иванова said 1998, not 1989."),
        ("intervention", "He ended earlier."),
        ("note", "More of it: Read by all."),
    ]
    assert [text for _, text in before[3:]] == ["1988.", "The room was XXI.", "They agreed by letter."]
    assert [row["of"] for row in rows if is_correction(row)][2:4] == ["", str(record.entry_corrections[2].seq)]


def is_correction(row: dict[str, str]) -> bool:
    return row["entry"] == "entry_correction"


def test_quotas_by_place_and_corrections_of_requests_are_told_in_words() -> None:
    room = Scenario(DISCUSSION)
    inscribed = next(each.seq for each in room.recorded if isinstance(each.event, e.FloorRequested))
    room.by("secretary", c.CorrectRecord(seq=inscribed, text="Read otherwise."))
    shares = c.RuleParameters(by=QuotaBy.ATTENDANCE, shares={"in_room": 2, "remote": 1})
    room.by("officer", c.SetRule(rule=Rule.QUOTA, params=shares))
    markdown = as_markdown.write(record_of(room), "en").decode()
    assert "By shares; In the room 2, Remote 1" in markdown
    assert "Request for the floor (10:45:00)" in markdown
    assert "*Correction*: Read otherwise." in markdown


# Pictures of the balance


def test_the_balance_is_drawn_beside_its_tables_with_what_was_heard_before(record: Record) -> None:
    words = Words(record, "en")
    group, attendance = (pictures.of_balance(each, words) for each in record.balance)
    assert group is not None
    assert attendance is not None
    assert [(bar.label, bar.figure) for bar in group.bars] == [
        ("Civil society", "0:20 + 0:00"),
        ("States", "2:37 + 10:00"),
    ]
    assert (group.first, group.second) == ("in this session", "in earlier sessions")
    assert group.said == "Civil society: 0:20 + 0:00; States: 2:37 + 10:00"
    assert group.bars[1].first + group.bars[1].second == pictures.WIDTH
    assert [(bar.label, bar.figure, bar.second) for bar in attendance.bars] == [
        ("In the room", "2:12", 0.0),
        ("Remote", "0:45", 0.0),
    ]
    page = as_html.write(record, "en").decode()
    for figure in ("2:37", "10:00", "0:45"):
        assert re.search(rf'<td class="number">{figure}</td>', page)


def test_nothing_is_drawn_where_nobody_has_spoken_yet(record: Record) -> None:
    part = Part(what="states", requests=2, interventions=0, spoken_seconds=0.0)
    asked = Balance(dimension=Dimension.GROUP, session=(part,), day=(), workshop=())
    assert pictures.of_balance(asked, Words(record, "en")) is None
    page = Page(as_html.write(replace(record, balance=(asked,)), "en").decode())
    assert "balance-group-title" not in {attributes.get("id") for _, attributes in page.tags}
