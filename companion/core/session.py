"""A session as a whole: decide and evolve. Routes to the rules, and holds what crosses two of them.

`decide` is given the state with all that is staged in it; `evolve` accepts whatever `decide` produced, and never
refuses.
"""

from datetime import datetime
from typing import Final

from companion.core import (
    arrangement,
    attendance,
    display,
    floor,
    list_of_speakers,
    notes,
    permissions,
    placing,
    polls,
    programme,
    reckoning,
    recommendations,
    requests,
    undo,
)
from companion.core import commands as c
from companion.core import events as e
from companion.core.ids import SYSTEM, PersonId, Unset, made_here
from companion.core.people import Actor
from companion.core.procedure import (
    ListStatus,
    RequestKind,
    RequestList,
    RequestStatus,
    SegmentKind,
    SessionStatus,
    WaitingAtSegment,
    list_for,
)
from companion.core.proceedings import FloorRequest, Limit, limit_set_by
from companion.core.refusals import Refusal, Refused
from companion.core.renewal import replace
from companion.core.speaking_order import at_the_end
from companion.core.state import Session
from companion.core.touched import touches

_NO_MATTER_OF_ORDER: Final = e.NoteEvent | e.RecommendationEvent | e.PollEvent | e.DisplayEvent


def decide(session: Session, command: c.Command, *, by: Actor, at: datetime) -> list[e.Event]:
    """Return what happens if `by` issues `command` at `at`.

    Raises:
        Refused: nothing happens; its reason says why.
    """
    events = _decided(session, command, by=by, at=at)
    return [*events, *_kept_in_order(session, events, by, at)] if _may_change_the_order(session, events) else events


def _decided(session: Session, command: c.Command, *, by: Actor, at: datetime) -> list[e.Event]:  # noqa: C901 (one case each)
    permissions.check(command, by)
    if isinstance(command, c.PrepareSession) is not (session.seq == 0):
        raise Refused(Refusal.NOT_NOW)
    if session.course.status is SessionStatus.FINALISED and by.person != SYSTEM:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    if (recognised := session.recognised(by.person)) != by.person:
        by = replace(by, person=recognised)
    match command:  # what many send at once comes first
        case (
            c.AnswerPoll()
            | c.DraftPoll()
            | c.OpenPoll()
            | c.CountRoom()
            | c.ClosePoll()
            | c.PublishPoll()
            | c.SetOutcome()
            | c.AskAgain()
        ):
            return polls.decide(session, command, by=by.person)
        case (
            c.RequestFloor()
            | c.ChangeRequest()
            | c.WithdrawRequest()
            | c.MarkReady()
            | c.MoveRequest()
            | c.ExchangePlaces()
            | c.HoldRequest()
            | c.ReleaseRequest()
            | c.HandInStatement()
        ):
            return requests.decide(session, command, by=by)
        case (
            c.AddNote() | c.WriteNote() | c.TypeNote() | c.MarkNote() | c.MoveNote() | c.RemoveNote() | c.ReleaseNote()
        ):
            return notes.decide(session, command)
        case c.PrepareSession():
            return _prepare(command)
        case c.Undo():
            return _undo(session, command, by, at)
        case c.BeginSegment() | c.StartSession():
            return _begin(session, command)
        case c.SuspendSession():
            return _suspend(session, command)
        case c.CloseSession():
            return _close(session, command)
        case c.ChangeSettings():
            return _change_settings(session, command)
        case c.MarkAbsent():
            return _mark_absent(session, command, by)
        case c.ResumeSession() | c.ReopenSession() | c.FinaliseSession() | c.Preside() | c.CorrectRecord():
            return programme.decide(session, command)
        case c.EnterPerson() | c.CorrectPerson() | c.MarkAttendance() | c.LinkPerson() | c.ChangeRole():
            return attendance.decide(session, command)
        case c.ShowOnDisplay() | c.Announce() | c.SignalFromBooth():
            return display.decide(command)
        case (
            c.GiveFloor()
            | c.NextSpeaker()
            | c.PauseFloor()
            | c.ResumeFloor()
            | c.ExtendFloor()
            | c.EndFloor()
            | c.RuleOnOrder()
        ):
            return floor.decide(session, command)
        case (
            c.ProposeRecommendation()
            | c.ReviseRecommendation()
            | c.AmendRecommendation()
            | c.SetAsideAmendment()
            | c.SetRecommendationStatus()
            | c.TakePosition()
            | c.BringRecommendation()
        ):
            return recommendations.decide(session, command, by=by)
        case _:
            return list_of_speakers.decide(session, command, at=at)


def evolve(
    session: Session,
    recorded: e.Recorded,
    *,
    reckoned: reckoning.Follow = reckoning.follow,
    remembered: undo.Remember = undo.remember,
) -> Session:
    """Return the session after `recorded`; `reckoned` sees to its reckoning, `remembered` to what can be undone."""
    event = recorded.event
    known_to = session if isinstance(event, e.CommandUndone) else None
    after = _routed(session, recorded, event)
    after = reckoned(session, after, touches(known_to or after, event), at=recorded.at)
    after = remembered(session, after, recorded)
    return replace(after, seq=recorded.seq, at=recorded.at)


def _routed(session: Session, recorded: e.Recorded, event: e.Event) -> Session:  # noqa: C901 (one case each)
    match event:  # what many bring about at once comes first
        case (
            e.PollAnswered()
            | e.PollDrafted()
            | e.PollOpened()
            | e.RoomCounted()
            | e.PollClosed()
            | e.PollPublished()
            | e.PollOutcomeSet()
        ):
            return polls.evolve(session, recorded, event)
        case (
            e.FloorRequested()
            | e.RequestChanged()
            | e.RequestWithdrawn()
            | e.RequestReadinessChanged()
            | e.RequestMoved()
            | e.RequestHeld()
            | e.RequestReleased()
            | e.RequestNotReached()
            | e.ExchangeOffered()
            | e.RequestAbsent()
            | e.StatementHandedIn()
        ):
            return requests.evolve(session, recorded, event)
        case (
            e.NoteAdded()
            | e.NoteWritten()
            | e.NoteTyped()
            | e.NoteMarked()
            | e.NoteMoved()
            | e.NotesRenumbered()
            | e.NoteRemoved()
            | e.NoteReleased()
        ):
            return notes.evolve(session, recorded, event)
        case (
            e.FloorGiven()
            | e.FloorPaused()
            | e.FloorResumed()
            | e.FloorExtended()
            | e.FloorEnded()
            | e.FloorVoided()
            | e.FloorGivenBack()
            | e.RulingMade()
        ):
            return floor.evolve(session, recorded, event)
        case e.PersonEntered() | e.PersonCorrected() | e.GuestLinked():
            return attendance.evolve(session, event)
        case (
            e.SessionScheduled()
            | e.SessionStarted()
            | e.SegmentBegan()
            | e.SessionSuspended()
            | e.SessionResumed()
            | e.SessionClosed()
            | e.SessionReopened()
            | e.SessionFinalised()
            | e.SettingsChanged()
            | e.PresidingPassed()
            | e.RecordCorrected()
        ):
            return programme.evolve(session, recorded, event)
        case (
            e.RecommendationProposed()
            | e.RecommendationRevised()
            | e.RecommendationStatusChanged()
            | e.AmendmentProposed()
            | e.AmendmentSetAside()
            | e.PositionTaken()
        ):
            return recommendations.evolve(session, recorded, event)
        case e.DisplayChanged() | e.Announced():
            return display.evolve(session, recorded, event)
        case e.CommandUndone():
            return undo.evolve(session, recorded, event)
        case _:
            return list_of_speakers.evolve(session, recorded, event)


def _may_change_the_order(session: Session, events: list[e.Event]) -> bool:
    """Say whether a list that keeps itself in order may have to change after `events`."""
    if session.list.automatic:
        return not all(isinstance(event, _NO_MATTER_OF_ORDER) for event in events)
    return any(isinstance(event, e.ListRuleSet) and event.automatic for event in events)


def _kept_in_order(session: Session, events: list[e.Event], by: Actor, at: datetime) -> list[e.Event]:
    """Return what keeps the list in the order of its rule after `events`, where it does so by itself."""
    for event in events:
        session = evolve(session, e.Recorded(seq=session.seq + 1, at=at, by=by.person, command="", event=event))
    return arrangement.keep(session)


def _prepare(command: c.PrepareSession) -> list[e.Event]:
    """Put the session on the programme, with its people; panellists stand on the list beforehand."""
    if not command.segments:
        raise Refused(Refusal.BAD_MESSAGE)
    events: list[e.Event] = [programme.schedule(command)]
    events += [e.PersonEntered(person=person) for person in command.people]
    known = {person.id for person in command.people}
    kinds = {
        SegmentKind.PANEL_PRESENTATIONS: RequestKind.PANEL_PRESENTATION,
        SegmentKind.PANELLISTS_REPLIES: RequestKind.PANELLIST_REPLY,
    }
    for segment in command.segments:
        if segment.kind not in kinds:
            continue
        for person in command.panellists:
            if person not in known:
                raise Refused(Refusal.NOT_FOUND)
            seq, kind = len(events) + 1, kinds[segment.kind]
            events.append(
                e.FloorRequested(
                    request=made_here("r", seq),
                    person=person,
                    list=list_for(kind),
                    kind=kind,
                    rank=at_the_end(seq),
                    topic=None,
                    on_behalf_of=None,
                    language=None,
                    segment=segment.id,
                    held=True,
                )
            )
    return events


def _begin(session: Session, command: c.StartSession | c.BeginSegment) -> list[e.Event]:
    """Begin a segment: those who wait are kept, held or not reached; those inscribed for it wait, once each."""
    begun = programme.decide(session, command)
    segment = next(event.segment for event in begun if isinstance(event, e.SegmentBegan))
    inscribed: dict[tuple[PersonId, RequestList], FloorRequest] = {}
    for request in sorted(session.requests.values(), key=lambda each: (each.rank, each.id)):
        if request.status is RequestStatus.HELD and request.segment == segment:
            inscribed.setdefault((request.person, request.list), request)
    what = command.waiting if isinstance(command, c.BeginSegment) else WaitingAtSegment.KEEP
    aside: list[e.Event] = []
    for which in RequestList:
        for _, waiting in session.places(which):
            if what is WaitingAtSegment.NOT_REACHED:
                aside.append(e.RequestNotReached(request=waiting))
            elif what is WaitingAtSegment.HOLD or (session.requests[waiting].person, which) in inscribed:
                aside.append(e.RequestHeld(request=waiting))
    released = [e.RequestReleased(request=request.id) for request in inscribed.values()]
    return [begun[0], *aside, *released, *begun[1:]]


def _suspend(session: Session, command: c.SuspendSession) -> list[e.Event]:
    """Break off: the speaker's clock stands."""
    suspended = programme.decide(session, command)
    speaking = session.speaking
    if speaking is not None and speaking.paused_at is None:
        return [e.FloorPaused(intervention=speaking.id), *suspended]
    return suspended


def _close(session: Session, command: c.CloseSession) -> list[e.Event]:
    """End it: whoever speaks has ended, whoever waits or is held was not reached, list and polls are closed."""
    closed = programme.decide(session, command)
    events = floor.end_all(session)
    if session.list.status is ListStatus.OPEN:
        events.append(e.ListClosed())
    left = [r for r in session.requests.values() if r.status.stands]
    left.sort(key=lambda request: (request.list, request.rank, request.id))
    return [
        *events,
        *polls.close_all(session, command.counted),
        *(e.RequestNotReached(request=request.id) for request in left),
        *closed,
    ]


def _change_settings(session: Session, command: c.ChangeSettings) -> list[e.Event]:
    """Change settings, and with them the speaking times and the rule that a preset brings."""
    events = programme.decide(session, command)
    of_preset = () if command.found is None else (command.found.limits,)
    said = () if isinstance(command.limits, Unset) else (command.limits,)
    in_the_end = {
        limit_set_by(event): event
        for limits in (*of_preset, *said)
        for event in list_of_speakers.limits_set(session, limits)
    }
    events += [event for event in in_the_end.values() if _is_new(session, event)]
    if command.found is not None and command.found.rule is not session.list.rule:
        events.append(list_of_speakers.rule_set(command.found.rule))
    return events


def _is_new(session: Session, event: e.LimitSet) -> bool:
    return session.limits.get(limit_set_by(event), Limit()).seconds != event.seconds


def _mark_absent(session: Session, command: c.MarkAbsent, by: Actor) -> list[e.Event]:
    """Take note that whoever was called is not there; an intervention that had begun is void."""
    request = session.requests.get(command.request)
    if request is None:
        raise Refused(Refusal.NOT_FOUND)
    if request.status is RequestStatus.WAITING:
        return [placing.absent(session, request)]
    speaking = session.speaking
    if speaking is None or speaking.request != request.id:
        raise Refused(Refusal.NOT_ON_LIST)
    if not permissions.may_for_anyone(by.role, c.EndFloor):
        raise Refused(Refusal.NOT_ALLOWED)
    voided = floor.void(session, speaking)
    return [*voided, placing.absent(session, request, after=len(voided))]


def _undo(session: Session, command: c.Undo, by: Actor, at: datetime) -> list[e.Event]:
    """Whoever may send a command may undo it."""
    undoable = undo.find(session, command.command)
    if not permissions.may_undo(by.role, undoable.type):
        raise Refused(Refusal.NOT_ALLOWED)
    events = undo.decide(session, undoable, at=at)
    after = undo.restored(session, undoable, at)
    programme.check_attribution(session, after.settings)
    for image in undoable.images:
        recommendations.check_agreed(after, image.ref.id)
    return events
