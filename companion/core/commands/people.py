"""What can be asked about people."""

from dataclasses import dataclass

from companion.core.commands.bounds import FullName, Language, Name, Reference, ShortText
from companion.core.ids import UNSET, Unset
from companion.core.people import Attendance


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
    unpublished: bool | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAttendance:
    """Say whether a person takes part in the room or remotely."""

    person: Reference
    attendance: Attendance
