"""Recommendations: what the participants put forward, in versions.

A recommendation belongs to the workshop and keeps its id when another session takes it up. Its text changes by a new
version only, so that a poll is always on a text that stands.
"""

from dataclasses import replace
from typing import assert_never

from companion.core import commands as c
from companion.core import events as e
from companion.core.documents import Recommendation, Version
from companion.core.ids import RecommendationId, Unset, made_here
from companion.core.procedure import RecommendationStatus, SessionStatus
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session


def decide(session: Session, command: c.RecommendationCommand) -> list[e.Event]:
    """Return what happens to the recommendations, or raise `Refused`."""
    match command:
        case c.ProposeRecommendation():
            return _propose(session, command)
        case c.ReviseRecommendation():
            return _revise(session, command)
        case c.SetRecommendationStatus():
            return _set_status(session, command)
        case c.BringRecommendation():
            return _bring(session, command)
        case _:
            assert_never(command)


def evolve(session: Session, recorded: e.Recorded, event: e.RecommendationEvent) -> Session:
    """Return the session after `event`."""
    match event:
        case e.RecommendationProposed():
            after = _proposed(recorded, event)
        case e.RecommendationRevised():
            before = session.recommendations[event.recommendation]
            after = replace(before, versions=(*before.versions, _version(recorded, event)))
        case e.RecommendationStatusChanged():
            after = replace(session.recommendations[event.recommendation], status=event.status)
        case _:
            assert_never(event)
    return replace(session, recommendations=session.recommendations.insert(after.id, after))


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


def _propose(session: Session, command: c.ProposeRecommendation) -> list[e.Event]:
    if session.course.status is SessionStatus.SCHEDULED:
        raise Refused(Refusal.SESSION_NOT_OPEN)
    recommendation = command.recommendation or made_here("rec", session.seq + 1)
    if recommendation in session.recommendations:
        raise Refused(Refusal.ID_IN_USE)
    if command.note is not None and ((note := session.notes.get(command.note)) is None or note.removed):
        raise Refused(Refusal.NOT_FOUND)
    if command.group is not None and command.group not in {group.id for group in session.programme.groups}:
        raise Refused(Refusal.NOT_FOUND)
    return [
        e.RecommendationProposed(
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
    ]


def _next_symbol(session: Session) -> str:
    """Return a symbol that no recommendation of the session has: the item's number and a running one."""
    taken = {each.symbol for each in session.recommendations.values()}
    number = len(session.recommendations) + 1
    while (symbol := f"R{session.programme.number}.{number}") in taken:
        number += 1
    return symbol


def _revise(session: Session, command: c.ReviseRecommendation) -> list[e.Event]:
    before = expected(session, command.recommendation, command.expect).current
    revised = e.RecommendationRevised(
        recommendation=command.recommendation,
        version=before.number + 1,
        title=before.title if isinstance(command.title, Unset) else command.title,
        text=command.text,
        addressees=before.addressees if isinstance(command.addressees, Unset) else command.addressees,
    )
    same = (revised.title, revised.text, revised.addressees) == (before.title, before.text, before.addressees)
    return [] if same else [revised]


def _set_status(session: Session, command: c.SetRecommendationStatus) -> list[e.Event]:
    before = expected(session, command.recommendation, command.expect)
    if before.status is command.status:
        return []
    return [e.RecommendationStatusChanged(recommendation=before.id, status=command.status)]


def _bring(session: Session, command: c.BringRecommendation) -> list[e.Event]:
    source, brought = command.source, command.brought
    if brought is None or source.session == session.id:
        raise Refused(Refusal.NOT_FOUND)
    if source.recommendation in session.recommendations:
        raise Refused(Refusal.ID_IN_USE)
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
            status=brought.status,
            brought_from=source.session,
        )
    ]


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
    )


def _version(recorded: e.Recorded, event: e.RecommendationProposed | e.RecommendationRevised) -> Version:
    return Version(
        number=event.version,
        title=event.title,
        text=event.text,
        addressees=event.addressees,
        at=recorded.at,
        by=recorded.by,
    )
