"""The floor: who speaks, since when, and for how long.

At most one person speaks at a time. A point of order interrupts when it is given: the speaker's clock stands, and goes
on with what was left once the point of order is over (General Assembly rules 71 and 113).
"""

from datetime import datetime
from typing import NamedTuple, TypeAlias, assert_never

from companion.core import commands as c
from companion.core import events as e
from companion.core import speaking_time, whose_turn
from companion.core.ids import InterventionId, RequestId, made_here
from companion.core.people import Spoken
from companion.core.procedure import TURNS, RequestList, RequestStatus, SessionStatus
from companion.core.proceedings import Floor, FloorRequest, Intervention, Pause
from companion.core.refusals import Refusal, Refused
from companion.core.renewal import replace
from companion.core.state import Session, put_intervention, put_request

FloorCommand: TypeAlias = (
    c.GiveFloor | c.NextSpeaker | c.PauseFloor | c.ResumeFloor | c.ExtendFloor | c.EndFloor | c.RuleOnOrder
)
FloorEvent: TypeAlias = (
    e.FloorGiven
    | e.FloorPaused
    | e.FloorResumed
    | e.FloorExtended
    | e.FloorEnded
    | e.FloorVoided
    | e.FloorGivenBack
    | e.RulingMade
)


class Coming(NamedTuple):
    """What the next tap does: give the floor to a request, or back to an interrupted intervention; or neither."""

    request: RequestId | None
    intervention: InterventionId | None


def decide(session: Session, command: FloorCommand) -> list[e.Event]:  # noqa: C901 (one case each)
    """Return what happens if the moderator issues `command` now, or raise `Refused`."""
    if isinstance(command, c.RuleOnOrder):
        return _rule(session, command)
    if command.expect != session.floor.intervention:
        raise Refused(Refusal.STALE)
    match command:
        case c.GiveFloor():
            return _give(session, command.request)
        case c.NextSpeaker():
            return _next(session)
        case c.PauseFloor():
            return _pause(_speaking(session))
        case c.ResumeFloor():
            return _resume(session)
        case c.ExtendFloor():
            return _extend(_speaking(session), command)
        case c.EndFloor():
            return end(session, _speaking(session))
        case _:
            assert_never(command)


def evolve(session: Session, recorded: e.Recorded, event: FloorEvent) -> Session:  # noqa: C901 (one case each)
    """Return the session after `event`."""
    match event:
        case e.FloorGiven():
            return _given(session, recorded, event)
        case e.FloorPaused():
            return _paused(session, recorded, event.intervention)
        case e.FloorResumed():
            return _resumed(session, recorded, event.intervention)
        case e.FloorExtended():
            return _extended(session, event)
        case e.FloorEnded():
            return _ended(session, recorded, event)
        case e.FloorVoided():
            return _voided(session, recorded, event)
        case e.FloorGivenBack():
            back = replace(session, floor=Floor(intervention=event.intervention))
            return _resumed(back, recorded, event.intervention) if event.running else back
        case e.RulingMade():
            request = session.requests[event.request]
            return put_request(session, replace(request, ruling=event.ruling, ruled_at=recorded.at))
        case _:
            assert_never(event)


def coming(session: Session) -> Coming:
    """Return who comes next: points of order, then whom one interrupted, then speakers, then rights of reply."""
    if order := session.places(RequestList.ORDER):
        return Coming(order[0][1], None)
    if session.floor.interrupted is not None:
        return Coming(None, session.floor.interrupted)
    for which in (RequestList.SPEAKERS, RequestList.REPLY):
        if places := session.places(which):
            return Coming(places[0][1], None)
    return Coming(None, None)


def end(session: Session, speaking: Intervention) -> list[e.Event]:
    """Return the end of the intervention that has the floor, and the return of the floor to whom it interrupted.

    In a break the floor goes back, but the clock stands until the moderator lets it go on.
    """
    ended: list[e.Event] = [e.FloorEnded(intervention=speaking.id)]
    if session.floor.interrupted is not None:
        running = session.floor.running and session.course.status is SessionStatus.OPEN
        ended.append(e.FloorGivenBack(intervention=session.floor.interrupted, running=running))
    return ended


def void(session: Session, speaking: Intervention) -> list[e.Event]:
    """Return the intervention that has the floor as if never begun, for whoever was called is not there."""
    _, *given_back = end(session, speaking)
    return [e.FloorVoided(intervention=speaking.id), *given_back]


def end_all(session: Session) -> list[e.Event]:
    """Return the end of whoever has the floor and of whom they interrupted, at the close of a session."""
    both = (session.floor.intervention, session.floor.interrupted)
    return [e.FloorEnded(intervention=each) for each in both if each is not None]


def _speaking(session: Session) -> Intervention:
    if session.speaking is None:
        raise Refused(Refusal.NOBODY_IS_SPEAKING)
    return session.speaking


def _give(session: Session, request_id: RequestId) -> list[e.Event]:
    if session.course.status is not SessionStatus.OPEN:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    request = session.requests.get(request_id)
    if request is None:
        raise Refused(Refusal.NOT_FOUND)
    if not request.status.stands:
        raise Refused(Refusal.NOT_ON_LIST)
    interrupts = _interrupted_by(session, request)
    ended: list[e.Event] = []
    if session.speaking is not None and session.speaking.id != interrupts:
        ended.append(e.FloorEnded(intervention=session.speaking.id))
    if session.floor.interrupted is not None and session.floor.interrupted != interrupts:
        ended.append(e.FloorEnded(intervention=session.floor.interrupted))
    given = e.FloorGiven(
        intervention=made_here("i", session.seq + len(ended) + 1),
        request=request.id,
        limit_seconds=speaking_time.allotted(session, request.person, request.kind),
        interrupts=interrupts,
        rule=session.list.rule,
        suggested=_suggested_instead(session, request),
    )
    return [*ended, given]


def _suggested_instead(session: Session, request: FloorRequest) -> RequestId | None:
    """Return whom the rule in force would have next where that is somebody else: a departure from it, for the record."""
    if request.list is not RequestList.SPEAKERS or request.kind not in TURNS:
        return None
    suggested = whose_turn.suggestion(session)
    return None if suggested == request.id else suggested


def _interrupted_by(session: Session, request: FloorRequest) -> InterventionId | None:
    """Return whose clock stands while `request` is heard; one point of order after another keeps the same."""
    if request.list is not RequestList.ORDER or session.speaking is None:
        return None
    if session.floor.interrupted is not None:
        return session.floor.interrupted
    return None if session.speaking.list is RequestList.ORDER else session.speaking.id


def _next(session: Session) -> list[e.Event]:
    if session.course.status is not SessionStatus.OPEN:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    request, back = coming(session)
    if back is not None:
        return end(session, _speaking(session))
    if request is None:
        raise Refused(Refusal.NOT_ON_LIST)
    return _give(session, request)


def _pause(speaking: Intervention) -> list[e.Event]:
    if speaking.paused_at is not None:
        raise Refused(Refusal.NOT_NOW)
    return [e.FloorPaused(intervention=speaking.id)]


def _resume(session: Session) -> list[e.Event]:
    speaking = _speaking(session)
    if session.course.status is not SessionStatus.OPEN:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    if speaking.paused_at is None:
        raise Refused(Refusal.NOT_NOW)
    return [e.FloorResumed(intervention=speaking.id)]


def _extend(speaking: Intervention, command: c.ExtendFloor) -> list[e.Event]:
    if speaking.limit_seconds is None:
        raise Refused(Refusal.NOT_NOW)
    return [e.FloorExtended(intervention=speaking.id, seconds=command.seconds)]


def _rule(session: Session, command: c.RuleOnOrder) -> list[e.Event]:
    request = session.requests.get(command.request)
    if request is None:
        raise Refused(Refusal.NOT_FOUND)
    heard = request.status in {RequestStatus.SPEAKING, RequestStatus.DELIVERED}
    if request.list is not RequestList.ORDER or not heard:
        raise Refused(Refusal.NOT_NOW)
    return [e.RulingMade(request=request.id, ruling=command.ruling)]


def _given(session: Session, recorded: e.Recorded, event: e.FloorGiven) -> Session:
    request = session.requests[event.request]
    person = session.people[request.person]
    floor = Floor(intervention=event.intervention)
    if event.interrupts is not None:
        stands = session.interventions[event.interrupts]
        running = session.floor.running if session.floor.interrupted == stands.id else stands.paused_at is None
        floor = replace(floor, interrupted=stands.id, running=running)
        if stands.paused_at is None:
            session = _paused(session, recorded, stands.id)
    intervention = Intervention(
        id=event.intervention,
        request=request.id,
        person=request.person,
        list=request.list,
        kind=request.kind,
        attendance=person.attendance,
        started_at=recorded.at,
        given_by=recorded.by,
        segment=session.course.segment,
        topic=request.topic,
        on_behalf_of=request.on_behalf_of,
        language=request.language,
        reply_to=request.reply_to,
        placed_by=request.placed_by,
        suggested=event.suggested,
        limit_seconds=event.limit_seconds,
    )
    session = put_request(
        session, replace(request, status=RequestStatus.SPEAKING, intervention=intervention.id, segment=None)
    )
    return replace(put_intervention(session, intervention), floor=floor)


def _paused(session: Session, recorded: e.Recorded, intervention_id: InterventionId) -> Session:
    intervention = session.interventions[intervention_id]
    pauses = (*intervention.pauses, Pause(since=recorded.at))
    return put_intervention(session, replace(intervention, pauses=pauses))


def _resumed(session: Session, recorded: e.Recorded, intervention_id: InterventionId) -> Session:
    return put_intervention(session, _running(session.interventions[intervention_id], recorded))


def _running(intervention: Intervention, recorded: e.Recorded) -> Intervention:
    if intervention.paused_at is None:
        return intervention
    closed = Pause(since=intervention.paused_at, until=recorded.at)
    return replace(intervention, pauses=(*intervention.pauses[:-1], closed))


def _extended(session: Session, event: e.FloorExtended) -> Session:
    intervention = session.interventions[event.intervention]
    limit = (intervention.limit_seconds or 0) + event.seconds
    extended = intervention.extended_seconds + event.seconds
    return put_intervention(session, replace(intervention, limit_seconds=limit, extended_seconds=extended))


def _ended(session: Session, recorded: e.Recorded, event: e.FloorEnded) -> Session:
    intervention = session.interventions[event.intervention]
    intervention = replace(_running(intervention, recorded), ended_at=recorded.at)
    request = session.requests[intervention.request]
    session = put_request(session, replace(request, status=RequestStatus.DELIVERED, ended_at=recorded.at))
    session = put_intervention(session, intervention)
    if intervention.list is not RequestList.ORDER:
        session = _counted(session, intervention, recorded.at)
    floor = session.floor
    if floor.intervention == intervention.id:
        floor = replace(floor, intervention=None)
    if floor.interrupted == intervention.id:
        floor = Floor(intervention=floor.intervention)
    return replace(session, floor=floor)


def _voided(session: Session, recorded: e.Recorded, event: e.FloorVoided) -> Session:
    intervention = _running(session.interventions[event.intervention], recorded)
    session = put_intervention(session, replace(intervention, ended_at=recorded.at, void=True))
    return replace(session, floor=replace(session.floor, intervention=None))


def _counted(session: Session, intervention: Intervention, at: datetime) -> Session:
    before = session.spoken.get(intervention.person, Spoken())
    duration = before.duration + speaking_time.spoken(intervention, at=at)
    spoken = Spoken(times=before.times + 1, duration=duration)
    return replace(session, spoken=session.spoken.insert(intervention.person, spoken))
