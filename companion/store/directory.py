"""Workshops and what belongs to them: programme, groups, organisations, people, keys. Plain rows.

Ids of workshops, sessions, people and keys are unique in the file; those of sittings, groups and organisations within
their workshop. What is added or changed joins the caller's transaction, and is a `Conflict` if it contradicts what is
stored: an id or a join code that is taken, a workshop, sitting, group, organisation or person that does not exist.
Times are RFC 3339 UTC, dates `YYYY-MM-DD`, languages BCP 47 tags, enumerations the names of the protocol: all text.
"""

# ruff: noqa: A002 (arguments are named as the columns)

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from companion.store.errors import NotFound
from companion.store.rows import Table

if TYPE_CHECKING:
    from companion.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What was convened. `short_title` is by language; `details` holds what only some workshops have (JSON)."""

    id: str
    title: str
    short_title: dict[str, str]
    start_date: str
    end_date: str
    time_zone: str
    join_code: str
    venue: str | None = None
    room: str | None = None
    language: str | None = None
    attribution_mode: str | None = None
    attribution_mode_panellists: str | None = None
    details: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A meeting of the programme, morning or afternoon."""

    workshop: str
    id: str
    number: str
    title: str
    starts_at: str
    ends_at: str


class SegmentRow(NamedTuple):
    """A part of a session."""

    id: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One agenda item's panel as the programme has it, `position` its place there; `panellists` are ids of people."""

    id: str
    workshop: str
    number: str
    title: str
    short_title: str | None = None
    sitting: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    segments: tuple[SegmentRow, ...] = ()
    panellists: tuple[str, ...] = ()
    position: int = 0
    details: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeholderGroup:
    """For whom people speak; `name` is by language. The secretariat's own does not count for balance."""

    workshop: str
    id: str
    name: dict[str, str]
    position: int = 0
    counts_for_balance: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A delegation's organisation; `group` is a stakeholder group's id."""

    workshop: str
    id: str
    name: str
    short_name: str | None = None
    group: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Someone on the list of people, or a guest who came with the join code.

    `organisation` is an id, or None where the name alone is known (`organisation_name`, as shown).
    """

    id: str
    workshop: str
    name: str
    role: str
    attendance: str
    created_at: str
    latin_name: str | None = None
    organisation: str | None = None
    organisation_name: str | None = None
    group: str | None = None
    region: str | None = None
    language: str | None = None
    gender: str | None = None
    platform_name: str | None = None
    accessibility_needs: tuple[str, ...] = ()
    email: str | None = None
    recording_consent: bool = False
    unpublished: bool = False
    guest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessKey:
    """What lets somebody in; the key itself is nowhere, `hash` is `hash_key` of it.

    `kind` is `personal` (a link of one person), `role` (a link that makes a person) or `token` (a signed-in device;
    `parent` is the link that it came from). `guest` is whose it was before they were recognised as the person.
    """

    id: str
    workshop: str
    kind: str
    hash: str
    created_at: str
    person: str | None = None
    role: str | None = None
    parent: str | None = None
    last_used_at: str | None = None
    revoked_at: str | None = None
    guest: str | None = None


_WORKSHOPS = Table(name="workshop", kind=Workshop, json=frozenset({"short_title", "details"}))
_SITTINGS = Table(name="sitting", kind=Sitting, key=("workshop", "id"))
_SESSIONS = Table(name="session", kind=SessionRow, json=frozenset({"segments", "panellists", "details"}))
_GROUPS = Table(
    name="stakeholder_group",
    kind=StakeholderGroup,
    key=("workshop", "id"),
    json=frozenset({"name"}),
    flags=frozenset({"counts_for_balance"}),
)
_ORGANISATIONS = Table(name="organisation", kind=Organisation, key=("workshop", "id"))
_PEOPLE = Table(
    name="person",
    kind=PersonRow,
    json=frozenset({"accessibility_needs"}),
    flags=frozenset({"recording_consent", "unpublished", "guest"}),
)
_KEYS = Table(name="access_key", kind=AccessKey)

_OF_WORKSHOP = "workshop = ?"
_VALID_DESCENDANTS = """
revoked_at IS NULL AND id IN (
    WITH RECURSIVE descendant(id) AS (
        SELECT ? UNION SELECT child.id FROM access_key AS child JOIN descendant ON child.parent = descendant.id
    )
    SELECT id FROM descendant
)
"""


def add_workshop(db: Database, workshop: Workshop) -> None:
    """Add a workshop."""
    _WORKSHOPS.insert(db, workshop)


def workshops(db: Database) -> tuple[Workshop, ...]:
    """Return all workshops, the earliest first."""
    return _WORKSHOPS.select(db, "true", [], "start_date, id")


def find_workshop(db: Database, id: str) -> Workshop | None:
    """Return a workshop by its id."""
    return _WORKSHOPS.find(db, "id", id)


def find_workshop_by_join_code(db: Database, join_code: str) -> Workshop | None:
    """Return the workshop that a join code leads to."""
    return _WORKSHOPS.find(db, "join_code", join_code)


def replace_join_code(db: Database, workshop: str, join_code: str) -> None:
    """Give a workshop another join code; the old one leads nowhere from then on. Raises `NotFound`."""
    _WORKSHOPS.update(db, [workshop], {"join_code": join_code})


def add_sitting(db: Database, sitting: Sitting) -> None:
    """Add a sitting to the programme."""
    _SITTINGS.insert(db, sitting)


def sittings(db: Database, workshop: str) -> tuple[Sitting, ...]:
    """Return the sittings of a workshop in time."""
    return _SITTINGS.select(db, _OF_WORKSHOP, [workshop], "starts_at, id")


def add_session(db: Database, session: SessionRow) -> None:
    """Add a session to the programme."""
    _SESSIONS.insert(db, session)


def update_session(db: Database, session: SessionRow) -> None:
    """Write all of a session's row anew. Raises `NotFound`."""
    _SESSIONS.replace(db, session)


def sessions(db: Database, workshop: str) -> tuple[SessionRow, ...]:
    """Return the sessions of a workshop in the order of the programme."""
    return _SESSIONS.select(db, _OF_WORKSHOP, [workshop], "position, id")


def find_session(db: Database, id: str) -> SessionRow | None:
    """Return a session by its id."""
    return _SESSIONS.find(db, "id", id)


def add_group(db: Database, group: StakeholderGroup) -> None:
    """Add a stakeholder group."""
    _GROUPS.insert(db, group)


def groups(db: Database, workshop: str) -> tuple[StakeholderGroup, ...]:
    """Return the stakeholder groups of a workshop in their order."""
    return _GROUPS.select(db, _OF_WORKSHOP, [workshop], "position, id")


def add_organisation(db: Database, organisation: Organisation) -> None:
    """Add an organisation."""
    _ORGANISATIONS.insert(db, organisation)


def organisations(db: Database, workshop: str) -> tuple[Organisation, ...]:
    """Return the organisations of a workshop by name."""
    return _ORGANISATIONS.select(db, _OF_WORKSHOP, [workshop], "name, id")


def add_person(db: Database, person: PersonRow) -> None:
    """Add a person."""
    _PEOPLE.insert(db, person)


def update_person(db: Database, person: PersonRow) -> None:
    """Write all of a person's row anew. Raises `NotFound`."""
    _PEOPLE.replace(db, person)


def people(db: Database, workshop: str) -> tuple[PersonRow, ...]:
    """Return the people of a workshop, guests among them, in the order in which they were added."""
    return _PEOPLE.select(db, _OF_WORKSHOP, [workshop], "created_at, id")


def find_person(db: Database, id: str) -> PersonRow | None:
    """Return a person by their id."""
    return _PEOPLE.find(db, "id", id)


def hash_key(key: str) -> str:
    """Return what is stored of a key: SHA-256 in hexadecimal. A key is 128 random bits and needs no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


def add_key(db: Database, key: AccessKey) -> None:
    """Add a link or a token."""
    _KEYS.insert(db, key)


def keys(db: Database, workshop: str) -> tuple[AccessKey, ...]:
    """Return all keys of a workshop, revoked ones too, in the order in which they were made."""
    return _KEYS.select(db, _OF_WORKSHOP, [workshop], "created_at, id")


def valid_keys_of(db: Database, person: str, *kinds: str) -> tuple[AccessKey, ...]:
    """Return the keys of a person that are of one of the kinds and were not revoked, in the order in which they were made."""
    where = f"person = ? AND revoked_at IS NULL AND kind IN ({', '.join('?' * len(kinds))})"
    return _KEYS.select(db, where, [person, *kinds], "created_at, id")


def find_key(db: Database, id: str) -> AccessKey | None:
    """Return a key by its id, also if it was revoked."""
    return _KEYS.find(db, "id", id)


def find_key_by_hash(db: Database, hash: str) -> AccessKey | None:
    """Return the key with the hash, also if it was revoked."""
    return _KEYS.find(db, "hash", hash)


def note_use_of_key(db: Database, id: str, at: str) -> None:
    """Write down when a key was last used. Raises `NotFound`."""
    _KEYS.update(db, [id], {"last_used_at": at})


def keys_of_guest(db: Database, guest: str) -> tuple[AccessKey, ...]:
    """Return the keys that came in with a guest and are somebody else's now, but those that were revoked."""
    return _KEYS.select(db, "guest = ? AND revoked_at IS NULL", [guest], "created_at, id")


def give_key(db: Database, key: AccessKey, person: str, *, guest: str | None) -> AccessKey:
    """Make a key that of another person, and return it; `guest` is who it is given back to if they are not that person."""
    _KEYS.update(db, [key.id], {"person": person, "guest": guest})
    return replace(key, person=person, guest=guest)


def revoke_key(db: Database, id: str, at: str) -> tuple[AccessKey, ...]:
    """Revoke a key and every key that came from it; return those that were valid until now. Raises `NotFound`."""
    if find_key(db, id) is None:
        raise NotFound(f"there is no such access key: {id}")
    revoked = _KEYS.select(db, _VALID_DESCENDANTS, [id], "created_at, id")
    for key in revoked:
        _KEYS.update(db, [key.id], {"revoked_at": at})
    return tuple(replace(key, revoked_at=at) for key in revoked)
