"""Pictures tell in words what they draw, beside a table with the same numbers, in either direction."""

from dataclasses import replace

import pytest

from companion.record import as_html, pictures
from companion.record.model import Record
from companion.record.model_documents import Notes
from companion.record.words import Words
from tests.record.reading import Page
from tests.record.whole import played, record_of


@pytest.fixture(scope="module")
def record() -> Record:
    return record_of(played(), Notes.ALL)


def page(record: Record, language: str = "en") -> Page:
    return Page(as_html.write(record, language).decode())


def test_every_picture_is_one_image_with_a_title_and_a_description(record: Record) -> None:
    drawn = page(record)
    images = [attributes for tag, attributes in drawn.tags if tag == "svg"]
    # Speaking time, whose the list was, the three polls in which somebody answered, and who answered in one of them.
    told = [each for poll in record.polls for each in poll.breakdowns]
    assert len(images) == 1 + len(record.balance) + 3 + len(told)
    assert [each.dimension for each in told] == ["attendance"]
    assert [each.dimension for each in record.balance] == ["group", "attendance"]
    ids = {attributes["id"]: tag for tag, attributes in drawn.tags if "id" in attributes}
    for image in images:
        assert image["role"] == "img"
        title, said = str(image["aria-labelledby"]).split()
        assert (ids[title], ids[said]) == ("title", "desc")
    assert "States: 1:03; Civil society: 2:26" in drawn.text
    assert "Can support: 3; Can support with changes: 0; Cannot support: 1; Abstain: 0" in drawn.text


def test_every_number_of_a_picture_stands_in_it_and_in_the_table_beside_it(record: Record) -> None:
    words = Words(record, "en")
    poll = record.polls[1]
    drawn = pictures.of_result(poll, 1, words)
    assert drawn is not None
    assert [(bar.label, bar.figure) for bar in drawn.bars] == [("Yes", "4"), ("No", "1"), ("Abstain", "0")]
    assert [(bar.first, bar.second) for bar in drawn.bars] == [(160.0, 480.0), (0.0, 160.0), (0.0, 0.0)]
    assert (drawn.first, drawn.second) == ("by the app", "hands in the room")
    html = as_html.write(record, "en").decode()
    row = '<tr><th scope="row"><bdi>Yes</bdi></th><td class="number">1</td><td class="number">3</td><td class="number">4</td></tr>'
    assert row in html


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_bars_run_as_the_page_does_and_stay_on_the_paper(record: Record, language: str, direction: str) -> None:
    drawn = page(record, language)
    images = [attributes for tag, attributes in drawn.tags if tag == "svg"]
    assert {image["direction"] for image in images} == {direction}
    bars = [attributes for tag, attributes in drawn.tags if tag == "rect"]
    assert len(bars) > 10
    for bar in bars:
        start, width = float(str(bar["x"])), float(str(bar["width"]))
        assert 0 <= start <= start + width <= pictures.WIDTH
    longest = max(bars, key=lambda bar: float(str(bar["width"])))
    assert float(str(longest["x"])) == 0
    shorter = [bar for bar in bars if float(str(bar["width"])) < 400 and bar["class"] == "bar"]
    ends = {float(str(bar["x"])) + float(str(bar["width"])) for bar in shorter}
    starts = {float(str(bar["x"])) for bar in shorter}
    assert (ends if direction == "rtl" else starts) == {640.0 if direction == "rtl" else 0.0}


def test_no_picture_where_there_is_nothing_to_draw(record: Record) -> None:
    words = Words(record, "en")
    assert pictures.of_speaking_time(replace(record, totals=replace(record.totals, by_group=())), words) is None
    draft = record.polls[3]
    assert pictures.of_result(draft, 1, words) is None
    assert pictures.of_result(replace(draft, tally=None), 1, words) is None


def test_a_long_label_is_cut_in_the_picture_and_whole_in_words(record: Record) -> None:
    poll = record.polls[2]
    options = tuple(replace(option, label=f"{option.label} {'very ' * 20}long") for option in poll.options)
    drawn = pictures.of_result(replace(poll, options=options), 1, Words(record, "en"))
    assert drawn is not None
    assert {len(bar.label) for bar in drawn.bars} == {72}
    assert all(option.label in drawn.said for option in options)


def test_colour_tells_nothing_and_nothing_moves_or_comes_from_elsewhere(record: Record) -> None:
    drawn = page(record)
    names = {name for tag, attributes in drawn.tags if tag in {"svg", "rect", "text"} for name in attributes}
    assert names.isdisjoint({"fill", "style", "href", "onload"})
    assert {tag for tag, _ in drawn.tags}.isdisjoint({"animate", "use", "image", "foreignobject", "a"})
