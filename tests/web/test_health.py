from companion import __version__
from tests.web.house import House


def test_the_program_says_that_it_is_there(house: House) -> None:
    answer = house.browser().get("/healthz")
    assert answer.status_code == 200
    assert answer.get_json() == {"status": "ok", "version": __version__, "sessions": 3, "sockets": 7}
