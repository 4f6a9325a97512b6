"""What stands under each key, for the public of a session, its staff, and its technical team.

Each function returns four views: what participants and displays see, what staff see, what the technical team sees, what
interpreters see. `ABSENT` is: not in that map.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias

from companion.clock import format_time
from companion.core.proceedings import EVERYBODY, SHARED, Limit
from companion.core.state import Session

Value: TypeAlias = Mapping[str, Any] | list[Any] | None
"""JSON that no caller may change."""


class Views(NamedTuple):
    """One key's value for each degree of sight; `ABSENT` where it is not in the map.

    `public_key` is the key that the public has it under, where the key itself would tell too much.
    """

    public: Value
    staff: Value
    technical: Value
    booth: Value
    public_key: str | None = None


class _Absent(dict[str, Any]):
    """A value that is in no map; told apart by identity."""


ABSENT: Final = _Absent()


def everybody(value: Value) -> Views:
    """Return the same view for all."""
    return Views(value, value, value, value)


def public_and_staff(public: Value, staff: Value, technical: Value = ABSENT) -> Views:
    """Return the views of what the public and interpreters see alike, and what staff do; the technical team, unless said."""
    return Views(public, staff, staff if technical is ABSENT else technical, public)


def session_view(session: Session) -> Value:
    """Return the key `session`."""
    programme, course, settings = session.programme, session.course, session.settings
    kinds = {segment.id: segment.kind for segment in programme.segments}
    return {
        "id": programme.session,
        "number": programme.number,
        "title": programme.title,
        "short_title": programme.short_title,
        "status": course.status,
        "segment": course.segment,
        "segment_kind": kinds.get(course.segment or ""),
        "segment_started_at": time_or_none(course.segment_started_at),
        "started_at": time_or_none(course.started_at),
        "closed_at": time_or_none(course.closed_at),
        "attribution_mode": settings.attribution_mode,
        "attribution_mode_panellists": settings.attribution_mode_panellists,
        "warning_seconds": settings.warning_seconds,
        "presiding": course.presiding,
        "one_request_each": settings.one_request_each,
        "participants_may_propose": settings.participants_may_propose,
        "participants_may_take_positions": settings.participants_may_take_positions,
        "when_absent": settings.when_absent,
        "preset": settings.preset,
        "alarms": [
            {"action": each.action, "after_seconds": each.after_seconds, "since": each.since, "text": each.text}
            for each in settings.alarms
        ],
        "limits": {
            "default_seconds": session.limits.get(EVERYBODY, Limit()).seconds,
            "groups": _limits_of(session, "group"),
            "kinds": _limits_of(session, "kind"),
            "replies": _limits_of(session, "reply"),
            "banks": _limits_of(session, "bank"),
            "shared_seconds": session.limits.get(SHARED, Limit()).seconds,
        },
    }


def programme_view(session: Session) -> Value:
    """Return the key `programme`."""
    programme = session.programme
    return {
        "workshop": {"id": programme.workshop, "title": dict(programme.workshop_title)},
        "room": programme.room,
        "time_zone": programme.time_zone,
        "starts_at": time_or_none(programme.starts_at),
        "ends_at": time_or_none(programme.ends_at),
        "segments": [{"id": segment.id, "kind": segment.kind} for segment in programme.segments],
        "groups": [{"id": group.id, "name": dict(group.name)} for group in programme.groups],
    }


def undo_views(session: Session) -> Views:
    """Return the views of `undo`, which the public does not have."""
    value = [
        {"command": str(each.command), "by": each.actor, "type": each.type, "person": each.person}
        for each in session.undo
    ]
    return public_and_staff(ABSENT, value)


def time_or_none(at: datetime | None) -> str | None:
    """Return a time as it is written, or None."""
    return None if at is None else format_time(at)


def _limits_of(session: Session, what: str) -> Mapping[str, int]:
    """Return the speaking times of all groups, or of all kinds, by their ids."""
    found = (
        (address.removeprefix(f"{what}/"), limit.seconds)
        for address, limit in session.limits.items()
        if address.startswith(f"{what}/")
    )
    return {id_: seconds for id_, seconds in sorted(found) if seconds is not None}
