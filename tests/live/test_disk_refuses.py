"""The disk refuses, and the server is started again: nothing is told that is not on disk, and nothing that is gets lost."""

import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from companion.audiences.audience import Audience
from companion.core import commands as c
from companion.core.refusals import Refusal, Refused
from companion.store import journal
from companion.store.database import open_for_reading
from companion.store.errors import CommitFailed
from companion.store.verification import Verified, verify
from tests.live.asking import ASK, everything, see, spoil, wait_for, waiting
from tests.live.conftest import Start
from tests.live.house import ANA, BEN, CLEO, MODERATOR, SESSION, SOON, Hands, House, Sent


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
