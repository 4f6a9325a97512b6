"""Events in the journal: what is written is what is read, in one form only."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.codec.events import EVENT_NAMES, EVENTS, UnknownEvent, read_event, read_recorded, read_rows, write_event
from companion.core import events as e
from companion.core.procedure import AttributionMode
from companion.store.journal import seal
from tests.codec.strategies import instances

every_event = pytest.mark.parametrize("name", EVENTS)


def test_every_event_has_a_name_and_no_two_the_same() -> None:
    assert set(EVENTS.values()) == set(get_args(e.Event))
    assert {EVENT_NAMES[event]: event for event in EVENTS.values()} == dict(EVENTS)


@every_event
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_what_is_read_is_what_was_written_in_one_form_only_sorted_and_compact_and_without_fractions(
    name: str, data: st.DataObject
) -> None:
    event = data.draw(instances(EVENTS[name]))
    written, body = write_event(event)
    assert written == name
    assert read_event(name, body) == event
    value = json.loads(body, parse_float=lambda number: pytest.fail(f"a fraction: {number}"))
    assert body == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert write_event(read_event(name, body)) == (name, body)
    assert set(value) == set(type(event).__dataclass_fields__)


def test_a_time_is_written_in_utc_with_three_decimals_wherever_it_was_said() -> None:
    geneva = datetime(2022, 10, 18, 10, 45, 5, 120_000, tzinfo=timezone(timedelta(hours=2)))
    required = [each.name for each in dataclasses.fields(e.SessionScheduled) if each.default is dataclasses.MISSING]
    simple: dict[str, object] = {name: [] for name in required}
    plain = {"default_seconds": None, "warning_seconds": 30, "time_zone": "UTC"}
    words = dict.fromkeys(("session", "workshop", "number", "title", "short_title", "room"), "x")
    modes = dict.fromkeys(("attribution_mode", "attribution_mode_panellists"), AttributionMode.ATTRIBUTED)
    times = {"starts_at": geneva, "ends_at": geneva.astimezone(UTC)}
    event = msgspec.convert({**simple, **plain, **words, **modes, **times}, e.SessionScheduled)
    _, body = write_event(event)
    assert body.count('"2022-10-18T08:45:05.120Z"') == 2
    assert read_event("session.scheduled", body) == event


def test_a_field_that_a_later_version_added_is_passed_over() -> None:
    assert read_event("request.held", '{"by":"a later version","request":"r.5"}') == e.RequestHeld(request="r.5")


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", '{"request":5}', '{"request":null}', '{"request":"r.5"'])
def test_a_body_that_is_none_of_this_event_is_an_error(body: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_event("request.held", body)


def test_an_event_of_another_version_is_named() -> None:
    with pytest.raises(UnknownEvent, match=r"note\.imagined"):
        read_event("note.imagined", "{}")


def test_an_entry_of_the_journal_becomes_what_the_core_takes() -> None:
    entry = seal(
        "00",
        session="panel-1",
        seq=7,
        at="2022-10-18T08:45:05.120Z",
        actor="ana",
        command="command-1",
        type="request.held",
        body='{"request":"r.5"}',
        salt="00",
    )
    at = datetime(2022, 10, 18, 8, 45, 5, 120_000, tzinfo=UTC)
    held = e.Recorded(seq=7, at=at, by="ana", command="command-1", event=e.RequestHeld(request="r.5"))
    assert read_recorded(entry) == held
    row = (entry.seq, entry.at, entry.actor, entry.command, entry.type, entry.body)
    purged = (8, entry.at, entry.actor, entry.command, entry.type, None)
    assert [*read_rows([row, purged])] == [held]


def test_a_row_of_another_version_is_named() -> None:
    with pytest.raises(UnknownEvent, match=r"note\.imagined"):
        list(read_rows([(7, "2022-10-18T08:45:05.120Z", "ana", "command-1", "note.imagined", "{}")]))
