"""What is told of recommendations: the text to all, and whose an amendment or a position is as far as the record may say."""

from dataclasses import replace
from typing import Any, Final

import pytest

from companion.audiences import maps
from companion.audiences.audience import Audience
from companion.audiences.recommendations import (
    CLOSED_SHOWN,
    POSITIONS_SHOWN,
    elsewhere_value,
    versions_value,
)
from companion.core import commands as c
from companion.core import events as e
from companion.core.people import Actor, Person, Role
from companion.core.procedure import AttributionMode, PositionKind, RecommendationStatus
from companion.core.state import Session
from tests.audiences.room import Room, encoded, opened, told
from tests.audiences.walk import PREPARED, SYSTEM_ACTOR, Walk

PUBLIC: Final = (Audience.PARTICIPANTS, Audience.BOOTH)
ANA, CLEO = (Actor(person=f"person-{number}", role=Role.PARTICIPANT) for number in (13, 11))
MADE: Final = "made-by-ana"
KEY: Final = f"recommendation/{MADE}"
ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode
PROPOSED: Final = c.ProposeRecommendation(recommendation=MADE, text="Should agree", title="A calendar")
AMENDED: Final = c.AmendRecommendation(recommendation=MADE, text="Should soon agree", amendment="an-amendment")
RESERVES: Final = c.TakePosition(recommendation=MADE, position=PositionKind.RESERVES, text="On paragraph 2")


def by(walk: Walk, room: Room, who: Actor, command: c.Command) -> None:
    step = walk.do(who, command)
    room.advance(walk.session, step.happened)


def offered() -> tuple[Walk, Room]:
    """Return a session in which Ana has put a recommendation forward, amends it, and reserves her position."""
    walk, room = opened()
    for who in (ANA, CLEO):
        organisation = c.CorrectPerson(person=who.person, organisation=f"ORGANISATION-{who.person[-2:]}")
        told(walk, room, Role.SECRETARIAT, organisation)
    allow = c.ChangeSettings(participants_may_propose=True, participants_may_take_positions=True)
    told(walk, room, Role.SECRETARIAT, allow)
    for command in (PROPOSED, AMENDED, RESERVES):
        by(walk, room, ANA, command)
    return walk, room


def seen(room: Room, audience: Audience = Audience.PARTICIPANTS, key: str = KEY) -> Any:  # noqa: ANN401 (JSON)
    return room.clients[audience][key]


def whose(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Return whose the text, its amendment and the position are said to be."""
    return [shown["proposed_by"], shown["amendments"][0]["proposed_by"], shown["positions"][0]["taken_by"]]


NAMED: Final = {"name": "NAME-13", "organisation": "ORGANISATION-13", "group": "civil_society"}


@pytest.mark.parametrize("audience", PUBLIC)
@pytest.mark.parametrize(
    ("mode", "says"),
    [
        (ATTRIBUTED, NAMED),
        (AFFILIATION, {**NAMED, "name": None}),
        (NEITHER, dict.fromkeys(NAMED)),
    ],
)
def test_everybody_reads_whose_it_is_as_far_as_the_record_may_tell(
    audience: Audience, mode: AttributionMode, says: dict[str, Any]
) -> None:
    walk, room = offered()
    told(walk, room, Role.SECRETARIAT, c.ChangeSettings(attribution_mode=mode))
    shown = seen(room, audience)
    assert whose(shown) == [says] * 3
    assert shown["group"] == says["group"]
    assert not {"by", "note"} & set(shown)
    assert "person-13" not in encoded(shown)
    assert ("NAME-13" in encoded(shown)) == (mode is ATTRIBUTED)
    times = [shown["proposed_at"], shown["revised_at"], shown["amendments"][0]["at"], shown["positions"][0]["at"]]
    exact = [not each.endswith(":00.000Z") for each in times]
    assert exact == [mode is not NEITHER] * 4


@pytest.mark.parametrize("mode", AttributionMode)
def test_staff_see_who_it_was(mode: AttributionMode) -> None:
    walk, room = offered()
    told(walk, room, Role.SECRETARIAT, c.ChangeSettings(attribution_mode=mode))
    shown = seen(room, Audience.STAFF)
    assert (shown["by"], shown["amendments"][0]["by"], shown["positions"][0]["person"]) == (ANA.person,) * 3


def test_who_asks_not_to_be_published_is_not_named_from_then_on() -> None:
    walk, room = offered()
    told(walk, room, Role.SECRETARIAT, c.CorrectPerson(person=ANA.person, unpublished=True))
    assert whose(seen(room)) == [{"name": None, "organisation": None, "group": "civil_society"}] * 3
    told(walk, room, Role.SECRETARIAT, c.CorrectPerson(person=ANA.person, unpublished=False, name="ANOTHER"))
    assert whose(seen(room)) == [{**NAMED, "name": "ANOTHER"}] * 3


def test_what_staff_write_down_is_nobodys_in_particular() -> None:
    walk, room = opened()
    told(walk, room, Role.RAPPORTEUR, PROPOSED)
    told(walk, room, Role.MODERATOR, AMENDED)
    shown = seen(room)
    assert (shown["proposed_by"], shown["amendments"][0]["proposed_by"]) == (None, None)
    told(walk, room, Role.SECRETARIAT, c.ChangeSettings(attribution_mode=NEITHER))
    assert not seen(room)["proposed_at"].endswith(":00.000Z")


def test_a_version_says_which_amendment_it_took_in_and_the_amendment_which_version() -> None:
    walk, room = offered()
    revise = c.ReviseRecommendation(recommendation=MADE, text="Should soon agree", expect=1, amendment="an-amendment")
    told(walk, room, Role.RAPPORTEUR, revise)
    (amendment,) = seen(room)["amendments"]
    assert (amendment["state"], amendment["version"], amendment["taken_in"]) == ("taken_in", 1, 2)
    (history,) = versions_value(walk.session)
    assert history["id"] == MADE
    assert [(each["version"], each["text"], each["amendment"]) for each in history["versions"]] == [
        (1, "Should agree", None),
        (2, "Should soon agree", "an-amendment"),
    ]
    assert (seen(room)["positions"][0]["version"], seen(room)["version"]) == (1, 2)


def test_the_time_of_a_participants_text_is_kept_back_also_from_the_history() -> None:
    walk, room = offered()
    revise = c.ReviseRecommendation(recommendation=MADE, text="Should soon agree", expect=1)
    told(walk, room, Role.RAPPORTEUR, revise)
    told(walk, room, Role.SECRETARIAT, c.ChangeSettings(attribution_mode=NEITHER))
    (history,) = versions_value(walk.session)
    assert [each["at"].endswith(":00.000Z") for each in history["versions"]] == [True, False]


def test_of_what_is_over_the_last_ones_are_shown_and_all_that_waits() -> None:
    walk, room = offered()
    for number in range(CLOSED_SHOWN + 2):
        amend = c.AmendRecommendation(recommendation=MADE, text=f"Text {number}", amendment=f"amendment-{number}")
        told(walk, room, Role.RAPPORTEUR, amend)
        aside = c.SetAsideAmendment(recommendation=MADE, amendment=f"amendment-{number}")
        told(walk, room, Role.RAPPORTEUR, aside)
    shown = [each["id"] for each in seen(room)["amendments"]]
    assert shown == ["an-amendment", *(f"amendment-{number}" for number in range(2, CLOSED_SHOWN + 2))]


# Positions


def crowd(walk: Walk, room: Room, count: int) -> None:
    """Have so many others support it, each a person of their own."""
    for number in range(count):
        who = Actor(person=f"g-{number}", role=Role.PARTICIPANT)
        by(walk, room, SYSTEM_ACTOR, c.EnterPerson(person=Person(id=who.person, name=f"GUEST-{number}")))
        step = walk.do(who, c.TakePosition(recommendation=MADE, position=PositionKind.SUPPORTS))
        room.advance(walk.session, step.happened, with_counts=False)


def test_all_positions_are_counted_and_the_last_ones_told() -> None:
    walk, room = offered()
    crowd(walk, room, POSITIONS_SHOWN)
    room.catch_up()
    shown = seen(room)
    assert shown["position_counts"] == {"reserves": 1, "supports": POSITIONS_SHOWN}
    assert len(shown["positions"]) == POSITIONS_SHOWN
    assert {each["position"] for each in shown["positions"]} == {"supports"}


def test_positions_wait_for_each_other_and_one_s_own_is_told_at_once() -> None:
    walk, room = offered()
    before = walk.session
    step = walk.do(CLEO, RESERVES)
    patches = room.advance(walk.session, step.happened, with_counts=False)
    assert not any(KEY in patch.set for patch in patches.values())
    assert room.own[CLEO.person]["me/recommendations"][MADE]["position"] == "reserves"
    assert seen(room)["position_counts"] == {"reserves": 1}
    assert set(room.kept.late(Audience.PARTICIPANTS)) == {KEY}
    room.catch_up()
    assert seen(room)["position_counts"] == {"reserves": 2}
    assert maps.personal(before, CLEO.person)["me/recommendations"] == {}


def test_one_s_own_position_and_amendments_stand_under_one_s_own_key() -> None:
    walk, room = offered()
    own: Any = maps.personal(walk.session, ANA.person)
    assert own["me/recommendations"] == {
        MADE: {"position": "reserves", "text": "On paragraph 2", "version": 1, "amendments": ["an-amendment"]}
    }
    by(walk, room, ANA, c.TakePosition(recommendation=MADE, position=None))
    assert room.own[ANA.person]["me/recommendations"][MADE] == {
        "position": None,
        "text": None,
        "version": None,
        "amendments": ["an-amendment"],
    }
    assert seen(room)["positions"] == []


def test_undoing_a_position_that_staff_wrote_down_is_told_to_whose_it_was() -> None:
    walk, room = offered()
    stated = c.TakePosition(recommendation=MADE, position=PositionKind.SUPPORTS, person=CLEO.person)
    told(walk, room, Role.RAPPORTEUR, stated)
    assert room.own[CLEO.person]["me/recommendations"][MADE]["position"] == "supports"
    told(walk, room, Role.RAPPORTEUR, c.Undo(command=str(walk.session.undo[0].command)))
    assert room.own[CLEO.person]["me/recommendations"][MADE]["position"] is None


def test_may_says_at_once_what_the_settings_let_participants_do() -> None:
    walk, room = opened()
    may: Any = room.clients[Audience.PARTICIPANTS]["may/participant"]
    assert {may[f"recommendation.{verb}"] for verb in ("propose", "amend", "position")} == {"not_allowed"}
    told(walk, room, Role.SECRETARIAT, c.ChangeSettings(participants_may_take_positions=True))
    may = room.clients[Audience.PARTICIPANTS]["may/participant"]
    assert (may["recommendation.position"], may["recommendation.amend"]) == (True, "not_allowed")
    told(walk, room, Role.SECRETARIAT, c.ChangeSettings(participants_may_propose=True))
    may = room.clients[Audience.PARTICIPANTS]["may/participant"]
    assert (may["recommendation.propose"], may["recommendation.amend"]) == (True, True)


# Other sessions


def test_what_other_sessions_have_is_told_with_the_version_in_which_it_was_taken_up_here() -> None:
    walk, room = offered()
    told(walk, room, Role.RAPPORTEUR, c.ReviseRecommendation(recommendation=MADE, text="Should soon", expect=1))
    told(walk, room, Role.RAPPORTEUR, c.ProposeRecommendation(recommendation="not-brought", text="Should not"))
    here = Walk(7, replace(PREPARED, session="panel-2"))
    source = c.Source(session="panel-1", recommendation=MADE, version=1)
    brought = c.Brought(
        symbol="R1.1", title="", text="Should agree", addressees=(), group=None, status=RecommendationStatus.PROPOSED
    )
    here.by(Role.RAPPORTEUR, c.BringRecommendation(source=source, brought=brought))
    (there,) = elsewhere_value(here.session, [walk.session, Session()])
    assert (there["session"], there["number"], there["title"]) == ("panel-1", "1", "The first panel")
    assert [(each["id"], each["text"], each["version"], each["here"]) for each in there["recommendations"]] == [
        (MADE, "Should soon", 2, 1),
        ("not-brought", "Should not", 1, None),
    ]
    found: Any = maps.Maps(here.session).of(Audience.STAFF)[KEY]
    assert (found["brought_from"], found["brought_version"]) == ("panel-1", 1)


def test_an_amendment_that_is_put_aside_and_taken_up_again_by_an_undo_is_told_as_such() -> None:
    walk, room = offered()
    told(walk, room, Role.RAPPORTEUR, c.SetAsideAmendment(recommendation=MADE, amendment="an-amendment"))
    assert seen(room)["amendments"][0]["state"] == "set_aside"
    undone = told(walk, room, Role.RAPPORTEUR, c.Undo(command=str(walk.session.undo[0].command)))
    assert [type(each.event) for each in undone] == [e.CommandUndone]
    assert seen(room)["amendments"][0]["state"] == "open"


def test_a_position_that_staff_takes_for_somebody_can_be_undone_at_once_although_its_count_waits() -> None:
    walk, room = offered()
    chair = next(each for each in walk.session.people.values() if each.role is Role.MODERATOR)
    take = c.TakePosition(recommendation=MADE, position=PositionKind.RESERVES, person=CLEO.person)
    step = walk.do(Actor(person=chair.id, role=Role.MODERATOR), take)
    room.advance(walk.session, step.happened, with_counts=False)
    undo = room.kept.of(Audience.STAFF)["undo"]
    assert undo == maps.Maps(walk.session).of(Audience.STAFF)["undo"]
    assert isinstance(undo, list)
    assert undo[0]["type"] == "recommendation.position"
