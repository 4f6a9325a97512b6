"""What the session can learn of people."""

from dataclasses import dataclass

from companion.core.ids import InterventionId, PersonId, RequestId
from companion.core.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntered:
    """A person is known to the session."""

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCorrected:
    """What the session knows of a person is now this."""

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLinked:
    """A guest turned out to be this person: their requests and interventions are the person's."""

    guest: PersonId
    person: PersonId
    requests: tuple[RequestId, ...]
    interventions: tuple[InterventionId, ...]
