"""The door of the sockets: as whom somebody is heard while that changes, and who stays while the disk refuses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest

from companion.audiences.audience import Audience
from companion.core.people import Role
from companion.store.database import Database
from tests.live.at_the_desk import WORKSHOP, signed_in
from tests.live.house import ANA, MODERATOR, SECRETARY, Hands, House, Sent
from tests.sockets.switchboard import Door

NO_LONGER: Final = {"person": MODERATOR.person, "role": "participant"}


@pytest.fixture
def door(door: Door) -> Door:
    for who in (SECRETARY, MODERATOR):
        door.come_in(who)
    return door


def roles(house: House) -> tuple[Role, str]:
    """Return what the moderator is: in the session, and in the directory."""
    row = next(row for row in house.desk.people(WORKSHOP) if row.id == MODERATOR.person)
    return house.host.committed.people[MODERATOR.person].role, row.role


def take_away(door: Door) -> Mapping[str, Any]:
    return door.command(SECRETARY, "person.role", **NO_LONGER)


def go_on(door: Door) -> Mapping[str, Any]:
    return door.command(MODERATOR, "announce", text="I still preside")


def last_used(house: House, token: str) -> str | None:
    caller = house.desk.who(token)
    assert caller is not None
    return caller.key.last_used_at


def refuse(house: House, what: str) -> Callable[[], object]:
    """Have the disk refuse `what`; return what ends that."""

    def no(db: Database) -> None:
        db.sql.conn.execute(f"CREATE TRIGGER no BEFORE {what} BEGIN SELECT RAISE(ABORT, 'no'); END")

    house.committer.run(no)
    return lambda: house.committer.run(lambda db: db.sql.conn.execute("DROP TRIGGER no"))


def test_a_role_that_is_taken_away_is_gone_before_that_is_on_disk(door: Door, house: House) -> None:
    with house.disk_held():
        taking = Sent(lambda: take_away(door))
        house.wait_for_job()
        assert go_on(door)["code"] == "not_allowed"
    assert taking.answer()["ok"]
    assert roles(house) == (Role.PARTICIPANT, "participant")


def test_a_role_that_is_taken_away_is_not_given_back_by_a_command_before_the_directory_follows(
    door: Door, house: House
) -> None:
    with house.disk_held_after(lambda: take_away(door)) as taking:
        house.wait_for_job()  # the directory's own, which is held
        assert roles(house) == (Role.PARTICIPANT, "moderator")
        at = house.host.committed.seq
        late = Sent(lambda: go_on(door))
        assert late.answer()["code"] == "not_allowed"
    assert taking.answer()["ok"]
    assert roles(house) == (Role.PARTICIPANT, "participant")
    assert house.host.committed.seq == at
    assert go_on(door)["code"] == "not_allowed"


def test_a_role_that_is_taken_away_is_not_given_back_by_a_join_before_the_directory_follows(
    door: Door, house: House
) -> None:
    with house.disk_held_after(lambda: take_away(door)) as taking:
        house.wait_for_job()
        late = Sent(lambda: door.join(MODERATOR.person))
        assert late.answer()["ok"]
    assert taking.answer()["ok"]
    assert roles(house) == (Role.PARTICIPANT, "participant")
    assert door.audience(MODERATOR.person) is None
    told = [said["type"] for to, said in door.board.said if to == MODERATOR.person]
    assert told[-1] == "rejoin"
    door.join(MODERATOR.person)
    assert door.audience(MODERATOR.person) is Audience.PARTICIPANTS


def test_a_role_that_the_disk_did_not_take_away_stays(door: Door, house: House) -> None:
    end = refuse(house, "INSERT ON event")
    assert take_away(door)["code"] == "not_recorded"
    end()
    assert go_on(door)["ok"]
    assert roles(house) == (Role.MODERATOR, "moderator")


def test_a_role_that_the_directory_could_not_keep_is_still_taken_away_and_followed_when_that_is_sent_again(
    door: Door, house: House
) -> None:
    end = refuse(house, "UPDATE ON person")
    assert take_away(door)["code"] == "unexpected"
    assert go_on(door)["code"] == "not_allowed"
    end()
    assert roles(house) == (Role.PARTICIPANT, "moderator")
    assert take_away(door)["ok"]
    assert roles(house) == (Role.PARTICIPANT, "participant")


def test_an_undo_of_a_role_that_was_not_on_disk_yet_is_followed_too(door: Door, house: House) -> None:
    undoing: list[Sent] = []

    def undo() -> None:
        command = str(house.host.staged.undo[0].command)
        undoing.append(Sent(lambda: door.command(SECRETARY, "session.undo", command=command)))
        house.wait_for_job()

    with house.disk_held_after(lambda: take_away(door), meanwhile=undo) as taking:
        house.wait_for_job()  # the directory's own, which is held with the undo
    assert taking.answer()["ok"]
    assert undoing[0].answer()["ok"]
    assert roles(house) == (Role.MODERATOR, "moderator")


def test_what_is_decided_elsewhere_after_a_role_was_given_here_is_so_here_too(door: Door, house: House) -> None:
    assert take_away(door)["ok"]
    elsewhere = house.host.committed.people[MODERATOR.person]
    house.desk.follow(WORKSHOP, replace(elsewhere, role=Role.RAPPORTEUR))
    assert go_on(door)["code"] == "not_allowed"
    assert roles(house) == (Role.RAPPORTEUR, "rapporteur")
    assert door.command(MODERATOR, "note.add", kind="key_point", text="Heard")["ok"]


def test_noting_that_a_device_is_in_use_keeps_nobody_from_reading_though_the_disk_refuses(
    door: Door, house: House, hands: Hands
) -> None:
    token = signed_in(house, ANA.person).token
    door.connect("earlier", token)
    assert door.join("earlier")["ok"]  # their entering is on disk
    end = refuse(house, "UPDATE ON access_key")
    hands.later(timedelta(hours=13))  # since the device was last noted as in use
    door.connect("later", token)
    assert door.join("later")["snapshot"]
    end()
    assert last_used(house, token) is None
    door.connect("last", token)
    assert last_used(house, token) is not None
