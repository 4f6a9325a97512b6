"""The language that a reader chooses: by a link on the page, without scripts, and nowhere but on the page."""

import re
from html import unescape

import pytest

from companion import wording
from companion.core.refusals import Refusal
from tests.web.house import House

ARABIC, ENGLISH = '<html lang="ar" dir="rtl"', '<html lang="en" dir="ltr"'
LINK = re.compile(
    r'<nav class="languages" aria-label="([^"]+)"( hidden)?>\s*<a href="([^"]+)" lang="(\w+)" [^>]*>([^<]+)</a>'
)


def offered(page: str) -> tuple[str, str, str]:
    """Return the address, the language and the name of the one other language of a page."""
    [(_label, _hidden, address, language, name)] = LINK.findall(page)
    return unescape(address), language, name


@pytest.mark.parametrize(
    ("person", "path"),
    [
        (None, "/"),
        (None, "/?code=K7WM3QXD"),
        (None, "/enter"),
        (None, "/nothing/%C3%A9"),
        ("p-par", "/sessions/s1/participant"),
        ("p-mod", "/sessions/s1/moderator"),
        ("p-rap", "/sessions/s1/rapporteur"),
        ("p-sec", "/secretariat"),
        ("p-sec", "/secretariat/sheet"),
    ],
)
def test_every_page_can_be_had_in_another_language_and_back(house: House, person: str | None, path: str) -> None:
    browser = house.browser() if person is None else house.signed_in(person)
    browser_asks = {"Accept-Language": "en-GB"}
    english = browser.get(path, headers=browser_asks).text
    assert ENGLISH in english
    address, language, name = offered(english)
    assert (language, name) == ("ar", "العربية")

    chosen = browser.get(address, headers=browser_asks)
    assert (chosen.status_code, chosen.headers["Location"]) == (303, path)
    arabic = browser.get(path, headers=browser_asks).text
    assert ARABIC in arabic
    address, language, name = offered(arabic)
    assert (language, name) == ("en", "English")

    assert browser.get(address, headers=browser_asks).headers["Location"] == path
    assert ENGLISH in browser.get(path, headers=browser_asks).text


def test_the_choice_goes_before_all_and_holds_for_refusals_too(house: House) -> None:
    browser = house.signed_in("p-par")
    browser.get("/?lang=ar")
    assert ARABIC in browser.get("/nothing", headers={"Accept-Language": "en"}).text
    refused = browser.get("/api/people", headers={"Accept-Language": "en"}).get_json()
    assert refused["message"] == wording.sentence(Refusal.NOT_ALLOWED, "ar")


@pytest.mark.parametrize(
    "path", ["/?lang=xx", "/?lang=", "/?lang=../ar", "/api/me?lang=ar", "/static/css/base.css?lang=ar"]
)
def test_what_is_no_choice_of_a_page_is_kept_nowhere(house: House, path: str) -> None:
    answer = house.browser().get(path)
    assert answer.status_code != 303
    assert not [cookie for cookie in answer.headers.getlist("Set-Cookie") if wording.COOKIE in cookie]
    assert house.browser().post("/?lang=ar").status_code == 405


def test_a_choice_that_is_no_longer_there_is_passed_over(house: House) -> None:
    browser = house.browser()
    browser.set_cookie(wording.COOKIE, "tlh")
    assert ARABIC in browser.get("/", headers={"Accept-Language": "ar"}).text


@pytest.mark.parametrize(
    "path",
    [
        "///elsewhere.example/x",
        "/\\elsewhere.example",
        "/%5C%5Celsewhere.example",
        "/%09/elsewhere.example",
    ],
)
def test_the_way_back_leads_to_no_other_host(house: House, path: str) -> None:
    answer = house.browser().get(f"{path}?lang=ar")
    assert answer.status_code == 303
    assert re.match(r"/([^/\\\t]|$)", answer.headers["Location"])
    address, _, _ = offered(house.browser().get(path).text)
    assert re.match(r"/([^/\\\t]|$)", address)


def test_a_choice_is_kept_where_no_script_reads_it(house: House) -> None:
    plain = house.browser().get("/?lang=ar").headers["Set-Cookie"]
    assert plain.startswith("companion-language=ar;")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in plain.split(";")}
    assert "Secure" not in plain
    assert "Secure" in house.browser().get("/?lang=ar", base_url="https://meeting.example").headers["Set-Cookie"]


def test_the_desks_keep_it_in_a_menu_and_the_room_display_has_no_controls(house: House) -> None:
    for person, path, hidden in (
        ("p-mod", "/sessions/s1/moderator", " hidden"),
        ("p-rap", "/sessions/s1/rapporteur", " hidden"),
        ("p-par", "/sessions/s1/participant", ""),
    ):
        [found] = LINK.findall(house.signed_in(person).get(path).text)
        assert found[1] == hidden
    assert not LINK.search(house.signed_in("p-dis").get("/sessions/s1/display").text)
