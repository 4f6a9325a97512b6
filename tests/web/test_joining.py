"""Getting in and out, and who one is."""

from datetime import timedelta

import pytest

from companion.core import commands as c
from companion.core.people import Role
from tests.web.house import CODE, OTHER_CODE, PEOPLE, House


def test_the_code_lets_a_participant_in_and_the_browser_stays_signed_in(house: House) -> None:
    browser = house.browser()
    answer = browser.post("/api/join", json={"code": "k7wm 3qxd", "name": "  Zoë   Müller ", "attendance": "in_room"})
    assert answer.status_code == 201
    body = answer.get_json()
    assert body["role"] == "participant"
    assert body["workshop"] == "w1"
    assert body["sessions"] == [
        {"id": "s1", "title": "Panel s1 on <law> & technology", "status": "scheduled"},
        {"id": "s2", "title": "Panel s2 on <law> & technology", "status": "scheduled"},
    ]
    me = browser.get("/api/me").get_json()
    assert me["person"] == {"id": body["person"], "name": "Zoë Müller", "role": "participant", "language": None}
    assert house.desk.who(body["token"]) is not None


def test_what_one_says_of_oneself_is_kept(house: House) -> None:
    fields = {"organisation": "Digital Rights Watch", "group": "ngo", "attendance": "remote", "language": "fr"}
    body = house.browser().post("/api/join", json={"code": CODE, "name": "Zoë", **fields}).get_json()
    row = next(row for row in house.desk.people("w1") if row.id == body["person"])
    assert (row.name, row.organisation_name, row.group, row.attendance, row.language, row.guest) == (
        "Zoë",
        "Digital Rights Watch",
        "ngo",
        "remote",
        "fr",
        True,
    )


@pytest.mark.parametrize("typed", [CODE, "k7wm 3qxd", " K7WM-3QXD "])
def test_the_code_tells_of_which_groups_one_may_be_and_makes_nobody(house: House, typed: str) -> None:
    browser, people = house.browser(), len(house.desk.people("w1"))
    answer = browser.post("/api/join/groups", json={"code": typed})
    assert answer.status_code == 200
    assert answer.get_json() == {"groups": [{"id": "ngo", "name": {"en": "Civil society", "ar": "المجتمع المدني"}}]}
    assert "Set-Cookie" not in answer.headers
    assert len(house.desk.people("w1")) == people
    elsewhere = browser.post("/api/join/groups", json={"code": OTHER_CODE}).get_json()
    assert [group["id"] for group in elsewhere["groups"]] == ["ngo", "press"]


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"code": "AAAAAAAA"}, 403, "wrong_code"),
        ({"code": ""}, 403, "wrong_code"),
        ({}, 400, "bad_message"),
        ({"code": None}, 400, "bad_message"),
        ({"code": CODE, "name": "Zoë"}, 400, "bad_message"),
        ({"code": "x" * 101}, 400, "bad_message"),
    ],
)
def test_without_the_code_nobody_is_told_of_groups(
    house: House, asked: dict[str, object], status: int, code: str
) -> None:
    answer = house.browser().post("/api/join/groups", json=asked)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert "Civil society" not in answer.text


def test_two_who_join_by_the_same_name_are_two_people(house: House) -> None:
    first, second = house.browser(), house.browser()
    ids = [each.post("/api/join", json={"code": CODE, "name": "Ana"}).get_json()["person"] for each in (first, second)]
    assert len(set(ids)) == 2
    assert [each.get("/api/me").get_json()["person"]["id"] for each in (first, second)] == ids


def test_a_wrong_code_lets_nobody_in(house: House) -> None:
    browser, people = house.browser(), len(house.desk.people("w1"))
    answer = browser.post("/api/join", json={"code": "AAAAAAAA", "name": "Zoë"})
    assert answer.status_code == 403
    assert answer.get_json()["code"] == "wrong_code"
    assert "Set-Cookie" not in answer.headers
    assert browser.get("/api/me").status_code == 401
    assert len(house.desk.people("w1")) == people


@pytest.mark.parametrize(
    ("fields", "status", "code", "field"),
    [
        ({}, 400, "bad_message", "code"),
        ({"code": CODE}, 400, "bad_message", "name"),
        ({"code": CODE, "name": ""}, 400, "bad_message", "name"),
        ({"code": CODE, "name": " \u202e\u200b\u0000 "}, 400, "bad_message", "name"),
        ({"code": CODE, "name": "\u3164"}, 400, "bad_message", "name"),
        ({"code": CODE, "name": None}, 400, "bad_message", "name"),
        ({"code": CODE, "name": 7}, 400, "bad_message", "name"),
        ({"code": CODE, "name": ["Zoë"]}, 400, "bad_message", "name"),
        ({"code": CODE, "name": "z" * 201}, 413, "too_large", "name"),
        ({"code": CODE, "name": "z" * 10_000}, 400, "bad_message", "name"),
        ({"code": CODE, "name": "Zoë", "organisation": "o" * 201}, 413, "too_large", "organisation"),
        ({"code": CODE, "name": "Zoë", "attendance": "on the moon"}, 400, "bad_message", "attendance"),
        ({"code": CODE, "name": "Zoë", "language": "<script>"}, 400, "bad_message", "language"),
        ({"code": CODE, "name": "Zoë", "role": "secretariat"}, 400, "bad_message", "role"),
        ({"code": CODE, "name": "Zoë", "group": "no such group"}, 404, "not_found", None),
        ({"code": {"$ne": ""}, "name": "Zoë"}, 400, "bad_message", "code"),
    ],
)
def test_what_is_not_as_agreed_is_refused_by_its_field(
    house: House, fields: dict[str, object], status: int, code: str, field: str | None
) -> None:
    people = len(house.desk.people("w1"))
    answer = house.browser().post("/api/join", json=fields)
    assert (answer.status_code, answer.get_json()["code"], answer.get_json().get("field")) == (status, code, field)
    assert answer.get_json()["message"].endswith(".")
    assert len(house.desk.people("w1")) == people


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202eلارا\u202c Smith", "لارا Smith"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("A\u0000n\u0007a", "Ana"),
        ("Cafe\u0301", "Café"),
        ("Ana\n\n\tSouza", "Ana Souza"),
        ("'; DROP TABLE person; --", "'; DROP TABLE person; --"),
    ],
)
def test_a_name_is_kept_as_typed_but_clean(house: House, typed: str, kept: str) -> None:
    browser = house.browser()
    assert browser.post("/api/join", json={"code": CODE, "name": typed}).status_code == 201
    assert browser.get("/api/me").get_json()["person"]["name"] == kept


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_message"),
        (b"not json", 400, "bad_message"),
        (b"[]", 400, "bad_message"),
        (b'"text"', 400, "bad_message"),
        (b'{"code": "K7WM3QXD", "name": "\\ud800"}', 400, "bad_message"),
        (b'{"code": "K7WM3QXD", "name": "\xff"}', 400, "bad_message"),
        (b'{"code": NaN, "name": "x"}', 400, "bad_message"),
        (b"[" * 9 + b"]" * 9, 400, "bad_message"),
        (b"[" * 30_000 + b"]" * 30_000, 400, "bad_message"),
        (b'{"code": "' + b"x" * 70_000 + b'"}', 413, "too_large"),
    ],
)
def test_a_body_that_is_none_is_refused(house: House, body: bytes, status: int, code: str) -> None:
    for path in ("/api/join", "/api/redeem"):
        answer = house.browser().post(path, data=body, content_type="application/json")
        assert (path, answer.status_code, answer.get_json()["code"]) == (path, status, code)


def test_a_personal_link_lets_its_person_in_again_and_again(house: House) -> None:
    key = house.desk.make_link("w1", person="p-mod")[1]
    for _time in range(2):
        body = house.browser().post("/api/redeem", json={"key": key}).get_json()
        assert (body["person"], body["role"]) == ("p-mod", "moderator")


def test_the_link_of_a_role_asks_for_a_name_and_makes_a_person(house: House) -> None:
    key = house.desk.make_link("w1", role=Role.RAPPORTEUR)[1]
    refused = house.browser().post("/api/redeem", json={"key": key})
    assert (refused.status_code, refused.get_json()["code"]) == (400, "name_required")
    empty = house.browser().post("/api/redeem", json={"key": key, "name": "\u200b"})
    assert (empty.status_code, empty.get_json()["field"]) == (400, "name")
    browser = house.browser()
    body = browser.post("/api/redeem", json={"key": key, "name": "Zoë"}).get_json()
    assert body["role"] == "rapporteur"
    assert body["person"] not in PEOPLE
    assert browser.get("/api/me").get_json()["person"]["name"] == "Zoë"


def test_a_revoked_link_lets_nobody_in(house: House) -> None:
    link, key = house.desk.make_link("w1", person="p-mod")
    house.desk.revoke("w1", link.id)
    answer = house.browser().post("/api/redeem", json={"key": key})
    assert (answer.status_code, answer.get_json()["code"]) == (403, "revoked")
    assert "Set-Cookie" not in answer.headers


def test_a_token_is_no_link(house: House) -> None:
    answer = house.browser().post("/api/redeem", json={"key": house.token("p-sec")})
    assert answer.get_json()["code"] == "revoked"


def test_whoever_leaves_is_signed_out_everywhere_they_held_that_token(house: House) -> None:
    token = house.token("p-par")
    browser, program = house.browser(), house.browser()
    browser.set_cookie("companion", token)
    assert program.get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    answer = browser.post("/api/leave")
    assert (answer.status_code, answer.data) == (204, b"")
    assert browser.get_cookie("companion") is None
    assert program.get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert house.signed_in("p-par").get("/api/me").status_code == 200


def test_a_device_link_is_good_once(house: House) -> None:
    first = house.signed_in("p-par")
    made = first.post("/api/me/link", json={})
    assert made.status_code == 201
    assert made.get_json()["url"] == f"http://localhost/enter#{made.get_json()['key']}"
    second, third = house.browser(), house.browser()
    key = made.get_json()["key"]
    assert second.post("/api/redeem", json={"key": key}).get_json()["person"] == "p-par"
    assert third.post("/api/redeem", json={"key": key}).get_json()["code"] == "revoked"
    assert third.get("/api/me").status_code == 401
    first.post("/api/leave")
    assert second.get("/api/me").status_code == 200


def test_a_device_link_is_good_for_ten_minutes(house: House) -> None:
    key = house.signed_in("p-par").post("/api/me/link").get_json()["key"]
    house.wall.forward(timedelta(minutes=10, seconds=1))
    assert house.browser().post("/api/redeem", json={"key": key}).get_json()["code"] == "revoked"


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        ("p-mod", True),
        ("p-list", True),
        ("p-tech", True),
        ("p-rap", True),
        ("p-sec", True),
        ("p-dis", True),
        ("p-int", False),
        ("p-pan", False),
        ("p-par", False),
        ("p-obs", False),
    ],
)
def test_me_shows_the_join_code_to_staff_and_displays(house: House, person: str, shown: bool) -> None:  # noqa: FBT001 (the expectation)
    browser = house.signed_in(person)
    me = browser.get("/api/me").get_json()
    join = {"code": "K7WM 3QXD", "url": "http://localhost/?code=K7WM3QXD"}
    assert me.get("join") == (join if shown else None)
    assert (CODE in str(me)) is shown
    assert browser.get("/api/join.svg").status_code == (200 if shown else 403)


def test_me_tells_of_the_workshop_and_its_sessions(house: House) -> None:
    house.do("s1", "p-mod", c.StartSession())
    me = house.signed_in("p-par").get("/api/me").get_json()
    assert me == {
        "person": {"id": "p-par", "name": "Иван Петров", "role": "participant", "language": None},
        "workshop": {
            "id": "w1",
            "title": "Human Rights and Digital Civic Space",
            "room": "Room XX",
            "time_zone": "Europe/Zurich",
            "starts_on": "2026-10-18",
            "ends_on": "2026-10-19",
        },
        "sessions": [
            {
                "id": "s1",
                "number": "1",
                "title": "Panel s1 on <law> & technology",
                "short_title": "Panel s1",
                "status": "open",
                "starts_at": "2026-10-18T08:00:00.000Z",
                "ends_at": "2026-10-18T10:00:00.000Z",
            },
            {
                "id": "s2",
                "number": "2",
                "title": "Panel s2 on <law> & technology",
                "short_title": "Panel s2",
                "status": "scheduled",
                "starts_at": "2026-10-19T08:00:00.000Z",
                "ends_at": "2026-10-19T10:00:00.000Z",
            },
        ],
        "groups": [{"id": "ngo", "name": {"en": "Civil society", "ar": "المجتمع المدني"}}],
    }


def test_somebody_of_another_workshop_sees_that_one(house: House) -> None:
    me = house.signed_in("p-other").get("/api/me").get_json()
    assert me["workshop"]["id"] == "w2"
    assert [(session["id"], session["status"]) for session in me["sessions"]] == [
        ("s9", "scheduled"),
        ("s8", "scheduled"),
    ]
    assert me["join"]["code"] == "M4TN C7WQ"


@pytest.mark.parametrize("token", ["", "nonsense", "ünïcode", "x" * 5_000])
def test_a_token_that_is_none_is_nobody(house: House, token: str) -> None:
    answer = house.browser().get(
        "/api/me", headers={"Authorization": f"Bearer {token}".encode("latin-1", "replace").decode("latin-1")}
    )
    assert (answer.status_code, answer.get_json()["code"]) == (401, "not_signed_in")


def test_a_program_is_who_its_token_says_also_beside_a_cookie(house: House) -> None:
    browser = house.signed_in("p-par")
    me = browser.get("/api/me", headers=house.bearer("p-sec")).get_json()
    assert me["person"]["id"] == "p-sec"


def test_a_token_that_was_not_used_for_long_is_no_longer_valid(house: House) -> None:
    browser = house.signed_in("p-par")
    house.wall.forward(timedelta(days=20))
    assert browser.get("/api/me").status_code == 200
    house.wall.forward(timedelta(days=20))
    assert browser.get("/api/me").status_code == 200
    house.wall.forward(timedelta(days=31))
    assert browser.get("/api/me").status_code == 401
