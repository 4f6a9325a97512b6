"""One change of a text, and the smallest one between two."""

from hypothesis import given
from hypothesis import strategies as st

from companion.core.edits import Edit, difference

TEXTS = st.text("aab😀é\n", max_size=12)


@given(TEXTS, TEXTS)
def test_the_difference_of_two_texts_makes_one_of_the_other(before: str, after: str) -> None:
    edit = difference(before, after)
    assert edit.of(before) == after
    assert 0 <= edit.at <= edit.at + edit.gone <= len(before)


@given(TEXTS, TEXTS)
def test_the_difference_is_the_smallest_stretch(before: str, after: str) -> None:
    edit = difference(before, after)
    gone = before[edit.at : edit.at + edit.gone]
    assert not (gone and edit.came) or (gone[0] != edit.came[0] and gone[-1] != edit.came[-1])


def test_nothing_is_the_difference_of_a_text_from_itself() -> None:
    assert difference("Remedy", "Remedy") == Edit(at=6, gone=0, came="")
