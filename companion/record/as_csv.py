"""The record as CSV: the transcript for spreadsheets, one row for each thing that happened, in order, then lists and sums.

The column `entry` says what a row is: `intervention`, `statement` (handed in, not delivered), `note`, `recommendation` (a
version), `status`, `poll`, and below a poll an `option` with its counts, a `breakdown` for each
option and group, attendance or region (the dimension in `kind`, the value in `title`; no `total` where it is hidden) and an
`answer` for each unit that may be named, `amendment` (`of` the recommendation; its answer in `answer_to_amendment`),
`position` (in `kind`, in `status` whether it stands), `ruling`, `presiding`, `correction`, `announcement`, `segment`,
`session`. `id` names the thing, `of` what it belongs to.
Below what it corrects, or at the end, stands each `entry_correction` with the number of the entry in `of`.

Below the transcript: every `request`, whatever became of it; what happened to the list of speakers (`list`, the event in
`kind`); speaking times (`limit`); whose the list was (`balance`, the dimension in `kind`, the value in `title`, in `status`
whether of this `session`, of earlier ones of the `day`, or of all earlier ones of the `workshop`).

UTF-8 with a byte order mark, without which Excel takes it for something else. A cell that a spreadsheet would take for a
formula gets an apostrophe before it. The head of the journal stands in the last column of every row.
"""

import csv
import io
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

from companion.clock import format_time
from companion.record.csv_rows import rows
from companion.record.model import Record

Cell: TypeAlias = str | float | datetime | bool | None

COLUMNS: Final = (
    "entry",
    "at",
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
    "id",
    "of",
    "version",
    "status",
    "title",
    "text",
    "attribution",
    "released",
    "changed",
    "option",
    "from_app",
    "in_room",
    "total",
    "eligible",
    "answered",
    "reason",
    "by",
    "undone",
    "placed_by",
    "rule",
    "suggested",
    "given_by",
    "reply_to",
    "carried_from",
    "absences",
    "paused",
    "void_reason",
    "partner",
    "automatic",
    "moved",
    "names",
    "requests",
    "interventions",
    "journal_head",
)
_BYTE_ORDER_MARK: Final = "\ufeff"
# With the wide ones of East Asian keyboards, which Excel takes for the same.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(record: Record) -> bytes:
    """Return the record as CSV; the speaking times of the programme make a row also where nothing has happened yet."""
    out = io.StringIO()
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    always = {"session": record.session.id, "journal_head": f"{record.head.seq}:{record.head.chain}"}
    for row in rows(record):
        told = {**row, **always}
        writer.writerow([_cell(told.get(column)) for column in COLUMNS])
    return out.getvalue().encode()


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return format_time(value)
        case StrEnum():
            return value.value
        case str() if value.lstrip(" ").startswith(_FORMULA):
            return f"'{value}"
        case _:
            return str(value)
