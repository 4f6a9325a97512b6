"""What rapporteurs look up about a note: what its text was before."""

from flask import Blueprint, Response, jsonify

from companion.audiences.audience import HAS_DOCUMENTS, roles_of
from companion.audiences.disclosures import note_versions
from companion.core.refusals import Refusal, Refused
from companion.live.earlier_texts import earlier_texts
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
        texts = parts.engine.run_blocking(earlier_texts, parts.settings.database.path, row.id, note, session.seq)
        return jsonify(versions=note_versions(session, texts))

    return notes
