"""The registration desk: who gets in by what, for how long, and who no longer does."""

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from companion.core.people import Attendance, Role
from companion.core.refusals import Refusal, Refused
from companion.live.desk import Caller, NewPerson, SignedIn
from companion.store import directory
from companion.store.database import Database
from companion.store.errors import CommitFailed, Conflict
from tests.audiences.walk import PEOPLE
from tests.live.conftest import Start
from tests.live.house import ANA, MODERATOR, SOON, Hands, House, Sent

WORKSHOP = "workshop"
CODE = "K7WM3QXD"


def refusal(call: Callable[[], object]) -> Refusal:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.reason


def link_of(house: House, person: str = ANA.person) -> str:
    _, key = house.desk.make_link(WORKSHOP, person=person)
    return key


def signed_in(house: House, person: str = ANA.person) -> SignedIn:
    return house.desk.redeem(link_of(house, person), None)


def is_in(house: House, token: str) -> bool:
    return house.desk.who(token) is not None


# By the join code


@pytest.mark.parametrize("typed", [CODE, "k7wm 3qxd", " K7WM-3QXD\n"])
def test_the_join_code_makes_a_participant_however_it_is_typed(house: House, typed: str) -> None:
    new = NewPerson(name="Dora", organisation="An NGO", group="states", attendance=Attendance.IN_ROOM, language="fr")
    came = house.desk.join(typed, new)
    caller = house.desk.who(came.token)
    assert caller == came.caller
    assert caller.role is Role.PARTICIPANT
    person = house.desk.as_person(caller.person)
    assert (person.name, person.organisation, person.group, person.language) == ("Dora", "An NGO", "states", "fr")
    assert person.attendance is Attendance.IN_ROOM
    assert person.guest
    assert caller.person in house.desk.people(WORKSHOP)


def test_a_wrong_code_or_group_lets_nobody_in(house: House) -> None:
    before = house.desk.people(WORKSHOP)
    assert refusal(lambda: house.desk.join("K7WM3QXX", NewPerson(name="Dora"))) is Refusal.WRONG_CODE
    assert refusal(lambda: house.desk.join(CODE, NewPerson(name="Dora", group="nothing"))) is Refusal.NOT_FOUND
    assert house.desk.people(WORKSHOP) == before


# By a link


def test_a_personal_link_lets_its_person_in_on_as_many_devices_as_they_have(house: House) -> None:
    link = link_of(house, MODERATOR.person)
    tokens = [house.desk.redeem(link, None).token for _ in range(3)]
    callers = [house.desk.who(token) for token in tokens]
    assert len(set(tokens)) == 3
    assert [caller and (caller.person.id, caller.role) for caller in callers] == [
        (MODERATOR.person, Role.MODERATOR)
    ] * 3


def test_the_link_of_a_role_makes_a_person_each_time_and_asks_for_a_name(house: House) -> None:
    _, link = house.desk.make_link(WORKSHOP, role=Role.DISPLAY)
    for nameless in (None, ""):
        assert refusal(partial(house.desk.redeem, link, nameless)) is Refusal.NAME_REQUIRED
    came = [house.desk.redeem(link, name).caller for name in ("Front", "Back")]
    assert [(caller.role, caller.person.name, caller.person.attendance) for caller in came] == [
        (Role.DISPLAY, "Front", "in_room"),
        (Role.DISPLAY, "Back", "in_room"),
    ]
    assert came[0].person.id != came[1].person.id


def test_a_link_is_of_a_person_or_of_a_role(house: House) -> None:
    make = house.desk.make_link
    assert refusal(lambda: make(WORKSHOP)) is Refusal.BAD_MESSAGE
    assert refusal(lambda: make(WORKSHOP, person=ANA.person, role=Role.DISPLAY)) is Refusal.BAD_MESSAGE
    assert refusal(lambda: make(WORKSHOP, person="nobody")) is Refusal.NOT_FOUND
    assert refusal(lambda: make("another", person=ANA.person)) is Refusal.NOT_FOUND


def test_what_is_no_link_lets_nobody_in(house: House) -> None:
    token = signed_in(house).token
    for key in ("", "x", token, directory.hash_key(token)):
        assert refusal(partial(house.desk.redeem, key, "Dora")) is Refusal.REVOKED


def test_what_is_no_token_is_nobodys(house: House) -> None:
    link = link_of(house)
    for key in ("", "x", link, directory.hash_key(link)):
        assert house.desk.who(key) is None
    assert house.desk.still("nothing") is None


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


def outcome(sent: Sent) -> object:
    try:
        sent.answer()
    except Refused as refused:
        return refused.reason
    return "in"


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


# For how long


def caller_of(house: House, token: str) -> Caller:
    caller = house.desk.who(token)
    assert caller is not None
    return caller


def test_a_token_that_nobody_uses_for_thirty_days_is_good_no_more(house: House, hands: Hands) -> None:
    token = signed_in(house).token
    hands.later(timedelta(days=30))
    assert is_in(house, token)
    hands.later(timedelta(milliseconds=1))
    assert not is_in(house, token)


def test_a_token_in_use_goes_on_and_its_use_is_written_down_twice_a_day_at_most(start: Start, hands: Hands) -> None:
    house = start()
    token = signed_in(house).token
    for _ in range(3):
        hands.later(timedelta(hours=11))
        house.desk.note_use(caller_of(house, token))
    used = caller_of(house, token).key.last_used_at
    assert used == "2026-10-19T06:45:00.000Z"
    hands.later(timedelta(days=29))
    house.desk.note_use(caller_of(house, token))
    house = start()
    hands.later(timedelta(days=29))
    assert is_in(house, token)


# Started again


def test_started_again_the_desk_knows_everybody_and_who_is_out(start: Start) -> None:
    house = start()
    stays, goes = signed_in(house), signed_in(house)
    guest = house.desk.join(CODE, NewPerson(name="Dora"))
    link = link_of(house)
    house.desk.revoke(WORKSHOP, goes.caller.key.id)
    before = (house.desk.people(WORKSHOP), house.desk.keys(WORKSHOP))
    house = start()
    assert sorted(house.desk.people(WORKSHOP), key=str) == sorted(before[0], key=str)
    assert sorted(house.desk.keys(WORKSHOP), key=str) == sorted(before[1], key=str)
    assert [is_in(house, came.token) for came in (stays, guest, goes)] == [True, True, False]
    assert house.desk.who(guest.token) == guest.caller
    assert house.desk.redeem(link, None).caller.person.id == ANA.person


def test_no_key_stands_in_the_file_but_its_hash_does(house: House) -> None:
    came = house.desk.join(CODE, NewPerson(name="Dora"))
    secrets = [came.token, link_of(house), house.desk.make_device_link(came.caller)[1], signed_in(house).token]
    secrets.append(house.desk.make_link(WORKSHOP, role=Role.DISPLAY)[1])
    hashes = [key.hash for key in house.desk.keys(WORKSHOP)]
    house.close()
    raw = b"".join(file.read_bytes() for file in house.file.parent.iterdir() if file.is_file())
    assert b"Dora" in raw
    assert all(each.encode() in raw for each in hashes)
    assert not any(secret.encode() in raw for secret in secrets)
    assert all(len(secret) >= 22 for secret in secrets)


def test_when_it_cannot_be_told_whether_a_token_is_on_disk_nobody_gets_it(house: House) -> None:
    house.database.commits_left = 0
    coming = Sent(lambda: house.desk.join(CODE, NewPerson(name="Dora")))
    assert house.has_stopped.wait(SOON)
    assert isinstance(house.stopped[0], CommitFailed)
    house.close()
    assert not coming.is_answered()
    assert "Dora" not in {person.name for person in house.desk.people(WORKSHOP)}


# What it knows


def test_it_tells_of_the_workshop_its_sessions_groups_and_people(house: House) -> None:
    assert house.desk.workshop(WORKSHOP).join_code == CODE
    assert [session.number for session in house.desk.sessions(WORKSHOP)] == ["1"]
    assert [group.id for group in house.desk.groups(WORKSHOP)] == ["civil_society", "states"]
    assert {person.id for person in house.desk.people(WORKSHOP)} == {person.id for person in PEOPLE}
    assert house.desk.people("another") == []


def test_a_person_on_the_list_speaks_for_their_organisation_by_its_short_name(house: House) -> None:
    row = next(person for person in house.desk.people(WORKSHOP) if person.id == ANA.person)
    assert house.desk.as_person(row).organisation == "AO"
    assert house.desk.as_person(replace(row, organisation_name="As shown")).organisation == "As shown"
    assert house.desk.as_person(replace(row, organisation=None)).organisation == ""


def test_the_lists_of_people_and_links_can_be_read_while_others_come_in(house: House) -> None:
    done = threading.Event()
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def read() -> int:
        most = 0
        while not done.is_set():
            most = max(most, len(house.desk.people(WORKSHOP)) + len(house.desk.keys(WORKSHOP)))
        return most

    try:
        reading = Sent(read)
        coming = [Sent(partial(house.desk.join, CODE, NewPerson(name="Dora"))) for _ in range(40)]
        tokens = {each.answer().token for each in coming}
        done.set()
        assert reading.answer() <= len(PEOPLE) + 2 * len(tokens)
    finally:
        sys.setswitchinterval(before)
    assert all(is_in(house, token) for token in tokens)
