"""Whoever holds the old map and gets the patch holds the new map: in every audience, whatever happens."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, get_args

import pytest

from companion.audiences import keys, maps
from companion.audiences.audience import Audience
from companion.audiences.maps import PERSONAL_KEYS, Maps
from companion.audiences.proceedings import PUBLIC_ENDED, STAFF_ENDED
from companion.core import commands as c
from companion.core import events as e
from companion.core.people import Actor, Attendance, Role
from companion.core.procedure import NoteKind, RequestKind, RequestList, RequestStatus, Showing
from companion.core.state import Session
from tests.audiences.room import Room, batched, encoded, opened, patched, story, told
from tests.audiences.walk import PEOPLE, PREPARED, Walk, person

pytestmark = pytest.mark.long

PUBLIC: Final = (Audience.PARTICIPANTS, Audience.BOOTH)
OF_STAFF_ALONE: Final = ("NEED-", "REASON-", "PLATFORM-", "REGION-", '"undo"', "spoken_times", "limit_reason")
ON_LIST: Final = frozenset({RequestStatus.WAITING, RequestStatus.SPEAKING})


def of_nobody_on_screen(session: Session) -> set[str]:
    """Return the names and ids of those whom participants do not see."""
    seen = {*session.programme.panellists, session.course.presiding}
    seen |= {each.person for each in session.requests.values() if each.status in ON_LIST}
    shown = {*session.ended[-PUBLIC_ENDED:], session.floor.intervention, session.floor.interrupted} - {None}
    seen |= {session.interventions[each].person for each in shown if each is not None}
    hidden = [each for each in session.people.values() if each.id not in seen]
    return {f'"{each.id}"' for each in hidden} | {f'"{each.name}"' for each in hidden}


def topics_not_shown(session: Session) -> set[str]:
    """Return the topics of requests that participants do not see, held ones among them."""
    shown = {*session.ended[-PUBLIC_ENDED:], session.floor.intervention, session.floor.interrupted}
    said = {session.interventions[each].topic for each in shown if each is not None}
    return {
        f'"{each.topic}"'
        for each in session.requests.values()
        if each.topic and each.status not in ON_LIST and each.topic not in said
    }


@pytest.mark.parametrize(("seed", "most"), [(1, 1), (2, 2), (3, 4), (4, 12)])
def test_the_old_map_and_the_patch_make_the_new_map(seed: int, most: int) -> None:
    walk = Walk(seed)
    room = Room()
    for happened in batched(story(walk, 350), most):
        room.advance(walk.session, happened)


@pytest.mark.parametrize("seed", [5, 8])
def test_counts_that_are_left_for_later_are_all_that_is_old_meanwhile_and_follow(seed: int) -> None:
    walk, room = Walk(seed), Room()
    by_chance = random.Random(seed)  # noqa: S311 (the same every time)
    old = 0
    for happened in batched(story(walk, 400), 3):
        room.advance(walk.session, happened, with_counts=by_chance.random() < 0.3)
        old += any(room.kept.of(each) != Maps(walk.session).of(each) for each in Audience)
        if by_chance.random() < 0.3:
            room.catch_up()
            assert all(room.kept.of(each) == Maps(walk.session).of(each) for each in Audience)
    assert old > 5, "no count was ever left for later"


@pytest.mark.parametrize("seed", [8, 11])
def test_texts_that_are_left_for_later_are_all_that_is_old_meanwhile_and_follow(seed: int) -> None:
    walk, room = Walk(seed), Room()
    by_chance = random.Random(seed)  # noqa: S311 (the same every time)
    old = 0
    for happened in batched(story(walk, 600), 3):
        room.advance(walk.session, happened, with_texts=by_chance.random() < 0.3)
        fresh = Maps(walk.session)
        assert room.kept.of(Audience.STAFF) == fresh.of(Audience.STAFF)
        old += any(room.kept.of(each) != fresh.of(each) for each in Audience)
        if by_chance.random() < 0.3:
            room.catch_up_texts()
            assert all(room.kept.of(each) == Maps(walk.session).of(each) for each in Audience)
    assert old > 3, "no text was ever left for later"


@pytest.mark.parametrize("seed", [3, 9])
def test_the_bytes_for_participants_and_booths_never_hold_what_staff_alone_may_see(seed: int) -> None:
    walk = Walk(seed)
    room = Room()
    held = 0
    in_technical: set[str] = set()
    for happened in batched(story(walk, 600), 3):
        patches = room.advance(walk.session, happened)
        not_now = of_nobody_on_screen(walk.session) | topics_not_shown(walk.session)
        held += any(each.status is RequestStatus.HELD and each.topic for each in walk.session.requests.values())
        for audience in PUBLIC:
            for sent in (encoded(room.kept.of(audience)), encoded(patches[audience].set)):
                assert [each for each in OF_STAFF_ALONE if each in sent] == []
                assert [each for each in not_now if each in sent] == []
        shown = encoded(room.kept.of(Audience.TECHNICAL))
        in_technical |= {each for each in OF_STAFF_ALONE if each in shown}
    assert held > 10, "nothing was ever hidden"
    assert in_technical == set(OF_STAFF_ALONE)
    in_staff = encoded(room.kept.of(Audience.STAFF))
    assert [each for each in ("NEED-", "REASON-", "PLATFORM-", "limit_reason") if each in in_staff] == []


def test_everyone_in_the_map_of_participants_is_known_there() -> None:
    walk = Walk(7)
    room = Room()
    for happened in batched(story(walk, 150), 2):
        room.advance(walk.session, happened)
        shown = room.kept.of(Audience.PARTICIPANTS)
        values = [value for key, value in shown.items() if key.startswith(("request/", "intervention/"))]
        floor: Any = shown["floor"]
        named = {value["person"] for value in values if isinstance(value, dict)} | {floor["next"]["person"]} - {None}
        assert {f"person/{each}" for each in named} <= set(shown)
        on_it = {floor["intervention"], floor["interrupted"]} - {None}
        assert {f"intervention/{each}" for each in on_it} <= set(shown)


def test_the_random_taps_leave_no_command_and_no_event_out() -> None:
    commands: set[type] = set()
    events: set[type] = set()
    for seed in range(1, 9):
        walk = Walk(seed)
        for step in story(walk, 800):
            commands.add(type(step.command))
            events |= {type(each.event) for each in step.happened}
    # A signal from a booth is told to those who are there, and never recorded.
    assert set(get_args(c.Command)) - commands == {c.SignalFromBooth}
    # Ranks grow that long in tests of their own, below.
    assert set(get_args(e.Event)) - events == {e.RequestsRenumbered, e.NotesRenumbered}


def test_a_list_that_is_renumbered_is_told_in_full() -> None:
    walk, room = opened()
    for _ in range(3):
        told(
            walk,
            room,
            Role.SECRETARIAT,
            c.RequestFloor(kind=RequestKind.QUESTION, guest=c.Guest(name=walk.text("NAME"))),
        )
    renumbered = None
    while renumbered is None:
        last = walk.session.places(RequestList.SPEAKERS)[-1][1]
        first = walk.session.places(RequestList.SPEAKERS)[0][1]
        happened = told(walk, room, Role.MODERATOR, c.MoveRequest(request=last, after=first))
        renumbered = next((each.event for each in happened if isinstance(each.event, e.RequestsRenumbered)), None)
    assert len(renumbered.ranks) >= 3


def test_notes_that_are_renumbered_are_told_in_full() -> None:
    walk, room = opened()
    for name in ("note-one", "note-two", "note-three"):
        told(walk, room, Role.RAPPORTEUR, c.AddNote(note=name, kind=NoteKind.GAP, text=walk.text("NOTE")))
        told(walk, room, Role.RAPPORTEUR, c.ReleaseNote(note=name, released=True))
    renumbered = None
    while renumbered is None:
        first, *_, last = (note for _, note in walk.session.note_places)
        happened = told(walk, room, Role.RAPPORTEUR, c.MoveNote(note=last, after=first))
        renumbered = next((each.event for each in happened if isinstance(each.event, e.NotesRenumbered)), None)
    assert len(renumbered.ranks) == 3
    shown = room.clients[Audience.STAFF]
    ranks = sorted((shown[f"note/{note}"]["rank"], note) for note, _ in renumbered.ranks)
    assert tuple(ranks) == walk.session.note_places


def test_an_audience_that_sees_nothing_of_an_event_gets_nothing() -> None:
    walk, room = opened()
    before = walk.session
    step = walk.by(Role.SECRETARIAT, c.CorrectPerson(person="person-15", accessibility_needs=("A lift",)))
    patches = room.advance(walk.session, step.happened)
    assert {audience for audience, patch in patches.items() if patch} == {Audience.STAFF, Audience.TECHNICAL}
    assert set(patches[Audience.STAFF].set) == {"undo"}
    assert set(patches[Audience.TECHNICAL].set) == {"undo", "person/person-15"}
    assert set(keys.touched_people(before, walk.session, step.happened)) == {"person-15"}


def test_may_says_at_once_when_there_is_something_for_a_role_to_undo() -> None:
    walk, room = opened()
    staff, technical = room.clients[Audience.STAFF], room.clients[Audience.TECHNICAL]
    told(walk, room, Role.MODERATOR, c.ShowOnDisplay(what=Showing.JOIN))
    assert staff["may/moderator"]["session.undo"] is True
    assert technical["may/technical_moderator"]["session.undo"] == "cannot_undo"
    told(walk, room, Role.TECHNICAL_MODERATOR, c.MarkAttendance(person="person-12", attendance=Attendance.REMOTE))
    assert technical["may/technical_moderator"]["session.undo"] is True


def test_a_new_speaking_time_is_expected_of_those_who_are_held_and_who_speak_too() -> None:
    walk, room = opened()
    asked = [asks(walk, room, f"person-{number}") for number in (12, 13)]
    told(walk, room, Role.MODERATOR, c.GiveFloor(request=asked[0], expect=None))
    told(walk, room, Role.MODERATOR, c.HoldRequest(request=asked[1]))
    told(walk, room, Role.MODERATOR, c.SetLimit(seconds=77, kind=RequestKind.STATEMENT))
    staff = room.clients[Audience.STAFF]
    assert [staff[f"request/{request}"]["expected_seconds"] for request in asked] == [77, 77]


def test_ones_own_requests_are_those_still_open_and_the_one_that_ended_last() -> None:
    walk, room = opened()
    presentation, reply = (each.id for each in walk.session.requests_by("person-05"))
    for request in (reply, presentation):
        told(walk, room, Role.MODERATOR, c.WithdrawRequest(request=request))
    own: Any = maps.personal(walk.session, "person-05")
    assert [each["id"] for each in own["me/requests"]] == [presentation]


def test_people_are_told_their_own_limit_and_how_the_video_meeting_calls_them() -> None:
    walk, room = opened()
    asked = asks(walk, room, "person-12")
    told(walk, room, Role.SECRETARIAT, c.SetLimit(seconds=333, person="person-12", reason="extra time"))
    own: Any = maps.personal(walk.session, "person-12")
    assert own["me/requests"][-1]["limit_seconds"] == 333
    assert own["me/person"]["platform_name"] == "PLATFORM-12"
    seen = room.clients[Audience.PARTICIPANTS]
    assert "limit_seconds" not in seen[f"request/{asked}"]
    assert "platform_name" not in seen["person/person-12"]
    told(walk, room, Role.SECRETARIAT, c.SetLimit(seconds=None, person="person-12"))
    told(walk, room, Role.SECRETARIAT, c.SetLimit(seconds=None, category="states"))
    told(walk, room, Role.SECRETARIAT, c.SetLimit(seconds=None))
    own = maps.personal(walk.session, "person-12")
    assert own["me/requests"][-1]["limit_seconds"] is None


def test_ones_own_keys_are_always_the_same_and_empty_for_a_stranger() -> None:
    walk, _ = opened()
    assert maps.personal(walk.session, "nobody") == {
        "me/person": None,
        "me/requests": [],
        "me/answers": {},
        "me/recommendations": {},
    }
    for who in walk.session.people:
        assert tuple(maps.personal(walk.session, who)) == PERSONAL_KEYS


def test_participants_have_the_last_three_interventions_and_staff_the_last_fifty() -> None:
    walk, room = opened()
    given: list[str] = []
    for turn in range(60):
        request = asks(walk, room, f"person-{12 + turn % 2}")  # whoever has the floor cannot ask for it
        patches = patched(
            walk, room, Role.MODERATOR, c.GiveFloor(request=request, expect=walk.session.floor.intervention)
        )
        given.append(str(walk.session.floor.intervention))
        for audience, most in (
            (Audience.PARTICIPANTS, PUBLIC_ENDED),
            (Audience.BOOTH, PUBLIC_ENDED),
            (Audience.STAFF, STAFF_ENDED),
            (Audience.TECHNICAL, STAFF_ENDED),
        ):
            left = [key for key in patches[audience].unset if key.startswith("intervention/")]
            # The one that is on, those that ended last; whoever makes room leaves in the patch that brings the next.
            assert left == [f"intervention/{each}" for each in given[: -most - 1][-1:]]
            shown = [key for key in room.clients[audience] if key.startswith("intervention/")]
            assert sorted(shown) == sorted(f"intervention/{each}" for each in given[-most - 1 :])


def test_a_person_leaves_the_map_of_participants_with_their_last_intervention() -> None:
    walk, room = opened()
    told(walk, room, Role.MODERATOR, c.GiveFloor(request=asks(walk, room, "person-12"), expect=None))
    participants = room.clients[Audience.PARTICIPANTS]
    for turn in range(5):
        assert ("person/person-12" in participants) == (turn <= PUBLIC_ENDED)
        request = asks(walk, room, f"person-{13 + turn % 2}")
        told(walk, room, Role.MODERATOR, c.GiveFloor(request=request, expect=walk.session.floor.intervention))
    assert "person/person-12" in room.clients[Audience.STAFF]


def test_what_one_tap_costs_does_not_grow_with_the_list() -> None:
    sizes = {few: touched_by_each_tap(few) for few in (10, 1_000)}
    assert sizes[10] == sizes[1_000]
    assert all(count <= 12 for count in sizes[10].values())


def touched_by_each_tap(waiting: int) -> dict[str, int]:
    """Return how many keys each tap names for comparison, in a list of so many."""
    walk = Walk(
        0,
        replace(
            PREPARED, people=(*PEOPLE, *(person(number, Role.PARTICIPANT) for number in range(100, 100 + waiting)))
        ),
    )
    walk.by(Role.MODERATOR, c.StartSession())
    walk.by(Role.MODERATOR, c.OpenList())
    for number in range(100, 100 + waiting):
        walk.do(Actor(person=f"person-{number}", role=Role.PARTICIPANT), c.RequestFloor(kind=RequestKind.STATEMENT))
    counts = {}
    for name, tap in TAPS.items():
        before = walk.session
        happened = walk.by(Role.SECRETARIAT, tap(walk)).happened
        counts[name] = len(keys.touched(before, walk.session, happened))
        assert len(keys.touched_people(before, walk.session, happened)) <= 2
    return counts


def in_line(walk: Walk, place: int) -> str:
    return walk.session.places(RequestList.SPEAKERS)[place][1]


TAPS: Final[dict[str, Callable[[Walk], c.Command]]] = {
    "ask": lambda _: c.RequestFloor(kind=RequestKind.QUESTION, person="person-12"),
    "next": lambda walk: c.NextSpeaker(expect=walk.session.floor.intervention),
    "next again": lambda walk: c.NextSpeaker(expect=walk.session.floor.intervention),
    "move": lambda walk: c.MoveRequest(request=in_line(walk, 5), after=in_line(walk, 1)),
    "hold": lambda walk: c.HoldRequest(request=in_line(walk, 3)),
    "undo": lambda walk: c.Undo(command=str(walk.session.undo[0].command)),
    "ready": lambda walk: c.MarkReady(request=in_line(walk, 2), ready=True),
    "pause": lambda walk: c.PauseFloor(expect=walk.session.floor.intervention),
    "correct": lambda _: c.CorrectPerson(person="person-12", name="Another"),
    "announce": lambda _: c.Announce(text="Lunch"),
    "end": lambda walk: c.EndFloor(expect=walk.session.floor.intervention),
}


def asks(walk: Walk, room: Room, who: str) -> str:
    """Return the request that somebody makes."""
    happened = told(walk, room, Role.SECRETARIAT, c.RequestFloor(kind=RequestKind.STATEMENT, person=who))
    return next(each.event.request for each in happened if isinstance(each.event, e.FloorRequested))
