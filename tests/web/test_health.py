from companion import __version__
from companion.keeping.keeper import Kept
from companion.store.database import Database
from companion.store.errors import DiskFull
from tests.web.house import House


def test_the_program_says_that_it_is_there(house: House) -> None:
    answer = house.browser().get("/healthz")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "status": "ok",
        "version": __version__,
        "sessions": 3,
        "sockets": 7,
        "backup": {"at": None, "ok": True},
    }


def test_it_says_when_the_last_copy_was_made_and_that_one_was_not(house: House) -> None:
    house.kept = Kept(at="2026-10-18T08:00:00.000Z", fault="there is no room")
    assert house.browser().get("/healthz").get_json()["backup"] == {"at": "2026-10-18T08:00:00.000Z", "ok": False}


def test_it_says_that_the_disk_is_full(house: House) -> None:
    def find_it_full(_: Database) -> None:
        raise DiskFull("no room")

    asked = house.program()
    try:
        house.committer.run(find_it_full)
    except DiskFull:
        assert asked.get("/healthz").get_json()["status"] == "read_only"
