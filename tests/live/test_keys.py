"""Second devices, and keys that are taken back: who is in by them, who no longer is, and who comes at the same moment."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from companion.core.people import Role
from companion.core.refusals import Refusal
from companion.live.arrivals import NewPerson
from companion.store import directory
from companion.store.database import Database
from companion.store.errors import Conflict
from tests.live.at_the_desk import CODE, WORKSHOP, is_in, link_of, outcome, refusal, signed_in
from tests.live.conftest import Start
from tests.live.house import ANA, BEN, Hands, House, Sent
from tests.live.pausing import Ended, Ending

# A second device


def test_a_device_link_is_good_once(house: House) -> None:
    first = signed_in(house)
    _, link = house.desk.make_device_link(first.caller)
    second = house.desk.redeem(link, None)
    assert second.caller.person == first.caller.person
    assert refusal(lambda: house.desk.redeem(link, None)) is Refusal.REVOKED
    assert is_in(house, second.token)


def test_a_device_link_is_good_once_also_for_two_who_come_together(house: House) -> None:
    _, link = house.desk.make_device_link(signed_in(house).caller)
    with house.disk_held():
        came = [Sent(lambda: house.desk.redeem(link, None)) for _ in range(4)]
    results = [outcome(each) for each in came]
    assert results.count("in") == 1
    assert results.count(Refusal.REVOKED) == 3


@pytest.mark.parametrize(
    ("later", "is_good"), [(timedelta(minutes=10), True), (timedelta(minutes=10, milliseconds=1), False)]
)
def test_a_device_link_is_good_for_ten_minutes(house: House, hands: Hands, later: timedelta, is_good: bool) -> None:  # noqa: FBT001 (a column)
    _, link = house.desk.make_device_link(signed_in(house).caller)
    hands.later(later)
    if is_good:
        assert house.desk.redeem(link, None).caller.person.id == ANA.person
    else:
        assert refusal(lambda: house.desk.redeem(link, None)) is Refusal.REVOKED


def test_a_device_link_is_not_spent_by_a_disk_that_refuses(house: House) -> None:
    _, link = house.desk.make_device_link(signed_in(house).caller)

    def take_away(db: Database) -> None:
        db.sql.conn.execute("CREATE TRIGGER full BEFORE INSERT ON access_key BEGIN SELECT RAISE(ABORT, 'no'); END")

    house.committer.run(take_away)
    with pytest.raises(Conflict):
        house.desk.redeem(link, None)
    house.committer.run(lambda db: db.sql.conn.execute("DROP TRIGGER full"))
    assert house.desk.redeem(link, None).caller.person.id == ANA.person


# Revoked


def test_whoever_came_by_a_revoked_link_is_out_at_once_and_with_them_all_that_came_of_it(house: House) -> None:
    told: list[frozenset[str]] = []
    house.desk.when_revoked(told.append)
    link, key = house.desk.make_link(WORKSHOP, person=ANA.person)
    first, other = house.desk.redeem(key, None), signed_in(house)
    _, device = house.desk.make_device_link(first.caller)
    second = house.desk.redeem(device, None)
    unused, third = house.desk.make_device_link(second.caller)
    house.desk.revoke(WORKSHOP, link.id)
    assert [is_in(house, came.token) for came in (first, second, other)] == [False, False, True]
    for dead in (key, device, third):
        assert refusal(partial(house.desk.redeem, dead, None)) is Refusal.REVOKED
    assert told == [frozenset({link.id, first.caller.key.id, second.caller.key.id, unused.id})]
    revoked = {each.id for each in house.desk.keys(WORKSHOP) if each.revoked_at is not None}
    assert told[0] < revoked


def test_one_device_alone_can_be_signed_out(house: House) -> None:
    link = link_of(house)
    one, other = (house.desk.redeem(link, None) for _ in range(2))
    house.desk.revoke(WORKSHOP, one.caller.key.id)
    assert (is_in(house, one.token), is_in(house, other.token)) == (False, True)
    assert house.desk.redeem(link, None).caller.person.id == ANA.person


def test_a_person_is_signed_out_on_all_devices_and_on_one_that_was_about_to_come_but_their_links_stay(
    house: House,
) -> None:
    told: list[frozenset[str]] = []
    house.desk.when_revoked(told.append)
    link = link_of(house)
    first, second, other = house.desk.redeem(link, None), house.desk.redeem(link, None), signed_in(house, BEN.person)
    device, key = house.desk.make_device_link(first.caller)
    house.desk.sign_out(WORKSHOP, ANA.person)
    assert [is_in(house, came.token) for came in (first, second, other)] == [False, False, True]
    assert refusal(lambda: house.desk.redeem(key, None)) is Refusal.REVOKED
    assert told == [frozenset({first.caller.key.id, second.caller.key.id, device.id})]
    assert is_in(house, house.desk.redeem(link, None).token)


def test_a_guest_who_came_with_the_code_is_signed_out_and_one_who_is_not_in_says_nothing(house: House) -> None:
    told: list[frozenset[str]] = []
    house.desk.when_revoked(told.append)
    guest = house.desk.join(CODE, NewPerson(name="Dora"))
    for _ in range(2):
        house.desk.sign_out(WORKSHOP, guest.caller.person.id)
    assert not is_in(house, guest.token)
    assert told == [frozenset({guest.caller.key.id})]
    assert guest.caller.person in house.desk.people(WORKSHOP)


@pytest.mark.parametrize(("workshop", "person"), [(WORKSHOP, "nobody"), ("another", ANA.person)])
def test_nobody_else_can_be_signed_out(house: House, workshop: str, person: str) -> None:
    came = signed_in(house)
    assert refusal(lambda: house.desk.sign_out(workshop, person)) is Refusal.NOT_FOUND
    assert is_in(house, came.token)


def test_a_link_that_is_made_anew_stands_in_place_of_all_others_of_that_person(house: House) -> None:
    told: list[frozenset[str]] = []
    house.desk.when_revoked(told.append)
    lost, other = link_of(house), link_of(house, BEN.person)
    came, unused = house.desk.redeem(lost, None), link_of(house)
    made, key = house.desk.make_link(WORKSHOP, person=ANA.person, anew=True)
    for dead in (lost, unused):
        assert refusal(partial(house.desk.redeem, dead, None)) is Refusal.REVOKED
    assert not is_in(house, came.token)
    assert [house.desk.redeem(each, None).caller.person.id for each in (key, other)] == [ANA.person, BEN.person]
    (revoked,) = told
    assert came.caller.key.id in revoked
    assert made.id not in revoked
    assert len(revoked) == 3
    assert refusal(lambda: house.desk.make_link(WORKSHOP, role=Role.DISPLAY, anew=True)) is Refusal.BAD_MESSAGE


def test_a_disk_that_refuses_the_new_link_leaves_the_lost_one_as_it_was(house: House) -> None:
    lost = link_of(house)

    def take_away(db: Database) -> None:
        db.sql.conn.execute("CREATE TRIGGER full BEFORE INSERT ON access_key BEGIN SELECT RAISE(ABORT, 'no'); END")

    house.committer.run(take_away)
    with pytest.raises(Conflict):
        house.desk.make_link(WORKSHOP, person=ANA.person, anew=True)
    house.committer.run(lambda db: db.sql.conn.execute("DROP TRIGGER full"))
    assert house.desk.redeem(lost, None).caller.person.id == ANA.person


def test_what_is_of_another_workshop_or_nothing_cannot_be_revoked(house: House) -> None:
    link, key = house.desk.make_link(WORKSHOP, person=ANA.person)
    assert refusal(lambda: house.desk.revoke(WORKSHOP, "nothing")) is Refusal.NOT_FOUND
    assert refusal(lambda: house.desk.revoke("another", link.id)) is Refusal.NOT_FOUND
    assert house.desk.redeem(key, None).caller.person.id == ANA.person


def test_whoever_comes_by_a_link_while_it_is_being_revoked_does_not_stay(house: House) -> None:
    link, key = house.desk.make_link(WORKSHOP, person=ANA.person)
    role_link, role_key = house.desk.make_link(WORKSHOP, role=Role.SECRETARIAT)
    revoking = [Sent(partial(house.desk.revoke, WORKSHOP, id_)) for id_ in (link.id, role_link.id)]
    coming = [Sent(partial(house.desk.redeem, key, "Eve")) for key in (key, role_key) for _ in range(5)]
    for each in revoking:
        each.answer()
    results = [outcome(each) for each in coming]
    assert set(results) <= {"in", Refusal.REVOKED}
    still_in = [key for key in house.desk.keys(WORKSHOP) if house.desk.still(key.id)]
    assert still_in == []


def test_a_link_that_was_revoked_before_the_token_is_written_gives_none(house: House) -> None:
    link, key = house.desk.make_link(WORKSHOP, role=Role.SECRETARIAT)
    people = house.desk.people(WORKSHOP)
    with house.disk_held():
        revoking = Sent(lambda: house.desk.revoke(WORKSHOP, link.id))
        house.wait_for_job()
        coming = Sent(lambda: house.desk.redeem(key, "Eve"))
        house.wait_for_job()
    revoking.answer()
    assert outcome(coming) is Refusal.REVOKED
    assert house.desk.people(WORKSHOP) == people
    assert house.committer.run(lambda db: directory.people(db, WORKSHOP)) == tuple(people)


def test_a_token_that_is_written_before_its_link_is_revoked_goes_with_it(house: House) -> None:
    link, key = house.desk.make_link(WORKSHOP, person=ANA.person)
    with house.disk_held():
        coming = Sent(lambda: house.desk.redeem(key, None))
        house.wait_for_job()
        revoking = Sent(lambda: house.desk.revoke(WORKSHOP, link.id))
        house.wait_for_job()
    revoking.answer()
    token: str = coming.answer().token
    assert not is_in(house, token)


def test_whoever_was_signed_out_cannot_make_a_link_for_another_device(house: House) -> None:
    came = house.desk.join(CODE, NewPerson(name="Dora"))
    house.desk.revoke(WORKSHOP, came.caller.key.id)
    assert refusal(lambda: house.desk.make_device_link(came.caller)) is Refusal.REVOKED


def test_a_note_of_use_that_comes_late_brings_no_revoked_token_back(house: House, hands: Hands) -> None:
    came = signed_in(house)
    hands.later(timedelta(hours=13))
    house.desk.revoke(WORKSHOP, came.caller.key.id)
    house.desk.note_use(came.caller)
    assert not is_in(house, came.token)


# Whoever asked is gone before they hear


def never_heard(start: Start, before: Callable[[House], Callable[[], object]]) -> House:
    """Return a house where a call was carried out, and whoever made it was ended before they heard so."""
    engine = Ending()
    house = start(engine=engine)
    call = before(house)
    engine.ends = True
    with pytest.raises(Ended):
        call()
    engine.ends = False
    return house


def test_a_lost_link_lets_nobody_in_any_more_from_the_moment_the_new_one_is_on_disk(start: Start) -> None:
    tokens: list[str] = []

    def made_anew(house: House) -> Callable[[], object]:
        tokens.append(signed_in(house).token)
        return lambda: house.desk.make_link(WORKSHOP, person=ANA.person, anew=True)

    house = never_heard(start, made_anew)
    assert not is_in(house, tokens[0])
    valid = [key.kind for key in house.desk.keys(WORKSHOP) if key.revoked_at is None]
    assert valid == ["personal"]


def test_a_device_link_is_spent_from_the_moment_the_device_is_on_disk(start: Start) -> None:
    def redeemed(house: House) -> Callable[[], object]:
        _, link = house.desk.make_device_link(signed_in(house).caller)
        return lambda: house.desk.redeem(link, None)

    house = never_heard(start, redeemed)
    by_kind = [(key.kind, key.revoked_at is None) for key in house.desk.keys(WORKSHOP) if key.kind != "personal"]
    assert sorted(by_kind) == [("device", False), ("token", True), ("token", True)]


def test_whoever_comes_in_is_known_from_the_moment_their_key_is(start: Start) -> None:
    house = never_heard(start, lambda house: lambda: house.desk.join(CODE, NewPerson(name="Dora")))
    callers = [house.desk.still(key.id) for key in house.desk.keys(WORKSHOP)]
    assert [caller and caller.person.name for caller in callers] == ["Dora"]
