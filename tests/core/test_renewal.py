"""Parts of the state with some of their fields changed."""

import dataclasses

import pytest

from companion.core.people import Person, Spoken
from companion.core.refusals import Refusal
from companion.core.renewal import replace
from companion.core.state import Session
from tests.core.scenario import PEOPLE


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _OneField:
    only: int


def test_a_part_with_slots_is_renewed_as_the_standard_library_does_it() -> None:
    person = PEOPLE[0]
    renewed = replace(person, name="Another", present=False)
    assert renewed == dataclasses.replace(person, name="Another", present=False)
    assert isinstance(renewed, Person)


def test_a_part_without_slots_is_renewed_as_the_standard_library_does_it() -> None:
    session = Session()
    assert replace(session, seq=7) == dataclasses.replace(session, seq=7)
    assert (session.seq, replace(session, seq=7).seq) == (0, 7)


def test_a_part_with_one_field_is_renewed() -> None:
    assert replace(_OneField(only=1), only=2) == _OneField(only=2)


def test_nothing_changes_where_nothing_is_said() -> None:
    assert replace(Spoken(times=2)) == Spoken(times=2)
    assert replace(Session(seq=2)) == Session(seq=2)


@pytest.mark.parametrize("part", [Spoken(), Session()], ids=["with slots", "without"])
def test_a_field_that_is_not_there_cannot_be_set(part: Spoken | Session) -> None:
    with pytest.raises(TypeError, match="no such field: nobody"):
        replace(part, nobody=Refusal.NOT_FOUND)  # type: ignore[call-arg]  # as no caller may
