"""The pages: shells without data, which the screens fill over the socket.

Whoever is not signed in is sent to the entrance, whoever has another role to their own page.
"""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from companion.clock import format_time
from companion.core.people import Role
from companion.core.procedure import SessionStatus
from companion.core.refusals import Refusal, Refused
from companion.live.arrivals import Caller
from companion.store.directory import SessionRow
from companion.web.callers import find_caller
from companion.web.compressing import compressed
from companion.web.parts import Parts

_OWN_SCREEN: Final[Mapping[Role, str]] = {
    Role.MODERATOR: "moderator",
    Role.LIST_OFFICER: "moderator",
    Role.TECHNICAL_MODERATOR: "technical",
    Role.SECRETARIAT: "moderator",
    Role.RAPPORTEUR: "rapporteur",
    Role.INTERPRETER: "booth",
    Role.DISPLAY: "display",
}
"""Everybody else has the participant's."""
_SHOWN_TO: Final[Mapping[str, frozenset[Role]]] = {
    "moderator": frozenset(role for role, screen in _OWN_SCREEN.items() if screen == "moderator"),
    "rapporteur": frozenset({Role.RAPPORTEUR, Role.SECRETARIAT}),
    "draft": frozenset({Role.RAPPORTEUR, Role.MODERATOR, Role.SECRETARIAT}),
    "technical": frozenset({Role.TECHNICAL_MODERATOR, Role.LIST_OFFICER}),
    "booth": frozenset({Role.INTERPRETER}),
    "participant": frozenset(Role) - {Role.DISPLAY},
    "display": frozenset({Role.DISPLAY, Role.MODERATOR, Role.TECHNICAL_MODERATOR, Role.SECRETARIAT}),
}
_OVERLAYS: Final = frozenset({"lower-third"})
"""What the room display shows over the picture of a stream, instead of filling a screen."""
_SCREENS: Final = f"<any({','.join(_SHOWN_TO)}):screen>"


def routes(parts: Parts) -> Blueprint:
    """Return the pages."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def join() -> Response:
        find_caller(parts.desk)
        return _shell("join")

    @pages.get("/enter")
    def enter() -> Response:
        find_caller(parts.desk)
        return _shell("enter")

    @pages.get("/go")
    def go() -> Response:
        who = find_caller(parts.desk)
        return redirect("/" if who is None else _own_page(parts, who))

    @pages.get(f"/sessions/<id_>/{_SCREENS}")
    def screen(id_: str, screen: str) -> Response:
        return _screen(parts, id_, screen)

    @pages.get("/sessions/<id_>")
    def own_screen(id_: str) -> Response:
        who = find_caller(parts.desk)
        return redirect("/" if who is None else _address(who.role, parts.session(who, id_)[0]))

    @pages.get("/secretariat")
    def secretariat() -> Response:
        return _for_secretariat(parts, "secretariat")

    @pages.get("/secretariat/sheet")
    def sheet() -> Response:
        return _for_secretariat(parts, "sheet")

    return pages


def _screen(parts: Parts, id_: str, screen: str) -> Response:
    who = find_caller(parts.desk)
    if who is None:
        return redirect("/")
    row, _host = parts.session(who, id_)
    if who.role not in _SHOWN_TO[screen]:
        return redirect(_address(who.role, row))
    overlay = request.args.get("overlay", "") if screen == "display" else ""
    return _shell(screen, session=row, person=who.person, overlay=overlay if overlay in _OVERLAYS else "")


def _for_secretariat(parts: Parts, page: str) -> Response:
    who = find_caller(parts.desk)
    if who is None:
        return redirect("/")
    return _shell(page) if who.role is Role.SECRETARIAT else redirect("/go")


def _shell(page: str, **context: object) -> Response:
    return compressed(make_response(render_template(f"pages/{page}.html", page=page, **context)))


def _own_page(parts: Parts, who: Caller) -> str:
    if who.role is Role.SECRETARIAT:
        return "/secretariat"
    return _address(who.role, _on_or_next(parts, parts.desk.sessions(who.person.workshop)))


def _address(role: Role, session: SessionRow) -> str:
    return f"/sessions/{session.id}/{_OWN_SCREEN.get(role, 'participant')}"


def _on_or_next(parts: Parts, sessions: tuple[SessionRow, ...]) -> SessionRow:
    """Return the session that is on, or else interrupted, or else next, or else the last that was.

    Raises `Refused`: not_found where the workshop has none.
    """
    if not sessions:
        raise Refused(Refusal.NOT_FOUND)
    now = format_time(parts.clock.now())
    by_status: dict[SessionStatus, list[SessionRow]] = {}
    for row in sessions:
        by_status.setdefault(parts.status(row.id), []).append(row)
    scheduled = by_status.get(SessionStatus.SCHEDULED, [])
    ahead = [row for row in scheduled if row.ends_at is None or row.ends_at > now]
    on = (*by_status.get(SessionStatus.OPEN, []), *by_status.get(SessionStatus.SUSPENDED, []))
    return next(iter((*on, *ahead, *scheduled)), sessions[-1])
