"""The registration desk: who people are, and which key opens what.

The directory is held in memory and written through the committer, so that the loop never waits for the disk to learn
who is calling, and is brought up to date with the batch, before anybody hears of it.
"""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeAlias

from companion.clock import Clock, format_time, parse_time, read_join_code
from companion.core.people import Attendance, Person, Role
from companion.core.refusals import Refusal, Refused
from companion.live.arrivals import Caller, Callers, NewPerson, SignedIn, person_of
from companion.live.committer import Committer
from companion.live.keyring import Keyring, must_be_valid
from companion.store import directory
from companion.store.database import Database
from companion.store.directory import AccessKey, PersonRow, SessionRow, StakeholderGroup, Workshop
from companion.store.errors import StoreError

Details: TypeAlias = Mapping[str, str | None]
"""Some of what is known of a person, by the names that sessions use."""

CORRECTABLE: Final = ("name", "latin_name", "organisation", "group", "attendance", "language", "role")
DEVICE_LINK_LASTS: Final = timedelta(minutes=10)
_NOTE_USE_AFTER: Final = timedelta(hours=12)
_COLUMNS: Final[Mapping[str, str]] = {"organisation": "organisation_name"}
"""Where the directory has another name for a detail."""


class Desk:
    """All workshops of a database, their people and their keys."""

    def __init__(self, clock: Clock, committer: Committer, *, tokens_days: int) -> None:
        self._clock = clock
        self._committer = committer
        self._tokens_last = timedelta(days=tokens_days)
        self._workshops: dict[str, Workshop] = {}
        self._sessions: dict[str, tuple[SessionRow, ...]] = {}
        self._groups: dict[str, tuple[StakeholderGroup, ...]] = {}
        self._organisations: dict[tuple[str, str], str] = {}
        self._people: dict[str, PersonRow] = {}
        self._keyring = Keyring()
        self._callers = Callers()
        self._when_revoked: list[Callable[[frozenset[str]], None]] = []
        self._when_otherwise: list[Callable[[str], None]] = []

    def open(self, database: Database) -> None:
        """Read the directory."""
        for workshop in directory.workshops(database):
            self._workshops[workshop.id] = workshop
            self._sessions[workshop.id] = directory.sessions(database, workshop.id)
            self._groups[workshop.id] = directory.groups(database, workshop.id)
            for organisation in directory.organisations(database, workshop.id):
                self._organisations[workshop.id, organisation.id] = organisation.short_name or organisation.name
            self._people.update((person.id, person) for person in directory.people(database, workshop.id))
            self._keyring.keep(directory.keys(database, workshop.id))

    def when_revoked(self, call: Callable[[frozenset[str]], None]) -> None:
        """Have `call` made with the ids of keys that have just been revoked."""
        self._when_revoked.append(call)

    def when_otherwise(self, call: Callable[[str], None]) -> None:
        """Have `call` made with the id under which somebody was known who has another role now, or is somebody else."""
        self._when_otherwise.append(call)

    def tell_otherwise(self, person: str) -> None:
        """Say that whoever was known under this id has another role now, or is somebody else."""
        for call in self._when_otherwise:
            call(person)

    def workshop(self, id_: str) -> Workshop:
        """Return a workshop by its id."""
        return self._workshops[id_]

    def sessions(self, workshop: str) -> tuple[SessionRow, ...]:
        """Return the sessions of a workshop, in the order of the programme."""
        return self._sessions[workshop]

    def groups(self, workshop: str) -> tuple[StakeholderGroup, ...]:
        """Return the stakeholder groups of a workshop."""
        return self._groups[workshop]

    def people(self, workshop: str) -> list[PersonRow]:
        """Return the people of a workshop, guests among them."""
        return [person for person in [*self._people.values()] if person.workshop == workshop]

    def keys(self, workshop: str) -> list[AccessKey]:
        """Return the links and tokens of a workshop, revoked ones too."""
        return self._keyring.of_workshop(workshop)

    def join(self, code: str, new: NewPerson) -> SignedIn:
        """Let somebody in by the join code, as a participant; raise `Refused` (wrong_code)."""
        person = self._new_person(self.workshop_of_code(code).id, Role.PARTICIPANT, new)
        return self._sign_in(person, parent=None, also=[lambda db: directory.add_person(db, person)])

    def workshop_of_code(self, code: str) -> Workshop:
        """Return the workshop that a join code leads to; raise `Refused` (wrong_code)."""
        typed = read_join_code(code)
        workshop = next((each for each in self._workshops.values() if each.join_code == typed), None)
        if workshop is None:
            raise Refused(Refusal.WRONG_CODE)
        return workshop

    def redeem(self, key: str, name: str | None) -> SignedIn:
        """Let somebody in by a link; raise `Refused` (revoked; name_required for the link of a role)."""
        link = self._keyring.find_by_secret(key)
        if link is None or link.revoked_at is not None or link.kind == "token":
            raise Refused(Refusal.REVOKED)
        if link.kind == "device":
            return self._redeem_device(link)
        if link.person is not None:
            return self._sign_in(self._people[link.person], parent=link.id)
        if not name:
            raise Refused(Refusal.NAME_REQUIRED)
        person = self._new_person(
            link.workshop, Role(str(link.role)), NewPerson(name=name, attendance=Attendance.IN_ROOM)
        )
        return self._sign_in(person, parent=link.id, also=[lambda db: directory.add_person(db, person)])

    def who(self, token: str) -> Caller | None:
        """Return who holds this token, or None where it is unknown, revoked or too old."""
        key = self._keyring.find_by_secret(token)
        return None if key is None else self.still(key.id)

    def still(self, key: str) -> Caller | None:
        """Return who is signed in by the token with this id, or None if they no longer are."""
        token = self._keyring.find(key)
        if token is None or token.kind != "token" or token.revoked_at is not None or token.person is None:
            return None
        caller = self._callers.of(token, self._people[token.person])
        return None if self._clock.now() - caller.used_at > self._tokens_last else caller

    def note_use(self, caller: Caller) -> None:
        """Write down, twice a day at most, that a device is in use; a disk that is full keeps nobody from reading."""
        now = self._clock.now()
        if now - caller.used_at < _NOTE_USE_AFTER:
            return
        id_, at = caller.key.id, format_time(now)

        with contextlib.suppress(StoreError):
            self._committer.run(
                lambda db: directory.note_use_of_key(db, id_, at), then=lambda _: self._keyring.note_use(id_, at)
            )

    def make_link(
        self, workshop: str, *, person: str | None = None, role: Role | None = None, anew: bool = False
    ) -> tuple[AccessKey, str]:
        """Return a new link, of a person or of a role, and its key, which is kept nowhere.

        `anew`: in place of those that the person has; they are revoked. Raises `Refused`: not_found for an unknown
        person, bad_message for both or neither, and for the link of a role made anew.
        """
        if (person is None) == (role is None) or (anew and person is None):
            raise Refused(Refusal.BAD_MESSAGE)
        if person is None:
            return self._make_key(workshop, "role", role=role)
        whose, at = self._person(workshop, person).id, format_time(self._clock.now())
        revoked: list[AccessKey] = []

        def revoke_others(db: Database) -> None:
            for link in directory.valid_keys_of(db, whose, "personal") if anew else ():
                revoked.extend(directory.revoke_key(db, link.id, at))

        made = self._make_key(
            workshop, "personal", person=whose, also=[revoke_others], then=lambda: self._keyring.keep(revoked)
        )
        self._tell_revoked(revoked)
        return made

    def make_device_link(self, caller: Caller) -> tuple[AccessKey, str]:
        """Return a link by which a person goes on with another device: good once, and for ten minutes."""
        return self._make_key(
            caller.person.workshop,
            "device",
            person=caller.person.id,
            parent=caller.key.parent,
            guest=caller.key.guest,
            also=[lambda db: must_be_valid(db, caller.key.id)],
        )

    def revoke(self, workshop: str, id_: str) -> None:
        """Revoke a link or a token and all that came from it; raise `Refused` (not_found)."""
        key = self._keyring.find(id_)
        if key is None or key.workshop != workshop:
            raise Refused(Refusal.NOT_FOUND)
        at = format_time(self._clock.now())
        self._tell_revoked(self._committer.run(lambda db: directory.revoke_key(db, id_, at), then=self._keyring.keep))

    def sign_out(self, workshop: str, person: str) -> None:
        """Sign a person out on all devices, also on one that is about to come; their links stay.

        Raises `Refused` (not_found).
        """
        whose, at = self._person(workshop, person).id, format_time(self._clock.now())

        def revoke(db: Database) -> list[AccessKey]:
            devices = directory.valid_keys_of(db, whose, "token", "device")
            return [key for device in devices for key in directory.revoke_key(db, device.id, at)]

        self._tell_revoked(self._committer.run(revoke, then=self._keyring.keep))

    def correct(self, by: Caller, person: str, changes: Details, seen: Details) -> PersonRow:
        """Put right what the directory says of a person, if the sender still saw it as it is; return how it is now.

        What is as wanted already is no conflict: a correction can be sent again. Raises `Refused`: not_found, stale, and
        revoked if the sender was signed out meanwhile; not_allowed for one's own role, so that somebody keeps the desk.
        """
        workshop = by.person.workshop
        if "role" in changes and person == by.person.id:
            raise Refused(Refusal.NOT_ALLOWED)
        if changes.get("group") not in {None, *(group.id for group in self._groups[workshop])}:
            raise Refused(Refusal.NOT_FOUND)

        def write(db: Database) -> list[PersonRow]:
            # Two who correct at once are told apart here.
            must_be_valid(db, by.key.id)
            row = directory.find_person(db, person)
            if row is None or row.workshop != workshop:
                raise Refused(Refusal.NOT_FOUND)
            known = self.as_person(row)
            if any(getattr(known, name) not in {seen[name], wanted} for name, wanted in changes.items()):
                raise Refused(Refusal.STALE)
            columns = {_COLUMNS.get(name, name): wanted or None for name, wanted in changes.items()}
            corrected = replace(row, **columns)  # type: ignore[arg-type]  # of the columns that can be corrected
            directory.update_person(db, corrected)
            return [corrected]

        return self._committer.run(write, then=self._keep_people)[0]

    def follow(self, workshop: str, person: Person, *, was: Person | None = None) -> None:
        """Agree with a session on the role of a person, and on who a guest is; whoever was typed into it is not known here.

        `was` is what an undo has found: what has been decided elsewhere since then stays.
        """
        known = self._people.get(person.id)
        if known is None or known.workshop != workshop:
            return

        def agree(db: Database) -> list[PersonRow]:
            # As it is now: it may have been put right since it was read into memory.
            row = directory.find_person(db, person.id)
            wanted = person.role.value
            if row is None or row.role == wanted or (was is not None and row.role != was.role.value):
                return []
            changed = replace(row, role=wanted)
            directory.update_person(db, changed)
            return [changed]

        if self._committer.run(agree, then=self._keep_people):
            self.tell_otherwise(person.id)
        if person.linked_to is not None:
            self._recognise(person.id, self._person(workshop, person.linked_to).id)
        elif was is not None and was.linked_to is not None:
            self._take_back_recognition(person.id, was.linked_to)

    def _recognise(self, guest: str, person: str) -> None:
        """Let the devices of a guest be those of the person whom they turned out to be."""

        def hand_over(db: Database) -> list[AccessKey]:
            keys = directory.valid_keys_of(db, guest, "token", "device")
            return [directory.give_key(db, key, person, guest=guest) for key in keys]

        if self._committer.run(hand_over, then=self._keyring.keep):
            self.tell_otherwise(guest)

    def _take_back_recognition(self, guest: str, person: str) -> None:
        def give_back(db: Database) -> list[AccessKey]:
            keys = (key for key in directory.keys_of_guest(db, guest) if key.person == person)
            return [directory.give_key(db, key, guest, guest=None) for key in keys]

        if self._committer.run(give_back, then=self._keyring.keep):
            self.tell_otherwise(person)

    def as_person(self, row: PersonRow) -> Person:
        """Return a person as a session knows them."""
        named = self._organisations.get((row.workshop, row.organisation)) if row.organisation else None
        return person_of(row, organisation=row.organisation_name or named or "")

    def _person(self, workshop: str, id_: str) -> PersonRow:
        row = self._people.get(id_)
        if row is None or row.workshop != workshop:
            raise Refused(Refusal.NOT_FOUND)
        return row

    def _redeem_device(self, link: AccessKey) -> SignedIn:
        if self._clock.now() - parse_time(link.created_at) > DEVICE_LINK_LASTS:
            raise Refused(Refusal.REVOKED)
        at, spent = format_time(self._clock.now()), list[AccessKey]()

        def spend(db: Database) -> None:
            # Two who come at once are told apart here: it is good once.
            must_be_valid(db, link.id)
            spent.extend(directory.revoke_key(db, link.id, at))

        person = self._people[str(link.person)]
        return self._sign_in(
            person, parent=link.parent, guest=link.guest, also=[spend], then=lambda: self._keyring.keep(spent)
        )

    def _new_person(self, workshop: str, role: Role, new: NewPerson) -> PersonRow:
        if new.group is not None and new.group not in {group.id for group in self._groups[workshop]}:
            raise Refused(Refusal.NOT_FOUND)
        return PersonRow(
            id=self._clock.make_id("p-"),
            workshop=workshop,
            name=new.name,
            role=role,
            attendance=new.attendance,
            created_at=format_time(self._clock.now()),
            organisation_name=new.organisation or None,
            group=new.group,
            language=new.language,
            guest=True,
        )

    def _sign_in(
        self,
        person: PersonRow,
        *,
        parent: str | None,
        guest: str | None = None,
        also: Iterable[Callable[[Database], object]] = (),
        then: Callable[[], object] = lambda: None,
    ) -> SignedIn:
        """Make a token for a person; `also` is written with it, `then` called before anybody hears of it."""

        def known() -> None:
            self._people.setdefault(person.id, person)
            then()

        key, token = self._make_key(
            person.workshop, "token", person=person.id, parent=parent, guest=guest, also=also, then=known
        )
        return SignedIn(token=token, caller=self._callers.of(key, self._people[person.id]))

    def _make_key(  # noqa: PLR0913 (the columns of a row)
        self,
        workshop: str,
        kind: str,
        *,
        person: str | None = None,
        role: Role | None = None,
        parent: str | None = None,
        guest: str | None = None,
        also: Iterable[Callable[[Database], object]] = (),
        then: Callable[[], object] = lambda: None,
    ) -> tuple[AccessKey, str]:
        secret = self._clock.make_key()
        key = AccessKey(
            id=self._clock.make_id("k-"),
            workshop=workshop,
            kind=kind,
            hash=directory.hash_key(secret),
            created_at=format_time(self._clock.now()),
            person=person,
            role=role,
            parent=parent,
            guest=guest,
        )

        def write(db: Database) -> None:
            if parent is not None:
                must_be_valid(db, parent)
            for work in also:
                work(db)
            directory.add_key(db, key)

        def keep(_: None) -> None:
            then()
            self._keyring.keep([key])

        self._committer.run(write, then=keep)
        return key, secret

    def _keep_people(self, people: Iterable[PersonRow]) -> None:
        self._people.update((person.id, person) for person in people)

    def _tell_revoked(self, keys: Iterable[AccessKey]) -> None:
        ids = frozenset(key.id for key in keys)
        for call in self._when_revoked if ids else ():
            call(ids)
