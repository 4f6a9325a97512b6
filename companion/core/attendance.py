"""Who is known to the session, and where they take part."""

from typing import TypeAlias, assert_never

from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import Unset
from companion.core.people import Person, Spoken
from companion.core.refusals import Refusal, Refused
from companion.core.renewal import replace
from companion.core.state import Session, put_intervention, put_request

AttendanceCommand: TypeAlias = c.EnterPerson | c.CorrectPerson | c.MarkAttendance | c.LinkPerson | c.ChangeRole


def decide(session: Session, command: AttendanceCommand) -> list[e.Event]:
    """Return what the session learns of people, or raise `Refused`; nothing new gives no event."""
    match command:
        case c.EnterPerson():
            return _enter(session, command.person)
        case c.CorrectPerson():
            return _correct(session, command)
        case c.MarkAttendance():
            return _mark(session, command)
        case c.LinkPerson():
            return _link(session, command)
        case c.ChangeRole():
            person = _known(session, command.person)
            return _corrected(person, replace(person, role=command.role))
        case _:
            assert_never(command)


def evolve(session: Session, event: e.PeopleEvent) -> Session:
    """Return the session after `event`."""
    match event:
        case e.PersonEntered() | e.PersonCorrected():
            return replace(session, people=session.people.insert(event.person.id, event.person))
        case e.GuestLinked():
            return _linked(session, event)
        case _:
            assert_never(event)


def _enter(session: Session, person: Person) -> list[e.Event]:
    known = session.people.get(person.id)
    if known is None:
        return [e.PersonEntered(person=person)]
    # Who asked here not to be published stays so, though the list of people may not know of it.
    return _corrected(known, replace(person, unpublished=person.unpublished or known.unpublished))


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


def _mark(session: Session, command: c.MarkAttendance) -> list[e.Event]:
    person = _known(session, command.person)
    if isinstance(command.present, Unset) and isinstance(command.attendance, Unset):
        raise Refused(Refusal.BAD_MESSAGE)
    present = person.present if isinstance(command.present, Unset) else command.present
    attendance = person.attendance if isinstance(command.attendance, Unset) else command.attendance
    return _corrected(person, replace(person, present=present, attendance=attendance))


def _link(session: Session, command: c.LinkPerson) -> list[e.Event]:
    """Make what was a guest's the person's; neither may wait twice on a list because of it."""
    guest, person = _known(session, command.source), _known(session, command.person)
    if not guest.guest or guest.linked_to is not None:
        raise Refused(Refusal.NOT_FOUND)
    if person.guest or person.id == guest.id:
        raise Refused(Refusal.BAD_MESSAGE)
    theirs = session.requests_by(guest.id)
    standing = {(each.list, each.segment) for each in session.requests_by(person.id) if each.status.stands}
    if any(each.status.stands and (each.list, each.segment) in standing for each in theirs):
        raise Refused(Refusal.ALREADY_ON_LIST)
    held = sorted(each.id for each in session.interventions.values() if each.person == guest.id)
    return [
        e.GuestLinked(
            guest=guest.id,
            person=person.id,
            requests=tuple(each.id for each in theirs),
            interventions=tuple(held),
        )
    ]


def _linked(session: Session, event: e.GuestLinked) -> Session:
    for request in event.requests:
        session = put_request(session, replace(session.requests[request], person=event.person))
    for intervention in event.interventions:
        session = put_intervention(session, replace(session.interventions[intervention], person=event.person))
    guest, person = session.spoken.get(event.guest, Spoken()), session.spoken.get(event.person, Spoken())
    both = Spoken(times=guest.times + person.times, duration=guest.duration + person.duration)
    spoken = session.spoken.insert(event.person, both).insert(event.guest, Spoken())
    linked = replace(session.people[event.guest], linked_to=event.person)
    people = session.people.insert(event.guest, linked)
    if linked.unpublished:
        # Asked as a guest, it was asked for all that is theirs.
        people = people.insert(event.person, replace(people[event.person], unpublished=True))
    return replace(session, spoken=spoken, people=people)


def _corrected(before: Person, after: Person) -> list[e.Event]:
    return [] if after == before else [e.PersonCorrected(person=after)]
