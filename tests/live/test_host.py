"""A session in progress: nothing is said before it is on disk, and nothing twice, whatever happens meanwhile."""

import threading
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, Final

import pytest

from companion.audiences.audience import AUDIENCE_OF, Audience
from companion.audiences.maps import PERSONAL_KEYS, Maps, personal
from companion.core import commands as c
from companion.core.people import Actor, Attendance, Person, Role
from companion.core.procedure import RequestKind, RequestList, Showing
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session
from companion.live.answers import Answer
from companion.store import journal
from companion.store.database import open_for_reading
from companion.store.errors import CommitFailed
from companion.store.verification import Verified, verify
from tests.audiences.walk import PEOPLE
from tests.live.conftest import Start
from tests.live.house import ANA, BEN, CLEO, MODERATOR, SECRETARY, SESSION, SOON, Hands, House, Sent
from tests.live.screens import Screen, Told, apply, over_the_road, whole

ASK: Final = c.RequestFloor(kind=RequestKind.STATEMENT)
PARTICIPANTS: Final = [Actor(person=each.id, role=each.role) for each in PEOPLE if each.role is Role.PARTICIPANT]


def everything(session: Session) -> list[Mapping[str, Any]]:
    """Return all that anybody sees of a session."""
    return [*(Maps(session).of(audience) for audience in Audience), *(personal(session, who) for who in session.people)]


def waiting(house: House) -> list[str]:
    session = house.host.committed
    return [session.requests[request].person for _, request in session.places(RequestList.SPEAKERS)]


def see(house: House) -> str | None:
    return house.host.committed.floor.intervention


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


def wait_for(all_of_it: list[Sent]) -> None:
    for each in all_of_it:
        each.answer()


def assert_in_order(seqs: list[int]) -> None:
    assert seqs
    assert seqs == sorted(set(seqs))


KNOWN: Final = ((ANA, Role.PARTICIPANT), (MODERATOR, Role.MODERATOR))


# When the disk refuses


def spoil(house: House, who: Actor, id_: str) -> None:
    """Put an answer there by hand: the command with this id cannot be written."""
    row = (SESSION, who.person, id_, 1, 1, None)
    house.committer.run(lambda db: db.sql.conn.execute("INSERT INTO command VALUES (?, ?, ?, ?, ?, ?)", row))


def test_what_cannot_be_written_is_refused_with_all_that_was_decided_on_it_and_the_rest_of_the_batch_is_kept(
    house: House,
) -> None:
    spoil(house, BEN, "command-b")
    before = house.host.committed
    with house.disk_held():
        good = house.sent(ANA, ASK, "command-a")
        bad = house.sent(BEN, ASK, "command-b")
        on_top = house.sent(CLEO, ASK, "command-c")
    assert good.answer().seq == before.seq + 1
    assert (bad.refusal(), on_top.refusal()) == (Refusal.NOT_RECORDED, Refusal.NOT_RECORDED)
    assert waiting(house) == [ANA.person]
    assert house.host.committed.seq == house.on_disk() == before.seq + 1
    # It goes on, with the same ids where nothing was in the way, and the chain is whole.
    assert house.command(CLEO, ASK, "command-c").seq == before.seq + 2
    assert house.command(BEN, ASK, "command-d").seq == before.seq + 3
    assert waiting(house) == [ANA.person, CLEO.person, BEN.person]
    house.committer.run(lambda db: db.sql.conn.execute("DELETE FROM command WHERE id = 'command-b'"))
    with open_for_reading(house.file) as reader:
        assert isinstance(verify(reader, SESSION), Verified)


def test_what_is_decided_between_a_failure_and_the_news_of_it_is_refused_too(house: House) -> None:
    spoil(house, BEN, "command-b")
    before = house.host.committed
    tried, written = threading.Event(), threading.Event()
    with house.host.lock:  # the news of the disk have to wait
        bad = house.host._stage((BEN.person, "command-b"), BEN, ASK)
        first = Sent(lambda: house.committer.run(lambda _: tried.set()))
        assert tried.wait(SOON)
        on_top = house.host._stage((CLEO.person, "command-c"), CLEO, ASK)
        after = Sent(lambda: house.committer.run(lambda _: written.set()))
        assert written.wait(SOON)
        assert house.host.committed is before
    wait_for([first, after])
    for staged in (bad, on_top):
        assert staged is not None
        with pytest.raises(Refused, match="not_recorded"):
            staged.waiting.wait(timeout=SOON)
    assert house.on_disk() == before.seq
    assert house.command(CLEO, ASK, "command-c").seq == before.seq + 1


def test_a_failure_is_told_as_nothing_at_all(house: House) -> None:
    spoil(house, BEN, "command-b")
    before = everything(house.host.committed)
    assert house.refusal(BEN, ASK, "command-b") is Refusal.NOT_RECORDED
    assert (house.listener.patches, house.listener.own) == ([], [])
    assert everything(house.host.committed) == before
    assert house.refusal(BEN, ASK, "command-b") is Refusal.NOT_RECORDED


def test_after_an_error_of_commit_the_program_stops_and_nobody_is_answered(house: House) -> None:
    before = house.host.committed
    house.database.commits_left = 0
    sent = [house.sent(who, ASK) for who in (ANA, BEN)]
    assert house.has_stopped.wait(SOON)
    assert all(isinstance(error, CommitFailed) for error in house.stopped)
    house.close()
    assert not any(each.is_answered() for each in sent)
    assert (house.listener.patches, house.listener.own) == ([], [])
    assert house.host.committed is before


def test_what_was_written_before_an_error_of_commit_in_the_same_batch_is_answered(house: House) -> None:
    spoil(house, BEN, "command-b")
    with house.disk_held():
        good = house.sent(ANA, ASK, "command-a")
        bad = house.sent(BEN, ASK, "command-b")
        house.database.commits_left = 2  # that of whoever holds the disk, and the good one's
    assert good.answer().seq == house.on_disk()
    assert bad.refusal() is Refusal.NOT_RECORDED
    house.sent(CLEO, ASK)
    assert house.has_stopped.wait(SOON)
    assert house.host.committed.seq == house.on_disk() == good.answer().seq


def test_an_error_of_commit_while_a_batch_is_tried_one_by_one_stops_the_program_too(house: House) -> None:
    spoil(house, BEN, "command-b")
    before = house.host.committed
    with house.disk_held():
        sent = [house.sent(ANA, ASK, "command-a"), house.sent(BEN, ASK, "command-b")]
        house.database.commits_left = 1  # that of whoever holds the disk
    assert house.has_stopped.wait(SOON)
    house.close()
    assert not any(each.is_answered() for each in sent)
    assert house.host.committed is before


def test_a_screen_that_cannot_be_told_stops_the_program_since_nobody_would_be_answered_again(house: House) -> None:
    def cannot(_: Audience, __: Mapping[str, Any]) -> None:
        raise RuntimeError("a bug of the road")

    house.listener.at_patch = cannot
    house.sent(ANA, ASK)
    assert house.has_stopped.wait(SOON)
    assert [str(error) for error in house.stopped] == ["a bug of the road"]
    # It hears on, so that stopping is possible.
    assert house.committer.run(lambda _: "heard") == "heard"


# Started again


def test_started_again_it_is_the_same_with_the_same_answers_and_another_epoch(start: Start, hands: Hands) -> None:
    house = start()
    answers = {who: house.command(who, ASK, "command-1") for who in (ANA, BEN)}
    answers[MODERATOR] = house.command(MODERATOR, c.NextSpeaker(expect=None), "command-1")
    before, epoch = house.host.committed, house.sessions.epoch
    hands.wall -= timedelta(hours=3)  # somebody set the clock back
    house = start()
    assert everything(house.host.committed) == everything(before)
    assert house.sessions.epoch != epoch
    again = {
        who: house.command(who, c.NextSpeaker(expect=None) if who is MODERATOR else ASK, "command-1") for who in answers
    }
    assert again == answers
    assert house.host.committed.seq == before.seq
    house.command(MODERATOR, c.EndFloor(expect=see(house)))
    ended = house.host.committed.interventions[house.host.committed.ended[-1]]
    assert ended.ended_at is not None
    assert ended.ended_at >= ended.started_at
    with open_for_reading(house.file) as reader:
        assert verify(reader, SESSION) == Verified(
            session=SESSION, entries=house.on_disk(), head=journal.head(reader, SESSION)
        )


def test_what_was_not_yet_answered_when_it_stopped_is_on_disk_or_not_at_all(start: Start) -> None:
    house = start()
    with house.disk_held():
        sent = [house.sent(who, ASK, "command-1") for who in (ANA, BEN, CLEO)]
        stopping = Sent(house.committer.stop)
    stopping.answer()
    answers = [each.answer() for each in sent]
    house = start()
    assert [house.command(who, ASK, "command-1") for who in (ANA, BEN, CLEO)] == answers


def test_a_purged_entry_does_not_stop_a_session_from_going_on(start: Start) -> None:
    house = start()
    house.command(MODERATOR, c.Announce(text="Something that had better not been said"))
    last = house.on_disk()
    house.committer.run(
        lambda db: db.sql.conn.execute("UPDATE event SET body = NULL, salt = NULL WHERE seq = ?", (last,))
    )
    house = start()
    assert house.host.committed.announcement.text == ""
    assert house.command(ANA, ASK).seq == last + 1


def test_a_session_that_does_not_exist_has_no_host(house: House) -> None:
    assert house.sessions.find("nothing") is None
    assert [host.id for host in house.sessions] == [SESSION]


# Joining


def join(house: House, *, epoch: str | None = None, since: int | None = None) -> Told:
    with house.host.lock:
        return over_the_road(house.host.join(ANA.person, Audience.PARTICIPANTS, epoch=epoch, since=since))


def the_moderator_goes_on(house: House) -> None:
    house.command(MODERATOR, c.NextSpeaker(expect=see(house)))
    house.command(MODERATOR, c.NextSpeaker(expect=see(house)))


def people_ask(house: House) -> None:
    house.command(ANA, ASK)
    house.command(SECRETARY, c.CorrectPerson(person=CLEO.person, accessibility_needs=("A lift",)))
    house.command(BEN, ASK)


def test_whoever_comes_new_gets_the_whole_map_and_their_own_keys(house: House) -> None:
    people_ask(house)
    joined = join(house)
    assert (joined.epoch, joined.seq, joined.audience) == (house.sessions.epoch, house.on_disk(), "participants")
    assert joined.patches is None
    assert joined.snapshot == whole(house.host.committed, ANA.person, Audience.PARTICIPANTS)
    assert joined.server_ms == int(house.clock.now().timestamp() * 1000)


def test_whoever_was_away_for_a_moment_gets_what_they_missed_and_is_where_the_others_are(house: House) -> None:
    joined = join(house)
    assert joined.snapshot is not None
    map_ = dict(joined.snapshot)
    for some_taps in (people_ask, the_moderator_goes_on):
        some_taps(house)
        back = join(house, epoch=joined.epoch, since=joined.seq)
        assert back.snapshot is None
        assert back.patches is not None
        assert set(back.patches[-1]["set"]) == {*PERSONAL_KEYS}
        assert [patch["seq"] for patch in back.patches] == sorted(patch["seq"] for patch in back.patches)
        assert all(patch["epoch"] == joined.epoch for patch in back.patches)
        for patch in back.patches:
            apply(map_, patch)
        assert map_ == join(house).snapshot
        joined = back


def test_whoever_missed_nothing_gets_their_own_keys_alone(house: House) -> None:
    people_ask(house)
    back = join(house, epoch=house.sessions.epoch, since=house.on_disk())
    assert back.patches is not None
    assert [set(patch["set"]) for patch in back.patches] == [{*PERSONAL_KEYS}]


@pytest.mark.parametrize("since", [None, 1, 10**30])
def test_whoever_comes_from_where_the_ring_does_not_reach_gets_the_whole_map(house: House, since: int | None) -> None:
    people_ask(house)
    assert join(house, epoch=house.sessions.epoch, since=since).snapshot is not None


def test_whoever_comes_from_another_start_gets_the_whole_map(start: Start) -> None:
    epoch = start().sessions.epoch
    house = start()
    for stale in (epoch, None, ""):
        assert join(house, epoch=stale, since=house.on_disk()).snapshot is not None


def test_a_ring_that_overflows_is_of_no_use_to_whoever_was_away_for_longer(start: Start) -> None:
    house = start(ring_patches=2)
    seqs = [house.command(MODERATOR, c.Announce(text=f"Number {number}")).seq for number in range(4)]
    kept = {since: join(house, epoch=house.sessions.epoch, since=since).patches for since in seqs}
    assert kept[seqs[0]] is None
    assert {since: len(patches) for since, patches in kept.items() if patches} == {seqs[1]: 3, seqs[2]: 2, seqs[3]: 1}


def test_without_a_ring_everybody_gets_the_whole_map_or_nothing_but_their_own_keys(start: Start) -> None:
    house = start(ring_patches=0)
    before = house.on_disk()
    house.command(ANA, ASK)
    assert join(house, epoch=house.sessions.epoch, since=before).snapshot is not None
    assert join(house, epoch=house.sessions.epoch, since=house.on_disk()).patches is not None
