"""The copies of a database in a folder: their names, and which of them have served their time.

A name tells the database, the time and whether the copy is sound: `companion-2026-10-18T084505Z.db`, or
`companion-2026-10-18T084505Z.changed.db` where its history was changed.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from companion.config import BackupSettings

UNCHECKED = ".unchecked"
"""What a copy's name ends in until it is known to be one."""
_TIME = "%Y-%m-%dT%H%M%SZ"
_STAMPED = re.compile(r"(?P<stem>.+)-(?P<at>\d{4}-\d\d-\d\dT\d{6}Z)(?P<changed>\.changed)?\.db", re.ASCII)


class Copy(NamedTuple):
    """A copy of a database, made at `at`; `changed`: entries in it are not what was written."""

    at: datetime
    path: Path
    changed: bool


def folder_of(database: Path, settings: BackupSettings) -> Path:
    """Return where the copies of a database are kept."""
    return Path(settings.folder).resolve() if settings.folder else Path(f"{database.resolve()}.backups")


def name_of(database: Path, at: datetime, *, changed: bool = False) -> str:
    """Return the name of a copy made at `at`."""
    return f"{database.stem}-{stamp(at)}{'.changed' if changed else ''}.db"


def stamp(at: datetime) -> str:
    """Return a time as it stands in names of files: `2026-10-18T084505Z`."""
    return at.astimezone(UTC).strftime(_TIME)


def found(folder: Path, database: Path) -> list[Copy]:
    """Return the copies of a database that a folder holds, oldest first; none where there is no folder."""
    if not folder.is_dir():
        return []
    named = ((path, _STAMPED.fullmatch(path.name)) for path in folder.iterdir())
    return sorted(
        Copy(datetime.strptime(name["at"], _TIME).replace(tzinfo=UTC), path, name["changed"] is not None)
        for path, name in named
        if name is not None and name["stem"] == database.stem
    )


def unfinished(folder: Path, database: Path) -> list[Path]:
    """Return what is left of copies that were never finished."""
    return sorted(folder.glob(f"{database.stem}-*{UNCHECKED}*"))


def outdated(copies: Sequence[Copy], settings: BackupSettings) -> list[Copy]:
    """Return which of `copies`, oldest first, have served their time. Of those that were changed only the last is kept."""
    sound = [copy for copy in copies if not copy.changed]
    by_hour = {copy.at.replace(minute=0, second=0): copy for copy in sound}
    by_day = {copy.at.date(): copy for copy in sound}
    changed = [copy for copy in copies if copy.changed]
    kept = {
        *sound[-settings.keep_last :],
        *_last([*by_hour.values()], settings.keep_hourly),
        *_last([*by_day.values()], settings.keep_daily),
        *_last(changed, 1),
    }
    return [copy for copy in copies if copy not in kept]


def _last(copies: list[Copy], count: int) -> list[Copy]:
    return copies[len(copies) - min(count, len(copies)) :]
