"""A workshop file becomes rows and journals: all of it, once, or nothing."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from companion.clock import Clock
from companion.codec.events import read_rows
from companion.config import SessionSettings
from companion.core.people import Attendance, Role
from companion.core.procedure import AttributionMode, RequestKind, RequestStatus, Rule, WhenAbsent
from companion.core.replay import replay
from companion.core.state import Session
from companion.intake import moving, preparing, reading, writing
from companion.intake.errors import WorkshopError
from companion.intake.preparing import Prepared
from companion.intake.reading import Source
from companion.places import demo_file
from companion.store import directory, journal
from companion.store.database import Database
from companion.store.errors import Conflict
from companion.store.verification import Verified, verify_all

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)


@pytest.fixture
def source() -> Source:
    return reading.read(demo_file().read_bytes())


def prepared(source: Source, settings: SessionSettings | None = None) -> Prepared:
    return preparing.prepare(source, settings or SessionSettings(), Clock())


def changed(**modalities: Any) -> Source:  # noqa: ANN401 (JSON)
    value = json.loads(demo_file().read_bytes())
    value["modalities"].update(modalities)
    return reading.read(json.dumps(value).encode())


def state_of(db: Database, session: str) -> Session:
    return replay(read_rows(journal.rows(db, session)))


def test_the_first_panel_begins_now_and_everything_else_as_much_later(source: Source) -> None:
    moved = moving.move_to(source, NOW)
    by = NOW - source.form.agenda_items[0].start
    assert moved.form.agenda_items[0].start == NOW
    pairs = [*zip(source.form.agenda_items, moved.form.agenda_items, strict=True)]
    assert {(after.start - before.start, after.end - before.end) for before, after in pairs} == {(by, by)}
    sittings = [*zip(source.form.meetings, moved.form.meetings, strict=True)]
    assert {(after.start - before.start, after.end - before.end) for before, after in sittings} == {(by, by)}
    assert (moved.form.event.start_date, moved.form.event.end_date) == (date(2026, 11, 23), date(2026, 11, 24))


def test_dates_follow_the_calendar_of_the_workshop(source: Source) -> None:
    late = moving.move_to(source, datetime(2026, 11, 23, 23, 30, tzinfo=UTC))  # half past midnight in Geneva
    assert late.form.event.start_date == date(2026, 11, 24)


def test_the_names_of_the_sample_become_ours(source: Source) -> None:
    rows = {row.id: row for row in prepared(source).people}
    assert [rows[each].role for each in ("p01", "p02", "p05", "p06", "p08")] == [
        Role.MODERATOR,
        Role.MODERATOR,
        Role.SECRETARIAT,
        Role.LIST_OFFICER,
        Role.PANELLIST,
    ]
    kinds = dict(prepared(source).commands[0].kind_seconds)
    assert kinds == {
        RequestKind.PANEL_PRESENTATION: 420,
        RequestKind.PANELLIST_REPLY: 180,
        RequestKind.JOINT_STATEMENT: 240,
        RequestKind.POINT_OF_ORDER: 60,
    }
    command = prepared(source).commands[0]
    assert (command.rule, command.reply_seconds) == (Rule.JOINT_FIRST_ROUND_ROBIN_GROUP, (180, 120))
    assert (command.when_absent, [each.after_seconds for each in command.alarms]) == (WhenAbsent.TO_THE_END, [900])
    assert {each.gender for each in command.people} >= {"woman", "man"}


def test_what_the_file_does_not_say_comes_from_the_settings() -> None:
    settings = SessionSettings(
        warning_seconds=45,
        default_limit_seconds=0,
        limit_by_group_seconds={"ngo": 100, "martians": 5, "nhri": 0},
        limit_by_kind_seconds={RequestKind.QUESTION: 50, RequestKind.STATEMENT: 0},
    )
    value = json.loads(demo_file().read_bytes())
    value["modalities"] = {"time_limits_s": {"academia": 70}}
    command = prepared(reading.read(json.dumps(value).encode()), settings).commands[0]
    assert (command.warning_seconds, command.default_seconds) == (45, None)
    assert command.group_seconds == (("academia", 70), ("ngo", 100))
    assert command.kind_seconds == ((RequestKind.QUESTION, 50),)
    assert command.attribution_mode is AttributionMode.ATTRIBUTED


def test_the_mode_of_the_panellists_is_that_of_all_unless_it_is_said() -> None:
    value = json.loads(demo_file().read_bytes())
    del value["modalities"]["attribution_mode_panellists"]
    command = prepared(reading.read(json.dumps(value).encode())).commands[0]
    assert command.attribution_mode_panellists is AttributionMode.AFFILIATION_ONLY


def test_a_default_limit_may_stand_in_the_file() -> None:
    assert prepared(changed(time_limits_s={"default": 99})).commands[0].default_seconds == 99


def test_it_is_all_in_the_database_and_the_journals_hold(tmp_path: Path, source: Source) -> None:
    made = prepared(source)
    with Database.open(tmp_path / "w.db") as db:
        writing.write(db, made, Clock())
        workshop = directory.find_workshop(db, "ws-2022")
        assert workshop == made.workshop
        assert directory.sessions(db, "ws-2022") == made.sessions
        assert directory.people(db, "ws-2022") == made.people
        assert directory.groups(db, "ws-2022") == made.groups
        assert {row.id for row in directory.organisations(db, "ws-2022")} == {row.id for row in made.organisations}
        assert directory.sittings(db, "ws-2022") == made.sittings
        assert {type(finding) for finding in verify_all(db)} == {Verified}
        session = state_of(db, "ai3")
    assert session.programme.title == made.sessions[2].title
    assert session.programme.panellists == ("p13", "p17", "p15", "p23")
    assert len(session.people) == 44
    arab = session.people["p22"]
    assert (arab.organisation, arab.group, arab.region, arab.attendance) == (
        "Sample NHRI A",
        "nhri",
        "mena",
        Attendance.IN_ROOM,
    )
    assert [request.status for request in session.requests.values()] == [RequestStatus.HELD] * 8


def test_the_same_workshop_is_not_taken_in_twice(tmp_path: Path, source: Source) -> None:
    with Database.open(tmp_path / "w.db") as db:
        writing.write(db, prepared(source), Clock())
        with pytest.raises(WorkshopError, match=r"workshop ws-2022 is in .* already"):
            writing.write(db, prepared(source), Clock())


def test_another_workshop_with_the_same_ids_leaves_nothing_behind(tmp_path: Path, source: Source) -> None:
    value = json.loads(demo_file().read_bytes())
    value["event"]["id"] = "another"
    with Database.open(tmp_path / "w.db") as db:
        writing.write(db, prepared(source), Clock())
        with pytest.raises(Conflict):
            writing.write(db, prepared(reading.read(json.dumps(value).encode())), Clock())
        assert directory.find_workshop(db, "another") is None


def test_a_join_code_is_made_anew_for_each(source: Source) -> None:
    assert prepared(source).workshop.join_code != prepared(source).workshop.join_code


def test_times_are_kept_in_utc(source: Source) -> None:
    first = prepared(source).sessions[0]
    assert (first.starts_at, first.ends_at) == ("2022-10-18T08:20:00.000Z", "2022-10-18T09:35:00.000Z")
    assert prepared(source).commands[0].ends_at - prepared(source).commands[0].starts_at == timedelta(minutes=75)
