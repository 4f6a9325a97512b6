"""What stands under the keys of recommendations: the text, what was proposed to it, and who stands where.

What staff wrote down is nobody's in particular. Of what participants put forward themselves everybody reads no more of
whose it is than the record may tell; staff see who.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from companion.audiences import attribution
from companion.audiences.views import Value, Views, public_and_staff
from companion.clock import format_time
from companion.core.documents import Amendment, Position, Recommendation, Version
from companion.core.ids import PersonId, RecommendationId
from companion.core.procedure import AmendmentState
from companion.core.recommendations import amendments_to, standing_positions
from companion.core.state import Session, position_of

CLOSED_SHOWN: Final = 10
"""Of the amendments that were taken in or put aside, the last so many; those that wait are all there."""
POSITIONS_SHOWN: Final = 50
"""Of the positions, the last so many; they are all counted."""

_OVER: Final = frozenset({AmendmentState.TAKEN_IN, AmendmentState.SET_ASIDE})


def recommendations_value(session: Session) -> Value:
    """Return the key `recommendations`."""
    return {"count": len(session.recommendations)}


def recommendation_views(session: Session, recommendation_id: RecommendationId) -> Views:
    """Return the views of `recommendation/<id>`: the note that it was made from, and who wrote what, are for staff."""
    recommendation = session.recommendations[recommendation_id]
    amendments, positions = _shown(session, recommendation), standing_positions(session, recommendation)
    counts = Counter(position.position for position in positions)
    same = {
        **text_value(session, recommendation),
        "position_counts": {kind: count for kind, count in sorted(counts.items()) if kind is not None},
    }
    positions = positions[-POSITIONS_SHOWN:]
    public = {
        **same,
        "amendments": [_amendment(session, each, recommendation) for each in amendments],
        "positions": [_position(session, each) for each in positions],
    }
    staff = {
        **same,
        "amendments": [{**_amendment(session, each, recommendation), "by": each.by} for each in amendments],
        "positions": [{**_position(session, each), "person": each.person} for each in positions],
        "note": recommendation.note,
        "by": recommendation.by,
    }
    return public_and_staff(public, staff)


def versions_value(session: Session) -> list[dict[str, Any]]:
    """Return all versions of all recommendations, oldest first: the same for every reader."""
    return [
        {
            "id": recommendation.id,
            "versions": [_version(session, recommendation, version) for version in recommendation.versions],
        }
        for recommendation in sorted(session.recommendations.values(), key=lambda each: (each.proposed_at, each.id))
    ]


def elsewhere_value(here: Session, others: Iterable[Session]) -> list[dict[str, Any]]:
    """Return the recommendations of other sessions, for the staff of this one: each in the version that stands there.

    `here` says in which version it was taken up here, None where it was not.
    """
    return [
        {
            "session": session.id,
            "number": session.programme.number,
            "title": session.programme.title,
            "recommendations": [
                {**text_value(session, each), "here": _brought_here(here, session, each.id)}
                for each in sorted(session.recommendations.values(), key=lambda each: (each.proposed_at, each.id))
            ],
        }
        for session in others
        if session.recommendations
    ]


def _brought_here(here: Session, there: Session, recommendation: RecommendationId) -> int | None:
    found = here.recommendations.get(recommendation)
    return None if found is None or found.brought_from != there.id else found.versions[0].number


def own_value(session: Session, person: PersonId) -> dict[str, Any]:
    """Return the key `me/recommendations`: for each that one has to do with, one's position and one's amendments."""
    return {each: _own(session, each, person) for each in session.recommendations_of.get(person, ())}


def _own(session: Session, recommendation: RecommendationId, person: PersonId) -> dict[str, Any]:
    position = session.positions.get(position_of(recommendation, person))
    stands = position is not None and position.position is not None
    return {
        "position": position.position if position is not None else None,
        "text": position.text if position is not None else None,
        "version": position.version if position is not None and stands else None,
        "amendments": [amendment.id for amendment in amendments_to(session, recommendation) if amendment.by == person],
    }


def text_value(session: Session, recommendation: Recommendation) -> dict[str, Any]:
    """Return a recommendation as everybody reads it, with the version before the one that stands."""
    current = recommendation.current
    previous = recommendation.versions[-2] if len(recommendation.versions) > 1 else None
    by = recommendation.by if recommendation.offered else None
    return {
        "id": recommendation.id,
        "symbol": recommendation.symbol,
        "title": current.title,
        "text": current.text,
        "version": current.number,
        "status": recommendation.status,
        "addressees": list(current.addressees),
        "group": recommendation.group if by is None else _attributed(session, by)["group"],
        "previous": None if previous is None else {"version": previous.number, "text": previous.text},
        "proposed_at": _told_at(session, by, recommendation.proposed_at),
        "revised_at": _revised_at(session, recommendation, current),
        "brought_from": recommendation.brought_from,
        "brought_version": recommendation.versions[0].number if recommendation.brought_from else None,
        "proposed_by": None if by is None else _attributed(session, by),
    }


def _revised_at(session: Session, recommendation: Recommendation, version: Version) -> str:
    is_offered = recommendation.offered and version is recommendation.versions[0]
    return _told_at(session, recommendation.by if is_offered else None, version.at)


def _version(session: Session, recommendation: Recommendation, version: Version) -> dict[str, Any]:
    return {
        "version": version.number,
        "title": version.title,
        "text": version.text,
        "addressees": list(version.addressees),
        "at": _revised_at(session, recommendation, version),
        "amendment": version.amendment,
    }


def _shown(session: Session, recommendation: Recommendation) -> list[Amendment]:
    """Return the amendments that stand in the map, oldest first."""
    current = recommendation.current.number
    amendments = amendments_to(session, recommendation.id)
    over = [each.id for each in amendments if each.state(current) in _OVER][:-CLOSED_SHOWN]
    return [each for each in amendments if each.id not in over]


def _amendment(session: Session, amendment: Amendment, recommendation: Recommendation) -> dict[str, Any]:
    by = amendment.by if amendment.offered else None
    return {
        "id": amendment.id,
        "version": amendment.version,
        "text": amendment.text,
        "state": amendment.state(recommendation.current.number),
        "taken_in": amendment.taken_in,
        "at": _told_at(session, by, amendment.at),
        "proposed_by": None if by is None else _attributed(session, by),
    }


def _position(session: Session, position: Position) -> dict[str, Any]:
    return {
        "position": position.position,
        "version": position.version,
        "text": position.text,
        "at": _told_at(session, position.person, position.at),
        "taken_by": _attributed(session, position.person),
    }


def _attributed(session: Session, person: PersonId) -> dict[str, Any]:
    """Return whose it is, as far as the record may tell it."""
    shown = attribution.attributed(session, session.people[person])
    return {"name": shown.name, "organisation": shown.organisation, "group": shown.group}


def _told_at(session: Session, person: PersonId | None, at: datetime) -> str:
    """Return when somebody wrote something; what staff wrote (None) to the second in any case."""
    if person is None or attribution.may_tell_when(session, session.people[person]):
        return format_time(at)
    return format_time(at.replace(second=0, microsecond=0))
