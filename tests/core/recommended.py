"""What is done to recommendations, in a session that lets participants take part in it."""

from typing import Any

from companion.core import commands as c
from companion.core.procedure import PositionKind, RecommendationStatus
from tests.core.scenario import Scenario, opened

BROUGHT = c.Brought(
    symbol="R7",
    title="A calendar",
    text="Should agree on a calendar",
    addressees=("States",),
    group="states",
    status=RecommendationStatus.BROAD_SUPPORT,
)


def bring(brought: c.Brought | None = BROUGHT, session: str = "panel-0", version: int = 3) -> c.BringRecommendation:
    source = c.Source(session=session, recommendation="elsewhere", version=version)
    return c.BringRecommendation(source=source, brought=brought)


def revise(recommendation: str, expect: int, text: str = "Should soon agree") -> c.ReviseRecommendation:
    return c.ReviseRecommendation(recommendation=recommendation, text=text, expect=expect)


def amend(recommendation: str, text: str = "Should soon agree", **said: Any) -> c.AmendRecommendation:  # noqa: ANN401 (fields of the command)
    return c.AmendRecommendation(recommendation=recommendation, text=text, **said)


def allowed() -> Scenario:
    """Return a session in which participants may propose, amend and take positions."""
    scenario = opened()
    settings = c.ChangeSettings(participants_may_propose=True, participants_may_take_positions=True)
    scenario.by("secretary", settings)
    return scenario


def take(recommendation: str, position: PositionKind | None = PositionKind.RESERVES, **said: Any) -> c.TakePosition:  # noqa: ANN401 (fields of the command)
    return c.TakePosition(recommendation=recommendation, position=position, **said)
