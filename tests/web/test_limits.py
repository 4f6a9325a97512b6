"""Wrong codes and keys, and the right ones among them."""

from datetime import timedelta

from flask.testing import FlaskClient

from companion.config import JoiningSettings, ServerSettings
from tests.web.house import CODE, Build, House

FEW = JoiningSettings(wrong_codes_per_minute=3, wrong_codes_per_minute_everywhere=5)


def _try(browser: FlaskClient, address: str, *, code: str = "WRONG") -> int:
    body = {"code": code, "name": "Zoë"}
    return browser.post("/api/join", json=body, environ_base={"REMOTE_ADDR": address}).status_code


def test_wrong_codes_of_one_address_are_heard_a_few_times_a_minute(build: Build) -> None:
    house = build(joining=FEW)
    browser = house.browser()
    assert [_try(browser, "192.0.2.1") for _ in range(5)] == [403, 403, 403, 429, 429]
    assert _try(browser, "192.0.2.2") == 403


def test_a_right_code_is_never_limited(build: Build) -> None:
    house = build(joining=FEW)
    browser = house.browser()
    assert [_try(browser, f"192.0.2.{each}") for each in range(7)] == [403] * 5 + [429] * 2
    for _each in range(20):
        assert _try(browser, "192.0.2.1", code=CODE) == 201


def test_the_answer_says_when_to_come_back(build: Build) -> None:
    house = build(joining=FEW)
    browser = house.browser()
    for _each in range(3):
        _try(browser, "192.0.2.1")
    house.wall.forward(timedelta(seconds=20))
    answer = browser.post("/api/join", json={"code": "WRONG", "name": "Zoë"}, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert (answer.status_code, answer.get_json()["code"], answer.headers["Retry-After"]) == (429, "rate_limited", "40")
    house.wall.forward(timedelta(seconds=40))
    assert _try(browser, "192.0.2.1") == 403


def test_wrong_keys_count_too_and_right_ones_do_not(build: Build) -> None:
    house = build(joining=FEW)
    browser, key = house.browser(), house.desk.make_link("w1", person="p-mod")[1]
    statuses = [browser.post("/api/redeem", json={"key": "wrong"}).status_code for _ in range(4)]
    assert statuses == [403, 403, 403, 429]
    assert browser.post("/api/redeem", json={"key": key}).status_code == 201


def test_codes_that_only_groups_are_asked_for_with_are_counted_with_the_others(build: Build) -> None:
    house = build(joining=FEW)
    browser = house.browser()

    def ask(code: str) -> tuple[int, str]:
        answer = browser.post("/api/join/groups", json={"code": code}, environ_base={"REMOTE_ADDR": "192.0.2.1"})
        return answer.status_code, answer.get_json().get("code", "")

    assert [ask("WRONG"), ask("WRONG")] == [(403, "wrong_code")] * 2
    assert _try(browser, "192.0.2.1") == 403
    assert ask("WRONG") == (429, "rate_limited")
    assert _try(browser, "192.0.2.1") == 429
    # Neither is a right one of help to go on guessing, nor is it ever limited.
    assert [ask(CODE) for _ in range(20)] == [(200, "")] * 20
    assert ask("WRONG") == (429, "rate_limited")


def test_what_is_malformed_is_no_try(house: House) -> None:
    browser = house.browser()
    assert {browser.post("/api/join", json={"code": "WRONG"}).status_code for _ in range(20)} == {400}
    assert _try(browser, "127.0.0.1") == 403


def test_behind_a_trusted_proxy_the_address_is_the_clients(build: Build) -> None:
    house = build(joining=FEW, server=ServerSettings(trusted_proxies=1))
    browser = house.browser()

    def wrong(address: str) -> int:
        headers = {"X-Forwarded-For": f"203.0.113.9, {address}"}
        return browser.post("/api/join", json={"code": "WRONG", "name": "Z"}, headers=headers).status_code

    assert [wrong("192.0.2.1") for _ in range(4)] == [403, 403, 403, 429]
    assert wrong("192.0.2.2") == 403


def test_without_one_it_cannot_be_forged(build: Build) -> None:
    house = build(joining=FEW)
    browser = house.browser()
    statuses = [
        browser.post(
            "/api/join", json={"code": "W", "name": "Z"}, headers={"X-Forwarded-For": f"192.0.2.{each}"}
        ).status_code
        for each in range(4)
    ]
    assert statuses == [403, 403, 403, 429]
