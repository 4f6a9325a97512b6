"""Whether the program is there."""

from flask import Blueprint, Response, jsonify

from companion import __version__
from companion.web.parts import Parts


def routes(parts: Parts) -> Blueprint:
    """Return what can be asked of the program's health."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def tell() -> Response:
        kept = parts.kept()
        return jsonify(
            status="read_only" if parts.sessions.read_only else "ok",
            version=__version__,
            sessions=sum(1 for _ in parts.sessions),
            sockets=parts.sockets(),
            backup={"at": kept.at, "ok": not kept.fault},
        )

    return health
