"""The account of a play is compared with the record, and every difference is told."""

import json
from typing import Any

import pytest

from companion.record import as_json
from companion.simulate.account import Account, Spoke
from tests.record.panel import held, record_of


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
