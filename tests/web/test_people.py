"""The secretariat's list of people."""

import pytest

from tests.web.house import NEEDS, PEOPLE, House


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
        "guest": False,
        "connected": True,
        "links": [{"id": link.id, "kind": "personal", "created_at": link.created_at}],
    }
    assert [person["id"] for person in people if person["connected"]] == ["p-par"]


def test_what_is_nobodys_business_is_not_in_the_list(house: House) -> None:
    answer = house.signed_in("p-sec").get("/api/people").text
    assert NEEDS not in answer
    assert "private.example" not in answer
    assert "platform-name" not in answer
    assert "Elsewhere" not in answer


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"p-sec"}))
def test_nobody_else_sees_the_list(house: House, person: str) -> None:
    answer = house.signed_in(person).get("/api/people")
    assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
    assert "Okafor" not in answer.text


def test_a_stranger_sees_nothing(house: House) -> None:
    answer = house.browser().get("/api/people")
    assert (answer.status_code, answer.get_json()["code"]) == (401, "not_signed_in")
