"""What happened is read back from every format, in order, and nothing else."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import msgspec
import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.procedure import AttributionMode, BallotKind, PollUnit, Results
from companion.record import as_csv, as_html, as_json, as_markdown
from companion.record.formats import Format, render
from companion.record.model import Record
from companion.record.model_documents import Notes
from companion.record.transcript import Line, lines
from tests.core.scenario import Scenario
from tests.record.floor import discussed
from tests.record.panel import held
from tests.record.panel import record_of as record_of_panel
from tests.record.reading import (
    Page,
    csv_rows,
    html_entries,
    json_value,
    markdown_entries,
    pointed_to,
    spaced,
)
from tests.record.whole import HOSTILE, WHOLE, played, record_of, with_modes

BELOW: Final = {"option", "answer", "breakdown", "request", "list", "limit", "balance", "entry_correction"}
"""The rows of a table that are no lines of the transcript."""

DECISIONS: Final = re.compile(r"vote|voting|adopt|ballots|\bcarried\b|\bpassed\b")
every_scope = pytest.mark.parametrize("scope", Notes)
every_play = pytest.mark.parametrize("play", [played, discussed])


@pytest.fixture(scope="module")
def record() -> Record:
    return record_of(played())


@pytest.fixture(scope="module")
def for_staff() -> Record:
    return record_of(played(), Notes.ALL)


def told(record: Record) -> list[tuple[str, Any, int]]:
    """Return the lines of a transcript as (type, what it points to, depth)."""
    found: list[tuple[str, Any, int]] = []
    for line in lines(record):
        found += told_of(record, line, 0)
        for note in line.notes:
            found += told_of(record, note, 1)
    return found


def told_of(record: Record, line: Line, depth: int) -> list[tuple[str, Any, int]]:
    """Return a line, and what was corrected of it."""
    moment = line.moment
    item = None if moment.of is None else getattr(record, moment.of)[moment.index]
    return [(moment.type, item, depth), *(("session.corrected", each, depth + 1) for each in line.corrections)]


def test_everything_that_happened_is_told_in_the_order_in_which_it_happened(for_staff: Record) -> None:
    """Compare with the journal itself: the times of the lines never go back, but for notes written late."""
    wanted = {
        e.FloorGiven: "floor.given",
        e.RecommendationProposed: "recommendation.proposed",
        e.RecommendationRevised: "recommendation.revised",
        e.RecommendationStatusChanged: "recommendation.status_changed",
        e.PollOpened: "poll.opened",
        e.RoomCounted: "poll.room_counted",
        e.PollClosed: "poll.closed",
        e.PollPublished: "poll.published",
        e.PollOutcomeSet: "poll.outcome_set",
        e.Announced: "announced",
        e.SegmentBegan: "session.segment_began",
        e.RulingMade: "request.ruled",
    }
    happened = [(each.at, wanted[type(each.event)]) for each in played().recorded if type(each.event) in wanted]
    line_up = [(each.at, each.type) for each in for_staff.transcript if each.type in wanted.values()]
    assert line_up == happened
    times = [line.moment.at for line in lines(for_staff) if line.moment.at]
    assert times == sorted(times)


def test_the_record_in_json_is_the_record(record: Record, for_staff: Record) -> None:
    for each in (record, for_staff, record_of_panel(held()), record_of(discussed())):
        assert msgspec.json.decode(as_json.write(each), type=Record) == each


def test_the_transcript_in_json_points_into_the_record(record: Record) -> None:
    value = json_value(as_json.write(record))
    found = [(moment["type"], pointed_to(value, moment)) for moment in value["transcript"]]
    notes = [item["text"] for type_, item in found if type_ == "note.added"]
    assert sorted(notes) == sorted(note["text"] for note in value["notes"])
    assert [item["id"] for type_, item in found if type_ == "floor.given"] == [i["id"] for i in value["interventions"]]
    revised = [
        (item["symbol"], item["versions"][moment["part"]]["number"])
        for moment, (type_, item) in zip(value["transcript"], found, strict=True)
        if type_ in {"recommendation.proposed", "recommendation.revised"}
    ]
    assert revised == [("R1", 1), ("R1", 2), ("R1", 3), ("R0", 4)]


def test_a_correction_taken_back_is_not_told_and_the_ones_around_it_are() -> None:
    room = Scenario(WHOLE)
    room.by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    room.ask("ana")
    for name in ("First", "Second"):
        room.by("secretary", c.CorrectPerson(person="ana", name=name))
    room.undo("secretary")
    room.by("secretary", c.CorrectPerson(person="ana", name="Third", latin_name="3rd"))
    record = record_of(room)
    corrected = [item for type_, item, _ in told(record) if type_ == "person.corrected"]
    assert [(each.field, each.after) for each in corrected] == [
        ("name", "First"),
        ("name", "Third"),
        ("latin_name", "3rd"),
    ]
    assert tuple(corrected) == record.corrections


def test_a_poll_that_is_still_open_is_told_with_the_numbers_that_all_may_see() -> None:
    room = Scenario(WHOLE)
    room.by("moderator", c.StartSession())
    options = (c.GivenOption(label="Now"), c.GivenOption(label="Later"))
    terms = c.OpenPoll(
        question="When?",
        options=options,
        ballot=BallotKind.RECORDED,
        unit=PollUnit.PERSON,
        results=Results.LIVE,
    )
    room.by("moderator", terms)
    room.by("moderator", replace(terms, results=Results.AFTER_CLOSE))
    for poll in [*room.session.polls]:
        room.by("ana", c.AnswerPoll(poll=poll, option="option_2"))
    live, later = record_of(room).polls
    if live.results is not Results.LIVE:
        live, later = later, live
    assert (live.tally, later.tally, later.answers) == ({"option_1": 0, "option_2": 1}, None, ())
    rows = csv_rows(as_csv.write(record_of(room)))
    assert [row["of"] for row in rows if row["entry"] == "option"] == [live.id, live.id]
    assert record_of(room, Notes.ALL).polls[1].tally is not None


@every_play
@every_scope
def test_html_tells_the_same_in_the_same_order(play: Callable[[], Scenario], scope: Notes) -> None:
    record = record_of(play(), scope)
    entries = html_entries(as_html.write(record, "en"))
    assert [(type_, depth) for type_, _text, depth in entries] == [(type_, depth) for type_, _, depth in told(record)]
    for (_type, text, _depth), (type_, item, _) in zip(entries, told(record), strict=True):
        assert all(spaced(wanted) in text for wanted in texts_of(type_, item)), (text, item)


@every_play
@every_scope
def test_markdown_tells_the_same_in_the_same_order(play: Callable[[], Scenario], scope: Notes) -> None:
    record = record_of(play(), scope)
    entries = markdown_entries(as_markdown.write(record, "en"))
    assert [depth for _text, depth in entries] == [depth for _, _, depth in told(record)]
    for (text, _depth), (type_, item, _) in zip(entries, told(record), strict=True):
        assert all(spaced(wanted) in text for wanted in texts_of(type_, item)), (text, item)


def texts_of(type_: str, item: Any) -> list[str]:  # noqa: ANN401 (any part of a record)
    """Return what a line has to show of what it points to."""
    if type_ == "floor.given":
        return [part for part in (item.who.name, item.who.organisation, item.topic) if part]
    if type_ in {"note.added", "announced", "session.corrected"}:
        return [item.text]
    if type_ == "request.written":
        return [part for part in (item.who.name, item.text) if part]
    if type_ == "poll.outcome_set":
        return [item.outcome]
    if type_ == "poll.closed":
        return [str(count) for count in (item.total or {}).values()]
    if type_.startswith("recommendation."):
        return [item.symbol]
    return [item.before, item.after] if type_ in {"person.corrected", "person.linked"} else []


@every_play
@every_scope
def test_csv_tells_the_same_in_the_same_order(play: Callable[[], Scenario], scope: Notes) -> None:
    record = record_of(play(), scope)
    rows = csv_rows(as_csv.write(record))
    assert {row["journal_head"] for row in rows} == {f"{record.head.seq}:{record.head.chain}"}
    of_the_transcript = [row for row in rows if row["entry"] not in BELOW]
    assert len(of_the_transcript) == len(record.transcript)
    noted = [(row["id"], row["of"], row["text"], row["attribution"]) for row in rows if row["entry"] == "note"]
    assert noted == [
        (item.id, item.intervention or "", item.text, item.attribution.value)
        for type_, item, _ in told(record)
        if type_ == "note.added"
    ]
    spoke = [(row["id"], row["name"], row["void"]) for row in rows if row["entry"] == "intervention"]
    assert spoke == [(i.id, i.who.name or "", "yes" if i.void else "no") for i in record.interventions]
    versions = [(row["version"], row["text"]) for row in rows if row["entry"] == "recommendation"]
    assert versions == [(str(v.number), v.text) for each in record.recommendations for v in each.versions]
    for poll in record.polls:
        counts = {row["option"]: row["total"] for row in rows if (row["entry"], row["of"]) == ("option", poll.id)}
        shown = poll.total if poll.opened_at else {}
        assert counts == {option: str(count) for option, count in (shown or {}).items()}
        answers = [row["option"] for row in rows if (row["entry"], row["of"]) == ("answer", poll.id)]
        assert answers == [answer.option for answer in poll.answers if poll.opened_at]


def test_recommendations_stand_with_all_their_versions_and_what_became_of_them(record: Record) -> None:
    page = spaced(Page(as_html.write(record, "en").decode()).text)
    markdown = as_markdown.write(record, "en").decode()
    for written in (page, markdown):
        assert "Goes into the report." in written
        assert "panel-0" in written
        assert "Broad support" in written
    html = as_html.write(record, "en").decode()
    assert "<del>should</del><ins>are encouraged to</ins>" in html


@pytest.mark.parametrize("mode", AttributionMode)
@pytest.mark.parametrize("format_", Format)
@every_scope
def test_the_head_of_the_journal_stands_on_each(mode: AttributionMode, format_: Format, scope: Notes) -> None:
    record = record_of(played(with_modes(mode)), scope)
    assert record.head.chain in render(record, format_, "en").decode()


@pytest.mark.parametrize("format_", Format)
@every_play
@every_scope
def test_nothing_sounds_like_a_decision(format_: Format, play: Callable[[], Scenario], scope: Notes) -> None:
    written = render(record_of(play(), scope), format_, "en").decode().lower()
    assert DECISIONS.findall(written) == []


def test_hostile_text_is_shown_and_obeyed_nowhere(record: Record) -> None:
    page = Page(as_html.write(record, "en").decode())
    assert spaced(HOSTILE) in spaced(page.text)
    assert "script" not in {tag for tag, _ in page.tags}
    markdown = as_markdown.write(record, "en").decode()
    assert re.search(r"(?<!\\)<script", markdown) is None
    rows = [row for row in as_csv.write(record).decode("utf-8-sig").split("\r\n") if "cmd" in row]
    assert all(",\"'=cmd" in row for row in rows)
