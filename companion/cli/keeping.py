"""`backup` and `restore`: a copy of a database, and one put in its place."""

import argparse
import os
from pathlib import Path

from companion.cli.refusing import CommandRefused, sentences
from companion.clock import Clock
from companion.config import Settings
from companion.keeping import making, restoring
from companion.keeping.making import Order
from companion.keeping.restoring import Compared
from companion.store.errors import Missing

_MB = 1_000_000


def backup(options: argparse.Namespace) -> int:
    """Copy a database, also beside a server that runs on it, and print what the copy is."""
    with sentences():
        settings = Settings.load(options.config, os.environ)
        if not options.database.exists():
            raise Missing(f"{options.database} does not exist")
        if options.file is None:
            return _into_the_folder(options.database, settings)
        found = making.copy_to(options.database, options.file.resolve())
    _say_what_it_is(options.file, found.sessions, found.entries)
    _refuse_changed(options.file, "; ".join(found.faults))
    return 0


def restore(options: argparse.Namespace) -> int:
    """Put a copy in the place of a database that no server holds, and print what was lost by it."""
    with sentences():
        restored = restoring.restore(options.backup, options.database, Clock(), changed_too=options.changed)
    print(f"{options.database} is now what {options.backup} was.")
    if restored.aside is not None:
        print(f"What it was before is kept as {restored.aside.name}.")
    if restored.sessions is None:
        print("It could not be read, so what is lost cannot be told.")
    for session in restored.sessions or ():
        print(f"  session {session.session}: {_said(session)}")
    print("Screens load anew when the server has started; what their people had not yet sent is sent then.")
    return 0


def _into_the_folder(database: Path, settings: Settings) -> int:
    report = making.carry_out(Order(database=str(database), backup=settings.backup), Clock())
    if report.outcome == "failed":
        raise CommandRefused(report.fault)
    _say_what_it_is(Path(report.path), report.sessions, report.entries)
    _refuse_changed(Path(report.path), report.fault)
    return 0


def _say_what_it_is(path: Path, sessions: int, entries: int) -> None:
    print(f"{path}: {sessions} sessions, {entries} entries, {path.stat().st_size / _MB:.1f} MB")


def _refuse_changed(path: Path, fault: str) -> None:
    if fault:
        raise CommandRefused(f"{path} was made, but what it was made from was changed: {fault}")


def _said(session: Compared) -> str:
    kept = "nothing" if session.kept_until is None else f"{session.kept} entries, until {session.kept_until}"
    if not session.lost:
        return f"{kept}; nothing is lost"
    return f"{kept}; {session.lost} are lost that came after, until {session.lost_until}"
