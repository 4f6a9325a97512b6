"""What staff look up about a poll, and who may."""

from typing import Any

import pytest

from companion.core import commands as c
from companion.core.people import Actor, Role
from companion.core.procedure import BallotKind, PollUnit, Preset, Results
from tests.web.house import PEOPLE, House

FOLLOW_POLLS = {"p-mod", "p-sec", "p-rap"} & set(PEOPLE)
POLL = "poll-that-is-open"


@pytest.fixture
def polled(house: House) -> House:
    """Open a poll and have one participant answer it."""
    host = house.sessions.find("s1")
    assert host is not None
    by = Actor(person="p-sec", role=Role.SECRETARIAT)
    host.command(by, "start", c.StartSession())
    asked = c.OpenPoll(
        poll=POLL,
        question="Shall we?",
        preset=Preset.YES_NO_ABSTAIN,
        ballot=BallotKind.RECORDED,
        unit=PollUnit.PERSON,
        results=Results.AFTER_CLOSE,
    )
    host.command(by, "open", asked)
    host.command(Actor(person="p-par", role=Role.PARTICIPANT), "answer", c.AnswerPoll(poll=POLL, option="yes"))
    return house


def looked_up(house: House, what: str, person: str = "p-sec", poll: str = POLL) -> Any:  # noqa: ANN401 (an answer)
    return house.signed_in(person).get(f"/api/sessions/s1/polls/{poll}/{what}")


def test_who_has_not_answered_is_told_by_name(polled: House) -> None:
    told = looked_up(polled, "unanswered").get_json()
    assert (told["unit"], told["count"]) == ("person", len(told["names"]))
    assert "p-par" not in {each["id"] for each in told["names"]}
    assert all(set(each) == {"id", "name", "organisation", "members"} for each in told["names"])


def test_what_was_answered_is_told_by_group_attendance_and_region(polled: House) -> None:
    told = looked_up(polled, "breakdown").get_json()
    assert set(told) == {"group", "attendance", "region"}
    for rows in told.values():
        assert [*rows.values()] == [{"yes": 1, "no": 0, "abstain": 0}]


@pytest.mark.parametrize("what", ["unanswered", "breakdown"])
def test_a_poll_that_is_not_there_is_not_found(polled: House, what: str) -> None:
    answer = looked_up(polled, what, poll="poll.999")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")


def test_of_a_poll_that_has_closed_nobody_is_missing_any_more(polled: House) -> None:
    host = polled.sessions.find("s1")
    assert host is not None
    host.command(Actor(person="p-sec", role=Role.SECRETARIAT), "close", c.ClosePoll(poll=POLL, expect=POLL))
    answer = looked_up(polled, "unanswered")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "poll_not_open")


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - FOLLOW_POLLS))
@pytest.mark.parametrize("what", ["unanswered", "breakdown"])
def test_nobody_else_looks_these_up(polled: House, person: str, what: str) -> None:
    assert looked_up(polled, what, person).status_code == 403
