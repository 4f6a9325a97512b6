"""The box of a secret poll: marks and counters, all or nothing, and no trace of which belongs to which."""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.store.ballots import Ballot, BallotBox, delete_others, path_of
from companion.store.errors import Conflict, NotRecorded

OPTIONS = ("support", "cannot_support", "abstain")


@pytest.fixture
def box(file: Path) -> BallotBox:
    return BallotBox(file, "panel-1", "poll-one", OPTIONS)


def ballots(count: int, seed: int = 1) -> list[Ballot]:
    chance = random.Random(seed)  # noqa: S311 (a play, no secret)
    return [Ballot(f"person-{n}", f"person-{n}/command-{n}", chance.choice(OPTIONS)) for n in range(count)]


def leavings(file: Path) -> list[str]:
    return sorted(each.name for each in file.parent.iterdir() if ".poll-" in each.name)


def test_a_box_holds_a_mark_for_each_who_answered_and_a_count_for_each_option(box: BallotBox) -> None:
    given = ballots(100)
    for at in range(0, 100, 7):
        box.put(given[at : at + 7])
    assert box.marks() == {each.voter: each.command for each in given}
    assert box.counts() == {option: sum(each.option == option for each in given) for option in OPTIONS}


def test_nothing_is_written_before_the_first_answer(file: Path, box: BallotBox) -> None:
    assert (box.marks(), box.counts(), leavings(file)) == ({}, dict.fromkeys(OPTIONS, 0), [])


def test_what_was_put_is_found_by_whoever_opens_the_box_again(file: Path, box: BallotBox) -> None:
    box.put(ballots(3))
    before = (box.marks(), box.counts())
    box.close()
    again = BallotBox(file, "panel-1", "poll-one", OPTIONS)
    assert (again.marks(), again.counts()) == before
    again.close()
    once_more = BallotBox(file, "panel-1", "poll-one", OPTIONS)
    assert once_more.counts() == before[1]


def test_a_second_answer_of_a_unit_counts_nothing_of_its_batch(box: BallotBox) -> None:
    box.put(ballots(2))
    before = (box.marks(), box.counts())
    with pytest.raises(Conflict):
        box.put([Ballot("person-9", "person-9/a", "abstain"), Ballot("person-0", "person-0/b", "abstain")])
    assert (box.marks(), box.counts()) == before


def test_a_bug_in_a_statement_is_not_taken_for_a_refusal_of_the_disk(box: BallotBox) -> None:
    box.put(ballots(1))
    with pytest.raises(sqlite3.Error):
        box.put([Ballot("person-9", object(), "abstain")])  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        box.put([Ballot("person-9", "person-9/a", "an option of another poll")])
    assert len(box.marks()) == 1


def test_a_folder_that_cannot_be_written_takes_no_answer(file: Path) -> None:
    nowhere = BallotBox(file.parent / "not-there" / "workshop.db", "panel-1", "poll-one", OPTIONS)
    with pytest.raises(NotRecorded):
        nowhere.put(ballots(1))


def test_what_is_no_box_takes_no_answer(box: BallotBox) -> None:
    box.path.write_bytes(b"somebody else's file, which is not a database at all" * 20)
    with pytest.raises(NotRecorded):
        box.put(ballots(1))


def test_a_deleted_box_leaves_nothing_behind(file: Path, box: BallotBox) -> None:
    box.put(ballots(5))
    box.delete()
    assert leavings(file) == []
    assert box.counts() == dict.fromkeys(OPTIONS, 0)


def test_a_box_that_cannot_be_deleted_says_so(box: BallotBox) -> None:
    box.path.mkdir()
    with pytest.raises(NotRecorded):
        box.delete()


def test_the_boxes_of_polls_that_are_over_are_deleted(file: Path) -> None:
    boxes = [
        BallotBox(file, session, poll, OPTIONS) for session in ("panel-1", "panel-2") for poll in ("poll-1", "poll-2")
    ]
    for each in boxes:
        each.put(ballots(2))
        each.close()
    Path(f"{boxes[0].path}-journal").touch()
    Path(f"{boxes[3].path}-journal").touch()
    deleted = delete_others(file, boxes[:1])
    assert deleted == sorted([*(each.path for each in boxes[1:]), Path(f"{boxes[3].path}-journal")])
    assert leavings(file) == [boxes[0].path.name, f"{boxes[0].path.name}-journal"]
    assert delete_others(file, boxes[:1]) == []


def test_a_box_stands_beside_its_database_under_the_id_of_its_poll(file: Path) -> None:
    assert path_of(file, "panel-1", "poll.17") == file.parent / "workshop.db.poll-poll.17.panel-1"


def test_the_file_is_its_owners_alone(box: BallotBox) -> None:
    box.put(ballots(1))
    assert box.path.stat().st_mode & 0o777 == 0o600


def test_the_bytes_of_a_box_tell_no_more_than_its_marks_and_counts(file: Path) -> None:
    """Two boxes with the same marks and the same counts, where others chose what, are the same byte for byte."""
    given = ballots(60)
    options = [each.option for each in given]
    others = [each._replace(option=option) for each, option in zip(given, reversed(options), strict=True)]
    assert [each.option for each in others] != options
    one, other = BallotBox(file, "panel-1", "one", OPTIONS), BallotBox(file, "panel-1", "other", OPTIONS)
    for box, answers in ((one, given), (other, others)):
        for each in answers:
            box.put([each])
        box.close()
    assert leavings(file) == [one.path.name, other.path.name]
    assert one.path.read_bytes() == other.path.read_bytes()


@pytest.mark.parametrize("read", [BallotBox.marks, BallotBox.counts])
def test_a_box_that_cannot_be_read_any_more_says_so(
    file: Path, box: BallotBox, read: Callable[[BallotBox], object]
) -> None:
    box.put(ballots(5))
    box.close()
    with sqlite3.connect(box.path) as other:
        other.execute("DROP TABLE tally")
        other.execute("DROP TABLE mark")
        other.execute("CREATE TABLE mark (something INTEGER)")
        other.execute("CREATE TABLE tally (something INTEGER)")
    other.close()
    with pytest.raises(NotRecorded):
        read(BallotBox(file, "panel-1", "poll-one", OPTIONS))
