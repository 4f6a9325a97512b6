"""Who became somebody else by a command to a session: by another role, as a guest who was recognised, or because either was taken back."""

from companion.core import commands as c
from companion.core.people import Person
from companion.core.state import Session


def changed(command: c.Command, before: Session, after: Session) -> list[tuple[Person, Person | None]]:
    """Return the people whom the directory has to agree with `after` on, and what an undo found them to be.

    Whoever the command names is among them also where nothing changed: it may have been sent again, after the server was
    ended between the session and the directory. An undo that is sent again is not followed once more.
    """
    match command:
        case c.ChangeRole():
            return [(after.people[command.person], None)]
        case c.LinkPerson():
            return [(after.people[command.source], None)]
        case c.Undo():
            both = ((person, before.people.get(id_)) for id_, person in after.people.items())
            return [(person, was) for person, was in both if was is not None and _identity(was) != _identity(person)]
        case _:
            return []


def _identity(person: Person) -> tuple[object, ...]:
    return person.role, person.linked_to
