"""What happened in each session: append-only, in order, chained by hashes.

Entries of a session are numbered from 1 without a gap. `digest` covers the body, `chain` everything else and all that
came before, so a purge can remove a body and its salt without breaking the chain. Beside the entries stand the answers
to the commands they came from, which make a command harmless to repeat.

All hashes are SHA-256 in hexadecimal. The first link is the hash of the session's id. Every further one is the hash of
previous link, session, seq (decimal), at, actor, command, type and digest, in this order, each as a netstring without
its comma: the length in bytes (decimal), a colon, the UTF-8 bytes.
"""

# ruff: noqa: A002, PLR0913 (arguments are named as the fields of an entry, and are as many)

from __future__ import annotations

import itertools
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import astuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from companion.store.database import Database


# Structs, made in C: a frozen dataclass costs 2.3 µs where one of these costs 0.4, and a session is opened from 100,000.
class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One event as it is stored; body (canonical JSON) and salt (16 bytes in hexadecimal) are None once purged."""

    session: str
    seq: int
    at: str
    actor: str
    command: str
    type: str
    body: str | None
    salt: str | None
    digest: str
    chain: str


class Brief(NamedTuple):
    """Of an `Entry` what its event is made of, and its link."""

    seq: int
    at: str
    actor: str
    command: str
    type: str
    body: str | None
    chain: str


class Answered(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A command that was taken, the entries it made (first to last), and the rest of its answer (JSON)."""

    session: str
    actor: str
    id: str
    first_seq: int
    last_seq: int
    result: str | None


class Head(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The last entry of a session; seq 0 and the first link before there is any."""

    seq: int
    chain: str


_APPEND_ENTRIES = "INSERT INTO event (session, seq, at, actor, command, type, body, salt, digest, chain) VALUES "
_APPEND_ANSWERS = "INSERT INTO command (session, actor, id, first_seq, last_seq, result) VALUES "
_MOST_ROWS = 256
_READ = """
SELECT session, seq, at, actor, command, type, body, salt, digest, chain FROM event
WHERE session = ? AND seq > ? AND seq <= ? ORDER BY seq
"""
_BRIEF = "SELECT seq, at, actor, command, type, body, chain FROM event WHERE session = ? ORDER BY seq"
_ROWS = "SELECT seq, at, actor, command, type, body FROM event WHERE session = ? ORDER BY seq"
# What was purged has no body, and is about nothing any more.
_ROWS_ABOUT = """
SELECT seq, at, actor, command, type, body FROM event
WHERE session = ? AND seq <= ? AND type IN (SELECT value FROM json_each(?)) AND json_extract(body, '$.' || ?) = ?
ORDER BY seq
"""
_ANSWERS = "SELECT session, actor, id, first_seq, last_seq, result FROM command WHERE session = ?"
# From the entries to the answers, in this order: of 100,000 answers nine in ten are to what was typed, and not looked up.
_ANSWERS_TO = """
SELECT c.session, c.actor, c.id, c.first_seq, c.last_seq, c.result FROM event e
CROSS JOIN command c ON c.session = e.session AND c.actor = e.actor AND c.id = e.command AND c.first_seq = e.seq
WHERE e.session = ?
"""
_ANSWERS_TO_NOTHING = f"{_ANSWERS} AND last_seq < first_seq"
_LAST_SEQ = (1 << 63) - 1


def digest_of(salt: str, body: str) -> str:
    """Return the hash of the salt's bytes followed by the body's.

    The salt keeps a purged body from being guessed from its digest.
    """
    return sha256(bytes.fromhex(salt) + body.encode()).hexdigest()


def first_link(session: str) -> str:
    """Return what the first entry of a session is chained to."""
    return sha256(session.encode()).hexdigest()


def link(previous: str, *, session: str, seq: int, at: str, actor: str, command: str, type: str, digest: str) -> str:
    """Return the chain's next link after `previous`."""
    number = str(seq)
    text = (
        f"{len(previous)}:{previous}{len(session)}:{session}{len(number)}:{number}{len(at)}:{at}"
        f"{len(actor)}:{actor}{len(command)}:{command}{len(type)}:{type}{len(digest)}:{digest}"
    )
    if text.isascii():
        return sha256(text.encode()).hexdigest()
    fields = (field.encode() for field in (previous, session, number, at, actor, command, type, digest))
    return sha256(b"".join(b"%d:%b" % (len(field), field) for field in fields)).hexdigest()


def seal(
    previous: str, *, session: str, seq: int, at: str, actor: str, command: str, type: str, body: str, salt: str
) -> Entry:
    """Return the entry that follows the link `previous`."""
    digest = digest_of(salt, body)
    chain = link(previous, session=session, seq=seq, at=at, actor=actor, command=command, type=type, digest=digest)
    return Entry(
        session=session,
        seq=seq,
        at=at,
        actor=actor,
        command=command,
        type=type,
        body=body,
        salt=salt,
        digest=digest,
        chain=chain,
    )


def append(db: Database, entries: Iterable[Entry], answered: Iterable[Answered] = ()) -> None:
    """Write sealed entries and answers, inside the caller's transaction.

    Few statements, whatever their number: each runs without the interpreter's lock, where a row at a time would ask for
    it again and again beside a busy loop. A row that is there already is a `Conflict` of the transaction.
    """
    _insert(db, _APPEND_ENTRIES, [astuple(entry) for entry in entries])
    _insert(db, _APPEND_ANSWERS, [astuple(answer) for answer in answered])


def read(db: Database, session: str, after: int = 0, upto: int | None = None) -> Iterator[Entry]:
    """Yield the entries of a session in order, from the one after `after` to `upto` inclusive, as they are read."""
    return _entries(db.sql.conn.execute(_READ, (session, after, _LAST_SEQ if upto is None else upto)))


def briefs(db: Database, session: str) -> Iterator[Brief]:
    """Yield the entries of a session in brief, in order: in half the time that whole ones take."""
    return map(Brief._make, db.sql.conn.execute(_BRIEF, (session,)))


def rows(db: Database, session: str) -> Iterator[tuple[int, str, str, str, str, str | None]]:
    """Yield seq, at, actor, command, type and body of the entries of a session in order: what its events are made of."""
    return db.sql.conn.execute(_ROWS, (session,))


def rows_about(
    db: Database, session: str, types: Sequence[str], about: tuple[str, str], upto: int
) -> Iterator[tuple[int, str, str, str, str, str | None]]:
    """Yield likewise the entries of these types up to `upto` whose body says `about`, a field and its value, in order."""
    return db.sql.conn.execute(_ROWS_ABOUT, (session, upto, msgspec.json.encode(types).decode(), *about))


def head(db: Database, session: str) -> Head:
    """Return the last entry's number and link."""
    row = db.sql.conn.execute(
        "SELECT seq, chain FROM event WHERE session = ? ORDER BY seq DESC LIMIT 1", (session,)
    ).fetchone()
    return Head(seq=0, chain=first_link(session)) if row is None else Head(seq=row[0], chain=row[1])


def find_last_at(db: Database, session: str) -> str | None:
    """Return when the last entry was made, or None before there is any."""
    row = db.sql.conn.execute("SELECT at FROM event WHERE session = ? ORDER BY seq DESC LIMIT 1", (session,)).fetchone()
    return None if row is None else str(row[0])


def answers(db: Database, session: str) -> Iterator[Answered]:
    """Yield the answers given in a session, by actor and id."""
    rows = db.sql.conn.execute(f"{_ANSWERS} ORDER BY actor, id", (session,))
    return (_answered(row) for row in rows)


def answers_but(db: Database, session: str, type: str) -> Iterator[Answered]:
    """Yield the answers given in a session, but those to commands that led to an event of this type first."""
    query = f"{_ANSWERS_TO} AND e.type <> ? UNION ALL {_ANSWERS_TO_NOTHING}"
    return (_answered(row) for row in db.sql.conn.execute(query, (session, type, session)))


def newest_answers(db: Database, session: str, type: str, most: int) -> list[Answered]:
    """Return the last answers to commands that led to an event of this type first, oldest first."""
    rows = db.sql.conn.execute(
        f"{_ANSWERS_TO} AND e.type = ? ORDER BY e.seq DESC LIMIT ?", (session, type, most)
    ).fetchall()
    return [_answered(row) for row in reversed(rows)]


def find_answer(db: Database, session: str, actor: str, id: str) -> Answered | None:
    """Return the answer to a command, if it was taken."""
    row = db.sql.conn.execute(f"{_ANSWERS} AND actor = ? AND id = ?", (session, actor, id)).fetchone()
    return None if row is None else _answered(row)


def sessions_with_entries(db: Database) -> list[str]:
    """Return the ids of the sessions that have a journal, or answers without one, in order."""
    rows = db.sql.conn.execute("SELECT session FROM event UNION SELECT session FROM command ORDER BY session")
    return [session for (session,) in rows]


def _entries(rows: Iterable[tuple[str, int, str, str, str, str, str | None, str | None, str, str]]) -> Iterator[Entry]:
    for session, seq, at, actor, command, type_, body, salt, digest, chain in rows:
        yield Entry(
            session=session,
            seq=seq,
            at=at,
            actor=actor,
            command=command,
            type=type_,
            body=body,
            salt=salt,
            digest=digest,
            chain=chain,
        )


def _answered(row: tuple[str, str, str, int, int, str | None]) -> Answered:
    session, actor, id_, first_seq, last_seq, result = row
    return Answered(session=session, actor=actor, id=id_, first_seq=first_seq, last_seq=last_seq, result=result)


def _insert(db: Database, head: str, rows: Sequence[tuple[str | int | None, ...]]) -> None:
    """Insert rows, a power of two of them with each statement, so that there are few statements to prepare."""
    at = 0
    while at < len(rows):
        count = min(_MOST_ROWS, 1 << (len(rows) - at).bit_length() - 1)
        values = [*itertools.chain.from_iterable(rows[at : at + count])]
        # SQLite keeps a text beyond its first NUL, but its functions do not read on there.
        if "\0" in "".join(map(str, values)):
            raise ValueError("a text with a NUL in it cannot be stored")
        row = f"({', '.join('?' * len(rows[at]))})"
        db.sql.conn.execute(head + ", ".join([row] * count), values)
        at += count
