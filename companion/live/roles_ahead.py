"""Roles that a session has given and that the directory has not taken up yet.

A command that changes a role is decided, is on disk, and is then followed by the directory. All that time the session is
ahead: whoever it is about acts in the role that the session gave, and does not bring the old one back by entering.
"""

from dataclasses import replace

from companion.core import commands as c
from companion.core.ids import SYSTEM, PersonId
from companion.core.people import Actor
from companion.core.state import Session
from companion.live import identities


class RolesAhead:
    """Who has been given a role by which event of a session."""

    def __init__(self) -> None:
        self._given: list[tuple[int, PersonId]] = []

    def __contains__(self, person: PersonId) -> bool:
        return any(whose == person for _, whose in self._given)

    def actor(self, by: Actor, staged: Session) -> Actor:
        """Return who acts, in the role that the session gave."""
        return replace(by, role=staged.people[by.person].role) if by.person in self else by

    def decided(self, command: c.Command, by: Actor, before: Session, after: Session) -> None:
        """Take note of what a command decides; when somebody enters, it is the session that follows."""
        if by.person != SYSTEM:
            self._given.extend((after.seq, person.id) for person, _ in identities.changed(command, before, after))

    def followed(self, person: PersonId, seq: int) -> None:
        """Take note that the directory agrees with the session on a person as of an event."""
        self._given = [(at, whose) for at, whose in self._given if whose != person or at > seq]

    def forget(self, seq: int) -> None:
        """Forget what came after an event, since it was not recorded."""
        self._given = [(at, whose) for at, whose in self._given if at <= seq]
