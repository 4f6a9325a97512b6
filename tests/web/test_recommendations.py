"""What is looked up of recommendations over HTTP: all versions, and what other sessions have."""

from typing import Any

import pytest

from companion.core import commands as c
from companion.core.people import Actor, Role
from tests.web.house import PEOPLE, House

STAFF = {"p-mod", "p-sec", "p-rap"} & set(PEOPLE)
RAPPORTEUR = Actor(person="p-sec", role=Role.SECRETARIAT)


def proposed(house: House, session: str = "s1") -> None:
    """Have a session put forward a recommendation, amended once."""
    host = house.sessions.find(session)
    assert host is not None
    made = c.ProposeRecommendation(recommendation="made-by-client", text="Should agree", title="A calendar")
    amend = c.AmendRecommendation(recommendation="made-by-client", text="Should soon", amendment="an-amendment")
    revise = c.ReviseRecommendation(
        recommendation="made-by-client", text="Should soon", expect=1, amendment="an-amendment"
    )
    commands: tuple[c.Command, ...] = (c.StartSession(), made, amend, revise)
    for number, command in enumerate(commands):
        host.command(RAPPORTEUR, f"command-{number}", command)


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"p-other"}))
def test_everybody_reads_all_versions_and_which_amendment_each_took_in(house: House, person: str) -> None:
    proposed(house)
    (told,) = house.signed_in(person).get("/api/sessions/s1/history").get_json()["recommendations"]
    assert told["id"] == "made-by-client"
    assert [(each["version"], each["text"], each["amendment"]) for each in told["versions"]] == [
        (1, "Should agree", None),
        (2, "Should soon", "an-amendment"),
    ]
    assert "by" not in told["versions"][0]


def test_what_another_session_has_is_told_until_it_is_brought_and_after_it(house: House) -> None:
    proposed(house, "s2")
    staff = house.signed_in("p-sec")

    def told() -> Any:  # noqa: ANN401 (JSON)
        return staff.get("/api/sessions/s1/recommendations").get_json()

    (there,) = told()
    assert there["session"] == "s2"
    assert [(each["id"], each["version"], each["here"]) for each in there["recommendations"]] == [
        ("made-by-client", 2, None)
    ]
    source = c.Source(session="s2", recommendation="made-by-client", version=2)
    bring = house.sessions.complete(c.BringRecommendation(source=source), "s1", there_of(house))
    host = house.sessions.find("s1")
    assert host is not None
    host.command(RAPPORTEUR, "bring", bring)
    assert told()[0]["recommendations"][0]["here"] == 2
    assert staff.get("/api/sessions/s2/recommendations").get_json()[0]["session"] == "s1"


def there_of(house: House) -> str:
    """Return the workshop of the sessions."""
    host = house.sessions.find("s1")
    assert host is not None
    return host.committed.programme.workshop


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - STAFF - {"p-other"}))
def test_nobody_but_those_who_may_bring_one_looks_into_other_sessions(house: House, person: str) -> None:
    assert house.signed_in(person).get("/api/sessions/s1/recommendations").status_code == 403


def test_nothing_is_told_of_another_workshop(house: House) -> None:
    proposed(house)
    assert "Should" not in house.signed_in("p-other").get("/api/sessions/s9/recommendations").text
