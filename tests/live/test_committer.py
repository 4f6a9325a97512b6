"""The one writer: jobs in turn, results in the order of the work, and no silence when it dies."""

from dataclasses import replace
from functools import partial

import pytest

from companion.core import commands as c
from companion.core.procedure import RequestKind
from companion.store import directory, journal
from companion.store.database import Database
from companion.store.errors import CommitFailed, Conflict
from tests.live.house import ANA, BEN, SESSION, SOON, House, Sent

ASK = c.RequestFloor(kind=RequestKind.STATEMENT)


def rename(db: Database, name: str) -> str:
    person = directory.find_person(db, "person-12")
    assert person is not None
    directory.update_person(db, replace(person, name=name))
    return name


def test_a_job_is_done_in_a_transaction_and_its_result_comes_back(house: House) -> None:
    assert house.committer.run(lambda db: rename(db, "Another")) == "Another"
    assert house.committer.run(lambda db: directory.find_person(db, "person-12")).name == "Another"  # type: ignore[union-attr]


def test_a_job_that_raises_leaves_nothing_behind_and_raises_where_it_came_from(house: House) -> None:
    def half(db: Database) -> None:
        rename(db, "Another")
        raise LookupError("in the midst of it")

    with pytest.raises(LookupError, match="in the midst of it"):
        house.committer.run(half)
    assert house.committer.run(lambda db: directory.find_person(db, "person-12")).name == "NAME-12"  # type: ignore[union-attr]


def test_a_job_that_contradicts_what_is_stored_says_so(house: House) -> None:
    with pytest.raises(Conflict):
        house.committer.run(lambda db: db.sql.conn.execute("INSERT INTO person SELECT * FROM person"))


def test_what_is_kept_in_memory_is_kept_in_the_order_of_the_disk_before_anybody_hears(house: House) -> None:
    kept: list[int] = []
    heard: list[tuple[int, bool]] = []

    def work(number: int) -> None:
        result = house.committer.run(lambda _: number, then=kept.append)
        heard.append((result, result in kept))

    with house.disk_held():
        threads = [Sent(partial(work, number)) for number in range(20)]
    for thread in threads:
        thread.answer()
    assert sorted(kept) == [*range(20)]
    assert all(was_kept for _, was_kept in heard)
    assert len(heard) == 20


def test_a_job_whose_commit_fails_stops_the_program_and_is_answered_to_nobody(house: House) -> None:
    house.database.commits_left = 0
    waiting = Sent(lambda: house.committer.run(lambda db: rename(db, "Another")))
    assert house.has_stopped.wait(SOON)
    assert isinstance(house.stopped[0], CommitFailed)
    house.close()
    assert not waiting.is_answered()


def test_a_committer_that_dies_stops_the_program(house: House) -> None:
    class Death(BaseException):
        """What no job may raise."""

    def die(_: Database) -> None:
        raise Death

    Sent(lambda: house.committer.run(die))
    assert house.has_stopped.wait(SOON)
    assert isinstance(house.stopped[0], Death)


def test_a_job_finds_on_disk_what_was_sent_before_it_and_not_what_was_sent_after(house: House) -> None:
    def last(db: Database) -> int:
        return journal.head(db, SESSION).seq

    with house.disk_held():
        before = house.sent(ANA, ASK)
        job = Sent(lambda: house.committer.run(last))
        house.wait_for_job()
        after = house.sent(BEN, ASK)
    assert job.answer() == before.answer().seq == after.answer().seq - 1
