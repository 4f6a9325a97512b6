"""The record as CSV: one row for each intervention, for spreadsheets.

UTF-8 with a byte order mark, without which Excel takes it for something else. A cell that a spreadsheet would take for a
formula gets an apostrophe before it. The head of the journal stands in the last column of every row.
"""

import csv
import io
from datetime import datetime
from typing import Final

from companion.clock import format_time
from companion.record.model import Intervention, Record

COLUMNS: Final = (
    "number",
    "session",
    "segment",
    "kind",
    "name",
    "latin_name",
    "organisation",
    "group",
    "on_behalf_of",
    "topic",
    "attendance",
    "language",
    "requested_at",
    "placed_at",
    "started_at",
    "ended_at",
    "pauses",
    "allotted_seconds",
    "extended_seconds",
    "spoken_seconds",
    "ruling",
    "void",
    "journal_head",
)
_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write(record: Record) -> bytes:
    """Return the interventions as CSV. Without any, one row holds the head of the journal."""
    out = io.StringIO()
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    head = f"{record.head.seq}:{record.head.chain}"
    for number, held in enumerate(record.interventions, start=1):
        writer.writerow([_cell(value) for value in (number, record.session.id, *_row(held), head)])
    if not record.interventions:
        writer.writerow([*[""] * (len(COLUMNS) - 1), head])
    return out.getvalue().encode()


def _row(held: Intervention) -> tuple[str | float | datetime | bool | None, ...]:
    return (
        held.segment,
        held.kind.value,
        held.who.name,
        held.who.latin_name,
        held.who.organisation,
        held.who.group,
        held.on_behalf_of,
        held.topic,
        held.attendance.value,
        held.language,
        held.requested_at,
        held.placed_at,
        held.started_at,
        held.ended_at,
        len(held.pauses),
        held.allotted_seconds,
        held.extended_seconds,
        held.spoken_seconds,
        held.ruling.value if held.ruling else None,
        held.void,
    )


def _cell(value: str | float | datetime | bool | None) -> str:  # noqa: FBT001 (a cell)
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return format_time(value)
        case str() if value.startswith(_FORMULA):
            return f"'{value}"
        case _:
            return str(value)
