"""QR codes."""

from xml.etree import ElementTree as ET

import pytest

from tests.web.house import PEOPLE, House


def test_the_join_code_is_a_picture(house: House) -> None:
    answer = house.signed_in("p-dis").get("/api/join.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    drawing = ET.fromstring(answer.text)  # noqa: S314 (our own)
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert "viewBox" in drawing.attrib
    assert "script" not in answer.text


def test_each_link_has_a_picture_of_its_own(house: House) -> None:
    urls = ["http://localhost/enter#abc", "http://localhost/enter#abd"]
    drawn = house.signed_in("p-sec").post("/api/qr", json={"urls": urls}).get_json()
    assert [each["url"] for each in drawn] == urls
    assert len({each["svg"] for each in drawn}) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "urls"),
        ({"urls": "one"}, "urls"),
        ({"urls": [1]}, "urls[0]"),
        ({"urls": ["x" * 501]}, "urls[0]"),
        ({"urls": ["x"] * 501}, "urls"),
        ({"urls": [], "size": 9}, "size"),
    ],
)
def test_what_cannot_be_drawn(house: House, body: dict[str, object], field: str) -> None:
    answer = house.signed_in("p-sec").post("/api/qr", json=body)
    assert (answer.status_code, answer.get_json()["code"], answer.get_json()["field"]) == (400, "bad_message", field)


def test_any_text_can_be_drawn(house: House) -> None:
    urls = ["", "نص عربي", "\u0000<svg onload=alert(1)>"]
    answer = house.signed_in("p-sec").post("/api/qr", json={"urls": urls})
    assert answer.status_code == 200
    assert not [each for each in answer.get_json() if "onload" in each["svg"]]


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"p-sec"}))
def test_only_the_secretariat_has_codes_drawn(house: House, person: str) -> None:
    assert house.signed_in(person).post("/api/qr", json={"urls": []}).status_code == 403


def test_a_stranger_sees_no_code(house: House) -> None:
    answer = house.browser().get("/api/join.svg")
    assert (answer.status_code, answer.get_json()["code"]) == (401, "not_signed_in")
