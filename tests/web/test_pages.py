"""The pages: who is shown which, and that they hold nobody's data."""

import gzip
from datetime import timedelta

import pytest

from companion import wording
from companion.config import ServerSettings
from companion.core import commands as c
from companion.core.refusals import Refusal
from tests.web.house import CODE, PEOPLE, Build, House

SCREENS = {
    "p-mod": "moderator",
    "p-list": "moderator",
    "p-tech": "technical",
    "p-rap": "rapporteur",
    "p-pan": "participant",
    "p-par": "participant",
    "p-obs": "participant",
    "p-int": "booth",
    "p-dis": "display",
}
NOT_OWN = {
    "p-mod": {"participant", "display", "draft"},
    "p-list": {"participant", "technical"},
    "p-tech": {"participant", "display"},
    "p-rap": {"participant", "draft"},
    "p-int": {"participant"},
    "p-sec": {"moderator", "rapporteur", "participant", "display", "draft"},
}


@pytest.mark.parametrize(
    "path",
    [
        "/go",
        "/sessions/s1/moderator",
        "/sessions/s1/rapporteur",
        "/sessions/s1/draft",
        "/sessions/s1/display",
        "/sessions/s1/display?overlay=lower-third",
        "/sessions/s1/booth",
        "/sessions/s1/technical",
        "/secretariat",
        "/secretariat/sheet",
    ],
)
def test_a_stranger_is_sent_to_the_entrance(house: House, path: str) -> None:
    answer = house.browser().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("path", ["/", "/enter", "/?code=K7WM3QXD", "/?code=%3Cscript%3E"])
def test_the_entrance_is_open_to_all(house: House, path: str) -> None:
    answer = house.browser().get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "Human Rights" not in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(("person", "screen"), SCREENS.items())
def test_everybody_goes_to_their_own_page(house: House, person: str, screen: str) -> None:
    someone = house.signed_in(person)
    assert someone.get("/go").headers["Location"] == f"/sessions/s1/{screen}"
    page = someone.get(f"/sessions/s1/{screen}")
    assert page.status_code == 200
    assert f'data-page="{screen}"' in page.text
    assert f'data-session="s1" data-person="{person}" data-role="{PEOPLE[person][1]}"' in page.text


@pytest.mark.parametrize("person", sorted(PEOPLE))
@pytest.mark.parametrize("screen", ["moderator", "rapporteur", "participant", "display", "booth", "technical", "draft"])
def test_whoever_has_another_role_is_sent_to_their_own_page(house: House, person: str, screen: str) -> None:
    answer = house.signed_in(person).get(f"/sessions/s2/{screen}")
    if screen == SCREENS.get(person) or screen in NOT_OWN.get(person, ()):
        assert answer.status_code == 200
    else:
        own = SCREENS.get(person, "moderator")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/sessions/s2/{own}")


def test_the_display_can_lie_over_the_picture_of_a_stream(house: House) -> None:
    display = house.signed_in("p-dis")
    whole, over = (display.get(f"/sessions/s1/display{asked}").text for asked in ("", "?overlay=lower-third"))
    assert "<room-display>" in whole
    assert "data-overlay" not in whole
    assert 'data-overlay="lower-third"' in over
    assert "<room-lower-third>" in over
    assert "room-display.css" not in over
    assert 'data-theme="light"' in over


@pytest.mark.parametrize("asked", ["?overlay=upper", "?overlay=", '?overlay="><script>'])
def test_no_other_overlay_is_known(house: House, asked: str) -> None:
    page = house.signed_in("p-dis").get(f"/sessions/s1/display{asked}").text
    assert "data-overlay" not in page
    assert "><script>" not in page


def test_no_other_screen_has_an_overlay(house: House) -> None:
    page = house.signed_in("p-par").get("/sessions/s1/participant?overlay=lower-third").text
    assert "data-overlay" not in page


@pytest.mark.parametrize("person", SCREENS)
def test_a_session_leads_everybody_to_their_own_screen(house: House, person: str) -> None:
    location = house.signed_in(person).get("/sessions/s1").headers["Location"]
    assert location.startswith("/sessions/s1/")
    assert house.signed_in(person).get(location).status_code == 200


def test_a_session_leads_strangers_to_the_door(house: House) -> None:
    assert house.app.test_client().get("/sessions/s1").headers["Location"] == "/"


def test_the_secretariat_has_pages_of_its_own(house: House) -> None:
    secretariat = house.signed_in("p-sec")
    assert secretariat.get("/go").headers["Location"] == "/secretariat"
    assert 'data-page="secretariat"' in secretariat.get("/secretariat").text
    assert 'data-page="sheet"' in secretariat.get("/secretariat/sheet").text
    for person in SCREENS:
        assert house.signed_in(person).get("/secretariat").headers["Location"] == "/go"


def test_pages_hold_nobodys_names(house: House) -> None:
    paths = [("p-sec", "/secretariat"), ("p-sec", "/secretariat/sheet")]
    paths += [("p-sec", f"/sessions/s1/{screen}") for screen in ("moderator", "rapporteur", "participant")]
    paths += [("p-int", "/sessions/s1/booth"), ("p-tech", "/sessions/s1/technical")]
    for person, path in paths:
        page = house.signed_in(person).get(path).text
        assert not [name for name, _role in PEOPLE.values() if name in page and name != "Screen"]


@pytest.mark.parametrize("path", ["/", "/sessions/s1/moderator", "/api/me"])
def test_what_a_page_begins_with_is_compressed_for_those_who_take_it(house: House, path: str) -> None:
    someone = house.signed_in("p-mod")
    plain = someone.get(path)
    packed = someone.get(path, headers={"Accept-Encoding": "gzip, deflate"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data)
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Cache-Control"] == "no-store"


def test_a_title_is_text(house: House) -> None:
    page = house.signed_in("p-mod").get("/sessions/s1/moderator").text
    assert "Panel s1" in page
    assert "<law>" not in page


def test_going_leads_to_the_session_that_is_on_or_else_next(house: House) -> None:
    someone = house.signed_in("p-par")

    def leads_to() -> str:
        return someone.get("/go").headers["Location"].split("/")[2]

    house.do("s2", "p-mod", c.StartSession())
    assert leads_to() == "s2"
    house.do("s2", "p-mod", c.SuspendSession())
    assert leads_to() == "s2"
    house.do("s1", "p-mod", c.StartSession())
    assert leads_to() == "s1"
    house.do("s1", "p-mod", c.CloseSession())
    house.do("s2", "p-mod", c.CloseSession())
    assert leads_to() == "s2"


def test_a_session_that_was_never_opened_is_left_behind(house: House) -> None:
    someone = house.signed_in("p-par")
    assert someone.get("/go").headers["Location"] == "/sessions/s1/participant"
    house.wall.forward(timedelta(hours=3))
    assert someone.get("/go").headers["Location"] == "/sessions/s2/participant"
    house.wall.forward(timedelta(days=3))
    assert someone.get("/go").headers["Location"] == "/sessions/s1/participant"


@pytest.mark.parametrize(
    "path",
    [
        "/sessions/nothing/moderator",
        "/sessions/s9/moderator",
        "/sessions/s1/secrets",
        "/sessions/..%2F..%2Fetc/moderator",
        "/sessions/%00/moderator",
        "/sessions/s1%27--/moderator",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(house: House, path: str) -> None:
    answer = house.signed_in("p-mod").get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is nothing here" in answer.text


def test_links_lead_to_where_people_reach_the_server(build: Build) -> None:
    house = build(base_url="http://192.168.1.20:5000")
    secretariat = house.signed_in("p-sec")
    me = secretariat.get("/api/me", base_url="http://localhost:5000").get_json()
    assert me["join"]["url"] == "http://192.168.1.20:5000/?code=K7WM3QXD"
    secretariat = house.browser()
    headers = house.bearer("p-sec")
    me = secretariat.get("/api/me", base_url="http://room.local:5000", headers=headers).get_json()
    assert me["join"]["url"] == "http://room.local:5000/?code=K7WM3QXD"


def test_the_public_address_goes_before_all(build: Build) -> None:
    house = build(base_url="http://192.168.1.20:5000", server=ServerSettings(public_url="https://meeting.example"))
    body = house.signed_in("p-sec").post("/api/links", json={"role": "display"}).get_json()
    assert body["url"] == f"https://meeting.example/enter#{body['key']}"


def test_where_there_is_no_session_there_is_nowhere_to_go(house: House) -> None:
    answer = house.signed_in("p-early").get("/go")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_pages_and_refusals_are_in_the_readers_language_and_run_its_way(house: House) -> None:
    arabic, english = {"Accept-Language": "ar-EG, en;q=0.5"}, {"Accept-Language": "xx, en"}
    assert '<html lang="ar" dir="rtl"' in house.browser().get("/", headers=arabic).text
    assert '<html lang="en" dir="ltr"' in house.browser().get("/", headers=english).text
    assert '<html lang="ar" dir="rtl"' in house.browser().get("/nothing", headers=arabic).text
    for headers, lang in ((arabic, "ar"), (english, "en")):
        refused = house.browser().get("/api/me", headers=headers).get_json()
        assert refused["message"] == wording.sentence(Refusal.NOT_SIGNED_IN, lang)


def test_the_browsers_language_goes_before_the_one_that_somebody_speaks(house: House) -> None:
    browser = house.browser()
    browser.post("/api/join", json={"code": CODE, "name": "ليلى", "language": "ar"})
    assert '<html lang="en" dir="ltr"' in browser.get("/", headers={"Accept-Language": "en"}).text
    assert '<html lang="ar" dir="rtl"' in browser.get("/").text
    refused = browser.get("/api/people").get_json()
    assert refused["message"] == wording.sentence(Refusal.NOT_ALLOWED, "ar")
