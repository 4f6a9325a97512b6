"""The secretariat's list of people: who is in, what is put right, who is signed out."""

from typing import Any, Final

import pytest

from tests.web.house import CODE, NEEDS, PEOPLE, House


def test_the_secretariat_sees_everyone_of_the_workshop_and_who_is_connected(house: House) -> None:
    link, _key = house.desk.make_link("w1", person="p-par")
    revoked, _key = house.desk.make_link("w1", person="p-par")
    house.desk.revoke("w1", revoked.id)
    house.presence.arrived("s1", "p-par")
    people = house.signed_in("p-sec").get("/api/people").get_json()
    assert {person["id"] for person in people} == set(PEOPLE)
    assert next(person for person in people if person["id"] == "p-par") == {
        "id": "p-par",
        "name": "Иван Петров",
        "latin_name": "",
        "organisation": "Organisation of p-par",
        "group": "ngo",
        "role": "participant",
        "attendance": "in_room",
        "language": None,
        "guest": False,
        "connected": True,
        "devices": 0,
        "links": [{"id": link.id, "kind": "personal", "created_at": link.created_at}],
    }
    assert [person["id"] for person in people if person["connected"]] == ["p-par"]


def test_what_is_nobodys_business_is_not_in_the_list(house: House) -> None:
    answer = house.signed_in("p-sec").get("/api/people").text
    assert NEEDS not in answer
    assert "private.example" not in answer
    assert "platform-name" not in answer
    assert "Elsewhere" not in answer


def test_the_list_says_on_how_many_devices_somebody_is_signed_in(house: House) -> None:
    secretariat = house.signed_in("p-sec")
    for _device in range(2):
        house.token("p-par")
    guest = house.browser().post("/api/join", json={"code": CODE, "name": "Zoë"}).get_json()["person"]
    devices = {person["id"]: person["devices"] for person in secretariat.get("/api/people").get_json()}
    assert {id_: count for id_, count in devices.items() if count} == {"p-sec": 1, "p-par": 2, guest: 1}


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"p-sec"}))
def test_nobody_else_sees_the_list(house: House, person: str) -> None:
    answer = house.signed_in(person).get("/api/people")
    assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
    assert "Okafor" not in answer.text


def test_a_stranger_sees_nothing(house: House) -> None:
    answer = house.browser().get("/api/people")
    assert (answer.status_code, answer.get_json()["code"]) == (401, "not_signed_in")


# Put right

PETROV: Final = "Иван Петров"


def person_of(house: House, id_: str = "p-par") -> dict[str, Any]:
    listed = house.signed_in("p-sec").get("/api/people").get_json()
    return next(person for person in listed if person["id"] == id_)


def test_what_is_put_right_stands_in_the_list_and_in_both_sessions(house: House) -> None:
    seen = {"name": PETROV, "latin_name": "", "organisation": "Organisation of p-par", "group": "ngo", "language": None}
    right = {
        "name": "Иван  Петренко\u202e",
        "latin_name": "Ivan Petrenko",
        "organisation": "",
        "group": None,
        "language": "uk",
    }
    answer = house.signed_in("p-sec").post(
        "/api/people/p-par", json={**right, "attendance": "remote", "expect": {**seen, "attendance": "in_room"}}
    )
    assert answer.status_code == 200
    assert answer.get_json() == person_of(house)
    expected = {**right, "name": "Иван Петренко", "attendance": "remote"}
    assert {name: person_of(house)[name] for name in expected} == expected
    for session in ("s1", "s2"):
        host = house.sessions.find(session)
        assert host is not None
        person = host.committed.people["p-par"]
        assert {name: getattr(person, name) for name in expected} == expected
    assert house.signed_in("p-par").get("/api/me").get_json()["person"] == {
        "id": "p-par",
        "name": "Иван Петренко",
        "role": "participant",
        "language": "uk",
    }


@pytest.mark.parametrize(
    ("path", "asked", "status", "code", "field"),
    [
        ("p-par", {"name": "", "expect": {"name": PETROV}}, 400, "bad_message", "name"),
        ("p-par", {"name": " \u202e\u200b ", "expect": {"name": PETROV}}, 400, "bad_message", "name"),
        ("p-par", {"name": None, "expect": {"name": PETROV}}, 400, "bad_message", "name"),
        ("p-par", {"name": "z" * 201, "expect": {"name": PETROV}}, 413, "too_large", "name"),
        ("p-par", {"organisation": "z" * 201, "expect": {"organisation": ""}}, 413, "too_large", "organisation"),
        ("p-par", {"attendance": None, "expect": {"attendance": "in_room"}}, 400, "bad_message", "attendance"),
        ("p-par", {"attendance": "on the moon", "expect": {"attendance": "in_room"}}, 400, "bad_message", "attendance"),
        ("p-par", {"language": "<script>", "expect": {"language": None}}, 400, "bad_message", "language"),
        ("p-par", {"group": "no such group", "expect": {"group": "ngo"}}, 404, "not_found", None),
        ("p-par", {"role": "king", "expect": {"role": "participant"}}, 400, "bad_message", "role"),
        ("p-par", {"role": None, "expect": {"role": "participant"}}, 400, "bad_message", "role"),
        ("p-par", {"role": "display", "expect": {"role": "participant"}}, 400, "bad_message", "role"),
        ("p-par", {"role": "rapporteur", "expect": {"role": "moderator"}}, 409, "stale", None),
        ("p-sec", {"role": "participant", "expect": {"role": "secretariat"}}, 403, "not_allowed", None),
        ("p-par", {"expect": {}}, 400, "bad_message", "expect"),
        ("p-par", {"name": "Ivan"}, 400, "bad_message", "expect"),
        ("p-par", {"name": "Ivan", "expect": {"language": None}}, 400, "bad_message", "expect"),
        ("p-par", {"name": "Ivan", "expect": {"name": "Somebody else"}}, 409, "stale", None),
        ("nobody", {"name": "Ivan", "expect": {"name": PETROV}}, 404, "not_found", None),
        ("p-other", {"name": "Ivan", "expect": {"name": "Elsewhere's own"}}, 404, "not_found", None),
    ],
)
def test_what_cannot_be_put_right_is_refused_in_a_sentence_and_changes_nothing(
    house: House, path: str, asked: dict[str, Any], status: int, code: str, field: str | None
) -> None:
    secretariat = house.signed_in("p-sec")
    before = secretariat.get("/api/people").get_json()
    answer = secretariat.post(f"/api/people/{path}", json=asked)
    assert (answer.status_code, answer.get_json()["code"], answer.get_json().get("field")) == (status, code, field)
    assert answer.get_json()["message"].endswith(".")
    assert secretariat.get("/api/people").get_json() == before


def test_whoever_comes_second_is_told_and_sees_what_the_first_wrote(house: House) -> None:
    first, second = house.signed_in("p-sec"), house.signed_in("p-sec")
    asked = {"name": "Ivan", "expect": {"name": PETROV}}
    assert first.post("/api/people/p-par", json=asked).status_code == 200
    late = second.post("/api/people/p-par", json={**asked, "name": "Iwan"})
    assert (late.status_code, late.get_json()["code"]) == (409, "stale")
    assert second.post("/api/people/p-par", json=asked).get_json()["name"] == "Ivan"


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"p-sec"}))
def test_nobody_else_puts_anything_right_or_signs_anybody_out(house: House, person: str) -> None:
    someone, asked = house.signed_in(person), {"name": "Ivan", "expect": {"name": PETROV}}
    for answer in (someone.post("/api/people/p-par", json=asked), someone.delete("/api/people/p-par/devices")):
        assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
    assert person_of(house)["name"] == PETROV


def test_a_secretariat_whose_link_was_revoked_puts_nothing_right(house: House) -> None:
    link, key = house.desk.make_link("w1", person="p-sec")
    browser = house.browser()
    browser.post("/api/redeem", json={"key": key})
    house.desk.revoke("w1", link.id)
    asked = {"name": "Ivan", "expect": {"name": PETROV}}
    for answer in (browser.post("/api/people/p-par", json=asked), browser.delete("/api/people/p-par/devices")):
        assert (answer.status_code, answer.get_json()["code"]) == (401, "not_signed_in")
        assert answer.get_json()["message"].endswith(".")
    assert person_of(house)["name"] == PETROV


# Signed out


def test_a_guest_who_came_with_the_code_is_signed_out_and_can_come_again_as_somebody_new(house: House) -> None:
    secretariat, guest, other = house.signed_in("p-sec"), house.browser(), house.signed_in("p-par")
    joined = guest.post("/api/join", json={"code": CODE, "name": "Zoë"}).get_json()["person"]
    told: list[frozenset[str]] = []
    house.desk.when_revoked(told.append)
    assert secretariat.delete(f"/api/people/{joined}/devices").status_code == 204
    assert len(told) == 1
    assert guest.get("/api/me").status_code == 401
    assert other.get("/api/me").status_code == 200
    assert person_of(house, joined)["devices"] == 0
    again = guest.post("/api/join", json={"code": CODE, "name": "Zoë"}).get_json()["person"]
    assert again != joined


@pytest.mark.parametrize("person", ["nobody", "p-other", "%00"])
def test_whoever_is_not_there_cannot_be_signed_out(house: House, person: str) -> None:
    answer = house.signed_in("p-sec").delete(f"/api/people/{person}/devices")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")
