"""Events as the journal holds them: their names, and canonical JSON.

A released name or field is never changed or reinterpreted; fields are only added, with a default. Reading ignores
fields that it does not know.
"""

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, Protocol, TypeAlias, get_args, get_type_hints

import msgspec

from companion.clock import format_time, parse_time
from companion.core import events as e

EVENTS: Final[Mapping[str, type[e.Event]]] = {
    "session.scheduled": e.SessionScheduled,
    "session.started": e.SessionStarted,
    "session.segment_began": e.SegmentBegan,
    "session.suspended": e.SessionSuspended,
    "session.resumed": e.SessionResumed,
    "session.closed": e.SessionClosed,
    "session.reopened": e.SessionReopened,
    "session.finalised": e.SessionFinalised,
    "session.settings_changed": e.SettingsChanged,
    "session.presiding_passed": e.PresidingPassed,
    "session.corrected": e.RecordCorrected,
    "command.undone": e.CommandUndone,
    "person.entered": e.PersonEntered,
    "person.corrected": e.PersonCorrected,
    "person.linked": e.GuestLinked,
    "list.opened": e.ListOpened,
    "list.closed": e.ListClosed,
    "list.limit_set": e.LimitSet,
    "list.renumbered": e.RequestsRenumbered,
    "list.rule_set": e.ListRuleSet,
    "list.arranged": e.ListArranged,
    "list.time_share_proposed": e.TimeShareProposed,
    "list.time_shared": e.TimeShared,
    "request.made": e.FloorRequested,
    "request.changed": e.RequestChanged,
    "request.withdrawn": e.RequestWithdrawn,
    "request.readiness_changed": e.RequestReadinessChanged,
    "request.moved": e.RequestMoved,
    "request.held": e.RequestHeld,
    "request.released": e.RequestReleased,
    "request.not_reached": e.RequestNotReached,
    "request.exchange_offered": e.ExchangeOffered,
    "requests.exchanged": e.PlacesExchanged,
    "request.absent": e.RequestAbsent,
    "request.written": e.StatementHandedIn,
    "floor.given": e.FloorGiven,
    "floor.paused": e.FloorPaused,
    "floor.resumed": e.FloorResumed,
    "floor.extended": e.FloorExtended,
    "floor.ended": e.FloorEnded,
    "floor.voided": e.FloorVoided,
    "floor.given_back": e.FloorGivenBack,
    "request.ruled": e.RulingMade,
    "note.added": e.NoteAdded,
    "note.written": e.NoteWritten,
    "note.typed": e.NoteTyped,
    "note.marked": e.NoteMarked,
    "note.moved": e.NoteMoved,
    "note.removed": e.NoteRemoved,
    "note.released": e.NoteReleased,
    "notes.renumbered": e.NotesRenumbered,
    "recommendation.proposed": e.RecommendationProposed,
    "recommendation.revised": e.RecommendationRevised,
    "recommendation.status_changed": e.RecommendationStatusChanged,
    "recommendation.amendment_proposed": e.AmendmentProposed,
    "recommendation.amendment_set_aside": e.AmendmentSetAside,
    "recommendation.position_taken": e.PositionTaken,
    "poll.drafted": e.PollDrafted,
    "poll.opened": e.PollOpened,
    "poll.answered": e.PollAnswered,
    "poll.room_counted": e.RoomCounted,
    "poll.closed": e.PollClosed,
    "poll.published": e.PollPublished,
    "poll.outcome_set": e.PollOutcomeSet,
    "display.changed": e.DisplayChanged,
    "announced": e.Announced,
}
EVENT_NAMES: Final[Mapping[type[e.Event], str]] = {event: name for name, event in EVENTS.items()}
_ENCODER: Final = msgspec.json.Encoder(order="sorted")


Row: TypeAlias = tuple[int, str, str, str, str, str | None]
"""seq, at, actor, command, type and body of an entry; it has no body once it is purged."""


class Stored(Protocol):
    """An entry of a journal, as far as an event is made of it."""

    @property
    def seq(self) -> int: ...  # noqa: D102 (the fields of an entry)
    @property
    def at(self) -> str: ...  # noqa: D102
    @property
    def actor(self) -> str: ...  # noqa: D102
    @property
    def command(self) -> str: ...  # noqa: D102
    @property
    def type(self) -> str: ...  # noqa: D102
    @property
    def body(self) -> str | None: ...  # noqa: D102


class UnknownEvent(ValueError):  # noqa: N818 (a state of affairs)
    """The journal holds an event that this version of the program does not know."""


def write_event(event: e.Event) -> tuple[str, str]:
    """Return the event's name and its body: canonical JSON, keys sorted, no white space, no floats."""
    kind = type(event)
    body: object = event
    if kind in _with_times():
        body = _times_written(msgspec.to_builtins(event, builtin_types=(datetime,)))
    return EVENT_NAMES[kind], _ENCODER.encode(body).decode()


def read_event(name: str, body: str) -> e.Event:
    """Return the event with this name and body; raise `UnknownEvent` for a name of another version."""
    decoder = _decoders().get(name)
    if decoder is None:
        raise UnknownEvent(f"this version does not know the event {name}")
    return decoder.decode(body)


def read_recorded(entry: Stored) -> e.Recorded:
    """Return an entry that has its body as the core takes it."""
    event = read_event(entry.type, entry.body or "")
    return e.Recorded(entry.seq, parse_time(entry.at), entry.actor, entry.command, event)


def read_rows(rows: Iterable[Row]) -> Iterator[e.Recorded]:
    """Yield what rows of a journal hold as the core takes it, but for what was purged; quick, for there may be 100,000."""
    decoders = _decoders()
    for seq, at, actor, command, name, body in rows:
        if body is not None:
            decoder = decoders.get(name)
            event = read_event(name, body) if decoder is None else decoder.decode(body)
            yield e.Recorded(seq, parse_time(at), actor, command, event)


@functools.cache
def _decoders() -> Mapping[str, msgspec.json.Decoder[e.Event]]:
    return {name: msgspec.json.Decoder(event) for name, event in EVENTS.items()}


@functools.cache
def _with_times() -> frozenset[type[e.Event]]:
    """Return the events that hold times, which msgspec would write in a form of its own."""
    return frozenset(event for event in EVENTS.values() if _holds_a_time(event))


def _holds_a_time(hint: object) -> bool:
    """Say whether a time may stand anywhere in what a type hint describes."""
    if dataclasses.is_dataclass(hint):
        return any(_holds_a_time(inner) for inner in get_type_hints(hint).values())
    return hint is datetime or any(_holds_a_time(inner) for inner in get_args(hint))


def _times_written(value: Any) -> Any:  # noqa: ANN401 (JSON)
    match value:
        case dict():
            return {key: _times_written(each) for key, each in value.items()}
        case list() | tuple():
            return [_times_written(each) for each in value]
        case datetime():
            return format_time(value)
        case _:
            return value
