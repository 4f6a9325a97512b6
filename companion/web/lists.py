"""What staff look up before they change the list of speakers: the order that its rule suggests, and the presets."""

from typing import Final

import msgspec
from flask import Blueprint, Response, jsonify

from companion.audiences.disclosures import arrangement
from companion.core import commands as c
from companion.core import permissions
from companion.web.callers import caller
from companion.web.parts import Parts

# Whoever may put the list in order may look at what that would change, and at what else changes it.
_KEEP_THE_LIST: Final = permissions.ANYONE[c.ArrangeList]


def routes(parts: Parts) -> Blueprint:
    """Return what is looked up about lists of speakers."""
    lists = Blueprint("lists", __name__, url_prefix="/api")

    @lists.get("/sessions/<id_>/arrangement")
    def suggested(id_: str) -> Response:
        _row, host = parts.session(caller(parts.desk, *_KEEP_THE_LIST), id_)
        return jsonify(arrangement(host.committed))

    @lists.get("/presets")
    def presets() -> Response:
        caller(parts.desk, *_KEEP_THE_LIST)
        settings = parts.settings.presets
        return jsonify([{"id": id_, **msgspec.to_builtins(preset)} for id_, preset in settings.items()])

    return lists
