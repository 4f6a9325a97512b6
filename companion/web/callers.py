"""Who calls, and the cookie that their browser keeps."""

from datetime import timedelta
from typing import Final

from flask import Response, g, request

from companion.core.people import Role
from companion.core.refusals import Refusal, Refused
from companion.live.arrivals import Caller
from companion.live.desk import Desk

_BEARER: Final = "Bearer "
# As long as browsers keep one at most. When a token is too old is the desk's business.
_COOKIE_LASTS: Final = timedelta(days=400)


def bearer() -> str | None:
    """Return the token that a program sends, or None."""
    sent = request.headers.get("Authorization", "")
    return sent[len(_BEARER) :].strip() if sent.startswith(_BEARER) else None


def find_caller(desk: Desk) -> Caller | None:
    """Return who calls, or None if they are not signed in."""
    token = request.cookies.get(_cookie_name()) if bearer() is None else bearer()
    g.caller = found = desk.who(token) if token else None
    if found is not None:
        desk.note_use(found)
    return found


def caller(desk: Desk, *roles: Role) -> Caller:
    """Return who calls; raise `Refused`: not_signed_in, or not_allowed for any role but `roles` (none given: all)."""
    found = find_caller(desk)
    if found is None:
        raise Refused(Refusal.NOT_SIGNED_IN)
    if roles and found.role not in roles:
        raise Refused(Refusal.NOT_ALLOWED)
    return found


def keep_token(response: Response, token: str) -> None:
    """Have the browser keep the token where no script reads it."""
    response.set_cookie(
        _cookie_name(),
        token,
        max_age=_COOKIE_LASTS,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop_token(response: Response) -> None:
    """Have the browser forget the token."""
    response.delete_cookie(_cookie_name(), secure=request.is_secure, httponly=True, samesite="Lax", path="/")


def _cookie_name() -> str:
    # A `__Host-` cookie can be set neither by plain HTTP nor by another host of the domain; over plain HTTP there is none.
    return "__Host-companion" if request.is_secure else "companion"
