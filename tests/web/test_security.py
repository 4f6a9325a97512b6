"""Headers on every answer, cookies by scheme, and pages of other sites."""

import pytest

from companion.config import ServerSettings
from tests.web.house import CODE, Build, House

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
EVERY_KIND = [
    ("GET", "/", 200),
    ("HEAD", "/", 200),
    ("OPTIONS", "/api/join", 200),
    ("GET", "/go", 302),
    ("GET", "/nothing", 404),
    ("GET", "/api/me", 401),
    ("GET", "/api/nothing", 404),
    ("POST", "/api/join", 400),
    ("PUT", "/api/join", 405),
    ("POST", "/", 405),
    ("GET", "/healthz", 200),
    ("GET", "/static/css/base.css", 200),
    ("GET", "/static/nothing.css", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), EVERY_KIND)
def test_every_answer_has_the_headers(house: House, method: str, path: str, status: int) -> None:
    answer = house.browser().open(path, method=method)
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers
    if not path.startswith("/static/css"):
        assert answer.headers["Cache-Control"] == "no-store"


def test_under_tls_browsers_are_told_to_stay_there(house: House) -> None:
    for path in ("/", "/api/me", "/nothing", "/static/css/base.css"):
        answer = house.browser().get(path, base_url="https://meeting.example")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def _flags(cookie: str) -> set[str]:
    return {part.strip() for part in cookie.split(";")[1:] if "=" not in part or "Path" in part or "SameSite" in part}


def test_under_tls_the_cookie_is_bound_to_the_host(house: House) -> None:
    answer = house.browser().post("/api/join", json={"code": CODE, "name": "Zoë"}, base_url="https://meeting.example")
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"__Host-companion={answer.get_json()['token']};")
    assert _flags(cookie) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_over_plain_http_the_cookie_works_without(house: House) -> None:
    answer = house.browser().post("/api/join", json={"code": CODE, "name": "Zoë"})
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"companion={answer.get_json()['token']};")
    assert _flags(cookie) == {"HttpOnly", "Path=/", "SameSite=Lax"}


def test_a_cookie_of_plain_http_does_not_count_under_tls(house: House) -> None:
    browser, token = house.program(), house.token("p-sec")
    headers = {"Cookie": f"companion={token}"}
    assert browser.get("/api/me", headers=headers, base_url="https://meeting.example").status_code == 401
    assert browser.get("/api/me", headers=headers).status_code == 200


def test_leaving_under_tls_takes_the_cookie_away(house: House) -> None:
    headers = {"Cookie": f"__Host-companion={house.token('p-par')}"}
    answer = house.program().post("/api/leave", headers=headers, base_url="https://meeting.example")
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert answer.status_code == 204
    assert cookie.startswith("__Host-companion=;")
    assert "Max-Age=0" in cookie
    assert _flags(cookie) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_a_trusted_proxy_says_the_scheme(build: Build) -> None:
    house = build(server=ServerSettings(trusted_proxies=1))
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "meeting.example", "Origin": "https://meeting.example"}
    answer = house.browser().post("/api/join", json={"code": CODE, "name": "Zoë"}, headers=headers)
    assert answer.headers["Set-Cookie"].startswith("__Host-companion=")
    assert "Strict-Transport-Security" in answer.headers


def test_nobody_else_does(house: House) -> None:
    answer = house.browser().post("/api/join", json={"code": CODE, "name": "Z"}, headers={"X-Forwarded-Proto": "https"})
    assert answer.headers["Set-Cookie"].startswith("companion=")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:8000"},
        {"Origin": "https://localhost"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example", "Authorization": "Basic eDp5"},
    ],
)
def test_what_another_site_sends_changes_nothing(house: House, headers: dict[str, str]) -> None:
    secretariat, people = house.signed_in("p-sec"), len(house.desk.people("w1"))
    link, _key = house.desk.make_link("w1", person="p-par")
    for answer in (
        secretariat.post("/api/join", json={"code": CODE, "name": "Zoë"}, headers=headers),
        secretariat.post("/api/leave", headers=headers),
        secretariat.delete(f"/api/links/{link.id}", headers=headers),
        secretariat.post("/api/qr", json={"urls": []}, headers=headers),
    ):
        assert (answer.status_code, answer.get_json()["code"]) == (403, "foreign_origin")
        assert "Set-Cookie" not in answer.headers
    assert len(house.desk.people("w1")) == people
    assert secretariat.get("/api/me", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_the_own_pages_and_programs_may(house: House, headers: dict[str, str]) -> None:
    answer = house.browser().post("/api/join", json={"code": CODE, "name": "Zoë"}, headers=headers)
    assert answer.status_code == 201


def test_a_program_with_a_token_may_come_from_anywhere(house: House) -> None:
    headers = {**house.bearer("p-par"), "Origin": "https://dashboard.example", "Sec-Fetch-Site": "cross-site"}
    assert house.browser().post("/api/me/link", headers=headers).status_code == 201


def test_the_public_address_is_an_own_origin(build: Build) -> None:
    house = build(server=ServerSettings(public_url="https://meeting.example"))
    body = {"code": CODE, "name": "Zoë"}
    own = house.browser().post("/api/join", json=body, headers={"Origin": "https://meeting.example"})
    foreign = house.browser().post("/api/join", json=body, headers={"Origin": "https://meeting.example.evil"})
    assert (own.status_code, foreign.status_code) == (201, 403)
