"""The registration desk: who gets in by what, for how long, and who no longer does."""

import sys
import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from companion.core.people import Attendance, Role
from companion.core.refusals import Refusal
from companion.live.arrivals import Caller, NewPerson
from companion.store import directory
from companion.store.errors import CommitFailed
from tests.audiences.walk import PEOPLE
from tests.live.at_the_desk import CODE, WORKSHOP, is_in, link_of, refusal, signed_in
from tests.live.conftest import Start
from tests.live.house import ANA, MODERATOR, SOON, Hands, House, Sent

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
