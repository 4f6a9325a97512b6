"""A session from its journal is the one that its events led to, also where what can be undone is worked out at the end."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core import undo
from companion.core.edits import Edit
from companion.core.procedure import NoteKind, RequestKind
from companion.core.refusals import Refused
from companion.core.replay import replay
from companion.core.state import Session
from tests.core.scenario import Scenario, opened

TAPS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 45)), min_size=1, max_size=70)


def one_by_one(journal: Iterable[e.Recorded], session: Session) -> Session:
    for recorded in journal:
        session = rules.evolve(session, recorded)
    return session


def tap(room: Scenario, what: int, which: int, note: str) -> None:
    """Have staff do something that can be undone, cannot, or undoes, or forgets all that could be."""
    match what:
        case 0 | 1:
            room.by("secretary", c.MarkNote(note=note, kind=NoteKind.TREND if which % 2 else NoteKind.GAP))
        case 2:
            room.by(
                "officer",
                c.RequestFloor(kind=RequestKind.STATEMENT, person=("ana", "ben", "cleo")[which % 3], topic="It"),
            )
        case 3:
            edit = Edit(at=0, gone=0, came="x")
            room.by("rapporteur", c.TypeNote(note=note, update="AAA=", client=7, clock=1, edit=edit))
        case 4:
            room.by("moderator", c.SetLimit(seconds=60 + which))
        case 5 | 6:
            undoable = room.session.undo[which % len(room.session.undo)] if room.session.undo else None
            if undoable is not None:
                room.by("moderator", c.Undo(command=str(undoable.command)))
        case _:
            if which == 0:
                room.by("moderator", c.CloseSession())
            else:
                room.next()


@settings(deadline=None)
@given(TAPS, st.integers(0, 100))
def test_a_journal_comes_to_what_its_events_come_to_one_by_one(taps: list[tuple[int, int]], cut: int) -> None:
    room = opened()
    note = room.note("A point")
    for what, which in taps:
        try:
            tap(room.later(1), what, which, note)
        except Refused:
            continue
    half = len(room.recorded) * cut // 100
    whole = one_by_one(room.recorded, Session())
    assert replay(room.recorded) == whole == room.session
    begun = replay(room.recorded[:half])
    assert begun == one_by_one(room.recorded[:half], Session())
    assert replay(room.recorded[half:], begun) == whole


@pytest.mark.parametrize("which", [0, 1, undo.KEPT - 1])
def test_what_was_undone_is_among_the_last_that_can_be(which: int) -> None:
    room = opened()
    for seconds in range(60, 60 + 2 * undo.KEPT):
        room.by("moderator", c.SetLimit(seconds=seconds, category="states" if seconds % 2 else None))
    note = room.note()
    for _ in range(undo.KEPT):
        room.by("secretary", c.MarkNote(note=note, kind=NoteKind.GAP))
        room.by("secretary", c.MarkNote(note=note, kind=NoteKind.TREND))
    at = len(room.recorded)
    try:
        room.undo("secretary", which)
    except Refused:
        assert which > 0  # what came later depends on it
    assert replay(room.recorded) == room.session
    assert replay(room.recorded[at:], replay(room.recorded[:at])) == room.session
    room.by("moderator", c.SetLimit(seconds=30))
    assert replay(room.recorded) == room.session
    assert len(room.session.undo) == undo.KEPT


def test_a_journal_that_is_read_on_in_the_middle_of_a_command_keeps_all_of_it() -> None:
    room = opened()
    room.ask("ana")
    room.next()
    room.ask("ben")
    room.next()
    commands = [(each.by, each.command) for each in room.recorded]
    middles = [at for at in range(1, len(commands)) if commands[at] == commands[at - 1]]
    assert middles
    for at in middles:
        assert replay(room.recorded[at:], replay(room.recorded[:at])) == room.session
