import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.text import TooLong, clean_html, clean_line, clean_text, is_clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Amina  Diallo ", "Amina Diallo"),
        ("a\r\nb\tc", "a b c"),
        ("e\u0301", "é"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("\u200fمنى\u200e", "منى"),
        ("a\u200eb", "a\u200eb"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\ufeffname", "name"),
        ("a\ud800b", "ab"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("<b>bold</b> & more", "<b>bold</b> & more"),
        ("\u200b\u3164\u2800 \u2060", ""),
        ("\u0301", ""),
        ("", ""),
    ],
)
def test_a_line_is_kept_as_typed_but_for_what_nobody_sees(typed: str, kept: str) -> None:
    assert clean_line(typed, most=50) == kept


def test_a_text_keeps_its_lines_and_tabs() -> None:
    assert clean_text(" one\r\n\ttwo  \rthree\u2028four\n\n", most=50) == "one\n\ttwo\nthree\nfour"


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_a_text_may_have_as_many_characters_as_it_may_and_no_more(clean: Callable[..., str]) -> None:
    assert clean("ж" * 10 + " ", most=10) == "ж" * 10
    with pytest.raises(TooLong, match="at most 10 characters") as raised:
        clean("ж" * 11, most=10)
    assert raised.value.most == 10


def test_a_heap_of_marks_neither_takes_time_nor_stays() -> None:
    began = time.process_time()
    kept = clean_line("a" + "\u0300\u0316" * 30_000, most=60_001)
    assert len(kept) == 30
    assert time.process_time() - began < 1


@given(st.text(alphabet=st.characters(), max_size=60))
def test_what_is_clean_stays_as_it_is(typed: str) -> None:
    for clean in (clean_line, clean_text):
        once = clean(typed, most=240)
        assert clean(once, most=240) == once
        assert is_clean(once)
        assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize("hazard", ["\x00", "\r", "\x7f", "\x85", "\u202e", "\u2067", "\ufeff", "\udfff", "\U000e0041"])
def test_a_hazard_is_seen(hazard: str) -> None:
    assert not is_clean(f"a{hazard}b")


def test_ordinary_text_in_any_script_is_clean() -> None:
    assert is_clean("Ça va\tбыл\n中文 العربية\u200f 👍🏽 می\u200cخواهم")


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>a <strong>b</strong></p>", "<p>a <strong>b</strong></p>"),
        ("<h1>a</h1><img src=x onerror=alert(1)>", "a"),
        ('<p onclick="x" style="color:red">a</p>', "<p>a</p>"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ('<a href="javascript:alert(1)">a</a>', '<a rel="nofollow noopener noreferrer">a</a>'),
        (
            "see https://example.org/a",
            'see <a href="https://example.org/a" rel="nofollow noopener noreferrer">https://example.org/a</a>',
        ),
        (
            '<a href="https://un.example" target="_blank">a</a>',
            '<a href="https://un.example" rel="nofollow noopener noreferrer">a</a>',
        ),
        ("a\u202eb\x00", "ab"),
    ],
)
def test_html_keeps_a_small_set_of_tags(html: str, kept: str) -> None:
    assert clean_html(html, most=200) == kept


def test_html_is_capped_before_it_is_read() -> None:
    with pytest.raises(TooLong):
        clean_html("<p>" * 100, most=299)
