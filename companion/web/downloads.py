"""What is carried away: a session's journal, what has left the map, its record; all records of the workshop."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec
from flask import Blueprint, Response, jsonify, request
from werkzeug.utils import secure_filename

from companion.audiences.disclosures import history, journal_body
from companion.audiences.recommendations import versions_value
from companion.codec.problems import BadMessage
from companion.core.people import Role
from companion.core.refusals import Refusal, Refused
from companion.record.model_documents import Notes
from companion.store import journal
from companion.store.database import open_for_reading
from companion.web.callers import caller
from companion.web.languages import language
from companion.web.parts import Parts

_RECORD_TYPES: Final = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
_TYPES: Final = {"record": _RECORD_TYPES, "draft": {key: _RECORD_TYPES[key] for key in ("json", "md")}}
_READS_RECORD: Final = (Role.SECRETARIAT, Role.RAPPORTEUR, Role.MODERATOR)
_ENTRIES_AT_ONCE: Final = 200
_MOST_SECONDS: Final = 60.0
_MOST_SECONDS_FOR_ALL: Final = 240.0


class CannotRender(Exception):  # noqa: N818 (a state of affairs)
    """The child process that writes a record ended with a status other than 0."""


def routes(parts: Parts) -> Blueprint:
    """Return what can be carried away."""
    downloads = Blueprint("downloads", __name__, url_prefix="/api")
    # One at a time: each is a process, and the machine has the room's screens to serve.
    rendering = parts.engine.lock()

    @downloads.get("/sessions/<id_>/events")
    def events(id_: str) -> Response:
        row, host = parts.session(caller(parts.desk, Role.SECRETARIAT), id_)
        lines = _journal_lines(parts, row.id, after=_after(), upto=host.committed.seq)
        return _attachment(Response(lines, content_type="application/x-ndjson"), f"{row.id}-events.jsonl")

    @downloads.get("/sessions/<id_>/history")
    def past(id_: str) -> Response:
        _row, host = parts.session(caller(parts.desk), id_)
        return jsonify(interventions=history(host.committed), recommendations=versions_value(host.committed))

    @downloads.get("/sessions/<id_>/<any(record,draft):what>.<format_>")
    def record(id_: str, what: str, format_: str) -> Response:
        row, _host = parts.session(caller(parts.desk, *_READS_RECORD), id_)
        if format_ not in _TYPES[what]:
            raise Refused(Refusal.NOT_FOUND)
        named = format_ if what == "record" else f"{what}.{format_}"
        asked = ("--format", named, "--notes", _notes(), "--", row.id)
        with rendering:
            content = parts.engine.run_blocking(_render, asked, language(), parts.settings.database.path, _MOST_SECONDS)
        return _attachment(Response(content, content_type=_TYPES[what][format_]), f"{row.id}-{what}.{format_}")

    @downloads.get("/workshop/record.zip")
    def records() -> Response:
        workshop = caller(parts.desk, *_READS_RECORD).person.workshop
        what = ("--all", f"--workshop={workshop}", "--notes", _notes())
        if all(parts.sessions.find(row.id) is None for row in parts.desk.sessions(workshop)):
            raise Refused(Refusal.NOT_FOUND)
        with rendering:
            content = parts.engine.run_blocking(
                _render, what, language(), parts.settings.database.path, _MOST_SECONDS_FOR_ALL
            )
        return _attachment(Response(content, content_type="application/zip"), f"{workshop}-record.zip")

    return downloads


def _after() -> int:
    asked = request.args.get("after", "0")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < len(str(1 << 63))):
        raise BadMessage("after", "expected the number of an entry")
    return int(asked)


def _journal_lines(parts: Parts, session: str, *, after: int, upto: int) -> Iterator[bytes]:
    """Yield the entries as they are read, a few at a time, so that a long journal holds up nobody."""
    opened = ExitStack()
    run = parts.engine.run_blocking
    try:
        db = run(opened.enter_context, open_for_reading(parts.settings.database.path))
        entries = journal.read(db, session, after, upto)
        while some := run(lambda: [*islice(entries, _ENTRIES_AT_ONCE)]):
            yield b"".join(_line(entry) for entry in some)
    finally:
        opened.close()


def _line(entry: journal.Entry) -> bytes:
    # Without the salt: with it, what is left out could be guessed and compared with the digest.
    said: dict[str, Any] = {
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "command": entry.command,
        "type": entry.type,
        "body": None if entry.body is None else journal_body(entry.type, entry.body),
        "digest": entry.digest,
        "chain": entry.chain,
    }
    return msgspec.json.encode(said) + b"\n"


def _notes() -> str:
    asked = request.args.get("notes", Notes.RELEASED)
    if asked not in {notes.value for notes in Notes}:
        raise BadMessage("notes", "expected released or all")
    return asked


def _render(what: Sequence[str], lang: str, database: str, most_seconds: float) -> bytes:
    """Return a record, written by a child process: what computes for long must not do so in this one."""
    with TemporaryDirectory(prefix="companion-") as folder:
        out = Path(folder) / "record"
        export = ["export", "--language", lang, "--out", str(out), "--database", database, *what]
        finished = subprocess.run(  # noqa: S603 (our own program; session and workshop are ones that there are)
            [sys.executable, "-m", "companion", *export],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=most_seconds,
            check=False,
        )
        if finished.returncode:
            raise CannotRender(f"the export ended with status {finished.returncode}")
        return out.read_bytes()


def _attachment(response: Response, name: str) -> Response:
    response.headers.set("Content-Disposition", "attachment", filename=secure_filename(name))
    return response
