"""What stands under each key, for the public of a session, its staff, and its technical team.

Each function returns three views: what participants, display and booths see, what staff see, what the technical team
sees. None is: not in that map.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias

from companion.clock import format_time
from companion.core import floor, speaking_time
from companion.core.ids import InterventionId, PersonId, RequestId
from companion.core.people import Person, Spoken
from companion.core.procedure import RequestList, RequestStatus
from companion.core.state import FloorRequest, Intervention, Session

Value: TypeAlias = Mapping[str, Any] | list[Any] | None
"""JSON that no caller may change."""

PUBLIC_ENDED: Final = 3
STAFF_ENDED: Final = 50
_ON_LIST: Final = frozenset({RequestStatus.WAITING, RequestStatus.SPEAKING})
_NOBODY: Final = Spoken()


class Views(NamedTuple):
    """One key's value for each degree of sight; `ABSENT` where it is not in the map.

    `public_key` is the key that the public has it under, where the key itself would tell too much.
    """

    public: Value
    staff: Value
    technical: Value
    public_key: str | None = None


class _Absent(dict[str, Any]):
    """A value that is in no map; told apart by identity."""


ABSENT: Final = _Absent()


def everybody(value: Value) -> Views:
    """Return the same view for all."""
    return Views(value, value, value)


def session_view(session: Session) -> Value:
    """Return the key `session`."""
    programme, course, settings, limits = session.programme, session.course, session.settings, session.limits
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
        "limits": {
            "default_seconds": limits.default,
            "groups": dict(sorted(limits.groups.items())),
            "kinds": dict(sorted(limits.kinds.items())),
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


def list_view(session: Session) -> Value:
    """Return the key `list`."""
    return {
        "status": session.list.status,
        "rule": session.list.rule,
        "reason": {"key": session.list.rule, "values": {}},
        "waiting": len(session.places(RequestList.SPEAKERS)),
        "next": floor.coming(session).request,
        "opened_at": time_or_none(session.list.opened_at),
        "closed_at": time_or_none(session.list.closed_at),
    }


def floor_view(session: Session) -> Value:
    """Return the key `floor`."""
    request, back = floor.coming(session)
    if back is not None:
        coming = {"action": "give_back", "request": None, "person": session.interventions[back].person}
    elif request is not None:
        coming = {"action": "give", "request": request, "person": session.requests[request].person}
    else:
        coming = {"action": None, "request": None, "person": None}
    return {"intervention": session.floor.intervention, "interrupted": session.floor.interrupted, "next": coming}


def request_views(session: Session, request_id: RequestId) -> Views:
    """Return the views of `request/<id>`: staff also see those held, and points of order until they are ruled on."""
    request = session.requests[request_id]
    unruled = request.list is RequestList.ORDER and request.status is RequestStatus.DELIVERED and request.ruling is None
    public = request.status in _ON_LIST
    staff = public or unruled or request.status is RequestStatus.HELD
    value = request_value(session, request) if staff else ABSENT
    return Views(value if public else ABSENT, value, value)


def request_value(session: Session, request: FloorRequest) -> Mapping[str, Any]:
    """Return a request as everybody who may see it sees it."""
    return {
        "id": request.id,
        "person": request.person,
        "list": request.list,
        "kind": request.kind,
        "status": request.status,
        "rank": request.rank,
        "requested_at": format_time(request.requested_at),
        "expected_seconds": speaking_time.expected_seconds(session, request.person, request.kind),
        "topic": request.topic,
        "on_behalf_of": request.on_behalf_of,
        "language": request.language,
        "ready": request.ready,
        "segment": request.segment,
        "ruling": request.ruling,
    }


def intervention_views(session: Session, intervention_id: InterventionId) -> Views:
    """Return the views of `intervention/<id>`: on the floor, interrupted, and the last few that ended."""
    intervention = session.interventions[intervention_id]
    current = intervention_id in {session.floor.intervention, session.floor.interrupted}
    public = current or intervention_id in session.ended[-PUBLIC_ENDED:]
    staff = public or intervention_id in session.ended[-STAFF_ENDED:]
    value = intervention_value(intervention) if staff else ABSENT
    return Views(value if public else ABSENT, value, value)


def intervention_value(intervention: Intervention) -> Mapping[str, Any]:
    """Return an intervention as everybody who may see it sees it."""
    return {
        "id": intervention.id,
        "person": intervention.person,
        "request": intervention.request,
        "kind": intervention.kind,
        "topic": intervention.topic,
        "on_behalf_of": intervention.on_behalf_of,
        "language": intervention.language,
        "attendance": intervention.attendance,
        "started_at": format_time(intervention.started_at),
        "paused_at": time_or_none(intervention.paused_at),
        "paused_seconds": intervention.paused.total_seconds(),
        "limit_seconds": intervention.limit_seconds,
        "ended_at": time_or_none(intervention.ended_at),
        "void": intervention.void,
    }


def person_views(session: Session, person_id: PersonId) -> Views:
    """Return the views of `person/<id>`: the public has only those on a list, speaking, just heard or on the panel."""
    person = session.people[person_id]
    public = person_value(person)
    spoken = session.spoken.get(person_id, _NOBODY)
    staff = {
        **public,
        "spoken_times": spoken.times,
        "spoken_seconds": spoken.duration.total_seconds(),
        "region": person.region,
    }
    limit = session.limits.people.get(person_id)
    technical = {
        **staff,
        "accessibility_needs": list(person.accessibility_needs),
        "platform_name": person.platform_name,
        "limit_seconds": limit.seconds if limit else None,
        "limit_reason": limit.reason if limit else None,
    }
    return Views(public if _is_on_screen(session, person) else ABSENT, staff, technical)


def person_value(person: Person) -> Mapping[str, Any]:
    """Return a person as everybody who may see them sees them."""
    return {
        "id": person.id,
        "name": person.name,
        "latin_name": person.latin_name,
        "organisation": person.organisation,
        "group": person.group,
        "attendance": person.attendance,
        "language": person.language,
        "role": person.role,
        "guest": person.guest,
    }


def undo_views(session: Session) -> Views:
    """Return the views of `undo`, which the public does not have."""
    value = [
        {"command": str(each.command), "by": each.actor, "type": each.type, "person": each.person}
        for each in session.undo
    ]
    return Views(ABSENT, value, value)


def time_or_none(at: datetime | None) -> str | None:
    """Return a time as it is written, or None."""
    return None if at is None else format_time(at)


def _is_on_screen(session: Session, person: Person) -> bool:
    if person.id in session.programme.panellists:
        return True
    if any(request.status in _ON_LIST for request in session.requests_by(person.id)):
        return True
    shown = (*session.ended[-PUBLIC_ENDED:], session.floor.interrupted)
    return any(each is not None and session.interventions[each].person == person.id for each in shown)
