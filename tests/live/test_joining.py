"""Joining: the whole map, or what was missed."""

import pytest

from companion.audiences.audience import Audience
from companion.audiences.maps import PERSONAL_KEYS
from companion.core import commands as c
from tests.live.asking import ASK, see
from tests.live.conftest import Start
from tests.live.house import ANA, BEN, CLEO, MODERATOR, SECRETARY, House
from tests.live.screens import Told, apply, over_the_road, whole


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
