"""The people of a workshop, for the secretariat."""

from typing import Any

from flask import Blueprint, Response, jsonify

from companion.core.people import Role
from companion.store.directory import AccessKey, PersonRow
from companion.web.callers import caller
from companion.web.parts import Parts


def routes(parts: Parts) -> Blueprint:
    """Return what can be asked of people."""
    people = Blueprint("people", __name__, url_prefix="/api/people")

    @people.get("")
    def everyone() -> Response:
        workshop = caller(parts.desk, Role.SECRETARIAT).person.workshop
        connected, links = parts.presence.connected(), _valid_links(parts.desk.keys(workshop))
        return jsonify(
            [_person(parts, row, row.id in connected, links.get(row.id, [])) for row in parts.desk.people(workshop)]
        )

    return people


def _person(parts: Parts, row: PersonRow, connected: bool, links: list[AccessKey]) -> dict[str, Any]:  # noqa: FBT001 (a fact)
    person = parts.desk.as_person(row)
    return {
        "id": person.id,
        "name": person.name,
        "latin_name": person.latin_name,
        "organisation": person.organisation,
        "group": person.group,
        "role": person.role,
        "attendance": person.attendance,
        "guest": person.guest,
        "connected": connected,
        "links": [{"id": link.id, "kind": link.kind, "created_at": link.created_at} for link in links],
    }


def _valid_links(keys: list[AccessKey]) -> dict[str, list[AccessKey]]:
    """Return the personal links that still let somebody in, by person."""
    links: dict[str, list[AccessKey]] = {}
    for key in keys:
        if key.kind == "personal" and key.person is not None and key.revoked_at is None:
            links.setdefault(key.person, []).append(key)
    return links
