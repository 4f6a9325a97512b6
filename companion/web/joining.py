"""Getting in and out: by the join code, by a link, with a second device; and who one is."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Blueprint, Response, jsonify, request

from companion.audiences.audience import AUDIENCE_OF, Audience
from companion.clock import show_join_code
from companion.codec.messages import JoinWorkshop, LookUpGroups, Redeem, read_body
from companion.core.people import Role
from companion.core.refusals import Refused
from companion.live.arrivals import Caller, NewPerson, SignedIn
from companion.web.callers import caller, drop_token, keep_token
from companion.web.compressing import compressed
from companion.web.limits import WRONG, WrongTries
from companion.web.parts import Parts
from companion.web.texts import clean_language, clean_name, clean_optional

T = TypeVar("T")
_STAFF: Final = frozenset({Audience.STAFF, Audience.TECHNICAL})
_CREATED: Final = 201
_NO_CONTENT: Final = 204


def routes(parts: Parts) -> Blueprint:
    """Return what can be asked at the entrance."""
    joining = Blueprint("joining", __name__, url_prefix="/api")
    tries = WrongTries(parts.clock, parts.settings.joining)

    @joining.post("/join")
    def join() -> tuple[Response, int]:
        asked = read_body(JoinWorkshop, request.get_data())
        new = NewPerson(
            name=clean_name(asked.name),
            organisation=clean_optional("organisation", asked.organisation),
            group=asked.group,
            attendance=asked.attendance,
            language=clean_language(asked.language),
        )
        return _welcome(parts, _counted(tries, lambda: parts.desk.join(asked.code, new)))

    @joining.post("/join/groups")
    def groups() -> Response:
        # Not in the address, where it would be logged; and no more of a help to whoever guesses than joining is.
        code = read_body(LookUpGroups, request.get_data()).code
        workshop = _counted(tries, lambda: parts.desk.workshop_of_code(code))
        return jsonify(groups=_groups(parts, workshop.id))

    @joining.post("/redeem")
    def redeem() -> tuple[Response, int]:
        asked = read_body(Redeem, request.get_data())
        name = None if asked.name is None else clean_name(asked.name)
        return _welcome(parts, _counted(tries, lambda: parts.desk.redeem(asked.key, name)))

    @joining.post("/leave")
    def leave() -> Response:
        leaving = caller(parts.desk)
        parts.desk.revoke(leaving.person.workshop, leaving.key.id)
        answer = Response(status=_NO_CONTENT)
        drop_token(answer)
        return answer

    @joining.get("/me")
    def me() -> Response:
        return compressed(jsonify(_me(parts, caller(parts.desk))))

    @joining.post("/me/link")
    def make_device_link() -> tuple[Response, int]:
        link, key = parts.desk.make_device_link(caller(parts.desk))
        return jsonify(id=link.id, url=enter_address(parts, key), key=key), _CREATED

    return joining


def enter_address(parts: Parts, key: str) -> str:
    """Return the address of a link: its key stands in the fragment, which no server logs."""
    return f"{parts.address()}/enter#{key}"


def join_link(parts: Parts, to: Caller) -> dict[str, str] | None:
    """Return the join code as people read it, and its address, for those who show it: staff and displays."""
    if AUDIENCE_OF[to.role] not in _STAFF and to.role is not Role.DISPLAY:
        return None
    code = parts.desk.workshop(to.person.workshop).join_code
    return {"code": show_join_code(code), "url": f"{parts.address()}/?code={code}"}


def _counted(tries: WrongTries, use: Callable[[], T]) -> T:
    """Return what a code or key leads to; a wrong one is counted, a right one is never limited."""
    try:
        return use()
    except Refused as refused:
        if refused.reason in WRONG:
            tries.count(request.remote_addr or "")
        raise


def _welcome(parts: Parts, signed_in: SignedIn) -> tuple[Response, int]:
    person = signed_in.caller.person
    answer = jsonify(
        token=signed_in.token,
        person=person.id,
        role=person.role,
        workshop=person.workshop,
        sessions=[
            {"id": row.id, "title": row.title, "status": parts.status(row.id)}
            for row in parts.desk.sessions(person.workshop)
        ],
    )
    keep_token(answer, signed_in.token)
    return answer, _CREATED


def _me(parts: Parts, who: Caller) -> dict[str, Any]:
    person, workshop = who.person, parts.desk.workshop(who.person.workshop)
    link = join_link(parts, who)
    return {
        "person": {"id": person.id, "name": person.name, "role": person.role, "language": person.language},
        "workshop": {
            "id": workshop.id,
            "title": workshop.title,
            "room": workshop.room,
            "time_zone": workshop.time_zone,
            "starts_on": workshop.start_date,
            "ends_on": workshop.end_date,
        },
        "sessions": [
            {
                "id": row.id,
                "number": row.number,
                "title": row.title,
                "short_title": row.short_title,
                "status": parts.status(row.id),
                "starts_at": row.starts_at,
                "ends_at": row.ends_at,
            }
            for row in parts.desk.sessions(workshop.id)
        ],
        "groups": _groups(parts, workshop.id),
        **({} if link is None else {"join": link}),
    }


def _groups(parts: Parts, workshop: str) -> list[dict[str, Any]]:
    return [{"id": group.id, "name": group.name} for group in parts.desk.groups(workshop)]
