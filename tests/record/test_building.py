"""The record says what happened, and nothing that may not be said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.audiences.attribution import attributed
from companion.core import commands as c
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import AttributionMode, RequestKind, RequestStatus, Ruling, SegmentKind, SessionStatus
from companion.record import building
from companion.record.as_json import write
from companion.record.history import NothingRecorded
from companion.record.model import Record
from companion.record.model_figures import Share
from tests.core.scenario import BEGINNING, Scenario
from tests.record.panel import PANEL, SECRETS, entries_of, held, record_of, with_modes

ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode


@pytest.fixture(scope="module")
def record() -> Record:
    return record_of(held())


def test_without_entries_there_is_nothing_to_make_a_record_of() -> None:
    with pytest.raises(NothingRecorded):
        building.build([])


def test_it_names_the_head_of_the_journal(record: Record) -> None:
    last = entries_of(held().recorded)[-1]
    assert (record.head.seq, record.head.chain) == (last.seq, last.chain)


def test_segments_follow_each_other_and_breaks_are_told(record: Record) -> None:
    assert [(each.kind, each.began_at - BEGINNING) for each in record.segments] == [
        (SegmentKind.PANEL_PRESENTATIONS, timedelta(seconds=60)),
        (SegmentKind.INTERACTIVE_DISCUSSION, timedelta(seconds=227)),
        (SegmentKind.PANELLISTS_REPLIES, timedelta(seconds=365)),
    ]
    assert [each.ended_at for each in record.segments[:2]] == [each.began_at for each in record.segments[1:]]
    assert record.segments[2].ended_at == record.session.closed_at
    assert [(each.until or each.since) - each.since for each in record.breaks] == [timedelta(seconds=300)]
    assert record.session.status is SessionStatus.FINALISED


def test_a_segment_begun_by_mistake_and_taken_back_leaves_nothing() -> None:
    room = Scenario(PANEL)
    room.by("moderator", c.StartSession())
    room.later(5).begin("replies")
    room.later(5).undo()
    room.later(5).by("moderator", c.SuspendSession())
    record = record_of(room)
    assert [(each.segment, each.ended_at) for each in record.segments] == [("presentations", None)]
    assert [each.until for each in record.breaks] == [None]


def test_an_intervention_has_its_times_pauses_and_extra_time(record: Record) -> None:
    first = record.interventions[0]
    assert (first.kind, first.segment, first.who.panellist) == (RequestKind.PANEL_PRESENTATION, "presentations", True)
    assert first.requested_at == BEGINNING
    assert first.placed_at == BEGINNING + timedelta(seconds=60)
    assert first.started_at == BEGINNING + timedelta(seconds=62)
    assert [(pause.since, pause.until) for pause in first.pauses] == [
        (first.started_at + timedelta(seconds=100), first.started_at + timedelta(seconds=110))
    ]
    assert (first.allotted_seconds, first.extended_seconds, first.spoken_seconds) == (210, 30, 150.0)


def test_who_is_still_speaking_has_spoken_until_the_last_entry() -> None:
    room = Scenario(PANEL)
    room.by("moderator", c.StartSession())
    room.next()
    room.later(25).by("moderator", c.Announce(text="Half time"))
    speaking = record_of(room).interventions[0]
    assert (speaking.ended_at, speaking.spoken_seconds) == (None, 25.0)


def test_a_void_intervention_stays_marked_and_counts_nowhere(record: Record) -> None:
    void = [each for each in record.interventions if each.void]
    assert [each.kind for each in void] == [RequestKind.QUESTION]
    counted = [each.spoken_seconds for each in record.interventions if not each.void]
    order = next(each for each in record.interventions if each.kind is RequestKind.POINT_OF_ORDER)
    assert record.totals.spoken_seconds == sum(counted) - order.spoken_seconds
    assert (record.totals.interventions, record.totals.points_of_order, record.totals.speakers) == (4, 1, 3)


def test_totals_by_group_and_by_attendance(record: Record) -> None:
    assert record.totals.by_group == (
        Share(what="states", speakers=1, interventions=1, spoken_seconds=62.0),
        Share(what="civil_society", speakers=2, interventions=3, spoken_seconds=255.0),
    )
    assert record.totals.by_attendance == (Share(what="in_room", speakers=3, interventions=4, spoken_seconds=317.0),)


def test_requests_are_told_with_what_became_of_them(record: Record) -> None:
    assert [(each.who.name, each.kind, each.status, each.by) for each in record.requests] == [
        ("Pia Panellist", RequestKind.PANEL_PRESENTATION, RequestStatus.DELIVERED, None),
        ("Pia Panellist", RequestKind.PANELLIST_REPLY, RequestStatus.DELIVERED, None),
        ("Анна Иванова", RequestKind.STATEMENT, RequestStatus.DELIVERED, None),
        ("بدر", RequestKind.STATEMENT, RequestStatus.NOT_REACHED, None),
        (None, RequestKind.QUESTION, RequestStatus.DELIVERED, None),
        ("Dan <b>Bold</b> | [x](http://evil.example)", RequestKind.STATEMENT, RequestStatus.WITHDRAWN, None),
        ("Greta Guest", RequestKind.STATEMENT, RequestStatus.NOT_REACHED, Role.LIST_OFFICER),
        ("Dan <b>Bold</b> | [x](http://evil.example)", RequestKind.POINT_OF_ORDER, RequestStatus.DELIVERED, None),
    ]
    assert record.totals.not_reached == 2


def test_rulings_are_told(record: Record) -> None:
    assert [(each.who.organisation, each.ruling) for each in record.rulings] == [
        ("=HYPERLINK(1)", Ruling.NOT_SUSTAINED)
    ]
    assert [each.ruling for each in record.interventions if each.ruling] == [Ruling.NOT_SUSTAINED]


def test_what_happened_to_the_list_is_told_in_time_and_what_was_taken_back_is_marked(record: Record) -> None:
    assert [(each.type, each.by) for each in record.list_events if each.undone] == [("request.held", Role.LIST_OFFICER)]
    assert [each.type for each in record.list_events][:3] == ["request.released", "list.opened", "request.made"]
    assert record.list_events[-1].type == "list.closed"
    assert sorted(each.at for each in record.list_events) == [each.at for each in record.list_events]


def test_limits_are_told_but_not_those_of_one_person(record: Record) -> None:
    assert [(each.group, each.kind, each.seconds) for each in record.limits] == [
        (None, None, 180),
        ("states", None, 120),
        (None, None, 90),
    ]


def test_the_latest_name_is_shown_and_its_correction_told(record: Record) -> None:
    assert [(each.field, each.before, each.after, each.who.name) for each in record.corrections] == [
        ("name", "Ана Иванова", "Анна Иванова", "Анна Иванова")
    ]


def test_a_correction_taken_back_is_none() -> None:
    room = Scenario(PANEL)
    room.by("moderator", c.StartSession())
    room.by("moderator", c.OpenList())
    room.ask("ana")
    room.by("secretary", c.CorrectPerson(person="ana", name="A typing error"))
    room.undo("secretary")
    assert record_of(room).corrections == ()


def test_announcements_are_told(record: Record) -> None:
    assert [each.text for each in record.announcements] == ["Welcome\neverybody"]


@pytest.mark.parametrize("mode", AttributionMode)
def test_needs_reasons_and_the_unpublished_are_in_no_record(mode: AttributionMode) -> None:
    written = write(record_of(held(with_modes(mode)))).decode()
    assert [secret for secret in SECRETS if secret in written] == []


def test_affiliation_only_shows_no_names_but_the_panellists() -> None:
    record = record_of(held(with_modes(AFFILIATION, ATTRIBUTED)))
    assert [(each.who.name, each.who.organisation) for each in record.interventions] == [
        ("Pia Panellist", "University A"),
        (None, "State A"),
        (None, "=HYPERLINK(1)"),
        (None, None),
        (None, None),
        ("Pia Panellist", "University A"),
    ]
    assert [each.on_behalf_of for each in record.interventions if each.on_behalf_of] == ["Group of States"]
    assert record.corrections == ()
    written = write(record).decode()
    assert [name for name in ("Иванова", "Ivanova", "بدر", "Badr", "Dan", "Greta") if name in written] == []


def test_non_attributed_shows_neither_and_no_seconds_that_a_recording_would_give_away() -> None:
    record = record_of(held(with_modes(NEITHER)))
    assert {(each.who.name, each.who.organisation, each.who.group, each.who.ref) for each in record.interventions} == {
        (None, None, None, None)
    }
    assert {(each.topic, each.on_behalf_of, each.language) for each in record.requests} == {(None, None, None)}
    assert {each.started_at.second for each in record.interventions} == {0}
    assert {each.spoken_seconds % 60 for each in record.interventions} == {0}
    assert (record.totals.by_group, record.totals.by_attendance) == ((), ())
    written = write(record).decode()
    hidden = ("Pia", "Иванова", "بدر", "Dan", "Greta", "University A", "State A", "Group of States", "redress")
    assert [each for each in hidden if each in written] == []


def test_figures_of_large_groups_are_shown_also_where_nobody_is_named() -> None:
    speakers = tuple(Person(id=f"p{number}", name=f"P {number}", group="states") for number in range(5))
    programme = replace(with_modes(NEITHER), people=(*PANEL.people, *speakers), panellists=())
    room = Scenario(programme)
    room.by("moderator", c.StartSession())
    room.by("moderator", c.OpenList())
    for speaker in speakers:
        room.ask(speaker.id)
    for _ in speakers:
        room.next()
        room.later(60)
    room.end()
    assert record_of(room).totals.by_group == (Share(what="states", speakers=5, interventions=5, spoken_seconds=300.0),)


def test_a_stricter_mode_holds_for_what_was_said_before() -> None:
    room = Scenario(PANEL)
    room.by("moderator", c.StartSession())
    room.next()
    room.by("secretary", c.ChangeSettings(attribution_mode_panellists=NEITHER))
    assert record_of(room).interventions[0].who.name is None


def test_an_entry_whose_body_was_purged_is_passed_over() -> None:
    entries = entries_of(held().recorded)
    announced = next(index for index, entry in enumerate(entries) if entry.type == "announced")
    fields = {name: getattr(entries[announced], name) for name in entries[announced].__struct_fields__}
    entries[announced] = type(entries[announced])(**{**fields, "body": None, "salt": None})
    assert building.build(entries).announcements == ()


def test_attribution_of_somebody_without_an_organisation() -> None:
    session = held().session
    guest = Person(id="x", name="X", attendance=Attendance.REMOTE)
    assert attributed(session, guest).organisation is None
