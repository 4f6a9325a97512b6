"""What stands under the keys of the list and the floor: requests, interventions, forecast, balance, people."""

from collections.abc import Mapping
from typing import Any, Final

from companion.audiences.views import ABSENT, Value, Views, everybody, public_and_staff, time_or_none
from companion.clock import format_time
from companion.core import alarms, floor, forecast, placing, speaking_time, whose_turn
from companion.core.ids import InterventionId, PersonId, RequestId
from companion.core.people import Person, Spoken
from companion.core.procedure import QuotaBy, RequestList, RequestStatus, Rule
from companion.core.proceedings import FloorRequest, Intervention, Limit, of_person
from companion.core.reckoned import Dimension
from companion.core.state import Session

PUBLIC_ENDED: Final = 3
STAFF_ENDED: Final = 50
_ON_LIST: Final = frozenset({RequestStatus.WAITING, RequestStatus.SPEAKING})
_NOBODY: Final = Spoken()


def list_views(session: Session) -> Views:
    """Return the views of `list`: which region somebody is of is for staff, and so is the region whose turn it is."""
    value = _list_value(session)
    if session.list.by is not QuotaBy.REGION:
        return everybody(value)
    reason = value["reason"]
    values = {name: each for name, each in reason["values"].items() if name != "category"}
    return public_and_staff({**value, "reason": {**reason, "values": values}}, value)


def _list_value(session: Session) -> Mapping[str, Any]:
    list_, share = session.list, session.share
    proposed = None
    if share.seconds is not None:
        proposed = {"seconds": share.seconds, "names": share.names, "at": time_or_none(share.at)}
    return {
        "status": list_.status,
        "rule": list_.rule,
        "automatic": list_.automatic,
        "letter": list_.letter,
        "by": list_.by,
        "shares": dict(list_.shares),
        "reason": {"key": list_.rule, "values": _reason(session)},
        "waiting": len(session.places(RequestList.SPEAKERS)),
        "next": floor.coming(session).request,
        "proposed": proposed,
        "opened_at": time_or_none(list_.opened_at),
        "closed_at": time_or_none(list_.closed_at),
        "closes_at": time_or_none(alarms.closes_at(session)),
    }


def _reason(session: Session) -> Mapping[str, Any]:
    """Return whom the rule would have next and why: the category whose turn it is, and when it last had one."""
    found = whose_turn.suggested(session)
    if found is None:
        return {}
    values: dict[str, Any] = {"request": found.request, "last_at": time_or_none(found.last_at)}
    request = session.requests[found.request]
    if found.category == whose_turn.SENT_BACK:
        return {"request": found.request, "category": found.category}
    match session.list.rule:
        case Rule.ROUND_ROBIN_GROUP | Rule.JOINT_FIRST_ROUND_ROBIN_GROUP | Rule.QUOTA:
            return {**values, "category": found.category.removeprefix("group/") or None}
        case Rule.JOINT_FIRST | Rule.ALTERNATE_ATTENDANCE:
            return {**values, "category": found.category}
        case Rule.NOT_YET_SPOKEN_FIRST:
            return {**values, "times": session.reckoning.turns.times.get(request.person, 0)}
        case _:
            return {"request": found.request}


def forecast_views(session: Session) -> Views:
    """Return the views of `forecast`: everybody sees when the list will be through, staff what would make it fit."""
    as_of = session.reckoning.as_of
    if as_of is None or not session.course.status.is_running:
        return everybody(None)
    expected = forecast.forecast(session, at=as_of)
    public = {
        "as_of": format_time(as_of),
        "waiting": expected.waiting,
        "waiting_seconds": expected.waiting_seconds,
        "changeover_seconds": expected.changeover_seconds,
        "pace": expected.pace,
        "through_at": format_time(expected.through_at),
    }
    staff = {
        **public,
        "speaking_seconds": expected.speaking_seconds,
        "later_seconds": expected.later_seconds,
        "ends_at": time_or_none(expected.ends_at),
        "late_seconds": expected.late_seconds,
        "fits_seconds": expected.fits_seconds,
    }
    return public_and_staff(public, staff)


def balance_views(session: Session) -> Views:
    """Return the views of `balance`, which is for staff: of this session, of the day, and of the workshop before it."""
    shares: dict[str, dict[str, list[int]]] = {dimension.value: {} for dimension in Dimension}
    for (dimension, what), share in sorted(session.reckoning.shares.items()):
        seconds = round(share.duration.total_seconds())
        shares[dimension.value][what] = [share.requests, share.interventions, seconds]
    earlier: dict[str, dict[str, dict[str, list[int]]]] = {"day": {}, "workshop": {}}
    for each in session.course.earlier:
        for period in ("day", "workshop") if each.same_day else ("workshop",):
            sums = earlier[period].setdefault(each.what, {}).setdefault(each.id, [0, 0, 0])
            earlier[period][each.what][each.id] = [
                had + more for had, more in zip(sums, (each.requests, each.interventions, each.seconds), strict=True)
            ]
    banks = {
        group.id: left
        for group in session.programme.groups
        if (left := speaking_time.bank_left(session, group.id)) is not None
    }
    value = {"session": shares, "earlier": earlier, "banks": banks}
    return public_and_staff(ABSENT, value)


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
    if not staff:
        return everybody(ABSENT)
    value = request_value(session, request)
    # A statement that was handed in is for those who prepare for it: staff, and interpreters ("check against delivery").
    text = {**value, "text": request.text}
    return Views(value if public else ABSENT, text, text, text if public else ABSENT)


def request_value(session: Session, request: FloorRequest) -> Mapping[str, Any]:
    """Return a request as everybody who may see it sees it."""
    expected = session.reckoning.expected.get(request.id)
    return {
        "id": request.id,
        "person": request.person,
        "list": request.list,
        "kind": request.kind,
        "status": request.status,
        "rank": request.rank,
        "requested_at": format_time(request.requested_at),
        "expected_seconds": expected[1]
        if expected
        else speaking_time.expected_seconds(session, request.person, request.kind),
        "topic": request.topic,
        "on_behalf_of": request.on_behalf_of,
        "language": request.language,
        "ready": request.ready,
        "segment": request.segment,
        "ruling": request.ruling,
        "reply_to": request.reply_to,
        "placed_by": request.placed_by,
        "absences": request.absences,
        "has_text": request.text is not None,
        "carried_from": request.carried_from and request.carried_from[0],
    }


def own_request_value(session: Session, request: FloorRequest) -> Mapping[str, Any]:
    """Return a request as its own person sees it: with the time they will have, the statement, and offers to exchange places."""
    return {
        **request_value(session, request),
        "limit_seconds": speaking_time.allotted(session, request.person, request.kind),
        "text": request.text,
        "exchange_with": placing.offer_of(session, request),
        "offers": [each.id for each in placing.offers(session, request)],
    }


def intervention_views(session: Session, intervention_id: InterventionId) -> Views:
    """Return the views of `intervention/<id>`: on the floor, interrupted, and the last few that ended."""
    intervention = session.interventions[intervention_id]
    current = intervention_id in {session.floor.intervention, session.floor.interrupted}
    public = current or intervention_id in session.ended[-PUBLIC_ENDED:]
    staff = public or intervention_id in session.ended[-STAFF_ENDED:]
    if not staff:
        return everybody(ABSENT)
    value = intervention_value(intervention)
    return public_and_staff(value if public else ABSENT, {**value, "suggested": intervention.suggested})


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
        "reply_to": intervention.reply_to,
    }


def person_views(session: Session, person_id: PersonId) -> Views:
    """Return the views of `person/<id>`: the public has only those on a list, speaking, just heard or on the panel."""
    person = session.people[person_id]
    if person.linked_to is not None:
        return everybody(ABSENT)
    public = person_value(person)
    spoken = session.spoken.get(person_id, _NOBODY)
    staff = {
        **public,
        "spoken_times": spoken.times,
        "spoken_seconds": spoken.duration.total_seconds(),
        "region": person.region,
        "present": person.present,
    }
    limit = session.limits.get(of_person(person_id), Limit())
    technical = {
        **staff,
        "accessibility_needs": list(person.accessibility_needs),
        "platform_name": person.platform_name,
        "limit_seconds": limit.seconds,
        "limit_reason": limit.reason,
    }
    return public_and_staff(public if _is_on_screen(session, person) else ABSENT, staff, technical)


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


def own_person_value(person: Person) -> Mapping[str, Any]:
    """Return a person as they see themselves: with the name under which the video meeting knows them."""
    return {**person_value(person), "platform_name": person.platform_name}


def _is_on_screen(session: Session, person: Person) -> bool:
    if person.id in session.programme.panellists or person.id == session.course.presiding:
        return True
    if any(request.status in _ON_LIST for request in session.requests_by(person.id)):
        return True
    shown = (*session.ended[-PUBLIC_ENDED:], session.floor.interrupted)
    return any(each is not None and session.interventions[each].person == person.id for each in shown)
