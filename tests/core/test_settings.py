"""What the secretariat sets for a session: by a preset, and one by one."""

from typing import Final

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.procedure import AlarmAction, RequestKind, Rule, WhenAbsent
from companion.core.proceedings import EVERYBODY, of_group, of_kind, of_reply
from companion.core.refusals import Refusal
from tests.core.scenario import Scenario, opened

CLOSES: Final = c.SettingAlarm(action=AlarmAction.CLOSE_LIST, after_seconds=900)
PRESET: Final = c.FoundPreset(
    limits=c.SettingLimits(default_seconds=120, groups={"states": 150}, kinds={"question": 60}, replies=(300, 180)),
    rule=Rule.JOINT_FIRST_ROUND_ROBIN_GROUP,
    when_absent=WhenAbsent.LOST,
    one_request_each=False,
    alarms=(CLOSES,),
)


def limits(scenario: Scenario) -> dict[str, int | None]:
    return {address: limit.seconds for address, limit in scenario.session.limits.items()}


def test_a_preset_brings_limits_a_rule_and_all_its_settings() -> None:
    scenario = opened()
    scenario.by("secretary", c.ChangeSettings(preset="hrc_panel", found=PRESET))
    settings = scenario.session.settings
    assert (settings.preset, settings.when_absent, settings.one_request_each) == ("hrc_panel", WhenAbsent.LOST, False)
    assert [(each.action, each.after_seconds) for each in settings.alarms] == [(AlarmAction.CLOSE_LIST, 900)]
    assert scenario.session.list.rule is Rule.JOINT_FIRST_ROUND_ROBIN_GROUP
    question = of_kind(RequestKind.QUESTION)
    assert limits(scenario) == {
        EVERYBODY: 120,
        of_group("states"): 150,
        question: 60,
        of_reply(1): 300,
        of_reply(2): 180,
    }


def test_what_is_said_beside_a_preset_goes_before_it() -> None:
    scenario = opened()
    # The default is 180 already, which is no reason to take what the preset says.
    said = c.SettingLimits(default_seconds=180, replies=(0, 90))
    scenario.by(
        "secretary",
        c.ChangeSettings(preset="hrc_panel", found=PRESET, limits=said, when_absent=WhenAbsent.TO_THE_END, alarms=()),
    )
    assert (limits(scenario)[EVERYBODY], limits(scenario)[of_reply(2)]) == (180, 90)
    assert of_reply(1) not in limits(scenario)
    settings = scenario.session.settings
    assert (settings.when_absent, settings.alarms, settings.one_request_each) == (WhenAbsent.TO_THE_END, (), False)


def test_a_limit_that_holds_already_is_not_set_again() -> None:
    scenario = opened()
    said = c.SettingLimits(default_seconds=180, groups={"states": 90})
    _, *limited = scenario.by("secretary", c.ChangeSettings(limits=said))
    assert [each.group for each in limited if isinstance(each, e.LimitSet)] == ["states"]


@pytest.mark.parametrize(
    ("settings", "refusal"),
    [
        (c.ChangeSettings(preset="imagined"), Refusal.NOT_FOUND),
        (c.ChangeSettings(limits=c.SettingLimits(groups={"nowhere": 60})), Refusal.NOT_FOUND),
        (c.ChangeSettings(limits=c.SettingLimits(kinds={"lecture": 60})), Refusal.BAD_MESSAGE),
        (c.ChangeSettings(limits=c.SettingLimits(replies=(60, 60, 60))), Refusal.BAD_MESSAGE),
        (
            c.ChangeSettings(alarms=(c.SettingAlarm(action=AlarmAction.ANNOUNCE, after_seconds=60),)),
            Refusal.BAD_MESSAGE,
        ),
        (
            c.ChangeSettings(alarms=(c.SettingAlarm(action=AlarmAction.CLOSE_LIST, after_seconds=60, text="Now"),)),
            Refusal.BAD_MESSAGE,
        ),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings: c.ChangeSettings, refusal: Refusal) -> None:
    assert opened().refusal("secretary", settings) is refusal
