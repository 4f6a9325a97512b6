"""What the server finds of a preset for a session."""

from companion.config import PresetSettings, Settings
from companion.core import commands as c
from companion.core.procedure import RequestKind
from companion.core.proceedings import EVERYBODY, of_group, of_kind, of_reply
from companion.live import completing
from tests.core.scenario import Scenario, opened


def choose(scenario: Scenario, name: str, said: PresetSettings) -> dict[str, int | None]:
    found = completing.preset(said, scenario.session)
    scenario.by("secretary", c.ChangeSettings(preset=name, found=found))
    return {address: limit.seconds for address, limit in scenario.session.limits.items() if limit.seconds is not None}


def test_a_preset_leaves_no_speaking_time_in_force_that_it_does_not_name() -> None:
    scenario, presets = opened(), Settings().presets
    scenario.by("secretary", c.ChangeSettings(limits=c.SettingLimits(groups={"states": 90}, replies=(30, 20))))
    workshop = choose(scenario, "workshop", presets["workshop"])
    assert of_group("states") not in workshop
    assert (workshop[EVERYBODY], workshop[of_kind(RequestKind.JOINT_STATEMENT)], workshop[of_reply(1)]) == (
        120,
        240,
        180,
    )
    assert choose(scenario, "free_discussion", presets["free_discussion"]) == {}
