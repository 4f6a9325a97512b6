"""Who is known to the session, and where they take part."""

from dataclasses import replace
from typing import TypeAlias, assert_never

from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import Unset
from companion.core.people import Person
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session

AttendanceCommand: TypeAlias = c.EnterPerson | c.CorrectPerson | c.MarkAttendance


def decide(session: Session, command: AttendanceCommand) -> list[e.Event]:
    """Return what the session learns of people, or raise `Refused`; nothing new gives no event."""
    match command:
        case c.EnterPerson():
            return _enter(session, command.person)
        case c.CorrectPerson():
            return _correct(session, command)
        case c.MarkAttendance():
            person = _known(session, command.person)
            return _corrected(person, replace(person, attendance=command.attendance))
        case _:
            assert_never(command)


def evolve(session: Session, event: e.PeopleEvent) -> Session:
    """Return the session after `event`."""
    return replace(session, people=session.people.insert(event.person.id, event.person))


def _enter(session: Session, person: Person) -> list[e.Event]:
    known = session.people.get(person.id)
    if known is None:
        return [e.PersonEntered(person=person)]
    return _corrected(known, person)


def _known(session: Session, person: str) -> Person:
    known = session.people.get(person)
    if known is None:
        raise Refused(Refusal.NOT_FOUND)
    return known


def _correct(session: Session, command: c.CorrectPerson) -> list[e.Event]:
    person = _known(session, command.person)
    if not isinstance(command.name, Unset) and not command.name:
        raise Refused(Refusal.BAD_MESSAGE)
    groups = {group.id for group in session.programme.groups}
    if not isinstance(command.group, Unset) and command.group is not None and command.group not in groups:
        raise Refused(Refusal.NOT_FOUND)
    said = {
        name: getattr(command, name)
        for name in command.__dataclass_fields__
        if name != "person" and not isinstance(getattr(command, name), Unset)
    }
    return _corrected(person, replace(person, **said))


def _corrected(before: Person, after: Person) -> list[e.Event]:
    return [] if after == before else [e.PersonCorrected(person=after)]
