"""The account of a play keeps what was done, in order."""

import pytest

from companion.simulate.account import Account, Asked, Happened, Proposed
from tests.simulate.discussion import account_of, discussed, told


@pytest.fixture
def account() -> Account:
    return account_of(told(discussed()))


def test_an_intervention_is_found_by_its_id(account: Account) -> None:
    assert account.find(account.spoke[2].intervention) is account.spoke[2]


def test_who_asks_stands_among_the_requests_and_in_what_happened_to_the_list() -> None:
    account = Account()
    account.ask("r-1", Asked(person="ana", kind="statement", by="list_officer", carried_from="panel-0"))
    assert account.requests["r-1"].status == "waiting"
    assert account.happened == [
        Happened(type="request.made", by="list_officer", request="r-1", details={"carried_from": "panel-0"})
    ]


def test_those_who_were_not_reached_come_in_their_order() -> None:
    account = Account()
    for who in ("ana", "ben", "cleo"):
        account.ask(f"r-{who}", Asked(person=who, kind="statement"))
    account.settle("r-cleo", "not_reached", "request.not_reached", by="moderator")
    account.settle("r-ben", "withdrawn", "request.withdrawn", by=None)
    account.settle("r-ana", "not_reached", "request.not_reached", by="moderator")
    assert [asked.person for asked in account.not_reached()] == ["cleo", "ana"]
    assert [asked.status for asked in account.requests.values()] == ["not_reached", "withdrawn", "not_reached"]


def test_all_that_was_a_guests_is_the_persons_whom_the_guest_turned_out_to_be(account: Account) -> None:
    mine = account.spoke[0].person
    others = [each.person for each in account.spoke if each.person != mine]
    account.recognise(mine, "somebody")
    assert account.spoke[0].person == account.requests[account.spoke[0].request].person == "somebody"
    assert [each.person for each in account.spoke if each.person != "somebody"] == others


def test_a_version_counts_from_the_one_that_was_brought() -> None:
    assert Proposed(symbol="R1", texts=["a", "b"], statuses=["proposed"], first=4).version == 5
