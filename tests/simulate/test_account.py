"""The account of a play is compared with the record, and every difference is told."""

import json
from typing import Any

import pytest

from companion.record import as_json
from companion.record.model_documents import Notes
from companion.simulate.account import Account, Noted, Polled, Proposed, Spoke
from tests.record.panel import held, record_of
from tests.record.whole import played
from tests.record.whole import record_of as record_of_whole


@pytest.fixture
def record() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(as_json.write(record_of(held())))
    return value


@pytest.fixture
def account(record: dict[str, Any]) -> Account:
    """Return an account that says what the record says."""
    made = Account(announcements=1)
    for each in record["interventions"]:
        made.spoke.append(
            Spoke(
                intervention=each["id"],
                request=each["request"],
                kind=each["kind"],
                pauses=len(each["pauses"]),
                extended_seconds=each["extended_seconds"],
                void=each["void"],
                ended=True,
            )
        )
    made.requests = {each["id"]: each["status"] for each in record["requests"]}
    made.rulings = {each["request"]: each["ruling"] for each in record["rulings"]}
    return made


def test_the_same_on_both_sides_is_no_difference(account: Account, record: dict[str, Any]) -> None:
    assert account.differences(record) == []


def test_what_was_played_otherwise_than_recorded_is_told(account: Account, record: dict[str, Any]) -> None:
    account.spoke[1].pauses += 1
    account.requests[account.spoke[1].request] = "withdrawn"
    account.rulings.clear()
    account.announcements = 2
    account.spoke.pop()
    found = [difference.split(":")[0] for difference in account.differences(record)]
    assert found == ["intervention", "interventions", "request", "rulings", "announcement", "total"]


def test_an_intervention_is_found_by_its_id(account: Account) -> None:
    assert account.find(account.spoke[2].intervention) is account.spoke[2]


# Texts and polls


@pytest.fixture
def whole() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(as_json.write(record_of_whole(played(), Notes.ALL)))
    return value


@pytest.fixture
def account_of_whole(whole: dict[str, Any]) -> Account:
    """Return an account that says of texts and polls what the record says."""
    made = Account()
    for note in whole["notes"]:
        made.notes[note["id"]] = Noted(
            kind=note["kind"],
            text=note["text"],
            intervention=note["intervention"],
            attribution=note["attribution"],
            version=note["version"],
            released=note["released"],
        )
    made.notes["note-removed"] = Noted(kind="gap", text="gone", intervention=None, attribution="none", removed=True)
    for each in whole["recommendations"]:
        made.recommendations[each["id"]] = Proposed(
            symbol=each["symbol"],
            texts=[version["text"] for version in each["versions"]],
            statuses=[status["status"] for status in each["statuses"] if not status["undone"]],
            first=each["versions"][0]["number"],
            brought_from=each["brought_from"],
        )
    for poll in whole["polls"]:
        made.polls[poll["id"]] = Polled(
            recommendation=poll["recommendation"],
            version=poll["version"],
            unit=poll["unit"],
            options=tuple(option["id"] for option in poll["options"]),
            eligible=poll["eligible"]["units"],
            answers=answers_that_add_up_to(poll),
            room=poll["room_tally"]["counts"] if poll["room_tally"] else {},
            status=poll["status"],
            outcome=poll["outcome"],
        )
    return made


def answers_that_add_up_to(poll: dict[str, Any]) -> dict[str, str]:
    """Return who answered what; for those whom the record does not name, somebody."""
    named = {answer["delegation"]: answer["option"] for answer in poll["answers"] if answer["delegation"]}
    silent = [option for option, count in poll["tally"].items() for _ in range(count)]
    for option in named.values():
        silent.remove(option)
    return {**named, **{f"somebody-{number}": option for number, option in enumerate(silent)}}


def differences(account: Account, record: dict[str, Any]) -> list[str]:
    found = account.differences(record)
    return [each for each in found if each.split(":")[0].rstrip("s") in {"note", "recommendation", "poll"}]


def test_texts_and_polls_that_are_the_same_are_no_difference(account_of_whole: Account, whole: dict[str, Any]) -> None:
    assert differences(account_of_whole, whole) == []


def test_every_difference_of_a_text_or_a_poll_is_told(account_of_whole: Account, whole: dict[str, Any]) -> None:
    account_of_whole.notes["note-general"].text = "Something else."
    account_of_whole.notes["note-removed"].removed = False
    account_of_whole.recommendations["rec-calendar"].statuses.append("withdrawn")
    account_of_whole.polls["poll-calendar"].answers["state-b"] = "abstain"
    account_of_whole.polls["poll-calendar"].expected = {"support": 20}
    assert [each.split(":")[0] for each in differences(account_of_whole, whole)] == [
        "note",
        "notes",
        "recommendation",
        "poll",
    ]
    told = [each.split(":")[0] for each in account_of_whole.differences(whole)]
    assert "answer" in told
    assert "expected count" in told


def test_a_record_for_everybody_has_the_released_notes_alone(account_of_whole: Account, whole: dict[str, Any]) -> None:
    public = json.loads(as_json.write(record_of_whole(played())))
    assert account_of_whole.differences_in_released(public) == []
    told = account_of_whole.differences_in_released(whole)
    assert told[-1] == f"released notes: {len(public['notes'])} played, {len(whole['notes'])} recorded"


def test_a_version_counts_from_the_one_that_was_brought() -> None:
    assert Proposed(symbol="R1", texts=["a", "b"], statuses=["proposed"], first=4).version == 5
