"""What rapporteurs write down, and what becomes of it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core.edits import Edit
from companion.core.procedure import NoteAttribution, NoteKind
from companion.core.refusals import Refusal
from companion.core.replay import replay
from companion.core.speaking_order import LONGEST
from companion.core.state import Session
from tests.core.scenario import Scenario, opened


def heard() -> tuple[Scenario, str]:
    """Return a session in which Ana speaks, and her intervention."""
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    return scenario, scenario.speaking.id


def three() -> tuple[Scenario, list[str]]:
    scenario = opened()
    return scenario, [scenario.note(text) for text in ("one", "two", "three")]


# Writing


def test_a_rapporteur_notes_what_is_said_while_it_is_said() -> None:
    scenario, intervention = heard()
    scenario.later(5)
    note = scenario.note(
        "Remedy takes ten years",
        kind=NoteKind.GAP,
        intervention=intervention,
        group="states",
        attribution=NoteAttribution.GROUP,
    )
    written = scenario.note_of(note)
    assert (written.kind, written.text, written.version) == (NoteKind.GAP, "Remedy takes ten years", 1)
    assert (written.intervention, written.group, written.attribution) == (intervention, "states", NoteAttribution.GROUP)
    assert (written.author, written.added_at, written.written_at) == ("rapporteur", scenario.now, scenario.now)
    assert (written.released, written.removed) == (False, False)


def test_a_note_keeps_the_id_that_its_writer_gave_it() -> None:
    scenario = opened()
    assert scenario.note(note="made-by-client") == "made-by-client"
    again = c.AddNote(kind=NoteKind.GAP, note="made-by-client")
    assert scenario.refusal("rapporteur", again) is Refusal.ID_IN_USE
    scenario.by("rapporteur", c.RemoveNote(note="made-by-client"))
    assert scenario.refusal("rapporteur", again) is Refusal.ID_IN_USE


def test_a_note_without_an_id_gets_one_that_no_client_can_make() -> None:
    scenario = opened()
    assert scenario.note() == f"n.{scenario.session.seq}"


def test_notes_are_taken_from_the_beginning_of_the_session_until_its_record_is_complete() -> None:
    scenario, add = Scenario(), c.AddNote(kind=NoteKind.KEY_POINT)
    assert scenario.refusal("rapporteur", add) is Refusal.SESSION_NOT_OPEN
    scenario.by("moderator", c.StartSession())
    scenario.note()
    scenario.by("moderator", c.SuspendSession())
    scenario.note()
    scenario.by("moderator", c.CloseSession())
    note = scenario.note()
    scenario.write(note, "After the meeting", 1)
    scenario.by("secretary", c.FinaliseSession())
    for command in (add, c.WriteNote(note=note, text="Too late", expect=2), c.ReleaseNote(note=note, released=True)):
        assert scenario.refusal("rapporteur", command) is Refusal.SESSION_NOT_OPEN


def test_the_text_is_written_anew_in_the_next_version() -> None:
    scenario = opened()
    note = scenario.note("Remedy")
    scenario.later(30)
    assert scenario.write(note, "Remedies", 1) == [e.NoteWritten(note=note, text="Remedies", version=2)]
    written = scenario.note_of(note)
    assert (written.text, written.version, written.written_at) == ("Remedies", 2, scenario.now)
    assert written.added_at < written.written_at
    assert scenario.write(note, "", 2) == [e.NoteWritten(note=note, text="", version=3)]


def test_who_writes_the_same_text_again_changes_nothing() -> None:
    scenario = opened()
    note = scenario.note("Remedy")
    assert scenario.write(note, "Remedy", 1) == []
    assert scenario.note_of(note).version == 1


def test_the_second_of_two_who_write_the_same_block_is_told() -> None:
    scenario = opened()
    note = scenario.note("Remedy")
    scenario.write(note, "Remedies", 1)
    second = c.WriteNote(note=note, text="Remedy, said Ana", expect=1)
    assert scenario.refusal("secretary", second) is Refusal.STALE
    assert scenario.note_of(note).text == "Remedies"
    scenario.by("secretary", replace(second, expect=2))
    assert scenario.note_of(note).version == 3


@pytest.mark.parametrize("expect", [2, 1_000_000])
def test_nobody_has_seen_a_version_that_is_still_to_come(expect: int) -> None:
    scenario = opened()
    write = c.WriteNote(note=scenario.note(), text="Another", expect=expect)
    assert scenario.refusal("rapporteur", write) is Refusal.STALE


def test_even_the_same_text_is_stale_from_an_old_version() -> None:
    scenario = opened()
    note = scenario.note("Remedy")
    scenario.write(note, "Remedies", 1)
    assert scenario.refusal("rapporteur", c.WriteNote(note=note, text="Remedies", expect=1)) is Refusal.STALE


# Typed into, by several at once


def typed(note: str, edit: Edit | None) -> c.TypeNote:
    """Return an update as the server has merged it."""
    return c.TypeNote(note=note, update="AAA=", client=7, clock=1, edit=edit)


def test_what_is_typed_changes_the_text_where_it_was_typed() -> None:
    scenario = opened()
    note = scenario.note("Remedy")
    scenario.by("secretary", typed(note, Edit(at=6, gone=0, came=" 😀")))
    [event] = scenario.by("rapporteur", typed(note, Edit(at=0, gone=1, came="No r")))
    assert event == e.NoteTyped(note=note, update="AAA=", edit=Edit(at=0, gone=1, came="No r"), version=3)
    written = scenario.note_of(note)
    assert (written.text, written.version, written.author, written.written_by) == (
        "No remedy 😀",
        3,
        "rapporteur",
        "rapporteur",
    )


def test_what_was_merged_before_changes_nothing() -> None:
    scenario = opened()
    assert scenario.by("rapporteur", typed(scenario.note("Remedy"), None)) == []


def test_what_was_typed_makes_the_whole_text_of_somebody_else_stale() -> None:
    scenario = opened()
    note = scenario.note("Remedy")
    scenario.by("secretary", typed(note, Edit(at=6, gone=0, came=".")))
    assert scenario.refusal("rapporteur", c.WriteNote(note=note, text="Remedies", expect=1)) is Refusal.STALE


def test_nobody_types_into_a_note_that_is_gone() -> None:
    scenario = opened()
    note = scenario.note("Remedy")
    scenario.by("rapporteur", c.RemoveNote(note=note))
    for gone in (note, "nothing"):
        assert scenario.refusal("rapporteur", typed(gone, Edit(at=0, gone=0, came="x"))) is Refusal.NOT_FOUND


# What it is, and whose


@pytest.mark.parametrize("links", [{"intervention": "i.999"}, {"group": "nobody"}])
def test_a_note_belongs_to_what_there_is(links: dict[str, Any]) -> None:
    scenario = opened()
    add = c.AddNote(kind=NoteKind.KEY_POINT, **links)
    assert scenario.refusal("rapporteur", add) is Refusal.NOT_FOUND
    mark = c.MarkNote(note=scenario.note(), **links)
    assert scenario.refusal("rapporteur", mark) is Refusal.NOT_FOUND


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ({}, {}),
        ({"kind": NoteKind.CHALLENGE}, {"kind": NoteKind.CHALLENGE}),
        ({"attribution": NoteAttribution.PERSON}, {"attribution": NoteAttribution.PERSON}),
        ({"intervention": None}, {"intervention": None}),
        ({"group": "civil_society"}, {"group": "civil_society"}),
        ({"group": None, "kind": NoteKind.ACTION}, {"group": None, "kind": NoteKind.ACTION}),
    ],
)
def test_marking_a_note_changes_what_is_said_and_nothing_else(said: dict[str, Any], changed: dict[str, Any]) -> None:
    scenario, intervention = heard()
    note = scenario.note(intervention=intervention, group="states", attribution=NoteAttribution.GROUP)
    before = scenario.note_of(note)
    scenario.later(5).by("rapporteur", c.MarkNote(note=note, **said))
    assert scenario.note_of(note) == replace(before, **changed)


def test_a_note_is_put_under_another_intervention() -> None:
    scenario, intervention = heard()
    note = scenario.note()
    scenario.by("secretary", c.MarkNote(note=note, intervention=intervention))
    assert scenario.note_of(note).intervention == intervention


# Its place


def test_a_new_note_comes_last_or_first_or_behind_another() -> None:
    scenario, (one, two, three_) = three()
    first = scenario.note(after=None)
    middle = scenario.note(after=one)
    assert scenario.noted() == [first, one, middle, two, three_]
    last = scenario.note(after=three_)
    assert scenario.noted()[-1] == last


def test_a_note_is_moved() -> None:
    scenario, (one, two, three_) = three()
    scenario.by("rapporteur", c.MoveNote(note=three_, after=None))
    assert scenario.noted() == [three_, one, two]
    scenario.by("rapporteur", c.MoveNote(note=three_, after=one))
    assert scenario.noted() == [one, three_, two]
    scenario.by("rapporteur", c.MoveNote(note=one))
    assert scenario.noted() == [three_, two, one]
    scenario.by("rapporteur", c.MoveNote(note=two, after=three_))
    assert scenario.noted() == [three_, two, one]


def test_a_note_does_not_move_behind_itself_nor_behind_one_that_is_not_there() -> None:
    scenario, (one, two, _) = three()
    assert scenario.refusal("rapporteur", c.MoveNote(note=one, after=one)) is Refusal.BAD_MESSAGE
    scenario.by("rapporteur", c.RemoveNote(note=two))
    for after in ("n.999", two):
        assert scenario.refusal("rapporteur", c.MoveNote(note=one, after=after)) is Refusal.NOT_FOUND
        assert scenario.refusal("rapporteur", c.AddNote(kind=NoteKind.GAP, after=after)) is Refusal.NOT_FOUND


def test_where_there_is_no_more_room_the_notes_are_renumbered_in_the_same_order() -> None:
    scenario, notes = three()
    moved = 0
    while moved < 500:
        first, *_, last = before = scenario.noted()
        happened = scenario.by("rapporteur", c.MoveNote(note=last, after=first))
        assert scenario.noted() == [first, last, *before[1:-1]]
        moved += 1
        if isinstance(happened[0], e.NotesRenumbered):
            break
    assert len(happened) == 2
    ranks = [each.rank for each in scenario.session.notes.values()]
    assert len(set(ranks)) == len(notes)
    assert all(len(rank) < LONGEST for rank in ranks)


def until_renumbered(scenario: Scenario, after: str) -> str:
    """Add notes behind another until there is no more room; return the last one added."""
    for _ in range(500):
        (*renumbered, _) = scenario.by("rapporteur", c.AddNote(kind=NoteKind.KEY_POINT, after=after))
        if renumbered:
            return scenario.noted()[scenario.noted().index(after) + 1]
    raise AssertionError("never renumbered")


def test_a_new_note_too_finds_room() -> None:
    scenario, (one, two, three_) = three()
    new = until_renumbered(scenario, one)
    assert scenario.noted()[:2] == [one, new]
    assert scenario.noted()[-2:] == [two, three_]


def test_a_note_that_comes_back_to_a_place_that_was_taken_stands_beside_the_other() -> None:
    scenario, (one, two, three_) = three()
    scenario.by("rapporteur", c.RemoveNote(note=two))
    new = scenario.note(after=one)
    scenario.undo("rapporteur")
    assert scenario.note_of(new).rank == scenario.note_of(two).rank
    assert sorted(scenario.noted()[1:3]) == sorted([two, new])
    first, second = scenario.noted()[1:3]
    between = scenario.note(after=first)
    assert scenario.noted() == [one, first, between, second, three_]


def test_a_note_that_was_away_when_the_others_were_renumbered_comes_back_to_its_place() -> None:
    scenario, (one, two, three_) = three()
    four = scenario.note("four")
    scenario.by("rapporteur", c.RemoveNote(note=three_))
    until_renumbered(scenario, one)
    scenario.undo("rapporteur")
    assert scenario.noted()[-3:] == [two, three_, four]


def test_a_move_that_had_the_notes_renumbered_is_taken_back() -> None:
    scenario, _ = three()
    happened: list[e.Event] = []
    while len(happened) < 2:
        before = scenario.noted()
        happened = scenario.by("rapporteur", c.MoveNote(note=before[-1], after=before[0]))
    scenario.undo("rapporteur")
    assert scenario.noted() == before


# Taken away, released


def test_a_note_that_was_taken_away_is_gone_for_everybody() -> None:
    scenario, (one, two, three_) = three()
    assert scenario.by("rapporteur", c.RemoveNote(note=two)) == [e.NoteRemoved(note=two)]
    assert scenario.noted() == [one, three_]
    assert scenario.note_of(two).text == "two"


@pytest.mark.parametrize(
    "command",
    [
        c.WriteNote(note="gone-gone", text="x", expect=1),
        c.MarkNote(note="gone-gone", kind=NoteKind.GAP),
        c.MoveNote(note="gone-gone", after=None),
        c.RemoveNote(note="gone-gone"),
        c.ReleaseNote(note="gone-gone", released=True),
    ],
)
def test_nothing_is_done_to_a_note_that_is_not_there(command: c.NoteCommand) -> None:
    scenario = opened()
    assert scenario.refusal("rapporteur", command) is Refusal.NOT_FOUND
    scenario.note(note="gone-gone")
    scenario.by("rapporteur", c.RemoveNote(note="gone-gone"))
    assert scenario.refusal("rapporteur", command) is Refusal.NOT_FOUND


def test_a_note_is_released_and_taken_back_from_the_public() -> None:
    scenario = opened()
    note = scenario.note()
    for released in (True, False):
        release = c.ReleaseNote(note=note, released=released)
        assert scenario.by("rapporteur", release) == [e.NoteReleased(note=note, released=released)]
        assert scenario.note_of(note).released is released
        assert scenario.refusal("rapporteur", release) is Refusal.NOT_NOW


def test_a_released_note_can_still_be_written() -> None:
    scenario = opened()
    note = scenario.note()
    scenario.by("rapporteur", c.ReleaseNote(note=note, released=True))
    scenario.write(note, "Put right", 1)
    assert scenario.note_of(note).released
    assert scenario.note_of(note).text == "Put right"


@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.integers(0, 4), st.integers(0, 2), st.text("ab", max_size=2), st.booleans()),
        max_size=12,
    )
)
def test_keys_that_are_replayed_together_come_to_what_they_come_to_one_by_one(
    keys: list[tuple[int, int, int, str, bool]],
) -> None:
    scenario = opened()
    notes = [scenario.note("First"), scenario.note("Second")]
    for which, at, gone, came, other in keys:
        note = scenario.note_of(notes[which])
        place = min(at, len(note.text))
        edit = Edit(at=place, gone=min(gone, len(note.text) - place), came=came)
        scenario.later(1).by("rapporteur", c.TypeNote(note=note.id, update="AAA=", client=7, clock=1, edit=edit))
        if other:
            scenario.by("secretary", c.MarkNote(note=note.id, kind=NoteKind.TREND if at else NoteKind.GAP))
    session = Session()
    for recorded in scenario.recorded:
        session = rules.evolve(session, recorded)
    assert replay(scenario.recorded) == session == scenario.session
