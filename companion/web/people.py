"""The people of a workshop, for the secretariat: who is in, what is known of them, and their devices."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request
from msgspec import UNSET

from companion.codec.messages import PersonDetails, PutRight, read_body
from companion.codec.problems import BadMessage
from companion.core.people import Role
from companion.live.desk import CORRECTABLE, Details
from companion.store.directory import AccessKey, PersonRow
from companion.web.callers import caller
from companion.web.parts import Parts
from companion.web.texts import clean_language, clean_name, clean_optional

_NO_CONTENT: Final = 204


def routes(parts: Parts) -> Blueprint:
    """Return what can be asked of people."""
    people = Blueprint("people", __name__, url_prefix="/api/people")

    @people.get("")
    def everyone() -> Response:
        workshop = caller(parts.desk, Role.SECRETARIAT).person.workshop
        return jsonify([*_listed(parts, workshop, parts.desk.people(workshop))])

    @people.post("/<id_>")
    def put_right(id_: str) -> Response:
        by = caller(parts.desk, Role.SECRETARIAT)
        asked = read_body(PutRight, request.get_data())
        changes, seen = _cleaned(_said(asked)), _said(asked.expect)
        if changes.get("role") == Role.DISPLAY:
            raise BadMessage("role", "a display comes in by a link of its own")
        if not changes or set(changes) != set(seen):
            raise BadMessage("expect", "say what you saw of each thing that you put right")
        row = parts.corrections.put_right(by, id_, changes, seen)
        return jsonify(next(_listed(parts, row.workshop, [row])))

    @people.delete("/<id_>/devices")
    def sign_out(id_: str) -> Response:
        parts.desk.sign_out(caller(parts.desk, Role.SECRETARIAT).person.workshop, id_)
        return Response(status=_NO_CONTENT)

    return people


def _listed(parts: Parts, workshop: str, rows: Iterable[PersonRow]) -> Iterator[dict[str, Any]]:
    keys, connected = parts.desk.keys(workshop), parts.presence.connected()
    links = _valid_links(keys)
    devices = Counter(key.person for key in keys if parts.desk.still(key.id) is not None)
    for row in rows:
        person = parts.desk.as_person(row)
        yield {
            "id": person.id,
            "name": person.name,
            "latin_name": person.latin_name,
            "organisation": person.organisation,
            "group": person.group,
            "role": person.role,
            "attendance": person.attendance,
            "language": person.language,
            "guest": person.guest,
            "connected": person.id in connected,
            "devices": devices[person.id],
            "links": [
                {"id": link.id, "kind": link.kind, "created_at": link.created_at} for link in links.get(person.id, [])
            ],
        }


def _said(details: PersonDetails) -> dict[str, str | None]:
    given = ((name, getattr(details, name)) for name in CORRECTABLE)
    return {name: value for name, value in given if value is not UNSET}


def _cleaned(said: Details) -> dict[str, str | None]:
    return {name: _clean(name, value) for name, value in said.items()}


def _clean(name: str, value: str | None) -> str | None:
    match name:
        case "name":
            return clean_name(value or "")
        case "latin_name" | "organisation":
            return clean_optional(name, value or "")
        case "language":
            return clean_language(value)
        case _:
            return value


def _valid_links(keys: list[AccessKey]) -> dict[str, list[AccessKey]]:
    """Return the personal links that still let somebody in, by person."""
    links: dict[str, list[AccessKey]] = {}
    for key in keys:
        if key.kind == "personal" and key.person is not None and key.revoked_at is None:
            links.setdefault(key.person, []).append(key)
    return links
