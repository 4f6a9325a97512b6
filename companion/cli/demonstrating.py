"""The demo's database: the sample workshop, moved so that its first panel begins now."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from companion import places
from companion.cli.refusing import CommandRefused
from companion.clock import Clock
from companion.config import SessionSettings
from companion.intake import moving, preparing, reading, writing
from companion.store import directory
from companion.store.database import Database
from companion.store.directory import Workshop


def prepare_database(path: Path, settings: SessionSettings) -> str:
    """Have the demo at `path`, and return a sentence on how.

    That of an earlier start is taken up again on the days of its programme, and put aside afterwards. Raises
    `CommandRefused` where another workshop is kept there, and `CannotOpen`; the file is unchanged then.
    """
    source = reading.read(places.demo_file().read_bytes())
    clock = Clock()
    with Database.open(path) as db:
        found = directory.workshops(db)
        if any(workshop.id != source.form.event.id for workshop in found):
            raise CommandRefused(f"{path} holds another workshop: give the demo a file of its own (--database FILE)")
        if found and _is_now(found[0], clock):
            return f"The demo in {path.resolve()} goes on where it was."
        if not found:
            _write(db, source, settings, clock)
            return f"The demo was made anew in {path.resolve()}."
    aside = _put_aside(path, found[0])
    with Database.open(path) as db:
        _write(db, source, settings, clock)
    return f"The demo was made anew in {path.resolve()}; that of {found[0].start_date} is kept as {aside.name}."


def _write(db: Database, source: reading.Source, settings: SessionSettings, clock: Clock) -> None:
    moved = moving.move_to(source, clock.now().replace(second=0, microsecond=0))
    writing.write(db, preparing.prepare(moved, settings, clock), clock)


def _is_now(workshop: Workshop, clock: Clock) -> bool:
    today = clock.now().astimezone(ZoneInfo(workshop.time_zone)).date()
    return date.fromisoformat(workshop.start_date) <= today <= date.fromisoformat(workshop.end_date)


def _put_aside(path: Path, workshop: Workshop) -> Path:
    """Rename the file after its first day. It was closed last by this process, so it is one plain file."""
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        aside = path.with_name(f"{path.stem}-{workshop.start_date}{suffix}{path.suffix}")
        if not aside.exists():
            return path.rename(aside)
        number += 1
