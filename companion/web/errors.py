"""What is refused or goes wrong, as a status: JSON for programs and screens, a page for whoever typed an address.

Nothing of the program's inside leaves the house: of a fault the caller gets the number under which the log has it.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from companion import wording
from companion.clock import Clock
from companion.codec.problems import BadMessage
from companion.core.refusals import Refusal, Refused
from companion.logs import Log
from companion.store.errors import NotFound, StoreError
from companion.web.languages import language
from companion.web.limits import TooManyTries

RETRY_SECONDS: Final = 5
_STATUS: Final[Mapping[Refusal, HTTPStatus]] = {
    Refusal.BAD_MESSAGE: HTTPStatus.BAD_REQUEST,
    Refusal.NAME_REQUIRED: HTTPStatus.BAD_REQUEST,
    Refusal.NOT_SIGNED_IN: HTTPStatus.UNAUTHORIZED,
    Refusal.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    Refusal.NOT_ELIGIBLE: HTTPStatus.FORBIDDEN,
    Refusal.MAY_NOT_PRESIDE: HTTPStatus.FORBIDDEN,
    Refusal.REASON_REQUIRED: HTTPStatus.BAD_REQUEST,
    Refusal.WRONG_CODE: HTTPStatus.FORBIDDEN,
    Refusal.REVOKED: HTTPStatus.FORBIDDEN,
    Refusal.FOREIGN_ORIGIN: HTTPStatus.FORBIDDEN,
    Refusal.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Refusal.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Refusal.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Refusal.TOO_MANY_CONNECTIONS: HTTPStatus.TOO_MANY_REQUESTS,
    Refusal.UNEXPECTED: HTTPStatus.INTERNAL_SERVER_ERROR,
    Refusal.NOT_RECORDED: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""What is not here is a state of affairs that others have brought about: 409."""
_REFUSALS: Final[Mapping[int, Refusal]] = {
    HTTPStatus.NOT_FOUND: Refusal.NOT_FOUND,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Refusal.TOO_LARGE,
}
_FOR_PROGRAMS: Final = frozenset({"/healthz", "/metrics"})
_log = Log(__name__)


def answer_errors(app: Flask, clock: Clock) -> None:
    """Answer all that is raised in the door, or below it."""

    def unexpected(error: Exception) -> Response:
        incident = clock.make_id("i-")
        _log.error("unexpected", incident=incident, endpoint=request.endpoint, error=type(error).__name__)
        return _answer(Refusal.UNEXPECTED, incident=incident)

    app.register_error_handler(Refused, _refused)
    app.register_error_handler(BadMessage, _bad_message)
    app.register_error_handler(StoreError, _not_stored)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, unexpected)


def status_of(refusal: Refusal) -> HTTPStatus:
    """Return the HTTP status of a refusal."""
    return _STATUS.get(refusal, HTTPStatus.CONFLICT)


def _refused(refused: Refused) -> Response:
    _log.info("refused", reason=refused.reason, endpoint=request.endpoint)
    if isinstance(refused, TooManyTries):
        return _answer(refused.reason, retry_in_seconds=refused.retry_in_seconds)
    return _answer(refused.reason)


def _bad_message(problem: BadMessage) -> Response:
    _log.warning("bad_message", field=problem.field, endpoint=request.endpoint)
    return _answer(Refusal.TOO_LARGE if problem.too_large else Refusal.BAD_MESSAGE, field=problem.field)


def _not_stored(error: StoreError) -> Response:
    _log.warning("not_stored", error=type(error).__name__, endpoint=request.endpoint)
    return _answer(Refusal.NOT_FOUND if isinstance(error, NotFound) else Refusal.NOT_RECORDED)


def _of_http(error: HTTPException) -> Response:
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR  # Flask hands on those of an error only
    answer = _answer(_REFUSALS.get(code, Refusal.BAD_MESSAGE), status=code)
    for name, value in error.get_headers(request.environ):
        if name != "Content-Type":
            answer.headers[name] = value
    return answer


def _answer(
    refusal: Refusal,
    *,
    status: int | None = None,
    field: str = "",
    incident: str | None = None,
    retry_in_seconds: int | None = None,
) -> Response:
    status = status or status_of(refusal)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        retry_in_seconds = RETRY_SECONDS
    if request.path.startswith("/api/") or request.path in _FOR_PROGRAMS:
        said: dict[str, Any] = {"code": refusal, "message": wording.sentence(refusal, language())}
        said |= {key: value for key, value in (("field", field), ("incident", incident)) if value}
        answer = jsonify(said)
    else:
        answer = Response(
            render_template(
                "errors/error.html",
                page="error",
                status=int(status),
                incident=incident,
                retry_in_seconds=retry_in_seconds,
            ),
            mimetype="text/html",
        )
    answer.status_code = status
    if retry_in_seconds is not None:
        answer.headers["Retry-After"] = str(retry_in_seconds)
    return answer
