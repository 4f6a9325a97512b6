"""Polls in a record: a round beside the one before, and who answered what as far as nobody is given away."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from companion.core import commands as c
from companion.core.people import Attendance, Person
from companion.core.procedure import AttributionMode, PollUnit, Results
from companion.record import as_csv, as_html, as_json, as_markdown, building, pictures
from companion.record.model import Record
from companion.record.model_documents import Notes
from companion.record.words import Words
from tests.core.scenario import PROGRAMME, Scenario, opened
from tests.record.panel import entries_of
from tests.record.reading import Page

ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode
OPTIONS = ("support", "support_with_changes", "cannot_support", "abstain")
STATES = (7, 6, 6, 5)
CIVIL_SOCIETY = (6, 7, 2, 4)
ACADEMIA = (5, 6, 7, 8)
CROWD = tuple(
    Person(
        id=f"{group}-{number}",
        name=f"Person {number} of {group}",
        group=None if group == "academia" else group,
        region="Africa",
        attendance=Attendance.REMOTE if number % 2 else Attendance.IN_ROOM,
    )
    for group, counts in (("states", STATES), ("civil_society", CIVIL_SOCIETY), ("academia", ACADEMIA))
    for number in range(sum(counts))
)


def played(mode: AttributionMode = ATTRIBUTED, results: Results = Results.AFTER_CLOSE) -> Scenario:
    """Play two rounds of a poll; in the second three have changed their minds."""
    programme = replace(
        PROGRAMME,
        people=(*PROGRAMME.people, *CROWD),
        attribution_mode=mode,
        attribution_mode_panellists=mode,
    )
    room = opened(programme)
    recommendation = room.propose(symbol="R4")
    poll = room.poll(recommendation=recommendation, expect=1, unit=PollUnit.PERSON, results=results)
    answer(room, poll)
    room.close(poll)
    room.by("rapporteur", c.SetOutcome(poll=poll, text="Views differ."))
    room.by("rapporteur", c.ReviseRecommendation(recommendation=recommendation, text="Could agree", expect=1))
    room.by("moderator", c.AskAgain(poll=poll))
    second = f"poll.{room.session.seq}"
    room.by("moderator", c.OpenPoll(poll=second, expect=2))
    answer(room, second)
    for number in range(3):
        room.answer(f"states-{number + 13}", second, "support")
    room.close(second)
    return room


def answer(room: Scenario, poll: str) -> None:
    for group, counts in (("states", STATES), ("civil_society", CIVIL_SOCIETY), ("academia", ACADEMIA)):
        chosen = [option for option, count in zip(OPTIONS, counts, strict=True) for _ in range(count)]
        for number, option in enumerate(chosen):
            room.answer(f"{group}-{number}", poll, option)


def record_of(room: Scenario, notes: Notes = Notes.RELEASED) -> Record:
    return building.build(entries_of(room.recorded), notes)


@pytest.fixture(scope="module")
def named() -> Record:
    return record_of(played())


@pytest.fixture(scope="module")
def hidden() -> Record:
    return record_of(played(NEITHER))


def by_group(record: Record) -> dict[str, list[int | None]]:
    (group,) = (each for each in record.polls[0].breakdowns if each.dimension == "group")
    return {row.what: [row.counts[option] for option in OPTIONS] for row in group.rows}


def test_a_round_stands_beside_the_one_before_with_what_has_changed(named: Record) -> None:
    first, second = named.polls
    assert [(each.again, each.round, each.version) for each in named.polls] == [(None, 1, 1), (first.id, 2, 2)]
    assert (first.total, second.total) == (
        {"support": 18, "support_with_changes": 19, "cannot_support": 15, "abstain": 17},
        {"support": 21, "support_with_changes": 19, "cannot_support": 12, "abstain": 17},
    )
    words = Words(named, "en")
    assert (words.earlier(first), words.earlier(second)) == (None, first)
    html = as_html.write(named, "en").decode()
    row = '<tr><th scope="row"><bdi>Can support</bdi></th><td class="number">18</td><td class="number">21</td>'
    assert f'{row}<td class="number"><bdi dir="ltr">+3</bdi></td></tr>' in html
    assert html.count("Beside the round before") == 1
    assert '<bdi dir="ltr">\u22123</bdi>' in html
    markdown = as_markdown.write(named, "en").decode()
    assert "| Cannot support | 15 | 12 | \u22123 |" in markdown
    assert "| Abstain | 17 | 17 | 0 |" in markdown
    assert "- Asked again: Round 2" in markdown


def test_a_round_whose_numbers_are_not_public_stands_beside_none() -> None:
    room = played(results=Results.WHEN_PUBLISHED)
    first, second = record_of(room).polls
    assert (first.total, second.total, first.breakdowns, first.outcome) == (None, None, (), None)
    room.publish(second.id)
    record = record_of(room)
    assert record.polls[1].total is not None
    assert Words(record, "en").earlier(record.polls[1]) is None
    assert "Beside the round before" not in as_html.write(record, "en").decode()
    assert "Views differ" not in as_json.write(record).decode()
    assert record_of(room, Notes.ALL).polls[0].outcome == "Views differ."


def test_where_names_stand_all_of_the_breakdown_does(named: Record) -> None:
    assert by_group(named) == {"civil_society": [*CIVIL_SOCIETY], "states": [*STATES], "": [*ACADEMIA]}
    assert [each.dimension for each in named.polls[0].breakdowns] == ["group", "attendance"]
    assert all(each.named for each in named.polls[0].breakdowns)


def test_where_names_are_hidden_no_small_number_stands_in_any_format(hidden: Record) -> None:
    assert by_group(hidden) == {
        "civil_society": [6, 7, None, None],
        "states": [7, 6, None, None],
        "": [5, 6, 7, 8],
    }
    html, markdown = as_html.write(hidden, "en").decode(), as_markdown.write(hidden, "en").decode()
    assert "A dash stands for fewer than five" in Page(html).text
    assert "| Civil society | 6 | 7 | \u2013 | \u2013 |" in markdown
    rows: list[Any] = [*csv.DictReader(io.StringIO(as_csv.write(hidden).decode("utf-8-sig")))]
    cells = [row for row in rows if row["entry"] == "breakdown" and row["kind"] == "group"]
    assert len(cells) == 2 * 3 * 4
    of_civil_society = [row["total"] for row in cells if row["title"] == "civil_society"][:4]
    assert of_civil_society == ["6", "7", "", ""]
    told = json.loads(as_json.write(hidden))["polls"][0]["breakdowns"][0]["rows"]
    assert {"what": "civil_society", "counts": dict(zip(OPTIONS, (6, 7, None, None), strict=True))} in told


def test_rows_that_are_told_whole_are_drawn_and_every_number_stands_in_words(named: Record, hidden: Record) -> None:
    poll = named.polls[0]
    drawn = pictures.of_breakdown(poll, poll.breakdowns[0], 1, Words(named, "en"))
    assert drawn is not None
    assert [stack.label for stack in drawn.stacks] == ["Civil society", "States", "Not said"]
    assert drawn.stacks[0].figure == "Can support 6, Can support with changes 7, Cannot support 2, Abstain 4"
    assert drawn.legend == ("Can support", "Can support with changes", "Cannot support", "Abstain")
    for stack in drawn.stacks:
        assert stack.slices[0].start == 0
        assert all(each.start + each.width <= pictures.WIDTH for each in stack.slices)
        assert sum(each.width for each in stack.slices) == pytest.approx(pictures.WIDTH, abs=1)
    away = hidden.polls[0]
    partly = replace(away.breakdowns[0], rows=away.breakdowns[0].rows[:1])
    assert pictures.of_breakdown(away, partly, 1, Words(hidden, "en")) is None
    nobody = replace(partly, rows=tuple(replace(row, counts=dict.fromkeys(OPTIONS, 0)) for row in partly.rows))
    assert pictures.of_breakdown(away, nobody, 1, Words(hidden, "en")) is None
    rtl = pictures.of_breakdown(poll, poll.breakdowns[0], 1, Words(named, "ar"))
    assert rtl is not None
    assert rtl.x(0, 100) == pictures.WIDTH - 100
