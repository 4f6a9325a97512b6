"""Requests for the floor: who may ask for what, and what a request says; one list per kind."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import SYSTEM
from companion.core.people import Attendance
from companion.core.procedure import RequestKind, RequestList, RequestStatus, list_for
from companion.core.refusals import Refusal
from tests.core.scenario import Scenario, opened, requested, with_panel

ORDER = RequestKind.POINT_OF_ORDER
REPLY = RequestKind.RIGHT_OF_REPLY


def three_waiting() -> tuple[Scenario, str, str, str]:
    scenario = opened()
    return scenario, scenario.ask("ana"), scenario.ask("ben"), scenario.ask("cleo")


# Asking for the floor


def test_a_request_waits_with_all_that_it_says() -> None:
    scenario = opened()
    command = c.RequestFloor(
        kind=RequestKind.JOINT_STATEMENT, request="0123456789", topic="Remedies", on_behalf_of="A group", language="fr"
    )
    assert requested(scenario.by("ana", command)) == "0123456789"
    asked = scenario.request("0123456789")
    assert (asked.topic, asked.on_behalf_of, asked.language) == ("Remedies", "A group", "fr")
    assert (asked.person, asked.by, asked.requested_at) == ("ana", "ana", scenario.now)
    assert (asked.kind, asked.list) == (RequestKind.JOINT_STATEMENT, RequestList.SPEAKERS)
    assert (asked.status, asked.segment, asked.ready) == (RequestStatus.WAITING, None, False)


def test_people_speak_their_own_language_unless_they_say_otherwise() -> None:
    scenario = opened()
    assert scenario.request(scenario.ask("ana")).language == "es"


def test_empty_texts_are_none() -> None:
    scenario = opened()
    asked = requested(scenario.by("ben", c.RequestFloor(kind=ORDER, topic="", on_behalf_of="", language="")))
    request = scenario.request(asked)
    assert (request.topic, request.on_behalf_of, request.language) == (None, None, None)


def test_ids_made_here_hold_a_dot_and_name_the_event() -> None:
    scenario = opened()
    asked = scenario.ask("ana")
    assert asked == f"r.{scenario.session.seq}"
    scenario.next()
    assert scenario.speaking.id == f"i.{scenario.session.seq}"


def test_an_id_is_used_once() -> None:
    scenario = opened()
    scenario.by("ana", c.RequestFloor(kind=RequestKind.STATEMENT, request="0123456789"))
    again = c.RequestFloor(kind=RequestKind.STATEMENT, request="0123456789")
    assert scenario.refusal("ben", again) is Refusal.ID_IN_USE


def test_the_list_is_in_the_order_of_asking() -> None:
    scenario, *_ = three_waiting()
    assert scenario.waiting() == ["ana", "ben", "cleo"]


def test_nobody_waits_twice_on_a_list() -> None:
    scenario = opened()
    scenario.ask("ana")
    again = c.RequestFloor(kind=RequestKind.QUESTION)
    assert scenario.refusal("ana", again) is Refusal.ALREADY_ON_LIST
    assert scenario.refusal("officer", replace(again, person="ana")) is Refusal.ALREADY_ON_LIST


def test_one_may_wait_on_each_list() -> None:
    scenario = opened()
    for kind in (RequestKind.STATEMENT, ORDER, REPLY):
        scenario.ask("ana", kind)
    assert [scenario.waiting(which) for which in RequestList] == [["ana"], ["ana"], ["ana"]]


def test_whoever_withdrew_asks_again_at_the_end() -> None:
    scenario, ana, *_ = three_waiting()
    scenario.by("ana", c.WithdrawRequest(request=ana))
    scenario.ask("ana")
    assert scenario.waiting() == ["ben", "cleo", "ana"]


def test_participants_ask_only_while_the_list_is_open() -> None:
    scenario = Scenario()
    statement = c.RequestFloor(kind=RequestKind.STATEMENT)
    assert scenario.refusal("ana", statement) is Refusal.LIST_CLOSED
    scenario.by("officer", c.OpenList())
    scenario.by("ana", statement)
    scenario.by("officer", c.CloseList())
    assert scenario.refusal("ben", statement) is Refusal.LIST_CLOSED


def test_a_closed_list_still_takes_points_of_order_rights_of_reply_and_whom_staff_enter() -> None:
    scenario = opened()
    scenario.by("officer", c.CloseList())
    scenario.ask("ana", ORDER)
    scenario.ask("ben", REPLY)
    scenario.enter("cleo")
    assert [scenario.waiting(which) for which in RequestList] == [["cleo"], ["ben"], ["ana"]]


def test_there_is_no_point_of_order_before_the_session_or_in_a_break() -> None:
    scenario = Scenario()
    point = c.RequestFloor(kind=ORDER)
    assert scenario.refusal("ana", point) is Refusal.SESSION_NOT_OPEN
    scenario.by("moderator", c.StartSession())
    scenario.by("moderator", c.SuspendSession())
    assert scenario.refusal("ana", point) is Refusal.SESSION_NOT_OPEN


@pytest.mark.parametrize("who", ["ana", "officer"])
def test_nobody_asks_after_the_session(who: str) -> None:
    scenario = opened()
    scenario.by("moderator", c.CloseSession())
    assert scenario.refusal(who, c.RequestFloor(kind=ORDER)) is Refusal.SESSION_NOT_OPEN


def test_staff_enter_people_that_the_session_knows() -> None:
    scenario = opened()
    asked = scenario.enter("observer")
    assert (scenario.request(asked).person, scenario.request(asked).by) == ("observer", "officer")


@pytest.mark.parametrize("unknown", ["nobody", ""])
def test_nobody_enters_whom_the_session_does_not_know(unknown: str) -> None:
    command = c.RequestFloor(kind=RequestKind.STATEMENT, person=unknown)
    assert opened().refusal("officer", command) is Refusal.NOT_FOUND


def test_whoever_never_entered_cannot_ask() -> None:
    assert opened().refusal("stranger", c.RequestFloor(kind=RequestKind.STATEMENT)) is Refusal.NOT_FOUND


def test_participants_ask_for_nobody_else() -> None:
    scenario = opened()
    for_ben = c.RequestFloor(kind=RequestKind.STATEMENT, person="ben")
    for_guest = c.RequestFloor(kind=RequestKind.STATEMENT, guest=c.Guest(name="A guest"))
    assert scenario.refusal("ana", for_ben) is Refusal.NOT_ALLOWED
    assert scenario.refusal("ana", for_guest) is Refusal.NOT_ALLOWED
    scenario.by("ana", replace(for_ben, person="ana"))
    assert scenario.waiting() == ["ana"]


# Guests


def test_a_guest_is_entered_with_the_request() -> None:
    scenario = opened()
    guest = c.Guest(name="Guest", organisation="An office", group="states", attendance=Attendance.REMOTE)
    entered, asked = scenario.by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, guest=guest))
    assert isinstance(entered, e.PersonEntered)
    assert isinstance(asked, e.FloorRequested)
    assert (entered.person.id, asked.request) == (f"g.{scenario.session.seq - 1}", f"r.{scenario.session.seq}")
    known = scenario.session.people[asked.person]
    assert known == entered.person
    assert (known.name, known.organisation, known.group) == ("Guest", "An office", "states")
    assert (known.attendance, known.guest) == (Attendance.REMOTE, True)


def test_a_guest_has_a_name_and_a_group_that_there_is_and_is_nobody_known() -> None:
    scenario = opened()
    for guest, whom, refusal in (
        (c.Guest(name=""), None, Refusal.BAD_MESSAGE),
        (c.Guest(name="Guest", group="nobody"), None, Refusal.NOT_FOUND),
        (c.Guest(name="Guest"), "ana", Refusal.BAD_MESSAGE),
    ):
        command = c.RequestFloor(kind=RequestKind.STATEMENT, guest=guest, person=whom)
        assert scenario.refusal("officer", command) is refusal


# Inscriptions for later


def test_a_request_for_a_later_segment_is_held_until_it_begins() -> None:
    scenario = opened()
    pia = scenario.enter("pia", RequestKind.PANELLIST_REPLY, segment="replies")
    assert (scenario.request(pia).status, scenario.waiting()) == (RequestStatus.HELD, [])
    scenario.begin("replies")
    assert (scenario.request(pia).segment, scenario.waiting()) == (None, ["pia"])


def test_a_request_for_the_segment_that_is_on_waits_at_once() -> None:
    scenario = opened()
    scenario.by("ana", c.RequestFloor(kind=RequestKind.STATEMENT, segment="presentations"))
    assert scenario.waiting() == ["ana"]


def test_one_is_inscribed_once_for_each_segment_and_may_wait_besides() -> None:
    scenario = opened()
    scenario.enter("pia")
    scenario.enter("pia", segment="replies")
    scenario.enter("pia", segment="discussion")
    again = c.RequestFloor(kind=RequestKind.QUESTION, person="pia", segment="replies")
    assert scenario.refusal("officer", again) is Refusal.ALREADY_ON_LIST


def test_only_staff_inscribe_and_only_for_a_segment_that_there_is() -> None:
    scenario = opened()
    command = c.RequestFloor(kind=RequestKind.STATEMENT, segment="replies")
    assert scenario.refusal("ana", command) is Refusal.NOT_ALLOWED
    assert scenario.refusal("officer", replace(command, segment="nowhere")) is Refusal.NOT_FOUND


# Changing, withdrawing, being ready


def test_a_change_leaves_what_it_does_not_name() -> None:
    scenario = opened()
    asked = requested(scenario.by("ana", c.RequestFloor(kind=RequestKind.STATEMENT, topic="Remedies")))
    rank = scenario.request(asked).rank
    scenario.by("ana", c.ChangeRequest(request=asked, kind=RequestKind.QUESTION, on_behalf_of="A group"))
    request = scenario.request(asked)
    assert (request.kind, request.topic, request.on_behalf_of) == (RequestKind.QUESTION, "Remedies", "A group")
    assert (request.language, request.rank) == ("es", rank)


def test_a_change_clears_what_it_says_is_none() -> None:
    scenario = opened()
    asked = requested(
        scenario.by("ana", c.RequestFloor(kind=RequestKind.STATEMENT, topic="Remedies", on_behalf_of="A group"))
    )
    scenario.by("ana", c.ChangeRequest(request=asked, topic="", on_behalf_of=None, language=None))
    request = scenario.request(asked)
    assert (request.kind, request.topic) == (RequestKind.STATEMENT, None)
    assert (request.on_behalf_of, request.language) == (None, None)


def test_a_change_of_kind_goes_to_the_end_of_the_other_list() -> None:
    scenario, ana, *_ = three_waiting()
    scenario.ask("cleo", ORDER)
    scenario.by("ana", c.ChangeRequest(request=ana, kind=ORDER))
    assert scenario.waiting() == ["ben", "cleo"]
    assert scenario.waiting(RequestList.ORDER) == ["cleo", "ana"]
    scenario.by("ana", c.ChangeRequest(request=ana, kind=RequestKind.STATEMENT))
    assert scenario.waiting() == ["ben", "cleo", "ana"]


def test_a_change_of_kind_does_not_have_anybody_wait_twice() -> None:
    scenario = opened()
    ana = scenario.ask("ana")
    scenario.ask("ana", REPLY)
    change = c.ChangeRequest(request=ana, kind=REPLY)
    assert scenario.refusal("ana", change) is Refusal.ALREADY_ON_LIST


def test_a_change_of_kind_is_no_way_onto_a_closed_list() -> None:
    scenario = opened()
    ana = scenario.ask("ana", REPLY)
    scenario.by("officer", c.CloseList())
    change = c.ChangeRequest(request=ana, kind=RequestKind.STATEMENT)
    assert scenario.refusal("ana", change) is Refusal.LIST_CLOSED


def test_people_say_whether_they_are_ready() -> None:
    scenario = opened()
    ana = scenario.ask("ana")
    assert scenario.by("ana", c.MarkReady(request=ana, ready=True)) == [
        e.RequestReadinessChanged(request=ana, ready=True)
    ]
    assert scenario.request(ana).ready
    assert scenario.waiting() == ["ana"]


def test_a_request_is_withdrawn_while_held_too() -> None:
    scenario = opened()
    ana = scenario.ask("ana")
    scenario.by("officer", c.HoldRequest(request=ana))
    scenario.later(5).by("ana", c.WithdrawRequest(request=ana))
    assert (scenario.request(ana).status, scenario.request(ana).ended_at) == (RequestStatus.WITHDRAWN, scenario.now)


@pytest.mark.parametrize(
    "command",
    [
        c.ChangeRequest(request="r", topic="Remedies"),
        c.WithdrawRequest(request="r"),
        c.MarkReady(request="r", ready=True),
        c.MoveRequest(request="r"),
        c.HoldRequest(request="r"),
        c.ReleaseRequest(request="r"),
    ],
)
def test_a_request_is_touched_while_it_is_there_and_not_over(command: c.ChangeRequest) -> None:
    scenario = opened()
    assert scenario.refusal("officer", command) is Refusal.NOT_FOUND
    over = scenario.ask("ana")
    scenario.next()
    assert scenario.refusal("officer", replace(command, request=over)) is Refusal.NOT_ON_LIST
    scenario.end()
    assert scenario.refusal("officer", replace(command, request=over)) is Refusal.NOT_ON_LIST


# Kinds and lists


@pytest.mark.parametrize("kind", RequestKind)
def test_each_kind_stands_on_its_list(kind: RequestKind) -> None:
    expected = {
        RequestKind.POINT_OF_ORDER: RequestList.ORDER,
        RequestKind.PROCEDURAL_MOTION: RequestList.ORDER,
        RequestKind.RIGHT_OF_REPLY: RequestList.REPLY,
    }.get(kind, RequestList.SPEAKERS)
    assert list_for(kind) is expected
    scenario = opened()
    scenario.enter("ana", kind)
    assert scenario.waiting(expected) == ["ana"]


def test_panellists_stand_before_whoever_asked_before_the_session() -> None:
    scenario = with_panel()
    scenario.by("officer", c.OpenList())
    scenario.ask("ana")
    scenario.by("moderator", c.StartSession())
    assert scenario.waiting() == ["pia", "paul", "ana"]


def test_the_system_may_enter_anybody() -> None:
    scenario = opened()
    scenario.by(SYSTEM, c.RequestFloor(kind=RequestKind.STATEMENT, person="ana"))
    assert scenario.waiting() == ["ana"]


@pytest.mark.parametrize("kind", [RequestKind.MODERATOR, RequestKind.SECRETARIAT, RequestKind.PANEL_PRESENTATION])
def test_nobody_asks_for_a_kind_of_time_that_is_not_theirs(kind: RequestKind) -> None:
    scenario = opened()
    assert scenario.refusal("ana", c.RequestFloor(kind=kind)) is Refusal.NOT_ALLOWED
    request = scenario.ask("ana")
    assert scenario.refusal("ana", c.ChangeRequest(request=request, kind=kind)) is Refusal.NOT_ALLOWED
    assert scenario.by("moderator", c.ChangeRequest(request=request, kind=kind))


def test_a_reply_is_to_an_intervention_that_there_is() -> None:
    scenario = opened()
    scenario.ask("ana")
    scenario.next()
    held = scenario.speaking.id
    asked = c.RequestFloor(kind=RequestKind.QUESTION, reply_to="nothing")
    assert scenario.refusal("ben", asked) is Refusal.NOT_FOUND
    ben = requested(scenario.by("ben", replace(asked, reply_to=held)))
    assert scenario.refusal("ben", c.ChangeRequest(request=ben, reply_to="nothing")) is Refusal.NOT_FOUND
    assert scenario.request(ben).reply_to == held
    scenario.next()
    assert scenario.speaking.reply_to == held
    dan = requested(scenario.by("dan", replace(asked, reply_to=held)))
    scenario.by("dan", c.ChangeRequest(request=dan, topic="Remedies"))
    assert scenario.request(dan).reply_to == held
    scenario.by("dan", c.ChangeRequest(request=dan, reply_to=None))
    assert [each.reply_to for each in scenario.session.requests_by("dan")] == [None]


def test_a_statement_is_handed_in_by_whoever_would_have_delivered_it_or_by_staff() -> None:
    scenario = opened()
    ana = requested(scenario.by("ana", c.RequestFloor(kind=RequestKind.STATEMENT, text="As typed")))
    assert scenario.refusal("ben", c.HandInStatement(request=ana, text="Not mine")) is Refusal.NOT_ALLOWED
    scenario.by("ana", c.HandInStatement(request=ana))
    assert (scenario.request(ana).status, scenario.request(ana).text) == (RequestStatus.WRITTEN, "As typed")
    assert scenario.refusal("ana", c.HandInStatement(request=ana)) is Refusal.NOT_ON_LIST
    ben = scenario.ask("ben")
    scenario.by("officer", c.HandInStatement(request=ben, text="On paper"))
    assert (scenario.request(ben).text, scenario.waiting()) == ("On paper", [])
