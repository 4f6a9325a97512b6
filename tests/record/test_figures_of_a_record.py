"""Whose the list of speakers was, as the record tells it: in this session, and in those before it."""

from dataclasses import replace

from companion.core import commands as c
from companion.core.procedure import AttributionMode, RequestKind
from companion.core.reckoned import Dimension
from companion.record.model_figures import Part
from tests.audiences.test_figures import room_of, speakers
from tests.core.scenario import Scenario, requested
from tests.record.floor import DISCUSSION, discussed, record_of


def test_the_balance_is_that_of_the_list_with_what_was_heard_before() -> None:
    record = record_of(discussed())
    [group, attendance] = record.balance
    assert (group.dimension, attendance.dimension) == (Dimension.GROUP, Dimension.ATTENDANCE)
    assert group.session == (
        Part(what="civil_society", requests=3, interventions=1, spoken_seconds=20.0),
        Part(what="states", requests=5, interventions=3, spoken_seconds=156.75),
    )
    assert group.day == (Part(what="states", requests=4, interventions=3, spoken_seconds=360.0),)
    assert group.workshop == (
        Part(what="civil_society", requests=1, interventions=0, spoken_seconds=0.0),
        Part(what="states", requests=6, interventions=5, spoken_seconds=600.0),
    )
    assert (attendance.day, attendance.workshop) == ((), ())


def test_regions_and_languages_stand_beside_groups_where_nobody_is_hidden() -> None:
    people = tuple(each for each in DISCUSSION.people if not each.unpublished)
    room = Scenario(replace(DISCUSSION, people=people))
    room.by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    for who in ("ana", "ben", "gul"):
        room.later(1).give(requested(room.by(who, c.RequestFloor(kind=RequestKind.STATEMENT))))
        room.later(60).end()
    told = {
        each.dimension: {part.what: part.interventions for part in each.session} for each in record_of(room).balance
    }
    assert told == {
        Dimension.GROUP: {"states": 3},
        Dimension.REGION: {"Region East": 2, "Region South": 1},
        Dimension.ATTENDANCE: {"in_room": 2, "remote": 1},
        Dimension.LANGUAGE: {"ar": 1, "ru": 1, "tr": 1},
    }


def test_gender_is_told_in_totals_of_whole_minutes_where_enough_said_theirs() -> None:
    people = (*speakers(5), *speakers(5, 5, gender="male", unpublished=True))
    record = record_of(heard_all(room_of(*people, mode=AttributionMode.ATTRIBUTED), 10))
    told = {each.dimension: each.session for each in record.balance}
    assert told[Dimension.GENDER] == (
        Part(what="female", requests=5, interventions=5, spoken_seconds=300.0),
        Part(what="male", requests=5, interventions=5, spoken_seconds=300.0),
    )
    assert told[Dimension.GROUP] == (Part(what="states", requests=10, interventions=10, spoken_seconds=629.0),)


def heard_all(room: Scenario, count: int) -> Scenario:
    """Let all of them speak, a little over a minute each."""
    for _ in range(count):
        room.later(1).next()
        room.later(62)
    room.end()
    return room
