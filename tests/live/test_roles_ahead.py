"""Roles that a session has given and the directory has not taken up yet: nobody's entering takes them back until then."""

from dataclasses import replace

from companion.core import commands as c
from companion.core.people import Role
from companion.core.refusals import Refusal
from companion.live.corrections import Corrections
from companion.live.host import Host
from tests.live.at_the_desk import WORKSHOP, signed_in
from tests.live.house import ANA, MODERATOR, SECRETARY, House, Sent

SAY = c.Announce(text="Good morning")


def change(house: House, role: Role) -> int:
    return house.command(SECRETARY, c.ChangeRole(person=MODERATOR.person, role=role)).seq


def enter_as_before(host: Host) -> Role:
    """Let the moderator enter as the directory still knows them; return what the session takes them for."""
    host.enter(replace(host.committed.people[MODERATOR.person], role=Role.MODERATOR))
    return host.committed.people[MODERATOR.person].role


def test_of_two_roles_that_are_given_the_directory_has_to_have_taken_up_the_later_one(house: House) -> None:
    first, second = change(house, Role.RAPPORTEUR), change(house, Role.PARTICIPANT)
    house.host.followed(MODERATOR.person, first)
    assert enter_as_before(house.host) is Role.PARTICIPANT
    house.host.followed(ANA.person, second)
    assert enter_as_before(house.host) is Role.PARTICIPANT
    house.host.followed(MODERATOR.person, second)
    assert enter_as_before(house.host) is Role.MODERATOR


def test_whoever_was_given_a_role_acts_in_it_whatever_the_directory_says_yet(house: House) -> None:
    change(house, Role.PARTICIPANT)
    assert house.refusal(MODERATOR, SAY) is Refusal.NOT_ALLOWED
    change(house, Role.MODERATOR)
    house.command(MODERATOR, SAY)


def test_a_name_that_is_put_right_says_nothing_of_the_role(house: House) -> None:
    change(house, Role.PARTICIPANT)
    token = signed_in(house, SECRETARY.person).token
    by = house.desk.who(token)
    assert by is not None
    name = house.host.committed.people[MODERATOR.person].name
    corrections = Corrections(house.engine, house.clock, house.desk, house.sessions)
    corrections.put_right(by, MODERATOR.person, {"name": "Corrected"}, {"name": name})
    assert house.host.committed.people[MODERATOR.person].name == "Corrected"
    assert enter_as_before(house.host) is Role.PARTICIPANT


def test_a_role_that_is_put_right_while_another_is_on_its_way_to_the_directory_stands(house: House) -> None:
    by = house.desk.who(signed_in(house, SECRETARY.person).token)
    assert by is not None
    change(house, Role.RAPPORTEUR)
    given = house.host.committed.people[MODERATOR.person]
    corrections = Corrections(house.engine, house.clock, house.desk, house.sessions)
    seen = {"role": Role.MODERATOR.value}
    with house.disk_held():
        correcting = Sent(lambda: corrections.put_right(by, given.id, {"role": Role.PARTICIPANT.value}, seen))
        house.wait_for_job()
        following = Sent(lambda: house.desk.follow(WORKSHOP, given))
        house.wait_for_job()
    correcting.answer()
    following.answer()
    known = next(house.desk.as_person(row) for row in house.desk.people(WORKSHOP) if row.id == given.id)
    assert known.role is Role.PARTICIPANT
    house.host.enter(known)
    assert house.host.committed.people[given.id].role is Role.PARTICIPANT


def test_a_role_that_an_undo_takes_away_is_not_brought_back_by_entering(house: House) -> None:
    given = change(house, Role.RAPPORTEUR)
    house.host.followed(MODERATOR.person, given)
    house.command(SECRETARY, c.Undo(command=f"{house.host.committed.undo[0].command}"))
    house.host.enter(replace(house.host.committed.people[MODERATOR.person], role=Role.RAPPORTEUR))
    assert house.host.committed.people[MODERATOR.person].role is Role.MODERATOR
