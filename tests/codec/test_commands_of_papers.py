"""What is asked about notes, recommendations and polls."""

from typing import Any

import pytest

from companion.codec.commands import read_command
from companion.core import commands as c
from companion.core.ids import UNSET
from tests.codec.sending import SOURCE, expected, is_about, problem, right


@pytest.mark.parametrize("name", ["note.add", "note.write"])
def test_a_note_of_fifty_thousand_characters_is_too_large(name: str) -> None:
    for text in ("x" * 50_000, "发" * 50_000, "x" * 20_001):
        found = problem(name, {**right(name), "text": text}, expected(name))
        assert (found.field, found.too_large) == ("text", True)


def test_what_a_note_holds_is_text_and_nothing_else() -> None:
    typed = "<script>alert(1)</script>\u202egnihton\u2066 & <b>bold</b>\r\n\r\n\u200e\x00=HYPERLINK(1)\ud800"
    written = read_command("note.write", {"note": "n.5", "text": typed}, {"version": 1})
    kept = "<script>alert(1)</script>gnihton & <b>bold</b>\n\n\u200e=HYPERLINK(1)"
    assert written == c.WriteNote(note="n.5", text=kept, expect=1)


def test_a_field_that_a_note_leaves_as_it_is_is_not_one_that_it_clears() -> None:
    assert read_command("note.mark", {"note": "n.5"}) == c.MarkNote(note="n.5", intervention=UNSET, group=UNSET)
    cleared = read_command("note.mark", {"note": "n.5", "intervention": None, "group": None})
    assert cleared == c.MarkNote(note="n.5", intervention=None, group=None)
    assert read_command("note.move", {"note": "n.5"}) == c.MoveNote(note="n.5", after=UNSET)
    assert read_command("note.move", {"note": "n.5", "after": None}) == c.MoveNote(note="n.5", after=None)


@pytest.mark.parametrize(
    ("source", "field"),
    [
        (None, "from"),
        ({}, "from.session"),
        ({**SOURCE, "text": "Should agree"}, "from.text"),
        ({**SOURCE, "version": 0}, "from.version"),
        ({**SOURCE, "version": "1"}, "from.version"),
        ({**SOURCE, "session": "x" * 65}, "from.session"),
    ],
)
def test_what_is_brought_is_named_by_session_id_and_version(source: object, field: str) -> None:
    assert problem("recommendation.bring", {"from": source}, None).field == field


@pytest.mark.parametrize("name", ["source", "brought"])
def test_no_client_says_what_the_other_session_holds(name: str) -> None:
    brought: dict[str, Any] = {
        "symbol": "R1",
        "title": "",
        "text": "x",
        "addressees": [],
        "group": None,
        "status": "proposed",
    }
    assert problem("recommendation.bring", {"from": SOURCE, name: brought}, None).field == name


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ([{}], "options[0].label"),
        ([{"label": "A"}, {"label": ""}], "options.label"),
        ([{"label": "x" * 101}], "options.label"),
        ([{"label": "A", "id": "x" * 41}], "options.id"),
        ([{"label": "A", "colour": "red"}], "options[0].colour"),
        ([{"label": 1}], "options[0].label"),
        (["A", "B"], "options[0]"),
        ([{"label": "A"}] * 51, "options"),
    ],
)
@pytest.mark.parametrize("name", ["poll.draft", "poll.open"])
def test_what_is_wrong_with_an_option_is_named(name: str, options: object, field: str) -> None:
    found = problem(name, {**right(name), "options": options}, expected(name))
    assert found.field == field


def test_options_are_kept_as_typed() -> None:
    said = {"ballot": "recorded", "unit": "person", "results": "live", "options": [{"label": " Geneva\u202e "}]}
    drafted = read_command("poll.draft", said)
    assert isinstance(drafted, c.DraftPoll)
    assert drafted.options == (c.GivenOption(label="Geneva"),)


@pytest.mark.parametrize(
    "counts", [{"support": -1}, {"support": 1.5}, {"support": True}, {"support": "3"}, {"support": None}, {"a": 10**6}]
)
def test_hands_are_counted_in_whole_numbers_and_never_less_than_none(counts: object) -> None:
    data = {"poll": "poll.5", "counts": counts, "present": 10}
    assert is_about(problem("poll.room_tally", data, None), "counts")


@pytest.mark.parametrize("present", [-1, 1.5, True, "10", None, 100_001])
def test_those_present_are_a_number_of_people(present: object) -> None:
    data = {"poll": "poll.5", "counts": {}, "present": present}
    assert problem("poll.room_tally", data, None).field == "present"


def test_at_most_fifty_counts_are_taken() -> None:
    data = {"poll": "poll.5", "counts": {f"option_{number}": 0 for number in range(51)}, "present": 0}
    assert problem("poll.room_tally", data, None).field == "counts"


def test_thousands_may_be_named_as_eligible() -> None:
    people = [f"person-{number}" for number in range(20_000)]
    said = read_command("poll.open", {"poll": "poll.5", "eligible": people})
    assert said == c.OpenPoll(poll="poll.5", eligible=tuple(people))
    for eligible, field in (([*people, "one more"], "eligible"), (["x" * 65], "eligible"), ([1], "eligible[0]")):
        assert problem("poll.open", {"poll": "poll.5", "eligible": eligible}, None).field == field


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("note.add", "note"),
        ("recommendation.propose", "recommendation"),
        ("recommendation.amend", "amendment"),
        ("poll.draft", "poll"),
        ("poll.open", "poll"),
    ],
)
@pytest.mark.parametrize("made", ["short", "x" * 65, "with space", "<b>12345</b>", "abcdefgh\n", "n.5.5", "../../etc"])
def test_ids_of_what_a_client_makes_are_plain(name: str, field: str, made: str) -> None:
    assert problem(name, {**right(name), field: made}, expected(name)).field == field


def test_addressees_are_texts_of_their_own() -> None:
    said = {"text": "Should agree", "addressees": ["States", " Regional\u202e mechanisms "]}
    assert read_command("recommendation.propose", said) == c.ProposeRecommendation(
        text="Should agree", addressees=("States", "Regional mechanisms")
    )
    for addressees in (["x" * 201], ["x"] * 51, "States", [1]):
        assert is_about(problem("recommendation.propose", {**said, "addressees": addressees}, None), "addressees")


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("recommendation.propose", 10_000),
        ("recommendation.revise", 10_000),
        ("recommendation.amend", 10_000),
        ("recommendation.position", 1_000),
    ],
)
def test_a_text_that_is_too_long_is_refused_and_what_would_deceive_is_taken_out(name: str, most: int) -> None:
    for length in (most + 1, 50_000):
        found = problem(name, {**right(name), "text": "x" * length}, expected(name))
        assert (found.field, found.too_large) == ("text", True)
    typed = "<script>alert(1)</script> \u202eevil\u202c [ok\x00]\r\nline"
    read = read_command(name, {**right(name), "text": typed}, expected(name))
    assert getattr(read, "text") == "<script>alert(1)</script> evil [ok]\nline"  # noqa: B009 (of four commands)
    assert getattr(read_command(name, {**right(name), "text": "x" * most}, expected(name)), "text") == "x" * most  # noqa: B009


def test_a_position_is_one_of_three_or_taken_back() -> None:
    said = right("recommendation.position")
    assert read_command("recommendation.position", {**said, "position": None}) == c.TakePosition(
        recommendation="rec.5", position=None
    )
    for position in ("opposes", "", 1, True):
        assert problem("recommendation.position", {**said, "position": position}, None).field == "position"
    assert problem("recommendation.position", {"recommendation": "rec.5"}, None).field == "position"
    assert problem("recommendation.amend", {**right("recommendation.amend"), "version": 0}, None).field == "version"
