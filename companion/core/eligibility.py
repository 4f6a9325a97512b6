"""Who may answer an indicative poll, for which unit, and why somebody may not.

Both are fixed when it opens, by people as they were then: whoever enters later, changes role or is corrected since still
answers for what they were, or does not.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from companion.core.ids import PersonId
from companion.core.people import Attendance, Person, Role
from companion.core.polling import Poll
from companion.core.procedure import PollUnit, RoomAnswers
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session

_ANSWERING: Final = frozenset({Role.PANELLIST, Role.PARTICIPANT})


class NotEligible(StrEnum):
    """Why a person has no answer to give to a poll that was opened."""

    ROLE = "role"
    CAME_LATER = "came_later"
    IN_ROOM = "in_room"
    NO_DELEGATION = "no_delegation"
    NOT_NAMED = "not_named"


def eligible(session: Session, draft: Poll, named: Iterable[PersonId] | None) -> tuple[tuple[PersonId, str], ...]:
    """Return who may answer, and for which unit, as things stand now; of those `named`, or of everybody."""
    found = ((person.id, unit_of(draft, person)) for person in _asked(session, named))
    return tuple(sorted((person, unit) for person, unit in found if unit is not None))


def unit_of(poll: Poll, person: Person) -> str | None:
    """Return for whom `person` answers: for themselves or a delegation, or None for nobody."""
    if person.role not in _ANSWERING or person.linked_to is not None or _raises_a_hand(poll, person):
        return None
    return person.id if poll.unit is PollUnit.PERSON else person.delegation


def why_not(session: Session, poll: Poll, person: PersonId) -> NotEligible | None:
    """Return why a person may not answer `poll`, which was opened, or None for one who may."""
    if person in poll.eligible:
        return None
    now, then = session.people.get(person), poll.known.get(person)
    if now is None or now.role not in _ANSWERING:
        return NotEligible.ROLE
    if then is None or then.role not in _ANSWERING:
        return NotEligible.CAME_LATER
    if _raises_a_hand(poll, then):
        return NotEligible.IN_ROOM
    if poll.unit is PollUnit.DELEGATION and then.delegation is None:
        return NotEligible.NO_DELEGATION
    return NotEligible.NOT_NAMED


def _raises_a_hand(poll: Poll, person: Person) -> bool:
    return poll.room is RoomAnswers.BY_HANDS and person.attendance is Attendance.IN_ROOM


def _asked(session: Session, named: Iterable[PersonId] | None) -> Iterable[Person]:
    if named is None:
        return session.people.values()
    found = [session.people.get(person) for person in dict.fromkeys(map(session.recognised, named))]
    if None in found:
        raise Refused(Refusal.NOT_FOUND)
    return [person for person in found if person is not None]
