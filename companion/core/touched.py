"""What an event touches: the addresses of the parts of a session that it changes.

Undo puts them back, the reckoning reckons them anew, and the audiences look at the keys that show them.
"""

from companion.core import events as e
from companion.core.proceedings import SHARED, limit_set_by
from companion.core.state import (
    ANNOUNCEMENT,
    COURSE,
    DISPLAY,
    FLOOR,
    LIST,
    SETTINGS,
    SHARE,
    Ref,
    Session,
    Undoable,
    position_of,
)


def touches(session: Session, event: e.Event) -> tuple[Ref, ...]:  # noqa: C901 (one case per event)
    """Return the addresses of the parts that `event` changes; `session` is the one before or after it."""
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
            return (Ref("poll", event.poll),)
        case (
            e.FloorRequested()
            | e.RequestChanged()
            | e.RequestWithdrawn()
            | e.RequestReadinessChanged()
            | e.RequestMoved()
            | e.RequestHeld()
            | e.RequestReleased()
            | e.RequestNotReached()
            | e.RequestAbsent()
            | e.StatementHandedIn()
            | e.RulingMade()
        ):
            return (Ref("request", event.request),)
        case (
            e.NoteAdded()
            | e.NoteWritten()
            | e.NoteTyped()
            | e.NoteMarked()
            | e.NoteMoved()
            | e.NoteRemoved()
            | e.NoteReleased()
        ):
            return (Ref("note", event.note),)
        case e.SessionScheduled():
            return COURSE, SETTINGS, *(Ref("limit", address) for address in session.limits)
        case (
            e.SessionStarted()
            | e.SegmentBegan()
            | e.SessionSuspended()
            | e.SessionResumed()
            | e.SessionClosed()
            | e.SessionReopened()
            | e.SessionFinalised()
            | e.PresidingPassed()
        ):
            return (COURSE,)
        case e.RecordCorrected():
            return ()
        case e.SettingsChanged():
            return (SETTINGS,)
        case e.PersonEntered() | e.PersonCorrected():
            return (Ref("person", event.person.id),)
        case e.GuestLinked():
            two = (event.guest, event.person)
            return (
                *(Ref("request", request) for request in event.requests),
                *(Ref("intervention", intervention) for intervention in event.interventions),
                *(Ref(noun, who) for noun in ("person", "spoken") for who in two),
            )
        case e.ListOpened() | e.ListClosed() | e.ListRuleSet():
            return (LIST,)
        case e.TimeShareProposed():
            return (SHARE,)
        case e.TimeShared():
            return SHARE, Ref("limit", SHARED)
        case e.LimitSet():
            return (Ref("limit", limit_set_by(event)),)
        case e.ExchangeOffered():
            both = (event.request, event.partner, event.before)
            return tuple(Ref("request", each) for each in both if each is not None)
        case e.RequestsRenumbered() | e.ListArranged() | e.PlacesExchanged():
            return tuple(Ref("request", request) for request, _ in event.ranks)
        case e.FloorGiven():
            interrupted = (Ref("intervention", event.interrupts),) if event.interrupts else ()
            return FLOOR, Ref("intervention", event.intervention), Ref("request", event.request), *interrupted
        case e.FloorPaused() | e.FloorResumed() | e.FloorExtended():
            return (Ref("intervention", event.intervention),)
        case e.FloorVoided() | e.FloorGivenBack():
            return FLOOR, Ref("intervention", event.intervention)
        case e.FloorEnded():
            over = session.interventions[event.intervention]
            return FLOOR, Ref("intervention", over.id), Ref("request", over.request), Ref("spoken", over.person)
        case e.NotesRenumbered():
            return tuple(Ref("note", note) for note, _ in event.ranks)
        case e.RecommendationProposed() | e.RecommendationStatusChanged():
            return (Ref("recommendation", event.recommendation),)
        case e.RecommendationRevised():
            taken_in = [Ref("amendment", event.amendment)] if event.amendment else []
            return Ref("recommendation", event.recommendation), *taken_in
        case e.AmendmentProposed() | e.AmendmentSetAside():
            return (Ref("amendment", event.amendment),)
        case e.PositionTaken():
            return (Ref("position", position_of(event.recommendation, event.person)),)
        case e.DisplayChanged() | e.Announced():
            return (DISPLAY if isinstance(event, e.DisplayChanged) else ANNOUNCEMENT,)
        case _:
            undone = find_undoable(session, event.command)
            return tuple(image.ref for image in undone.images) if undone else ()


def find_undoable(session: Session, command: int) -> Undoable | None:
    """Return the undoable command whose first event has this number, or None where there is none, or none any more."""
    return next((each for each in session.undo if each.command == command), None)
