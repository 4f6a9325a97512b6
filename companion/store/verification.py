"""Whether a journal is what was written: the first entry that was changed is named.

Two things it cannot show, and a copy of the head kept elsewhere does (every export prints it): a tail that was cut off,
and a history written anew from some entry on, with all its hashes. Of the answers beside the entries it shows those
that name no entries of theirs; the rest of an answer is covered by no hash.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from companion.store import journal
from companion.store.errors import Corrupt
from companion.store.journal import Answered, Entry, Head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from companion.store.database import Database

PURGED = "session.purged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A journal without a fault: how many entries it has, and its head, to compare with a copy kept elsewhere."""

    session: str
    entries: int
    head: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """The first entry that is not what was written.

    `columns` are those of which at least one was changed, `what` is a sentence; `seq` is the entry's (of an answer: the
    first that it names).
    """

    session: str
    seq: int
    columns: tuple[str, ...]
    what: str

    def __str__(self) -> str:
        return f"session {self.session}, entry {self.seq}: {self.what}"


class _Purge(msgspec.Struct, frozen=True):
    """The body of a purge: the entries whose body and salt it removes."""

    seqs: tuple[int, ...]


def verify_all(db: Database) -> Iterator[Verified | Broken]:
    """Yield the finding on each session that has a journal, or answers without one."""
    with _bytes_kept(db):
        sessions = journal.sessions_with_entries(db)
    for session in sessions:
        name = session.encode(errors="surrogateescape").decode(errors="backslashreplace")
        if name == session:
            yield verify(db, session)
        else:
            yield Broken(session=name, seq=0, columns=("session",), what="the session's id is not what was written")


def verify(db: Database, session: str) -> Verified | Broken:
    """Read the whole journal of a session and return what it is: whole, or broken at its first changed entry.

    It computes for some 10 µs per entry, so it is run in a process of its own. Raises `Corrupt` if SQLite cannot read
    the file to the end.
    """
    try:
        with _bytes_kept(db):
            return _verify(db, session)
    except sqlite3.DatabaseError as error:
        raise Corrupt(f"{db.path} is damaged ({error}): restore a backup") from error


@contextlib.contextmanager
def _bytes_kept(db: Database) -> Iterator[None]:
    """Read text that a changed byte made invalid without an error, and without taking it for another."""
    conn = db.sql.conn
    usual, conn.text_factory = conn.text_factory, _text_of_any_bytes
    try:
        yield
    finally:
        conn.text_factory = usual


def _text_of_any_bytes(value: bytes) -> str:
    return value.decode(errors="surrogateescape")


def _verify(db: Database, session: str) -> Verified | Broken:
    purged = _purged(db, session)
    head = Head(seq=0, chain=journal.first_link(session))
    bare: Entry | None = None
    makers: list[tuple[str, str]] = []
    entries = journal.read(db, session)
    for entry in entries:
        fault = _fault(head, entry)
        if fault is None and _link(head.chain, entry, entry.digest) != entry.chain:
            fault = _fault_of_link(head.chain, entry, next(entries, None))
        if fault is not None:
            return fault if bare is None or _may_be_a_purge(entry, head) else _bare(bare)
        if entry.body is None and entry.seq not in purged:
            bare = bare or entry
        head = Head(seq=entry.seq, chain=entry.chain)
        makers.append((entry.actor, entry.command))
    if bare is not None:
        return _bare(bare)
    stray = _stray(db, session)
    if stray is not None:
        return _gap(session, head.seq + 1, stray)
    faults = (_fault_of_answer(answered, makers) for answered in journal.answers(db, session))
    return next(filter(None, faults), None) or Verified(session=session, entries=head.seq, head=head)


def _purged(db: Database, session: str) -> set[int]:
    """Return the entries that purges list whose own body is what was written."""
    rows = db.sql.conn.execute(
        "SELECT seq, body, salt, digest FROM event WHERE session = ? AND type = ?", (session, PURGED)
    )
    purged: set[int] = set()
    for seq, body, salt, digest in rows:
        purge = _purge_in(body)
        if purge is not None and salt is not None and _digest(salt, body) == digest:
            purged.update(listed for listed in purge.seqs if listed < seq)
    return purged


def _fault(head: Head, entry: Entry) -> Broken | None:
    """Look for a fault in everything of `entry` but the fields that only the chain covers."""
    if entry.seq != head.seq + 1:
        return _gap(entry.session, head.seq + 1, entry.seq)
    if entry.body is None and entry.salt is None:
        return None
    if entry.body is None or entry.salt is None:
        gone, left = ("body", "salt") if entry.body is None else ("salt", "body")
        return _broken(entry, (gone,), f"its {gone} is missing though its {left} is there")
    computed = _digest(entry.salt, entry.body)
    if computed == entry.digest:
        return None
    if _link(head.chain, entry, computed) == entry.chain:
        return _broken(entry, ("digest",), "its digest was changed")
    if _link(head.chain, entry, entry.digest) == entry.chain:
        return _broken(entry, ("body", "salt"), "its body or its salt was changed")
    return _broken(entry, ("body", "salt", "digest"), "its body, salt or digest was changed, and more of it")


def _fault_of_link(previous: str, entry: Entry, following: Entry | None) -> Broken:
    """Tell a changed link from changed fields by the entry that follows: it is chained to the link as it was."""
    fields = ("session", "at", "actor", "command", "type")
    if following is None:
        return _broken(entry, ("chain", *fields), "its chain, time, actor, command or type was changed")
    computed = _link(previous, entry, entry.digest)
    if _link(computed, following, following.digest) == following.chain:
        return _broken(entry, ("chain",), "its chain was changed")
    # Without a body nothing but the chain covers the digest either.
    suspects = fields if entry.body is not None else ("digest", *fields)
    return _broken(entry, suspects, "its time, actor, command or type was changed")


def _fault_of_answer(answered: Answered, makers: list[tuple[str, str]]) -> Broken | None:
    """Compare an answer with the entries that it names: `makers` are actor and command of each, in order."""
    first, last = answered.first_seq, answered.last_seq
    seqs = f"{first} to {last}"
    if first < 1 or last < first - 1 or last > len(makers):
        columns: tuple[str, ...] = ("session", "first_seq", "last_seq")
        what = f"the answer to command {answered.id!a} names entries {seqs}, which do not exist"
    elif any(maker != (answered.actor, answered.id) for maker in makers[first - 1 : last]):
        columns = ("session", "actor", "id", "first_seq", "last_seq")
        what = f"the answer to command {answered.id!a} names entries {seqs}, which come from another command"
    elif answered.result is not None and not _is_json(answered.result):
        columns = ("result",)
        what = f"the answer to command {answered.id!a} was changed"
    else:
        return None
    return Broken(session=answered.session, seq=first, columns=columns, what=what)


def _may_be_a_purge(entry: Entry, head: Head) -> bool:
    """Return whether the missing bodies before a broken entry may be explained by it, or by one missing before it."""
    return entry.type == PURGED or _purge_in(entry.body) is not None or entry.seq != head.seq + 1


def _purge_in(body: str | None) -> _Purge | None:
    try:
        return None if body is None else msgspec.json.decode(body, type=_Purge)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None


def _stray(db: Database, session: str) -> int | None:
    """Return a number that no entry can have, if one has it."""
    row = db.sql.conn.execute("SELECT seq FROM event WHERE session = ? AND seq < 1", (session,)).fetchone()
    return None if row is None else int(row[0])


def _digest(salt: str, body: str) -> str:
    try:
        return journal.digest_of(salt, body)
    except ValueError:  # a changed byte: the salt is no hexadecimal, or the body no text
        return ""


def _link(previous: str, entry: Entry, digest: str) -> str:
    try:
        return journal.link(
            previous,
            session=entry.session,
            seq=entry.seq,
            at=entry.at,
            actor=entry.actor,
            command=entry.command,
            type=entry.type,
            digest=digest,
        )
    except UnicodeEncodeError:
        return ""


def _is_json(text: str) -> bool:
    try:
        msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return False
    return True


def _gap(session: str, seq: int, found: int) -> Broken:
    what = f"it is missing: entry {found} stands in its place"
    return Broken(session=session, seq=seq, columns=("session", "seq"), what=what)


def _bare(entry: Entry) -> Broken:
    return _broken(entry, ("body", "salt"), "its body is missing, and no purge lists it")


def _broken(entry: Entry, columns: tuple[str, ...], what: str) -> Broken:
    return Broken(session=entry.session, seq=entry.seq, columns=columns, what=what)
