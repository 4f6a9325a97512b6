"""A panel of delegations, and polls in it."""

from dataclasses import replace
from typing import Any, Final

from companion.core import commands as c
from companion.core.procedure import PollUnit, RoomAnswers
from tests.core.scenario import PROGRAMME, Scenario, opened

DELEGATIONS: Final = {"ana": "state-a", "ben": "state-a", "cleo": "ngo", "pia": "university", "rapporteur": "office"}
PEOPLE: Final = tuple(replace(each, delegation=DELEGATIONS.get(each.id)) for each in PROGRAMME.people)
PANEL: Final = replace(PROGRAMME, people=PEOPLE)
ANSWERING: Final = ("ana", "ben", "cleo", "dan", "paul", "pia")
BY_DELEGATION: Final = {"unit": PollUnit.DELEGATION}
BY_HANDS: Final = {"room": RoomAnswers.BY_HANDS}


def room() -> Scenario:
    return opened(PANEL)


def asked(**said: Any) -> tuple[Scenario, str]:  # noqa: ANN401 (fields of the command)
    """Return a session with an open poll."""
    scenario = room()
    return scenario, scenario.poll(**said)


def vote(poll: str, option: str = "support", reason: str | None = None) -> c.AnswerPoll:
    return c.AnswerPoll(poll=poll, option=option, reason=reason)


def hands(poll: str, present: int = 10, **counts: int) -> c.CountRoom:
    return c.CountRoom(poll=poll, counts=counts, present=present)
