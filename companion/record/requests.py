"""The requests for the floor of a session, as its record has them: what was asked, and what became of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from companion.core import events as e
from companion.core.ids import RequestId
from companion.core.procedure import RequestList, RequestStatus
from companion.core.proceedings import FloorRequest
from companion.core.state import Session
from companion.record.history import History
from companion.record.model_floor import Request, RulingGiven
from companion.record.naming import Naming

_HEARD: Final = frozenset({RequestStatus.SPEAKING, RequestStatus.DELIVERED})


def requests(history: History, naming: Naming) -> Iterator[tuple[int, Request]]:
    """Yield the requests in the order in which they were made, each with the number of its entry."""
    placed = placed_at(history)
    for then, recorded, request in _made(history):
        person = naming.person(request.person)
        yield (
            recorded.seq,
            Request(
                id=naming.request(request.id),
                who=naming.who(person.id),
                list=request.list,
                kind=request.kind,
                on_behalf_of=naming.said(person, request.on_behalf_of),
                topic=naming.said(person, request.topic),
                language=naming.said(person, request.language),
                reply_to=naming.reply_to(person, request.reply_to),
                carried_from=naming.carried_from(person, request.carried_from),
                requested_at=naming.at(person, request.requested_at),
                placed_at=naming.at_or_none(person, placed.get(request.id)),
                placed_by=naming.rule(request.placed_by) if request.id in placed else None,
                by=naming.role(request.by, person.id, then=then),
                absences=request.absences,
                status=request.status,
                # What was handed in for the interpreters, and then delivered, is not a statement of the record's.
                text=naming.said(person, request.text) if request.status is RequestStatus.WRITTEN else None,
                ended_at=naming.at_or_none(person, request.ended_at),
            ),
        )


def rulings(history: History, naming: Naming) -> Iterator[RulingGiven]:
    """Yield the points of order and procedural motions that were heard, in the order in which they were made."""
    for _then, _recorded, request in _made(history):
        if request.list is not RequestList.ORDER or request.status not in _HEARD:
            continue
        person = naming.person(request.person)
        yield RulingGiven(
            request=naming.request(request.id),
            who=naming.who(person.id),
            kind=request.kind,
            topic=naming.said(person, request.topic),
            asked_at=naming.at(person, request.requested_at),
            ruling=request.ruling,
            ruled_at=naming.at_or_none(person, request.ruled_at),
        )


def placed_at(history: History) -> dict[RequestId, datetime]:
    """Return when each request first stood on the list: as it was made, or as the one inscribed for later was released."""
    placed: dict[RequestId, datetime] = {}
    for recorded in history.happened:
        event = recorded.event
        if isinstance(event, e.RequestReleased) or (isinstance(event, e.FloorRequested) and not event.held):
            placed.setdefault(event.request, recorded.at)
    return placed


def _made(history: History) -> Iterator[tuple[Session, e.Recorded, FloorRequest]]:
    for then, recorded in history.steps():
        if isinstance(recorded.event, e.FloorRequested):
            yield then, recorded, history.session.requests[recorded.event.request]
