"""`export` writes the record of a session; `verify` checks that nothing was changed."""

import argparse
import contextlib
import os
import sys
from pathlib import Path

from companion.cli.refusing import CommandRefused, sentences
from companion.collecting import without_collecting
from companion.config import Settings
from companion.keeping import soundness
from companion.record import archives, building, bundles
from companion.record.draft_formats import DraftFormat, render_draft
from companion.record.formats import Format, render
from companion.record.history import NothingRecorded
from companion.record.model_documents import Notes
from companion.store import directory, journal
from companion.store.database import Database, open_for_reading
from companion.store.verification import Broken, verify_all

_STANDARD_OUTPUT = "-"


def export(options: argparse.Namespace) -> int:
    """Write the record of a session, or of all, to a file, whole or not at all; the database is only read."""
    with sentences(), without_collecting():
        path = options.database or Settings.load(options.config, os.environ).database.path
        with open_for_reading(path) as db:
            content = _archived(db, options) if options.all else _rendered(db, options)
    if options.out == _STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        _write(Path(options.out), content)
    return 0


def verify(options: argparse.Namespace) -> int:
    """Print what each journal is: whole, with its head, or broken at an entry."""
    if bundles.is_bundle(options.file):
        return _verify_bundle(options.file)
    with sentences(), open_for_reading(options.file) as db:
        db.check()
        findings = list(verify_all(db))
        for finding in findings:
            if not isinstance(finding, Broken):
                print(f"session {finding.session}: {finding.entries} entries, head {finding.head.chain}")
        faults = [fault for finding in findings if (fault := soundness.fault_of(db, finding)) is not None]
        if faults:
            raise CommandRefused("; ".join(faults))
        if options.record is not None:
            _compare(db, options.record)
    print("Nothing was changed." if findings else "There is no journal in it yet.")
    return 0


def _rendered(db: Database, options: argparse.Namespace) -> bytes:
    try:
        record = building.build(journal.briefs(db, options.session), Notes(options.notes))
    except NothingRecorded as error:
        raise CommandRefused(f"there is no session {options.session} in {db.path}") from error
    if options.format in {each.value for each in DraftFormat}:
        return render_draft(record, DraftFormat(options.format), options.language)
    return render(record, Format(options.format), options.language)


def _archived(db: Database, options: argparse.Namespace) -> bytes:
    """Return the records of all sessions that have a journal, in the order of the programme, as a ZIP."""
    known = [workshop.id for workshop in directory.workshops(db)]
    if options.workshop is not None and options.workshop not in known:
        raise CommandRefused(f"there is no workshop {options.workshop} in {db.path}")
    wanted = known if options.workshop is None else [options.workshop]
    sessions = [session.id for workshop in wanted for session in directory.sessions(db, workshop)]
    archive = archives.Archive(options.language)
    for session in sessions:
        with contextlib.suppress(NothingRecorded):
            archive.add(building.build(journal.briefs(db, session), Notes(options.notes)))
    if not archive.count:
        raise CommandRefused(f"nothing is recorded in {db.path} yet")
    return archive.content()


def _write(path: Path, content: bytes) -> None:
    new = Path(f"{path}.tmp")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.rename(path)
    except OSError as error:
        raise CommandRefused(f"{path} cannot be written: {error.strerror}") from error


def _compare(db: Database, path: Path) -> None:
    """Compare with the head that a record kept elsewhere names: it shows a tail cut off, and a history written anew."""
    try:
        session, head = bundles.head_of_record(path)
    except bundles.BrokenBundle as error:
        raise CommandRefused(str(error)) from error
    entry = next(journal.read(db, session, head.seq - 1, head.seq), None)
    if entry is None:
        raise CommandRefused(f"session {session}: entry {head.seq} is missing, which {path} was made from")
    if entry.chain != head.chain:
        raise CommandRefused(
            f"session {session}: entry {head.seq}, or one before it, is not the one {path} was made from"
        )
    print(f"session {session}: {path} was made from it, up to entry {head.seq}")


def _verify_bundle(path: Path) -> int:
    try:
        verified = bundles.verify(path)
    except bundles.BrokenBundle as error:
        raise CommandRefused(str(error)) from error
    print(f"session {verified.session}: {verified.head.seq} entries, head {verified.head.chain}")
    print("Their order, times, actors and types are as written; what they say can be checked in the database only.")
    return 0
