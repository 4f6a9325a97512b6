"""Why the rule would have somebody next, as the screens are told."""

from companion.audiences.audience import Audience
from companion.audiences.maps import Maps
from companion.core import commands as c
from companion.core.procedure import Rule
from tests.core.scenario import opened


def test_of_whoever_was_called_and_not_there_the_reason_is_just_that() -> None:
    scenario = opened()
    scenario.by("officer", c.SetRule(rule=Rule.ROUND_ROBIN_GROUP))
    ana = scenario.ask("ana")
    scenario.by("officer", c.MarkAbsent(request=ana))
    value = Maps(scenario.session).of(Audience.PARTICIPANTS)["list"]
    assert isinstance(value, dict)
    assert value["reason"] == {"key": "round_robin_group", "values": {"request": ana, "category": "absent"}}
