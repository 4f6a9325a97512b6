"""Writing a workshop into a database: its rows, and the first entries of each session's journal, or nothing."""

from companion.clock import Clock, format_time
from companion.codec.events import write_event
from companion.core import session as rules
from companion.core.commands import PrepareSession
from companion.core.ids import SYSTEM
from companion.core.people import Actor
from companion.core.state import Session
from companion.intake.errors import WorkshopError
from companion.intake.preparing import Prepared
from companion.store import directory, journal
from companion.store.database import Database

_COMMAND = "prepare"


def write(db: Database, prepared: Prepared, clock: Clock) -> None:
    """Write a workshop, in one transaction.

    Raises `WorkshopError` if the workshop is there already, `Conflict` if one of its ids belongs to another one, and
    `NotRecorded`; nothing is written then.
    """
    workshop = prepared.workshop
    with db.transaction():
        if directory.find_workshop(db, workshop.id) is not None:
            raise WorkshopError(f"workshop {workshop.id} is in {db.path} already.")
        directory.add_workshop(db, workshop)
        for group in prepared.groups:
            directory.add_group(db, group)
        for organisation in prepared.organisations:
            directory.add_organisation(db, organisation)
        for sitting in prepared.sittings:
            directory.add_sitting(db, sitting)
        for person in prepared.people:
            directory.add_person(db, person)
        for session in prepared.sessions:
            directory.add_session(db, session)
        for command in prepared.commands:
            journal.append(db, _entries(command, clock))


def _entries(command: PrepareSession, clock: Clock) -> list[journal.Entry]:
    at = clock.now()
    events = rules.decide(Session(), command, by=Actor(person=SYSTEM, role=None), at=at)
    chain = journal.first_link(command.session)
    entries: list[journal.Entry] = []
    for seq, event in enumerate(events, start=1):
        name, body = write_event(event)
        entries.append(
            journal.seal(
                chain,
                session=command.session,
                seq=seq,
                at=format_time(at),
                actor=SYSTEM,
                command=_COMMAND,
                type=name,
                body=body,
                salt=clock.make_salt(),
            )
        )
        chain = entries[-1].chain
    return entries
