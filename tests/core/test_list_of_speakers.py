"""The list of speakers: opened and closed, set aside and moved, and how long people may speak."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import UNSET, Unset
from companion.core.procedure import ListStatus, RequestKind, RequestList
from companion.core.proceedings import Limit, of_person
from companion.core.refusals import Refusal
from tests.core.scenario import BEGINNING, Scenario, opened, requested

ORDER = RequestKind.POINT_OF_ORDER


def three_waiting() -> tuple[Scenario, str, str, str]:
    scenario = opened()
    return scenario, scenario.ask("ana"), scenario.ask("ben"), scenario.ask("cleo")


# Opening and closing


def test_the_list_is_opened_and_closed() -> None:
    scenario = Scenario()
    assert scenario.session.list.status is ListStatus.NOT_OPEN
    assert scenario.by("officer", c.OpenList()) == [e.ListOpened()]
    assert scenario.later(60).by("officer", c.CloseList()) == [e.ListClosed()]
    listed = scenario.session.list
    assert (listed.status, listed.opened_at, listed.closed_at) == (ListStatus.CLOSED, BEGINNING, scenario.now)


def test_a_closed_list_is_opened_again() -> None:
    scenario = opened()
    scenario.by("officer", c.CloseList())
    scenario.by("officer", c.OpenList())
    assert (scenario.session.list.status, scenario.session.list.closed_at) == (ListStatus.OPEN, None)


def test_an_open_list_is_not_opened_and_a_closed_one_not_closed() -> None:
    scenario = Scenario()
    assert scenario.refusal("officer", c.CloseList()) is Refusal.LIST_CLOSED
    scenario.by("officer", c.OpenList())
    assert scenario.refusal("officer", c.OpenList()) is Refusal.NOT_NOW


def test_no_list_is_opened_after_the_session() -> None:
    scenario = opened()
    scenario.by("moderator", c.CloseSession())
    assert scenario.refusal("officer", c.OpenList()) is Refusal.SESSION_NOT_OPEN


# Holding and releasing


def test_a_held_request_comes_back_to_its_place() -> None:
    scenario, _, ben, _ = three_waiting()
    scenario.by("officer", c.HoldRequest(request=ben))
    assert scenario.waiting() == ["ana", "cleo"]
    scenario.by("officer", c.ReleaseRequest(request=ben))
    assert scenario.waiting() == ["ana", "ben", "cleo"]


def test_the_last_one_held_comes_back_before_whoever_asked_meanwhile() -> None:
    scenario = opened()
    ben = requested(scenario.by("ben", c.RequestFloor(kind=RequestKind.STATEMENT, request="zzzzzzzz")))
    scenario.by("officer", c.HoldRequest(request=ben))
    scenario.by("ana", c.RequestFloor(kind=RequestKind.STATEMENT, request="aaaaaaaa"))
    scenario.by("officer", c.ReleaseRequest(request=ben))
    assert scenario.waiting() == ["ben", "ana"]


def test_a_move_takes_nobodys_place_who_is_held() -> None:
    scenario, ana, ben, _ = three_waiting()
    dan = scenario.ask("dan")
    scenario.by("officer", c.HoldRequest(request=ben))
    scenario.by("officer", c.MoveRequest(request=dan, after=ana))
    scenario.by("officer", c.ReleaseRequest(request=ben))
    assert scenario.waiting() == ["ana", "dan", "ben", "cleo"]
    assert scenario.request(dan).rank < scenario.request(ben).rank


def test_a_held_request_is_still_a_request() -> None:
    scenario = opened()
    scenario.by("officer", c.HoldRequest(request=scenario.ask("ana")))
    assert scenario.refusal("ana", c.RequestFloor(kind=RequestKind.STATEMENT)) is Refusal.ALREADY_ON_LIST


def test_what_does_not_wait_is_not_held_or_moved_and_what_is_not_held_not_released() -> None:
    scenario = opened()
    ana = scenario.ask("ana")
    assert scenario.refusal("officer", c.ReleaseRequest(request=ana)) is Refusal.NOT_ON_LIST
    scenario.by("officer", c.HoldRequest(request=ana))
    assert scenario.refusal("officer", c.HoldRequest(request=ana)) is Refusal.NOT_ON_LIST
    assert scenario.refusal("officer", c.MoveRequest(request=ana)) is Refusal.NOT_ON_LIST


def test_nobody_is_released_to_wait_twice() -> None:
    scenario = opened()
    held = scenario.enter("pia", segment="replies")
    scenario.enter("pia")
    assert scenario.refusal("officer", c.ReleaseRequest(request=held)) is Refusal.ALREADY_ON_LIST


# Moving


@pytest.mark.parametrize(
    ("after", "order"),
    [
        (None, ["cleo", "ana", "ben", "dan"]),
        ("ana", ["ana", "cleo", "ben", "dan"]),
        ("ben", ["ana", "ben", "cleo", "dan"]),
        ("dan", ["ana", "ben", "dan", "cleo"]),
        (UNSET, ["ana", "ben", "dan", "cleo"]),
    ],
)
def test_staff_move_a_request_anywhere(after: str | Unset | None, order: list[str]) -> None:
    scenario = opened()
    asked = {who: scenario.ask(who) for who in ("ana", "ben", "cleo", "dan")}
    behind = asked[after] if isinstance(after, str) else after
    scenario.by("officer", c.MoveRequest(request=asked["cleo"], after=behind))
    assert scenario.waiting() == order


@pytest.mark.parametrize("after", [None, UNSET])
def test_whoever_waits_alone_may_be_moved(after: Unset | None) -> None:
    scenario = opened()
    scenario.by("officer", c.MoveRequest(request=scenario.ask("ana"), after=after))
    assert scenario.waiting() == ["ana"]


def test_a_request_is_not_moved_behind_itself_or_one_of_another_list() -> None:
    scenario = opened()
    ana, order = scenario.ask("ana"), scenario.ask("ben", ORDER)
    for after, refusal in ((ana, Refusal.BAD_MESSAGE), (order, Refusal.NOT_ON_LIST), ("none", Refusal.NOT_ON_LIST)):
        assert scenario.refusal("officer", c.MoveRequest(request=ana, after=after)) is refusal


def test_participants_let_others_go_first() -> None:
    scenario, ana, ben, _ = three_waiting()
    scenario.by("ana", c.MoveRequest(request=ana, after=ben))
    assert scenario.waiting() == ["ben", "ana", "cleo"]
    scenario.by("ana", c.MoveRequest(request=ana))
    assert scenario.waiting() == ["ben", "cleo", "ana"]


def test_participants_do_not_overtake() -> None:
    scenario, ana, ben, cleo = three_waiting()
    order = scenario.ask("dan", ORDER)
    for after in (None, ana, ben, order, cleo):
        assert scenario.refusal("cleo", c.MoveRequest(request=cleo, after=after)) is Refusal.NOT_ALLOWED
    assert scenario.waiting() == ["ana", "ben", "cleo"]


def test_participants_move_hold_and_withdraw_nobody_else() -> None:
    scenario, ana, *_ = three_waiting()
    for command in (
        c.MoveRequest(request=ana),
        c.HoldRequest(request=ana),
        c.WithdrawRequest(request=ana),
        c.ChangeRequest(request=ana, topic="Remedies"),
    ):
        assert scenario.refusal("ben", command) is Refusal.NOT_ALLOWED


def test_after_many_moves_to_one_place_the_list_is_renumbered_in_the_same_order() -> None:
    scenario, ana, ben, cleo = three_waiting()
    held = scenario.ask("dan")
    scenario.by("officer", c.HoldRequest(request=held))
    for count in range(500):
        scenario.by("officer", c.MoveRequest(request=(cleo, ben)[count % 2], after=ana))
        if isinstance(scenario.recorded[-1].event, e.RequestsRenumbered):
            break
    assert isinstance(scenario.recorded[-1].event, e.RequestsRenumbered)
    assert scenario.waiting() == ["ana", *(("cleo", "ben") if count % 2 == 0 else ("ben", "cleo"))]
    scenario.by("officer", c.ReleaseRequest(request=held))
    assert scenario.waiting()[-1] == "dan"
    assert max(len(request.rank) for request in scenario.session.requests.values()) <= 6


def test_thousands_of_moves_keep_ranks_short_and_apart() -> None:
    scenario, ana, ben, cleo = three_waiting()
    for count in range(2000):
        after = (None, UNSET, ana)[count % 3]
        scenario.by("officer", c.MoveRequest(request=(ben, cleo)[count % 2], after=after))
        ranks = [rank for rank, _ in scenario.session.places(RequestList.SPEAKERS)]
        assert ranks == sorted(set(ranks))
        assert max(map(len, ranks)) <= 24


# Speaking times


def test_a_speaking_time_is_set_for_one_thing_at_a_time() -> None:
    scenario = opened()
    scenario.by("officer", c.SetLimit(seconds=120))
    scenario.by("officer", c.SetLimit(seconds=90, category="states"))
    scenario.by("officer", c.SetLimit(seconds=60, kind=ORDER))
    scenario.by("officer", c.SetLimit(seconds=300, person="ana", reason="Interpretation into sign language"))
    limits = scenario.session.limits
    assert dict(limits.items()) == {
        "default": Limit(seconds=120),
        "group/states": Limit(seconds=90),
        f"kind/{ORDER}": Limit(seconds=60),
        "person/ana": Limit(seconds=300, reason="Interpretation into sign language"),
    }


def test_the_reason_of_somebodys_own_time_stays_where_none_is_said() -> None:
    scenario = opened()
    scenario.by("officer", c.SetLimit(seconds=240, person="ana", reason="Speaks by a device"))
    scenario.by("moderator", c.SetLimit(seconds=300, person="ana"))
    assert scenario.session.limits[of_person("ana")] == Limit(seconds=300, reason="Speaks by a device")
    scenario.by("officer", c.SetLimit(seconds=300, person="ana", reason=None))
    assert scenario.session.limits[of_person("ana")] == Limit(seconds=300)
    scenario.by("officer", c.SetLimit(seconds=240, person="ana", reason="Again"))
    scenario.by("officer", c.SetLimit(seconds=None, person="ana"))
    assert of_person("ana") not in scenario.session.limits


def test_a_speaking_time_is_taken_away() -> None:
    scenario = opened()
    abouts = (c.SetLimit(seconds=9), c.SetLimit(seconds=9, category="states"), c.SetLimit(seconds=9, kind=ORDER))
    for about in (*abouts, c.SetLimit(seconds=9, person="ana")):
        scenario.by("officer", about)
        scenario.by("officer", replace(about, seconds=None))
    assert len(scenario.session.limits) == 0


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (c.SetLimit(seconds=9, category="states", kind=ORDER), Refusal.BAD_MESSAGE),
        (c.SetLimit(seconds=9, kind=ORDER, person="ana"), Refusal.BAD_MESSAGE),
        (c.SetLimit(seconds=9, category="states", reason="Because"), Refusal.BAD_MESSAGE),
        (c.SetLimit(seconds=9, category="nobody"), Refusal.NOT_FOUND),
        (c.SetLimit(seconds=9, person="nobody"), Refusal.NOT_FOUND),
    ],
)
def test_a_speaking_time_is_somebodys(command: c.SetLimit, refusal: Refusal) -> None:
    assert opened().refusal("officer", command) is refusal
