"""What can be asked about people."""

from dataclasses import dataclass

from companion.core.commands.bounds import FullName, Language, Name, Reference, ShortText
from companion.core.ids import UNSET, Unset
from companion.core.people import Attendance, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPerson:
    """Put right what the session knows of a person."""

    person: Reference
    name: FullName | Unset = UNSET
    latin_name: Name | Unset = UNSET
    organisation: Name | Unset = UNSET
    group: Reference | Unset | None = UNSET
    region: Name | Unset | None = UNSET
    attendance: Attendance | Unset = UNSET
    language: Language | Unset | None = UNSET
    platform_name: Name | Unset = UNSET
    accessibility_needs: tuple[ShortText, ...] | Unset = UNSET
    gender: Name | Unset | None = UNSET
    recording_consent: bool | Unset = UNSET
    unpublished: bool | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAttendance:
    """Say whether a person is present, and whether in the room or remotely."""

    person: Reference
    present: bool | Unset = UNSET
    attendance: Attendance | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPerson:
    """Say that a guest is a person of the list: what was the guest's is theirs."""

    source: Reference
    person: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRole:
    """Give a person another role."""

    person: Reference
    role: Role
