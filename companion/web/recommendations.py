"""What staff look up before they bring a recommendation: those of the other sessions of the workshop."""

from typing import Final

from flask import Blueprint, Response, jsonify

from companion.audiences.recommendations import elsewhere_value
from companion.core import commands as c
from companion.core import permissions
from companion.web.callers import caller
from companion.web.parts import Parts

_BRING: Final = permissions.ANYONE[c.BringRecommendation]


def routes(parts: Parts) -> Blueprint:
    """Return what is looked up about recommendations."""
    recommendations = Blueprint("recommendations", __name__, url_prefix="/api")

    @recommendations.get("/sessions/<id_>/recommendations")
    def elsewhere(id_: str) -> Response:
        who = caller(parts.desk, *_BRING)
        _row, here = parts.session(who, id_)
        others = (parts.sessions.find(row.id) for row in parts.desk.sessions(who.person.workshop) if row.id != id_)
        return jsonify(elsewhere_value(here.committed, [host.committed for host in others if host is not None]))

    return recommendations
