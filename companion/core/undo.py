"""Taking back a command: each part that it touched goes back to what it was, if nobody has touched it since.

`touched.py` says which parts an event changes. What staff did lately is kept with the parts as
they were before and after. Undoing puts back the fields that the command changed and leaves the rest, so what others
did since stays. Where a field has been changed again, the later command has to be undone first.

Not undoable: the text of notes, versions of recommendations and amendments to them, polls and answers in them, starting, suspending, resuming, closing and reopening a session, announcements, arrivals, a move that
had the list renumbered, and whatever participants do for themselves.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import Enum, auto
from typing import Final, TypeAlias, cast

from companion.core import events as e
from companion.core.documents import Position
from companion.core.ids import SYSTEM
from companion.core.people import Role
from companion.core.procedure import RequestStatus, Rule, SessionStatus
from companion.core.proceedings import FloorRequest, Intervention
from companion.core.refusals import Refusal, Refused
from companion.core.renewal import replace
from companion.core.state import (
    FLOOR,
    Image,
    Part,
    Ref,
    Session,
    Undoable,
    part,
    put,
)
from companion.core.touched import find_undoable, touches

KEPT: Final = 40
"""How many commands can be taken back, one after the other."""

COMMAND_OF: Final[Mapping[type[e.Event], str]] = {
    e.SettingsChanged: "session.settings",
    e.RequestAbsent: "floor.absent",
    e.FloorVoided: "floor.absent",
    e.FloorGiven: "floor.give",
    e.SegmentBegan: "session.segment",
    e.FloorEnded: "floor.end",
    e.FloorGivenBack: "floor.end",
    e.FloorPaused: "floor.pause",
    e.FloorResumed: "floor.resume",
    e.FloorExtended: "floor.extend",
    e.RulingMade: "floor.rule",
    e.ListOpened: "list.open",
    e.ListClosed: "list.close",
    e.ListRuleSet: "list.rule",
    e.ListArranged: "list.arrange",
    e.TimeShareProposed: "list.share_time",
    e.TimeShared: "list.share_time",
    e.LimitSet: "list.limit",
    e.FloorRequested: "floor.request",
    e.RequestChanged: "floor.change",
    e.RequestWithdrawn: "floor.withdraw",
    e.RequestReadinessChanged: "floor.ready",
    e.RequestMoved: "floor.move",
    e.PlacesExchanged: "floor.exchange",
    e.ExchangeOffered: "floor.exchange",
    e.StatementHandedIn: "floor.written",
    e.RequestHeld: "floor.hold",
    e.RequestReleased: "floor.release",
    e.DisplayChanged: "display.show",
    e.PresidingPassed: "session.preside",
    e.GuestLinked: "person.link",
    e.PersonCorrected: "person.correct",
    e.NoteMarked: "note.mark",
    e.NoteMoved: "note.move",
    e.NoteRemoved: "note.remove",
    e.NoteReleased: "note.release",
    e.RecommendationStatusChanged: "recommendation.status",
    e.AmendmentSetAside: "recommendation.set_aside",
    e.PositionTaken: "recommendation.position",
}
"""The undoable events, and the wire name of the command that an undo of them takes back; the first row that a command
has an event of names it."""

_FOLLOWS: Final = frozenset({"alarms_since"})
"""The fields that follow from when another was set: putting that one back sets it anew."""

_FATE: Final[Mapping[type[object], tuple[str, ...]]] = {
    FloorRequest: ("status", "ruling"),
    Intervention: ("ended_at", "void"),
}
_ORDER: Final = (*dict.fromkeys(COMMAND_OF.values()), "attendance.mark", "list.carry_over", "")

_NEVER: Final = frozenset(
    {
        e.SessionScheduled,
        e.SessionStarted,
        e.SessionSuspended,
        e.SessionResumed,
        e.SessionReopened,
        e.SessionFinalised,
        e.RecordCorrected,
        e.Announced,
        e.NoteAdded,
        e.NoteWritten,
        e.NoteTyped,
        e.NotesRenumbered,
        e.RecommendationProposed,
        e.RecommendationRevised,
        e.AmendmentProposed,
        e.PollDrafted,
        e.PollOpened,
        e.PollAnswered,
        e.RoomCounted,
        e.PollClosed,
        e.PollPublished,
        e.PollOutcomeSet,
        e.CommandUndone,
    }
)
_HORIZON: Final = frozenset({e.SessionClosed, e.RequestsRenumbered})
_STAFF: Final = frozenset(
    {Role.MODERATOR, Role.LIST_OFFICER, Role.SECRETARIAT, Role.TECHNICAL_MODERATOR, Role.RAPPORTEUR}
)


Remember: TypeAlias = Callable[[Session, Session, e.Recorded], Session]
"""Takes the session before and the one after an event, and returns the latter with what can be undone of it."""


class Fate(Enum):
    """What becomes of the commands that can be undone, at an event."""

    STAY = auto()
    """They are what they were."""
    GO = auto()
    """None of them can be undone any more."""
    IS_DROPPED = auto()
    """The one that the event comes from cannot: what cannot be undone as a whole cannot be undone in part."""
    IS_KEPT = auto()
    """The one that the event comes from can be undone, with this event of it."""


def fate(before: Session, recorded: e.Recorded, *, same: bool) -> Fate:
    """Return what becomes of the commands that can be undone; `same`: the newest of them is the one that the event comes from."""
    kind = type(recorded.event)
    if kind in _HORIZON:
        return Fate.GO
    if kind in _NEVER:
        return Fate.IS_DROPPED if same else Fate.STAY
    if isinstance(recorded.event, e.ListArranged) and recorded.event.automatic:
        return Fate.STAY  # the list keeps itself in order, whatever is taken back
    return Fate.IS_KEPT if same or _opens_undoable(before, recorded) else Fate.STAY


def remember(before: Session, after: Session, recorded: e.Recorded) -> Session:
    """Return `after` with the command of `recorded` among those that can be undone, if it can be."""
    newest = after.undo[0] if after.undo else None
    same = newest is not None and (newest.actor, newest.id) == (recorded.by, recorded.command)
    match fate(before, recorded, same=same):
        case Fate.STAY:
            return after
        case Fate.GO:
            return replace(after, undo=())
        case Fate.IS_DROPPED:
            return replace(after, undo=after.undo[1:])
        case _:
            undoable = with_event(newest if same else None, before, after, recorded)
            return replace(after, undo=(undoable, *after.undo[same:])[:KEPT])


def with_event(same: Undoable | None, before: Session, after: Session, recorded: e.Recorded) -> Undoable:
    """Return what takes back the command of `recorded`; `same` is what took back the earlier events of it, if there were any."""
    images = list(same.images) if same is not None else []
    for ref in touches(after, recorded.event):
        # What an event touches is there after it.
        images = _imaged(images, ref, part(before, ref), cast("Part", part(after, ref)))
    return _undoable(same, recorded, tuple(images), after)


def find(session: Session, command: str) -> Undoable:
    """Return the undoable command named by its first sequence number, or raise `Refused`."""
    found = find_undoable(session, int(command)) if command.isdecimal() else None
    if found is None:
        raise Refused(Refusal.CANNOT_UNDO)
    return found


def decide(session: Session, undoable: Undoable, *, at: datetime) -> list[e.Event]:
    """Return the undoing of a command, or raise `Refused` where later actions depend on it."""
    if _floor_went_on(session, undoable) or any(_depended_on(session, image) for image in undoable.images):
        raise Refused(Refusal.CANNOT_UNDO, depends_on=_later(session, undoable))
    after = restored(session, undoable, at)
    if _clock_runs_in_a_break(after) or any(_place_is_taken(after, image) for image in undoable.images):
        raise Refused(Refusal.CANNOT_UNDO, depends_on=_later(session, undoable))
    return [e.CommandUndone(command=undoable.command, type=undoable.type)]


def evolve(session: Session, recorded: e.Recorded, event: e.CommandUndone) -> Session:
    """Return the session with the parts put back."""
    undoable = find_undoable(session, event.command)
    if undoable is None:
        return session  # of a version that kept others: what it took back is not known any more
    session = restored(session, undoable, recorded.at)
    return replace(session, undo=tuple(each for each in session.undo if each.command != event.command))


def _later(session: Session, undoable: Undoable) -> int | None:
    """Return the newest later command that touched a part which this one touched, or None where staff sent none."""
    refs = {image.ref for image in undoable.images}
    later = (each for each in session.undo if each.command > undoable.command)
    return next((each.command for each in later if refs & {image.ref for image in each.images}), None)


def _opens_undoable(before: Session, recorded: e.Recorded) -> bool:
    if recorded.by == SYSTEM or (actor := before.people.get(recorded.by)) is None or actor.role not in _STAFF:
        return False
    return type(recorded.event) in COMMAND_OF or isinstance(recorded.event, e.PersonEntered)


def _imaged(images: list[Image], ref: Ref, before: Part | None, after: Part) -> list[Image]:
    for index, image in enumerate(images):
        if image.ref == ref:
            images[index] = replace(image, after=after)
            return images
    return [*images, Image(ref=ref, before=before, after=after)]


def _undoable(newest: Undoable | None, recorded: e.Recorded, images: tuple[Image, ...], after: Session) -> Undoable:
    named, person = COMMAND_OF.get(type(recorded.event), ""), _about(recorded.event, after)
    if newest is not None and _ORDER.index(newest.type) <= _ORDER.index(named):
        named, person = newest.type, newest.person
    if isinstance(recorded.event, e.FloorRequested) and recorded.event.carried_from is not None:
        named = "list.carry_over"
    if named == "person.correct" and {name for image in images for name in _changed(image)} == {"attendance"}:
        named = "attendance.mark"
    return Undoable(
        command=newest.command if newest else recorded.seq,
        last=recorded.seq,
        actor=recorded.by,
        id=recorded.command,
        type=named,
        images=images,
        person=person,
    )


def _about(event: e.Event, after: Session) -> str | None:
    if isinstance(event, e.PersonEntered | e.PersonCorrected):
        return event.person.id
    abouts = (part(after, ref) for ref in touches(after, event))
    return next((value.person for value in abouts if isinstance(value, FloorRequest | Intervention)), None)


def _floor_went_on(session: Session, undoable: Undoable) -> bool:
    """Say whether the floor was given or ended since: who has it now may be the same, the course of it is not."""
    later = [each for each in session.undo if each.command > undoable.command]
    return _moves_the_floor(undoable) and any(_moves_the_floor(each) for each in later)


def _moves_the_floor(undoable: Undoable) -> bool:
    return any(image.ref == FLOOR for image in undoable.images)


def _depended_on(session: Session, image: Image) -> bool:
    now = part(session, image.ref)
    if image.before is None:
        return image.ref.noun != "person" and _without_place(now) != _without_place(image.after)
    fate = _FATE.get(type(now), ())
    return any(_differ(getattr(now, name), getattr(image.after, name)) for name in (*_changed(image), *fate))


def _without_place(part_: Part | None) -> Part | None:
    """Return a part as it is, and a request wherever it stands on its list."""
    return replace(part_, rank="", placed_by=Rule.FIRST_COME) if isinstance(part_, FloorRequest) else part_


def _changed(image: Image) -> tuple[str, ...]:
    """Return the fields that the command changed; all of them where the part was not there before."""
    names = (each.name for each in fields(image.after) if each.name not in _FOLLOWS)
    return tuple(name for name in names if _differ(getattr(image.before, name, None), getattr(image.after, name)))


def _differ(one: object, other: object) -> bool:
    # Of two empty maps, rpds-py says that they are equal, and also that they are not: `!=` cannot be asked.
    return not one == other  # noqa: SIM201


def restored(session: Session, undoable: Undoable, at: datetime) -> Session:
    """Return the session with the parts that a command touched put back."""
    for image in undoable.images:
        session = _put_back(session, at, image)
    return session


def _clock_runs_in_a_break(after: Session) -> bool:
    """Say whether a clock runs that has to stand: during a break, or while a point of order is heard."""
    stands = [after.floor.interrupted]
    if after.course.status is SessionStatus.SUSPENDED:
        stands.append(after.floor.intervention)
    return any(each is not None and after.interventions[each].paused_at is None for each in stands)


def _place_is_taken(after: Session, image: Image) -> bool:
    """Say whether a request that is put back would have its person wait twice, or share its place with another."""
    request = part(after, image.ref)
    if not isinstance(request, FloorRequest):
        return False
    if request.status is RequestStatus.WAITING:
        theirs = (other for other in after.requests_by(request.person) if other.list is request.list)
        if sum(other.status is RequestStatus.WAITING for other in theirs) > 1:
            return True
    others = after.requests.values() if "rank" in _changed(image) else ()
    return sum(other.list is request.list and other.rank == request.rank for other in others) > 1


def _put_back(session: Session, at: datetime, image: Image) -> Session:
    now = part(session, image.ref)
    if image.before is not None and now is not None:
        restored = {name: getattr(image.before, name) for name in _changed(image)}
        if "alarms" in restored:
            restored["alarms_since"] = at
        return put(session, image.ref, replace(now, **restored))
    if isinstance(now, Intervention):
        # It stays in the record, void, and counts nowhere.
        return put(session, image.ref, replace(now, void=True, ended_at=at))
    if isinstance(now, FloorRequest):
        return put(session, image.ref, replace(now, status=RequestStatus.WITHDRAWN, ended_at=at))
    return put(session, image.ref, replace(now, position=None, text=None)) if isinstance(now, Position) else session
