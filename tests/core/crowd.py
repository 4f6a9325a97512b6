"""A crowd on the list of speakers, and how it stands, would stand and is served."""

from dataclasses import replace
from typing import Final

from companion.core import commands as c
from companion.core import whose_turn
from companion.core.people import Attendance, Role
from companion.core.procedure import QuotaBy, RequestKind, RequestList, Rule
from tests.core.scenario import PEOPLE, PROGRAMME, Scenario, opened, person

QUOTA: Final = c.SetRule(
    rule=Rule.QUOTA, params=c.RuleParameters(by=QuotaBy.GROUP, shares={"states": 2, "civil_society": 1})
)
LETTER: Final = c.SetRule(rule=Rule.ALPHABETICAL_FROM_LETTER, params=c.RuleParameters(letter="c"))
WITH_PARAMETERS: Final = {Rule.QUOTA: QUOTA, Rule.ALPHABETICAL_FROM_LETTER: LETTER}
EVERY_RULE: Final = [WITH_PARAMETERS.get(rule, c.SetRule(rule=rule)) for rule in Rule]
ORDERING: Final = [command for command in EVERY_RULE if command.rule is not Rule.MANUAL]


def named(command: c.SetRule) -> str:
    return command.rule.value


CROWD: Final = tuple(
    replace(
        person(f"guest-{number:02}", Role.PARTICIPANT, group),
        attendance=attendance,
        organisation=f"{letter} organisation",
        region=region,
    )
    for number, (group, attendance, letter, region) in enumerate(
        (group, attendance, letter, region)
        for group in ("states", "civil_society", None)
        for attendance, letter, region in (
            (Attendance.IN_ROOM, "Ä", "north"),
            (Attendance.REMOTE, "C", "south"),
            (Attendance.REMOTE, "ж", None),
        )
    )
)


def crowd(spoke: list[str], asked: list[str], kinds: list[RequestKind], rule: c.SetRule) -> Scenario:
    """Return a list on which some have spoken before, and the others ask in this order."""
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *CROWD)))
    for who in spoke:
        scenario.enter(who)
        scenario.next()
        scenario.later(10).end()
    for who, kind in zip(asked, kinds, strict=True):
        scenario.enter(who, kind)
    scenario.by("officer", rule)
    return scenario


def order(scenario: Scenario) -> list[str]:
    """Return the order that the rule would have, by the sample's ids."""
    return [id_.removeprefix("request-") for id_ in whose_turn.arranged(scenario.session, keep_moved=False)]


def standing(scenario: Scenario) -> list[str]:
    """Return the requests as they stand."""
    return [id_.removeprefix("request-") for _, id_ in scenario.session.places(RequestList.SPEAKERS)]


def served(scenario: Scenario) -> list[str]:
    """Give the floor to whom the rule suggests until nobody waits, and return the order."""
    given: list[str] = []
    while (request := whose_turn.suggestion(scenario.session)) is not None:
        scenario.give(request)
        scenario.later(10).end()
        given.append(request.removeprefix("request-"))
    return given
