"""The record tells the floor in full: what became of each request, by which rule who spoke, what happened to the list."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.people import Role
from companion.core.procedure import QuotaBy, RequestKind, RequestStatus, Rule
from companion.record import building
from companion.record.model import Record
from companion.record.model_floor import Intervention, Request, VoidReason
from companion.record.model_list import ListEvent
from tests.core.scenario import BEGINNING, Scenario
from tests.record.floor import DISCUSSION, OF_ANA, OF_BEN, OF_CLEO, OF_ZOE, discussed, record_of
from tests.record.panel import entries_of


@pytest.fixture(scope="module")
def record() -> Record:
    return record_of(discussed())


def request(record: Record, id_: str) -> Request:
    return next(each for each in record.requests if each.id == id_)


def heard(record: Record, request_: str) -> Intervention:
    return next(each for each in record.interventions if each.request == request_)


def events(record: Record, type_: str) -> list[ListEvent]:
    return [each for each in record.list_events if each.type == type_]


def after(seconds: float) -> object:
    return BEGINNING + timedelta(seconds=seconds)


# Requests


def test_a_request_has_the_rule_that_placed_it_and_what_it_was_in_reply_to(record: Record) -> None:
    assert [request(record, each).placed_by for each in (OF_ANA, OF_BEN, OF_CLEO, OF_ZOE)] == [
        Rule.FIRST_COME,
        Rule.MANUAL,
        Rule.MANUAL,
        Rule.QUOTA,
    ]
    inscribed = record.requests[0]
    assert (inscribed.kind, inscribed.placed_at, inscribed.placed_by) == (RequestKind.PANELLIST_REPLY, None, None)
    replies = [(each.kind, each.reply_to) for each in record.requests if each.reply_to]
    first = record.interventions[0].id
    assert replies == [(RequestKind.PANELLIST_REPLY, first), (RequestKind.RIGHT_OF_REPLY, first)]


def test_a_statement_that_was_handed_in_stands_with_its_text_and_where_it_was_handed_in(record: Record) -> None:
    written = [each for each in record.requests if each.status is RequestStatus.WRITTEN]
    assert [(each.id, each.text, each.ended_at) for each in written] == [
        (OF_CLEO, None, after(276)),
        (OF_ZOE, "Zoé Élan has written of rivers.\n=1+1", after(274)),
    ]
    lines = [each for each in record.transcript if each.type == "request.written"]
    assert [(each.at, record.requests[each.index or 0].who.name, each.undone) for each in lines] == [
        (after(274), "Zoé Élan", False),
        (after(276), None, False),
        (after(278), "Анна Иванова", True),
    ]
    assert [each.text for each in record.requests if each.status is not RequestStatus.WRITTEN and each.text] == []
    assert (record.totals.written, record.totals.absent, record.totals.not_reached) == (2, 1, 3)


def test_who_was_called_in_vain_is_told_with_how_often_and_what_became_of_it(record: Record) -> None:
    late = next(each for each in record.requests if each.absences)
    assert (late.who.name, late.absences, late.status) == ("Lata Latecomer", 2, RequestStatus.STRUCK)
    assert [(each.status, each.by) for each in events(record, "request.absent")] == [
        (RequestStatus.WAITING, Role.LIST_OFFICER),
        (RequestStatus.STRUCK, Role.MODERATOR),
    ]
    void = heard(record, late.id)
    assert (void.void, void.void_reason) == (True, VoidReason.ABSENT)
    assert {each.void_reason for each in record.interventions if not each.void} == {None}


def test_where_somebody_asked_before_who_was_not_reached_there_is_told(record: Record) -> None:
    carried = [(each.who.name, each.carried_from, each.by) for each in record.requests if each.carried_from]
    assert carried == [("Lata Latecomer", "panel-0", Role.SECRETARIAT)]
    assert [each.carried_from for each in events(record, "request.made") if each.carried_from] == ["panel-0"]


def test_one_that_was_taken_back_and_one_whose_speaker_was_not_there_are_void_for_different_reasons() -> None:
    room = Scenario(DISCUSSION)
    room.by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    ana = room.ask("ana")
    room.give(ana)
    room.undo()
    room.give(ana)
    room.by("moderator", c.MarkAbsent(request=ana))
    room.undo()
    room.later(30).end()
    reasons = [(each.void, each.void_reason) for each in record_of(room).interventions]
    assert reasons == [(True, VoidReason.UNDONE), (False, None)]


# Interventions


def test_an_intervention_has_the_rule_in_force_whom_it_would_have_had_and_who_gave_the_floor(record: Record) -> None:
    ana, ben = heard(record, OF_ANA), heard(record, OF_BEN)
    assert (ana.rule, ana.suggested, ana.placed_by, ana.given_by) == (
        Rule.ROUND_ROBIN_GROUP,
        None,
        Rule.FIRST_COME,
        Role.MODERATOR,
    )
    assert (ben.rule, ben.suggested, ben.placed_by) == (Rule.ROUND_ROBIN_GROUP, OF_CLEO, Rule.MANUAL)
    reply = next(each for each in record.interventions if each.kind is RequestKind.RIGHT_OF_REPLY)
    assert (reply.suggested, reply.reply_to, reply.allotted_seconds) == (None, ana.id, 180)


def test_it_has_all_of_its_times_and_what_it_was_allotted(record: Record) -> None:
    ana = heard(record, OF_ANA)
    assert (ana.requested_at, ana.placed_at, ana.started_at) == (after(61.25), after(61.25), after(74))
    [pause] = ana.pauses
    assert (pause.since, pause.until, ana.ended_at) == (after(104.5), after(114.5), after(175.75))
    assert (ana.allotted_seconds, ana.extended_seconds, ana.spoken_seconds) == (240, 60, 91.75)


def test_who_presides_and_speaks_has_given_themselves_the_floor(record: Record) -> None:
    own = next(each for each in record.interventions if each.kind is RequestKind.MODERATOR)
    assert (own.who.name, own.given_by) == ("Alma Alternate", Role.MODERATOR)


def test_whoever_acted_has_the_role_that_they_had_then() -> None:
    room = Scenario(DISCUSSION)
    room.by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    room.by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, person="ana"))
    room.by("secretary", c.ChangeRole(person="officer", role=Role.PARTICIPANT))
    record = record_of(room)
    assert [each.by for each in record.requests if each.who.name == "Анна Иванова"] == [Role.LIST_OFFICER]
    assert [each.by for each in record.list_events] == [Role.LIST_OFFICER, Role.LIST_OFFICER]


def test_a_guest_who_asked_and_was_recognised_acted_for_themselves() -> None:
    room = Scenario(DISCUSSION)
    room.by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    room.by("system", c.EnterPerson(person=replace(room.session.people["ana"], id="guest", name="A B", guest=True)))
    room.ask("guest")
    room.by("secretary", c.LinkPerson(source="guest", person="ana"))
    record = record_of(room)
    assert [(each.by, each.who and each.who.name) for each in events(record, "request.made")] == [
        (None, "Анна Иванова")
    ]
    assert record.requests[-1].by is None


# The list


def test_the_rules_of_the_list_are_told_with_what_they_need_and_by_whom(record: Record) -> None:
    told = [(it.rule, it.automatic, it.letter, it.quota_by, it.shares, it.by) for it in events(record, "list.rule_set")]
    assert told == [
        (Rule.QUOTA, False, None, QuotaBy.GROUP, {"civil_society": 1, "states": 2}, Role.LIST_OFFICER),
        (Rule.ALPHABETICAL_FROM_LETTER, True, "s", None, {}, Role.LIST_OFFICER),
        (Rule.FIRST_COME, False, None, None, {}, Role.LIST_OFFICER),
    ]


def test_that_the_list_was_put_into_order_is_told_with_how_many_moved_and_whether_it_did_so_itself(
    record: Record,
) -> None:
    told = [(each.rule, each.automatic, each.moved, each.by) for each in events(record, "list.arranged")]
    assert told == [(Rule.QUOTA, False, 1, Role.LIST_OFFICER), (Rule.ALPHABETICAL_FROM_LETTER, True, 1, None)]


def test_what_the_list_did_by_itself_is_not_taken_back_with_what_it_followed() -> None:
    room = Scenario(DISCUSSION)
    room.by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    for who in ("ana", "ben", "zoe"):
        room.ask(who)
    room.by("officer", c.SetRule(rule=Rule.ROUND_ROBIN_GROUP, automatic=True))
    room.undo("officer")
    record = record_of(room)
    assert [each.undone for each in events(record, "list.rule_set")] == [True]
    assert [each.undone for each in events(record, "list.arranged")] == [False]


def test_an_exchange_names_both_and_staff_if_they_did_it(record: Record) -> None:
    told = [
        (it.request, it.partner, it.partner_who and it.partner_who.name, it.by, it.undone) for it in exchanged(record)
    ]
    assert told == [
        (OF_ZOE, OF_BEN, "بدر الدين", None, False),
        (OF_BEN, OF_CLEO, None, Role.LIST_OFFICER, True),
    ]


def exchanged(record: Record) -> list[ListEvent]:
    return events(record, "requests.exchanged")


def test_sharing_the_time_is_told_as_it_was_proposed_applied_and_ended(record: Record) -> None:
    told = [(each.type, each.seconds, each.names) for each in record.list_events if "time_share" in each.type]
    assert told == [
        ("list.time_share_proposed", 5300, 2),
        ("list.time_shared", 75, None),
        ("list.time_shared", None, None),
    ]


def test_speaking_times_of_replies_of_a_group_together_and_of_all_are_told_apart(record: Record) -> None:
    told = [(each.ordinal, each.bank, each.shared, each.group, each.seconds) for each in record.limits]
    assert told == [
        (None, False, False, None, 180),
        (1, False, False, None, 180),
        (2, False, False, None, 120),
        (2, False, False, None, 100),
        (None, True, False, "states", 1200),
        (None, False, True, None, 75),
        (None, False, True, None, None),
    ]


def test_what_the_programme_closed_by_itself_nobody_did(record: Record) -> None:
    assert [each.by for each in events(record, "list.closed")] == [None]


# The session


def test_who_presided_is_told_with_whom_they_followed(record: Record) -> None:
    told = [
        (each.before and each.before.name, each.who.name, each.role, each.by, each.undone) for each in record.presiding
    ]
    assert told == [
        ("Mona Moderator", "Alma Alternate", Role.MODERATOR, Role.MODERATOR, False),
        ("Alma Alternate", "Mona Moderator", Role.MODERATOR, Role.MODERATOR, True),
    ]


def test_a_correction_of_the_record_stands_at_the_entry_that_it_corrects_and_in_a_list(record: Record) -> None:
    told = [(each.text, each.type, each.of, each.by) for each in record.entry_corrections]
    assert told == [
        ("Анна Иванова said 1998, not 1989.", "floor.given", "transcript", Role.SECRETARIAT),
        ("He ended earlier.", "floor.ended", "transcript", Role.SECRETARIAT),
        ("1988.", "session.corrected", "entry_corrections", Role.SECRETARIAT),
        ("The room was XXI.", "session.scheduled", None, Role.SECRETARIAT),
        ("They agreed by letter.", "requests.exchanged", "list_events", Role.SECRETARIAT),
        ("More of it: Read by all.", "note.added", "transcript", Role.SECRETARIAT),
    ]
    first, second, third, fourth, fifth, sixth = record.entry_corrections
    assert record.transcript[first.index or 0].index == 0
    assert record.transcript[second.index or 0].index == 1
    assert (third.index, fourth.seq) == (0, 1)
    assert record.list_events[fifth.index or 0] == exchanged(record)[0]
    assert record.transcript[sixth.index or 0].of == "notes"


@pytest.mark.parametrize(
    ("what", "of"),
    [
        (c.SetLimit(seconds=90), "limits"),
        (c.RequestFloor(kind=RequestKind.STATEMENT, person="ana"), "list_events"),
        (c.ChangeSettings(warning_seconds=10), None),
    ],
)
def test_a_correction_points_to_the_list_that_tells_of_the_entry(what: c.Command, of: str | None) -> None:
    room = Scenario(DISCUSSION)
    room.by("moderator", c.StartSession())
    room.by("secretary", what)
    room.by("secretary", c.CorrectRecord(seq=room.session.seq, text="Read otherwise."))
    [correction] = record_of(room).entry_corrections
    assert (correction.of, correction.index is None) == (of, of is None)


def test_the_inscription_of_a_panellist_is_corrected_among_the_requests() -> None:
    room = Scenario(DISCUSSION)
    inscribed = next(each.seq for each in room.recorded if isinstance(each.event, e.FloorRequested))
    room.by("secretary", c.CorrectRecord(seq=inscribed, text="Read otherwise."))
    [correction] = record_of(room).entry_corrections
    assert (correction.of, correction.index) == ("requests", 0)


@pytest.mark.parametrize(
    "what",
    [
        c.SetLimit(seconds=300, person="ana", reason="a loop"),
        c.CorrectPerson(person="cleo", name="Cleo Other"),
        c.CorrectPerson(person="late", name="Who never asked"),
        c.LinkPerson(source="guest", person="cleo"),
    ],
)
def test_what_corrects_something_that_is_kept_from_the_reader_is_kept_from_them_too(what: c.Command) -> None:
    room = Scenario(DISCUSSION)
    room.by("system", c.EnterPerson(person=replace(room.session.people["ana"], id="guest", guest=True)))
    room.by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    room.ask("cleo")
    room.by("secretary", what)
    room.by("secretary", c.CorrectRecord(seq=room.session.seq, text="Read otherwise."))
    room.by("secretary", c.CorrectRecord(seq=room.session.seq, text="Read otherwise still."))
    assert record_of(room).entry_corrections == ()


def test_what_corrects_a_correction_of_somebody_who_is_named_stands_below_it() -> None:
    room = Scenario(DISCUSSION)
    room.by("moderator", c.StartSession())
    room.by("officer", c.OpenList())
    room.ask("ana")
    room.by("secretary", c.CorrectPerson(person="ana", name="Ana", latin_name=""))
    room.by("secretary", c.CorrectRecord(seq=room.session.seq, text="Read otherwise."))
    record = record_of(room)
    [correction] = record.entry_corrections
    assert correction.of == "transcript"
    assert record.transcript[correction.index or 0].type == "person.corrected"


def test_what_corrects_an_entry_that_was_purged_says_no_more_than_its_words() -> None:
    room = Scenario(DISCUSSION)
    room.by("moderator", c.Announce(text="To be purged"))
    room.by("secretary", c.CorrectRecord(seq=room.session.seq, text="Read otherwise."))
    entries = entries_of(room.recorded)
    fields = {name: getattr(entries[-2], name) for name in entries[-2].__struct_fields__}
    entries[-2] = type(entries[-2])(**{**fields, "body": None, "salt": None})
    [correction] = building.build(entries).entry_corrections
    assert (correction.text, correction.seq, correction.type, correction.of) == ("Read otherwise.", None, None, None)
