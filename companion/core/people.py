"""People, the roles they have, and whom they speak for."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from companion.core.ids import GroupId, PersonId


class Role(StrEnum):
    """What a person is in the workshop."""

    MODERATOR = "moderator"
    LIST_OFFICER = "list_officer"
    TECHNICAL_MODERATOR = "technical_moderator"
    RAPPORTEUR = "rapporteur"
    SECRETARIAT = "secretariat"
    PANELLIST = "panellist"
    PARTICIPANT = "participant"
    OBSERVER = "observer"
    INTERPRETER = "interpreter"
    DISPLAY = "display"


class Attendance(StrEnum):
    """Where a person takes part."""

    IN_ROOM = "in_room"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as the session knows them: what screens and the record show.

    `name` is as the person writes it, in any script; `latin_name` is for nameplates and sorting. A guest was typed in
    by staff or came with the join code.
    """

    id: PersonId
    name: str
    latin_name: str = ""
    organisation: str = ""
    delegation: str | None = None
    """The organisation as one that answers polls: its id, the same for all of its people."""
    group: GroupId | None = None
    region: str | None = None
    role: Role = Role.PARTICIPANT
    attendance: Attendance = Attendance.IN_ROOM
    language: str | None = None
    guest: bool = False
    platform_name: str = ""
    accessibility_needs: tuple[str, ...] = ()
    recording_consent: bool = True
    gender: str | None = None
    """As the person says; shown in totals only."""
    present: bool = True
    linked_to: PersonId | None = None
    """The person of the list whom a guest turned out to be."""
    unpublished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who sends a command, as the server knows it; never as a client claims it."""

    person: PersonId
    role: Role | None
    """None for the system itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """How often and how long a person has spoken in this session, points of order apart."""

    times: int = 0
    duration: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeholderGroup:
    """A group that people belong to; `name` is a tuple of (language, text)."""

    id: GroupId
    name: tuple[tuple[str, str], ...]
