"""Links that let people in."""

import pytest

from companion.core.people import Role
from tests.web.house import PEOPLE, House


def test_a_link_of_a_person_is_made_and_lets_them_in(house: House) -> None:
    secretariat = house.signed_in("p-sec")
    made = secretariat.post("/api/links", json={"person": "p-par"})
    body = made.get_json()
    assert made.status_code == 201
    assert body["url"] == f"http://localhost/enter#{body['key']}"
    assert house.browser().post("/api/redeem", json={"key": body["key"]}).get_json()["person"] == "p-par"


def test_links_are_listed_without_their_keys_and_with_their_last_use(house: House) -> None:
    secretariat = house.signed_in("p-sec")
    used = secretariat.post("/api/links", json={"role": "display"}).get_json()
    unused = secretariat.post("/api/links", json={"person": "p-mod"}).get_json()
    house.browser().post("/api/redeem", json={"key": used["key"], "name": "Left screen"})
    answer = secretariat.get("/api/links")
    listed = {link["id"]: link for link in answer.get_json()}
    at = "2026-10-18T08:00:00.000Z"
    assert listed[used["id"]] == {
        "id": used["id"],
        "kind": "role",
        "person": None,
        "role": "display",
        "created_at": at,
        "last_used_at": at,
        "revoked_at": None,
    }
    assert listed[unused["id"]]["last_used_at"] is None
    assert {link["kind"] for link in answer.get_json()} == {"personal", "role"}
    for key in (used["key"], unused["key"]):
        assert key not in answer.text


def test_revoking_a_link_signs_out_whoever_came_in_by_it_and_nobody_else(house: House) -> None:
    secretariat = house.signed_in("p-sec")
    mine = secretariat.post("/api/links", json={"role": "moderator"}).get_json()
    other = secretariat.post("/api/links", json={"role": "moderator"}).get_json()
    first, second = house.browser(), house.browser()
    first.post("/api/redeem", json={"key": mine["key"], "name": "One"})
    second.post("/api/redeem", json={"key": other["key"], "name": "Two"})
    told: list[frozenset[str]] = []
    house.desk.when_revoked(told.append)
    assert secretariat.delete(f"/api/links/{mine['id']}").status_code == 204
    assert first.get("/api/me").status_code == 401
    assert second.get("/api/me").status_code == 200
    assert [mine["id"] in ids for ids in told] == [True]


def test_a_lost_link_is_made_anew_and_lets_nobody_in_any_more(house: House) -> None:
    secretariat, finder, person = house.signed_in("p-sec"), house.browser(), house.browser()
    lost = secretariat.post("/api/links", json={"person": "p-par"}).get_json()
    finder.post("/api/redeem", json={"key": lost["key"]})
    made = secretariat.post("/api/links", json={"person": "p-par", "anew": True})
    assert made.status_code == 201
    assert finder.get("/api/me").status_code == 401
    assert finder.post("/api/redeem", json={"key": lost["key"]}).get_json()["code"] == "revoked"
    assert person.post("/api/redeem", json={"key": made.get_json()["key"]}).get_json()["person"] == "p-par"
    listed = next(each for each in secretariat.get("/api/people").get_json() if each["id"] == "p-par")
    assert [link["id"] for link in listed["links"]] == [made.get_json()["id"]]


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"role": "display", "anew": True}, 400, "bad_message"),
        ({"person": "p-par", "anew": "yes"}, 400, "bad_message"),
        ({}, 400, "bad_message"),
        ({"person": "p-par", "role": "moderator"}, 400, "bad_message"),
        ({"person": "nobody"}, 404, "not_found"),
        ({"person": "p-other"}, 404, "not_found"),
        ({"role": "emperor"}, 400, "bad_message"),
        ({"person": "p-par", "key": "chosen"}, 400, "bad_message"),
    ],
)
def test_what_cannot_have_a_link(house: House, asked: dict[str, str], status: int, code: str) -> None:
    before = len(house.desk.keys("w1"))
    secretariat = house.signed_in("p-sec")
    links = len(house.desk.keys("w1")) - before
    answer = secretariat.post("/api/links", json=asked)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert len(house.desk.keys("w1")) == before + links


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"p-sec"}))
def test_only_the_secretariat_makes_sees_and_revokes_links(house: House, person: str) -> None:
    link, key = house.desk.make_link("w1", role=Role.SECRETARIAT)
    someone = house.signed_in(person)
    for answer in (
        someone.get("/api/links"),
        someone.post("/api/links", json={"role": "secretariat"}),
        someone.delete(f"/api/links/{link.id}"),
    ):
        assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
        assert link.id not in answer.text
    assert house.browser().post("/api/redeem", json={"key": key, "name": "Still"}).status_code == 201


@pytest.mark.parametrize("id_", ["k-nothing", "%2e%2e", "x" * 3_000, "%00"])
def test_a_link_that_is_not_there_is_not_found(house: House, id_: str) -> None:
    assert house.signed_in("p-sec").delete(f"/api/links/{id_}").status_code == 404


def test_a_link_of_another_workshop_is_not_found(house: House) -> None:
    link, key = house.desk.make_link("w2", role=Role.SECRETARIAT)
    answer = house.signed_in("p-sec").delete(f"/api/links/{link.id}")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")
    assert house.browser().post("/api/redeem", json={"key": key, "name": "Still"}).status_code == 201
