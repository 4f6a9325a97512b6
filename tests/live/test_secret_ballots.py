"""Secret polls between the doors and the disk: counted once, final, known to nobody, and closed whatever happens."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from companion.audiences.audience import Audience
from companion.core import commands as c
from companion.core.people import Actor, Role
from companion.core.procedure import BallotKind, PollStatus, PollUnit, Results
from companion.core.refusals import Refusal, Refused
from companion.store.ballots import BallotBox
from companion.store.errors import CommitFailed, NotRecorded
from tests.audiences.walk import PEOPLE
from tests.core.scenario import poll_of
from tests.live.conftest import Start
from tests.live.house import ANA, BEN, CLEO, MODERATOR, SESSION, SOON, House, Sent
from tests.live.pausing import Pausing
from tests.live.screens import Screen, over_the_road

POLL: Final = "poll-in-secret"
KEY: Final = f"poll/{POLL}"
OPTIONS: Final = ("support", "support_with_changes", "cannot_support", "abstain")
PARTICIPANTS: Final = [Actor(person=each.id, role=each.role) for each in PEOPLE if each.role is Role.PARTICIPANT]


def opened(house: House, **said: Any) -> House:  # noqa: ANN401 (fields of the command)
    terms = {"ballot": BallotKind.SECRET, "unit": PollUnit.PERSON, "results": Results.AFTER_CLOSE, **said}
    house.command(MODERATOR, poll_of(c.OpenPoll, poll=POLL, **terms))
    return house


def vote(option: str = "support") -> c.AnswerPoll:
    return c.AnswerPoll(poll=POLL, option=option)


def close() -> c.ClosePoll:
    return c.ClosePoll(poll=POLL, expect=POLL)


def box(house: House) -> Path:
    return Path(f"{house.file.resolve()}.poll-{POLL}.{SESSION}")


def poll_of_house(house: House) -> Any:  # noqa: ANN401 (a poll)
    return house.host.committed.polls[POLL]


def own(house: House, who: Actor) -> Any:  # noqa: ANN401 (JSON)
    with house.host.lock:
        snapshot = over_the_road(house.host.join(who.person, Audience.PARTICIPANTS, epoch=None, since=None)).snapshot
    assert snapshot is not None
    return snapshot["me/answers"][POLL]


def tally(*counts: int) -> dict[str, int]:
    return dict(zip(OPTIONS, counts, strict=True))


@pytest.fixture
def paused(start: Start) -> Iterator[House]:
    """Yield a house where a secret poll is open, and whose pauses end by hand."""
    engine = Pausing()
    yield opened(start(engine=engine))
    engine.woken.release(100)


def test_answers_are_counted_and_known_once_the_poll_is_closed(house: House) -> None:
    opened(house)
    before = house.on_disk()
    for who, option in zip(PARTICIPANTS[:3], OPTIONS[1:], strict=True):
        assert house.command(who, vote(option)).seq == before
    assert (house.on_disk(), poll_of_house(house).answered) == (before, 0)
    house.command(MODERATOR, close())
    assert house.on_disk() == before + 1
    assert dict(poll_of_house(house).tally) == tally(0, 1, 1, 1)
    assert (poll_of_house(house).status, poll_of_house(house).answered) == (PollStatus.CLOSED, 3)


def test_the_first_answer_is_final(house: House) -> None:
    opened(house)
    house.command(ANA, vote("support"))
    assert house.refusal(ANA, vote("abstain")) is Refusal.ALREADY_VOTED
    assert house.refusal(ANA, vote("support")) is Refusal.ALREADY_VOTED
    house.command(MODERATOR, close())
    assert dict(poll_of_house(house).tally) == tally(1, 0, 0, 0)


def test_the_same_command_is_answered_again_and_counted_once(start: Start) -> None:
    house = opened(start())
    with house.disk_held():
        sent = [house.sent(ANA, vote(), "same-command"), Sent(lambda: house.command(ANA, vote(), "same-command"))]
    assert {each.answer().seq for each in sent} == {house.on_disk()}
    house.command(ANA, vote(), "same-command")
    again = start()
    again.command(ANA, vote(), "same-command")
    assert again.refusal(BEN, c.AnswerPoll(poll=POLL, option="nonsense"), "same-command") is Refusal.NOT_FOUND
    again.command(MODERATOR, close())
    assert dict(poll_of_house(again).tally) == tally(1, 0, 0, 0)


def test_one_answers_for_a_delegation_and_the_first_is_final(start: Start) -> None:
    house = start()
    people = {each.id: each for each in PEOPLE}
    both = [each for each in PARTICIPANTS if people[each.person].delegation is not None]
    same = next(
        (one, other)
        for one in both
        for other in both
        if one is not other and people[one.person].delegation == people[other.person].delegation
    )
    opened(house, unit=PollUnit.DELEGATION)
    house.command(same[0], vote("support"))
    assert house.refusal(same[1], vote("abstain")) is Refusal.ALREADY_VOTED
    assert (own(house, same[1])["answered"], own(house, same[1])["option"]) == (True, None)
    house.command(MODERATOR, close())
    assert poll_of_house(house).answered == 1


def test_who_is_not_eligible_or_late_or_wrong_is_told_so(house: House) -> None:
    opened(house, eligible=(ANA.person,))
    assert house.refusal(BEN, vote()) is Refusal.NOT_ELIGIBLE
    assert house.refusal(MODERATOR, vote()) is Refusal.NOT_ALLOWED
    assert house.refusal(ANA, vote("maybe")) is Refusal.NOT_FOUND
    assert house.refusal(ANA, c.AnswerPoll(poll=POLL, option="abstain", reason="x")) is Refusal.BAD_MESSAGE
    house.command(MODERATOR, close())
    assert house.refusal(ANA, vote()) is Refusal.POLL_NOT_OPEN
    assert dict(poll_of_house(house).tally) == tally(0, 0, 0, 0)


def test_nobody_is_told_what_was_chosen_and_those_asked_that_they_have_answered(paused: House) -> None:
    paused.command(ANA, vote("cannot_support"))
    told = [patch["set"] for _, patch in paused.listener.patches if KEY in patch["set"]]
    assert {each[KEY]["answered"] for each in told} >= {1}
    assert all("tally" not in each[KEY] and "total" not in each[KEY] for each in told)
    ((who, patch),) = paused.listener.own[-1:]
    assert (who, [*patch["set"]], patch["seq"]) == (ANA.person, ["me/answers"], paused.on_disk())
    mine = patch["set"]["me/answers"][POLL]
    assert (mine["answered"], mine["option"], mine["at"]) == (True, None, None)
    assert "cannot_support" not in str([patch["set"]["me/answers"] for _, patch in paused.listener.own])


def test_how_many_have_answered_goes_out_at_most_once_between_two_pauses(paused: House) -> None:
    paused.listener.patches.clear()
    for who in PARTICIPANTS[:3]:
        paused.command(who, vote())
    assert [patch["set"][KEY]["answered"] for whom, patch in paused.listener.patches if whom is Audience.STAFF] == [1]
    engine = paused.engine
    assert isinstance(engine, Pausing)
    assert engine.at_rest.acquire(timeout=SOON)
    engine.woken.release()
    assert engine.at_rest.acquire(timeout=SOON)
    assert [patch["set"][KEY]["answered"] for whom, patch in paused.listener.patches if whom is Audience.STAFF] == [
        1,
        3,
    ]


def test_patches_lead_to_what_whoever_joins_gets(paused: House) -> None:
    engine = paused.engine
    assert isinstance(engine, Pausing)
    screens = [Screen(paused, who) for who in (ANA, MODERATOR)]
    for who in PARTICIPANTS[:3]:
        paused.command(who, vote())
    assert engine.at_rest.acquire(timeout=SOON)
    engine.woken.release()
    assert engine.at_rest.acquire(timeout=SOON)
    paused.command(MODERATOR, close())
    for screen in screens:
        with paused.host.lock:
            fresh = over_the_road(paused.host.join(screen.who, screen.audience, epoch=None, since=None)).snapshot
        assert screen.map() == fresh


def test_an_answer_under_way_is_counted_before_the_poll_closes_and_none_after(house: House) -> None:
    opened(house)
    with house.disk_held():
        given = house.sent(ANA, vote())
        closing = house.sent(MODERATOR, close())
        assert house.refusal(BEN, vote()) is Refusal.POLL_NOT_OPEN
    given.answer()
    closing.answer()
    assert dict(poll_of_house(house).tally) == tally(1, 0, 0, 0)


def test_two_who_close_at_once_close_it_once(house: House) -> None:
    opened(house)
    house.command(ANA, vote())
    with house.disk_held():
        sent = [house.sent(MODERATOR, close()) for _ in range(2)]
    ended = [_how(each) for each in sent]
    assert sorted(ended) == ["closed", Refusal.STALE]
    assert dict(poll_of_house(house).tally) == tally(1, 0, 0, 0)


def _how(sent: Sent) -> str:
    try:
        sent.answer()
    except Refused as refused:
        return refused.reason
    return "closed"


def test_the_same_closing_sent_again_gets_its_answer(house: House) -> None:
    opened(house)
    first = house.command(MODERATOR, close(), "closing-once")
    assert house.command(MODERATOR, close(), "closing-once") == first


def test_a_closing_that_is_refused_leaves_the_poll_open(house: House) -> None:
    opened(house)
    assert house.refusal(ANA, close()) is Refusal.NOT_ALLOWED
    assert house.refusal(MODERATOR, c.ClosePoll(poll=POLL, expect="another")) is Refusal.STALE
    house.command(ANA, vote())
    house.command(MODERATOR, close())
    assert poll_of_house(house).answered == 1


def test_closing_the_session_counts_the_boxes(house: House) -> None:
    opened(house)
    house.command(ANA, vote("abstain"))
    house.command(MODERATOR, c.CloseSession())
    assert dict(poll_of_house(house).tally) == tally(0, 0, 0, 1)


def test_the_box_is_deleted_when_the_counts_are_on_disk(paused: House) -> None:
    paused.command(ANA, vote())
    assert box(paused).exists()
    paused.command(MODERATOR, close())
    engine = paused.engine
    assert isinstance(engine, Pausing)
    engine.tasks[-1].answer()
    assert not box(paused).exists()


def test_an_open_poll_goes_on_after_a_restart(start: Start) -> None:
    house = opened(start())
    house.command(ANA, vote("abstain"))
    again = start()
    assert own(again, ANA)["answered"] is True
    assert again.refusal(ANA, vote()) is Refusal.ALREADY_VOTED
    again.command(BEN, vote("support"))
    again.command(MODERATOR, close())
    assert dict(poll_of_house(again).tally) == tally(1, 0, 0, 1)


def test_what_a_crash_left_of_a_closed_poll_is_deleted_at_the_next_start(start: Start) -> None:
    house = opened(start())
    house.command(ANA, vote())
    left = box(house).with_suffix(".kept")
    shutil.copy(box(house), left)
    house.command(MODERATOR, close())
    house.close()
    left.rename(box(house))
    again = start()
    assert not box(again).exists()
    assert dict(poll_of_house(again).tally) == tally(1, 0, 0, 0)
    assert own(again, ANA)["answered"] is None


def test_an_answer_that_the_disk_refused_is_not_counted_and_may_be_given_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(house)
    with monkeypatch.context() as broken:
        broken.setattr(BallotBox, "put", _refuse)
        assert house.refusal(ANA, vote(), "first-try") is Refusal.NOT_RECORDED
    assert own(house, ANA)["answered"] is False
    house.command(ANA, vote(), "first-try")
    house.command(MODERATOR, close())
    assert poll_of_house(house).answered == 1


def _refuse(*_: object) -> None:
    raise NotRecorded("the disk refused")


def test_one_answer_that_cannot_be_counted_does_not_stop_the_others_of_its_batch(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(house)
    put = BallotBox.put

    def picky(self: BallotBox, ballots: Any) -> None:  # noqa: ANN401 (ballots)
        if any(each.voter == BEN.person for each in [*ballots]):
            raise NotRecorded("this one was refused")
        put(self, ballots)

    monkeypatch.setattr(BallotBox, "put", picky)
    with house.disk_held():
        sent = [house.sent(each, vote()) for each in (ANA, BEN, CLEO)]
    assert sent[1].refusal() is Refusal.NOT_RECORDED
    for each in (sent[0], sent[2]):
        each.answer()
    house.command(MODERATOR, close())
    assert poll_of_house(house).answered == 2


def test_where_it_cannot_be_told_what_is_in_the_box_the_program_stops(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(house)

    def undecided(*_: object) -> None:
        raise CommitFailed("the disk failed while recording")

    monkeypatch.setattr(BallotBox, "put", undecided)
    with house.disk_held():
        sent = [house.sent(each, vote()) for each in (ANA, BEN)]
    assert house.has_stopped.wait(SOON)
    assert not any(each.is_answered() for each in sent)


def test_a_box_that_cannot_be_counted_keeps_its_poll_open(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(house)
    house.command(ANA, vote())
    with monkeypatch.context() as broken:
        broken.setattr(BallotBox, "counts", _refuse)
        assert house.refusal(MODERATOR, close()) is Refusal.NOT_RECORDED
    house.command(BEN, vote())
    house.command(MODERATOR, close())
    assert poll_of_house(house).answered == 2


def test_a_box_that_cannot_be_deleted_is_left_to_the_next_start(
    paused: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    paused.command(ANA, vote())
    monkeypatch.setattr(BallotBox, "delete", _refuse)
    paused.command(MODERATOR, close())
    engine = paused.engine
    assert isinstance(engine, Pausing)
    engine.tasks[-1].answer()
    assert "box_not_deleted" in caplog.text
    assert box(paused).exists()


def test_too_few_answers_or_all_alike_are_pointed_out_to_staff_alone(house: House) -> None:
    opened(house)
    for who in PARTICIPANTS[:5]:
        house.command(who, vote())
    house.command(MODERATOR, close())
    with house.host.lock:
        maps = {
            each: over_the_road(house.host.join(ANA.person, each, epoch=None, since=None)).snapshot or {}
            for each in Audience
        }
    assert maps[Audience.STAFF][KEY]["gives_away"] == "all_agree"
    assert "gives_away" not in maps[Audience.PARTICIPANTS][KEY]
