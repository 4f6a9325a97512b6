"""QR codes, as SVG."""

import io
from typing import Final

import segno
from flask import Blueprint, Response, jsonify, request

from companion.codec.messages import DrawCodes, read_body
from companion.core.people import Role
from companion.core.refusals import Refusal, Refused
from companion.web.callers import caller
from companion.web.joining import join_link
from companion.web.parts import Parts

# Four modules around the code, which scanners ask for. M restores 15 %: a sheet is folded, a projector out of focus.
_QUIET_ZONE: Final = 4
_ERROR_CORRECTION: Final = "m"


def routes(parts: Parts) -> Blueprint:
    """Return what can be asked of QR codes."""
    codes = Blueprint("codes", __name__)

    @codes.get("/api/join.svg")
    def join_code() -> Response:
        link = join_link(parts, caller(parts.desk))
        if link is None:
            raise Refused(Refusal.NOT_ALLOWED)
        return Response(draw(link["url"]), mimetype="image/svg+xml")

    @codes.post("/api/qr")
    def links() -> Response:
        caller(parts.desk, Role.SECRETARIAT)
        drawn = []
        for url in read_body(DrawCodes, request.get_data()).urls:
            drawn.append({"url": url, "svg": draw(url)})
            parts.engine.sleep(0)  # each takes 8 ms: everyone else has a turn in between
        return jsonify(drawn)

    return codes


def draw(url: str) -> str:
    """Return a QR code as an SVG element that takes any size."""
    drawing = io.BytesIO()
    segno.make(url or " ", error=_ERROR_CORRECTION, micro=False).save(
        drawing, kind="svg", xmldecl=False, svgns=True, omitsize=True, nl=False, border=_QUIET_ZONE
    )
    return drawing.getvalue().decode()
