"""What was taken out and put in leads from one version to the next, whatever they are."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion.record.model_documents import Change
from companion.record.revising import edits
from tests.core.profile import THOROUGH

TEXTS = st.one_of(st.text(max_size=80), st.text("ab ,中\n", max_size=80))


def without(before: str, after: str, left_out: Change) -> str:
    return "".join(edit.text for edit in edits(before, after) if edit.change is not left_out)


@settings(max_examples=2000 if THOROUGH else 100, deadline=None, database=None)
@given(TEXTS, TEXTS)
@example("", "a")
@example("a b", "a  b")
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    assert without(before, after, Change.PUT_IN) == before
    assert without(before, after, Change.TAKEN_OUT) == after


def test_words_are_compared_and_characters_where_there_are_no_spaces() -> None:
    assert [(edit.change.value, edit.text) for edit in edits("States should act now.", "States could act.")] == [
        ("kept", "States "),
        ("taken_out", "should"),
        ("put_in", "could"),
        ("kept", " act"),
        ("taken_out", " now"),
        ("kept", "."),
    ]
    assert [edit.text for edit in edits("应加强合作", "应促进合作") if edit.change is not Change.KEPT] == [
        "加强",
        "促进",
    ]


def test_texts_too_long_to_compare_are_shown_one_after_the_other() -> None:
    before, after = "a b " * 1_200, "b a " * 1_200
    assert {edit.change for edit in edits(f"x {before}", f"y {after}")} == {
        Change.TAKEN_OUT,
        Change.PUT_IN,
        Change.KEPT,
    }
    assert len(edits(before, after)) == 3
