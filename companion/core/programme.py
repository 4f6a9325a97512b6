"""The course of a session: scheduled, open, suspended, closed, finalised; its segments and settings.

What these changes mean for the list and the floor is written in `session.py`.
"""

from collections.abc import Mapping
from typing import Final, TypeVar, assert_never

from rpds import HashTrieMap

from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import Unset
from companion.core.people import Role
from companion.core.procedure import Alarm, AlarmAction, AttributionMode, SessionStatus
from companion.core.proceedings import (
    EVERYBODY,
    Course,
    Limit,
    ListOfSpeakers,
    Programme,
    Settings,
    of_group,
    of_kind,
    of_reply,
)
from companion.core.refusals import Refusal, Refused
from companion.core.renewal import replace
from companion.core.state import Session

T = TypeVar("T")

_STRICTNESS: Final = tuple(AttributionMode)
"""From the loosest to the strictest."""

_ALLOWED_FROM: Final[Mapping[type[c.Command], frozenset[SessionStatus]]] = {
    c.StartSession: frozenset({SessionStatus.SCHEDULED}),
    c.BeginSegment: frozenset({SessionStatus.OPEN, SessionStatus.SUSPENDED}),
    c.SuspendSession: frozenset({SessionStatus.OPEN}),
    c.ResumeSession: frozenset({SessionStatus.SUSPENDED}),
    c.CloseSession: frozenset({SessionStatus.OPEN, SessionStatus.SUSPENDED}),
    c.ReopenSession: frozenset({SessionStatus.CLOSED}),
    c.FinaliseSession: frozenset({SessionStatus.CLOSED}),
    c.ChangeSettings: frozenset(SessionStatus) - {SessionStatus.FINALISED},
    c.Preside: frozenset(SessionStatus) - {SessionStatus.FINALISED},
    c.CorrectRecord: frozenset(SessionStatus) - {SessionStatus.FINALISED},
}
_MAY_PRESIDE: Final = frozenset({Role.MODERATOR, Role.SECRETARIAT})


def decide(session: Session, command: c.ProgrammeCommand) -> list[e.Event]:  # noqa: C901 (one case each)
    """Return what happens to the session itself, or raise `Refused`."""
    if refusal := why_not(session, type(command)):
        raise Refused(refusal)
    match command:
        case c.StartSession():
            first = session.programme.segments[0].id
            return [e.SegmentBegan(segment=first), e.SessionStarted(earlier=command.earlier)]
        case c.BeginSegment():
            return _begin_segment(session, command)
        case c.SuspendSession():
            return [e.SessionSuspended()]
        case c.ResumeSession():
            return [e.SessionResumed()]
        case c.CloseSession():
            return [e.SessionClosed()]
        case c.ReopenSession():
            return [e.SessionReopened()]
        case c.FinaliseSession():
            return [e.SessionFinalised()]
        case c.ChangeSettings():
            return _change_settings(session, command)
        case c.Preside():
            return _preside(session, command)
        case c.CorrectRecord():
            return _correct(session, command)
        case _:
            assert_never(command)


def evolve(session: Session, recorded: e.Recorded, event: e.ProgrammeEvent) -> Session:  # noqa: C901 (one case each)
    """Return the session after `event`."""
    course = session.course
    match event:
        case e.SessionScheduled():
            return _scheduled(session, event)
        case e.SessionStarted():
            presiding = recorded.by if recorded.by in session.people else None
            course = replace(
                course,
                status=SessionStatus.OPEN,
                started_at=recorded.at,
                presiding=presiding,
                earlier=event.earlier,
            )
        case e.SegmentBegan():
            course = replace(course, segment=event.segment, segment_started_at=recorded.at)
        case e.SessionSuspended():
            course = replace(course, status=SessionStatus.SUSPENDED)
        case e.SessionResumed():
            course = replace(course, status=SessionStatus.OPEN)
        case e.SessionClosed():
            course = replace(course, status=SessionStatus.CLOSED, closed_at=recorded.at)
        case e.SessionReopened():
            course = replace(course, status=SessionStatus.OPEN, closed_at=None)
        case e.SessionFinalised():
            course = replace(course, status=SessionStatus.FINALISED)
        case e.SettingsChanged():
            settings, before = _settings(event), session.settings
            since = before.alarms_since if settings.alarms == before.alarms else recorded.at
            return replace(session, settings=replace(settings, alarms_since=since))
        case e.PresidingPassed():
            course = replace(course, presiding=event.person)
        case e.RecordCorrected():
            return session  # the journal has it; nothing that is true changes
        case _:
            assert_never(event)
    return replace(session, course=course)


def why_not(session: Session, command: type[c.Command]) -> Refusal | None:
    """Return why the session cannot take this step now, or None if it can."""
    if session.course.status in _ALLOWED_FROM[command]:
        return None
    running = session.course.status.is_running
    return Refusal.NOT_NOW if running or command is c.StartSession else Refusal.SESSION_NOT_OPEN


def schedule(command: c.PrepareSession) -> e.SessionScheduled:
    """Return the first event of a session."""
    return e.SessionScheduled(
        session=command.session,
        workshop=command.workshop,
        workshop_title=command.workshop_title,
        number=command.number,
        title=command.title,
        short_title=command.short_title,
        room=command.room,
        time_zone=command.time_zone,
        starts_at=command.starts_at,
        ends_at=command.ends_at,
        segments=command.segments,
        groups=command.groups,
        panellists=command.panellists,
        default_seconds=command.default_seconds,
        group_seconds=command.group_seconds,
        kind_seconds=command.kind_seconds,
        warning_seconds=command.warning_seconds,
        attribution_mode=command.attribution_mode,
        attribution_mode_panellists=command.attribution_mode_panellists,
        reply_seconds=command.reply_seconds,
        rule=command.rule,
        when_absent=command.when_absent,
        alarms=command.alarms,
    )


def _begin_segment(session: Session, command: c.BeginSegment) -> list[e.Event]:
    if command.segment not in {segment.id for segment in session.programme.segments}:
        raise Refused(Refusal.NOT_FOUND)
    if command.segment == session.course.segment:
        raise Refused(Refusal.NOT_NOW)
    return [e.SegmentBegan(segment=command.segment)]


def _change_settings(session: Session, command: c.ChangeSettings) -> list[e.Event]:
    now, found = session.settings, command.found
    if not isinstance(command.preset, Unset) and found is None:
        raise Refused(Refusal.NOT_FOUND)
    changed = e.SettingsChanged(
        warning_seconds=now.warning_seconds if isinstance(command.warning_seconds, Unset) else command.warning_seconds,
        attribution_mode=now.attribution_mode
        if isinstance(command.attribution_mode, Unset)
        else command.attribution_mode,
        attribution_mode_panellists=now.attribution_mode_panellists
        if isinstance(command.attribution_mode_panellists, Unset)
        else command.attribution_mode_panellists,
        one_request_each=_chosen(
            command.one_request_each, found.one_request_each if found else None, now.one_request_each
        ),
        when_absent=_chosen(command.when_absent, found.when_absent if found else None, now.when_absent),
        alarms=_alarms(command, now),
        preset=now.preset if isinstance(command.preset, Unset) else command.preset,
        participants_may_propose=_chosen(command.participants_may_propose, None, now.participants_may_propose),
        participants_may_take_positions=_chosen(
            command.participants_may_take_positions, None, now.participants_may_take_positions
        ),
    )
    check_attribution(session, _settings(changed))
    return [changed]


def check_attribution(session: Session, settings: Settings) -> None:
    """Raise `Refused` where people who have spoken would be named more openly than they were told when they spoke."""
    now = session.settings
    looser = _looser(now.attribution_mode, settings.attribution_mode) or _looser(
        now.attribution_mode_panellists, settings.attribution_mode_panellists
    )
    if looser and len(session.interventions):
        raise Refused(Refusal.LOOSER_ATTRIBUTION)


def _chosen(said: T | Unset, of_preset: T | None, now: T) -> T:
    """Return what is said, else what the preset says, else what holds now."""
    if not isinstance(said, Unset):
        return said
    return now if of_preset is None else of_preset


def _alarms(command: c.ChangeSettings, now: Settings) -> tuple[Alarm, ...]:
    of_preset = None if command.found is None else command.found.alarms
    said = of_preset if isinstance(command.alarms, Unset) else command.alarms
    if said is None:
        return now.alarms
    if any((alarm.action is AlarmAction.ANNOUNCE) is not bool(alarm.text) for alarm in said):
        raise Refused(Refusal.BAD_MESSAGE)
    return tuple(
        Alarm(
            id=f"{number}-{alarm.action}-{alarm.since}-{alarm.after_seconds}",
            action=alarm.action,
            after_seconds=alarm.after_seconds,
            since=alarm.since,
            text=alarm.text,
        )
        for number, alarm in enumerate(said, start=1)
    )


def _preside(session: Session, command: c.Preside) -> list[e.Event]:
    person = session.people.get(command.person)
    if person is None:
        raise Refused(Refusal.NOT_FOUND)
    if person.role not in _MAY_PRESIDE:
        raise Refused(Refusal.MAY_NOT_PRESIDE)
    return [] if session.course.presiding == person.id else [e.PresidingPassed(person=person.id)]


def _correct(session: Session, command: c.CorrectRecord) -> list[e.Event]:
    if command.seq > session.seq:
        raise Refused(Refusal.NOT_FOUND)
    return [e.RecordCorrected(seq=command.seq, text=command.text)]


def _looser(before: AttributionMode, after: AttributionMode) -> bool:
    return _STRICTNESS.index(after) < _STRICTNESS.index(before)


def _scheduled(session: Session, event: e.SessionScheduled) -> Session:
    programme = Programme(
        session=event.session,
        workshop=event.workshop,
        workshop_title=event.workshop_title,
        number=event.number,
        title=event.title,
        short_title=event.short_title,
        room=event.room,
        time_zone=event.time_zone,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        segments=event.segments,
        groups=event.groups,
        panellists=event.panellists,
    )
    limits = {
        EVERYBODY: event.default_seconds,
        **{of_group(group): seconds for group, seconds in event.group_seconds},
        **{of_kind(kind): seconds for kind, seconds in event.kind_seconds},
        **{of_reply(ordinal): seconds for ordinal, seconds in enumerate(event.reply_seconds, start=1)},
    }
    return replace(
        session,
        programme=programme,
        course=Course(),
        list=ListOfSpeakers(rule=event.rule),
        limits=HashTrieMap(
            {address: Limit(seconds=seconds) for address, seconds in limits.items() if seconds is not None}
        ),
        settings=_settings(event),
    )


def _settings(event: e.SessionScheduled | e.SettingsChanged) -> Settings:
    settings = Settings(
        warning_seconds=event.warning_seconds,
        attribution_mode=event.attribution_mode,
        attribution_mode_panellists=event.attribution_mode_panellists,
        when_absent=event.when_absent,
        alarms=event.alarms,
    )
    if isinstance(event, e.SessionScheduled):
        return settings
    return replace(
        settings,
        one_request_each=event.one_request_each,
        preset=event.preset,
        participants_may_propose=event.participants_may_propose,
        participants_may_take_positions=event.participants_may_take_positions,
    )
