"""Recommendations: what the participants put forward, in versions.

A recommendation belongs to the workshop and keeps its id when another session takes it up. Its text changes by a new
version only, so that a poll is always on a text that stands. Anybody who may can propose another text for a version, which
a new version takes in or staff put aside; and say where they stand. What is agreed ad referendum has no square brackets.
"""

from __future__ import annotations  # HashTrieSet cannot be subscripted at run time

from typing import Final, assert_never

from rpds import HashTrieSet

from companion.core import commands as c
from companion.core import events as e
from companion.core import permissions
from companion.core.brackets import has_brackets
from companion.core.documents import Amendment, Position, Recommendation, Version
from companion.core.ids import AmendmentId, PersonId, RecommendationId, Unset, made_here
from companion.core.people import Actor
from companion.core.procedure import AmendmentState, RecommendationStatus, SessionStatus
from companion.core.refusals import Refusal, Refused
from companion.core.renewal import replace
from companion.core.state import Session, position_of

MOST_AMENDMENTS: Final = 50
"""So many may wait for an answer on one recommendation: all of them stand in its key, which everybody gets with each."""

_MOST_OF_SESSION: Final = 40
"""So much of a session's id stands in the ids made in it, which have 64 characters at most."""

_STANDING: Final = frozenset({AmendmentState.OPEN, AmendmentState.OVERTAKEN})
_AGREED: Final = RecommendationStatus.AGREED_AD_REFERENDUM


def decide(session: Session, command: c.RecommendationCommand, *, by: Actor) -> list[e.Event]:  # noqa: C901 (one case each)
    """Return what happens to the recommendations if `by` issues `command`, or raise `Refused`."""
    offered = not permissions.may_for_anyone(by.role, type(command))
    if offered and (refusal := why_not_themselves(session, type(command))):
        raise Refused(refusal)
    match command:
        case c.ProposeRecommendation():
            return [_offer(session, command, by.person) if offered else _propose(session, command)]
        case c.ReviseRecommendation():
            return _revise(session, command)
        case c.AmendRecommendation():
            return _amend(session, command, offered=offered)
        case c.SetAsideAmendment():
            return _set_aside(session, command)
        case c.SetRecommendationStatus():
            return _set_status(session, command)
        case c.TakePosition():
            return _take_position(session, command, by.person, themselves=offered)
        case c.BringRecommendation():
            return _bring(session, command)
        case _:
            assert_never(command)


def evolve(session: Session, recorded: e.Recorded, event: e.RecommendationEvent) -> Session:
    """Return the session after `event`."""
    match event:
        case e.RecommendationProposed():
            after = _involved(session, recorded.by, event.recommendation) if event.offered else session
            return _put(after, _proposed(recorded, event))
        case e.RecommendationRevised():
            return _revised(session, recorded, event)
        case e.RecommendationStatusChanged():
            return _put(session, replace(session.recommendations[event.recommendation], status=event.status))
        case e.AmendmentProposed():
            return _amended(session, recorded, event)
        case e.AmendmentSetAside():
            amendment = replace(session.amendments[event.amendment], set_aside=event.set_aside)
            return replace(session, amendments=session.amendments.insert(amendment.id, amendment))
        case e.PositionTaken():
            return _position_taken(session, recorded, event)
        case _:
            assert_never(event)


def why_not_themselves(session: Session, command: type[c.Command]) -> Refusal | None:
    """Return why those who speak for themselves may not send this now; None where they may."""
    settings = session.settings
    takes_position = command is c.TakePosition
    if not (settings.participants_may_take_positions if takes_position else settings.participants_may_propose):
        return Refusal.NOT_ALLOWED
    return None if session.course.status.is_running else Refusal.SESSION_NOT_OPEN


def check_agreed(session: Session, recommendation: RecommendationId) -> None:
    """Raise `Refused` where a recommendation is agreed ad referendum and its text says that it is not."""
    found = session.recommendations.get(recommendation)
    if found is not None and found.status is _AGREED and has_brackets(found.current.text):
        raise Refused(Refusal.HAS_BRACKETS)


def amendments_to(session: Session, recommendation: RecommendationId) -> list[Amendment]:
    """Return the amendments to a recommendation, oldest first."""
    return [session.amendments[each] for each in session.amendments_to.get(recommendation, ())]


def standing_positions(session: Session, recommendation: Recommendation) -> list[Position]:
    """Return the positions that stand, by when they were taken; the last one of a guest and whom they turned out to be."""
    taken = (
        session.positions[position_of(recommendation.id, person)]
        for person in session.positions_on.get(recommendation.id, HashTrieSet())
    )
    latest: dict[PersonId, Position] = {}
    for position in sorted(taken, key=lambda each: (each.at, each.person)):
        person = session.recognised(position.person)
        latest.pop(person, None)
        latest[person] = position
    return [position for position in latest.values() if position.position is not None]


def known(session: Session, recommendation: RecommendationId) -> Recommendation:
    """Return a recommendation of the session, or raise `Refused` (not_found)."""
    found = session.recommendations.get(recommendation)
    if found is None:
        raise Refused(Refusal.NOT_FOUND)
    return found


def expected(session: Session, recommendation: RecommendationId, version: int | None) -> Recommendation:
    """Return a recommendation that stands in `version`, or raise `Refused` (stale)."""
    found = known(session, recommendation)
    if found.current.number != version:
        raise Refused(Refusal.STALE)
    return found


def _propose(session: Session, command: c.ProposeRecommendation) -> e.RecommendationProposed:
    if session.course.status is SessionStatus.SCHEDULED:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    recommendation = command.recommendation or _made_here(session)
    if recommendation in session.recommendations:
        raise Refused(Refusal.ID_IN_USE)
    if command.note is not None and ((note := session.notes.get(command.note)) is None or note.removed):
        raise Refused(Refusal.NOT_FOUND)
    if command.group is not None and command.group not in {group.id for group in session.programme.groups}:
        raise Refused(Refusal.NOT_FOUND)
    return e.RecommendationProposed(
        recommendation=recommendation,
        symbol=command.symbol or _next_symbol(session),
        title=command.title or "",
        text=command.text,
        version=1,
        addressees=command.addressees,
        group=command.group,
        note=command.note,
        status=RecommendationStatus.PROPOSED,
        brought_from=None,
    )


def _made_here(session: Session) -> RecommendationId:
    """Return an id that no other session makes either, for it goes with the recommendation when that is brought there."""
    return made_here(f"rec.{session.id[:_MOST_OF_SESSION]}", session.seq + 1)


def _offer(session: Session, command: c.ProposeRecommendation, by: PersonId) -> e.RecommendationProposed:
    """Put forward a participant's own, in the name of their group: never from a note, which may not be released."""
    group = session.people[by].group
    if command.note is not None or command.symbol is not None or command.group not in {None, group}:
        raise Refused(Refusal.NOT_ALLOWED)
    return replace(_propose(session, replace(command, group=group)), offered=True)


def _next_symbol(session: Session) -> str:
    """Return a symbol that no recommendation of the session has: the item's number and a running one."""
    taken = {each.symbol for each in session.recommendations.values()}
    number = len(session.recommendations) + 1
    while (symbol := f"R{session.programme.number}.{number}") in taken:
        number += 1
    return symbol


def _revise(session: Session, command: c.ReviseRecommendation) -> list[e.Event]:
    """Make the next version; what was agreed and has brackets now is under discussion again."""
    found = expected(session, command.recommendation, command.expect)
    if command.amendment is not None:
        _must_wait(_amendment(session, found, command.amendment), found)
    before = found.current
    revised = e.RecommendationRevised(
        recommendation=command.recommendation,
        version=before.number + 1,
        title=before.title if isinstance(command.title, Unset) else command.title,
        text=command.text,
        addressees=before.addressees if isinstance(command.addressees, Unset) else command.addressees,
        amendment=command.amendment,
    )
    if (revised.title, revised.text, revised.addressees) == (before.title, before.text, before.addressees):
        if command.amendment is not None:
            raise Refused(Refusal.NOTHING_CHANGED)
        return []
    if found.status is _AGREED and has_brackets(revised.text):
        again = RecommendationStatus.UNDER_DISCUSSION
        return [e.RecommendationStatusChanged(recommendation=found.id, status=again), revised]
    return [revised]


def _amend(session: Session, command: c.AmendRecommendation, *, offered: bool) -> list[e.Event]:
    found = _in_discussion(session, command.recommendation)
    version = _version_seen(found, command.version)
    amendment = command.amendment or made_here("am", session.seq + 1)
    if amendment in session.amendments:
        raise Refused(Refusal.ID_IN_USE)
    if command.text == version.text:
        raise Refused(Refusal.NOTHING_CHANGED)
    waiting = (each.state(found.current.number) for each in amendments_to(session, found.id))
    if sum(state in _STANDING for state in waiting) >= MOST_AMENDMENTS:
        raise Refused(Refusal.TOO_MANY_AMENDMENTS)
    proposed = e.AmendmentProposed(
        recommendation=found.id, amendment=amendment, version=version.number, text=command.text, offered=offered
    )
    return [proposed]


def _set_aside(session: Session, command: c.SetAsideAmendment) -> list[e.Event]:
    found = known(session, command.recommendation)
    amendment = _amendment(session, found, command.amendment)
    _must_wait(amendment, found)
    if amendment.set_aside is command.set_aside:
        return []
    return [e.AmendmentSetAside(recommendation=found.id, amendment=amendment.id, set_aside=command.set_aside)]


def _amendment(session: Session, recommendation: Recommendation, amendment: AmendmentId) -> Amendment:
    found = session.amendments.get(amendment)
    if found is None or found.recommendation != recommendation.id:
        raise Refused(Refusal.NOT_FOUND)
    return found


def _must_wait(amendment: Amendment, recommendation: Recommendation) -> None:
    """Raise `Refused` for an amendment that was taken in; one that was put aside can still be."""
    if amendment.state(recommendation.current.number) is AmendmentState.TAKEN_IN:
        raise Refused(Refusal.NOT_NOW)


def _in_discussion(session: Session, recommendation: RecommendationId) -> Recommendation:
    found = known(session, recommendation)
    if found.status is RecommendationStatus.WITHDRAWN:
        raise Refused(Refusal.NOT_NOW)
    return found


def _version_seen(recommendation: Recommendation, number: int | None) -> Version:
    """Return the version that a sender saw, who may have been offline meanwhile; None: the one that stands."""
    version = next((each for each in reversed(recommendation.versions) if number in {None, each.number}), None)
    if version is None:
        raise Refused(Refusal.NOT_FOUND)
    return version


def _take_position(session: Session, command: c.TakePosition, by: PersonId, *, themselves: bool) -> list[e.Event]:
    person = session.recognised(command.person or by)
    if themselves and person != by:
        raise Refused(Refusal.NOT_ALLOWED)
    found = known(session, command.recommendation)
    if person not in session.people:
        raise Refused(Refusal.NOT_FOUND)
    text = command.text or None
    if command.position is None:
        if text is not None:
            raise Refused(Refusal.BAD_MESSAGE)
    else:
        _in_discussion(session, found.id)
    version = _version_seen(found, command.version).number
    before = session.positions.get(position_of(found.id, person))
    stood = None if before is None else before.position
    if command.position is None and stood is None:
        return []
    if before is not None and (stood, before.text, before.version) == (command.position, text, version):
        return []
    position = command.position
    return [e.PositionTaken(recommendation=found.id, person=person, position=position, version=version, text=text)]


def _set_status(session: Session, command: c.SetRecommendationStatus) -> list[e.Event]:
    before = expected(session, command.recommendation, command.expect)
    if before.status is command.status:
        return []
    if command.status is _AGREED and has_brackets(before.current.text):
        raise Refused(Refusal.HAS_BRACKETS)
    return [e.RecommendationStatusChanged(recommendation=before.id, status=command.status)]


def _bring(session: Session, command: c.BringRecommendation) -> list[e.Event]:
    source, brought = command.source, command.brought
    if brought is None or source.session == session.id:
        raise Refused(Refusal.NOT_FOUND)
    if source.recommendation in session.recommendations:
        raise Refused(Refusal.ID_IN_USE)
    not_so = brought.status is _AGREED and has_brackets(brought.text)  # agreed there in a later version
    return [
        e.RecommendationProposed(
            recommendation=source.recommendation,
            symbol=brought.symbol,
            title=brought.title,
            text=brought.text,
            version=source.version,
            addressees=brought.addressees,
            group=brought.group,
            note=None,
            status=RecommendationStatus.UNDER_DISCUSSION if not_so else brought.status,
            brought_from=source.session,
        )
    ]


def _put(session: Session, recommendation: Recommendation) -> Session:
    return replace(session, recommendations=session.recommendations.insert(recommendation.id, recommendation))


def _involved(session: Session, person: PersonId, recommendation: RecommendationId) -> Session:
    theirs = session.recommendations_of.get(person, ())
    if recommendation in theirs:
        return session
    return replace(session, recommendations_of=session.recommendations_of.insert(person, (*theirs, recommendation)))


def _proposed(recorded: e.Recorded, event: e.RecommendationProposed) -> Recommendation:
    return Recommendation(
        id=event.recommendation,
        symbol=event.symbol,
        status=event.status,
        versions=(_version(recorded, event),),
        proposed_at=recorded.at,
        by=recorded.by,
        group=event.group,
        note=event.note,
        brought_from=event.brought_from,
        offered=event.offered,
    )


def _revised(session: Session, recorded: e.Recorded, event: e.RecommendationRevised) -> Session:
    before = session.recommendations[event.recommendation]
    if event.amendment is not None:
        taken_in = replace(session.amendments[event.amendment], taken_in=event.version)
        session = replace(session, amendments=session.amendments.insert(taken_in.id, taken_in))
    version = replace(_version(recorded, event), amendment=event.amendment)
    return _put(session, replace(before, versions=(*before.versions, version)))


def _amended(session: Session, recorded: e.Recorded, event: e.AmendmentProposed) -> Session:
    amendment = Amendment(
        id=event.amendment,
        recommendation=event.recommendation,
        version=event.version,
        text=event.text,
        at=recorded.at,
        by=recorded.by,
        offered=event.offered,
    )
    session = _involved(session, recorded.by, event.recommendation)
    others = session.amendments_to.get(event.recommendation, ())
    return replace(
        session,
        amendments=session.amendments.insert(amendment.id, amendment),
        amendments_to=session.amendments_to.insert(event.recommendation, (*others, amendment.id)),
    )


def _position_taken(session: Session, recorded: e.Recorded, event: e.PositionTaken) -> Session:
    position = Position(
        recommendation=event.recommendation,
        person=event.person,
        position=event.position,
        version=event.version,
        text=event.text,
        at=recorded.at,
    )
    address = position_of(event.recommendation, event.person)
    session = _involved(session, event.person, event.recommendation)
    if address not in session.positions:
        others: HashTrieSet[PersonId] = session.positions_on.get(event.recommendation, HashTrieSet())
        taken = session.positions_on.insert(event.recommendation, others.insert(event.person))
        session = replace(session, positions_on=taken)
    return replace(session, positions=session.positions.insert(address, position))


def _version(recorded: e.Recorded, event: e.RecommendationProposed | e.RecommendationRevised) -> Version:
    return Version(
        number=event.version,
        title=event.title,
        text=event.text,
        addressees=event.addressees,
        at=recorded.at,
        by=recorded.by,
    )
