"""What goes wrong, as a status."""

import logging

import pytest

from companion import wording
from companion.core.refusals import Refusal, Refused
from companion.store.errors import Conflict, DiskFull, NotFound
from companion.web.errors import status_of
from tests.web.house import CODE, House

CHANGED_BY_OTHERS = {
    Refusal.STALE,
    Refusal.SESSION_NOT_OPEN,
    Refusal.LIST_CLOSED,
    Refusal.POLL_NOT_OPEN,
    Refusal.ALREADY_VOTED,
    Refusal.ALREADY_ON_LIST,
    Refusal.HAS_THE_FLOOR,
    Refusal.NO_FURTHER_REPLY,
    Refusal.NO_TIME_LEFT,
    Refusal.NOTHING_TO_CARRY_OVER,
    Refusal.NOT_ON_LIST,
    Refusal.SOMEONE_IS_SPEAKING,
    Refusal.NOBODY_IS_SPEAKING,
    Refusal.CANNOT_UNDO,
    Refusal.NOT_NOW,
    Refusal.ID_IN_USE,
    Refusal.LOOSER_ATTRIBUTION,
    Refusal.RESYNC,
}


def _raising(house: House, error: Exception) -> None:
    """Make the house's door meet `error` at /api/trouble and at /trouble."""

    def trouble() -> str:
        raise error

    house.app.add_url_rule("/api/trouble", "api-trouble", trouble)
    house.app.add_url_rule("/trouble", "trouble", trouble)


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_has_its_status_and_its_sentence(house: House, refusal: Refusal) -> None:
    _raising(house, Refused(refusal))
    answer = house.browser().get("/api/trouble")
    assert answer.status_code == status_of(refusal)
    assert answer.get_json() == {"code": refusal.value, "message": wording.sentence(refusal, "en")}
    assert (answer.status_code == 409) is (refusal in CHANGED_BY_OTHERS)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (DiskFull("the disk is full"), 503, "not_recorded"),
        (Conflict("somebody else"), 503, "not_recorded"),
        (NotFound("no such row"), 404, "not_found"),
    ],
)
def test_what_the_store_refuses(house: House, error: Exception, status: int, code: str) -> None:
    _raising(house, error)
    answer = house.browser().get("/api/trouble")
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert answer.headers.get("Retry-After") == ("5" if status == 503 else None)


def test_a_fault_of_the_program_is_named_by_its_incident_alone(house: House, caplog: pytest.LogCaptureFixture) -> None:
    _raising(house, RuntimeError("secret-detail of p-par"))
    answer = house.browser().get("/api/trouble")
    incident = answer.get_json()["incident"]
    assert (answer.status_code, answer.get_json()["code"]) == (500, "unexpected")
    assert "secret-detail" not in answer.text
    assert "Traceback" not in answer.text
    page = house.browser().get("/trouble")
    assert (page.status_code, page.mimetype) == (500, "text/html")
    assert "secret-detail" not in page.text
    [first, _second] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert f"incident={incident}" in first.getMessage()
    assert first.exc_info is not None


def test_an_address_that_people_type_is_answered_by_a_page(house: House) -> None:
    page = house.browser().get("/nothing/here")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert 'data-page="error"' in page.text
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not_found"),
        ("PUT", "/api/join", 405, "bad_message"),
        ("TRACE", "/api/me", 405, "bad_message"),
        ("GET", "/api/join", 405, "bad_message"),
    ],
)
def test_calls_are_answered_in_json(house: House, method: str, path: str, status: int, code: str) -> None:
    answer = house.browser().open(path, method=method)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert ("Allow" in answer.headers) is (status == 405)


def test_head_answers_without_a_body(house: House) -> None:
    secretariat = house.signed_in("p-sec")
    for path in ("/", "/api/me", "/api/nothing", "/healthz"):
        get, head = secretariat.get(path), secretariat.head(path)
        assert (head.status_code, head.data) == (get.status_code, b"")
        assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_options_names_the_methods_and_allows_no_other_site(house: House) -> None:
    answer = house.browser().options("/api/join", headers={"Origin": "https://evil.example"})
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118 (its own iteration)


def test_refusals_are_logged_without_names_or_texts(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    house.browser().post("/api/join", json={"code": "WRONGCODE", "name": "Zoë"})
    house.browser().post("/api/join", json={"code": CODE, "name": "Zoë", "extra": 1})
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("companion")]
    assert lines == [
        "event=refused reason=wrong_code endpoint=joining.join",
        "event=bad_message field=extra endpoint=joining.join",
    ]
