"""The rows of a record in CSV that tell of the floor: interventions, requests, the list of speakers, sums."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from companion.clock import format_time
from companion.record.model import Record
from companion.record.model_figures import Balance, Part
from companion.record.model_floor import Intervention, Request, Stretch
from companion.record.model_list import Limit, ListEvent
from companion.record.model_people import Who

Row: TypeAlias = Mapping[str, str | float | datetime | bool | None]


def floor_rows(record: Record) -> Iterator[Row]:
    """Yield the rows below the transcript."""
    yield from (request_row(each) for each in record.requests)
    yield from (_list_row(each) for each in record.list_events)
    yield from (_limit_row(each) for each in record.limits)
    for balance in record.balance:
        yield from _balance_rows(balance)


def who(person: Who) -> Row:
    """Return a person as the record shows them."""
    return {
        "name": person.name,
        "latin_name": person.latin_name,
        "organisation": person.organisation,
        "group": person.group,
    }


def intervention_row(held: Intervention) -> Row:
    """Return an intervention with all of its times."""
    return {
        "entry": "intervention",
        "id": held.id,
        "of": held.request,
        "segment": held.segment,
        "kind": held.kind,
        **who(held.who),
        "on_behalf_of": held.on_behalf_of,
        "topic": held.topic,
        "attendance": held.attendance,
        "language": held.language,
        "requested_at": held.requested_at,
        "placed_at": held.placed_at,
        "placed_by": held.placed_by,
        "rule": held.rule,
        "suggested": held.suggested,
        "given_by": held.given_by,
        "reply_to": held.reply_to,
        "started_at": held.started_at,
        "ended_at": held.ended_at,
        "pauses": len(held.pauses),
        "paused": _stretches(held.pauses),
        "allotted_seconds": held.allotted_seconds,
        "extended_seconds": held.extended_seconds,
        "spoken_seconds": held.spoken_seconds,
        "ruling": held.ruling,
        "void": held.void,
        "void_reason": held.void_reason,
    }


def request_row(request: Request) -> Row:
    """Return a request with what became of it."""
    return {
        "entry": "request",
        "id": request.id,
        "kind": request.kind,
        **who(request.who),
        "on_behalf_of": request.on_behalf_of,
        "topic": request.topic,
        "language": request.language,
        "requested_at": request.requested_at,
        "placed_at": request.placed_at,
        "placed_by": request.placed_by,
        "reply_to": request.reply_to,
        "carried_from": request.carried_from,
        "absences": request.absences or None,
        "ended_at": request.ended_at,
        "status": request.status,
        "text": request.text,
        "by": request.by,
    }


def _list_row(event: ListEvent) -> Row:
    shares = [f"{what} {share}" for what, share in event.shares.items()]
    terms = [event.letter, event.quota_by, *shares]
    return {
        **(who(event.who) if event.who else {}),
        "entry": "list",
        "at": event.at,
        "kind": event.type,
        "of": event.request,
        "rule": event.rule,
        "text": " ".join(term for term in terms if term) or None,
        "status": event.status,
        "carried_from": event.carried_from,
        "allotted_seconds": event.seconds,
        "by": event.by,
        "undone": event.undone or None,
        "partner": event.partner,
        "automatic": event.automatic,
        "moved": event.moved,
        "names": event.names,
    }


def _limit_row(limit: Limit) -> Row:
    about = {"reply": limit.ordinal, "bank": limit.bank, "shared": limit.shared}
    said = next((f"{name}_{value}" if name == "reply" else name for name, value in about.items() if value), None)
    return {
        "entry": "limit",
        "at": limit.at,
        "kind": limit.kind,
        "group": limit.group,
        "title": said,
        "allotted_seconds": limit.seconds,
        "undone": limit.undone or None,
    }


def _balance_rows(balance: Balance) -> Iterator[Row]:
    periods = {"session": balance.session, "day": balance.day, "workshop": balance.workshop}
    for period, parts in periods.items():
        yield from (_part_row(balance, period, part) for part in parts)


def _part_row(balance: Balance, period: str, part: Part) -> Row:
    return {
        "entry": "balance",
        "kind": balance.dimension,
        "title": part.what,
        "status": period,
        "requests": part.requests,
        "interventions": part.interventions,
        "spoken_seconds": part.spoken_seconds,
    }


def _stretches(stretches: Iterable[Stretch]) -> str | None:
    said = (f"{format_time(each.since)}/{format_time(each.until) if each.until else '..'}" for each in stretches)
    return "; ".join(said) or None
