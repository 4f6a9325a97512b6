"""What staff look up about a poll: who has not answered yet, and what was answered by group, attendance and region."""

from typing import Final

from flask import Blueprint, Response, jsonify

from companion.audiences import breakdowns
from companion.audiences.disclosures import not_yet_answered
from companion.core import commands as c
from companion.core import permissions
from companion.web.callers import caller
from companion.web.parts import Parts

# Whoever prepares polls follows them too.
_FOLLOW: Final = permissions.ANYONE[c.DraftPoll]


def routes(parts: Parts) -> Blueprint:
    """Return what is looked up about polls."""
    polls = Blueprint("polls", __name__, url_prefix="/api")

    @polls.get("/sessions/<id_>/polls/<poll>/unanswered")
    def unanswered(id_: str, poll: str) -> Response:
        _row, host = parts.session(caller(parts.desk, *_FOLLOW), id_)
        return jsonify(not_yet_answered(host.committed, poll, host.secret.marks))

    @polls.get("/sessions/<id_>/polls/<poll>/breakdown")
    def breakdown(id_: str, poll: str) -> Response:
        _row, host = parts.session(caller(parts.desk, *_FOLLOW), id_)
        return jsonify(breakdowns.for_staff(host.committed, poll))

    return polls
