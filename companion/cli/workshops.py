"""`import`: takes in a workshop from a file."""

import argparse
import os

from companion.cli.refusing import CommandRefused, sentences
from companion.clock import Clock, format_time, show_join_code
from companion.config import Settings
from companion.core.people import Role
from companion.intake import preparing, reading, writing
from companion.intake.preparing import Prepared
from companion.store import directory
from companion.store.database import Database
from companion.store.directory import AccessKey


def take_in(options: argparse.Namespace) -> int:
    """Write the workshop of a file into the database, and print how its secretariat gets in."""
    with sentences():
        settings = Settings.load(options.config, os.environ)
        clock = Clock()
        prepared = preparing.prepare(reading.read(_content(options)), settings.session, clock)
        path = options.database or settings.database.path
        with Database.open(path) as db:
            writing.write(db, prepared, clock)
            keys = _keys_of_secretariat(db, prepared, clock)
    print(f"{prepared.workshop.title}")
    print(f"  {len(prepared.sessions)} sessions, {len(prepared.people)} people, into {path}")
    print(f"  join code {show_join_code(prepared.workshop.join_code)}")
    print("The secretariat's way in, kept nowhere else (behind the address of the server):")
    for name, key in keys:
        print(f"  {name}: /enter#{key}")
    return 0


def _content(options: argparse.Namespace) -> bytes:
    try:
        with options.file.open("rb") as file:
            return bytes(file.read(reading.MOST_BYTES + 1))
    except OSError as error:
        raise CommandRefused(f"{options.file} cannot be read: {error.strerror}") from error


def _keys_of_secretariat(db: Database, prepared: Prepared, clock: Clock) -> list[tuple[str, str]]:
    """Make a link for each person of the secretariat, or one for the role where there is none."""
    theirs = [person for person in prepared.people if person.role == Role.SECRETARIAT]
    with db.transaction():
        if not theirs:
            return [("whoever gives a name", _add_key(db, prepared, clock, None))]
        return [(person.name, _add_key(db, prepared, clock, person.id)) for person in theirs]


def _add_key(db: Database, prepared: Prepared, clock: Clock, person: str | None) -> str:
    secret = clock.make_key()
    key = AccessKey(
        id=clock.make_id("k-"),
        workshop=prepared.workshop.id,
        kind="role" if person is None else "personal",
        hash=directory.hash_key(secret),
        created_at=format_time(clock.now()),
        person=person,
        role=Role.SECRETARIAT if person is None else None,
    )
    directory.add_key(db, key)
    return secret
