"""How people come in at the desk, and whether they still are."""

from collections.abc import Callable
from typing import Final

import pytest

from companion.core.refusals import Refusal, Refused
from companion.live.arrivals import SignedIn
from tests.live.house import ANA, House, Sent

WORKSHOP: Final = "workshop"
CODE: Final = "K7WM3QXD"


def refusal(call: Callable[[], object]) -> Refusal:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.reason


def link_of(house: House, person: str = ANA.person) -> str:
    _, key = house.desk.make_link(WORKSHOP, person=person)
    return key


def signed_in(house: House, person: str = ANA.person) -> SignedIn:
    return house.desk.redeem(link_of(house, person), None)


def is_in(house: House, token: str) -> bool:
    return house.desk.who(token) is not None


def outcome(sent: Sent) -> object:
    try:
        sent.answer()
    except Refused as refused:
        return refused.reason
    return "in"
