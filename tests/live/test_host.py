"""A session in progress: nothing is said before it is on disk, and nothing twice, whatever happens meanwhile."""

import threading
from functools import partial
from typing import Final

from companion.audiences.audience import AUDIENCE_OF, Audience
from companion.core import commands as c
from companion.core.people import Actor, Attendance, Person, Role
from companion.core.procedure import Showing
from companion.core.refusals import Refusal
from companion.live.answers import Answer
from tests.audiences.walk import PEOPLE
from tests.live.asking import ASK, KNOWN, PARTICIPANTS, see, wait_for, waiting
from tests.live.house import ANA, BEN, CLEO, MODERATOR, SECRETARY, House, Sent
from tests.live.screens import Screen, whole

# Nothing before the disk


def test_the_room_hears_and_the_sender_is_answered_only_after_the_events_are_on_disk(house: House) -> None:
    found: list[tuple[int, int]] = []
    house.listener.at_patch = lambda _, patch: found.append((house.on_disk(), patch["seq"]))
    for sender in (ANA, BEN, CLEO):
        answer = house.command(sender, ASK)
        assert house.on_disk() >= answer.seq
    assert len(found) >= 3
    assert all(on_disk >= seq for on_disk, seq in found)


def test_the_room_hears_before_the_sender_does(house: House) -> None:
    sent: list[Sent] = []
    answered_too_early: list[bool] = []
    house.listener.at_patch = lambda _, __: answered_too_early.append(sent[0].is_answered())
    with house.disk_held():
        sent.append(house.sent(ANA, ASK))
    assert sent[0].answer().result == {"request": house.host.committed.requests_by(ANA.person)[-1].id}
    assert answered_too_early
    assert not any(answered_too_early)


def test_while_the_disk_is_busy_nobody_is_answered_and_nobody_is_told(house: House) -> None:
    before = house.host.committed
    with house.disk_held():
        sent = house.sent(ANA, ASK)
        assert not sent.is_answered()
        assert house.host.committed is before
        assert (house.listener.patches, house.listener.own) == ([], [])
        assert Screen(house, ANA).map()["me/requests"] == []
    assert sent.answer().seq == house.host.committed.seq == before.seq + 1


def test_one_batch_is_one_patch_for_each_audience(house: House) -> None:
    with house.disk_held():
        sent = [house.sent(who, ASK) for who in (ANA, BEN, CLEO)]
    seqs = [each.answer().seq for each in sent]
    assert seqs == sorted(set(seqs))
    assert [(audience, patch["seq"]) for audience, patch in house.listener.patches] == [
        (audience, seqs[-1]) for audience in Audience
    ]
    assert waiting(house) == [ANA.person, BEN.person, CLEO.person]


def test_only_whose_own_keys_have_changed_is_told_of_them(house: House) -> None:
    house.command(ANA, ASK)
    house.command(MODERATOR, c.ShowOnDisplay(what=Showing.JOIN))
    assert [(person, set(patch["set"])) for person, patch in house.listener.own] == [(ANA.person, {"me/requests"})]


# Nothing twice


def test_the_same_id_from_the_same_person_gets_the_first_answer_whatever_it_asks(house: House) -> None:
    first = house.command(ANA, ASK, "command-1")
    house.command(BEN, ASK)
    at = house.host.committed.seq
    assert house.command(ANA, ASK, "command-1") == first
    assert house.command(ANA, c.WithdrawRequest(request="nothing"), "command-1") == first
    assert house.host.committed.seq == at == house.on_disk()


def test_the_same_id_from_another_person_is_another_command(house: House) -> None:
    first = house.command(ANA, ASK, "command-1")
    assert house.command(BEN, ASK, "command-1").seq == first.seq + 1


def test_the_same_id_gets_the_first_answer_while_the_first_is_still_being_written(house: House) -> None:
    with house.disk_held():
        first = house.sent(ANA, ASK, "command-1")
        again = [Sent(lambda: house.command(ANA, ASK, "command-1")) for _ in range(5)]
        assert not any(each.is_answered() for each in again)
    answers = [each.answer() for each in (first, *again)]
    assert answers == [answers[0]] * 6
    assert len(house.host.committed.requests_by(ANA.person)) == 1


def test_a_refusal_is_not_remembered(house: House) -> None:
    house.command(ANA, ASK)
    assert house.refusal(ANA, ASK, "command-1") is Refusal.ALREADY_ON_LIST
    house.command(ANA, c.WithdrawRequest(request=house.host.committed.requests_by(ANA.person)[0].id))
    assert house.command(ANA, ASK, "command-1").seq == house.on_disk()


def test_what_changes_nothing_is_answered_the_same_again_although_it_would_change_something_by_now(
    house: House,
) -> None:
    def mark(where: Attendance) -> c.MarkAttendance:
        return c.MarkAttendance(person=ANA.person, attendance=where)

    nothing_new = house.command(SECRETARY, mark(Attendance.IN_ROOM), "command-1")
    assert nothing_new == Answer(seq=house.on_disk())
    house.command(SECRETARY, mark(Attendance.REMOTE))
    assert house.command(SECRETARY, mark(Attendance.IN_ROOM), "command-1") == nothing_new
    assert house.host.committed.people[ANA.person].attendance is Attendance.REMOTE


def test_what_changes_nothing_is_answered_when_what_makes_it_so_is_on_disk(house: House) -> None:
    remote = c.MarkAttendance(person=ANA.person, attendance=Attendance.REMOTE)
    with house.disk_held():
        first = house.sent(SECRETARY, remote)
        same = Sent(lambda: house.command(MODERATOR_OF_ATTENDANCE, remote, "command-1"))
        assert not same.is_answered()
    assert same.answer() == Answer(seq=first.answer().seq)
    assert house.command(MODERATOR_OF_ATTENDANCE, remote, "command-1") == same.answer()


MODERATOR_OF_ATTENDANCE: Final = Actor(
    person=next(each.id for each in PEOPLE if each.role is Role.TECHNICAL_MODERATOR), role=Role.TECHNICAL_MODERATOR
)


def test_two_people_who_press_next_together_advance_the_list_once(house: House) -> None:
    for who in PARTICIPANTS[:6]:
        house.command(who, ASK)
    for turn in range(5):
        seen = see(house)
        together = threading.Barrier(2)

        def press(by: Actor, seen: str | None = seen, together: threading.Barrier = together) -> object:
            together.wait()
            try:
                return house.command(by, c.NextSpeaker(expect=seen)).result
            except Exception as error:  # noqa: BLE001 (compared below)
                return str(error)

        pressed = [Sent(partial(press, by)) for by in (MODERATOR, SECRETARY)]
        results = [each.answer() for each in pressed]
        assert "stale" in results
        assert {"intervention": see(house)} in results
        assert len(waiting(house)) == 5 - turn


def test_two_who_press_next_in_one_batch_advance_the_list_once(house: House) -> None:
    for who in (ANA, BEN):
        house.command(who, ASK)
    with house.disk_held():
        first = house.sent(MODERATOR, c.NextSpeaker(expect=None))
        assert house.refusal(SECRETARY, c.NextSpeaker(expect=None)) is Refusal.STALE
    assert first.answer().result == {"intervention": see(house)}
    assert waiting(house) == [BEN.person]


def test_whoever_enters_is_recorded_once(house: House) -> None:
    guest = Person(id="p-guest", name="A guest", guest=True)
    for _ in range(3):
        house.host.enter(guest)
    at = house.on_disk()
    assert house.host.committed.people["p-guest"] == guest
    house.host.enter(Person(id="p-guest", name="Another name", guest=True))
    assert house.on_disk() == at
    assert house.host.committed.people["p-guest"].name == "A guest"


# Everybody the same


def tap(house: House, who: Actor) -> None:
    for _ in range(12):
        answer = house.command(who, ASK)
        assert answer.result is not None
        house.command(who, c.WithdrawRequest(request=answer.result["request"]))


def test_whoever_joins_in_the_midst_of_it_all_ends_with_the_same_map(house: House) -> None:
    screens: list[Screen] = []
    done = threading.Event()

    def keep_joining(who: Actor) -> None:
        while not done.is_set():
            screens.append(Screen(house, who))

    tapping = [Sent(partial(tap, house, who)) for who in PARTICIPANTS[:6]]
    joining = [Sent(partial(keep_joining, who)) for who in (ANA, MODERATOR)]
    wait_for(tapping)
    done.set()
    wait_for(joining)
    assert len(screens) > 10
    expected = {who.person: whole(house.host.committed, who.person, AUDIENCE_OF[role]) for who, role in KNOWN}
    for screen in (*screens[:20], *screens[-20:]):
        assert screen.map() == expected[screen.who]
    for audience in Audience:
        assert_in_order([patch["seq"] for told, patch in house.listener.patches if told is audience])
    assert house.host.committed.seq == house.on_disk()


def assert_in_order(seqs: list[int]) -> None:
    assert seqs
    assert seqs == sorted(set(seqs))
