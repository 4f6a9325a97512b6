"""The index of words."""

from collections.abc import Iterator

import pytest

from companion.store.search import MOST_TERMS, Found, Row, SearchIndex, Term, terms_of


@pytest.fixture
def index() -> Iterator[SearchIndex]:
    made = SearchIndex()
    yield made
    made.close()


def _found(index: SearchIndex, typed: str, limit: int = 10) -> list[str]:
    return [*index.find(terms_of(typed), limit).keys]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("人权保护机制", "权保"),
        ("人权保护机制", "机"),
        ("人権の保護", "保護"),
        ("が", "が"),
        ("สิทธิมนุษยชน", "มนุษย"),
        ("인권을 보호한다", "인권"),
        ("الأُمَمُ المتّحدة", "الامم المتحدة"),
        ("المتحـــدة", "المتحده"),
        ("إلى اللجنة", "الي"),
        ("שָׁלוֹם", "שלום"),
        ("L’Été à Łódź", "ete lodz"),
        ("ete", "ÉTÉ"),
        ("STRASSE", "straße"),
        ("Øresund", "ore"),
        ("UN and EU", "eu"),
        ("व मानव अधिकार", "मानव"),
        ("paragraph ١٢", "12"),
        ("co\u00adoperation", "cooperation"),
        ("ISO標準", "iso 標"),
    ],
)
def test_words_of_all_scripts_are_found(index: SearchIndex, text: str, typed: str) -> None:
    index.put([Row("k1", "1", {"text": text}), Row("k2", "2", {"text": "Something else, 他"})])
    assert _found(index, typed) == ["k1"]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("人权保护", "护人"),
        ("人。权", "权人"),
        ("か", "が"),
        ("hours", "ours"),
        ("human rights", "hum right"),
        ("मानव", "मन"),
    ],
)
def test_what_does_not_stand_there_is_not_found(index: SearchIndex, text: str, typed: str) -> None:
    index.put([Row("k1", "1", {"text": text})])
    assert _found(index, typed) == []


def test_the_last_word_may_be_the_beginning_of_one(index: SearchIndex) -> None:
    index.put([Row("k1", "1", {"text": "human rights defenders"})])
    assert _found(index, "rights defen") == ["k1"]
    assert _found(index, "defen rights") == []


@pytest.mark.parametrize(
    "typed",
    ['"focal', "focal*", "focal AND NOT point", "NEAR(focal", "^focal", "text:focal", "-focal", "' OR 1", "{a}"],
)
def test_signs_of_a_query_language_are_harmless(index: SearchIndex, typed: str) -> None:
    index.put([Row("k1", "1", {"text": "a focal near and not point text or 1"})])
    assert _found(index, typed) == ["k1"]


@pytest.mark.parametrize("typed", ["", '"', "*()", "…", "\u0301", "\x00"])
def test_what_holds_no_word_finds_nothing(index: SearchIndex, typed: str) -> None:
    index.put([Row("k1", "1", {"text": 'a "*() … b'})])
    assert index.find(terms_of(typed), 10) == Found((), 0)


def test_very_many_words_are_as_many_as_can_be_looked_for() -> None:
    terms = terms_of("a " * 100)
    assert len(terms) == MOST_TERMS
    assert terms[0] == Term(("a",), open=False)
    assert terms[-1] == Term(("a",), open=True)


def test_a_name_counts_for_more_than_a_topic_and_that_for_more_than_a_text_and_newer_ones_come_first(
    index: SearchIndex,
) -> None:
    filler = {"who": "x", "about": "y", "text": "z"}
    index.put(Row(column, "1", {**filler, column: "remedy"}) for column in ("text", "about", "who"))
    index.put([Row("newer", "2", {**filler, "text": "remedy"})])
    assert _found(index, "remedy") == ["who", "about", "newer", "text"]
    assert index.find(terms_of("remedy"), 2) == Found(("who", "about"), 4)


def test_a_row_takes_the_place_of_the_one_with_its_key_and_can_be_dropped(index: SearchIndex) -> None:
    index.put([Row("k1", "1", {"text": "before"}), Row("k2", "1", {"text": "stays"})])
    index.put([Row("k1", "1", {"text": "after"})])
    assert (_found(index, "before"), _found(index, "after")) == ([], ["k1"])
    index.drop(["k1", "unknown"])
    assert (_found(index, "after"), _found(index, "stays")) == ([], ["k2"])
