"""A workshop file as what the house keeps: rows of the directory, and a `PrepareSession` for each agenda item."""

from dataclasses import dataclass
from typing import Any

from msgspec import UnsetType

from companion.clock import Clock, format_time
from companion.config import SessionSettings
from companion.core.commands import PrepareSession
from companion.core.people import Person, StakeholderGroup
from companion.core.procedure import Alarm, AlarmAction, AttributionMode, RequestKind, Rule, Segment, WhenAbsent
from companion.intake import rehearsing
from companion.intake.form import (
    KINDS,
    REPLIES,
    ROLES,
    RULES,
    WHEN_ABSENT,
    WITH_JOINT_FIRST,
    AgendaItem,
    Organization,
    Participant,
    WorkshopFile,
)
from companion.intake.reading import Source
from companion.store import directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A workshop, ready to be written; `commands` are in the order of `sessions`."""

    workshop: directory.Workshop
    groups: tuple[directory.StakeholderGroup, ...]
    organisations: tuple[directory.Organisation, ...]
    sittings: tuple[directory.Sitting, ...]
    people: tuple[directory.PersonRow, ...]
    sessions: tuple[directory.SessionRow, ...]
    commands: tuple[PrepareSession, ...]


def prepare(source: Source, settings: SessionSettings, clock: Clock) -> Prepared:
    """Return the rows and commands of a workshop. What the file does not say of its sessions, `settings` do."""
    form = source.form
    return Prepared(
        workshop=_workshop(source, clock),
        groups=_groups(form),
        organisations=_organisations(form),
        sittings=_sittings(form),
        people=_people(form, created_at=format_time(clock.now())),
        sessions=tuple(_session(form, position, source.rest) for position in range(len(form.agenda_items))),
        commands=tuple(_command(form, item, settings) for item in form.agenda_items),
    )


def _workshop(source: Source, clock: Clock) -> directory.Workshop:
    form, rest = source.form, source.rest
    event = form.event
    return directory.Workshop(
        id=event.id,
        title=event.title,
        short_title=event.short_title,
        start_date=event.start_date.isoformat(),
        end_date=event.end_date.isoformat(),
        time_zone=event.time_zone,
        join_code=clock.make_join_code(),
        venue=event.venue,
        room=event.room,
        language=form.language,
        attribution_mode=form.modalities.attribution_mode,
        attribution_mode_panellists=_panellists_mode(form),
        details={**rest["event"], "modalities": rest["modalities"], "notice": rest["notice"]},
    )


def _groups(form: WorkshopFile) -> tuple[directory.StakeholderGroup, ...]:
    return tuple(
        directory.StakeholderGroup(
            workshop=form.event.id,
            id=group.id,
            name=group.name,
            position=position,
            counts_for_balance=group.counts_for_balance,
        )
        for position, group in enumerate(form.stakeholder_groups)
    )


def _organisations(form: WorkshopFile) -> tuple[directory.Organisation, ...]:
    return tuple(
        directory.Organisation(
            workshop=form.event.id,
            id=each.id,
            name=each.name,
            short_name=each.short_name,
            group=each.group,
            region=each.region,
        )
        for each in form.organizations
    )


def _sittings(form: WorkshopFile) -> tuple[directory.Sitting, ...]:
    return tuple(
        directory.Sitting(
            workshop=form.event.id,
            id=meeting.id,
            number=str(meeting.number),
            title=meeting.title,
            starts_at=format_time(meeting.start),
            ends_at=format_time(meeting.end),
        )
        for meeting in form.meetings
    )


def _people(form: WorkshopFile, *, created_at: str) -> tuple[directory.PersonRow, ...]:
    organizations = {each.id: each for each in form.organizations}
    return tuple(
        directory.PersonRow(
            id=person.id,
            workshop=form.event.id,
            name=person.display_name,
            role=ROLES[person.role],
            attendance=person.attendance,
            created_at=created_at,
            latin_name=person.latin_name,
            organisation=person.organization,
            group=_group_of(person, organizations),
            region=_region_of(person, organizations),
            language=person.language,
            gender=person.gender,
            platform_name=person.platform_name,
            accessibility_needs=tuple(person.accessibility_needs),
            email=person.email,
            recording_consent=person.recording_consent,
            unpublished=person.unpublished,
        )
        for person in form.participants
    )


def _session(form: WorkshopFile, position: int, rest: dict[str, Any]) -> directory.SessionRow:
    item = form.agenda_items[position]
    return directory.SessionRow(
        id=item.id,
        workshop=form.event.id,
        number=str(item.number),
        title=item.title,
        short_title=item.short_title,
        sitting=item.meeting,
        starts_at=format_time(item.start),
        ends_at=format_time(item.end),
        segments=tuple(directory.SegmentRow(id=segment.id, kind=segment.kind) for segment in item.segments),
        panellists=tuple(item.panellists),
        position=position,
        details={**rest["agenda_items"][position], **rehearsing.of_item(form, item)},
    )


def _command(form: WorkshopFile, item: AgendaItem, settings: SessionSettings) -> PrepareSession:
    event, modalities = form.event, form.modalities
    warning, kept = modalities.warning_s, modalities.list_of_speakers
    organizations = {each.id: each for each in form.organizations}
    return PrepareSession(
        session=item.id,
        workshop=event.id,
        workshop_title=tuple(sorted(event.short_title.items())) or ((form.language or "en", event.title),),
        number=str(item.number),
        title=item.title,
        short_title=item.short_title or item.title,
        room=event.room or event.venue or "",
        time_zone=event.time_zone,
        starts_at=item.start,
        ends_at=item.end,
        segments=tuple(Segment(id=segment.id, kind=segment.kind) for segment in item.segments),
        groups=tuple(
            StakeholderGroup(id=group.id, name=tuple(sorted(group.name.items()))) for group in form.stakeholder_groups
        ),
        panellists=tuple(item.panellists),
        people=tuple(_person(person, organizations) for person in form.participants),
        default_seconds=modalities.time_limits_s.get("default", settings.default_limit_seconds) or None,
        group_seconds=_group_seconds(form, settings),
        kind_seconds=_kind_seconds(form, settings),
        warning_seconds=settings.warning_seconds if isinstance(warning, UnsetType) else warning,
        attribution_mode=modalities.attribution_mode,
        attribution_mode_panellists=_panellists_mode(form),
        reply_seconds=_reply_seconds(form, settings),
        rule=_rule(form),
        when_absent=WHEN_ABSENT[WhenAbsent.TO_THE_END if isinstance(kept.call_absent, UnsetType) else kept.call_absent],
        alarms=_alarms(form, settings),
    )


def _person(person: Participant, organizations: dict[str, Organization]) -> Person:
    organization = organizations.get(person.organization or "")
    return Person(
        id=person.id,
        name=person.display_name,
        latin_name=person.latin_name or "",
        organisation=(organization.short_name or organization.name) if organization else "",
        delegation=person.organization,
        group=_group_of(person, organizations),
        region=_region_of(person, organizations),
        role=ROLES[person.role],
        attendance=person.attendance,
        language=person.language,
        gender=person.gender,
        platform_name=person.platform_name or "",
        accessibility_needs=tuple(person.accessibility_needs),
        recording_consent=person.recording_consent,
        unpublished=person.unpublished,
    )


def _group_of(person: Participant, organizations: dict[str, Organization]) -> str | None:
    organization = organizations.get(person.organization or "")
    return person.group or (organization.group if organization else None)


def _region_of(person: Participant, organizations: dict[str, Organization]) -> str | None:
    organization = organizations.get(person.organization or "")
    return person.region or (organization.region if organization else None)


def _panellists_mode(form: WorkshopFile) -> AttributionMode:
    said = form.modalities.attribution_mode_panellists
    return form.modalities.attribution_mode if isinstance(said, UnsetType) else said


def _group_seconds(form: WorkshopFile, settings: SessionSettings) -> tuple[tuple[str, int], ...]:
    groups = {group.id for group in form.stakeholder_groups}
    seconds = {**settings.limit_by_group_seconds, **form.modalities.time_limits_s}
    return tuple(sorted((name, limit) for name, limit in seconds.items() if name in groups and limit))


def _kind_seconds(form: WorkshopFile, settings: SessionSettings) -> tuple[tuple[RequestKind, int], ...]:
    groups = {group.id for group in form.stakeholder_groups}
    seconds = dict(settings.limit_by_kind_seconds)
    for name, limit in form.modalities.time_limits_s.items():
        if name in KINDS and name not in groups:
            seconds[KINDS[name]] = limit
    return tuple(sorted((kind, limit) for kind, limit in seconds.items() if limit))


def _reply_seconds(form: WorkshopFile, settings: SessionSettings) -> tuple[int, ...]:
    usual = (settings.first_right_of_reply_seconds, settings.second_right_of_reply_seconds)
    said = form.modalities.time_limits_s
    return tuple(
        said.get(name, said.get("right_of_reply", seconds)) for name, seconds in zip(REPLIES, usual, strict=True)
    )


def _rule(form: WorkshopFile) -> Rule:
    kept = form.modalities.list_of_speakers
    rule = Rule.FIRST_COME if isinstance(kept.default_ordering, UnsetType) else RULES[kept.default_ordering]
    return WITH_JOINT_FIRST.get(rule, rule) if kept.joint_statements_first else rule


def _alarms(form: WorkshopFile, settings: SessionSettings) -> tuple[Alarm, ...]:
    minutes = form.modalities.list_of_speakers.closes_after_min
    seconds = settings.list_closes_after_seconds if isinstance(minutes, UnsetType) else minutes * 60
    if not seconds:
        return ()
    return (Alarm(id="list-closes", action=AlarmAction.CLOSE_LIST, after_seconds=seconds),)
