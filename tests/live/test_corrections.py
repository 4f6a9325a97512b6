"""Putting right what is known of a person: in the directory, and in every session that knows them."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest

from companion.audiences.audience import Audience
from companion.core import commands as c
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import RequestKind, SessionStatus
from companion.core.refusals import Refusal
from companion.live.arrivals import Caller, NewPerson
from companion.live.corrections import Corrections
from companion.live.host import Host
from companion.store.database import Database
from companion.store.directory import PersonRow
from companion.store.errors import Conflict
from tests.audiences.walk import PEOPLE
from tests.live.at_the_desk import CODE, WORKSHOP, outcome, refusal
from tests.live.conftest import Start
from tests.live.house import ANA, SECRETARY, SESSION, House, Sent
from tests.live.two_sessions import OTHER, with_another

BOTH: Final = (SESSION, OTHER)
NAME: Final = next(each.name for each in PEOPLE if each.id == ANA.person)


@pytest.fixture
def house(start: Start) -> House:
    return with_another(start)


def secretary(house: House) -> Caller:
    return house.desk.redeem(house.desk.make_link(WORKSHOP, person=SECRETARY.person)[1], None).caller


def put_right(house: House, person: str, seen: dict[str, Any], /, **changes: Any) -> PersonRow:  # noqa: ANN401
    desk = Corrections(house.engine, house.clock, house.desk, house.sessions)
    return desk.put_right(secretary(house), person, changes, seen)


def host(house: House, session: str) -> Host:
    found = house.sessions.find(session)
    assert found is not None
    return found


def of_desk(house: House, person: str = ANA.person) -> Person:
    return house.desk.as_person(next(row for row in house.desk.people(WORKSHOP) if row.id == person))


def in_sessions(house: House, person: str = ANA.person) -> list[Person]:
    return [host(house, session).committed.people[person] for session in BOTH]


def names(house: House) -> list[str]:
    """Return how Ana is called: by the desk, and in both sessions."""
    return [of_desk(house).name, *(person.name for person in in_sessions(house))]


def test_a_name_is_put_right_in_the_directory_and_in_every_session_and_screens_show_it_at_once(house: House) -> None:
    house.command(ANA, c.RequestFloor(kind=RequestKind.STATEMENT))
    told = len(house.listener.patches)
    put_right(house, ANA.person, {"name": NAME, "latin_name": ""}, name="آنا", latin_name="Ana")
    assert names(house) == ["آنا"] * 3
    assert [person.latin_name for person in in_sessions(house)] == ["Ana"] * 2
    key = f"person/{ANA.person}"
    shown = [
        patch["set"][key]["name"]
        for audience, patch in house.listener.patches[told:]
        if audience is Audience.PARTICIPANTS and key in patch["set"]
    ]
    assert shown == ["آنا"]
    own = [
        patch["session"] for person, patch in house.listener.own if person == ANA.person and "me/person" in patch["set"]
    ]
    assert sorted(own) == [SESSION, OTHER]


def test_what_is_not_put_right_stays_as_each_session_has_it(house: House) -> None:
    before = in_sessions(house)
    put_right(house, ANA.person, {"group": None}, group="states")
    for was, now in zip(before, in_sessions(house), strict=True):
        assert (now.group, now.name, now.latin_name, now.organisation) == (
            "states",
            was.name,
            was.latin_name,
            was.organisation,
        )
    # It is the secretariat's command, as others of theirs are, and can be taken back like them.
    assert host(house, OTHER).committed.undo[0].type == "person.correct"
    assert host(house, OTHER).committed.undo[0].actor == SECRETARY.person


def test_after_a_restart_it_is_so_and_whoever_enters_a_later_session_enters_as_corrected(start: Start) -> None:
    house = with_another(start)
    guest = house.desk.join(CODE, NewPerson(name="Dorra")).caller.person.id
    put_right(house, guest, {"name": "Dorra", "organisation": ""}, name="Dora", organisation="An NGO")
    put_right(house, ANA.person, {"name": NAME}, name="Ana")
    assert not any(guest in host(house, session).committed.people for session in BOTH)
    house = start()
    assert names(house) == ["Ana"] * 3
    host(house, OTHER).enter(of_desk(house, guest))
    entered = host(house, OTHER).committed.people[guest]
    assert (entered.name, entered.organisation, entered.guest) == ("Dora", "An NGO", True)


def test_without_an_organisation_of_their_own_people_go_back_to_that_of_the_list(house: House) -> None:
    put_right(house, ANA.person, {"organisation": "AO"}, organisation="Another")
    assert [person.organisation for person in (of_desk(house), *in_sessions(house))] == ["Another"] * 3
    put_right(house, ANA.person, {"organisation": "Another"}, organisation="")
    assert [person.organisation for person in (of_desk(house), *in_sessions(house))] == ["AO"] * 3


def test_a_session_that_is_over_learns_of_the_name_but_not_of_where_somebody_is_now(house: House) -> None:
    house.command(SECRETARY, c.CloseSession())
    assert of_desk(house).attendance is Attendance.IN_ROOM
    put_right(
        house, ANA.person, {"name": NAME, "attendance": "in_room"}, name="Ana", attendance=Attendance.REMOTE.value
    )
    assert names(house) == ["Ana"] * 3
    assert [person.attendance for person in in_sessions(house)] == [Attendance.IN_ROOM, Attendance.REMOTE]
    before = host(house, SESSION).committed
    put_right(house, ANA.person, {"attendance": "remote"}, attendance=Attendance.IN_ROOM.value)
    assert host(house, SESSION).committed is before


def test_a_role_is_put_right_everywhere_but_where_the_session_is_over_and_screens_are_told_once(house: House) -> None:
    house.command(SECRETARY, c.CloseSession())
    told: list[str] = []
    house.desk.when_otherwise(told.append)
    put_right(house, ANA.person, {"role": "participant", "name": NAME}, role="rapporteur", name="Anna")
    assert of_desk(house).role is Role.RAPPORTEUR
    assert [(person.role, person.name) for person in in_sessions(house)] == [
        (Role.PARTICIPANT, "Anna"),
        (Role.RAPPORTEUR, "Anna"),
    ]
    assert host(house, OTHER).committed.undo[1].actor == SECRETARY.person
    assert told == [ANA.person]


def test_a_role_that_was_put_right_gives_way_to_one_that_is_given_elsewhere_later(house: House) -> None:
    put_right(house, ANA.person, {"role": "participant"}, role="rapporteur")
    house.desk.follow(WORKSHOP, replace(of_desk(house), role=Role.LIST_OFFICER))
    for session in BOTH:
        host(house, session).enter(of_desk(house))
    assert [person.role for person in in_sessions(house)] == [Role.LIST_OFFICER] * 2


def test_whoever_enters_a_session_that_is_final_leaves_it_as_it_is(house: House) -> None:
    house.command(SECRETARY, c.CloseSession())
    house.command(SECRETARY, c.FinaliseSession())
    at = house.host.committed.seq
    put_right(house, ANA.person, {"role": "participant"}, role="rapporteur")
    house.host.enter(of_desk(house))
    assert (house.host.committed.seq, of_desk(house).role) == (at, Role.RAPPORTEUR)


def test_an_undo_leaves_what_was_decided_elsewhere_since_then(house: House) -> None:
    was = of_desk(house)
    house.desk.follow(WORKSHOP, replace(was, role=Role.MODERATOR))
    house.desk.follow(WORKSHOP, replace(was, role=Role.RAPPORTEUR))
    house.desk.follow(WORKSHOP, was, was=replace(was, role=Role.MODERATOR))
    assert of_desk(house).role is Role.RAPPORTEUR


def test_a_role_that_a_session_gives_leaves_a_name_that_is_put_right_this_very_moment(start: Start) -> None:
    house = with_another(start)
    by, was = secretary(house), of_desk(house)
    with house.disk_held():
        naming = Sent(lambda: house.desk.correct(by, ANA.person, {"name": "Ana"}, {"name": NAME}))
        house.wait_for_job()
        giving = Sent(lambda: house.desk.follow(WORKSHOP, replace(was, role=Role.RAPPORTEUR)))
        house.wait_for_job()
    naming.answer()
    giving.answer()
    assert (of_desk(house).name, of_desk(house).role) == ("Ana", Role.RAPPORTEUR)
    house = start()
    assert (of_desk(house).name, of_desk(house).role) == ("Ana", Role.RAPPORTEUR)


def test_an_undo_leaves_what_is_decided_elsewhere_this_very_moment(house: House) -> None:
    by, was = secretary(house), of_desk(house)
    house.desk.follow(WORKSHOP, replace(was, role=Role.MODERATOR))
    told: list[str] = []
    house.desk.when_otherwise(told.append)
    with house.disk_held():
        deciding = Sent(lambda: house.desk.correct(by, ANA.person, {"role": "rapporteur"}, {"role": "moderator"}))
        house.wait_for_job()
        undoing = Sent(lambda: house.desk.follow(WORKSHOP, was, was=replace(was, role=Role.MODERATOR)))
        house.wait_for_job()
    deciding.answer()
    undoing.answer()
    assert of_desk(house).role is Role.RAPPORTEUR
    assert told == []


def test_nobody_puts_their_own_role_right(house: House) -> None:
    assert (
        refusal(lambda: put_right(house, SECRETARY.person, {"role": "secretariat"}, role="participant"))
        is Refusal.NOT_ALLOWED
    )


def test_what_is_final_stays(house: House) -> None:
    house.command(SECRETARY, c.CloseSession())
    house.command(SECRETARY, c.FinaliseSession())
    assert host(house, SESSION).committed.course.status is SessionStatus.FINALISED
    put_right(house, ANA.person, {"name": NAME}, name="Ana")
    assert names(house) == ["Ana", NAME, "Ana"]


def test_of_two_who_put_the_same_right_at_once_the_second_is_told_and_different_things_are_both_put_right(
    house: House,
) -> None:
    desk = Corrections(house.engine, house.clock, house.desk, house.sessions)
    by = secretary(house)
    with house.disk_held():
        sent = [
            Sent(lambda: desk.put_right(by, ANA.person, {"name": "Ana"}, {"name": NAME})),
            Sent(lambda: desk.put_right(by, ANA.person, {"name": "Anna"}, {"name": NAME})),
            Sent(lambda: desk.put_right(by, ANA.person, {"language": "pt"}, {"language": None})),
        ]
    outcomes = [outcome(each) for each in sent]
    assert outcomes[2] == "in"
    assert sorted(map(str, outcomes[:2])) == ["in", "stale"]
    winner = ("Ana", "Anna")[outcomes.index("in")]
    assert names(house) == [winner] * 3
    assert [person.language for person in in_sessions(house)] == ["pt"] * 2


def test_sent_again_it_is_the_same(house: House) -> None:
    for _ in range(2):
        assert put_right(house, ANA.person, {"name": NAME}, name="Ana").name == "Ana"
    assert names(house) == ["Ana"] * 3
    assert refusal(lambda: put_right(house, ANA.person, {"name": NAME}, name="Anna")) is Refusal.STALE


def test_what_a_full_disk_kept_from_the_sessions_is_completed_when_it_is_sent_again(house: House) -> None:
    def trigger(sql: str) -> Callable[[Database], object]:
        return lambda db: db.sql.conn.execute(sql)

    no = "CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no'); END"
    by = secretary(house)
    desk = Corrections(house.engine, house.clock, house.desk, house.sessions)
    for session in BOTH:
        host(house, session).enter(house.desk.as_person(by.person))
    house.committer.run(trigger(no))
    assert refusal(lambda: desk.put_right(by, ANA.person, {"name": "Ana"}, {"name": NAME})) is Refusal.NOT_RECORDED
    assert names(house) == ["Ana", NAME, NAME]
    house.committer.run(trigger("DROP TRIGGER full"))
    desk.put_right(by, ANA.person, {"name": "Ana"}, {"name": NAME})
    assert names(house) == ["Ana"] * 3


def test_what_the_directory_cannot_keep_no_session_learns(house: House) -> None:
    def no(db: Database) -> None:
        db.sql.conn.execute("CREATE TRIGGER full BEFORE UPDATE ON person BEGIN SELECT RAISE(ABORT, 'no'); END")

    house.committer.run(no)
    with pytest.raises(Conflict):
        put_right(house, ANA.person, {"name": NAME}, name="Ana")
    assert names(house) == [NAME] * 3


@pytest.mark.parametrize(
    ("person", "changes", "seen"),
    [
        ("nobody", {"name": "Ana"}, {"name": NAME}),
        (ANA.person, {"group": "no such group"}, {"group": None}),
    ],
)
def test_what_is_not_there_cannot_be_put_right(
    house: House, person: str, changes: dict[str, str], seen: dict[str, str]
) -> None:
    assert refusal(lambda: put_right(house, person, seen, **changes)) is Refusal.NOT_FOUND
    assert names(house) == [NAME] * 3


def test_whoever_was_signed_out_while_they_waited_puts_nothing_right(house: House) -> None:
    desk = Corrections(house.engine, house.clock, house.desk, house.sessions)
    by = secretary(house)
    with house.disk_held():
        signing_out = Sent(lambda: house.desk.sign_out(WORKSHOP, SECRETARY.person))
        house.wait_for_job()
        late = Sent(lambda: desk.put_right(by, ANA.person, {"name": "Ana"}, {"name": NAME}))
    signing_out.answer()
    assert late.refusal() is Refusal.REVOKED
    assert names(house) == [NAME] * 3


def test_a_session_that_becomes_final_this_very_moment_stays_as_it_is(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in (c.CloseSession(), c.FinaliseSession()):
        host(house, OTHER).command(SECRETARY, house.clock.make_id(), command)
    house.command(SECRETARY, c.CloseSession())
    by, correct = secretary(house), house.desk.correct
    with contextlib.ExitStack() as until_then:

        def correct_and_finalise(*what: Any) -> PersonRow:  # noqa: ANN401 (as the desk's own)
            row = correct(*what)
            until_then.enter_context(house.disk_held())
            house.sent(SECRETARY, c.FinaliseSession())
            return row

        monkeypatch.setattr(house.desk, "correct", correct_and_finalise)
        desk = Corrections(house.engine, house.clock, house.desk, house.sessions)
        assert desk.put_right(by, ANA.person, {"name": "Ana"}, {"name": NAME}).name == "Ana"
        assert host(house, SESSION).committed.course.status is SessionStatus.CLOSED
    assert names(house) == ["Ana", NAME, NAME]
