"""A journal handed over as JSON lines, checked without its database.

The lines hold every entry's link, and all that a link is made of but the session's id, which stands in the body of the
first. So numbers, times, actors, commands, types, digests and their order are shown to be what was chained. Bodies are
not: what is left out of them for the readers' sake, and the salt, are in the database only.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from companion.record.model import SCHEMA, Head
from companion.store import journal

_LONGEST_LINE: Final = 1 << 20


class BrokenBundle(ValueError):  # noqa: N818 (a state of affairs)
    """The lines are not what was written; the message names the first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Lines whose links hold, and the last of them."""

    session: str
    head: Head


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    seq: int
    at: str
    actor: str
    command: str
    type: str
    body: Any
    digest: str
    chain: str


def is_bundle(path: Path) -> bool:
    """Return whether the file begins as JSON does, and so is no database."""
    try:
        with path.open("rb") as file:
            return file.read(1) in {b"{", b"["}
    except OSError:
        return False


def verify(path: Path) -> Verified:
    """Return what the lines are the journal of, from its first entry on; raise `BrokenBundle`."""
    session, chain, seq = "", "", 0
    with path.open("rb") as file:
        for number, text in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), start=1):
            line = _read(text, number)
            if number == 1:
                session = _session_of(line)
                chain = journal.first_link(session)
            if line.seq != seq + 1:
                raise BrokenBundle(
                    f"session {session}: entry {seq + 1} is missing, entry {line.seq} stands in its place"
                )
            expected = journal.link(
                chain,
                session=session,
                seq=line.seq,
                at=line.at,
                actor=line.actor,
                command=line.command,
                type=line.type,
                digest=line.digest,
            )
            if expected != line.chain:
                raise BrokenBundle(
                    f"session {session}: entry {line.seq} was changed (time, actor, command, type, digest or chain)"
                )
            seq, chain = line.seq, line.chain
    return Verified(session=session, head=Head(seq=seq, chain=chain))


def head_of_record(path: Path) -> tuple[str, Head]:
    """Return the session and the head that a record in JSON names; raise `BrokenBundle` if it is none."""
    try:
        record = msgspec.json.decode(path.read_bytes(), type=_Record)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenBundle(f"{path} is not a record in JSON") from error
    if record.schema != SCHEMA:
        raise BrokenBundle(f"{path} is not a record in JSON")
    return record.session.id, Head(seq=record.head.seq, chain=record.head.chain)


class _HeadPart(msgspec.Struct, frozen=True):
    seq: int
    chain: str


class _SessionPart(msgspec.Struct, frozen=True):
    id: str


class _Record(msgspec.Struct, frozen=True):
    """What of a record names the journal that it was made from."""

    schema: str
    head: _HeadPart
    session: _SessionPart


def _read(text: bytes, number: int) -> _Line:
    try:
        return msgspec.json.decode(text, type=_Line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenBundle(f"line {number} is not an entry of a journal: {error}") from error


def _session_of(line: _Line) -> str:
    session = line.body.get("session") if isinstance(line.body, dict) else None
    if line.seq != 1 or not isinstance(session, str):
        raise BrokenBundle("the journal does not begin with the first entry of a session, so it cannot be checked")
    return session
