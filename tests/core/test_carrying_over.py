"""Those who were not reached in another session of the workshop are taken up here, in their order and each once."""

from dataclasses import replace

from companion.core import commands as c
from companion.core import events as e
from companion.core.people import Person, Role
from companion.core.procedure import RequestKind, RequestList
from companion.core.refusals import Refusal
from tests.core.scenario import Scenario, opened, person

FAY = person("fay", Role.PARTICIPANT, "states")


def left(
    request: str, who: Person, kind: RequestKind = RequestKind.STATEMENT, topic: str | None = None
) -> c.NotReached:
    """Return a request as it stands in the other session."""
    return c.NotReached(request=request, person=who, kind=kind, topic=topic, on_behalf_of=None, language=None)


def carry(*found: c.NotReached) -> c.CarryOver:
    return c.CarryOver(source="panel-0", found=found)


def ana(scenario: Scenario) -> Person:
    return scenario.session.people["ana"]


def test_they_stand_at_the_end_of_the_list_and_whoever_is_new_becomes_known() -> None:
    scenario = opened()
    scenario.ask("ben")
    events = scenario.by("officer", carry(left("r.7", ana(scenario), topic="Remedies"), left("r.9", FAY)))
    assert scenario.waiting() == ["ben", "ana", "fay"]
    assert [each.person for each in events if isinstance(each, e.PersonEntered)] == [FAY]
    carried, also = (each for each in events if isinstance(each, e.FloorRequested))
    assert (carried.carried_from, also.carried_from) == (("panel-0", "r.7"), ("panel-0", "r.9"))
    assert (carried.topic, also.topic) == ("Remedies", None)


def test_nobody_is_carried_over_twice_nor_in_beside_a_request_of_their_own() -> None:
    scenario = opened()
    scenario.ask("ben")
    theirs = (left("r.7", ana(scenario)), left("r.8", ana(scenario)), left("r.9", scenario.session.people["ben"]))
    scenario.by("officer", carry(*theirs))
    assert scenario.waiting() == ["ben", "ana"]
    scenario.by("ana", c.WithdrawRequest(request=scenario.session.requests_by("ana")[0].id))
    scenario.by("officer", carry(*theirs))
    assert [each.carried_from for each in scenario.session.requests_by("ana")] == [
        ("panel-0", "r.7"),
        ("panel-0", "r.8"),
    ]
    assert scenario.refusal("officer", carry(*theirs)) is Refusal.NOTHING_TO_CARRY_OVER


def test_a_right_of_reply_is_carried_to_its_list_where_its_person_waits_but_once() -> None:
    scenario = opened()
    scenario.ask("ben")
    scenario.ask("ana", RequestKind.RIGHT_OF_REPLY)
    known = scenario.session.people
    theirs = [left(f"of-{who}", known[who], RequestKind.RIGHT_OF_REPLY) for who in ("ana", "ben")]
    scenario.by("officer", carry(*theirs))
    assert scenario.waiting(RequestList.REPLY) == ["ana", "ben"]
    assert scenario.waiting() == ["ben"]


def test_a_guest_of_the_other_session_is_not_taken_for_one_of_this() -> None:
    scenario = opened()
    scenario.by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, guest=c.Guest(name="Greta")))
    greta = next(each for each in scenario.session.people.values() if each.guest)
    hugo = replace(greta, name="Hugo")
    scenario.by("officer", carry(left("r.7", hugo), left("r.8", hugo)))
    assert [scenario.session.people[each].name for each in scenario.waiting()] == ["Greta", "Hugo"]


def test_whoever_was_recognised_here_is_carried_over_as_the_person_they_are() -> None:
    scenario = opened()
    scenario.by("system", c.EnterPerson(person=replace(FAY, guest=True)))
    scenario.by("secretary", c.LinkPerson(source="fay", person="ana"))
    scenario.by("officer", carry(left("r.7", replace(FAY, guest=True))))
    assert scenario.waiting() == ["ana"]


def test_a_session_takes_up_nothing_from_itself_nor_once_it_is_over() -> None:
    scenario = opened()
    assert scenario.refusal("officer", c.CarryOver(source="panel-1")) is Refusal.BAD_MESSAGE
    assert scenario.refusal("officer", carry()) is Refusal.NOTHING_TO_CARRY_OVER
    scenario.by("moderator", c.CloseSession())
    assert scenario.refusal("officer", carry(left("r.7", FAY))) is Refusal.SESSION_NOT_OPEN
