"""Counts of polls: at most five times a second, whoever answers how fast; the answers themselves wait for nothing."""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest

from companion.audiences.audience import Audience
from companion.audiences.maps import PERSONAL_KEYS
from companion.core import commands as c
from companion.core.people import Actor, Role
from companion.core.procedure import Results, RoomAnswers
from companion.live.pace import COUNTS_EVERY_SECONDS
from tests.audiences.walk import PEOPLE
from tests.core.scenario import poll_of
from tests.live.conftest import Start
from tests.live.house import ANA, BEN, CLEO, MODERATOR, SOON, House
from tests.live.pausing import Pausing
from tests.live.screens import Screen, Told, apply, over_the_road, whole

POLL: Final = "poll-that-is-open"
KEY: Final = f"poll/{POLL}"
OPTIONS: Final = ("support", "support_with_changes", "cannot_support", "abstain")
BURST: Final = 1_000
PARTICIPANTS: Final = [Actor(person=each.id, role=each.role) for each in PEOPLE if each.role is Role.PARTICIPANT]


class Paced:
    """A house with an open poll, whose time goes on by hand."""

    def __init__(self, start: Start) -> None:
        self.engine = Pausing()
        self.house: House = start(engine=self.engine)
        asked = poll_of(c.OpenPoll, poll=POLL, results=Results.LIVE, room=RoomAnswers.BY_APP)
        self.house.command(MODERATOR, asked)
        self.house.listener.patches.clear()
        self.house.listener.own.clear()

    def answers(self, who: Actor, option: str) -> None:
        self.house.command(who, c.AnswerPoll(poll=POLL, option=option))

    def a_moment_passes(self) -> bool:
        """Have the pause between counts end; return whether another one follows, since there were some."""
        assert self.engine.seconds[-1] == COUNTS_EVERY_SECONDS
        self.engine.woken.release()
        self.comes_to_rest()
        return self.house.host._counts.rests

    def comes_to_rest(self) -> None:
        """Wait until whoever paces the counts pauses, or has done."""
        assert self.engine.at_rest.acquire(timeout=SOON)

    def counted(self) -> dict[Audience, list[dict[str, int]]]:
        """Return the counts that each audience was told, in order."""
        told: dict[Audience, list[dict[str, int]]] = {audience: [] for audience in Audience}
        for audience, patch in self.house.listener.patches:
            if KEY in patch["set"]:
                told[audience].append(patch["set"][KEY]["tally"])
        return told


@pytest.fixture
def paced(start: Start) -> Iterator[Paced]:
    paced = Paced(start)
    yield paced
    paced.engine.woken.release(100)


def tally(*counts: int) -> dict[str, int]:
    return dict(zip(OPTIONS, counts, strict=True))


def join(paced: Paced, *, since: int | None = None) -> Told:
    host = paced.house.host
    with host.lock:
        return over_the_road(host.join(ANA.person, Audience.PARTICIPANTS, epoch=host.epoch, since=since))


def test_a_thousand_answers_are_told_at_most_once_between_two_pauses_of_a_fifth_of_a_second(paced: Paced) -> None:
    last: dict[str, str] = {}
    for number in range(BURST):
        who, option = PARTICIPANTS[number % len(PARTICIPANTS)], OPTIONS[number // 7 % 4]
        paced.answers(who, option)
        last[who.person] = option
        # Acknowledged, and told to whoever answered, at once.
        person, patch = paced.house.listener.own[-1]
        assert (person, patch["set"]["me/answers"][POLL]["option"]) == (who.person, option)
        if number == 0:
            paced.comes_to_rest()
        elif number % (BURST // 5) == 0:
            assert paced.a_moment_passes()
    assert len(paced.house.listener.own) == BURST
    assert paced.a_moment_passes()
    assert not paced.a_moment_passes()
    pauses = len(paced.engine.seconds)
    assert pauses == 6
    final = dict.fromkeys(OPTIONS, 0) | Counter(last.values())
    for told in paced.counted().values():
        assert len(told) == pauses
        assert told[-1] == final


def test_the_first_answer_after_a_while_is_told_at_once_with_its_own_seq(paced: Paced) -> None:
    for turn, option in enumerate(("support", "abstain"), start=1):
        answer = paced.house.command(ANA, c.AnswerPoll(poll=POLL, option=option))
        assert [patch["seq"] for _, patch in paced.house.listener.patches][-4:] == [answer.seq] * 4
        assert len(paced.counted()[Audience.BOOTH]) == turn
        paced.comes_to_rest()
        assert not paced.a_moment_passes()


def test_counts_that_waited_come_with_a_seq_that_was_told_before_and_whoever_joins_then_has_them(paced: Paced) -> None:
    paced.answers(ANA, "support")
    paced.comes_to_rest()
    paced.answers(BEN, "abstain")
    seq = paced.house.command(MODERATOR, c.Announce(text="Lunch")).seq
    screen, before = Screen(paced.house, CLEO), join(paced).snapshot
    assert before is not None
    assert (before["announcement"]["text"], before[KEY]["tally"]) == ("Lunch", tally(1, 0, 0, 0))
    assert paced.a_moment_passes()
    audience, patch = paced.house.listener.patches[-1]
    assert (audience, patch["seq"], set(patch["set"]), patch["unset"]) == (Audience.BOOTH, seq, {KEY}, ())
    fresh = join(paced).snapshot
    assert fresh is not None
    assert (join(paced).seq, fresh[KEY]["tally"]) == (seq, tally(1, 0, 0, 1))
    assert screen.map() == whole(paced.house.host.committed, CLEO.person, Audience.PARTICIPANTS)


def test_whoever_comes_back_gets_the_counts_of_open_polls_anew_after_all_else(paced: Paced) -> None:
    paced.answers(ANA, "support")
    paced.comes_to_rest()
    joined = join(paced)
    map_ = dict(joined.snapshot or {})
    paced.answers(BEN, "abstain")
    assert paced.a_moment_passes()
    # As for one that had heard of Ben's answer by its number, and lost the connection before the counts came.
    back = join(paced, since=paced.house.on_disk())
    assert back.patches is not None
    assert [set(patch["set"]) for patch in back.patches] == [{KEY, *PERSONAL_KEYS}]
    for patch in back.patches:
        apply(map_, patch)
    assert map_ == join(paced).snapshot


def test_a_poll_that_closes_has_all_its_answers_at_once_and_nothing_follows(paced: Paced) -> None:
    paced.answers(ANA, "support")
    paced.comes_to_rest()
    paced.answers(BEN, "abstain")
    paced.house.command(MODERATOR, c.ClosePoll(poll=POLL, expect=POLL))
    for told in paced.counted().values():
        assert told == [tally(1, 0, 0, 0), tally(1, 0, 0, 1)]
    told_before = len(paced.house.listener.patches)
    assert not paced.a_moment_passes()
    assert len(paced.house.listener.patches) == told_before
    back = join(paced, since=paced.house.on_disk())
    assert [set(patch["set"]) for patch in back.patches or ()] == [{*PERSONAL_KEYS}]


@pytest.mark.parametrize("seed", range(4))
def test_screens_are_where_the_session_is_once_the_counts_have_followed(paced: Paced, seed: int) -> None:
    by_chance = random.Random(seed)  # noqa: S311 (the same every time)
    screens = [Screen(paced.house, who) for who in (ANA, MODERATOR)]
    paused = False
    for number in range(60):
        match by_chance.randrange(4):
            case 0:
                paced.house.command(MODERATOR, c.Announce(text=f"Number {number}"))
            case 1 if paused:
                paused = paced.a_moment_passes()
            case _:
                paced.answers(by_chance.choice(PARTICIPANTS), by_chance.choice(OPTIONS))
                if not paused:
                    paced.comes_to_rest()
                    paused = True
        if number % 7 == 0:
            screens.append(Screen(paced.house, by_chance.choice([BEN, MODERATOR])))
    while paused:
        paused = paced.a_moment_passes()
    for screen in screens:
        assert screen.map() == whole(paced.house.host.committed, screen.who, screen.audience)
