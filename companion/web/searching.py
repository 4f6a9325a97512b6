"""What is looked for in notes and interventions, and the notes of all items side by side."""

from typing import Final

from flask import Blueprint, Response, request

from companion.audiences.audience import AUDIENCE_OF
from companion.audiences.findable import FINDS_ALL
from companion.codec.problems import BadMessage
from companion.core.people import Role
from companion.finding.answering import Notes, Search
from companion.web.callers import caller
from companion.web.parts import Parts
from companion.web.texts import clean_optional

MOST_RESULTS: Final = 50
_USUAL_RESULTS: Final = 20
_READS_ALL_NOTES: Final = (Role.MODERATOR, Role.RAPPORTEUR, Role.SECRETARIAT)


def routes(parts: Parts) -> Blueprint:
    """Return what can be searched."""
    searching = Blueprint("searching", __name__, url_prefix="/api")

    @searching.get("/sessions/<id_>/search")
    def search(id_: str) -> Response:
        who = caller(parts.desk)
        row, _host = parts.session(who, id_)
        question = Search(session=row.id, typed=_typed(), limit=_limit(), finds_all=AUDIENCE_OF[who.role] in FINDS_ALL)
        return _as_json(parts.searcher.ask(question, by=who.person.id))

    @searching.get("/workshop/notes")
    def notes() -> Response:
        who = caller(parts.desk, *_READS_ALL_NOTES)
        known = [row.id for row in parts.desk.sessions(who.person.workshop) if parts.sessions.find(row.id) is not None]
        return _as_json(parts.searcher.ask(Notes(sessions=known), by=who.person.id))

    return searching


def _typed() -> str:
    typed = clean_optional("q", request.args.get("q", ""))
    if not typed:
        raise BadMessage("q", "must not be empty")
    return typed


def _limit() -> int:
    asked = request.args.get("limit", str(_USUAL_RESULTS))
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= len(str(MOST_RESULTS)) and int(asked)):
        raise BadMessage("limit", f"expected a number from 1 to {MOST_RESULTS}")
    return min(int(asked), MOST_RESULTS)


def _as_json(content: bytes) -> Response:
    return Response(content, content_type="application/json")
