"""Notes, recommendations and polls between the doors and the disk: what is answered, brought and told."""

from typing import Any

import pytest

from companion.core import commands as c
from companion.core.people import Actor
from companion.core.procedure import NoteKind, PollStatus, PollUnit, RecommendationStatus
from companion.core.refusals import Refusal
from tests.core.scenario import poll_of
from tests.live.conftest import Start
from tests.live.house import ANA, BEN, MODERATOR, SECRETARY, House
from tests.live.two_sessions import OTHER, RAPPORTEUR, RECOMMENDED, with_another


def result(house: House, by: Actor, command: c.Command) -> Any:  # noqa: ANN401 (what came into being)
    answer = house.command(by, command)
    return None if answer.result is None else dict(answer.result)


def test_who_writes_is_told_what_came_into_being_and_in_which_version(house: House) -> None:
    note = result(house, RAPPORTEUR, c.AddNote(kind=NoteKind.GAP))["note"]
    assert house.host.committed.notes[note].version == 1
    assert result(house, RAPPORTEUR, c.WriteNote(note=note, text="Put right", expect=1)) == {"version": 2}
    assert result(house, RAPPORTEUR, c.RemoveNote(note=note)) is None
    assert result(house, RAPPORTEUR, RECOMMENDED) == {"recommendation": "recommended"}
    revise = c.ReviseRecommendation(recommendation="recommended", text="Should soon agree", expect=1)
    assert result(house, MODERATOR, revise) == {"version": 2}
    assert result(house, RAPPORTEUR, poll_of(c.DraftPoll, poll="made-by-client")) == {"poll": "made-by-client"}
    assert result(house, MODERATOR, c.OpenPoll(poll="made-by-client")) == {"poll": "made-by-client"}
    poll = result(house, MODERATOR, poll_of(c.OpenPoll))["poll"]
    assert house.host.committed.polls[poll].status is PollStatus.OPEN
    assert result(house, ANA, c.AnswerPoll(poll=poll, option="support")) is None


def test_a_note_that_is_sent_again_is_answered_as_before(house: House) -> None:
    add, write = c.AddNote(kind=NoteKind.GAP), c.WriteNote(note="note-one", text="Put right", expect=1)
    first = house.command(RAPPORTEUR, add, "command-one")
    assert house.command(RAPPORTEUR, add, "command-one") == first
    house.command(RAPPORTEUR, c.AddNote(note="note-one", kind=NoteKind.GAP))
    written = house.command(RAPPORTEUR, write, "command-two")
    assert house.command(RAPPORTEUR, write, "command-two") == written
    assert len(house.host.committed.notes) == 2
    assert house.refusal(SECRETARY, write) is Refusal.STALE


def test_of_two_who_write_one_note_in_one_batch_the_second_is_stale(house: House) -> None:
    house.command(RAPPORTEUR, c.AddNote(note="note-one", kind=NoteKind.GAP))
    with house.disk_held():
        first = house.sent(RAPPORTEUR, c.WriteNote(note="note-one", text="One", expect=1))
        assert house.refusal(SECRETARY, c.WriteNote(note="note-one", text="Two", expect=1)) is Refusal.STALE
    assert dict(first.answer().result) == {"version": 2}
    assert house.host.committed.notes["note-one"].text == "One"


def test_an_answer_is_told_to_whoever_gave_it_and_after_a_restart_it_stands(start: Start) -> None:
    house = start()
    house.command(MODERATOR, poll_of(c.OpenPoll, poll="poll-that-is-open", unit=PollUnit.PERSON))
    told = len(house.listener.own)
    house.command(ANA, c.AnswerPoll(poll="poll-that-is-open", option="abstain"))
    assert [who for who, _ in house.listener.own[told:]] == [ANA.person]
    house.command(BEN, c.AnswerPoll(poll="poll-that-is-open", option="support"))
    house.command(ANA, c.AnswerPoll(poll="poll-that-is-open", option="support"))
    before = house.host.committed.polls["poll-that-is-open"]
    after = start().host.committed.polls["poll-that-is-open"]
    assert after == before
    assert after.tally["support"] == 2


# From another session


def bring(session: str = OTHER, recommendation: str = "recommended", version: int = 2) -> c.BringRecommendation:
    return c.BringRecommendation(source=c.Source(session=session, recommendation=recommendation, version=version))


@pytest.mark.parametrize(("version", "text"), [(1, "Should agree"), (2, "Should soon agree")])
def test_a_recommendation_is_brought_with_the_text_of_the_version_named(start: Start, version: int, text: str) -> None:
    house = with_another(start)
    complete = house.sessions.complete(bring(version=version), house.host.id, "workshop")
    assert result(house, RAPPORTEUR, complete) == {"recommendation": "recommended"}
    brought = house.host.committed.recommendations["recommended"]
    assert (brought.symbol, brought.brought_from, brought.status) == ("R8", OTHER, RecommendationStatus.PROPOSED)
    assert (brought.current.number, brought.current.text) == (version, text)
    assert (brought.current.title, brought.current.addressees) == ("A calendar", ("States",))


@pytest.mark.parametrize(
    ("command", "workshop"),
    [
        (bring("panel-9"), "workshop"),
        (bring(recommendation="nothing"), "workshop"),
        (bring(version=3), "workshop"),
        (bring(), "another workshop"),
    ],
)
def test_what_is_not_there_or_of_another_workshop_is_not_brought(
    start: Start, command: c.BringRecommendation, workshop: str
) -> None:
    house = with_another(start)
    assert house.sessions.complete(command, house.host.id, workshop) == command
    assert house.refusal(RAPPORTEUR, command) is Refusal.NOT_FOUND


def test_nothing_else_is_completed(house: House) -> None:
    add = c.AddNote(kind=NoteKind.GAP)
    assert house.sessions.complete(add, house.host.id, "workshop") is add
