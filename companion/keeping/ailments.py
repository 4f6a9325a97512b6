"""What an operator should know before the doors open: what is well, what may become a trouble, what is one.

Nothing is changed by looking, and a server may be running meanwhile.
"""

import resource
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from companion.clock import Clock, parse_time
from companion.config import Settings
from companion.keeping import certificates, copies, soundness
from companion.store import journal, opening
from companion.store.database import SQLITE_VERSION, Database, free_bytes, open_for_reading
from companion.store.errors import StoreError

_MB: Final = 1 << 20
_FREE_FOR_A_DAY_MB: Final = 1_000
_FREE_AT_LEAST_MB: Final = 200
_CERTIFICATE_SOON: Final = timedelta(days=14)
_COPY_BEHIND: Final = timedelta(minutes=5)
_WRONG_CLOCK_BEFORE: Final = 2026
_OPEN_FILES_BESIDE_SOCKETS: Final = 100
_OTHERS: Final = 0o077
_NETWORK_FILE_SYSTEMS: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph"})


class Level(StrEnum):
    """How a finding is to be taken."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class Finding(NamedTuple):
    """One thing that was looked at, and a sentence on it."""

    level: Level
    about: str
    said: str


Findings = Iterator[Finding]


def look(settings: Settings, clock: Clock, *, mounts: Path = Path("/proc/mounts")) -> Findings:
    """Look at everything that the settings name, the quick things first."""
    path = Path(settings.database.path).resolve()
    held = opening.is_held(path)
    yield Finding(Level.OK, "sqlite", f"SQLite is {SQLITE_VERSION}")
    yield from _clock(clock.now())
    yield from _open_files(settings)
    yield from _port(settings, held=held)
    yield from _certificate(settings, clock.now())
    yield from _disk(path, mounts)
    yield from _database(settings, path, clock.now(), held=held)


def _clock(now: datetime) -> Findings:
    if now.year < _WRONG_CLOCK_BEFORE:
        yield Finding(Level.PROBLEM, "clock", f"the clock of this machine says {now:%d %B %Y}: set it")
    else:
        yield Finding(Level.OK, "clock", f"the clock says {now:%d %B %Y, %H:%M} UTC")


def _open_files(settings: Settings) -> Findings:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)  # the server raises its own limit to this
    needed = settings.server.max_sockets + _OPEN_FILES_BESIDE_SOCKETS
    if most != resource.RLIM_INFINITY and most < needed:
        said = (
            f"the system lets a program open {most} files, which is room for {max(0, most - _OPEN_FILES_BESIDE_SOCKETS)} "
            f"screens and not for the {settings.server.max_sockets} of [server] max_sockets: raise it (LimitNOFILE, ulimit -Hn {needed})"
        )
        yield Finding(Level.WARNING, "open files", said)
    else:
        yield Finding(Level.OK, "open files", f"the system lets a program open {most} files")


def _port(settings: Settings, *, held: bool) -> Findings:
    host, port = settings.server.host, settings.server.port
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        if held:
            yield Finding(Level.OK, "port", f"{host}, port {port}, is taken: a server is running on the database")
        else:
            yield Finding(Level.PROBLEM, "port", f"{host}, port {port}, cannot be listened on: {error.strerror}")
        return
    yield Finding(Level.OK, "port", f"{host}, port {port}, is free")


def _certificate(settings: Settings, now: datetime) -> Findings:
    if not settings.server.tls_certificate:
        return
    try:
        until = certificates.holds_until(settings.server.tls_certificate, settings.server.tls_key)
    except certificates.Unusable as unusable:
        yield Finding(Level.PROBLEM, "certificate", f"{settings.server.tls_certificate} cannot be used: {unusable}")
        return
    level = Level.WARNING if until - now < _CERTIFICATE_SOON else Level.OK
    yield Finding(level, "certificate", f"{settings.server.tls_certificate} holds until {until:%d %B %Y, %H:%M} UTC")


def _disk(path: Path, mounts: Path) -> Findings:
    folder = path.parent
    if not folder.is_dir():
        yield Finding(Level.PROBLEM, "disk", f"the folder {folder} does not exist")
        return
    free = free_bytes(folder) // _MB
    level = Level.PROBLEM if free < _FREE_AT_LEAST_MB else Level.WARNING if free < _FREE_FOR_A_DAY_MB else Level.OK
    yield Finding(level, "disk", f"{free} MB are free in {folder}")
    kind = _file_system(folder, mounts)
    if kind in _NETWORK_FILE_SYSTEMS:
        said = f"{folder} is on another machine ({kind}), where SQLite may lose what was recorded: move the database to a disk of this one"
        yield Finding(Level.PROBLEM, "disk", said)


def _file_system(folder: Path, mounts: Path) -> str:
    """Return the kind of file system that a folder is on, as the system calls it; empty where it does not say."""
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ""
    above = {str(folder), *map(str, folder.parents)}
    mounted = [(len(fields[1]), place, fields[2]) for place, fields in enumerate(lines) if fields[1] in above]
    return max(mounted)[2] if mounted else ""


def _database(settings: Settings, path: Path, now: datetime, *, held: bool) -> Findings:
    if not path.exists():
        said = f"{path} is not there yet: companion import FILE takes a workshop in, companion demo plays one"
        yield Finding(Level.WARNING, "database", said)
        return
    runs = "a server is running on it" if held else "no server is running on it"
    yield Finding(Level.OK, "database", f"{path}: {runs}")
    if path.stat().st_mode & _OTHERS:
        yield Finding(Level.WARNING, "database", f"others on this machine can read {path}: chmod 600")
    if Path(f"{path}{opening.RESTORING}").exists():
        yield Finding(Level.PROBLEM, "database", f"{path} was about to be restored: ask for that again")
    try:
        with open_for_reading(path) as db:
            last = _last_at(db)
            yield from _journals(db)
    except StoreError as error:
        yield Finding(Level.PROBLEM, "database", str(error))
        return
    if last is not None and last > now:
        said = f"the last entry is of {last:%d %B %Y, %H:%M:%S} UTC, which is still to come: the clock of this machine is slow"
        yield Finding(Level.PROBLEM, "clock", said)
    yield from _copies(settings, path, last)


def _journals(db: Database) -> Findings:
    found = soundness.examine(db)
    for fault in found.faults:
        yield Finding(Level.PROBLEM, "journals", fault)
    if not found.faults:
        yield Finding(Level.OK, "journals", f"{found.sessions} sessions, {found.entries} entries: nothing was changed")


def _last_at(db: Database) -> datetime | None:
    """Return when the last entry of any session was made."""
    heads = ((session, journal.head(db, session).seq) for session in journal.sessions_with_entries(db))
    times = [entry.at for session, seq in heads for entry in journal.read(db, session, seq - 1, seq)]
    return max(map(parse_time, times)) if times else None


def _copies(settings: Settings, path: Path, last: datetime | None) -> Findings:
    folder = copies.folder_of(path, settings.backup)
    found = [copy for copy in copies.found(folder, path) if not copy.changed]
    if not settings.backup.every_seconds:
        yield Finding(Level.WARNING, "copies", "no copies are made: [backup] every_seconds is 0")
    if not found:
        yield Finding(Level.WARNING, "copies", f"there is no copy in {folder} yet: the server makes one when it starts")
        return
    newest = found[-1]
    try:
        with open_for_reading(newest.path) as db:
            faults: tuple[str, ...] = soundness.examine(db).faults
    except StoreError as error:
        faults = (str(error),)
    if faults:
        yield Finding(Level.PROBLEM, "copies", f"the newest copy, {newest.path}, is not sound: {'; '.join(faults)}")
        return
    behind = timedelta(0) if last is None else last - newest.at
    said = f"{len(found)} in {folder}; the newest, {newest.path.name}, is sound"
    if behind > _COPY_BEHIND:
        yield Finding(Level.WARNING, "copies", f"{said}, but lacks the last {behind // timedelta(minutes=1)} minutes")
    else:
        yield Finding(Level.OK, "copies", said)
    if folder.stat().st_dev == path.stat().st_dev:
        said = f"{folder} is on the same disk as the database: [backup] folder can name one on another"
        yield Finding(Level.WARNING, "copies", said)
