"""The account of a play is compared with the record, and every difference is told."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from companion.core.procedure import AttributionMode
from companion.record import as_json
from companion.record.model_documents import Notes
from companion.simulate import comparison
from companion.simulate.account import Account, Asked, Limited, Noted, Polled, Proposed
from tests.record.floor import OF_ANA, OF_BEN, OF_CLEO, with_modes
from tests.record.whole import played
from tests.record.whole import record_of as record_of_whole
from tests.simulate.discussion import account_of, discussed, told


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return told(discussed())


@pytest.fixture
def account(record: dict[str, Any]) -> Account:
    """Return an account that says what the record says."""
    return account_of(record)


def test_the_discussion_has_all_that_is_compared(record: dict[str, Any]) -> None:
    happened = {each["type"] for each in record["list_events"]}
    assert happened > {"list.arranged", "requests.exchanged", "request.absent", "request.written", "list.time_shared"}
    assert {each["void_reason"] for each in record["interventions"]} == {None, "absent", "undone"}
    assert any(each["suggested"] for each in record["interventions"])
    assert len(record["presiding"]) == 2
    assert len(record["corrections"]) == 1


@pytest.mark.parametrize("mode", AttributionMode)
@pytest.mark.parametrize("panellists", AttributionMode)
def test_the_same_on_both_sides_is_no_difference_however_much_is_told(
    account: Account, mode: AttributionMode, panellists: AttributionMode
) -> None:
    assert comparison.differences(account, told(discussed(with_modes(mode, panellists)))) == []


def another_person_spoke(account: Account) -> None:
    account.spoke[0].person = account.spoke[-1].person


def another_was_absent(account: Account) -> None:
    account.requests[OF_ANA].absences += 1


def nothing_was_undone(account: Account) -> None:
    next(each for each in account.happened if each.undone).undone = False


def fewer_moved(account: Account) -> None:
    next(each for each in account.happened if each.type == "list.arranged").details["moved"] = 9


def they_exchanged_with_somebody_else(account: Account) -> None:
    next(each for each in account.happened if each.type == "requests.exchanged").details["partner"] = OF_ANA


def the_order_was_another(account: Account) -> None:
    account.happened.reverse()


@pytest.mark.parametrize(
    ("otherwise", "of"),
    [
        (another_person_spoke, {"person"}),
        (another_was_absent, {"request"}),
        (nothing_was_undone, {"event of the list"}),
        (fewer_moved, {"event of the list"}),
        (they_exchanged_with_somebody_else, {"event of the list"}),
        (the_order_was_another, {"event of the list"}),
        (lambda account: setattr(account.spoke[0], "pauses", 9), {"intervention"}),
        (lambda account: setattr(account.spoke[0], "by", "secretariat"), {"intervention"}),
        (lambda account: setattr(account.spoke[0], "rule", "quota"), {"intervention"}),
        (lambda account: setattr(account.spoke[0], "suggested", OF_CLEO), {"intervention"}),
        (lambda account: setattr(account.spoke[0], "allotted_seconds", 1), {"intervention"}),
        (lambda account: setattr(account.spoke[0], "void_reason", "absent"), {"intervention", "total"}),
        (lambda account: account.spoke.pop(), {"interventions", "person", "total"}),
        (lambda account: setattr(account.requests[OF_ANA], "topic", "on lakes"), {"request"}),
        (lambda account: setattr(account.requests[OF_ANA], "placed_by", "quota"), {"request"}),
        (lambda account: setattr(account.requests[OF_BEN], "text", "Something else."), {"request"}),
        (lambda account: setattr(account.requests[OF_BEN], "status", "struck"), {"request", "total"}),
        (lambda account: account.limits.append(Limited(seconds=5)), {"speaking times"}),
        (lambda account: setattr(account.limits[0], "seconds", 5), {"speaking time"}),
        (lambda account: setattr(account.presided[0], "role", "secretariat"), {"handing over"}),
        (lambda account: setattr(account.presided[0], "person", "somebody"), {"person"}),
        (lambda account: setattr(account.recognised[0], "guest_name", "Grete Guest"), {"guest"}),
        (lambda account: account.rulings.clear(), {"rulings"}),
        (lambda account: setattr(account, "announcements", 2), {"announcement"}),
    ],
)
def test_what_was_played_otherwise_than_recorded_is_told(
    account: Account, record: dict[str, Any], otherwise: Callable[[Account], object], of: set[str]
) -> None:
    otherwise(account)
    assert {difference.split(":")[0] for difference in comparison.differences(account, record)} == of


def test_a_request_that_the_record_does_not_know_is_told(account: Account, record: dict[str, Any]) -> None:
    account.requests["zz"] = Asked(person="ana", kind="statement")
    assert comparison.differences(account, record) == ["requests: 11 played, 10 recorded"]


def test_of_a_row_the_fields_that_differ_are_told(account: Account, record: dict[str, Any]) -> None:
    account.requests[OF_ANA].topic = "on lakes"
    played, recorded = {"id": OF_ANA, "topic": "on lakes"}, {"id": OF_ANA, "topic": "on rivers"}
    assert comparison.differences(account, record) == [f"request: played {played}, recorded {recorded}"]


def test_the_record_may_be_silent_of_whom_it_hides_but_say_nothing_else(
    account: Account, record: dict[str, Any]
) -> None:
    hidden = json.loads(json.dumps(record))
    of_cleo = next(each for each in hidden["requests"] if each["id"] == OF_CLEO)
    assert of_cleo["topic"] is None
    of_cleo["topic"] = "Something that was never said"
    assert [each.split(":")[0] for each in comparison.differences(account, hidden)] == ["request"]
    of_ana = next(each for each in hidden["requests"] if each["id"] == OF_ANA)
    of_cleo["topic"], of_ana["topic"] = None, None
    assert [each.split(":")[0] for each in comparison.differences(account, hidden)] == ["request"]


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
    found = comparison.differences(account, record)
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
    told = [each.split(":")[0] for each in comparison.differences(account_of_whole, whole)]
    assert "answer" in told
    assert "expected count" in told


def test_a_record_for_everybody_has_the_released_notes_alone(account_of_whole: Account, whole: dict[str, Any]) -> None:
    public = json.loads(as_json.write(record_of_whole(played())))
    assert comparison.differences_in_released(account_of_whole, public) == []
    told = comparison.differences_in_released(account_of_whole, whole)
    assert told[-1] == f"released notes: {len(public['notes'])} played, {len(whole['notes'])} recorded"
