"""The draft of a session: by theme, as far as the attribution allows, harmless in every form."""

import json

import pytest

from companion.core.procedure import AttributionMode, NoteKind
from companion.record.draft_formats import DraftFormat, render_draft
from companion.record.drafts import THEMES, Draft, draft
from companion.record.model_documents import Notes
from tests.core.scenario import Scenario
from tests.record.whole import HOSTILE, NOT_PUBLIC, NOT_RELEASED, WHOLE, played, record_of, with_modes

ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode


def _points(made: Draft, title: str) -> list[str]:
    return [point.text for section in made.sections if section.title == title for point in section.points]


def _aside(made: Draft, title: str) -> list[str]:
    return [point.aside for section in made.sections if section.title == title for point in section.points]


def test_each_kind_of_note_has_one_theme() -> None:
    kinds = [kind for _title, of in THEMES for kind in of]
    assert sorted(kinds) == sorted(NoteKind)


def test_notes_stand_under_their_theme_with_whose_point_they_were_as_far_as_the_mode_allows() -> None:
    for mode, whose in ((ATTRIBUTED, "Pía Panelista"), (AFFILIATION, "University A"), (NEITHER, "")):
        made = draft(record_of(played(with_modes(mode))), "en")
        assert "Remedy first." in _points(made, "Key points")
        aside = _aside(made, "Key points")[_points(made, "Key points").index("Remedy first.")]
        assert aside.split(", ")[0] == whose
        assert ("Panel" in dict(made.facts)) == (mode is not NEITHER)


def test_what_is_for_staff_alone_is_in_their_draft_alone_and_says_so() -> None:
    room = played()
    released, all_ = (draft(record_of(room, notes), "en") for notes in (Notes.RELEASED, Notes.ALL))
    for private in (*NOT_RELEASED, *NOT_PUBLIC):
        assert private not in repr(released)
    assert any(
        NOT_RELEASED[0] in point for section in all_.sections for point in [each.text for each in section.points]
    )
    assert any(
        "not released" in aside for section in all_.sections for aside in [each.aside for each in section.points]
    )
    assert released.scope == "With released notes only."
    assert all_.scope == "For staff: with notes that are not released."


def test_recommendations_stand_with_their_status_and_what_came_of_their_polls() -> None:
    record = record_of(played())
    made = draft(record, "en")
    assert len(_points(made, "Recommendations")) == len(record.recommendations)
    (section,) = (each for each in made.sections if each.title == "Recommendations")
    lines = [line for point in section.points for line in point.lines]
    assert len(lines) == sum(len(each.polls) for each in record.recommendations)
    assert lines[0].startswith("Indicative poll on version ")
    assert "have answered" in lines[0]
    assert not any(word in repr(made).casefold() for word in ("vote", "adopted"))


def test_who_was_heard_is_named_once_where_anybody_may_be_told_from_the_others() -> None:
    (heard,) = _points(draft(record_of(played(with_modes(ATTRIBUTED))), "en"), "Took the floor")
    names = heard.split("; ")
    assert len(names) == len(set(names))
    assert any(name.startswith("Pía Panelista, University A") for name in names)
    assert _points(draft(record_of(played(with_modes(NEITHER))), "en"), "Took the floor") == []


def test_of_a_session_without_a_word_there_is_a_draft_too() -> None:
    made = draft(record_of(Scenario(WHOLE)), "en")
    assert made.sections == ()
    assert made.title == "1. The first panel"


@pytest.mark.parametrize("format_", DraftFormat)
def test_a_draft_is_in_the_readers_language(format_: DraftFormat) -> None:
    written = render_draft(record_of(played()), format_, "ar").decode()
    assert "التوصيات" in written


def test_in_json_it_is_what_the_page_shows() -> None:
    record = record_of(played())
    said = json.loads(render_draft(record, DraftFormat.JSON, "en"))
    assert said.keys() == {"language", "direction", "title", "facts", "scope", "sections", "as_of"}
    assert [section["title"] for section in said["sections"]] == [each.title for each in draft(record, "en").sections]


def test_in_markdown_nothing_that_was_typed_does_more_than_be_read() -> None:
    record = record_of(played(), Notes.ALL)
    assert HOSTILE in [note.text for note in record.notes] + [each.versions[-1].text for each in record.recommendations]
    written = render_draft(record, DraftFormat.MARKDOWN, "en").decode()
    assert written.startswith("# Draft: 1. The first panel\n")
    assert "<script>" not in written.replace("\\<", "")
    assert "\\[x\\](" in written
    assert "[x](" not in written.replace("\\[x", "")
    headings = [line for line in written.splitlines() if line.startswith("## ")]
    assert headings == [f"## {each.title}" for each in draft(record, "en").sections]
