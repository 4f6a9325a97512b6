"""Links that let people in, of a person or of a role; made and revoked by the secretariat."""

from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from companion.codec.messages import MakeLink, read_body
from companion.core.people import Role
from companion.store.directory import AccessKey
from companion.web.callers import caller
from companion.web.joining import enter_address
from companion.web.parts import Parts

_LINKS: Final = frozenset({"personal", "role"})


def routes(parts: Parts) -> Blueprint:
    """Return what can be asked of links."""
    links = Blueprint("links", __name__, url_prefix="/api/links")

    @links.get("")
    def all_links() -> Response:
        keys = parts.desk.keys(caller(parts.desk, Role.SECRETARIAT).person.workshop)
        used = _last_uses(keys)
        return jsonify([_link(key, used.get(key.id)) for key in keys if key.kind in _LINKS])

    @links.post("")
    def make() -> tuple[Response, int]:
        workshop = caller(parts.desk, Role.SECRETARIAT).person.workshop
        asked = read_body(MakeLink, request.get_data())
        link, key = parts.desk.make_link(workshop, person=asked.person, role=asked.role, anew=asked.anew)
        return jsonify(id=link.id, url=enter_address(parts, key), key=key), 201

    @links.delete("/<id_>")
    def revoke(id_: str) -> Response:
        parts.desk.revoke(caller(parts.desk, Role.SECRETARIAT).person.workshop, id_)
        return Response(status=204)

    return links


def _link(key: AccessKey, used_at: str | None) -> dict[str, Any]:
    return {
        "id": key.id,
        "kind": key.kind,
        "person": key.person,
        "role": key.role,
        "created_at": key.created_at,
        "last_used_at": used_at,
        "revoked_at": key.revoked_at,
    }


def _last_uses(keys: list[AccessKey]) -> dict[str, str]:
    """Return when somebody who came in by a link was last there, by link; times are compared as written."""
    uses: dict[str, str] = {}
    for key in keys:
        if key.parent is not None:
            uses[key.parent] = max(uses.get(key.parent, ""), key.last_used_at or key.created_at)
    return uses
