"""The recommendations of a session, as its record has them: versions, statuses, amendments, positions, and the polls on them.

What participants wrote themselves is told without the names that may not be, and where nobody is to be recognised with
times to the minute and ids that tell nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from companion.audiences import attribution
from companion.core import documents as core
from companion.core import events as e
from companion.core.brackets import passages
from companion.core.procedure import PollStatus
from companion.core.recommendations import amendments_to, standing_positions
from companion.record.history import History
from companion.record.model_documents import (
    Amendment,
    AmendmentSetAside,
    Note,
    PolledOn,
    Position,
    Recommendation,
    StatusChange,
    Version,
)
from companion.record.model_polls import Poll
from companion.record.naming import Naming
from companion.record.revising import edits


def recommendations(
    history: History, naming: Naming, notes: dict[str, Note], polls: dict[str, Poll]
) -> Iterator[tuple[str, Recommendation]]:
    """Yield the recommendations by id, as they were proposed; `notes` and `polls` are those of the record."""
    proposed = (each.event for each in history.happened if isinstance(each.event, e.RecommendationProposed))
    for event in proposed:
        found = history.session.recommendations[event.recommendation]
        yield found.id, _recommendation(_Telling(history, naming, found), notes.get(found.note or ""), polls)


@dataclass(frozen=True, slots=True)
class _Telling:
    """One recommendation of the session, and what tells it."""

    history: History
    naming: Naming
    found: core.Recommendation


def _recommendation(telling: _Telling, note: Note | None, polls: dict[str, Poll]) -> Recommendation:
    found, naming, session = telling.found, telling.naming, telling.history.session
    who = naming.who(found.by) if found.offered else None
    group = found.group if attribution.may_show_groups(session) else None
    return Recommendation(
        id=found.id,
        symbol=found.symbol,
        status=found.status,
        group=who.group if who else group,
        note=note.id if note else None,
        intervention=note.intervention if note else None,
        brought_from=found.brought_from,
        proposed_at=naming.at(naming.person(found.by), found.proposed_at) if who else found.proposed_at,
        by=naming.role(found.by),
        who=who,
        versions=tuple(_versions(telling)),
        statuses=tuple(_statuses(telling)),
        amendments=tuple(_amendments(telling)),
        set_aside=tuple(_set_aside(telling)),
        positions=tuple(_positions(telling)),
        polls=tuple(
            PolledOn(poll=poll.id, version=poll.version, outcome=poll.outcome)
            for poll in polls.values()
            if poll.recommendation == found.id and poll.status is not PollStatus.DRAFTED
        ),
    )


def _versions(telling: _Telling) -> Iterator[Version]:
    naming, found = telling.naming, telling.found
    ids = _ids_of_amendments(telling)
    before: core.Version | None = None
    for version in found.versions:
        text = _text(telling, version)
        yield Version(
            number=version.number,
            title=naming.text(version.title) if found.offered else version.title,
            text=text,
            addressees=version.addressees,
            at=naming.at(naming.person(version.by), version.at) if found.offered and before is None else version.at,
            by=naming.role(version.by),
            changed=_changed(before, version) if before else (),
            edits=edits(_text(telling, before), text) if before else (),
            amendment=ids[version.amendment] if version.amendment else None,
            not_agreed=tuple(passage for in_brackets, passage in passages(text) if in_brackets),
        )
        before = version


def _text(telling: _Telling, version: core.Version) -> str:
    """Return the text of a version; where participants had a hand in it, without names that may not be told."""
    typed = telling.found.offered or version.amendment is not None
    return telling.naming.text(version.text) if typed else version.text


def _changed(before: core.Version, after: core.Version) -> tuple[str, ...]:
    names = ("title", "text", "addressees")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _statuses(telling: _Telling) -> Iterator[StatusChange]:
    history, naming, found = telling.history, telling.naming, telling.found
    version = found.versions[0].number
    for recorded in history.happened:
        event, status, at = recorded.event, None, recorded.at
        if isinstance(event, e.RecommendationProposed | e.RecommendationStatusChanged):
            status = event.status if event.recommendation == found.id else None
        elif isinstance(event, e.RecommendationRevised) and event.recommendation == found.id:
            version = event.version
        if status is not None:
            offered = isinstance(event, e.RecommendationProposed) and found.offered
            yield StatusChange(
                at=naming.at(naming.person(found.by), at) if offered else at,
                status=status,
                version=version,
                by=naming.role(recorded.by),
                undone=recorded.seq in history.undone,
            )


def _ids_of_amendments(telling: _Telling) -> dict[str, str]:
    """Return how the amendments are called in the record: an id that a client made holds its time to the millisecond."""
    naming = telling.naming
    found = amendments_to(telling.history.session, telling.found.id)
    return {
        each.id: f"amendment-{number}" if _keeps_its_time(naming, each) else each.id
        for number, each in enumerate(found, start=1)
    }


def _keeps_its_time(naming: Naming, amendment: core.Amendment) -> bool:
    return amendment.offered and not naming.is_traceable(naming.person(amendment.by))


def _amendments(telling: _Telling) -> Iterator[Amendment]:
    naming, found, ids = telling.naming, telling.found, _ids_of_amendments(telling)
    texts = {version.number: _text(telling, version) for version in found.versions}
    for each in amendments_to(telling.history.session, found.id):
        text = naming.text(each.text)
        yield Amendment(
            id=ids[each.id],
            version=each.version,
            text=text,
            at=naming.at(naming.person(each.by), each.at) if each.offered else each.at,
            by=naming.role(each.by),
            who=naming.who(each.by) if each.offered else None,
            state=each.state(found.current.number),
            taken_in=each.taken_in,
            edits=edits(texts[each.version], text),
        )


def _set_aside(telling: _Telling) -> Iterator[AmendmentSetAside]:
    ids = _ids_of_amendments(telling)
    for recorded in telling.history.happened:
        event = recorded.event
        if isinstance(event, e.AmendmentSetAside) and event.recommendation == telling.found.id:
            yield AmendmentSetAside(
                at=recorded.at,
                amendment=ids[event.amendment],
                set_aside=event.set_aside,
                by=telling.naming.role(recorded.by),
                undone=recorded.seq in telling.history.undone,
            )


def _positions(telling: _Telling) -> Iterator[Position]:
    history, naming = telling.history, telling.naming
    standing = standing_positions(history.session, telling.found)
    for recorded in history.happened:
        event = recorded.event
        if not isinstance(event, e.PositionTaken) or event.recommendation != telling.found.id:
            continue
        undone = recorded.seq in history.undone
        yield Position(
            at=naming.at(naming.person(event.person), recorded.at),
            position=event.position,
            version=event.version,
            text=naming.text(event.text) if event.text else None,
            who=naming.who(event.person),
            by=naming.role(recorded.by, event.person),
            stands=not undone and any(_is_it(each, recorded.at, event) for each in standing),
            undone=undone,
        )


def _is_it(position: core.Position, at: datetime, event: e.PositionTaken) -> bool:
    taken = (position.person, position.at, position.position, position.text)
    return taken == (event.person, at, event.position, event.text)
