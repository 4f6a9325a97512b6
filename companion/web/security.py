"""Headers on every answer, and from which pages something may be changed."""

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, request

from companion.core.refusals import Refusal, Refused
from companion.web.callers import bearer

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_TRANSPORT_SECURITY: Final = "max-age=31536000"
_CHANGES_NOTHING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE: Final = frozenset({"same-origin", "none"})


def secure(app: Flask, public_url: str) -> None:
    """Set the headers of all answers, and refuse what other sites have a browser send."""

    def refuse_foreign_origin() -> None:
        # A program shows its token itself; only a browser adds a cookie to what another site sends.
        if request.method not in _CHANGES_NOTHING and bearer() is None and _is_foreign(public_url):
            raise Refused(Refusal.FOREIGN_ORIGIN)

    app.before_request(refuse_foreign_origin)
    app.after_request(_with_headers)


def _is_foreign(public_url: str) -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in _OWN_SITE:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and origin not in {f"{request.scheme}://{request.host}", _origin_of(public_url)}


def _origin_of(address: str) -> str | None:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if address else None


def _with_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = _TRANSPORT_SECURITY
    response.headers.setdefault("Cache-Control", "no-store")
    return response
