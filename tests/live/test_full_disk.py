"""A full disk: the whole batch is refused, the rooms are told, nothing more is tried, and all goes on by itself once there is room."""

from collections.abc import Iterator
from typing import Any, Final

import pytest

from companion.audiences.audience import Audience
from companion.core import commands as c
from companion.core.people import Actor
from companion.core.procedure import BallotKind, PollUnit, RequestKind, Results
from companion.core.refusals import Refusal, Refused
from companion.live.committer import LOOK_FOR_ROOM_EVERY_SECONDS
from companion.store import directory
from companion.store.database import Database, open_for_reading
from companion.store.errors import Conflict, DiskFull
from companion.store.verification import Verified, verify
from tests.core.scenario import poll_of
from tests.live.conftest import Start
from tests.live.house import ANA, BEN, CLEO, MODERATOR, SESSION, SOON, House
from tests.live.pausing import Pausing

ASK: Final = c.RequestFloor(kind=RequestKind.STATEMENT)
LONG: Final = c.Announce(text="x" * 1_000)
SHORT: Final = c.Announce(text="x")
POLL: Final = "poll-in-secret"


class Full:
    """A house whose disk can be full, and whose looks for room come by hand."""

    def __init__(self, start: Start) -> None:
        self.engine = Pausing()
        self.house: House = start(engine=self.engine)
        self.rests = False
        """Whether it has been noticed that the looks for room pause."""

    def fill(self) -> int:
        """Leave no room, find out by writing, and return the last event on disk."""
        self.limit(1)  # as many pages as there are
        self.house.database.room = False
        while self.said(MODERATOR, LONG) is None:
            assert self.house.on_disk() < 100
        return self.house.on_disk()

    def limit(self, pages: int) -> None:
        self.house.committer.run(lambda db: db.sql.conn.execute(f"PRAGMA max_page_count = {pages}").fetchone())

    def make_room(self) -> None:
        self.limit(1_000_000)
        self.house.database.room = True

    def look(self) -> None:
        """Have the pause between two looks for room end, and wait for what the look found."""
        assert self.engine.asleep.acquire(timeout=SOON)
        assert self.rests or self.engine.at_rest.acquire(timeout=SOON)
        assert self.engine.seconds[-1] == LOOK_FOR_ROOM_EVERY_SECONDS
        self.engine.woken.release()
        assert self.engine.at_rest.acquire(timeout=SOON)
        self.rests = self.house.sessions.read_only

    def said(self, by: Actor, command: c.Command, id_: str | None = None) -> Refusal | None:
        """Return why a command was refused, or None if it was not."""
        try:
            self.house.command(by, command, id_)
        except Refused as refused:
            return refused.reason
        return None

    def told(self) -> list[tuple[Audience, Any]]:
        """Return what the rooms were told of the disk."""
        signals = self.house.listener.signals
        return [(audience, each["data"]) for audience, each in signals if each["type"] == "read_only"]


@pytest.fixture
def full(start: Start) -> Iterator[Full]:
    full = Full(start)
    yield full
    full.house.database.room = True
    full.engine.woken.release(100)


def test_a_full_disk_refuses_and_the_session_goes_on_by_itself_when_there_is_room(full: Full) -> None:
    at = full.fill()
    assert full.house.host.committed.seq == at
    full.make_room()
    full.look()
    assert full.house.command(MODERATOR, LONG).seq == at + 1
    assert full.house.stopped == []
    with open_for_reading(full.house.file) as reader:
        assert isinstance(verify(reader, SESSION), Verified)


def test_everybody_in_a_batch_that_does_not_fit_is_refused(full: Full) -> None:
    full.limit(1)
    before = full.house.host.committed
    with full.house.disk_held():
        sent = [full.house.sent(who, ASK) for who in (ANA, BEN, CLEO)]
        sent += [full.house.sent(MODERATOR, c.Announce(text=f"{n}" * 1_000)) for n in range(9)]
    assert {each.refusal() for each in sent} == {Refusal.NOT_RECORDED}
    assert full.house.host.committed is before


def test_rooms_are_told_that_they_are_read_only_and_when_they_no_longer_are(full: Full) -> None:
    full.fill()
    read_only = [(audience, {"read_only": True}) for audience in Audience]
    assert full.told() == read_only
    assert full.house.sessions.read_only_signal(SESSION)["data"] == {"read_only": True}
    full.make_room()
    full.look()
    assert full.told() == [*read_only, *((audience, {"read_only": False}) for audience in Audience)]
    assert full.house.sessions.read_only_signal(SESSION)["data"] == {"read_only": False}


def test_nothing_is_tried_until_there_is_room_and_answers_given_before_stand(full: Full) -> None:
    first = full.house.command(ANA, ASK, "asked-before")
    full.fill()
    full.limit(1_000_000)  # what is short would fit; the disk is still found full
    full.look()
    assert full.said(MODERATOR, SHORT) is Refusal.NOT_RECORDED
    assert full.house.command(ANA, ASK, "asked-before") == first
    full.house.database.room = True
    full.look()
    assert full.said(MODERATOR, SHORT) is None


def test_a_command_that_was_refused_may_be_sent_again_under_its_id(full: Full) -> None:
    at = full.fill()
    assert full.said(ANA, ASK, "asked") is Refusal.NOT_RECORDED
    full.make_room()
    full.look()
    assert full.house.command(ANA, ASK, "asked").seq == at + 1


def test_jobs_that_only_read_are_done_and_one_that_writes_finds_the_disk_full(full: Full) -> None:
    full.limit(1)

    def write(db: Database) -> None:
        for number in range(1_000):
            directory.add_organisation(
                db, directory.Organisation(workshop="workshop", id=f"{number}", name="x" * 100, short_name=None)
            )

    with pytest.raises(DiskFull):
        full.house.committer.run(write)
    assert full.house.sessions.read_only
    assert full.house.committer.run(lambda db: len(directory.workshops(db))) == 1


def test_a_row_that_contradicts_and_a_disk_that_fills_are_told_apart(full: Full) -> None:
    def take_the_id(db: Database) -> None:
        db.sql.conn.execute(
            "INSERT INTO command (session, actor, id, first_seq, last_seq, result) VALUES (?, ?, 'taken', 1, 1, NULL)",
            (SESSION, BEN.person),
        )

    full.house.committer.run(take_the_id)
    with full.house.disk_held():
        good = full.house.sent(ANA, ASK)
        bad = full.house.sent(BEN, ASK, "taken")
    good.answer()
    with pytest.raises(Refused) as refused:
        bad.answer()
    assert isinstance(refused.value.__cause__, Conflict)
    assert not full.house.sessions.read_only


def test_a_secret_answer_that_does_not_fit_is_refused_and_may_be_given_again(
    full: Full, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = full.house
    house.command(
        MODERATOR,
        poll_of(c.OpenPoll, poll=POLL, ballot=BallotKind.SECRET, unit=PollUnit.PERSON, results=Results.AFTER_CLOSE),
    )
    (box,) = house.host.secret.boxes
    vote = c.AnswerPoll(poll=POLL, option="support")

    def no_room(_: object) -> None:
        raise DiskFull("no room")

    with monkeypatch.context() as patched:
        patched.setattr(box, "put", no_room)
        full.house.database.room = False
        assert full.said(ANA, vote) is Refusal.NOT_RECORDED
    assert full.said(ANA, vote) is Refusal.NOT_RECORDED  # it is not tried
    full.house.database.room = True
    full.look()
    assert full.said(ANA, vote) is None
    assert dict(box.counts())["support"] == 1
