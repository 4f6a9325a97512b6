"""What rapporteurs look up about a note: what its text was before."""

from flask import Blueprint, Response, jsonify

from companion.audiences.audience import HAS_DOCUMENTS, roles_of
from companion.audiences.disclosures import TEXT_CHANGES, note_versions
from companion.codec.events import EVENT_NAMES, read_recorded
from companion.core.note_versions import TextVersion, versions
from companion.core.refusals import Refusal, Refused
from companion.store import journal
from companion.store.database import open_for_reading
from companion.web.callers import caller
from companion.web.parts import Parts

# Whoever gets the shared texts.
_READS_TEXTS = tuple(role for audience in HAS_DOCUMENTS for role in roles_of(audience))


def routes(parts: Parts) -> Blueprint:
    """Return what is looked up about notes."""
    notes = Blueprint("notes", __name__, url_prefix="/api")

    @notes.get("/sessions/<id_>/notes/<note>/versions")
    def earlier(id_: str, note: str) -> Response:
        row, host = parts.session(caller(parts.desk, *_READS_TEXTS), id_)
        session = host.committed
        found = session.notes.get(note)
        if found is None or found.removed:
            raise Refused(Refusal.NOT_FOUND)
        texts = parts.engine.run_blocking(_versions, parts.settings.database.path, row.id, note, session.seq)
        return jsonify(versions=note_versions(session, texts))

    return notes


def _versions(database: str, session: str, note: str, upto: int) -> list[TextVersion]:
    """Return the versions of a note's text; reads, so it is not for the loop."""
    types = [EVENT_NAMES[change] for change in TEXT_CHANGES]
    with open_for_reading(database) as db:
        entries = journal.read_about(db, session, types, ("note", note), upto)
        return versions(
            read_recorded(
                seq=entry.seq, at=entry.at, actor=entry.actor, command=entry.command, name=entry.type, body=entry.body
            )
            for entry in entries
            if entry.body is not None
        )
