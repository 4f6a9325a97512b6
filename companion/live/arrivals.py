"""Who comes to the registration desk: somebody new, somebody who has just come in, somebody who is signed in."""

from dataclasses import dataclass

from companion.core.people import Attendance, Role
from companion.store.directory import AccessKey, PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Someone who is signed in, and the key of the device they came with."""

    person: PersonRow
    key: AccessKey

    @property
    def role(self) -> Role:
        """Return the person's role as it is now."""
        return Role(self.person.role)


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
