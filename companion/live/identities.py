"""Who became somebody else by a command to a session: by another role, as a guest who was recognised, or because either was taken back."""

from companion.core import commands as c
from companion.core.ids import PersonId
from companion.core.people import Person
from companion.core.state import Session


def changed(command: c.ClientCommand, before: Session, after: Session) -> list[PersonId]:
    """Return the people whom the directory has to agree with `after` on.

    Whoever the command names is among them also where nothing changed: it may have been sent again, after the server was
    ended between the session and the directory.
    """
    match command:
        case c.ChangeRole():
            return [command.person]
        case c.LinkPerson():
            return [command.source]
        case c.Undo():
            return [
                id_ for id_, person in after.people.items() if _identity(before.people.get(id_)) != _identity(person)
            ]
        case _:
            return []


def _identity(person: Person | None) -> tuple[object, ...]:
    return () if person is None else (person.role, person.linked_to)
