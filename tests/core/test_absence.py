"""Who was called and is not there: put back once, where the session's settings say, and struck the second time."""

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.people import Spoken
from companion.core.procedure import RequestKind, RequestList, RequestStatus, Rule, WhenAbsent
from companion.core.refusals import Refusal
from tests.core.scenario import Scenario, opened


def called(when: WhenAbsent, *behind: str) -> tuple[Scenario, str]:
    """Return a session in which Ana, of the States, stands first, and the others behind her."""
    scenario = opened()
    scenario.by("secretary", c.ChangeSettings(when_absent=when))
    ana = scenario.ask("ana")
    for who in behind:
        scenario.ask(who)
    return scenario, ana


@pytest.mark.parametrize(
    ("when", "order"),
    [
        (WhenAbsent.TO_THE_END, ["ben", "cleo", "dan", "ana"]),
        (WhenAbsent.END_OF_CATEGORY, ["ben", "ana", "cleo", "dan"]),
        (WhenAbsent.LOST, ["ben", "cleo", "dan"]),
    ],
)
@pytest.mark.parametrize("given", [False, True], ids=["waiting", "just given the floor"])
def test_whoever_is_absent_goes_where_the_settings_say(when: WhenAbsent, order: list[str], *, given: bool) -> None:
    scenario, ana = called(when, "ben", "cleo", "dan")
    if given:
        scenario.next()
        scenario.later(5)
    scenario.by("moderator", c.MarkAbsent(request=ana))
    assert scenario.waiting() == order
    waits = when is not WhenAbsent.LOST
    assert scenario.request(ana).status is (RequestStatus.WAITING if waits else RequestStatus.ABSENT)
    assert (scenario.request(ana).ended_at is None) == waits
    assert scenario.session.speaking is None
    assert scenario.session.spoken.get("ana", Spoken()) == Spoken()


def test_the_only_one_of_a_category_goes_to_the_end() -> None:
    scenario, ana = called(WhenAbsent.END_OF_CATEGORY, "cleo")
    scenario.by("moderator", c.MarkAbsent(request=ana))
    assert scenario.waiting() == ["cleo", "ana"]


def test_the_second_time_a_request_is_struck_whatever_the_settings_say() -> None:
    for when in (WhenAbsent.TO_THE_END, WhenAbsent.END_OF_CATEGORY):
        scenario, ana = called(when, "ben")
        scenario.by("officer", c.MarkAbsent(request=ana))
        scenario.by("officer", c.MarkAbsent(request=ana))
        assert (scenario.request(ana).status, scenario.request(ana).absences) == (RequestStatus.STRUCK, 2)
        assert scenario.refusal("officer", c.MarkAbsent(request=ana)) is Refusal.NOT_ON_LIST
        scenario.ask("ana")
        assert scenario.waiting() == ["ben", "ana"]


def test_whoever_waits_with_another_request_loses_the_one_that_was_called() -> None:
    scenario = opened()
    scenario.by("secretary", c.ChangeSettings(one_request_each=False))
    first, second = scenario.ask("ana"), scenario.ask("ana")
    scenario.by("officer", c.MarkAbsent(request=first))
    assert scenario.request(first).status is RequestStatus.ABSENT
    assert scenario.request(second).status is RequestStatus.WAITING


def test_a_speaker_who_was_interrupted_has_the_floor_again() -> None:
    scenario, _ = called(WhenAbsent.TO_THE_END)
    scenario.next()
    order = scenario.ask("ben", RequestKind.POINT_OF_ORDER)
    scenario.give(order)
    voided, given_back, absent = scenario.later(3).by("moderator", c.MarkAbsent(request=order))
    assert [type(each) for each in (voided, given_back, absent)] == [e.FloorVoided, e.FloorGivenBack, e.RequestAbsent]
    assert (scenario.speaking.person, scenario.speaking.paused_at) == ("ana", None)
    assert scenario.waiting(RequestList.ORDER) == ["ben"]


def test_behind_the_group_is_not_behind_all_whoever_is_last() -> None:
    """Ana and Paul are of one group; that Ana's place is the last of the list makes no difference to what comes later."""
    for others in (("ben", "cleo"), ("cleo", "ben")):
        scenario, ana = called(WhenAbsent.END_OF_CATEGORY, *others)
        scenario.by("officer", c.MarkAbsent(request=ana))
        assert not scenario.request(ana).sent_back


def test_nobody_is_absent_who_is_unknown_or_was_heard() -> None:
    scenario, ana = called(WhenAbsent.TO_THE_END)
    assert scenario.refusal("officer", c.MarkAbsent(request="nothing")) is Refusal.NOT_FOUND
    scenario.next()
    scenario.end()
    assert scenario.refusal("moderator", c.MarkAbsent(request=ana)) is Refusal.NOT_ON_LIST


def test_whoever_was_put_back_comes_after_whoever_was_not_called() -> None:
    scenario, ana = called(WhenAbsent.TO_THE_END, "ben")
    scenario.by("officer", c.MarkReady(request=ana, ready=True))
    scenario.by("officer", c.MarkAbsent(request=ana))
    assert not scenario.request(ana).ready
    scenario.ask("dan")
    scenario.by("officer", c.SetRule(rule=Rule.NOT_YET_SPOKEN_FIRST))
    scenario.by("officer", c.ArrangeList())
    assert scenario.waiting() == ["ben", "dan", "ana"]
