"""Who comes to the registration desk: somebody new, somebody who has just come in, somebody who is signed in."""

from dataclasses import dataclass
from datetime import datetime

from companion.clock import parse_time
from companion.core.people import Attendance, Person, Role
from companion.store.directory import AccessKey, PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Someone who is signed in, the key of the device they came with, and their role as it is now."""

    person: PersonRow
    key: AccessKey
    role: Role
    used_at: datetime
    """When the device was last known to be in use."""


class Callers:
    """Those who have called: made anew only where something about them has changed, for each message asks."""

    def __init__(self) -> None:
        self._callers: dict[str, Caller] = {}

    def of(self, key: AccessKey, person: PersonRow) -> Caller:
        """Return whoever came with `key`, and is `person`."""
        known = self._callers.get(key.id)
        if known is None or known.key is not key or known.person is not person:
            used_at = parse_time(key.last_used_at or key.created_at)
            known = self._callers[key.id] = Caller(person=person, key=key, role=Role(person.role), used_at=used_at)
        return known


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Someone who has just come in, with the token that their device keeps."""

    token: str
    caller: Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """What somebody says of themselves at the door; texts are clean."""

    name: str
    organisation: str = ""
    group: str | None = None
    attendance: Attendance = Attendance.REMOTE
    language: str | None = None


def person_of(row: PersonRow, *, organisation: str) -> Person:
    """Return a person of the directory as a session knows them; `organisation` as it is shown."""
    return Person(
        id=row.id,
        name=row.name,
        latin_name=row.latin_name or "",
        organisation=organisation,
        delegation=row.organisation,
        group=row.group,
        region=row.region,
        role=Role(row.role),
        attendance=Attendance(row.attendance),
        language=row.language,
        guest=row.guest,
        gender=row.gender,
        platform_name=row.platform_name or "",
        accessibility_needs=row.accessibility_needs,
        recording_consent=row.recording_consent,
        unpublished=row.unpublished,
    )
