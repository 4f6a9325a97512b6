"""Where a text was hit."""

import pytest

from companion.finding.snippets import LENGTH, segments
from companion.store.search import terms_of


def _shown(text: str, typed: str) -> str:
    parts = segments(text, terms_of(typed))
    assert all(part["text"] for part in parts)
    return "".join(f"[{part['text']}]" if part["match"] else part["text"] for part in parts)


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Human rights defenders", "rights def", "Human [rights] [defenders]"),
        ("Human rights", "gaps", "Human rights"),
        ("", "gaps", ""),
        ("Les Étés", "ete", "Les [Étés]"),
        ("人权保护机制", "权保", "人[权保]护机制"),
        ("الأُمَمُ المتحدة", "الامم", "[الأُمَمُ] المتحدة"),
        ("straße, STRASSE", "strasse", "[straße], [STRASSE]"),
        ("e\u0301te\u0301", "ete", "[e\u0301te\u0301]"),
        ("权保权保", "权保", "[权保][权保]"),
        ("权", "权保", "权"),
    ],
)
def test_what_was_asked_for_is_marked_as_it_was_typed(text: str, typed: str, shown: str) -> None:
    assert _shown(text, typed) == shown


def test_of_a_long_text_what_stands_around_the_first_hit_is_shown_cut_between_words() -> None:
    text = f"{'before ' * 60}remedy {'after ' * 60}"
    shown = _shown(text, "remedy")
    assert shown.startswith("…before ")
    assert shown.endswith("after…")
    assert "[remedy]" in shown
    assert len(shown) <= LENGTH + len("…[]…")


def test_of_a_long_text_that_was_hit_at_an_edge_the_edge_is_shown() -> None:
    assert _shown(f"remedy {'after ' * 100}", "remedy").startswith("[remedy] after")
    assert _shown(f"{'before ' * 100}remedy", "remedy").endswith("before [remedy]")
    assert _shown("remedy " + "x" * 400, "remedy").startswith("[remedy]")
    assert len(_shown("x" * 400, "y")) == LENGTH + len("…")


def test_what_is_hit_again_far_behind_is_not_shown() -> None:
    shown = _shown(f"remedy {'between ' * 60}remedy", "remedy")
    assert shown.count("[remedy]") == 1
