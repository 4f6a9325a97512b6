"""In which language the reader is answered, and how they choose another: a link on the page, kept in a cookie of their own.

The link is an address of the page itself with `?lang=…`, and leads back to it, so that it works without scripts and leads
nowhere else. It is a GET: nothing changes but the cookie, and a browser names no origin where a page names no referrer.
"""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlencode

from flask import Flask, g, redirect, request
from werkzeug.wrappers import Response

from companion import wording
from companion.live.arrivals import Caller

_ASKED: Final = "lang"
_NOT_PAGES: Final = ("/api/", "/static/")
# As long as browsers keep one at most.
_LASTS: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A language that the page can be had in, and the address that makes it so."""

    code: str
    name: str
    direction: str
    address: str


def language() -> str:
    """Return the language of the answer: the reader's choice, else what the browser asks for, else what the caller speaks."""
    known: Caller | None = g.get("caller")
    return wording.for_reader(
        chosen=request.cookies.get(wording.COOKIE),
        accept_language=request.headers.get("Accept-Language"),
        spoken=None if known is None else known.person.language,
    )


def offered() -> list[Offered]:
    """Return the languages that the page is not in."""
    current = language()
    return [
        Offered(
            code=code,
            name=wording.own_name(code),
            direction=wording.direction(code),
            address=_address([*_other_arguments(), (_ASKED, code)]),
        )
        for code in wording.languages()
        if code != current
    ]


def keep_choices(app: Flask) -> None:
    """Have browsers keep the language that their readers choose."""
    app.before_request(_keep_choice)


def _keep_choice() -> Response | None:
    chosen = request.args.get(_ASKED)
    if request.method != "GET" or chosen not in wording.languages() or request.path.startswith(_NOT_PAGES):
        return None
    answer = redirect(_address(_other_arguments()), HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        wording.COOKIE, chosen, max_age=_LASTS, secure=request.is_secure, httponly=True, samesite="Lax", path="/"
    )
    return answer


def _other_arguments() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items(multi=True) if name != _ASKED]


def _address(arguments: list[tuple[str, str]]) -> str:
    """Return the address of this page. One that began with two slashes would be that of another host."""
    path = quote("/" + request.path.lstrip("/\\"))
    return f"{path}?{urlencode(arguments)}" if arguments else path
