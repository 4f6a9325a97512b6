"""The rows of a record in CSV: what of the transcript stands in which column."""

from collections.abc import Iterator
from typing import Final

from companion.core.procedure import AmendmentState
from companion.record.csv_floor import Row, floor_rows, intervention_row, request_row, who
from companion.record.model import (
    Announcement,
    Correction,
    EntryCorrection,
    PresidingPassed,
    Record,
    SegmentStretch,
)
from companion.record.model_documents import Amendment, Moment, Note, Position, Recommendation
from companion.record.model_floor import Intervention, Request, RulingGiven
from companion.record.model_polls import Poll
from companion.record.transcript import Line, lines

_RESULT: Final = "poll.closed"
"""Below this line of a poll stand its counts and answers, or, where it is still open, below its opening."""


def rows(record: Record) -> Iterator[Row]:
    """Yield the rows in the order of the transcript."""
    number = 0
    for line in _flat(lines(record)):
        moment = line.moment
        item = None if moment.of is None else getattr(record, moment.of)[moment.index]
        row = {"at": moment.at, "undone": moment.undone or None, **_row(moment, item)}
        if isinstance(item, Intervention):
            number += 1
            row["number"] = number
        yield row
        if isinstance(item, Poll) and moment.type == (_RESULT if item.closed_at else "poll.opened"):
            yield from _result(item)
        yield from (_corrected(each) for each in line.corrections)
    yield from floor_rows(record)
    yield from (_corrected(each) for each in record.entry_corrections if each.of != "transcript")


def _flat(told: Iterator[Line]) -> Iterator[Line]:
    for line in told:
        yield line
        yield from line.notes


def _corrected(correction: EntryCorrection) -> Row:
    return {
        "entry": "entry_correction",
        "at": correction.at,
        "of": correction.seq,
        "kind": correction.type,
        "text": correction.text,
        "by": correction.by,
    }


def _row(moment: Moment, item: object) -> Row:
    match item:
        case Intervention() as held:
            return intervention_row(held)
        case Note() as note:
            return _note(note)
        case Recommendation() as recommendation:
            return _recommendation(moment, recommendation)
        case Poll() as poll:
            return _poll(moment, poll)
        case RulingGiven() as ruling:
            about = who(ruling.who)
            return {"entry": "ruling", "of": ruling.request, "kind": ruling.kind, "ruling": ruling.ruling, **about}
        case Request() as written:
            return {**request_row(written), "entry": "statement", "of": written.id, "id": None}
        case _:
            return _other(moment, item)


def _other(moment: Moment, item: object) -> Row:
    match item:
        case Correction() as corrected:
            became = f"{corrected.before} → {corrected.after}"
            return {"entry": "correction", "changed": corrected.field, "text": became, **who(corrected.who)}
        case PresidingPassed() as presides:
            return {"entry": "presiding", "status": presides.role, "by": presides.by, **who(presides.who)}
        case Announcement() as announcement:
            return {"entry": "announcement", "text": announcement.text}
        case SegmentStretch() as stretch:
            return {
                "entry": "segment",
                "segment": stretch.segment,
                "kind": stretch.kind,
                "started_at": stretch.began_at,
                "ended_at": stretch.ended_at,
            }
        case _:
            return {"entry": "session", "status": moment.type}


def _note(note: Note) -> Row:
    return {
        **(who(note.who) if note.who else {}),
        "entry": "note",
        "id": note.id,
        "of": note.intervention,
        "segment": note.segment,
        "kind": note.kind,
        "group": note.group,
        "version": note.version,
        "text": note.text,
        "attribution": note.attribution,
        "released": note.released,
        "by": note.by,
    }


def _recommendation(moment: Moment, recommendation: Recommendation) -> Row:
    if moment.type == "recommendation.status_changed":
        change = recommendation.statuses[moment.part or 0]
        return {
            "entry": "status",
            "id": recommendation.id,
            "version": change.version,
            "status": change.status,
            "by": change.by,
        }
    if moment.type == "recommendation.position_taken":
        return _position(recommendation, recommendation.positions[moment.part or 0])
    if moment.type == "recommendation.amendment_proposed":
        return _amendment(recommendation, recommendation.amendments[moment.part or 0])
    if moment.type == "recommendation.amendment_set_aside":
        aside = recommendation.set_aside[moment.part or 0]
        status = AmendmentState.SET_ASIDE if aside.set_aside else AmendmentState.OPEN
        return {"entry": "answer_to_amendment", "of": aside.amendment, "status": status, "by": aside.by}
    version = recommendation.versions[moment.part or 0]
    first = moment.type == "recommendation.proposed"
    return {
        **(who(recommendation.who) if first and recommendation.who else {}),
        "entry": "recommendation",
        "id": recommendation.id,
        "of": (recommendation.note or recommendation.brought_from) if first else version.amendment,
        "group": recommendation.group if first else None,
        "version": version.number,
        "status": recommendation.statuses[0].status if first else None,
        "title": f"{recommendation.symbol} {version.title}".strip(),
        "text": version.text,
        "topic": "; ".join(version.addressees) or None,
        "changed": " ".join(version.changed) or None,
        "by": version.by,
    }


def _amendment(recommendation: Recommendation, amendment: Amendment) -> Row:
    return {
        **(who(amendment.who) if amendment.who else {"by": amendment.by}),
        "entry": "amendment",
        "id": amendment.id,
        "of": recommendation.id,
        "version": amendment.version,
        "status": amendment.state,
        "text": amendment.text,
    }


def _position(recommendation: Recommendation, position: Position) -> Row:
    return {
        **who(position.who),
        "entry": "position",
        "of": recommendation.id,
        "kind": position.position or "taken_back",
        "version": position.version,
        "status": "stands" if position.stands else "no_longer",
        "text": position.text,
        "by": position.by,
    }


def _poll(moment: Moment, poll: Poll) -> Row:
    outcome = poll.outcome if moment.type == "poll.outcome_set" else None
    return {
        "entry": "poll",
        "id": poll.id,
        "of": poll.recommendation,
        "version": poll.version,
        "kind": moment.type,
        "status": poll.status,
        "text": outcome or poll.question or None,
        "eligible": poll.eligible.units,
        "answered": poll.answered if moment.type != "poll.opened" else None,
    }


def _result(poll: Poll) -> Iterator[Row]:
    labels = {option.id: option.label for option in poll.options}
    if poll.tally is not None and poll.total is not None:
        room = poll.room_tally.counts if poll.room_tally else {}
        for option in poll.options:
            yield {
                "entry": "option",
                "of": poll.id,
                "option": option.id,
                "title": option.label,
                "from_app": poll.tally[option.id],
                "in_room": room.get(option.id),
                "total": poll.total[option.id],
            }
    for breakdown in poll.breakdowns:
        for row in breakdown.rows:
            for option in poll.options:
                yield {
                    "entry": "breakdown",
                    "of": poll.id,
                    "kind": breakdown.dimension,
                    "title": row.what or None,
                    "option": option.id,
                    "total": row.counts[option.id],
                }
    for answer in poll.answers:
        yield {
            **(who(answer.who) if answer.who else {"organisation": answer.organisation}),
            "entry": "answer",
            "id": answer.delegation,
            "of": poll.id,
            "option": answer.option,
            "title": labels[answer.option],
            "reason": answer.reason,
            "by": answer.by.name if answer.by else None,
        }
