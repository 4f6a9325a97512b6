"""Which sums a record may show: of those whom it hides, either none is in a sum or enough are."""

from dataclasses import replace

import pytest

from companion.audiences import figures
from companion.core import commands as c
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import AttributionMode, RequestKind, RequestList
from companion.core.reckoned import Dimension
from tests.core.scenario import PROGRAMME, Scenario

ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode
GROUP, REGION, ATTENDANCE, LANGUAGE, GENDER = Dimension


def speakers(count: int, first: int = 0, **said: object) -> tuple[Person, ...]:
    """Return so many participants; those who are told apart by nothing else are of the same group, region, and so on."""
    usual = Person(
        id="", name="", group="states", region="Africa", language="fr", gender="female", organisation="State"
    )
    people = (replace(usual, id=f"p{number}", name=f"P {number}") for number in range(first, first + count))
    return tuple(replace(each, **said) for each in people)  # type: ignore[arg-type]


def room_of(*people: Person, mode: AttributionMode = NEITHER, panellists: AttributionMode | None = None) -> Scenario:
    """Return a session that has begun, in which all of these asked for the floor."""
    programme = replace(
        PROGRAMME,
        segments=PROGRAMME.segments[1:],
        people=(*PROGRAMME.people, *people),
        panellists=tuple(each.id for each in people if each.role is Role.PANELLIST),
        attribution_mode=mode,
        attribution_mode_panellists=panellists or mode,
    )
    room = Scenario(programme)
    room.by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    for each in people:
        room.ask(each.id)
    return room


def heard(room: Scenario, count: int) -> Scenario:
    """Let so many of them speak, a minute each."""
    for _ in range(count):
        room.next()
        room.later(60)
    room.end()
    return room


def test_five_of_a_kind_are_enough_and_four_are_not() -> None:
    enough = figures.shown(heard(room_of(*speakers(5)), 5).session)
    assert enough.balance == frozenset(Dimension)
    assert enough.totals == {GROUP, ATTENDANCE}
    assert enough.exact == frozenset()
    few = figures.shown(heard(room_of(*speakers(4)), 4).session)
    assert (few.balance, few.totals) == (frozenset(), frozenset())


def test_of_five_who_asked_too_few_were_heard() -> None:
    room = room_of(*speakers(6))
    assert figures.shown(room.session).balance == frozenset(Dimension)
    assert figures.shown(heard(room, 4).session).balance == frozenset()


def test_one_sum_that_tells_too_much_hides_all_of_its_dimension_and_no_other() -> None:
    people = (*speakers(5), *speakers(5, 5, attendance=Attendance.REMOTE), *speakers(1, 10, region="Asia"))
    assert figures.shown(heard(room_of(*people), 11).session).balance == frozenset(Dimension) - {REGION}


def test_those_of_whom_nothing_is_known_are_the_rest_and_count_too() -> None:
    people = (*speakers(5), *speakers(1, 5, group=None))
    shown = figures.shown(heard(room_of(*people), 6).session)
    assert GROUP not in shown.balance | shown.totals
    assert REGION in shown.balance


@pytest.mark.parametrize("mode", [ATTRIBUTED, AFFILIATION])
def test_where_all_are_named_or_their_organisations_one_is_enough_but_not_of_a_gender(mode: AttributionMode) -> None:
    shown = figures.shown(heard(room_of(*speakers(1), mode=mode), 1).session)
    assert shown.balance == shown.exact == frozenset(Dimension) - {GENDER}
    assert GENDER in figures.shown(heard(room_of(*speakers(5), mode=mode), 5).session).balance


def test_who_asked_not_to_be_published_is_told_by_group_and_place_and_by_no_language_or_region() -> None:
    people = (*speakers(6), *speakers(1, 6, unpublished=True))
    shown = figures.shown(heard(room_of(*people, mode=ATTRIBUTED), 7).session)
    assert shown.balance == {GROUP, ATTENDANCE, GENDER}
    assert shown.exact == {GROUP, ATTENDANCE}


def test_the_named_do_not_hide_the_hidden() -> None:
    """Take away what the rows say of four who are named, and the sum is that of the fifth."""
    panel = tuple(replace(each, role=Role.PANELLIST) for each in speakers(4))
    room = room_of(*panel, *speakers(1, 4), panellists=ATTRIBUTED)
    shown = figures.shown(heard(room, 5).session)
    assert shown.balance == {GENDER}
    assert shown.totals == frozenset()


def test_totals_and_balance_are_not_both_shown_where_their_difference_tells_too_much() -> None:
    panel = tuple(replace(each, role=Role.PANELLIST) for each in speakers(2))
    room = room_of(*panel, *speakers(5, 2))
    for each in room.session.places(RequestList.SPEAKERS)[:2]:
        room.by("officer", c.ChangeRequest(request=each[1], kind=RequestKind.PANEL_PRESENTATION))
    shown = figures.shown(heard(room, 7).session)
    assert shown.totals == {GROUP, ATTENDANCE}
    assert shown.balance == {REGION, LANGUAGE, GENDER}


def test_who_has_the_floor_is_in_the_totals_and_not_yet_in_the_balance() -> None:
    room = heard(room_of(*speakers(6)), 5)
    assert GROUP in figures.shown(room.session).balance
    room.next()
    shown = figures.shown(room.session)
    assert GROUP in shown.totals
    assert GROUP not in shown.balance


def test_void_interventions_points_of_order_and_what_was_withdrawn_are_in_no_sum() -> None:
    room = heard(room_of(*speakers(5)), 5)
    order = room.ask("dan", RequestKind.POINT_OF_ORDER)
    room.give(order)
    room.end()
    room.by("dan", c.WithdrawRequest(request=room.ask("dan")))
    room.give(room.ask("dan"))
    room.by("moderator", c.MarkAbsent(request=room.speaking.request))
    [(_, asked)] = room.session.places(RequestList.SPEAKERS)
    room.by("dan", c.WithdrawRequest(request=asked))
    assert figures.shown(room.session).balance == frozenset(Dimension)
